// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/jsonvalues.h"

#include "cli/errortext.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QLatin1StringView nameOf(Error::Origin origin)
{
    switch (origin) {
    case Error::Origin::Local:
        return "local"_L1;
    case Error::Origin::Source:
        return "source"_L1;
    case Error::Origin::Destination:
        return "destination"_L1;
    }
    return {};
}

QLatin1StringView nameOf(BlobState state)
{
    switch (state) {
    case BlobState::Waiting:
        return "waiting"_L1;
    case BlobState::Present:
        return "present"_L1;
    case BlobState::Mounted:
        return "mounted"_L1;
    case BlobState::Running:
        return "running"_L1;
    case BlobState::Verifying:
        return "verifying"_L1;
    case BlobState::Retrying:
        return "retrying"_L1;
    case BlobState::Done:
        return "done"_L1;
    case BlobState::Failed:
        return "failed"_L1;
    }
    return {};
}

QLatin1StringView nameOf(PlannedBlob::Action action)
{
    switch (action) {
    case PlannedBlob::Action::Present:
        return "present"_L1;
    case PlannedBlob::Action::Mount:
        return "mount"_L1;
    case PlannedBlob::Action::Transfer:
        return "transfer"_L1;
    }
    return {};
}

QJsonArray platformsOf(const QList<Platform>& platforms)
{
    QJsonArray array;
    for (const Platform& platform : platforms)
        array.append(platform.toString());
    return array;
}

//! Members without a value are left out.
void insertText(QJsonObject& object, QLatin1StringView key, const QString& value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}

} // namespace

QJsonValue jsonOf(const Digest& digest)
{
    return digest.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(digest.toString());
}

QJsonObject jsonOf(const Error& error)
{
    QJsonObject object{{"code"_L1, toString(error.code)},
                       {"origin"_L1, nameOf(error.origin)},
                       {"sentence"_L1, sentence(error)},
                       {"message"_L1, error.message}};
    insertText(object, "remedy"_L1, remedy(error));
    insertText(object, "operation"_L1, error.operation);
    insertText(object, "subject"_L1, error.subject);
    insertText(object, "response"_L1, error.response);
    if (error.httpStatus > 0)
        object.insert("httpStatus"_L1, error.httpStatus);
    if (error.retryAfter)
        object.insert("retryAfter"_L1, static_cast<qint64>(error.retryAfter->count()));
    if (error.cause)
        object.insert("cause"_L1, jsonOf(*error.cause));
    return object;
}

QJsonObject jsonOf(const Profile& profile)
{
    QJsonObject object{{"name"_L1, profile.name},
                       {"registry"_L1, profile.registry},
                       {"user"_L1, profile.user},
                       {"type"_L1, toString(profile.type)},
                       {"default"_L1, profile.isDefault}};
    if (profile.lastUsed.isValid())
        object.insert("lastUsed"_L1, profile.lastUsed.toUTC().toString(Qt::ISODate));
    if (profile.secretExpires.isValid())
        object.insert("expires"_L1, profile.secretExpires.toUTC().toString(Qt::ISODate));
    return object;
}

QJsonObject jsonOf(const StoredImage& image)
{
    QJsonArray platforms;
    for (const StoredPlatform& platform : image.platforms) {
        QJsonArray layers;
        for (const StoredLayer& layer : platform.layers) {
            QJsonObject entry{{"digest"_L1, jsonOf(layer.descriptor.digest)},
                              {"mediaType"_L1, layer.descriptor.mediaType},
                              {"size"_L1, layer.descriptor.size},
                              {"diffId"_L1, jsonOf(layer.diffId)},
                              {"present"_L1, layer.isPresent}};
            insertText(entry, "step"_L1, layer.step);
            layers.append(entry);
        }
        platforms.append(QJsonObject{{"platform"_L1, platform.platform.toString()},
                                     {"manifest"_L1, jsonOf(platform.manifest.digest)},
                                     {"config"_L1, jsonOf(platform.configDigest)},
                                     {"size"_L1, platform.size},
                                     {"present"_L1, platform.isPresent},
                                     {"layers"_L1, layers}});
    }
    QJsonObject object{{"id"_L1, jsonOf(image.id)},
                       {"digest"_L1, jsonOf(image.target.digest)},
                       {"mediaType"_L1, image.target.mediaType},
                       {"names"_L1, QJsonArray::fromStringList(image.names)},
                       {"size"_L1, image.size},
                       {"unique"_L1, image.unique},
                       {"shared"_L1, image.shared},
                       {"platforms"_L1, platforms}};
    if (image.created.isValid())
        object.insert("created"_L1, image.created.toUTC().toString(Qt::ISODate));
    insertText(object, "artifactType"_L1, image.artifactType);
    return object;
}

QJsonObject jsonOf(const DiskUsage& usage)
{
    return {{"total"_L1, usage.total},
            {"unique"_L1, usage.unique},
            {"shared"_L1, usage.shared},
            {"saved"_L1, usage.saved},
            {"reclaimable"_L1, usage.reclaimable},
            {"unfinished"_L1, usage.unfinished},
            {"unreferenced"_L1, usage.unreferenced},
            {"images"_L1, usage.images},
            {"names"_L1, usage.names}};
}

QJsonObject jsonOf(const Plan& plan)
{
    QJsonArray blobs;
    for (const PlannedBlob& blob : plan.blobs) {
        QJsonObject entry{{"digest"_L1, jsonOf(blob.descriptor.digest)},
                          {"size"_L1, blob.descriptor.size},
                          {"action"_L1, nameOf(blob.action)}};
        insertText(entry, "mountFrom"_L1, blob.mountFrom);
        insertText(entry, "step"_L1, blob.step);
        blobs.append(entry);
    }
    QJsonArray names;
    for (const PlannedName& name : plan.names) {
        QJsonObject entry{{"name"_L1, name.name}, {"moves"_L1, name.moves(plan.root)}};
        entry.insert("previous"_L1, jsonOf(name.previous ? name.previous->digest : Digest()));
        names.append(entry);
    }
    QJsonArray referrers;
    for (const PlannedReferrer& referrer : plan.referrers)
        referrers.append(QJsonObject{{"digest"_L1, jsonOf(referrer.manifest.descriptor.digest)},
                                     {"kind"_L1, referrer.kind}});
    return {{"digest"_L1, jsonOf(plan.root.digest)},
            {"referrers"_L1, referrers},
            {"id"_L1, jsonOf(plan.imageId)},
            {"present"_L1, plan.rootIsPresent},
            {"bytesToTransfer"_L1, plan.bytesToTransfer()},
            {"bytesPresent"_L1, plan.bytesPresent()},
            {"platforms"_L1, platformsOf(plan.platforms)},
            {"blobs"_L1, blobs},
            {"names"_L1, names}};
}

namespace {

QJsonObject jsonOf(const JobTarget& target)
{
    QJsonObject object{{"destination"_L1, target.to},
                       {"state"_L1, toString(target.state)},
                       {"bytesDone"_L1, target.bytesDone},
                       {"bytesTotal"_L1, target.bytesTotal},
                       {"bytesPerSecond"_L1, static_cast<qint64>(target.bytesPerSecond)},
                       {"tags"_L1, QJsonArray::fromStringList(target.tags)}};
    insertText(object, "registry"_L1, target.registry);
    insertText(object, "repository"_L1, target.repository);
    insertText(object, "profile"_L1, target.profileName);
    insertText(object, "user"_L1, target.user);
    if (!target.rootDigest.isNull())
        object.insert("digest"_L1, jsonOf(target.rootDigest));
    if (target.error)
        object.insert("error"_L1, jsonOf(*target.error));
    return object;
}

} // namespace

QJsonObject jsonOf(const JobSnapshot& job)
{
    QJsonArray layers;
    for (const JobLayer& layer : job.layers) {
        QJsonObject entry{{"digest"_L1, jsonOf(layer.digest)},
                          {"size"_L1, layer.size},
                          {"bytesDone"_L1, layer.bytesDone},
                          {"state"_L1, nameOf(layer.state)}};
        insertText(entry, "mountedFrom"_L1, layer.mountedFrom);
        if (!job.targets.isEmpty())
            entry.insert("target"_L1, layer.target);
        layers.append(entry);
    }
    QJsonObject object{{"job"_L1, job.id},
                       {"kind"_L1, toString(job.kind)},
                       {"state"_L1, toString(job.state)},
                       {"image"_L1, job.image},
                       {"bytesDone"_L1, job.bytesDone},
                       {"bytesTotal"_L1, job.bytesTotal},
                       {"bytesPerSecond"_L1, static_cast<qint64>(job.bytesPerSecond)},
                       {"layers"_L1, layers}};
    insertText(object, "registry"_L1, job.registry);
    insertText(object, "repository"_L1, job.repository);
    insertText(object, "user"_L1, job.user);
    if (!job.tags.isEmpty())
        object.insert("tags"_L1, QJsonArray::fromStringList(job.tags));
    if (!job.targets.isEmpty()) {
        QJsonArray targets;
        for (const JobTarget& target : job.targets)
            targets.append(jsonOf(target));
        object.insert("targets"_L1, targets);
    }
    if (!job.rootDigest.isNull())
        object.insert("digest"_L1, jsonOf(job.rootDigest));
    if (job.error)
        object.insert("error"_L1, jsonOf(*job.error));
    return object;
}

} // namespace Tagboat
