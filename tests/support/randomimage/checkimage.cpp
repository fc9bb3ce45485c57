// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/checkimage.h"

#include "oci/imageconfig.h"
#include "oci/manifest.h"
#include "support/randomimage/filters.h"

#include <QFile>
#include <QSet>

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;

namespace {

constexpr int DeepestNesting = 4;

//! Where the bytes come from: what the walk needs of a ContentReader or a folder.
class Place
{
public:
    virtual ~Place() = default;
    virtual Result<ManifestContent> manifest(const QString& nameOrDigest) = 0;
    virtual Result<void> blob(const Descriptor& descriptor, const BytesSink& sink) = 0;
};

class ReaderPlace : public Place
{
public:
    explicit ReaderPlace(std::shared_ptr<ContentReader> reader) : m_reader(std::move(reader)) { }

    Result<ManifestContent> manifest(const QString& nameOrDigest) override
    {
        return QCoro::waitFor(m_reader->fetchManifest(nameOrDigest, {}));
    }

    Result<void> blob(const Descriptor& descriptor, const BytesSink& sink) override
    {
        return QCoro::waitFor(readThrough(m_reader, descriptor, sink));
    }

private:
    static Task<Result<void>> readThrough(std::shared_ptr<ContentReader> reader, Descriptor descriptor,
                                          BytesSink sink)
    {
        auto source = co_await reader->openBlob(descriptor, 0, {});
        if (!source)
            co_return std::unexpected(std::move(source.error()));
        for (;;) {
            auto piece = co_await (*source)->read(PieceSize, {});
            if (!piece)
                co_return std::unexpected(std::move(piece.error()));
            if (piece->isEmpty())
                co_return Result<void>();
            sink(*piece);
        }
    }

    std::shared_ptr<ContentReader> m_reader;
};

class FolderPlace : public Place
{
public:
    explicit FolderPlace(QString folder) : m_folder(std::move(folder)) { }

    Result<ManifestContent> manifest(const QString& digest) override
    {
        const Result<Digest> parsed = Digest::parse(digest);
        if (!parsed)
            return std::unexpected(parsed.error());
        ManifestContent content;
        content.descriptor.digest = *parsed;
        const Result<void> read =
            blob(content.descriptor, [&](QByteArrayView bytes) { content.bytes += bytes; });
        if (!read)
            return std::unexpected(read.error());
        content.descriptor.size = content.bytes.size();
        return content;
    }

    Result<void> blob(const Descriptor& descriptor, const BytesSink& sink) override
    {
        const Digest& digest = descriptor.digest;
        QFile file(m_folder + "/blobs/"_L1 + digest.algorithm() + u'/' + digest.hex());
        if (!file.exists())
            return fail(Error::Code::NotFound, digest.toString(), u"no such blob"_s);
        if (!file.open(QIODevice::ReadOnly))
            return fail(Error::Code::Io, digest.toString(), file.errorString());
        for (QByteArray piece = file.read(PieceSize); !piece.isEmpty(); piece = file.read(PieceSize))
            sink(piece);
        return {};
    }

private:
    QString m_folder;
};

class Walk
{
public:
    Walk(Place& place, CheckOptions options) : m_place(place), m_options(options) { }

    QStringList problems;

    void root(const QString& nameOrDigest)
    {
        const Result<ManifestContent> content = m_place.manifest(nameOrDigest);
        if (!content) {
            problems.append(u"root: "_s + content.error().toString());
            return;
        }
        if (Digest::parse(nameOrDigest) && content->descriptor.digest.toString() != nameOrDigest)
            complain(content->descriptor.digest, u"is not the one asked for"_s);
        check(*content, content->descriptor, 0);
    }

private:
    void complain(const Digest& digest, const QString& what)
    {
        problems.append(digest.toString() + u": "_s + what);
    }

    void check(const ManifestContent& content, const Descriptor& expected, int depth)
    {
        Sha256 hash;
        hash.update(content.bytes);
        if (hash.finish() != expected.digest)
            complain(expected.digest, u"the manifest has another digest"_s);
        if (content.bytes.size() != expected.size)
            complain(expected.digest, u"the manifest has another size"_s);
        const Result<ManifestOrIndex> parsed =
            parseManifestOrIndex(content.bytes, expected.mediaType, expected.digest.toString());
        if (!parsed)
            complain(expected.digest, parsed.error().toString());
        else if (const auto* index = std::get_if<Index>(&*parsed))
            checkIndex(*index, expected.digest, depth);
        else
            checkManifest(std::get<Manifest>(*parsed));
    }

    void checkIndex(const Index& index, const Digest& digest, int depth)
    {
        if (depth == DeepestNesting)
            return complain(digest, u"indexes are nested too deeply"_s);
        int present = 0;
        for (const Descriptor& child : index.manifests()) {
            const Result<ManifestContent> content = m_place.manifest(child.digest.toString());
            if (content) {
                present += isAttestation(child) ? 0 : 1;
                check(*content, child, depth + 1);
            } else if (m_options.allPlatforms || content.error().code != Error::Code::NotFound) {
                complain(child.digest, content.error().toString());
            }
        }
        if (present == 0 && !index.images().isEmpty())
            complain(digest, u"no image of the index is there"_s);
    }

    void checkManifest(const Manifest& manifest)
    {
        QByteArray configBytes;
        checkBlob(manifest.config(), [&](QByteArrayView bytes) { configBytes += bytes; });
        QList<Digest> diffIds(manifest.layers().size());
        if (manifest.isImage()) {
            const Result<ImageConfig> config =
                ImageConfig::parse(configBytes, manifest.config().digest.toString());
            if (!config)
                return complain(manifest.config().digest, config.error().toString());
            if (config->diffIds.size() != manifest.layers().size())
                return complain(manifest.config().digest, u"the number of diff IDs is not that of layers"_s);
            diffIds = config->diffIds;
        }
        for (qsizetype i = 0; i < manifest.layers().size(); ++i)
            checkLayer(manifest.layers()[i], diffIds[i]);
    }

    void checkLayer(const Descriptor& layer, const Digest& diffId)
    {
        if (diffId.isNull())
            return checkBlob(layer, [](QByteArrayView) { });
        Sha256 plain;
        bool isIntact = true;
        const auto unpack = unpackFilter([&](QByteArrayView bytes) { plain.update(bytes); });
        checkBlob(layer, [&](QByteArrayView bytes) { isIntact = isIntact && unpack->write(bytes); });
        if (!isIntact || !unpack->finish())
            complain(layer.digest, u"the layer cannot be decompressed"_s);
        else if (plain.finish() != diffId)
            complain(layer.digest, u"the layer's diff ID is another one than %1"_s.arg(diffId.toString()));
    }

    void checkBlob(const Descriptor& blob, const BytesSink& sink)
    {
        Sha256 hash;
        const Result<void> read = m_place.blob(blob, [&](QByteArrayView bytes) {
            hash.update(bytes);
            sink(bytes);
        });
        if (!read)
            return complain(blob.digest, read.error().toString());
        if (hash.size() != blob.size)
            complain(blob.digest, u"%1 bytes instead of %2"_s.arg(hash.size()).arg(blob.size));
        if (hash.finish() != blob.digest)
            complain(blob.digest, u"the blob has another digest"_s);
    }

    Place& m_place;
    CheckOptions m_options;
};

} // namespace

QStringList checkImage(std::shared_ptr<ContentReader> reader, const QString& nameOrDigest,
                       CheckOptions options)
{
    ReaderPlace place(std::move(reader));
    Walk walk(place, options);
    walk.root(nameOrDigest);
    return walk.problems;
}

QStringList checkLayout(const QString& folder, const Digest& digest, CheckOptions options)
{
    FolderPlace place(folder);
    Walk walk(place, options);
    walk.root(digest.toString());
    return walk.problems;
}

} // namespace Tagboat::Testing
