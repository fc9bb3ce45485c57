// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "oci/imageconfig.h"
#include "oci/manifest.h"
#include "store/namechange.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

#include <chrono>
#include <memory>
#include <vector>

namespace Tagboat {

//! One layer of an image as lists show it.
struct StoredLayer
{
    Descriptor descriptor;
    Digest diffId; //!< null where the config does not tell
    QString step;  //!< the build step that made it
    bool isPresent = true;
    int sharerCount = 0;                         //!< how many other images of the store hold the same blob
    QList<Digest> sharedWith;                    //!< their IDs, the first MaxSharersListed of them
    static constexpr int MaxSharersListed = 100; //!< else a thousand images on one base would list each other
};

//! A label of an image config, as filters ask for it.
struct StoredLabel
{
    QString key;
    QString value; //!< its beginning, where it is a document of its own
    static constexpr qsizetype MaxValue = 256;
};

//! One platform of an image: the image itself, or a child of its index.
struct StoredPlatform
{
    Descriptor manifest;
    Platform platform;
    Digest configDigest;
    qint64 size = 0;       //!< manifest + config + layers, bytes, whether present or not
    bool isPresent = true; //!< every blob is here, foreign layers aside
    QList<StoredLayer> layers;
    QList<StoredLabel> labels = {}; //!< by key
};

//! An image: a root descriptor with all its names (image ID: config digest of a manifest, digest of an index;
//! of an artifact the manifest's digest, since most artifacts share one empty config).
struct StoredImage
{
    Descriptor target;
    Digest id;
    QStringList names; //!< canonical references as stored in ref.name, sorted; empty: untagged
    QDateTime created;
    QList<StoredPlatform> platforms; //!< one for a manifest; attestations left out
    bool isArtifact = false;         //!< config is no image config
    QString artifactType;
    Digest subject;      //!< what it is about: a signature, an SBOM; null where it stands for itself
    QString subjectName; //!< canonical; empty where that has none here
    int referrers = 0;   //!< manifests of the store that are about it, or about one of its platforms
    // Bytes on disk. size = unique + shared; sums over images of `unique` plus the store's `shared` give the
    // total.
    qint64 size = 0;
    qint64 unique = 0;
    qint64 shared = 0;
};

//! Bytes on disk of the whole store.
struct DiskUsage
{
    qint64 total = 0;       //!< every blob once, plus abandoned and unfinished ingest files
    qint64 unique = 0;      //!< blobs that exactly one image uses
    qint64 shared = 0;      //!< blobs that several images use, counted once
    qint64 saved = 0;       //!< what sharing saves: sum of image sizes - unique - shared
    qint64 reclaimable = 0; //!< blobs no name leads to (untagged images included), and abandoned ingest files
    qint64 unreferenced = 0; //!< the part of reclaimable that gc removes without deleting untagged images
    qint64 unfinished = 0;   //!< downloads that broke off, kept to be gone on with; not reclaimable
    int images = 0;
    int names = 0;
};

//! Everything a list of local images shows, taken under one lock.
struct StoreSnapshot
{
    QList<StoredImage> images;
    DiskUsage usage;
    QStringList warnings; //!< names twice, documents that cannot be read: shown, never fatal
};

//! What a removal would do; made by the plan functions, shown before anything happens.
struct RemovalPlan
{
    QStringList names;     //!< names that vanish
    QList<Digest> images;  //!< IDs of the images that vanish because no name is left or they were asked for
    QList<Digest> targets; //!< their root digests, for removeImages(): two images may well share an ID
    QStringList keptNames; //!< other names that still hold the touched images
    qint64 bytesFreed = 0;
};

struct GarbageReport
{
    qint64 bytes = 0;
    int blobs = 0;
    int ingestFiles = 0;
    QList<Digest> images; //!< untagged images that went, where asked for
};

struct CleanUpPlan; // store/cleanup.h
struct CleanUpReport;
struct CleanUpRules;

//! What `verify` found out about one image, or about all.
struct VerifyReport
{
    struct Problem
    {
        Digest digest;
        Error error;          //!< NotFound, DigestMismatch, Corrupt
        QList<Digest> images; //!< root digests of all images of the store that need the blob
    };
    qint64 blobs = 0; //!< that are right; the wrong ones are the problems
    qint64 bytes = 0; //!< of these
    QList<Problem> problems;
};

/*!
 * \brief The embedded image store: a plain OCI image layout (image-spec image-layout.md) in one folder.
 *
 * `oci-layout`, `index.json`, `blobs/<alg>/<hex>`; `ingest/` holds what is being written, `.lock` is shared
 * by window and command line. Names are canonical references in `org.opencontainers.image.ref.name`; layouts
 * that others wrote (bare tags, `io.containerd.image.name`) are read as they are and what we do not know in
 * index.json is kept. Blobs are written to `ingest/`, hashed while streaming, synced and renamed; index.json
 * is replaced by rename under the lock.
 *
 * Garbage collection never takes a blob younger than the grace time that no image leads to, nor, whatever its
 * age, one that a writer of any living process has found or written and given no name yet (a writer is one
 * job: let go of it when the job ends). Blobs that only removed images led to go at once. A nameless entry of
 * index.json stands and falls with the index whose child it is, or the image it refers to by `subject`; all
 * other nameless entries are untagged images.
 *
 * A download that broke off leaves its first bytes in `ingest/`, under its digest; the next one goes on from
 * there. Garbage collection takes them for abandoned once nothing was added for three days (UnfinishedGrace),
 * or as soon as the blob is here.
 *
 * All functions are synchronous and thread-safe; they touch the disk, so call them on a worker (`onWorker`).
 * Errors: NotFound (name, digest), InvalidInput, Corrupt (index.json broken), DiskFull, Io (not writable: the
 * subject is the store's folder), Conflict (an ID prefix that several images share), Unsupported (a layout
 * version to come), Timeout (another program keeps the store locked).
 */
class ImageStore : public std::enable_shared_from_this<ImageStore>
{
public:
    //! Our own store keeps canonical references; a layout made for others what they will ask for
    //! ("oci:DIR:v1").
    enum class Naming { Canonical, AsGiven };
    //! Opens or creates; creating needs an absent or empty folder, anything else is InvalidInput and stays
    //! untouched.
    [[nodiscard]] static Result<std::shared_ptr<ImageStore>> open(const QString& directory,
                                                                  Naming naming = Naming::Canonical);
    ~ImageStore();
    Q_DISABLE_COPY_MOVE(ImageStore)

    [[nodiscard]] const QString& directory() const;
    [[nodiscard]] Result<StoreSnapshot> snapshot() const;
    //! By canonical or familiar reference, stored name as it is, digest, or image ID (12 digits or more, or
    //! any unique prefix of at least 4).
    [[nodiscard]] Result<Descriptor> resolve(const QString& nameOrId) const;
    [[nodiscard]] Result<StoredImage> image(const QString& nameOrId) const;

    [[nodiscard]] QString blobPath(const Digest& digest) const;
    [[nodiscard]] bool hasBlob(const Descriptor& blob) const; //!< present with the right size
    [[nodiscard]] Result<QByteArray> readBlob(const Descriptor& blob,
                                              qint64 limit = MaxManifestSize) const; //!< verified

    //! Points \a names at \a target (which must be here); gives what each pointed at before. An image whose
    //! last name moves away stays, untagged. Names are kept in their canonical form. Without any
    //! name the image is kept untagged.
    [[nodiscard]] Result<QMap<QString, Descriptor>> setNames(const Descriptor& target,
                                                             const QStringList& names);
    //! Removes names; an image that loses its last one stays, untagged. Names that do not exist are NotFound,
    //! and then none is removed.
    [[nodiscard]] Result<void> removeNames(const QStringList& names);
    //! What removing \a names would do, and \a targetsOrIds (as removeImages() takes them).
    [[nodiscard]] Result<RemovalPlan> planRemoval(const QStringList& names,
                                                  const QList<Digest>& targetsOrIds) const;
    //! Removes images with all their names, and the blobs that nothing else needs. A root digest means this
    //! one image, an ID every image that has it (layers compressed anew make another image of the same ID).
    [[nodiscard]] Result<GarbageReport> removeImages(const QList<Digest>& targetsOrIds);

    [[nodiscard]] Result<DiskUsage> diskUsage() const;
    //! Blobs that nothing leads to are spared for so long: somebody may be about to name them.
    static constexpr std::chrono::seconds DefaultGrace = std::chrono::hours(1);
    //! \a unfinishedDownloads: also those that somebody may still go on with (of any age, but for running
    //! ones).
    [[nodiscard]] Result<GarbageReport> collectGarbage(bool dryRun, bool untaggedImages,
                                                       std::chrono::seconds grace = DefaultGrace,
                                                       bool unfinishedDownloads = false);
    //! What a clean-up by these rules would remove; changes nothing.
    [[nodiscard]] Result<CleanUpPlan> planCleanUp(const CleanUpRules& rules) const;
    //! Removes the chosen items of a plan, and of these what is still as it was planned: an image that has
    //! got another name since, or was pulled again, stays.
    [[nodiscard]] Result<CleanUpReport> cleanUp(const CleanUpPlan& plan, const std::vector<bool>& chosen);
    //! Hashes every blob of an image (empty: of all images).
    [[nodiscard]] Result<VerifyReport> verify(const QString& nameOrId, std::stop_token stop) const;

    //! Removes those of the blobs whose bytes prove wrong, so that the next pull brings them anew instead of
    //! taking them for present. The images stay listed, incomplete.
    [[nodiscard]] Result<GarbageReport> removeDamaged(const QList<Digest>& blobs, std::stop_token stop);

    [[nodiscard]] std::shared_ptr<ContentReader> reader();
    //! One for each job: as long as it lives, what it has found here or written is safe from every sweep.
    //! \a cause: what names are changed for that it sets.
    [[nodiscard]] std::shared_ptr<ContentWriter> writer(NameCause cause = NameCause::Pull);

    //! Whoever changes names by this object is told to \a observer, in place of the one before. Once this
    //! returns, the former one is not called any more.
    void observeNames(NameObserver observer);

private:
    struct Private;
    explicit ImageStore(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
