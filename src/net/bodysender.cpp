// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/bodysender.h"

#include "base/worker.h"
#include "net/outgoingfile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What may wait in the socket's buffer before more is read from the body's source.
constexpr qint64 HighWater = PieceSize;
//! What goes out of a file in one turn of the event loop, so that others get theirs.
constexpr qint64 FileStep = 2 * PieceSize;

//! Tells no more often than every piece, however little the network takes at a time.
class Progress
{
public:
    explicit Progress(const HttpRequest& request) : m_told(request.uploadProgress), m_size(request.bodySize)
    { }

    void reached(qint64 sent)
    {
        if (sent >= m_last + PieceSize || sent == m_size)
            tell(sent);
    }
    void ended(qint64 sent)
    {
        if (sent != m_last)
            tell(sent);
    }

private:
    void tell(qint64 sent)
    {
        m_last = sent;
        if (m_told)
            m_told(sent);
    }

    ProgressCallback m_told;
    qint64 m_size;
    qint64 m_last = 0;
};

std::shared_ptr<OutgoingFile> fileOf(const HttpRequest& request, const Line& line)
{
    const auto range = line.canSendFiles() ? request.bodySource->file() : std::nullopt;
    return range && range->size == request.bodySize ? OutgoingFile::open(*range) : nullptr;
}

//! Sends what it can; how much is told by the file. Where that is not all, the rest is to be read.
Task<Result<bool>> sendFromFile(std::shared_ptr<Line> line, std::shared_ptr<Activity> activity,
                                std::shared_ptr<OutgoingFile> file, ByteSourcePtr source,
                                std::shared_ptr<Progress> progress, BodyWanted isWanted, std::stop_token stop)
{
    while (file->left() > 0 && source->file()) {
        line->lookForInput();
        auto wanted = isWanted();
        if (!wanted)
            co_return std::unexpected(std::move(wanted.error()));
        if (!*wanted || !line->isUp())
            co_return false;
        if (!file->isLoaded(FileStep)) {
            const qint64 offset = file->sent();
            const qint64 size = std::min(FileStep, file->left());
            co_await onWorker([file, offset, size] {
                file->load(offset, size);
                return true;
            });
            if (stop.stop_requested())
                co_return cancelled();
        }
        // What was written before, the head above all, goes first.
        if (line->bytesToWrite() == 0) {
            if (!line->sendFrom(*file, FileStep))
                co_return true;
            progress->reached(file->sent());
            if (file->left() == 0)
                break;
            line->raiseWhenWritable();
        }
        auto moved = co_await Activity::wait(activity, stop);
        if (!moved)
            co_return std::unexpected(std::move(moved.error()));
    }
    co_return true;
}

} // namespace

Task<Result<bool>> sendBody(std::shared_ptr<Line> line, std::shared_ptr<Activity> activity,
                            HttpRequest request, BodyWanted isWanted, std::stop_token stop)
{
    if (!request.bodySource)
        co_return true;
    const bool isChunked = request.bodySize < 0;
    const auto progress = std::make_shared<Progress>(request);
    qint64 sent = 0; // of the body
    qint64 read = 0; // of its source
    if (const auto file = fileOf(request, *line)) {
        auto goesOn =
            co_await sendFromFile(line, activity, file, request.bodySource, progress, isWanted, stop);
        if (!goesOn || !*goesOn || file->left() == 0)
            co_return goesOn;
        // What is wrong with the file is for the source to say, which may also get on where this did not; or
        // it wants to be read from now on.
        sent = file->sent();
        if (request.bodySource->skip(sent))
            read = sent;
    }
    while (true) {
        line->lookForInput();
        auto wanted = isWanted();
        if (!wanted)
            co_return std::unexpected(std::move(wanted.error()));
        if (!*wanted || !line->isUp())
            co_return false;
        if (line->bytesToWrite() >= HighWater) {
            auto moved = co_await Activity::wait(activity, stop);
            if (!moved)
                co_return std::unexpected(std::move(moved.error()));
            continue;
        }
        auto piece = co_await request.bodySource->read(PieceSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (stop.stop_requested())
            co_return cancelled();
        if (piece->isEmpty())
            break;
        read += piece->size();
        if (read <= sent)
            continue;
        if (!isChunked && read > request.bodySize)
            co_return fail(Error::Code::Corrupt, {},
                           u"the body is longer than the %1 bytes announced"_s.arg(request.bodySize));
        if (read - piece->size() < sent)
            piece->slice(sent - (read - piece->size()));
        line->write(isChunked ? QByteArray::number(piece->size(), 16) + "\r\n" + *piece + "\r\n" : *piece);
        sent = read;
        progress->reached(sent);
    }
    progress->ended(sent);
    if (isChunked)
        line->write("0\r\n\r\n");
    else if (sent < request.bodySize)
        co_return fail(Error::Code::Corrupt, {},
                       u"the body ended after %1 of %2 bytes"_s.arg(sent).arg(request.bodySize));
    co_return true;
}

} // namespace Tagboat
