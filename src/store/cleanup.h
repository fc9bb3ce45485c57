// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QFlags>

#include <optional>
#include <vector>

namespace Tagboat {

/*!
 * \brief What a clean-up is to look for. Nothing is removed by a rule that is not on.
 *
 * `olderThan` and `keepLast` judge names. Where both are on, a name goes only if both say so: the last
 * versions stay, however old they are. An image goes when all its names do; until then it only loses names.
 */
struct CleanUpRules
{
    enum class Age {
        Made,   //!< by the time its config tells; where that is unknown or of a reproducible build, as Pulled
        Pulled, //!< by when it last came into this store: pulled, imported, or found here by a pull
    };
    bool untagged = false;    //!< images that no name leads to
    bool unreferenced = true; //!< blobs that nothing leads to, and files in ingest/ of writers that are gone
    bool unfinished = false;  //!< downloads that broke off and could be gone on with
    std::optional<std::chrono::seconds> olderThan = {}; //!< names of images of that age
    Age ageBy = Age::Made;
    //! Of each repository the newest so many versions stay (see namesToGo()), the others' names go; 0: off.
    int keepLast = 0;
    bool keepLastOfOtherTags = false; //!< judges tags that are no versions, too; `latest` always stays
    //! Only names that match: a glob as matchesReference() takes it; empty: all. Other names keep an image.
    QString reference = {};
    std::chrono::seconds grace = ImageStore::DefaultGrace; //!< for blobs that nothing leads to

    friend bool operator==(const CleanUpRules&, const CleanUpRules&) = default;
};

//! Why something goes.
enum class CleanUpReason {
    Untagged = 0x1,
    Older = 0x2,
    OldVersion = 0x4,
    Attached = 0x8, //!< has no name of its own and belongs to images that go: a signature, an SBOM
    Unreferenced = 0x10,
    Abandoned = 0x20,
    Unfinished = 0x40,
};
Q_DECLARE_FLAGS(CleanUpReasons, CleanUpReason)
Q_DECLARE_OPERATORS_FOR_FLAGS(CleanUpReasons)

//! One line of a clean-up: what goes as a whole, or stays as a whole.
struct CleanUpItem
{
    enum class Kind {
        Image, //!< an image with all its names, or an untagged one
        Name,  //!< a name of an image that other names hold
        Files, //!< blobs that no image needs, or files in ingest/
    };
    struct File
    {
        QString path; //!< in ingest/; empty for a blob
        qint64 size = 0;
        Digest digest; //!< of the blob; null for a file that nobody can go on with
    };
    Kind kind = Kind::Files;
    CleanUpReasons reasons;
    Digest target;         //!< Image, Name: root digest
    Digest id;             //!< of the image
    QStringList names;     //!< that vanish, canonical
    QStringList keptNames; //!< Name: those that still hold the image
    QDateTime created;     //!< invalid where the config does not tell
    QDateTime pulled;      //!< when it last came here
    bool isArtifact = false;
    QString artifactType;
    QString subjectName; //!< what it is about, where that has a name
    qint64 size = 0;     //!< of the whole image, or of the files
    qint64 bytes = 0;    //!< of what only this item holds; items of a plan may hold more together
    QList<File> files;
    //! Attached: the items that it goes with, when all of them do. It cannot be chosen by itself.
    QList<int> hosts;
    bool isPart = false; //!< a nameless entry for a platform of its hosts: no image to anybody's eyes
};

//! What so much of a plan would do.
struct CleanUpSum
{
    qint64 bytes =
        0; //!< exact: what several of the chosen images share is counted once, what others need not
    int blobs = 0;
    int ingestFiles = 0;
    int images = 0;
    int names = 0;
};

/*!
 * \brief All that a clean-up would remove, each with its reason; a value to be shown, chosen from and handed
 * back to ImageStore::cleanUp().
 */
struct CleanUpPlan
{
    CleanUpRules rules;
    QList<CleanUpItem> items;

    //! Flags of \a items, all true.
    [[nodiscard]] std::vector<bool> all() const { return std::vector<bool>(size_t(items.size()), true); }
    //! \a chosen, with attached items set to what follows from their hosts.
    [[nodiscard]] std::vector<bool> closed(std::vector<bool> chosen) const;
    //! What removing the chosen items (a flag each) would do.
    [[nodiscard]] CleanUpSum sumOf(const std::vector<bool>& chosen) const;

    //! A blob that comes free when everything goes that holds it.
    struct SharedBlob
    {
        qint64 size = 0;
        QList<int> holders; //!< positions in items
    };
    QList<SharedBlob> blobs;
};

//! What a clean-up did.
struct CleanUpReport
{
    CleanUpSum done;
    QList<Digest> images;        //!< IDs of those that went
    QMap<QString, Digest> names; //!< that vanished, and the root digest each pointed at
    QList<CleanUpItem> left;     //!< chosen, but no longer as planned: they stay
};

struct StoreCore;

//! For ImageStore, which holds the core.
[[nodiscard]] Result<CleanUpPlan> planStoreCleanUp(StoreCore& core, const CleanUpRules& rules);
[[nodiscard]] Result<CleanUpReport> cleanUpStore(StoreCore& core, const CleanUpPlan& plan,
                                                 const std::vector<bool>& chosen);

} // namespace Tagboat
