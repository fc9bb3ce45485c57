// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/plan.h"

#include <chrono>
#include <functional>
#include <memory>

namespace Tagboat {

//! Where one blob of a running copy is.
enum class BlobState { Waiting, Present, Mounted, Running, Verifying, Retrying, Done, Failed };

//! Told on the engine thread what a copy is doing; must not throw, may be called often.
class CopyObserver
{
public:
    virtual ~CopyObserver() = default;
    //! \a bytesDone means something while Running, Verifying and Done. Each try begins with a Running; the
    //! next tells from where, which may be the middle, where an earlier one left off.
    virtual void blobChanged(const Digest& digest, BlobState state, qint64 bytesDone) = 0;
    //! \a from is the repository a blob was mounted from.
    virtual void blobMounted(const Digest& digest, const QString& from) = 0;
    //! A try failed and another follows; the blob is Retrying until then.
    virtual void retrying(const Digest& digest, const Error& error, int attempt,
                          std::chrono::milliseconds delay) = 0;
    //! All blobs are there; manifests and names follow.
    virtual void finishing() { }
};

struct CopyReport
{
    Descriptor root;
    qint64 bytesTransferred = 0;
    int blobsTransferred = 0, blobsPresent = 0, blobsMounted = 0;
    QList<PlannedName> names;
    std::chrono::milliseconds duration{0};
};

/*!
 * \brief Performs a plan: blobs several at once (largest first), children before parents, names last.
 *
 * A blob that is wanted by several running copies to the same place travels once. Every blob is verified on
 * the way. Transient failures are retried per blob with jittered back-off, Retry-After obeyed, as long as the
 * tries get further; what was moved before a break is taken up where the places can. What fails for good
 * stops the others; nothing half-written is visible and the names have not moved. Origin in errors tells
 * which end.
 */
[[nodiscard]] Task<Result<CopyReport>> copyImage(Plan plan, CopySource source, CopyDestination destination,
                                                 CopyOptions options, std::shared_ptr<CopyObserver> observer,
                                                 std::stop_token stop);

} // namespace Tagboat
