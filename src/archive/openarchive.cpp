// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/openarchive.h"

#include "archive/archivescan.h"
#include "archive/folderscan.h"
#include "archive/memberpath.h"
#include "archive/sequentialpass.h"
#include "base/worker.h"
#include "oci/manifest.h"

#include <QFileInfo>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! The first bytes of another source.
class LimitedSource : public ByteSource
{
public:
    LimitedSource(ByteSourcePtr source, qint64 size, QString path)
        : m_state(std::make_shared<State>(std::move(source), size, std::move(path)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->left; }

    [[nodiscard]] std::optional<FileRange> file() const override
    {
        auto range = m_state->source->file();
        if (range)
            range->size = m_state->left;
        return range;
    }

private:
    struct State
    {
        ByteSourcePtr source;
        qint64 left;
        QString path;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (state->left == 0)
            co_return QByteArray();
        auto piece = co_await state->source->read(std::min(maxSize, state->left), std::move(stop));
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->isEmpty())
            co_return fail(Error::Code::Corrupt, state->path, u"the file became shorter while it was read"_s);
        state->left -= piece->size();
        co_return Result<QByteArray>(std::move(*piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

qint64 OpenedArchive::fileBytesRead() const
{
    return m_pass ? m_pass->fileBytes() : 0;
}

Task<Result<OpenedArchivePtr>> openArchive(QString path, std::function<void(qint64)> walked,
                                           std::stop_token stop)
{
    const bool isFolder = co_await onWorker([path] { return QFileInfo(path).isDir(); });
    if (isFolder) {
        auto folder = co_await onWorker([path] { return openFolder(path); });
        co_return Result<OpenedArchivePtr>(std::move(folder));
    }
    auto scan = co_await onWorker([path] { return ArchiveScan::start(path); });
    if (!scan)
        co_return std::unexpected(std::move(scan.error()));
    while (true) {
        if (stop.stop_requested())
            co_return cancelled(u"read archive"_s);
        auto isOver = co_await onWorker([scan = *scan] { return scan->step(); });
        if (!isOver)
            co_return std::unexpected(std::move(isOver.error()));
        if (walked)
            walked((*scan)->fileBytes());
        if (*isOver)
            break;
    }
    auto archive = co_await onWorker([scan = *scan] { return scan->finish(); });
    co_return Result<OpenedArchivePtr>(std::move(archive));
}

Task<Result<QByteArray>> readDocument(OpenedArchivePtr archive, qsizetype member, std::stop_token stop)
{
    const ArchiveMember& which = archive->table().at(member);
    const QString subject = memberSubject(archive->path(), which.path);
    if (which.size > MaxManifestSize) {
        co_return fail(Error::Code::Corrupt, subject,
                       u"%1 bytes are too many for a document of an image"_s.arg(which.size));
    }
    // What is read is kept for the import; an archive must not be able to fill the memory with it.
    archive->m_documentBytesRead += which.size;
    if (archive->m_documentBytesRead > OpenedArchive::MaxDocumentBytes) {
        co_return fail(Error::Code::Corrupt, subject,
                       u"with it the documents of the archive are larger than %1 bytes"_s.arg(
                           OpenedArchive::MaxDocumentBytes));
    }
    if (archive->isSequential()) {
        const auto kept = archive->m_documents.constFind(member);
        if (kept != archive->m_documents.cend())
            co_return Result<QByteArray>(*kept);
    }
    auto source = co_await openMember(archive, member, 0, stop);
    if (!source)
        co_return std::unexpected(std::move(source.error()));
    auto bytes = co_await readAll(std::move(*source), MaxManifestSize, subject, std::move(stop));
    co_return Result<QByteArray>(std::move(bytes));
}

Task<Result<ByteSourcePtr>> openMember(OpenedArchivePtr archive, qsizetype member, qint64 offset,
                                       std::stop_token stop)
{
    const ArchiveMember& which = archive->table().at(member);
    if (offset < 0 || offset > which.size) {
        co_return fail(Error::Code::Internal, memberSubject(archive->path(), which.path),
                       u"asked for byte %1 of %2"_s.arg(offset).arg(which.size));
    }
    if (!archive->isSequential()) {
        const QString path = archive->isFolder() ? archive->path() + u'/' + which.path : archive->path();
        auto source = fileSource(path, which.dataOffset + offset);
        if (!source)
            co_return std::unexpected(std::move(source.error()));
        co_return std::make_shared<LimitedSource>(std::move(*source), which.size - offset, archive->path());
    }

    const auto pass = archive->m_pass;
    auto begun = co_await onWorker([pass, which] { return pass->begin(which); });
    if (!begun)
        co_return std::unexpected(std::move(begun.error()));
    while (true) {
        if (stop.stop_requested())
            co_return cancelled(u"read archive"_s);
        auto isThere = co_await onWorker([pass, which] { return pass->approach(which); });
        if (!isThere)
            co_return std::unexpected(std::move(isThere.error()));
        if (*isThere)
            break;
    }
    ByteSourcePtr source = sequentialSource(pass, which.size);
    for (qint64 passed = 0; passed < offset;) {
        auto piece = co_await source->read(std::min(PieceSize, offset - passed), stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        passed += piece->size();
    }
    co_return Result<ByteSourcePtr>(std::move(source));
}

} // namespace Tagboat
