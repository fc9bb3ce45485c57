// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/layerarchive.h"

#include <functional>
#include <vector>

namespace Tagboat {

/*!
 * \brief Reads the contents of some files of a layer in one pass over it, in portions, on workers.
 *
 * Stops behind the last one that is wanted. A sparse file's holes are not given: what lies between the pieces
 * is zero.
 */
class LayerContents
{
public:
    //! A piece of a file, or with `isEnd` its end, at \a offset.
    struct Piece
    {
        quint32 ordinal = 0;
        qint64 offset = 0;
        QByteArrayView bytes = {};
        bool isEnd = false;
    };
    //! False: nothing more is wanted, of any file. An error ends the pass with it.
    using Receiver = std::function<Result<bool>(const Piece& piece)>;

    //! \a ordinals: which entries (LayerEntry::ordinal), sorted. NotFound, Io.
    [[nodiscard]] static Result<std::unique_ptr<LayerContents>>
    open(const QString& path, std::vector<quint32> ordinals, Receiver receiver);

    //! Reads on for about so long; true once all is done. Corrupt where the layer breaks off before.
    [[nodiscard]] Result<bool> step(std::chrono::milliseconds time);
    [[nodiscard]] qint64 fileBytes() const { return m_archive->input().fileBytes(); }

private:
    LayerContents(std::unique_ptr<LayerArchive> archive, QString path, std::vector<quint32> ordinals,
                  Receiver receiver)
        : m_archive(std::move(archive)), m_path(std::move(path)), m_ordinals(std::move(ordinals)),
          m_receiver(std::move(receiver))
    { }
    //! Gives the current file's data; true at its end.
    [[nodiscard]] Result<bool> giveData(LayerArchive::Clock::time_point until);
    [[nodiscard]] std::unexpected<Error> broken() const;

    const std::unique_ptr<LayerArchive> m_archive;
    const QString m_path;
    const std::vector<quint32> m_ordinals;
    const Receiver m_receiver;
    size_t m_next = 0; // in m_ordinals
    bool m_isInFile = false;
    bool m_isOver = false;
};

} // namespace Tagboat
