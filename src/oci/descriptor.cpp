// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/descriptor.h"

#include <QJsonArray>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

// 64 TiB: far beyond any registry's limit, and low enough that the sizes of all layers that fit into one
// manifest can be added without overflow.
constexpr qint64 MaxBlobSize = qint64(1) << 46;

} // namespace

Result<Descriptor> Descriptor::fromJson(const QJsonObject& object, const QString& where)
{
    const auto broken = [&where](QString why) { return fail(Error::Code::Corrupt, where, std::move(why)); };

    Descriptor descriptor;
    const QJsonValue type = object["mediaType"_L1];
    if (!type.isString() && !type.isUndefined() && !type.isNull())
        return broken(u"the media type of a descriptor is no text"_s);
    descriptor.mediaType = type.toString();

    const QJsonValue digest = object["digest"_L1];
    if (!digest.isString())
        return broken(u"a descriptor has no digest"_s);
    Result<Digest> parsed = Digest::parse(digest.toString());
    if (!parsed) {
        const QString why = u"a descriptor's digest cannot be used: "_s + parsed.error().message;
        return fail(Error::make(Error::Code::Corrupt, where, why).because(std::move(parsed.error())));
    }
    descriptor.digest = std::move(*parsed);

    const QJsonValue size = object["size"_L1];
    if (!size.isDouble())
        return broken(u"a descriptor has no size"_s);
    descriptor.size = size.toInteger(-1); // also for fractions and for what no 64 bits hold
    if (descriptor.size < 0 || descriptor.size > MaxBlobSize)
        return broken(u"a descriptor's size is not possible"_s);

    if (object["platform"_L1].isObject())
        descriptor.platform = Platform::fromJson(object["platform"_L1].toObject());
    const QJsonObject notes = object["annotations"_L1].toObject();
    for (auto note = notes.begin(); note != notes.end(); ++note) {
        if (note.value().isString())
            descriptor.annotations.insert(note.key(), note.value().toString());
    }
    descriptor.artifactType = object["artifactType"_L1].toString();
    const QJsonArray urls = object["urls"_L1].toArray();
    for (const QJsonValue& url : urls) {
        if (url.isString())
            descriptor.urls.append(url.toString());
    }
    return descriptor;
}

QJsonObject Descriptor::toJson() const
{
    QJsonObject object{{u"mediaType"_s, mediaType}, {u"digest"_s, digest.toString()}, {u"size"_s, size}};
    if (platform)
        object.insert("platform"_L1, platform->toJson());
    if (!annotations.isEmpty()) {
        QJsonObject notes;
        for (auto note = annotations.begin(); note != annotations.end(); ++note)
            notes.insert(note.key(), note.value());
        object.insert("annotations"_L1, notes);
    }
    if (!artifactType.isEmpty())
        object.insert("artifactType"_L1, artifactType);
    if (!urls.isEmpty())
        object.insert("urls"_L1, QJsonArray::fromStringList(urls));
    return object;
}

} // namespace Tagboat
