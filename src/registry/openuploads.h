// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"
#include "registry/uploadsession.h"

#include <QElapsedTimer>
#include <QHash>

namespace Tagboat {

//! Sessions that a registry opened in place of a mount, for the push of the same blob that follows; and how
//! often pushes lost theirs; and the size of chunks that the registry turned out to want.
struct Repository::OpenUploads
{
    void keep(const Digest& digest, UploadSession::Ptr session)
    {
        QElapsedTimer since;
        since.start();
        m_sessions.insert(digest, {std::move(session), since});
    }

    [[nodiscard]] bool has(const Digest& digest) const { return m_sessions.contains(digest); }

    //! Each is given away once, and only while it is young: a registry may have forgotten it since.
    UploadSession::Ptr take(const Digest& digest)
    {
        constexpr std::chrono::minutes Young{5};
        const auto found = m_sessions.take(digest);
        return found.session && !found.since.hasExpired(std::chrono::milliseconds(Young).count())
            ? found.session
            : nullptr;
    }

    qint64 streamChunkSize = 0;          //!< 0: takes bodies of unknown length, as far as is known
    qint64 chunkSize = 0;                //!< 0: takes blobs in one piece, as far as is known
    QHash<Digest, Descriptor> unheardOf; //!< by the key of a stream: all was sent, and no answer came

    [[nodiscard]] int lost(const Digest& digest) const { return m_lost.value(digest); }
    void noteLost(const Digest& digest, int times)
    {
        if (times > 0)
            m_lost.insert(digest, times);
        else
            m_lost.remove(digest);
    }

private:
    struct Entry
    {
        UploadSession::Ptr session;
        QElapsedTimer since;
    };
    QHash<Digest, Entry> m_sessions;
    QHash<Digest, int> m_lost;
};

} // namespace Tagboat
