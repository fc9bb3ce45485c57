// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archiveexport.h"

#include "archive/filteredsource.h"
#include "archive/imagenames.h"
#include "archive/ociarchive.h"
#include "archive/outputfile.h"
#include "archive/tracedsource.h"
#include "content/verify.h"
#include "oci/mediatype.h"
#include "oci/reference.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Indexes that hold indexes: deeper than this nobody builds them.
constexpr int MaxDepth = 8;

//! True for `NAME@DIGEST`: it finds an image and parses well, but is no name that an archive could carry.
bool isDigestOnly(const QString& name)
{
    const auto reference = Reference::parse(name);
    return reference && reference->tag().isEmpty() && !reference->digest().isNull();
}

//! Names canonical, and one item for each image.
Result<QList<ExportItem>> checkedItems(const QList<ExportItem>& items, const QString& path)
{
    QList<ExportItem> checked;
    for (const ExportItem& item : items) {
        QStringList names;
        for (const QString& name : item.names) {
            QString full = canonicalName(name);
            if (full.isEmpty() && isDigestOnly(name))
                continue;
            if (full.isEmpty())
                return fail(Error::Code::InvalidInput, name, u"not a name with a tag"_s);
            names.append(std::move(full));
        }
        const auto known = std::ranges::find_if(
            checked, [&](const ExportItem& other) { return other.target.digest == item.target.digest; });
        if (known == checked.end())
            checked.append({item.target, names});
        else
            known->names += names;
    }
    if (checked.isEmpty())
        return fail(Error::Code::InvalidInput, path, u"no image to export"_s);
    for (ExportItem& item : checked)
        item.names.removeDuplicates();
    return checked;
}

QString platformsOf(const Index& index)
{
    QStringList platforms;
    const QList<Descriptor> images = index.images();
    for (const Descriptor& image : images)
        platforms.append(image.platform ? image.platform->toString() : u"unknown"_s);
    return platforms.join(u", ");
}

Task<Result<void>> checkPlatform(ArchiveExportPtr job, Manifest manifest, Platform wanted,
                                 std::stop_token stop)
{
    const QString subject = manifest.descriptor().digest.toString();
    auto bytes = co_await readVerified(job, manifest.config(), std::move(stop));
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    const auto config = ImageConfig::parse(*bytes, subject);
    if (!config)
        co_return std::unexpected(config.error());
    if (wanted.preference(config->platform) < 0) {
        co_return fail(
            Error::Code::NotFound, subject,
            u"the image is for %1, not for %2"_s.arg(config->platform.toString(), wanted.toString()));
    }
    co_return Result<void>();
}

} // namespace

void ArchiveExport::advance(qint64 bytes, const QString& member)
{
    bytesDone += bytes;
    if (progress)
        progress({bytesDone, bytesTotal, member});
}

Task<Result<ByteSourcePtr>> openVerified(ArchiveExportPtr job, Descriptor blob, std::stop_token stop)
{
    const QString subject = blob.digest.toString();
    auto opened = co_await job->source->openBlob(blob, 0, std::move(stop));
    if (!opened)
        co_return fail(aboutSubject(std::move(opened.error()), subject).at(Error::Origin::Source));
    const auto count = [job, path = blobPath(blob.digest)](qint64 bytes) { job->advance(bytes, path); };
    co_return traced(verified(std::move(*opened), blob), subject, count);
}

Task<Result<QByteArray>> readVerified(ArchiveExportPtr job, Descriptor blob, std::stop_token stop)
{
    auto opened = co_await job->source->openBlob(blob, 0, stop);
    if (!opened)
        co_return std::unexpected(std::move(opened.error()));
    auto bytes = co_await readAll(verified(std::move(*opened), blob), MaxManifestSize, blob.digest.toString(),
                                  std::move(stop));
    co_return Result<QByteArray>(std::move(bytes));
}

Task<Result<Manifest>> chooseImage(ArchiveExportPtr job, Descriptor target, std::optional<Platform> platform,
                                   std::stop_token stop)
{
    const QString subject = target.digest.toString();
    Descriptor chosen = std::move(target);
    for (int depth = 0; depth <= MaxDepth; ++depth) {
        auto content = co_await job->source->fetchManifest(chosen.digest.toString(), stop);
        if (!content)
            co_return std::unexpected(std::move(content.error()));
        auto document = parseManifestOrIndex(content->bytes, content->descriptor.mediaType, subject);
        if (!document)
            co_return std::unexpected(std::move(document.error()));
        if (const auto* manifest = std::get_if<Manifest>(&*document)) {
            if (platform && depth == 0) {
                auto fits = co_await checkPlatform(job, *manifest, *platform, std::move(stop));
                if (!fits)
                    co_return std::unexpected(std::move(fits.error()));
            }
            co_return Result<Manifest>(*manifest);
        }
        const auto& index = std::get<Index>(*document);
        auto child = index.select(platform.value_or(Platform::host()));
        if (!child && !platform && index.images().size() == 1)
            child = index.images().constFirst();
        if (!child) {
            co_return fail(Error::Code::NotFound, subject,
                           u"no image for %1, only for %2"_s.arg(
                               platform.value_or(Platform::host()).toString(), platformsOf(index)));
        }
        chosen = std::move(*child);
    }
    co_return fail(Error::Code::Corrupt, subject, u"indexes nested too deep"_s);
}

TarStep layoutFile()
{
    return tarFile(u"oci-layout"_s, R"({"imageLayoutVersion":"1.0.0"})"_ba);
}

void appendEntries(QJsonArray& entries, Descriptor target, const QStringList& names)
{
    target.annotations.remove(RefNameAnnotation);
    target.annotations.remove(ImageNameAnnotation);
    if (names.isEmpty())
        entries.append(target.toJson());
    for (const QString& name : names) {
        Descriptor named = target;
        named.annotations.insert(RefNameAnnotation, name);   // containers tools, oras, ourselves
        named.annotations.insert(ImageNameAnnotation, name); // Docker, containerd
        entries.append(named.toJson());
    }
}

QByteArray indexDocument(const QJsonArray& entries)
{
    const QJsonObject index{
        {u"schemaVersion"_s, 2}, {u"mediaType"_s, QString(MediaType::OciIndex)}, {u"manifests"_s, entries}};
    return QJsonDocument(index).toJson(QJsonDocument::Compact);
}

Task<Result<void>> exportArchive(QList<ExportItem> items, std::shared_ptr<ContentReader> source, QString path,
                                 ArchiveFormat format, std::optional<Platform> platform,
                                 std::optional<OuterCompression> compression,
                                 ArchiveProgressCallback progress, std::stop_token stop)
{
    auto checked = checkedItems(items, path);
    if (!checked)
        co_return std::unexpected(std::move(checked.error()));
    const auto promised = outerCompression(path);
    if (!promised)
        co_return std::unexpected(promised.error());
    if (compression && *promised != OuterCompression::None && *promised != *compression)
        co_return fail(Error::Code::InvalidInput, path, u"its name promises another compression"_s);

    auto job = std::make_shared<ArchiveExport>();
    job->source = std::move(source);
    job->platform = std::move(platform);
    job->folder = QFileInfo(path).absolutePath();
    job->progress = std::move(progress);
    const auto makeSteps = format == ArchiveFormat::OciArchive ? ociSteps : dockerSteps;
    auto steps = co_await makeSteps(job, std::move(*checked), stop);
    if (!steps)
        co_return std::unexpected(std::move(steps.error()));
    ByteSourcePtr tar = compressed(tarSource(std::move(*steps)), compression.value_or(*promised));
    auto written = co_await writeFile(std::move(tar), path, std::move(stop));
    co_return Result<void>(std::move(written));
}

} // namespace Tagboat
