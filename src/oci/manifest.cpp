// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/manifest.h"

#include "oci/jsonobject.h"
#include "oci/mediatype.h"

#include <QHash>
#include <QJsonArray>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView ReferenceType("vnd.docker.reference.type");

std::unexpected<Error> corrupt(const QString& subject, QString why)
{
    return fail(Error::Code::Corrupt, subject, std::move(why));
}

//! A manifest or index, read as far as both are alike.
struct Document
{
    QJsonObject object;
    QString mediaType;
};

bool isGiven(const QJsonValue& value)
{
    return !value.isUndefined() && !value.isNull();
}

bool isFilled(const QJsonValue& value)
{
    return isGiven(value) && !(value.isArray() && value.toArray().isEmpty());
}

//! True for what servers send that know nothing about manifests; says as little as no type at all.
bool isGeneric(QStringView mediaType)
{
    return mediaType == "application/json"_L1 || mediaType == "application/octet-stream"_L1
        || mediaType == "text/plain"_L1;
}

//! The type from \a outer (header or descriptor), from the document, or from its members, in this order.
Result<QString> agreedMediaType(const QJsonObject& object, const QString& outer, const QString& subject)
{
    const QJsonValue inner = object["mediaType"_L1];
    if (isGiven(inner) && !inner.isString())
        return corrupt(subject, u"the document's media type is no text"_s);
    const QString stated = MediaType::withoutParameters(inner.toString());
    QString type = MediaType::withoutParameters(outer);
    if (isGeneric(type))
        type.clear();
    if (!type.isEmpty() && !stated.isEmpty() && type != stated)
        return corrupt(subject, u"the document says it is %1, but was announced as %2"_s.arg(stated, type));
    if (type.isEmpty())
        type = stated;
    if (!type.isEmpty())
        return type;
    if (isGiven(object["manifests"_L1]))
        return QString(MediaType::OciIndex);
    if (isGiven(object["layers"_L1]) || isGiven(object["config"_L1]))
        return QString(MediaType::OciManifest);
    return corrupt(subject, u"neither an image manifest nor an index"_s);
}

Result<Document> readDocument(const QByteArray& bytes, const QString& mediaType, const QString& subject)
{
    if (bytes.size() > MaxManifestSize)
        return fail(Error::Code::InvalidInput, subject,
                    u"a manifest of %1 bytes is larger than the %2 that are allowed"_s.arg(bytes.size())
                        .arg(MaxManifestSize));
    Result<QJsonObject> object = parseUnambiguousJsonObject(bytes, subject);
    if (!object)
        return std::unexpected(std::move(object.error()));

    const QJsonValue version = object->value("schemaVersion"_L1);
    if (MediaType::isSchema1(MediaType::withoutParameters(mediaType)) || version.toInteger() == 1
        || isFilled(object->value("fsLayers"_L1)))
        return fail(Error::Code::Unsupported, subject,
                    u"image manifest version 2, schema 1 is not supported"_s);
    if (isGiven(version) && version.toInteger() != 2)
        return corrupt(subject, u"the document's schema version is not 2"_s);

    Result<QString> type = agreedMediaType(*object, mediaType, subject);
    if (!type)
        return std::unexpected(std::move(type.error()));
    // Two readers could take such a document for two different things (CVE-2021-41190).
    const bool hasLayers = isFilled(object->value("layers"_L1)) || isFilled(object->value("config"_L1));
    if (hasLayers && isFilled(object->value("manifests"_L1)))
        return corrupt(subject, u"ambiguous document: both layers and manifests"_s);
    if ((MediaType::isIndex(*type) && hasLayers)
        || (MediaType::isManifest(*type) && isFilled(object->value("manifests"_L1))))
        return corrupt(subject, u"the document's contents do not fit its media type %1"_s.arg(*type));
    return Document{std::move(*object), std::move(*type)};
}

Result<QList<Descriptor>> readDescriptors(const QJsonValue& value, const QString& subject)
{
    QList<Descriptor> descriptors;
    if (!isGiven(value)) // Go writes an empty list as null
        return descriptors;
    if (!value.isArray())
        return corrupt(subject, u"descriptors are no list"_s);
    const QJsonArray array = value.toArray();
    descriptors.reserve(array.size());
    for (const QJsonValue& element : array) {
        if (!element.isObject())
            return corrupt(subject, u"a descriptor is no object"_s);
        Result<Descriptor> descriptor = Descriptor::fromJson(element.toObject(), subject);
        if (!descriptor)
            return std::unexpected(std::move(descriptor.error()));
        descriptors.append(std::move(*descriptor));
    }
    return descriptors;
}

Result<std::optional<Descriptor>> readSubject(const QJsonObject& object, const QString& subject)
{
    const QJsonValue value = object["subject"_L1];
    if (!isGiven(value))
        return std::nullopt;
    if (!value.isObject())
        return corrupt(subject, u"the subject is no descriptor"_s);
    return Descriptor::fromJson(value.toObject(), subject);
}

QMap<QString, QString> readAnnotations(const QJsonObject& object)
{
    QMap<QString, QString> annotations;
    const QJsonObject notes = object["annotations"_L1].toObject();
    for (auto note = notes.begin(); note != notes.end(); ++note) {
        if (note.value().isString())
            annotations.insert(note.key(), note.value().toString());
    }
    return annotations;
}

//! The same digest with two sizes: one of them is a lie, and sums would depend on which is read.
Result<void> checkSizesAgree(const QList<Descriptor>& descriptors, const QString& subject)
{
    QHash<Digest, qint64> sizes;
    for (const Descriptor& descriptor : descriptors) {
        const auto known = sizes.constFind(descriptor.digest);
        if (known != sizes.cend() && *known != descriptor.size)
            return corrupt(subject, u"%1 is given with two sizes"_s.arg(descriptor.digest.toString()));
        sizes.insert(descriptor.digest, descriptor.size);
    }
    return {};
}

Descriptor describe(const QByteArray& bytes, QString mediaType)
{
    Descriptor descriptor;
    descriptor.mediaType = std::move(mediaType);
    descriptor.digest = Digest::ofBytes(bytes);
    descriptor.size = bytes.size();
    return descriptor;
}

} // namespace

Result<Manifest> Manifest::parse(QByteArray bytes, QString mediaType, const QString& subject)
{
    Result<Document> document = readDocument(bytes, mediaType, subject);
    if (!document)
        return std::unexpected(std::move(document.error()));
    if (MediaType::isIndex(document->mediaType))
        return corrupt(subject, u"an index where an image manifest was expected"_s);
    if (!MediaType::isManifest(document->mediaType))
        return fail(Error::Code::Unsupported, subject,
                    u"unknown kind of manifest: %1"_s.arg(document->mediaType));

    const QJsonObject& object = document->object;
    Manifest manifest;
    if (!object["config"_L1].isObject())
        return corrupt(subject, u"an image manifest without config"_s);
    Result<Descriptor> config = Descriptor::fromJson(object["config"_L1].toObject(), subject);
    if (!config)
        return std::unexpected(std::move(config.error()));
    manifest.m_config = std::move(*config);

    Result<QList<Descriptor>> layers = readDescriptors(object["layers"_L1], subject);
    if (!layers)
        return std::unexpected(std::move(layers.error()));
    manifest.m_layers = std::move(*layers);
    if (Result<void> agree = checkSizesAgree(QList{manifest.m_config} + manifest.m_layers, subject); !agree)
        return std::unexpected(std::move(agree.error()));

    Result<std::optional<Descriptor>> about = readSubject(object, subject);
    if (!about)
        return std::unexpected(std::move(about.error()));
    manifest.m_subject = std::move(*about);
    manifest.m_artifactType = object["artifactType"_L1].toString();
    manifest.m_annotations = readAnnotations(object);
    manifest.m_descriptor = describe(bytes, std::move(document->mediaType));
    manifest.m_bytes = std::move(bytes);
    return manifest;
}

bool Manifest::isImage() const
{
    if (!m_artifactType.isEmpty())
        return false;
    if (MediaType::isImageConfig(m_config.mediaType))
        return true;
    // Docker 1.10 pushed images whose config had no or a generic type (distribution#1621).
    return m_descriptor.mediaType == MediaType::DockerManifest
        && (m_config.mediaType.isEmpty() || isGeneric(MediaType::withoutParameters(m_config.mediaType)));
}

QList<Descriptor> Manifest::blobs() const
{
    QList<Descriptor> result{m_config};
    QSet<Digest> seen{m_config.digest};
    for (const Descriptor& layer : m_layers) {
        if (!seen.contains(layer.digest)) {
            seen.insert(layer.digest);
            result.append(layer);
        }
    }
    return result;
}

qint64 Manifest::contentSize() const
{
    qint64 sum = 0;
    for (const Descriptor& blob : blobs())
        sum += blob.size;
    return sum;
}

Result<Index> Index::parse(QByteArray bytes, QString mediaType, const QString& subject)
{
    Result<Document> document = readDocument(bytes, mediaType, subject);
    if (!document)
        return std::unexpected(std::move(document.error()));
    if (MediaType::isManifest(document->mediaType))
        return corrupt(subject, u"an image manifest where an index was expected"_s);
    if (!MediaType::isIndex(document->mediaType))
        return fail(Error::Code::Unsupported, subject,
                    u"unknown kind of index: %1"_s.arg(document->mediaType));

    Index index;
    Result<QList<Descriptor>> manifests = readDescriptors(document->object["manifests"_L1], subject);
    if (!manifests)
        return std::unexpected(std::move(manifests.error()));
    index.m_manifests = std::move(*manifests);
    if (Result<void> agree = checkSizesAgree(index.m_manifests, subject); !agree)
        return std::unexpected(std::move(agree.error()));

    Result<std::optional<Descriptor>> about = readSubject(document->object, subject);
    if (!about)
        return std::unexpected(std::move(about.error()));
    index.m_subject = std::move(*about);
    index.m_artifactType = document->object["artifactType"_L1].toString();
    index.m_annotations = readAnnotations(document->object);
    index.m_descriptor = describe(bytes, std::move(document->mediaType));
    index.m_bytes = std::move(bytes);
    return index;
}

std::optional<Descriptor> Index::select(const Platform& wanted) const
{
    std::optional<Descriptor> best;
    std::optional<Descriptor> unnamed;
    int bestPreference = -1;
    for (const Descriptor& entry : m_manifests) {
        if (isAttestation(entry))
            continue;
        if (!entry.platform || entry.platform->isEmpty()) {
            if (!unnamed)
                unnamed = entry;
            continue;
        }
        const int preference = wanted.preference(*entry.platform);
        if (preference >= 0 && (!best || preference < bestPreference)) {
            best = entry;
            bestPreference = preference;
        }
    }
    return best ? best : unnamed;
}

QList<Descriptor> Index::images() const
{
    QList<Descriptor> result;
    for (const Descriptor& entry : m_manifests) {
        if (!isAttestation(entry))
            result.append(entry);
    }
    return result;
}

bool isAttestation(const Descriptor& entry)
{
    const QString type = entry.annotations.value(ReferenceType);
    return type == "attestation-manifest"_L1
        || (!type.isEmpty() && entry.platform && entry.platform->isUnknown());
}

Result<ManifestOrIndex> parseManifestOrIndex(QByteArray bytes, const QString& mediaType,
                                             const QString& subject)
{
    QString type = MediaType::withoutParameters(mediaType);
    if (!MediaType::isIndex(type) && !MediaType::isManifest(type)) {
        Result<Document> document = readDocument(bytes, mediaType, subject);
        if (!document)
            return std::unexpected(std::move(document.error()));
        type = document->mediaType;
    }
    if (MediaType::isIndex(type)) {
        Result<Index> index = Index::parse(std::move(bytes), mediaType, subject);
        if (!index)
            return std::unexpected(std::move(index.error()));
        return std::move(*index);
    }
    Result<Manifest> manifest = Manifest::parse(std::move(bytes), mediaType, subject);
    if (!manifest)
        return std::unexpected(std::move(manifest.error()));
    return std::move(*manifest);
}

const Descriptor& descriptorOf(const ManifestOrIndex& document)
{
    return std::visit([](const auto& parsed) -> const Descriptor& { return parsed.descriptor(); }, document);
}

} // namespace Tagboat
