// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/documentcache.h"

#include "content/verify.h"
#include "oci/imageconfig.h"
#include "oci/mediatype.h"
#include "store/documentfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Manifests that \a value points at become children, every other digest is noted.
void collectDigests(const QJsonValue& value, StoredDocument& document)
{
    if (value.isString()) {
        if (const auto digest = Digest::parse(value.toString()))
            document.mentioned.append(*digest);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue& item : array)
            collectDigests(item, document);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        const QString mediaType = object.value("mediaType"_L1).toString();
        const bool isDocument = MediaType::isManifest(mediaType) || MediaType::isIndex(mediaType);
        const auto child = isDocument ? Descriptor::fromJson(object, {}) : Result<Descriptor>();
        if (isDocument && child)
            document.children.append(*child);
        for (const QJsonValue& item : object)
            collectDigests(item, document);
    }
}

//! A document of a format we do not read (schema 1, formats to come): whatever it mentions, it may need.
StoredDocument unknownDocument(const QByteArray& bytes, const QString& mediaType)
{
    StoredDocument document;
    document.mediaType = mediaType;
    const QJsonDocument json = QJsonDocument::fromJson(bytes);
    collectDigests(json.isArray() ? QJsonValue(json.array()) : QJsonValue(json.object()), document);
    return document;
}

//! Fewer are read as they come.
constexpr qsizetype ManyDocuments = 200;
//! More is no file of ours: some hundred thousand images.
constexpr qint64 MaxFileSize = 512 * 1024 * 1024;

template<typename Work>
void sideBySide(qsizetype count, Work work)
{
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
    std::atomic<qsizetype> next = 0;
    const auto run = [&] {
        for (qsizetype i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threads; ++i)
        helpers.emplace_back(run);
    run();
}

Result<StoredDocument> parsed(const QByteArray& bytes, const Descriptor& descriptor)
{
    const QString& mediaType = descriptor.mediaType;
    const bool isKnown = MediaType::isManifest(mediaType) || MediaType::isIndex(mediaType);
    auto either = parseManifestOrIndex(bytes, isKnown ? mediaType : QString(), descriptor.digest.toString());
    if (!either && (isKnown || mediaType.isEmpty()) && either.error().code != Error::Code::Unsupported)
        return std::unexpected(std::move(either.error()));
    if (!either)
        return unknownDocument(bytes, mediaType);

    StoredDocument document;
    document.mediaType = descriptorOf(*either).mediaType;
    if (const auto* manifest = std::get_if<Manifest>(&*either)) {
        document.kind = StoredDocument::Kind::Manifest;
        document.isImage = manifest->isImage();
        document.artifactType =
            manifest->artifactType().isEmpty() ? manifest->config().mediaType : manifest->artifactType();
        document.config = manifest->config();
        document.layers = manifest->layers();
        document.subject = manifest->subject();
    } else {
        const auto& index = std::get<Index>(*either);
        document.kind = StoredDocument::Kind::Index;
        document.children = index.manifests();
        document.subject = index.subject();
    }
    return document;
}

} // namespace

Result<StoredDocumentPtr> DocumentCache::document(const Descriptor& descriptor)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_documents.value(descriptor.digest))
            return known;
    }
    const auto bytes = readVerified(m_files, descriptor, MaxManifestSize);
    if (!bytes)
        return std::unexpected(bytes.error());
    auto document = parsed(*bytes, descriptor);
    if (!document)
        return std::unexpected(std::move(document.error()));
    const std::scoped_lock lock(m_mutex);
    share(*document);
    auto shared = std::make_shared<const StoredDocument>(std::move(*document));
    m_documents.insert(descriptor.digest, shared);
    ++m_read;
    return shared;
}

Result<StoredConfigPtr> DocumentCache::config(const Descriptor& descriptor)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_configs.value(descriptor.digest))
            return known;
    }
    const auto bytes = readVerified(m_files, descriptor, MaxManifestSize);
    if (!bytes)
        return std::unexpected(bytes.error());
    auto parsedConfig = ImageConfig::parse(*bytes, descriptor.digest.toString());
    if (!parsedConfig)
        return std::unexpected(std::move(parsedConfig.error()));
    StoredConfig config;
    config.platform = parsedConfig->platform;
    config.created = parsedConfig->created;
    config.diffIds = parsedConfig->diffIds;
    const auto steps = parsedConfig->stepsOfLayers();
    for (const ImageConfig::Step& step : steps)
        config.steps.append(step.createdBy);
    for (auto label = parsedConfig->labels.cbegin(); label != parsedConfig->labels.cend(); ++label)
        config.labels.append(
            {label.key(), label.value().first(qMin(label.value().size(), StoredLabel::MaxValue))});
    const std::scoped_lock lock(m_mutex);
    share(config);
    auto shared = std::make_shared<const StoredConfig>(std::move(config));
    m_configs.insert(descriptor.digest, shared);
    ++m_read;
    return shared;
}

void DocumentCache::share(StoredDocument& document)
{
    document.mediaType = *m_texts.insert(document.mediaType);
    share(document.config);
    for (Descriptor& layer : document.layers)
        share(layer);
    for (Descriptor& child : document.children)
        share(child);
}

void DocumentCache::share(Descriptor& descriptor)
{
    descriptor.mediaType = *m_texts.insert(descriptor.mediaType);
    descriptor.digest = *m_digests.insert(descriptor.digest);
}

void DocumentCache::share(StoredConfig& config)
{
    for (Digest& diffId : config.diffIds)
        diffId = *m_digests.insert(diffId);
    for (QString& step : config.steps)
        step = *m_texts.insert(step);
    for (StoredLabel& label : config.labels) {
        label.key = *m_texts.insert(label.key);
        label.value = *m_texts.insert(label.value);
    }
}

void DocumentCache::forget(const QList<Digest>& digests)
{
    const std::scoped_lock lock(m_mutex);
    for (const Digest& digest : digests) {
        m_documents.remove(digest);
        m_configs.remove(digest);
    }
    // What is still of use comes back as soon as it is read.
    m_digests.clear();
    m_texts.clear();
}

void DocumentCache::readAhead(const QList<Descriptor>& documents, const BlobListing& there)
{
    QList<Descriptor> wanted;
    {
        const std::scoped_lock lock(m_mutex);
        QSet<Digest> seen;
        for (const Descriptor& each : documents) {
            const bool isKnownKind =
                MediaType::isManifest(each.mediaType) || MediaType::isIndex(each.mediaType);
            if (isKnownKind && !m_documents.contains(each.digest) && there.contains(each.digest)
                && !seen.contains(each.digest)) {
                seen.insert(each.digest);
                wanted.append(each);
            }
        }
    }
    if (wanted.size() < ManyDocuments)
        return;
    sideBySide(wanted.size(), [&](qsizetype i) { (void)document(wanted.at(i)); });
    QList<Descriptor> children;
    for (const Descriptor& each : std::as_const(wanted)) {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_documents.value(each.digest))
            children += known->children;
    }
    if (!children.isEmpty())
        readAhead(children, there);
}

void DocumentCache::readConfigsAhead(const QList<Descriptor>& configs, const BlobListing& there)
{
    QList<Descriptor> wanted;
    {
        const std::scoped_lock lock(m_mutex);
        for (const Descriptor& each : configs) {
            if (!m_configs.contains(each.digest) && there.contains(each.digest))
                wanted.append(each);
        }
    }
    if (wanted.size() >= ManyDocuments)
        sideBySide(wanted.size(), [&](qsizetype i) { (void)config(wanted.at(i)); });
}

void DocumentCache::load(const QString& path)
{
    const std::scoped_lock lock(m_mutex);
    if (std::exchange(m_isLoaded, true))
        return;
    const auto bytes = DiskFile::open(path).and_then([](DiskFile file) { return file.readAll(MaxFileSize); });
    auto known = bytes ? unpackDocuments(*bytes) : std::nullopt;
    if (!known)
        return;
    // Nothing has been read yet, as a rule.
    known->documents.insert(m_documents);
    known->configs.insert(m_configs);
    m_documents = std::move(known->documents);
    m_configs = std::move(known->configs);
}

void DocumentCache::save(const QString& path, const BlobListing& there)
{
    KnownDocuments known;
    {
        const std::scoped_lock lock(m_mutex);
        const qsizetype all = m_documents.size() + m_configs.size();
        if (all < 2 * ManyDocuments || m_read < all / 20)
            return;
        m_read = 0; // a disk that does not take it will not take it the next time, either
        known = {m_documents, m_configs};
    }
    const auto isGone = [&there](const auto& each) { return !there.contains(each.key()); };
    known.documents.removeIf(isGone);
    known.configs.removeIf(isGone);
    // It is worth no sync: a damaged one is noticed, and made anew.
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(packDocuments(known));
        file.commit();
    }
}

Result<QByteArray> DocumentCache::readVerified(const LayoutFiles& files, const Descriptor& descriptor,
                                               qint64 limit)
{
    const QString subject = descriptor.digest.toString();
    if (descriptor.digest.isNull())
        return fail(Error::Code::InvalidInput, {}, u"no digest given"_s);
    if (descriptor.size > limit) {
        return fail(Error::Code::InvalidInput, subject,
                    u"%1 bytes are more than the %2 allowed"_s.arg(descriptor.size).arg(limit));
    }
    auto file = DiskFile::open(files.blobPath(descriptor.digest));
    if (!file && file.error().code == Error::Code::NotFound)
        return fail(Error::Code::NotFound, subject, u"not in the image store"_s);
    if (!file)
        return std::unexpected(std::move(file.error()));
    auto bytes = file->readAll(limit);
    if (!bytes)
        return std::unexpected(std::move(bytes.error()));
    Descriptor expected = descriptor;
    if (expected.size < 0)
        expected.size = bytes->size();
    if (auto right = verifyBytes(*bytes, expected, subject); !right)
        return std::unexpected(std::move(right.error()));
    return bytes;
}

} // namespace Tagboat
