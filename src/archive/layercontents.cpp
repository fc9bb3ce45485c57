// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layercontents.h"

namespace Tagboat {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<LayerContents>> LayerContents::open(const QString& path, std::vector<quint32> ordinals,
                                                           Receiver receiver)
{
    auto archive = LayerArchive::open(path);
    if (!archive)
        return std::unexpected(std::move(archive.error()));
    return std::unique_ptr<LayerContents>(
        new LayerContents(std::move(*archive), path, std::move(ordinals), std::move(receiver)));
}

std::unexpected<Error> LayerContents::broken() const
{
    return fail(Error::Code::Corrupt, m_path, m_archive->problem());
}

Result<bool> LayerContents::step(std::chrono::milliseconds time)
{
    const auto until = LayerArchive::Clock::now() + time;
    for (int count = 0; !m_isOver && m_next < m_ordinals.size(); ++count) {
        if (count % 64 == 63 && LayerArchive::Clock::now() >= until)
            return false;
        if (m_isInFile) {
            const auto isAtEnd = giveData(until);
            if (!isAtEnd)
                return isAtEnd;
            if (!*isAtEnd && !m_isOver)
                return false;
            continue;
        }
        switch (m_archive->next(until)) {
        case LayerArchive::Step::Entry:
            m_isInFile = m_archive->ordinal() == m_ordinals[m_next];
            break;
        case LayerArchive::Step::Pause:
            return false;
        case LayerArchive::Step::End:
            return fail(Error::Code::Corrupt, m_path, u"the layer ends before the file"_s);
        default:
            return broken();
        }
    }
    return true;
}

Result<bool> LayerContents::giveData(LayerArchive::Clock::time_point until)
{
    while (true) {
        Piece piece{.ordinal = m_ordinals[m_next]};
        const LayerArchive::Step step = m_archive->data();
        if (step == LayerArchive::Step::Data) {
            piece.offset = m_archive->offset();
            piece.bytes = m_archive->bytes();
        } else if (step == LayerArchive::Step::End) {
            piece.offset = archive_entry_size(m_archive->entry());
            piece.isEnd = true;
        } else {
            return broken();
        }
        const auto goesOn = m_receiver(piece);
        if (!goesOn)
            return goesOn;
        if (!*goesOn)
            m_isOver = true;
        if (piece.isEnd) {
            m_isInFile = false;
            ++m_next;
        }
        if (piece.isEnd || m_isOver)
            return piece.isEnd;
        if (LayerArchive::Clock::now() >= until)
            return false;
    }
}

} // namespace Tagboat
