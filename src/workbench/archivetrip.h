// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/retry.h"
#include "workbench/archivepush.h"
#include "workbench/layerclaims.h"

namespace Tagboat {

//! What the members of one archive push share on their way, over all its tries.
struct ArchiveTravel
{
    ArchivePush what;
    std::shared_ptr<Repository> repository;
    std::shared_ptr<LayerClaims> claims;
    RetryPolicy retry;                 //!< of each member
    QHash<Digest, Descriptor> brought; //!< by diff ID
    bool hasMoved = false;             //!< since it was last asked
    bool isGivenUp = false;            //!< a member has had all its tries
    int moving = 0;
    int waiting = 0;        //!< for another try
    Error trouble;          //!< what for; the newest
    QDateTime nextTry;      //!< of that one
    bool isStalled = false; //!< all that could move waits

    //! \a waiting or \a moving is another: tells the queue where that makes a difference.
    void changed();
    //! Pauses before the next try of something after \a error.
    [[nodiscard]] static Task<Result<void>> pause(std::shared_ptr<ArchiveTravel> self, Error error,
                                                  std::chrono::milliseconds delay, std::stop_token stop);
};
using ArchiveTravelPtr = std::shared_ptr<ArchiveTravel>;

/*!
 * \brief Sees the member with \a digest (of a layer its diff ID) to the registry, by the rules of copyBlob():
 * one at a time over all jobs, at a place of its registry, again as long as the tries get further.
 */
[[nodiscard]] std::shared_ptr<MemberTrip> archiveTrip(ArchiveTravelPtr travel, const Digest& digest);

} // namespace Tagboat
