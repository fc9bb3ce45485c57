// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/layerinput.h"

#include <archive.h>
#include <archive_entry.h>

#include <chrono>

namespace Tagboat {

/*!
 * \brief The entries of a layer's tar one by one, by libarchive (pax, GNU and old forms, sparse files).
 *
 * Work is done in portions, so that a worker is free for others now and then, and a stop is heard: next() and
 * data() give Pause when \a until has passed, and are called again. Nothing is believed of an entry's name.
 */
class LayerArchive
{
public:
    using Clock = std::chrono::steady_clock;
    enum class Step { Entry, Data, End, Pause, Broken };

    [[nodiscard]] static Result<std::unique_ptr<LayerArchive>> open(const QString& path);

    //! Entry: entry() is the next one. What is left of the last one's data is passed over.
    [[nodiscard]] Step next(Clock::time_point until);
    [[nodiscard]] archive_entry* entry() const { return m_entry; }
    //! Which entry this is, from 0.
    [[nodiscard]] quint32 ordinal() const { return m_count - 1; }
    /*!
     * \brief What a pax header of this entry says under \a key; null where none does.
     *
     * libarchive normalises the names in there (NFC), by which one of two files can be lost, and gives none
     * at all where the locale cannot write it.
     */
    [[nodiscard]] QByteArray paxRecord(const QByteArray& key) const;
    //! Data: bytes() stand at offset() of the entry's file, what lies between is zero. End: there is no more.
    [[nodiscard]] Step data();
    [[nodiscard]] QByteArrayView bytes() const { return m_bytes; }
    [[nodiscard]] qint64 offset() const { return m_offset; }

    //! After Broken: why. Technical.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] const LayerInput& input() const { return *m_input; }

private:
    struct Free
    {
        void operator()(archive* handle) const { archive_read_free(handle); }
    };
    explicit LayerArchive(std::unique_ptr<LayerInput> input);
    [[nodiscard]] Step skipData(Clock::time_point until);
    static la_ssize_t read(archive* handle, void* self, const void** block);
    static la_int64_t skip(archive* handle, void* self, la_int64_t size);

    std::unique_ptr<LayerInput> m_input;
    std::unique_ptr<archive, Free> m_archive;
    archive_entry* m_entry = nullptr;
    QByteArrayView m_bytes;
    qint64 m_offset = 0;
    quint32 m_count = 0;
    bool m_hasData = false; // of the current entry, not passed over yet
    bool m_isOpen = false;
};

} // namespace Tagboat
