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

std::shared_ptr<MemberTrip> tripOf(const ImportPtr& import, const Digest& digest)
{
    return import->options.trip ? import->options.trip(digest) : nullptr;
}

Task<Result<void>> begin(std::shared_ptr<MemberTrip> trip, std::stop_token stop)
{
    if (!trip)
        co_return Result<void>();
    auto begun = co_await trip->begin(std::move(stop));
    co_return begun;
}

//! Pushes a blob that can be opened as often as need be.
Task<Result<void>> pushOnTrip(ImportPtr import, std::shared_ptr<MemberTrip> trip, Descriptor blob,
                              SourceFactory open, ProgressCallback progress, std::stop_token stop)
{
    for (;;) {
        auto pushed = co_await import->destination->pushBlob(blob, open, progress, stop);
        if (pushed || !trip || stop.stop_requested())
            co_return pushed;
        const bool again = co_await trip->again(pushed.error(), stop);
        if (!again)
            co_return pushed;
    }
}

//! Takes a blob over as it is.
Task<Result<void>> importBlob(ImportPtr import, Job job, std::stop_token stop)
{
    const QString path = import->archive->table().at(job.member).path;
    const auto trip = tripOf(import, job.blob.digest);
    auto begun = co_await begin(trip, stop);
    if (!begun)
        co_return std::unexpected(std::move(begun.error()));
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
    const ProgressCallback progress = [import, path, seen, trip](qint64 done) {
        if (trip)
            trip->sent(done);
        import->advance(done - std::exchange(*seen, done), path);
    };
    auto pushed = co_await pushOnTrip(import, trip, job.blob, open, progress, stop);
    if (!pushed)
        co_return fail(ofMember(std::move(pushed.error()), subjectOf(import, job.member)));
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

//! How much of a layer has been dealt with. What is made once more, and not sent, does not count again.
struct LayerCount
{
    qint64 counted = 0; //!< as the import's progress has it
    qint64 made = 0;    //!< since it was last begun
};

//! A layer of a docker image as it is to be sent, from its beginning: compressed if it is plain.
Task<Result<ByteSourcePtr>> makeLayer(ImportPtr import, Job job, MediaType::Compression compression,
                                      std::shared_ptr<LayerCount> count, std::stop_token stop)
{
    const ArchiveMember member = import->archive->table().at(job.member);
    const QString subject = subjectOf(import, job.member);
    auto opened = co_await openMember(import->archive, job.member, 0, stop);
    if (!opened)
        co_return fail(blamedOnArchive(std::move(opened.error())));
    count->made = 0;
    const auto onBytes = [import, count, path = member.path](qint64 bytes) {
        count->made += bytes;
        if (const qint64 more = count->made - count->counted; more > 0) {
            count->counted += more;
            import->advance(more, path);
        }
    };
    if (compression != MediaType::Compression::None) {
        co_return traced(diffIdChecked(std::move(*opened), compression, job.diffId, subject), subject,
                         onBytes);
    }
    Descriptor expected;
    expected.digest = job.diffId;
    expected.size = member.size;
    co_return compressedBy(import->options.compression,
                           traced(verified(std::move(*opened), expected), subject, onBytes));
}

//! What is sent of a layer follows from what is in it and from what compresses it.
Digest keyOf(const ImportPtr& import, const Job& job, MediaType::Compression compression)
{
    const bool isPlain = compression == MediaType::Compression::None;
    // What came compressed is taken over: the same plain bytes may lie in another archive in another form.
    const QString made = isPlain
        ? import->options.compression.maker()
        : memberSubject(import->archive->path(), import->archive->table().at(job.member).path);
    return Digest::ofBytes((job.diffId.toString() + u" by "_s + made).toUtf8());
}

Task<bool> goesOn(std::shared_ptr<MemberTrip> trip, Error error, std::stop_token stop)
{
    const bool again = co_await trip->again(std::move(error), std::move(stop));
    co_return again;
}

Task<Result<Descriptor>> pushLayer(ImportPtr import, Job job, MediaType::Compression compression,
                                   std::shared_ptr<MemberTrip> trip, std::stop_token stop)
{
    auto begun = co_await begin(trip, stop);
    if (!begun)
        co_return std::unexpected(std::move(begun.error()));
    const auto count = std::make_shared<LayerCount>();
    StreamedBlob stream;
    stream.mediaType = compression == MediaType::Compression::None ? import->options.compression.mediaType()
        : compression == MediaType::Compression::Zstd              ? QString(MediaType::OciLayerZstd)
                                                                   : QString(MediaType::OciLayerGzip);
    stream.make = [import, job, compression, count](std::stop_token inner) {
        return makeLayer(import, job, compression, count, std::move(inner));
    };
    stream.key = keyOf(import, job, compression);
    stream.paced = import->options.paced;
    if (trip) {
        stream.again = [trip](Error error, std::stop_token inner) {
            return goesOn(trip, std::move(error), std::move(inner));
        };
    }
    const QString path = import->archive->table().at(job.member).path;
    const ProgressCallback progress = [import, trip, count, path](qint64 sent) {
        if (trip)
            trip->sent(sent);
        if (sent == 0 && count->counted > 0) // nothing of what was sent is left
            import->advance(-std::exchange(count->counted, 0), path);
    };
    auto pushed = co_await import->destination->pushStream(std::move(stream), progress, std::move(stop));
    // What was kept and sent once more was not made once more.
    const qint64 size = import->archive->table().at(job.member).size;
    import->advance((pushed ? size : 0) - count->counted, path);
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

    const auto trip = tripOf(import, job.diffId);
    if (trip) {
        auto known = co_await trip->known(stop);
        if (!known)
            co_return std::unexpected(std::move(known.error()));
        if (known->has_value()) {
            import->layers.insert(job.diffId, **known);
            import->advance(member.size, member.path);
            co_return Result<void>();
        }
    }
    auto pushed = co_await pushLayer(import, job, compression, trip, stop);
    if (!pushed)
        co_return fail(ofMember(std::move(pushed.error()), subject));
    import->layers.insert(job.diffId, *pushed);
    if (trip)
        trip->brought(*pushed);
    co_return Result<void>();
}

Task<Result<void>> importConfig(ImportPtr import, DockerImage image, std::stop_token stop)
{
    Descriptor config;
    config.mediaType = MediaType::OciConfig;
    config.digest = image.id;
    config.size = image.config.size();
    auto open = [bytes = image.config](qint64 offset, std::stop_token) { return bytesFrom(bytes, offset); };
    const auto trip = tripOf(import, config.digest);
    auto begun = co_await begin(trip, stop);
    if (!begun)
        co_return std::unexpected(std::move(begun.error()));
    auto pushed = co_await pushOnTrip(import, trip, config, std::move(open), {}, std::move(stop));
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
