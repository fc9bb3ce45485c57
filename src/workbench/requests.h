// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "auth/identity.h"
#include "content/compression.h"
#include "oci/imageconfig.h"
#include "oci/manifest.h"
#include "oci/reference.h"
#include "store/imagestore.h"
#include "transfer/plan.h"

#include <QStringList>

#include <optional>

namespace Tagboat {

//! One repository that an image is pushed to, under several tags.
struct PushTarget
{
    Reference destination; //!< registry and repository; its tag is the first of the tags
    QStringList moreTags;  //!< further tags of the same repository
    QString profile;       //!< id or name; empty: as ProfileStore::choose

    [[nodiscard]] IdentityQuestion question() const;
};

//! Push of an image of a store to one repository under several tags, and to further ones in the same job.
struct PushRequest
{
    QString image;         //!< stored name, digest or image ID in the store
    QString label;         //!< familiar name for lists; empty: made from `image`
    Reference destination; //!< as in PushTarget; these three are the first
    QStringList moreTags;
    QString profile;
    QList<PushTarget> further;
    std::optional<Platform> platform; //!< only this one; a single image for another platform is NotFound
    QString storeDirectory;           //!< OCI layout to push from; empty: the embedded store
    bool isStorePassing = false;      //!< the layout goes with this process: no other can push it again
    bool referrers = false;           //!< what refers to it goes along: CopyOptions::referrers

    //! Everywhere it goes, each repository once for an account: what names one again only adds tags.
    [[nodiscard]] QList<PushTarget> targets() const;
    //! One request for each of targets(), to look at their plans.
    [[nodiscard]] QList<PushRequest> apart() const;
    [[nodiscard]] IdentityQuestion question() const; //!< of the first
};

//! Pull of one reference into a store.
struct PullRequest
{
    Reference source;
    QString profile;
    bool allPlatforms = false;
    std::optional<Platform> platform; //!< empty: the host's, unless allPlatforms
    bool platformMustFit = false;     //!< it was asked for: a single image for another platform is NotFound
    QStringList names;                //!< canonical names to give it; empty: the source's own
    QString storeDirectory;           //!< OCI layout to pull into; empty: the embedded store
    bool isStorePassing = false;      //!< as in PushRequest
    bool referrers = false;           //!< what refers to it comes along: CopyOptions::referrers
    //! It is a platform of an index that is in the store: it gets no name of its own, and the index keeps
    //! its.
    bool isPart = false;

    [[nodiscard]] IdentityQuestion question() const;
};

//! Push of an image of an archive to one repository, without bringing it into a store.
struct ArchivePushRequest
{
    QString file;
    QString only;          //!< canonical reference of the image in there; empty: the only one
    Reference destination; //!< its tag is the first of the tags
    QStringList moreTags;
    QString profile; //!< as in PushRequest
    //! Of plain layers, then also of those that the registry has already; empty: as the settings say, else
    //! any.
    std::optional<LayerCompression> compression = {};

    [[nodiscard]] IdentityQuestion question() const;
};

struct ImportRequest
{
    QString file;
    QStringList names; //!< replaces the archive's names where it holds one image
    std::optional<LayerCompression> compression = {}; //!< of plain layers; empty: as the settings say
    QList<ChosenImage> images = {};                   //!< only these, by their new names; empty: all
};

struct ExportRequest
{
    QList<ExportItem> items;
    QString file;
    ArchiveFormat format = ArchiveFormat::DockerArchive;
    std::optional<Platform> platform = {};
    std::optional<OuterCompression> compression = {}; //!< of the whole archive; empty: as its name says
};

//! What the details pane shows of a stored image for one platform.
struct ImageDetails
{
    StoredImage image;
    QByteArray rootJson; //!< index or manifest, as stored
    QByteArray manifestJson;
    QByteArray configJson;
    ImageConfig config;
};

//! What the pull dialog shows before anything is moved.
struct PullPreview
{
    Reference reference;
    Descriptor root;
    QList<Platform> platforms; //!< to choose from; one for a plain manifest
    Plan plan;                 //!< for the platform asked; empty with a refusal
    QString actingAs;          //!< user; empty: anonymous
    IdentityChoice acting;     //!< and why it is them
    //! The name is there, but nothing of it fits the platform asked: `platforms` tells what does.
    std::optional<Error> refusal;
};

//! What the push dialog shows: the plan and who acts.
struct PushPreview
{
    Plan plan;
    QString actingAs;             //!< user; empty: anonymous
    IdentityChoice acting;        //!< and why it is them; of one destination
    std::optional<Error> refusal; //!< the registry's own answer where it would not take a push
    [[nodiscard]] bool mayPush() const { return !refusal; }
};

} // namespace Tagboat
