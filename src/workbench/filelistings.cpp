// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/filelistings.h"

#include "archive/layermerge.h"
#include "archive/layerreader.h"
#include "base/taskgroup.h"
#include "base/worker.h"
#include "workbench/filelistingsprivate.h"

#include <QHash>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Results that are kept: what somebody goes back and forth between. In nodes, some 150 bytes each.
constexpr qsizetype MostRecent = 6;
constexpr qint64 MostRecentNodes = 1'500'000;
//! All indexes of one image, while they are put together.
constexpr qint64 MostIndexBytes = 256 * 1024 * 1024;
constexpr auto ProgressPause = 50ms;

//! The layers of an image while they are read; each blob once, however often the manifest names it.
struct Reading
{
    FileFlightPtr flight;
    QList<Descriptor> blobs;
    std::vector<LayerIndexPtr> indexes; //!< null: not here, or see problems
    std::vector<QString> problems;
    std::vector<bool> present;
    std::vector<qint64> done; //!< bytes
    FilesProgress progress;
    qint64 indexBytes = 0;
    std::chrono::steady_clock::time_point told;
    bool hasRead = false; //!< some layer was read, not only its index

    [[nodiscard]] bool takes(const LayerIndex& index)
    {
        const qint64 bytes =
            index.names().size() + static_cast<qint64>(index.entries().size() * sizeof(LayerEntry));
        if (indexBytes + bytes > MostIndexBytes)
            return false;
        indexBytes += bytes;
        return true;
    }

    void put(size_t at, LayerIndexPtr index)
    {
        if (takes(*index))
            indexes[at] = std::move(index);
        else
            problems[at] = u"the layers have more names together than can be listed"_s;
    }

    void advance(size_t at, qint64 bytes)
    {
        progress.bytesDone += bytes - done[at];
        done[at] = bytes;
        const auto now = std::chrono::steady_clock::now();
        if (now - told < ProgressPause && progress.bytesDone < progress.bytesTotal)
            return;
        told = now;
        for (const FileListings::Progress& listener : flight->listeners)
            listener(progress);
    }
};
using ReadingPtr = std::shared_ptr<Reading>;

ReadingPtr startReading(FileFlightPtr flight, const QList<Descriptor>& layers)
{
    auto reading = std::make_shared<Reading>();
    reading->progress.of = flight->of;
    reading->flight = std::move(flight);
    for (const Descriptor& layer : layers) {
        const auto isIt = [&](const Descriptor& blob) { return blob.digest == layer.digest; };
        if (std::ranges::none_of(reading->blobs, isIt))
            reading->blobs.append(layer);
    }
    const auto count = static_cast<size_t>(reading->blobs.size());
    reading->indexes.resize(count);
    reading->problems.resize(count);
    reading->present.resize(count);
    reading->done.resize(count);
    return reading;
}

//! On a worker: what is there, and what is known of it.
void loadIndexes(const FileListings::State& state, Reading& reading)
{
    for (size_t i = 0; i < reading.indexes.size(); ++i) {
        const Descriptor& blob = reading.blobs[static_cast<qsizetype>(i)];
        reading.present[i] = state.store->hasBlob(blob);
        if (!reading.present[i]) {
            reading.problems[i] = u"the layer is not here, or not of the size that the manifest says"_s;
            continue;
        }
        reading.progress.bytesTotal += blob.size;
        if (LayerIndexPtr index = state.cache.load(blob.digest, blob.size)) {
            reading.put(i, std::move(index));
            reading.done[i] = blob.size;
            reading.progress.bytesDone += blob.size;
        }
    }
}

Task<Result<void>> readLayer(FileListingsState state, ReadingPtr reading, size_t at, std::stop_token stop)
{
    const Descriptor blob = reading->blobs[static_cast<qsizetype>(at)];
    using Opened = Result<std::shared_ptr<LayerReader>>;
    const QString path = state->store->blobPath(blob.digest);
    const auto opened = co_await onWorker([path]() -> Opened { return LayerReader::open(path); });
    if (!opened) {
        reading->problems[at] = opened.error().message;
        co_return Result<void>();
    }
    const std::shared_ptr<LayerReader> reader = *opened;
    while (true) {
        if (stop.stop_requested())
            co_return cancelled(u"list files"_s);
        const bool isOver = co_await onWorker([reader] { return reader->step(FilePortion); });
        reading->advance(at, isOver ? blob.size : reader->fileBytes());
        if (isOver)
            break;
    }
    LayerIndexPtr index = co_await onWorker([state, reader, blob] {
        LayerIndexPtr made = reader->finish();
        state->cache.store(blob.digest, blob.size, *made);
        return made;
    });
    reading->put(at, std::move(index));
    co_return Result<void>();
}

Task<Result<void>> readLayers(FileListingsState state, ReadingPtr reading, std::stop_token stop)
{
    std::vector<size_t> waiting;
    for (size_t i = 0; i < reading->indexes.size(); ++i) {
        if (!reading->indexes[i] && reading->problems[i].isEmpty())
            waiting.push_back(i);
    }
    if (waiting.empty())
        co_return Result<void>();
    reading->hasRead = true;
    // The longest first, so that none is left alone at the end.
    std::ranges::sort(waiting, std::ranges::greater(),
                      [&](size_t i) { return reading->blobs[static_cast<qsizetype>(i)].size; });
    TaskGroup group(stop, std::max(2, QThread::idealThreadCount()));
    for (const size_t i : waiting) {
        group.spawn([=](std::stop_token inner) { return readLayer(state, reading, i, std::move(inner)); });
    }
    auto done = co_await group.join();
    co_return done;
}

//! On a worker. The indexes are let go one by one.
ListedImagePtr putTogether(const LocatedImage& image, Reading& reading)
{
    auto listed = std::make_shared<ListedImage>();
    listed->manifest = image.manifest;
    listed->layers = image.layers;
    LayerMerge merge;
    std::vector<LayerIndexPtr> indexes;
    for (const Descriptor& layer : image.layers) {
        const auto isIt = [&](const Descriptor& blob) { return blob.digest == layer.digest; };
        const auto at =
            static_cast<size_t>(std::ranges::find_if(reading.blobs, isIt) - reading.blobs.begin());
        indexes.push_back(reading.indexes[at]);
        ImageFiles::Layer described;
        described.digest = layer.digest;
        described.isPresent = reading.present[at];
        described.problem = indexes.back() ? indexes.back()->problem() : reading.problems[at];
        listed->files.layers.append(described);
    }
    const bool isWhole =
        std::ranges::all_of(indexes, [](const LayerIndexPtr& index) { return index && !index->isBroken(); });
    reading.indexes.clear();
    for (LayerIndexPtr& index : indexes) {
        if (index)
            merge.add(*index);
        else
            merge.addMissing();
        index.reset();
    }
    LayerMerge::Merged merged = merge.finish();
    listed->files.merged = merged.files.tree;
    listed->files.wasted = merged.wasted;
    listed->places = std::move(merged.files.places);
    for (size_t i = 0; i < merged.layers.size(); ++i) {
        listed->files.layers[static_cast<qsizetype>(i)].tree = merged.layers[i].tree;
        listed->layerPlaces.push_back(std::move(merged.layers[i].places));
    }
    listed->isWhole = isWhole;
    return listed;
}

qint64 nodesOf(const ListedImage& listed)
{
    auto count = static_cast<qint64>(listed.places.size());
    for (const auto& places : listed.layerPlaces)
        count += static_cast<qint64>(places.size());
    return count;
}

void keep(FileListings::State& state, const ListedImagePtr& listed)
{
    state.recent.removeIf([&](const ListedImagePtr& one) { return one->manifest == listed->manifest; });
    // What is not whole may be so the next time.
    if (!listed->isWhole)
        return;
    state.recent.prepend(listed);
    qint64 nodes = 0;
    qsizetype kept = 0;
    while (kept < std::min(state.recent.size(), MostRecent)) {
        nodes += nodesOf(*state.recent[kept]);
        if (kept > 0 && nodes > MostRecentNodes)
            break;
        ++kept;
    }
    state.recent.resize(kept);
}

Task<Result<ListedImagePtr>> makeListing(FileListingsState state, FileFlightPtr flight, std::stop_token stop)
{
    const auto located =
        co_await onWorker([state, of = flight->of] { return locateImage(*state->store, of); });
    if (!located)
        co_return std::unexpected(located.error());
    for (const ListedImagePtr& listed : std::as_const(state->recent)) {
        if (listed->manifest == located->manifest) {
            const ListedImagePtr known = listed;
            keep(*state, known);
            co_return Result<ListedImagePtr>(known);
        }
    }
    const ReadingPtr reading = startReading(flight, located->layers);
    std::ignore = co_await onWorker([state, reading] {
        loadIndexes(*state, *reading);
        return true;
    });
    auto read = co_await readLayers(state, reading, stop);
    if (!read)
        co_return std::unexpected(std::move(read.error()));
    if (stop.stop_requested())
        co_return cancelled(u"list files"_s);
    const ListedImagePtr listed =
        co_await onWorker([image = *located, reading] { return putTogether(image, *reading); });
    keep(*state, listed);
    if (reading->hasRead) {
        std::ignore = co_await onWorker([state] {
            state->cache.tidy([&](const Digest& layer) {
                Descriptor blob;
                blob.digest = layer;
                return state->store->hasBlob(blob);
            });
            return true;
        });
    }
    co_return Result<ListedImagePtr>(listed);
}

} // namespace

Task<Result<ListedImagePtr>> sharedListing(FileListingsState state, FilesOf of, bool isPinned,
                                           FileListings::Progress progress, std::stop_token stop)
{
    const auto isIt = [&](const FileFlightPtr& one) { return one->of == of && !one->stop.stop_requested(); };
    const auto found = std::ranges::find_if(state->flights, isIt);
    const bool isFirst = found == state->flights.end();
    const FileFlightPtr flight = isFirst ? std::make_shared<FileFlight>() : *found;
    if (progress)
        flight->listeners.push_back(std::move(progress));
    flight->pins += isPinned ? 1 : 0;
    if (isFirst) {
        flight->of = of;
        state->flights.push_back(flight);
        const std::stop_callback onStop(stop, [flight] { flight->stop.request_stop(); });
        auto made = co_await makeListing(state, flight, flight->stop.get_token());
        flight->result = std::move(made);
        std::erase(state->flights, flight);
        for (const Wakeup& waiter : flight->waiters)
            waiter.raise();
        co_return Result<ListedImagePtr>(*flight->result);
    }
    const Wakeup wakeup;
    flight->waiters.push_back(wakeup);
    const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
    while (!flight->result && !stop.stop_requested())
        co_await wakeup.wait();
    if (!flight->result)
        co_return cancelled(u"list files"_s);
    co_return Result<ListedImagePtr>(*flight->result);
}

FileListings::FileListings(std::shared_ptr<ImageStore> store, const QString& dataDirectory)
    : m_state(std::make_shared<State>(std::move(store), dataDirectory + u"/cache/layers"_s))
{ }

FileListings::~FileListings() = default;

Task<Result<ListedImagePtr>> FileListings::list(FilesOf of, Progress progress, std::stop_token stop)
{
    return sharedListing(m_state, std::move(of), false, std::move(progress), std::move(stop));
}

void FileListings::stop(const FilesOf& of)
{
    const std::vector<FileFlightPtr> flights = m_state->flights;
    for (const FileFlightPtr& flight : flights) {
        if (flight->of == of && flight->pins == 0)
            flight->stop.request_stop();
    }
}

} // namespace Tagboat
