// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbenchprivate.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

template<typename T>
Task<Result<T>> notYet()
{
    co_return fail(Error::Code::Unsupported, {}, u"files are not listed yet"_s);
}

} // namespace

QFuture<Result<std::shared_ptr<const ImageFiles>>> Workbench::imageFiles(const FilesOf&)
{
    return d->call([](std::shared_ptr<Session>, std::stop_token) {
        return notYet<std::shared_ptr<const ImageFiles>>();
    });
}

void Workbench::stopImageFiles(const FilesOf&) { }

QFuture<Result<FileTreePtr>> Workbench::compareFiles(const FilesOf&, const FilesOf&)
{
    return d->call([](std::shared_ptr<Session>, std::stop_token) { return notYet<FileTreePtr>(); });
}

QFuture<Result<QByteArray>> Workbench::readFile(const FileInImage&, qint64)
{
    return d->call([](std::shared_ptr<Session>, std::stop_token) { return notYet<QByteArray>(); });
}

QFuture<Result<void>> Workbench::saveFile(const FileInImage&, const QString&)
{
    return d->call([](std::shared_ptr<Session>, std::stop_token) { return notYet<void>(); });
}

} // namespace Tagboat
