// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storereader.h"

#include "base/worker.h"
#include "oci/referrer.h"
#include "store/storenames.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Result<ManifestContent> readManifest(StoreCore& core, const QString& nameOrDigest)
{
    ManifestContent content;
    const auto target = resolveImage(core, nameOrDigest);
    const auto digest = Digest::parse(nameOrDigest);
    if (target)
        content.descriptor = *target;
    else if (digest && target.error().code == Error::Code::NotFound)
        content.descriptor.digest = *digest; // a child that no index of the store leads to (yet)
    else
        return std::unexpected(target.error());

    auto bytes = DocumentCache::readVerified(core.files, content.descriptor, MaxManifestSize);
    if (!bytes)
        return std::unexpected(std::move(bytes.error()));
    if (content.descriptor.mediaType.isEmpty()) {
        const auto parsed = parseManifestOrIndex(*bytes, {}, nameOrDigest);
        if (!parsed)
            return std::unexpected(parsed.error());
        content.descriptor = descriptorOf(*parsed);
    }
    content.bytes = std::move(*bytes);
    return content;
}

Task<Result<Descriptor>> resolveIn(std::shared_ptr<StoreCore> core, QString name, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto target = co_await onWorker([core, name] { return resolveImage(*core, name); });
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<Descriptor>(std::move(target));
}

Task<Result<ManifestContent>> fetchFrom(std::shared_ptr<StoreCore> core, QString name, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto content = co_await onWorker([core, name] { return readManifest(*core, name); });
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<ManifestContent>(std::move(content));
}

Task<Result<ByteSourcePtr>> openIn(std::shared_ptr<StoreCore> core, Descriptor blob, qint64 offset,
                                   std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    const QString subject = blob.digest.toString();
    auto there = co_await onWorker([core, digest = blob.digest] { return core->files.blob(digest); });
    if (!there)
        co_return std::unexpected(std::move(there.error()));
    if (!there->has_value())
        co_return fail(Error::Code::NotFound, subject, u"not in the image store"_s);
    if (blob.size >= 0 && (*there)->size != blob.size) {
        co_return fail(Error::Code::Corrupt, subject,
                       u"%1 bytes are stored where %2 belong"_s.arg((*there)->size).arg(blob.size));
    }
    if (stop.stop_requested())
        co_return cancelled();
    // On this thread: sources are used where they were opened.
    auto source = fileSource(core->files.blobPath(blob.digest), offset);
    co_return Result<ByteSourcePtr>(std::move(source));
}

Result<QList<Descriptor>> readReferrers(StoreCore& core, const Digest& subject)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(view.error());
    QList<Descriptor> found;
    QSet<int> seen;
    for (const ImageRoot& root : view->graph.roots()) {
        for (const int number : root.documents) {
            if (seen.contains(number))
                continue;
            seen.insert(number);
            Descriptor target;
            target.digest = view->graph.digestOf(number);
            if (!view->graph.isPresent(target))
                continue;
            const auto document = core.documents.document(target);
            if (!document || !(*document)->subject || (*document)->subject->digest != subject)
                continue;
            const auto bytes = DocumentCache::readVerified(core.files, target, MaxManifestSize);
            if (!bytes)
                return std::unexpected(bytes.error());
            const auto parsed =
                parseManifestOrIndex(*bytes, (*document)->mediaType, target.digest.toString());
            if (!parsed)
                return std::unexpected(parsed.error());
            found.append(referrerEntry(*parsed));
        }
    }
    return found;
}

Task<Result<QList<Descriptor>>> referrersIn(std::shared_ptr<StoreCore> core, Digest subject,
                                            std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto found = co_await onWorker([core, subject] { return readReferrers(*core, subject); });
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<QList<Descriptor>>(std::move(found));
}

} // namespace

Task<Result<Descriptor>> StoreReader::resolve(QString name, std::stop_token stop)
{
    return resolveIn(m_core, std::move(name), std::move(stop));
}

Task<Result<ManifestContent>> StoreReader::fetchManifest(QString nameOrDigest, std::stop_token stop)
{
    return fetchFrom(m_core, std::move(nameOrDigest), std::move(stop));
}

Task<Result<ByteSourcePtr>> StoreReader::openBlob(Descriptor blob, qint64 offset, std::stop_token stop)
{
    return openIn(m_core, std::move(blob), offset, std::move(stop));
}

Task<Result<QList<Descriptor>>> StoreReader::referrers(Digest subject, std::stop_token stop)
{
    return referrersIn(m_core, std::move(subject), std::move(stop));
}

} // namespace Tagboat
