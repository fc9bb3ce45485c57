// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/layerarchive.h"
#include "archive/layerindex.h"
#include "archive/nametable.h"

namespace Tagboat {

//! What is listed of one layer at most: many times what any honest layer holds, and no more than some hundred
//! megabytes of memory. What is beyond is left out, and the index says so.
struct LayerLimits
{
    int entries = 1'000'000;
    qint64 nameBytes = 64 * 1024 * 1024;         //!< of all names and link targets together
    qint64 plainBytes = qint64(1) << 40;         //!< unpacked; more is what a bomb is made of
    static constexpr qsizetype PathBytes = 4096; //!< of one path, or one link target (PATH_MAX of Linux)
};

/*!
 * \brief Reads one layer's blob into a LayerIndex (image-spec layer.md), in portions, on workers.
 *
 * Names are normalised as text and never followed: no leading slash, no `.`, and `..` stays inside. Of two
 * entries of one name the last counts, as where they are unpacked; a file in a folder's place takes what was
 * in there with it. Whiteouts become marks of what they hide; `.wh.` names that hide nothing (of AUFS, or
 * hostile) are left out. A layer that breaks off gives what came before, and problem() says why.
 */
class LayerReader
{
public:
    //! NotFound, Io.
    [[nodiscard]] static Result<std::unique_ptr<LayerReader>> open(const QString& path,
                                                                   const LayerLimits& limits = {});

    //! Reads on for about so long; true once all is read that will be.
    [[nodiscard]] bool step(std::chrono::milliseconds time);
    //! Bytes of the blob read so far.
    [[nodiscard]] qint64 fileBytes() const { return m_archive->input().fileBytes(); }
    //! What was read; the reader is used up.
    [[nodiscard]] LayerIndexPtr finish();

private:
    LayerReader(std::unique_ptr<LayerArchive> archive, const LayerLimits& limits);
    void take(archive_entry* entry);
    [[nodiscard]] QByteArray nameOf(archive_entry* entry) const;
    void describe(LayerEntry& entry, archive_entry* from);
    void normalise(QByteArrayView name);
    [[nodiscard]] int folderOf(QByteArrayView path);
    [[nodiscard]] int child(int parent, QByteArrayView name);
    [[nodiscard]] int add(int parent, QByteArrayView name, quint32 hash);
    [[nodiscard]] int asFolder(int position);
    void putOwn(int position, const LayerEntry& entry);
    void takeWhiteout(int parent, QByteArrayView hidden);
    [[nodiscard]] bool hasRoom(qsizetype nameBytes);
    [[nodiscard]] QString problems() const;

    const std::unique_ptr<LayerArchive> m_archive;
    const LayerLimits m_limits;
    LayerIndex::Content m_content;
    NameTable m_table;
    std::vector<quint32> m_hashes; // of the entries' names, for what takes the place of another
    QByteArray m_path;             // of the current entry, normalised
    QByteArray m_shown;            // scratch: a name as it is kept
    QByteArray m_lastFolder;       // most entries stand in the folder of the one before
    int m_lastPosition = 0;
    QString m_failure;
    int m_outside = 0;  // names with too many `..`
    int m_reserved = 0; // names that only whiteouts may have
    int m_tooLong = 0;
    bool m_isOver = false;
};

} // namespace Tagboat
