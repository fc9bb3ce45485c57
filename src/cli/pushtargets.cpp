// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/pushtargets.h"

#include "oci/tagversion.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Adds a place, or tags for one, to the request for this image, or makes one.
void addTarget(QList<PushRequest>& requests, const StoredImage& image, const QString& label,
               const Reference& destination, const QStringList& moreTags)
{
    const QString id = image.target.digest.toString();
    for (PushRequest& request : requests) {
        if (request.image == id) {
            request.further.append({destination, moreTags, {}});
            return;
        }
    }
    PushRequest request;
    request.image = id;
    request.label = label;
    request.destination = destination;
    request.moreTags = moreTags;
    requests.append(request);
}

Result<QList<PushRequest>> allTagsOf(const StoreSnapshot& snapshot, const Reference& repository,
                                     const QList<Reference>& destinations)
{
    QList<PushRequest> requests;
    for (const StoredImage& image : snapshot.images) {
        for (const QString& stored : image.names) {
            const auto name = Reference::parse(stored);
            if (!name || name->registry() != repository.registry()
                || name->repository() != repository.repository() || name->tag().isEmpty())
                continue;
            const QList<Reference> targets = destinations.isEmpty() ? QList<Reference>{*name} : destinations;
            for (const Reference& target : targets) {
                const auto tagged = target.withTag(name->tag());
                if (!tagged)
                    return std::unexpected(tagged.error());
                addTarget(requests, image, name->familiar(), *tagged, {});
            }
        }
    }
    if (requests.isEmpty())
        return fail(Error::Code::NotFound, repository.familiarName(), u"no tag of this repository is here"_s);
    return requests;
}

//! The images whose ID begins so, or whose digest it is, with or without "sha256:".
QList<StoredImage> imagesById(const StoreSnapshot& snapshot, const QString& name)
{
    QList<StoredImage> found;
    const QString hex = name.startsWith("sha256:"_L1) ? name.sliced(7) : name;
    for (const StoredImage& image : snapshot.images) {
        if (hex.size() >= 4 && (image.id.hex().startsWith(hex) || image.target.digest.hex() == hex))
            found.append(image);
    }
    return found;
}

//! The image a name means: by name, ID or digest, or the only one there is.
Result<StoredImage> imageFor(const StoreSnapshot& snapshot, const QString& name, bool mayBeTheOnly)
{
    const auto reference = Reference::parse(name);
    for (const StoredImage& image : snapshot.images) {
        if (image.names.contains(name) || (reference && image.names.contains(reference->canonical())))
            return image;
    }
    const QList<StoredImage> byId = imagesById(snapshot, name);
    if (byId.size() == 1)
        return byId.first();
    if (byId.size() > 1)
        return fail(Error::Code::Conflict, name, u"several images have an ID that begins so"_s);
    if (mayBeTheOnly && snapshot.images.size() == 1)
        return snapshot.images.first();
    return fail(Error::Code::NotFound, name, u"no image has this name"_s);
}

} // namespace

Result<QList<PushRequest>> pushTargets(const StoreSnapshot& snapshot, const QString& name,
                                       const QStringList& destinations, PushChoice choice)
{
    QList<Reference> targets;
    for (const QString& text : destinations) {
        auto target = choice.allTags ? Reference::parseRepository(text) : Reference::parsePasted(text);
        if (!target)
            return std::unexpected(std::move(target.error()));
        if (!target->digest().isNull())
            return fail(Error::Code::InvalidInput, text, u"a push goes to a tag, not to a digest"_s);
        targets.append(*target);
    }
    if (choice.allTags) {
        const auto repository = Reference::parseRepository(name);
        if (!repository)
            return std::unexpected(repository.error());
        return allTagsOf(snapshot, *repository, targets);
    }
    const auto image = imageFor(snapshot, name, choice.mayBeTheOnly);
    if (!image)
        return std::unexpected(image.error());
    const auto own = Reference::parse(name);
    if (targets.isEmpty()) {
        // An ID says what, but not where to, though it reads like a name ("sha256:<hex>" like a tag of one).
        const bool isName = own
            && (image->names.contains(own->canonical())
                || (choice.mayBeTheOnly && imagesById(snapshot, name).isEmpty()));
        if (!isName || !own->digest().isNull())
            return fail(Error::Code::InvalidInput, name,
                        u"say where to push it: push %1 REGISTRY/NAME:TAG"_s.arg(name));
        targets.append(*own);
    }
    QList<PushRequest> requests;
    for (const Reference& target : std::as_const(targets)) {
        QStringList moreTags;
        if (choice.cascade) {
            if (const auto version = TagVersion::parse(target.tag()))
                moreTags = version->cascade();
        }
        addTarget(requests, *image, own ? own->familiar() : name, target, moreTags);
    }
    return requests;
}

} // namespace Tagboat
