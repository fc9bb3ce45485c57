// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storewriter.h"

#include "base/worker.h"
#include "content/verify.h"
#include "oci/mediatype.h"
#include "store/blobintake.h"
#include "store/storenames.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using SharedPtr = std::shared_ptr<StoreWriter::Shared>;

Task<Result<bool>> claim(SharedPtr shared, Descriptor blob, Lease::Kind kind, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto isHere =
        co_await onWorker([shared, blob, kind] { return shared->lease.claim(blob.digest, blob.size, kind); });
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<bool>(std::move(isHere));
}

Task<Result<Presence>> presence(SharedPtr shared, Descriptor blob, Lease::Kind kind, std::stop_token stop)
{
    auto isHere = co_await claim(std::move(shared), std::move(blob), kind, std::move(stop));
    if (!isHere)
        co_return std::unexpected(std::move(isHere.error()));
    co_return *isHere ? Presence::Present : Presence::Absent;
}

Task<Result<std::optional<Descriptor>>> currentIn(SharedPtr shared, QString name, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto target = co_await onWorker([shared, name] { return targetOfName(*shared->core, name); });
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<std::optional<Descriptor>>(std::move(target));
}

//! Gives a finished stream its place, or drops it where the same bytes are here already.
Result<void> settle(StoreWriter::Shared& shared, Ingest& file, const Descriptor& blob)
{
    const auto isHere = shared.lease.claim(blob.digest, blob.size, Lease::Kind::Blob);
    if (!isHere)
        return std::unexpected(isHere.error());
    if (!*isHere)
        return file.commit(blob.digest, shared.pending);
    file.discard();
    return {};
}

//! A disk does not break off as a line does: what fails here fails.
Task<Result<Descriptor>> pushStreamTo(SharedPtr shared, StreamedBlob stream, ProgressCallback progress,
                                      std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto made = co_await stream.make(stop);
    if (!made)
        co_return std::unexpected(std::move(made.error()));
    ByteSourcePtr source = std::move(*made);
    auto ingest = co_await onWorker(
        [shared, size = source->size()] { return Ingest::create(shared->core->files, size); });
    if (!ingest)
        co_return std::unexpected(std::move(ingest.error()));
    Descriptor blob;
    blob.mediaType = stream.mediaType;
    const auto reception = std::make_shared<Reception>(*ingest, std::make_shared<Hasher>());
    auto received = co_await receiveBlob(reception, std::move(source), blob, progress, stop);
    if (!received) {
        // Not left to the destructor: to let go of gigabytes takes its time.
        co_await onWorker([file = *ingest] { return file->discard(), true; });
        co_await makeRoom(shared, received.error().code);
        co_return std::unexpected(std::move(received.error()));
    }
    blob.digest = reception->hasher->finish();
    blob.size = reception->received;
    auto settled = co_await onWorker([shared, file = *ingest, blob] { return settle(*shared, *file, blob); });
    if (!settled)
        co_return std::unexpected(std::move(settled.error()));
    co_return Result<Descriptor>(std::move(blob));
}

//! What must be understood is understood; formats we do not know are kept as they are.
Result<bool> hasSubject(const ManifestContent& manifest)
{
    const QString& mediaType = manifest.descriptor.mediaType;
    if (!MediaType::isManifest(mediaType) && !MediaType::isIndex(mediaType))
        return false;
    const auto parsed =
        parseManifestOrIndex(manifest.bytes, mediaType, manifest.descriptor.digest.toString());
    if (!parsed)
        return std::unexpected(parsed.error());
    return std::visit([](const auto& document) { return document.subject().has_value(); }, *parsed);
}

Result<void> storeManifest(StoreWriter::Shared& shared, const ManifestContent& manifest,
                           const QStringList& names)
{
    const Descriptor& target = manifest.descriptor;
    const QString subject = target.digest.toString();
    if (manifest.bytes.size() > MaxManifestSize) {
        return fail(
            Error::Code::InvalidInput, subject,
            u"a manifest of %1 bytes; the limit is %2"_s.arg(manifest.bytes.size()).arg(MaxManifestSize));
    }
    if (auto right = verifyBytes(manifest.bytes, target, subject); !right)
        return right;
    const auto isReferrer = hasSubject(manifest);
    if (!isReferrer)
        return std::unexpected(isReferrer.error());
    if (const auto kept = keptNames(*shared.core, names); !kept)
        return std::unexpected(kept.error());

    const auto isHere = shared.lease.claim(target.digest, target.size, Lease::Kind::Manifest);
    if (!isHere)
        return std::unexpected(isHere.error());
    if (!*isHere) {
        const auto file = Ingest::create(shared.core->files, target.size);
        if (!file)
            return std::unexpected(file.error());
        const auto stored = (*file)->write({manifest.bytes}).and_then([&] {
            return (*file)->commit(target.digest, shared.pending);
        });
        if (!stored)
            return stored;
    }
    if (names.isEmpty() && !*isReferrer)
        return {};
    // A name must not outlast, in a power cut, the blobs it leads to.
    if (auto flushed = shared.pending.flush(shared.core->files); !flushed)
        return flushed;
    const NameCauseScope cause(shared.cause);
    const auto pointed = pointNames(*shared.core, target, names, &shared.lease);
    if (!pointed)
        return std::unexpected(pointed.error());
    return {};
}

Task<Result<void>> pushManifestTo(SharedPtr shared, ManifestContent manifest, QStringList names,
                                  std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto stored =
        co_await onWorker([shared, manifest, names] { return storeManifest(*shared, manifest, names); });
    co_return Result<void>(std::move(stored));
}

} // namespace

StoreWriter::Shared::Shared(std::shared_ptr<StoreCore> opened, NameCause namesFor)
    : core(std::move(opened)), cause(namesFor), lease(core->files, pending)
{ }

StoreWriter::StoreWriter(std::shared_ptr<StoreCore> core, NameCause cause)
    : m_shared(std::make_shared<Shared>(std::move(core), cause))
{ }

Task<Result<Presence>> StoreWriter::blobPresence(Descriptor blob, std::stop_token stop)
{
    return presence(m_shared, std::move(blob), Lease::Kind::Blob, std::move(stop));
}

Task<Result<Presence>> StoreWriter::manifestPresence(Descriptor manifest, std::stop_token stop)
{
    return presence(m_shared, std::move(manifest), Lease::Kind::Manifest, std::move(stop));
}

Task<Result<std::optional<Descriptor>>> StoreWriter::current(QString name, std::stop_token stop)
{
    return currentIn(m_shared, std::move(name), std::move(stop));
}

Task<Result<void>> StoreWriter::pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                         std::stop_token stop)
{
    return takeInBlob(m_shared, std::move(blob), std::move(open), std::move(progress), std::move(stop));
}

Task<Result<Descriptor>> StoreWriter::pushStream(StreamedBlob stream, ProgressCallback progress,
                                                 std::stop_token stop)
{
    return pushStreamTo(m_shared, std::move(stream), std::move(progress), std::move(stop));
}

Task<Result<bool>> StoreWriter::mountBlob(Descriptor blob, QString fromRepository, std::stop_token stop)
{
    Q_UNUSED(fromRepository)
    return claim(m_shared, std::move(blob), Lease::Kind::Blob, std::move(stop));
}

Task<Result<void>> StoreWriter::pushManifest(ManifestContent manifest, QStringList names,
                                             std::stop_token stop)
{
    return pushManifestTo(m_shared, std::move(manifest), std::move(names), std::move(stop));
}

} // namespace Tagboat
