// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archiveimport.h"

#include "archive/memberpath.h"
#include "archive/plainhasher.h"
#include "archive/tracedsource.h"
#include "base/taskgroup.h"
#include "content/compression.h"
#include "oci/mediatype.h"

#include <QSet>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Compression keeps the cores busy; a third layer fills the gaps in which the others wait for the disk.
constexpr int LayersAtOnce = 3;

using ImportPtr = std::shared_ptr<ArchiveImport>;

//! One member on its way: a blob with its descriptor, or a layer of a docker image with its diff ID.
struct Job
{
    qsizetype member = 0;
    Descriptor blob;
    Digest diffId;
};

QString subjectOf(const ImportPtr& import, qsizetype member)
{
    return memberSubject(import->archive->path(), import->archive->table().at(member).path);
}

//! What bringing in a member failed with: a writer knows a digest only, and these two codes are about what
//! was read.
Error ofMember(Error error, const QString& subject)
{
    if (error.code != Error::Code::DigestMismatch && error.code != Error::Code::Corrupt)
        return error;
    return blamedOnArchive(aboutSubject(std::move(error), subject));
}

Task<Result<ByteSourcePtr>> bytesFrom(QByteArray bytes, qint64 offset)
{
    co_return memorySource(bytes.mid(offset));
}

ByteSourcePtr paced(const ArchiveImport& import, ByteSourcePtr source)
{
    return import.options.paced ? import.options.paced(std::move(source)) : source;
}

Task<Result<ByteSourcePtr>> openPaced(ImportPtr import, qsizetype member, qint64 offset, std::stop_token stop)
{
    auto opened = co_await openMember(import->archive, member, offset, stop);
    if (opened)
        opened = paced(*import, std::move(*opened));
    co_return opened;
}

Task<bool> isWorthAnother(ImportPtr import, Error error, int attempt, std::stop_token stop)
{
    if (!import->options.again || import->archive->isSequential() || stop.stop_requested())
        co_return false;
    const bool again = co_await import->options.again(std::move(error), attempt, stop);
    co_return again;
}

//! Takes a blob over as it is.
Task<Result<void>> importBlob(ImportPtr import, Job job, std::stop_token stop)
{
    const QString path = import->archive->table().at(job.member).path;
    auto presence = co_await import->destination->blobPresence(job.blob, stop);
    if (!presence)
        co_return std::unexpected(std::move(presence.error()));
    if (*presence == Presence::Present) {
        import->advance(job.blob.size, path);
        co_return Result<void>();
    }
    auto seen = std::make_shared<qint64>(0);
    const SourceFactory open = [import, member = job.member](qint64 offset, std::stop_token inner) {
        return openPaced(import, member, offset, std::move(inner));
    };
    const ProgressCallback progress = [import, path, seen](qint64 done) {
        import->advance(done - std::exchange(*seen, done), path);
    };
    for (int attempt = 1;; ++attempt) {
        auto pushed = co_await import->destination->pushBlob(job.blob, open, progress, stop);
        if (pushed)
            break;
        auto again = co_await isWorthAnother(import, pushed.error(), attempt, stop);
        if (!again)
            co_return fail(ofMember(std::move(pushed.error()), subjectOf(import, job.member)));
    }
    import->advance(job.blob.size - *seen, path);
    co_return Result<void>();
}

MediaType::Compression compressionOf(const ArchiveMember& member)
{
    const auto compression = MediaType::sniffCompression(member.head);
    // "BZh" alone may begin a plain layer too, as the name of its first file.
    const bool isBzip2 = member.head.size() >= 10 && member.head.sliced(4).startsWith("1AY&SY");
    return compression == MediaType::Compression::Bzip2 && !isBzip2 ? MediaType::Compression::None
                                                                    : compression;
}

//! Sends a layer of a docker image, compressed if it is plain.
Task<Result<Descriptor>> pushLayer(ImportPtr import, Job job, MediaType::Compression compression,
                                   std::stop_token stop)
{
    const ArchiveMember member = import->archive->table().at(job.member);
    const QString subject = subjectOf(import, job.member);
    auto opened = co_await openMember(import->archive, job.member, 0, stop);
    if (!opened)
        co_return fail(blamedOnArchive(std::move(opened.error())));
    const auto counted = std::make_shared<qint64>(0);
    const auto count = [import, counted, path = member.path](qint64 bytes) {
        *counted += bytes;
        import->advance(bytes, path);
    };
    ByteSourcePtr source;
    QString mediaType;
    if (compression == MediaType::Compression::None) {
        Descriptor expected;
        expected.digest = job.diffId;
        expected.size = member.size;
        const LayerCompression& wanted = import->options.compression;
        mediaType = wanted.mediaType();
        source = compressedBy(wanted, traced(verified(std::move(*opened), expected), subject, count));
    } else {
        mediaType =
            compression == MediaType::Compression::Zstd ? MediaType::OciLayerZstd : MediaType::OciLayerGzip;
        source = traced(diffIdChecked(std::move(*opened), compression, job.diffId, subject), subject, count);
    }
    const ByteSourcePtr sent = paced(*import, std::move(source));
    auto pushed = co_await import->destination->pushStream(mediaType, sent, {}, std::move(stop));
    if (!pushed)
        import->advance(-*counted, member.path); // made anew, if at all
    co_return pushed;
}

//! Brings a layer of a docker image in and notes what became of it.
Task<Result<void>> importLayer(ImportPtr import, Job job, std::stop_token stop)
{
    const ArchiveMember member = import->archive->table().at(job.member);
    const QString subject = subjectOf(import, job.member);
    const auto compression = compressionOf(member);
    if (compression == MediaType::Compression::Bzip2 || compression == MediaType::Compression::Xz)
        co_return fail(blamedOnArchive(
            Error::make(Error::Code::Unsupported, subject, u"a layer compressed with bzip2 or xz"_s)));

    if (import->options.known) {
        auto known = co_await import->options.known(job.diffId, stop);
        if (!known)
            co_return std::unexpected(std::move(known.error()));
        if (known->has_value()) {
            import->layers.insert(job.diffId, **known);
            import->advance(member.size, member.path);
            co_return Result<void>();
        }
    }
    for (int attempt = 1;; ++attempt) {
        auto pushed = co_await pushLayer(import, job, compression, stop);
        if (pushed) {
            import->layers.insert(job.diffId, *pushed);
            if (import->options.brought)
                import->options.brought(job.diffId, *pushed);
            co_return Result<void>();
        }
        auto again = co_await isWorthAnother(import, pushed.error(), attempt, stop);
        if (!again)
            co_return fail(ofMember(std::move(pushed.error()), subject));
    }
}

Task<Result<void>> importConfig(ImportPtr import, DockerImage image, std::stop_token stop)
{
    Descriptor config;
    config.mediaType = MediaType::OciConfig;
    config.digest = image.id;
    config.size = image.config.size();
    auto open = [bytes = image.config](qint64 offset, std::stop_token) { return bytesFrom(bytes, offset); };
    auto pushed = co_await import->destination->pushBlob(config, std::move(open), {}, std::move(stop));
    co_return Result<void>(std::move(pushed));
}

QList<Job> jobsOf(const ArchiveImport& import)
{
    QList<Job> jobs;
    QSet<Digest> blobs;
    for (const OciImage& image : import.plan.oci) {
        for (const Descriptor& blob : image.blobs) {
            // There, since the plan holds only what was found.
            const auto member = import.archive->table().file(blobPath(blob.digest));
            if (member && !blobs.contains(blob.digest)) {
                blobs.insert(blob.digest);
                jobs.append({*member, blob, {}});
            }
        }
    }
    QSet<Digest> layers;
    for (const DockerImage& image : import.plan.docker) {
        for (const DockerLayer& layer : image.layers) {
            if (!layers.contains(layer.diffId)) {
                layers.insert(layer.diffId);
                jobs.append({layer.member, {}, layer.diffId});
            }
        }
    }
    const MemberTable& table = import.archive->table();
    std::ranges::stable_sort(jobs, [&](const Job& a, const Job& b) {
        return import.archive->isSequential() ? table.at(a.member).ordinal < table.at(b.member).ordinal
                                              : table.at(a.member).size > table.at(b.member).size;
    });
    return jobs;
}

} // namespace

void ArchiveImport::advance(qint64 bytes, const QString& member)
{
    bytesDone += bytes;
    if (progress)
        progress({archive->isSequential() ? archive->fileBytesRead() : bytesDone, bytesTotal, member});
}

Task<Result<void>> importBlobs(std::shared_ptr<ArchiveImport> import, std::stop_token stop)
{
    const QList<Job> jobs = jobsOf(*import);
    import->bytesTotal = 0;
    for (const Job& job : jobs)
        import->bytesTotal += import->archive->table().at(job.member).size;
    if (import->archive->isSequential())
        import->bytesTotal = import->archive->fileSize();

    TaskGroup group(stop, import->archive->isSequential() ? 1 : LayersAtOnce);
    for (const DockerImage& image : import->plan.docker)
        group.spawn(
            [import, image](std::stop_token inner) { return importConfig(import, image, std::move(inner)); });
    for (const Job& job : jobs) {
        group.spawn([import, job](std::stop_token inner) {
            return job.diffId.isNull() ? importBlob(import, job, std::move(inner))
                                       : importLayer(import, job, std::move(inner));
        });
    }
    auto done = co_await group.join();
    co_return Result<void>(std::move(done));
}

} // namespace Tagboat
