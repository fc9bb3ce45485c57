// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/layoutfiles.h"

#include <QSet>

#include <mutex>

namespace Tagboat {

/*!
 * \brief Blobs that have their place but may not have reached the disk yet.
 *
 * Bringing sixty small blobs to disk one by one takes longer than all the rest of a pull, so it is done for
 * all at once, before a name is given. A crash in between leaves blobs no name leads to; cut short they have
 * the wrong size, and are pushed anew. Thread-safe.
 */
class PendingSync
{
public:
    void note(const Digest& digest);
    //! All that was noted is on the disk when this returns.
    [[nodiscard]] Result<void> flush(const LayoutFiles& files);

private:
    std::mutex m_mutex;
    QSet<Digest> m_digests;
};

} // namespace Tagboat
