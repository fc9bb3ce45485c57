// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/filelistings.h"
#include "workbench/workbenchprivate.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The engine's listings, made when they are first needed.
FileListings& listingsOf(EngineState& state)
{
    if (!state.files)
        state.files =
            std::make_shared<FileListings>(state.session->store(), state.session->paths().dataDirectory);
    return *state.files;
}

using FilesResult = Result<std::shared_ptr<const ImageFiles>>;

Task<FilesResult> listed(std::shared_ptr<FileListings> files, FilesOf of, FileListings::Progress progress,
                         std::stop_token stop)
{
    auto image = co_await files->list(std::move(of), std::move(progress), std::move(stop));
    if (!image)
        co_return std::unexpected(std::move(image.error()));
    co_return std::shared_ptr<const ImageFiles>(*image, &(*image)->files);
}

} // namespace

//! Tells the window's thread; the engine has ended before the workbench goes.
static FileListings::Progress teller(Workbench* workbench)
{
    return [workbench](const FilesProgress& progress) {
        QMetaObject::invokeMethod(workbench,
                                  [workbench, progress] { Q_EMIT workbench->filesProgress(progress); });
    };
}

QFuture<FilesResult> Workbench::imageFiles(const FilesOf& of)
{
    return d->call(
        [state = d->state, of, tell = teller(this)](std::shared_ptr<Session>, std::stop_token stop) {
            std::ignore = listingsOf(*state);
            return listed(state->files, of, tell, std::move(stop));
        });
}

void Workbench::stopImageFiles(const FilesOf& of)
{
    d->onSession([state = d->state, of](Session&) { listingsOf(*state).stop(of); });
}

QFuture<Result<FileTreePtr>> Workbench::compareFiles(const FilesOf& left, const FilesOf& right)
{
    return d->call(
        [state = d->state, left, right, tell = teller(this)](std::shared_ptr<Session>, std::stop_token stop) {
            return listingsOf(*state).compare(left, right, tell, std::move(stop));
        });
}

QFuture<Result<QByteArray>> Workbench::readFile(const FileInImage& file, qint64 limit)
{
    return d->call([state = d->state, file, limit](std::shared_ptr<Session>, std::stop_token stop) {
        return listingsOf(*state).read(file, limit, std::move(stop));
    });
}

QFuture<Result<void>> Workbench::saveFile(const FileInImage& file, const QString& toFile)
{
    return d->call([state = d->state, file, toFile](std::shared_ptr<Session>, std::stop_token stop) {
        return listingsOf(*state).save(file, toFile, std::move(stop));
    });
}

} // namespace Tagboat
