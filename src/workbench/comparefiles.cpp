// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/filecomparison.h"
#include "base/logging.h"
#include "base/taskgroup.h"
#include "base/worker.h"
#include "content/verify.h"
#include "workbench/filelistingsprivate.h"

#include <QHash>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MiB = 1024 * 1024;
//! Holes are hashed as the zeros they read as; nobody waits for those of a file that pretends to be
//! petabytes.
constexpr qint64 MostZeros = 64 * 1024 * MiB;

//! A layer of either image, and which of its files are to be hashed.
struct LayerTask
{
    Descriptor layer;
    std::vector<quint32> ordinals;
    QHash<quint32, Digest> hashes; //!< of those that could be read
};

struct Comparing
{
    ListedImagePtr left, right;
    std::unique_ptr<FileComparison> comparison;
    std::vector<std::shared_ptr<LayerTask>> tasks;

    [[nodiscard]] static const Descriptor& layerOf(const ListedImagePtr& image, const ContentPlace& place)
    {
        return image->layers[place.layer];
    }
    [[nodiscard]] std::shared_ptr<LayerTask> taskOf(const Descriptor& layer)
    {
        const auto isIt = [&](const auto& task) { return task->layer.digest == layer.digest; };
        const auto found = std::ranges::find_if(tasks, isIt);
        if (found != tasks.end())
            return *found;
        tasks.push_back(std::make_shared<LayerTask>(layer));
        return tasks.back();
    }
};

//! On a worker: everything that the lists tell.
void compareLists(Comparing& work)
{
    const auto isSame = [&](const ContentPlace& left, const ContentPlace& right) {
        if (left.layer < 0 || right.layer < 0) // links that lead to nothing
            return left.layer < 0 && right.layer < 0;
        return left.ordinal == right.ordinal
            && Comparing::layerOf(work.left, left).digest == Comparing::layerOf(work.right, right).digest;
    };
    work.comparison =
        std::make_unique<FileComparison>(PlacedTree{work.left->files.merged, work.left->places},
                                         PlacedTree{work.right->files.merged, work.right->places}, isSame);
    for (const FileComparison::Doubt& doubt : work.comparison->doubts()) {
        if (doubt.left.layer < 0 || doubt.right.layer < 0)
            continue;
        work.taskOf(Comparing::layerOf(work.left, doubt.left))->ordinals.push_back(doubt.left.ordinal);
        work.taskOf(Comparing::layerOf(work.right, doubt.right))->ordinals.push_back(doubt.right.ordinal);
    }
    for (const auto& task : work.tasks) {
        std::ranges::sort(task->ordinals);
        const auto surplus = std::ranges::unique(task->ordinals);
        task->ordinals.erase(surplus.begin(), surplus.end());
    }
}

//! Hashes the files that pass by, holes included.
class FileHasher
{
public:
    explicit FileHasher(std::shared_ptr<LayerTask> task) : m_task(std::move(task)) { }

    Result<bool> take(const LayerContents::Piece& piece)
    {
        if (!m_hasher) {
            m_hasher.emplace();
            m_position = 0;
        }
        static const QByteArray zeros(MiB, '\0');
        const qint64 hole = std::min(piece.offset - m_position, MostZeros);
        for (qint64 done = 0; done < hole; done += MiB)
            m_hasher->update(QByteArrayView(zeros).first(std::min(MiB, hole - done)));
        m_hasher->update(piece.bytes);
        m_position = piece.offset + piece.bytes.size();
        if (piece.isEnd) {
            m_task->hashes.insert(piece.ordinal, m_hasher->finish());
            m_hasher.reset();
        }
        return true;
    }

private:
    const std::shared_ptr<LayerTask> m_task;
    std::optional<Hasher> m_hasher;
    qint64 m_position = 0;
};

Task<Result<void>> hashFiles(FileListingsState state, std::shared_ptr<LayerTask> task, std::stop_token stop)
{
    const auto hasher = std::make_shared<FileHasher>(task);
    const auto opened =
        co_await openContents(state, task->layer, task->ordinals,
                              [hasher](const LayerContents::Piece& piece) { return hasher->take(piece); });
    if (!opened)
        co_return std::unexpected(opened.error());
    auto done = co_await runContents(*opened, std::move(stop));
    // What could not be read of a broken layer counts as different.
    if (!done && done.error().code == Error::Code::Corrupt) {
        qCDebug(lcArchive) << "compared without" << done.error().toString();
        co_return Result<void>();
    }
    co_return done;
}

FileTreePtr settled(Comparing& work)
{
    QHash<Digest, std::shared_ptr<LayerTask>> tasks;
    for (const auto& task : work.tasks)
        tasks.insert(task->layer.digest, task);
    const auto hashOf = [&](const ListedImagePtr& image, const ContentPlace& place) {
        return place.layer < 0
            ? Digest()
            : tasks.value(Comparing::layerOf(image, place).digest)->hashes.value(place.ordinal);
    };
    for (const FileComparison::Doubt& doubt : work.comparison->doubts()) {
        const Digest left = hashOf(work.left, doubt.left);
        const Digest right = hashOf(work.right, doubt.right);
        work.comparison->settle(doubt, !left.isNull() && left == right);
    }
    return work.comparison->finish().tree;
}

Task<Result<FileTreePtr>> compared(FileListingsState state, FilesOf left, FilesOf right,
                                   FileListings::Progress progress, std::stop_token stop)
{
    const auto work = std::make_shared<Comparing>();
    auto first = co_await sharedListing(state, std::move(left), true, progress, stop);
    if (!first)
        co_return std::unexpected(std::move(first.error()));
    auto second = co_await sharedListing(state, std::move(right), true, progress, stop);
    if (!second)
        co_return std::unexpected(std::move(second.error()));
    work->left = *first;
    work->right = *second;
    std::ignore = co_await onWorker([work] {
        compareLists(*work);
        return true;
    });
    TaskGroup group(stop, std::max(2, QThread::idealThreadCount()));
    for (const auto& task : work->tasks)
        group.spawn([=](std::stop_token inner) { return hashFiles(state, task, std::move(inner)); });
    auto hashed = co_await group.join();
    if (!hashed)
        co_return std::unexpected(std::move(hashed.error()));
    FileTreePtr tree = co_await onWorker([work] { return settled(*work); });
    co_return Result<FileTreePtr>(std::move(tree));
}

} // namespace

Task<Result<FileTreePtr>> FileListings::compare(FilesOf left, FilesOf right, Progress progress,
                                                std::stop_token stop)
{
    return compared(m_state, std::move(left), std::move(right), std::move(progress), std::move(stop));
}

} // namespace Tagboat
