// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archiveexport.h"

#include "archive/ociarchive.h"
#include "oci/mediatype.h"

#include <QSet>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr int MaxDepth = 8;

//! What the archive will hold.
struct Collected
{
    QList<ManifestContent> documents;
    QList<Descriptor> blobs;
    QSet<Digest> seen;
};
using CollectedPtr = std::shared_ptr<Collected>;

Task<Result<void>> collect(ArchiveExportPtr job, CollectedPtr into, Descriptor target, int depth,
                           std::stop_token stop);

Task<Result<void>> collectIndex(ArchiveExportPtr job, CollectedPtr into, Index index, int depth,
                                std::stop_token stop)
{
    bool isAnyThere = false;
    std::optional<Error> missing;
    const QList<Descriptor> entries = index.manifests();
    for (const Descriptor& entry : entries) {
        auto done = co_await collect(job, into, entry, depth + 1, stop);
        // Often only some platforms of an index are on a computer.
        if (!done && done.error().code == Error::Code::NotFound)
            missing = std::move(done.error());
        else if (!done)
            co_return std::unexpected(std::move(done.error()));
        else
            isAnyThere = isAnyThere || !isAttestation(entry);
    }
    if (missing && !isAnyThere)
        co_return fail(std::move(*missing));
    co_return Result<void>();
}

//! NotFound where \a target itself is not there.
Task<Result<void>> collect(ArchiveExportPtr job, CollectedPtr into, Descriptor target, int depth,
                           std::stop_token stop)
{
    const QString subject = target.digest.toString();
    if (into->seen.contains(target.digest))
        co_return Result<void>();
    if (depth > MaxDepth)
        co_return fail(Error::Code::Corrupt, subject, u"indexes nested too deep"_s);
    auto content = co_await job->source->fetchManifest(subject, stop);
    if (!content)
        co_return std::unexpected(std::move(content.error()));
    auto document = parseManifestOrIndex(content->bytes, content->descriptor.mediaType, subject);
    if (!document)
        co_return std::unexpected(std::move(document.error()));
    into->seen.insert(target.digest);
    if (const auto* index = std::get_if<Index>(&*document)) {
        auto done = co_await collectIndex(job, into, *index, depth, std::move(stop));
        if (!done) {
            into->seen.remove(target.digest);
            co_return std::unexpected(std::move(done.error()));
        }
    } else {
        const QList<Descriptor> blobs = std::get<Manifest>(*document).blobs();
        for (const Descriptor& blob : blobs) {
            if (into->seen.contains(blob.digest))
                continue;
            into->seen.insert(blob.digest);
            into->blobs.append(blob);
        }
    }
    into->documents.append({descriptorOf(*document), content->bytes});
    co_return Result<void>();
}

//! Leaves out the layers that may stay away.
Task<Result<void>> dropAbsentForeignLayers(ArchiveExportPtr job, CollectedPtr from, std::stop_token stop)
{
    for (qsizetype i = from->blobs.size() - 1; i >= 0; --i) {
        const Descriptor blob = from->blobs.at(i);
        if (!MediaType::isForeignLayer(blob.mediaType))
            continue;
        auto opened = co_await job->source->openBlob(blob, 0, stop);
        if (!opened && opened.error().code != Error::Code::NotFound)
            co_return std::unexpected(std::move(opened.error()));
        if (!opened)
            from->blobs.removeAt(i);
    }
    co_return Result<void>();
}

Task<Result<TarContent>> blobContent(ArchiveExportPtr job, Descriptor blob, std::stop_token stop)
{
    auto source = co_await openVerified(job, blob, std::move(stop));
    if (!source)
        co_return std::unexpected(std::move(source.error()));
    co_return TarContent{blobPath(blob.digest), std::move(*source), blob.size};
}

} // namespace

Task<Result<QList<TarStep>>> ociSteps(ArchiveExportPtr job, QList<ExportItem> items, std::stop_token stop)
{
    auto collected = std::make_shared<Collected>();
    QJsonArray entries;
    for (const ExportItem& item : std::as_const(items)) {
        Descriptor target = item.target;
        if (job->platform) {
            auto chosen = co_await chooseImage(job, item.target, job->platform, stop);
            if (!chosen)
                co_return std::unexpected(std::move(chosen.error()));
            target = chosen->descriptor();
        }
        auto done = co_await collect(job, collected, target, 0, stop);
        if (!done)
            co_return std::unexpected(std::move(done.error()));
        appendEntries(entries, std::move(target), item.names);
    }
    auto dropped = co_await dropAbsentForeignLayers(job, collected, std::move(stop));
    if (!dropped)
        co_return std::unexpected(std::move(dropped.error()));

    // The small and telling first, for readers that take the archive from a pipe.
    QList<TarStep> steps{layoutFile(), tarFile(u"index.json"_s, indexDocument(entries)),
                         tarFolder(u"blobs"_s)};
    QSet<QString> algorithms;
    const auto folderFor = [&](const Digest& digest) {
        if (algorithms.contains(digest.algorithm()))
            return;
        algorithms.insert(digest.algorithm());
        steps.append(tarFolder(u"blobs/"_s + digest.algorithm()));
    };
    for (const ManifestContent& document : std::as_const(collected->documents)) {
        folderFor(document.descriptor.digest);
        steps.append(tarFile(blobPath(document.descriptor.digest), document.bytes));
    }
    for (const Descriptor& blob : std::as_const(collected->blobs)) {
        folderFor(blob.digest);
        job->bytesTotal += blob.size;
        steps.append([job, blob](std::stop_token inner) { return blobContent(job, blob, std::move(inner)); });
    }
    co_return Result<QList<TarStep>>(std::move(steps));
}

} // namespace Tagboat
