// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/ratelimiter.h"
#include "content/content.h"
#include "oci/manifest.h"
#include "oci/platform.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Tagboat {

struct RetryPolicy;

//! One end of a copy, with the words that jobs and errors use for it.
struct CopySource
{
    std::shared_ptr<ContentReader> reader;
    QString name;       //!< what the reader calls the image: tag, digest, canonical reference
    QString label;      //!< "localhost:5000/gallery/ui:v1", "image-gallery:latest"
    QString registry;   //!< empty for local places
    QString repository; //!< empty for local places
    //! Descriptor known beforehand (skips resolving a name that may have moved meanwhile).
    std::optional<Descriptor> target;
};

struct CopyDestination
{
    std::shared_ptr<ContentWriter> writer;
    QStringList
        names;     //!< tags of a repository, canonical references of a store; several: one image, many names
    QString label; //!< "localhost:5000/gallery/ui"
    QString registry;   //!< empty for local places
    QString repository; //!< empty for local places
    //! Other repositories of this registry where blobs may be mounted from, best first.
    QStringList mountCandidates;
    //! Digest → repositories of this registry where that blob is known to be (from the journal).
    QHash<Digest, QStringList> knownAt;
    //! Asked for more of `knownAt` as soon as the blobs of the image are known; may be empty. A queue fills
    //! it in from its journal.
    std::function<QHash<Digest, QStringList>(const QList<Digest>& blobs)> lookUpKnown;
    //! What is to be tidied up at the place once a job is through with it; may be empty. Its failure is its
    //! own matter.
    std::function<Task<void>(std::stop_token stop)> afterwards;
};

//! A source and everywhere it goes. A destination that cannot be opened is no matter of the others.
struct CopyEnds
{
    CopySource source;
    std::vector<Result<CopyDestination>> destinations; //!< one at least
};

struct CopyOptions
{
    std::optional<Platform> platform; //!< only this one of an index (its manifest becomes the root)
    //! A single image for another platform is NotFound, too; else it is taken as it is. For a platform that
    //! somebody asked for, as opposed to a default.
    bool platformMustFit = false;
    //! What refers to the image or one of its manifests comes along: signatures, SBOMs, attestations.
    bool referrers = false;
    int parallelBlobs = 12;     //!< under way at once, with those that wait for a place or for the last word
    int parallelAtRegistry = 6; //!< travelling to or from one registry, over all copies of the thread
    int attempts = 5;           //!< per blob and request, for what is transient, without getting further
    //! While blobs travel, a line that is down is waited for that long.
    std::chrono::milliseconds patience = std::chrono::minutes(10);
    //! Which copy's blobs go first where they wait for a place: the lower. Empty: 0.
    std::function<int()> rank;
    //! What the bytes of this copy are counted against: caps of the job, of the hosts, of all.
    QList<RateLimiterPtr> limits;
    //! How long to wait between attempts; null: RetryPolicy's own defaults with `attempts`.
    std::shared_ptr<const RetryPolicy> retry;
};

//! How requests of a copy are tried again.
[[nodiscard]] RetryPolicy retryOf(const CopyOptions& options);

//! What will happen to one blob.
struct PlannedBlob
{
    enum class Action { Present, Mount, Transfer };
    Descriptor descriptor;
    Action action = Action::Transfer;
    QString mountFrom; //!< repository, for Mount
    QString step;      //!< build step that made the layer; "config" for configs; of a referrer what it is
    bool isConfig = false;
    bool isOfReferrer = false; //!< no part of the image itself
};

//! A manifest that refers to the image, or to another referrer, and comes along.
struct PlannedReferrer
{
    ManifestContent manifest;
    QString kind; //!< "signature", "SBOM", artifact type
};

//! What will happen to one name at the destination.
struct PlannedName
{
    QString name;
    std::optional<Descriptor> previous; //!< nothing: new
    [[nodiscard]] bool moves(const Descriptor& target) const
    {
        return previous && previous->digest != target.digest;
    }
};

/*!
 * \brief All that a copy will do, found out without changing anything; shown first, then performed by copy().
 *
 * A value. `manifests` stand children first, the root last; configs are among the blobs.
 */
struct Plan
{
    Descriptor root;
    QList<ManifestContent> manifests;
    QList<PlannedBlob> blobs; //!< each digest once, in the order of the image (base first, config last)
    //! In the order in which they are pushed, each after what it refers to (and of an index its children
    //! before it); all after `manifests` and before the names. Never platforms of the image.
    QList<PlannedReferrer> referrers;
    QList<PlannedName> names;
    QList<Platform> platforms;
    Digest imageId;
    //! Destination already has the root manifest: only names are to be set, and referrers to be brought.
    bool rootIsPresent = false;
    //! Children of an index that the source does not hold (an image pulled for one platform): they cannot be
    //! copied. A registry refuses an index without all its children, so the root is then the manifest of the
    //! one platform that is here; where several are, the plan fails with NotFound and one has to be chosen
    //! (CopyOptions::platform).
    QList<Descriptor> missing;
    //! Configs that were read while planning, so that copying need not fetch them again.
    QHash<Digest, QByteArray> configs;

    [[nodiscard]] qint64 bytesToTransfer() const;
    [[nodiscard]] qint64 bytesPresent() const;
    [[nodiscard]] int count(PlannedBlob::Action action) const;
};

//! Walks source and asks the destination. Errors carry Origin Source or Destination.
[[nodiscard]] Task<Result<Plan>> makePlan(CopySource source, CopyDestination destination, CopyOptions options,
                                          std::stop_token stop);
//! The two halves of it, for a source that goes to several destinations: \a walked is what was found there
//! (walkImage()), once for all of them.
[[nodiscard]] Task<Result<Plan>> walkSource(CopySource source, CopyOptions options, std::stop_token stop);
[[nodiscard]] Task<Result<Plan>> planFor(Plan walked, CopySource source, CopyDestination destination,
                                         CopyOptions options, std::stop_token stop);

} // namespace Tagboat
