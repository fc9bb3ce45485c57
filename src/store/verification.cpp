// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/verification.h"

#include "content/verify.h"
#include "oci/mediatype.h"
#include "store/storenames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 ReadSize = 1024 * 1024;

//! What is to be hashed, and what may be missing.
struct Work
{
    QList<Descriptor> blobs; //!< each once
    QSet<Digest> optional;
    QSet<Digest> known;

    void add(const Descriptor& blob, bool mayBeMissing)
    {
        if (!mayBeMissing)
            optional.remove(blob.digest);
        if (known.contains(blob.digest))
            return;
        known.insert(blob.digest);
        blobs.append(blob);
        if (mayBeMissing)
            optional.insert(blob.digest);
    }
};

void addImage(Work& work, const Descriptor& root, StoreCore& core)
{
    QList<Descriptor> waiting = {root};
    QSet<Digest> seen;
    while (!waiting.isEmpty()) {
        const Descriptor next = waiting.takeFirst();
        if (seen.contains(next.digest))
            continue;
        seen.insert(next.digest);
        work.add(next, next.digest != root.digest);
        const auto document = core.documents.document(next);
        if (!document) // the hash will tell what is wrong with it
            continue;
        waiting += (*document)->children;
        if ((*document)->kind != StoredDocument::Kind::Manifest)
            continue;
        work.add((*document)->config, false);
        for (const Descriptor& layer : (*document)->layers)
            work.add(layer, MediaType::isForeignLayer(layer.mediaType));
    }
}

Result<Work> planWork(StoreCore& core, const QString& nameOrId)
{
    Work work;
    if (!nameOrId.isEmpty()) {
        const auto root = resolveImage(core, nameOrId);
        if (!root)
            return std::unexpected(root.error());
        addImage(work, *root, core);
        return work;
    }
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto index = readIndex(core.files);
    if (!index)
        return std::unexpected(index.error());
    for (const OciLayoutIndex::Entry& entry : index->entries()) {
        if (entry.target)
            addImage(work, *entry.target, core);
    }
    return work;
}

//! The bytes that were read, or what is wrong with the blob; any size will do where it is -1.
Result<qint64> checkFile(DiskFile& file, const Descriptor& blob, const std::stop_token& stop)
{
    const QString subject = blob.digest.toString();
    Hasher hasher(blob.digest.algorithm());
    qint64 done = 0;
    while (true) {
        if (stop.stop_requested())
            return cancelled(u"verify images"_s);
        const auto piece = file.read(ReadSize);
        if (!piece)
            return std::unexpected(piece.error());
        if (piece->isEmpty())
            break;
        hasher.update(*piece);
        done += piece->size();
    }
    if (blob.size >= 0 && done != blob.size) {
        return fail(Error::Code::DigestMismatch, subject,
                    u"%1 bytes are stored where %2 belong"_s.arg(done).arg(blob.size));
    }
    if (const Digest actual = hasher.finish(); actual != blob.digest)
        return fail(Error::Code::DigestMismatch, subject, u"the stored bytes hash to "_s + actual.toString());
    return done;
}

Result<qint64> check(const LayoutFiles& files, const Descriptor& blob, const std::stop_token& stop)
{
    auto file = DiskFile::open(files.blobPath(blob.digest));
    if (!file && file.error().code == Error::Code::NotFound)
        return fail(Error::Code::NotFound, blob.digest.toString(), u"not in the image store"_s);
    if (!file)
        return std::unexpected(std::move(file.error()));
    return checkFile(*file, blob, stop);
}

//! Notes with each problem the images that need the blob, and drops the problems that are none any more: of
//! blobs that went with their images while others were hashed.
Result<void> attribute(QList<VerifyReport::Problem>& problems, StoreCore& core)
{
    if (problems.isEmpty())
        return {};
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(view.error());
    const ImageGraph& graph = view->graph;
    const auto marks = graph.marksOf(std::vector<bool>(graph.roots().size(), true));
    problems.removeIf([&](const VerifyReport::Problem& problem) {
        const int blob = graph.numberOf(problem.digest);
        return problem.error.code == Error::Code::NotFound && (blob < 0 || !marks[blob]);
    });
    for (VerifyReport::Problem& problem : problems) {
        const int blob = graph.numberOf(problem.digest);
        for (const ImageRoot& root : graph.roots()) {
            if (!root.isPart && std::ranges::find(root.blobs, blob) != root.blobs.end())
                problem.images.append(root.target.digest);
        }
    }
    return {};
}

} // namespace

Result<VerifyReport> verifyImages(StoreCore& core, const QString& nameOrId, std::stop_token stop)
{
    const auto work = planWork(core, nameOrId);
    if (!work)
        return std::unexpected(work.error());
    VerifyReport report;
    for (const Descriptor& blob : work->blobs) {
        auto checked = check(core.files, blob, stop);
        if (checked) {
            report.blobs += 1;
            report.bytes += *checked;
            continue;
        }
        if (checked.error().code == Error::Code::Cancelled)
            return std::unexpected(std::move(checked.error()));
        if (checked.error().code == Error::Code::NotFound && work->optional.contains(blob.digest))
            continue;
        report.problems.append({blob.digest, std::move(checked.error()), {}});
    }
    if (auto attributed = attribute(report.problems, core); !attributed)
        return std::unexpected(std::move(attributed.error()));
    return report;
}

Result<GarbageReport> removeDamagedBlobs(StoreCore& core, const QList<Digest>& blobs, std::stop_token stop)
{
    GarbageReport report;
    for (const Digest& digest : blobs) {
        Descriptor blob;
        blob.digest = digest;
        auto file = DiskFile::open(core.files.blobPath(digest));
        if (!file && file.error().code == Error::Code::NotFound)
            continue;
        if (!file)
            return std::unexpected(std::move(file.error()));
        const auto checked = checkFile(*file, blob, stop);
        if (checked)
            continue;
        if (checked.error().code != Error::Code::DigestMismatch)
            return std::unexpected(checked.error());
        const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Exclusive);
        if (!lock)
            return std::unexpected(lock.error());
        if (!file->isAtItsPath()) // somebody has pushed it anew while we read the old one
            continue;
        const auto size = file->size();
        if (!size)
            return std::unexpected(size.error());
        if (auto removed = Disk::remove(file->path()); !removed)
            return fail(core.files.blamed(std::move(removed.error())));
        core.documents.forget({digest});
        report.bytes += *size;
        report.blobs += 1;
    }
    return report;
}

} // namespace Tagboat
