// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QLatin1StringView toString(BlobState state)
{
    switch (state) {
    case BlobState::Waiting:
        return "Waiting"_L1;
    case BlobState::Present:
        return "Present"_L1;
    case BlobState::Mounted:
        return "Mounted"_L1;
    case BlobState::Running:
        return "Running"_L1;
    case BlobState::Verifying:
        return "Verifying"_L1;
    case BlobState::Retrying:
        return "Retrying"_L1;
    case BlobState::Done:
        return "Done"_L1;
    case BlobState::Failed:
        return "Failed"_L1;
    }
    Q_UNREACHABLE_RETURN("Waiting"_L1);
}

QLatin1StringView toString(Error::Origin origin)
{
    switch (origin) {
    case Error::Origin::Local:
        return "Local"_L1;
    case Error::Origin::Source:
        return "Source"_L1;
    case Error::Origin::Destination:
        return "Destination"_L1;
    }
    Q_UNREACHABLE_RETURN("Local"_L1);
}

using Tagboat::toString;

// Names, not numbers, so that a later enumerator in the middle does not change what old rows mean.
template<typename Enum>
Enum named(const QString& text, Enum last, Enum otherwise)
{
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (toString(static_cast<Enum>(i)) == text)
            return static_cast<Enum>(i);
    }
    return otherwise;
}

QJsonValue timeToJson(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QDateTime timeFromJson(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

Digest digestFromJson(const QJsonValue& value)
{
    return Digest::parse(value.toString()).value_or(Digest());
}

QJsonObject layerToJson(const JobLayer& layer)
{
    QJsonObject object{{u"digest"_s, layer.digest.toString()},
                       {u"size"_s, layer.size},
                       {u"bytesDone"_s, layer.bytesDone},
                       {u"state"_s, toString(layer.state)},
                       {u"step"_s, layer.step},
                       {u"mountedFrom"_s, layer.mountedFrom}};
    if (layer.target != 0)
        object[u"target"] = layer.target;
    return object;
}

JobLayer layerFromJson(const QJsonObject& object)
{
    JobLayer layer;
    layer.digest = digestFromJson(object[u"digest"]);
    layer.size = object[u"size"].toInteger();
    layer.bytesDone = object[u"bytesDone"].toInteger();
    layer.state = named(object[u"state"].toString(), BlobState::Failed, BlobState::Waiting);
    layer.step = object[u"step"].toString();
    layer.mountedFrom = object[u"mountedFrom"].toString();
    layer.target = object[u"target"].toInt();
    return layer;
}

QStringList stringsFromJson(const QJsonValue& value)
{
    QStringList strings;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& item : array)
        strings.append(item.toString());
    return strings;
}

QJsonObject targetToJson(const JobTarget& target)
{
    QJsonObject object{
        {u"to"_s, target.to},
        {u"profileName"_s, target.profileName},
        {u"user"_s, target.user},
        {u"registry"_s, target.registry},
        {u"repository"_s, target.repository},
        {u"tags"_s, QJsonArray::fromStringList(target.tags)},
        {u"state"_s, toString(target.state)},
        {u"rootDigest"_s, target.rootDigest.toString()},
        {u"bytesDone"_s, target.bytesDone},
        {u"bytesTotal"_s, target.bytesTotal},
        {u"layersPresent"_s, target.layersPresent},
        {u"layersMounted"_s, target.layersMounted},
        {u"layersMoved"_s, target.layersMoved},
    };
    if (target.error)
        object[u"error"] = toJson(*target.error);
    return object;
}

JobTarget targetFromJson(const QJsonObject& object)
{
    JobTarget target;
    target.to = object[u"to"].toString();
    target.profileName = object[u"profileName"].toString();
    target.user = object[u"user"].toString();
    target.registry = object[u"registry"].toString();
    target.repository = object[u"repository"].toString();
    target.tags = stringsFromJson(object[u"tags"]);
    target.state = named(object[u"state"].toString(), JobState::Interrupted, JobState::Failed);
    target.rootDigest = digestFromJson(object[u"rootDigest"]);
    target.bytesDone = object[u"bytesDone"].toInteger();
    target.bytesTotal = object[u"bytesTotal"].toInteger();
    target.layersPresent = object[u"layersPresent"].toInt();
    target.layersMounted = object[u"layersMounted"].toInt();
    target.layersMoved = object[u"layersMoved"].toInt();
    if (object.contains(u"error"))
        target.error = errorFromJson(object[u"error"].toObject());
    return target;
}

} // namespace

QJsonObject toJson(const Error& error)
{
    QJsonObject object{{u"code"_s, toString(error.code)},
                       {u"origin"_s, toString(error.origin)},
                       {u"operation"_s, error.operation},
                       {u"subject"_s, error.subject},
                       {u"message"_s, error.message}};
    if (!error.response.isEmpty())
        object[u"response"] = error.response;
    if (error.httpStatus != 0)
        object[u"httpStatus"] = error.httpStatus;
    if (error.faults)
        object[u"faults"] = static_cast<int>(error.faults.toInt());
    if (error.retryAfter)
        object[u"retryAfter"] = static_cast<qint64>(error.retryAfter->count());
    if (error.cause)
        object[u"cause"] = toJson(*error.cause);
    return object;
}

Error errorFromJson(const QJsonObject& object)
{
    Error error;
    error.code = named(object[u"code"].toString(), Error::Code::Internal, Error::Code::Internal);
    error.origin = named(object[u"origin"].toString(), Error::Origin::Destination, Error::Origin::Local);
    error.operation = object[u"operation"].toString();
    error.subject = object[u"subject"].toString();
    error.message = object[u"message"].toString();
    error.response = object[u"response"].toString();
    error.httpStatus = object[u"httpStatus"].toInt();
    error.faults = Error::Faults::fromInt(object[u"faults"].toInt());
    if (object.contains(u"retryAfter"))
        error.retryAfter = std::chrono::seconds(object[u"retryAfter"].toInteger());
    if (object.contains(u"cause"))
        error.cause = std::make_shared<const Error>(errorFromJson(object[u"cause"].toObject()));
    return error;
}

QJsonObject toJson(const JobSnapshot& job)
{
    QJsonArray platforms, layers;
    for (const Platform& platform : job.platforms)
        platforms.append(platform.toJson());
    for (const JobLayer& layer : job.layers)
        layers.append(layerToJson(layer));
    QJsonObject object = targetToJson(job);
    object[u"id"] = job.id;
    object[u"kind"] = toString(job.kind);
    object[u"image"] = job.image;
    object[u"from"] = job.from;
    object[u"platforms"] = platforms;
    object[u"layers"] = layers;
    object[u"queuedAt"] = timeToJson(job.queuedAt);
    object[u"startedAt"] = timeToJson(job.startedAt);
    object[u"finishedAt"] = timeToJson(job.finishedAt);
    if (!job.targets.isEmpty()) {
        QJsonArray targets;
        for (const JobTarget& target : job.targets)
            targets.append(targetToJson(target));
        object[u"targets"] = targets;
    }
    if (!job.recipe.isEmpty())
        object[u"recipe"] = job.recipe;
    return object;
}

JobSnapshot jobFromJson(const QJsonObject& object)
{
    JobSnapshot job;
    static_cast<JobTarget&>(job) = targetFromJson(object);
    job.id = object[u"id"].toString();
    job.kind = named(object[u"kind"].toString(), JobKind::Export, JobKind::Push);
    job.image = object[u"image"].toString();
    job.from = object[u"from"].toString();
    const QJsonArray platforms = object[u"platforms"].toArray();
    for (const QJsonValue& platform : platforms)
        job.platforms.append(Platform::fromJson(platform.toObject()));
    const QJsonArray layers = object[u"layers"].toArray();
    for (const QJsonValue& layer : layers)
        job.layers.append(layerFromJson(layer.toObject()));
    const QJsonArray targets = object[u"targets"].toArray();
    for (const QJsonValue& target : targets)
        job.targets.append(targetFromJson(target.toObject()));
    job.queuedAt = timeFromJson(object[u"queuedAt"]);
    job.startedAt = timeFromJson(object[u"startedAt"]);
    job.finishedAt = timeFromJson(object[u"finishedAt"]);
    job.recipe = object[u"recipe"].toObject();
    return job;
}

} // namespace Tagboat
