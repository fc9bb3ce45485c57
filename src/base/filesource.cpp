// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/bytestream.h"
#include "base/workerjob.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! An open file, closed with the last user of it: the source or a read that is still under way.
class OpenFile
{
public:
    OpenFile(int descriptor, QString path) : m_descriptor(descriptor), m_path(std::move(path)) { }
    ~OpenFile() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(OpenFile)

    [[nodiscard]] const QString& path() const { return m_path; }

    //! Fills a whole piece where the file has as much.
    [[nodiscard]] Result<QByteArray> read(qint64 offset, qint64 size) const
    {
        QByteArray piece(size, Qt::Uninitialized);
        qint64 done = 0;
        while (done < size) {
            const ssize_t count = ::pread(m_descriptor, piece.data() + done, static_cast<size_t>(size - done),
                                          static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return fail(Error::fromErrno(errno, m_path, u"cannot read"));
            if (count == 0)
                break;
            done += count;
        }
        piece.truncate(done);
        return piece;
    }

private:
    int m_descriptor;
    QString m_path;
};

//! One piece on its way from the disk.
struct PieceAhead
{
    PieceAhead(std::shared_ptr<const OpenFile> file, qint64 offset, qint64 size, bool isLast)
        : result(std::make_shared<Result<QByteArray>>()), done(Detail::startOnWorker([=, into = result] {
              *into = file->read(offset, size);
              if (!*into)
                  return;
              if ((*into)->size() < size) {
                  *into = fail(Error::Code::Corrupt, file->path(),
                               u"the file became shorter while it was read"_s);
                  return;
              }
              const auto beyond = isLast ? file->read(offset + size, 1) : Result<QByteArray>();
              if (beyond && !beyond->isEmpty())
                  *into = fail(Error::Code::Corrupt, file->path(), u"the file grew while it was read"_s);
          }))
    { }

    std::shared_ptr<Result<QByteArray>> result; // the worker's until done is raised
    Wakeup done;
};

class FileSource : public ByteSource
{
public:
    FileSource(std::shared_ptr<const OpenFile> file, qint64 offset, qint64 end)
        : m_state(std::make_shared<State>(std::move(file), offset, offset, end))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->end - m_state->position; }

    [[nodiscard]] std::optional<FileRange> file() const override
    {
        const auto& state = *m_state;
        if (state.position != state.start)
            return std::nullopt;
        return FileRange{state.file->path(), state.start, state.end - state.start};
    }

    [[nodiscard]] bool skip(qint64 bytes) override
    {
        State& state = *m_state;
        if (state.asked != state.start || bytes < 0 || bytes > state.end - state.start)
            return false;
        state.position += bytes;
        state.asked += bytes;
        return true;
    }

private:
    struct State
    {
        State(std::shared_ptr<const OpenFile> opened, qint64 from, qint64 at, qint64 to)
            : file(std::move(opened)), start(from), position(at), asked(at), end(to)
        { }

        void askAhead()
        {
            const qint64 size = std::min(PieceSize, end - asked);
            if (ahead || size <= 0)
                return;
            ahead.emplace(file, asked, size, asked + size == end);
            asked += size;
        }

        const std::shared_ptr<const OpenFile> file;
        const qint64 start;
        qint64 position; // what the reader has got
        qint64 asked;    // what the disk was asked for
        const qint64 end;
        QByteArray rest; // read, too large for the reader's last wish
        std::optional<PieceAhead> ahead;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (state->rest.isEmpty()) {
            state->askAhead();
            if (!state->ahead)
                co_return QByteArray();
            const Wakeup done = state->ahead->done;
            co_await done.wait();
            auto result = std::move(*state->ahead->result);
            state->ahead.reset();
            if (!result)
                co_return std::unexpected(std::move(result.error()));
            if (stop.stop_requested())
                co_return cancelled();
            state->rest = std::move(*result);
            state->askAhead(); // the disk works on while the reader does
        }
        QByteArray piece =
            state->rest.size() <= maxSize ? std::exchange(state->rest, {}) : state->rest.first(maxSize);
        if (!state->rest.isEmpty())
            state->rest.slice(maxSize);
        state->position += piece.size();
        co_return Result<QByteArray>(std::move(piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

Result<ByteSourcePtr> fileSource(const QString& path, qint64 offset)
{
    // Not blocking, so that a named pipe without a writer is refused below rather than waited for.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return fail(Error::fromErrno(errno, path, u"cannot open"));
    auto file = std::make_shared<const OpenFile>(descriptor, path);
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return fail(Error::fromErrno(errno, path, u"cannot examine"));
    if (!S_ISREG(status.st_mode))
        return fail(Error::Code::InvalidInput, path, u"not a plain file"_s);
    if (offset < 0 || offset > status.st_size) {
        return fail(Error::Code::InvalidInput, path,
                    u"offset %1 lies outside the file of %2 bytes"_s.arg(offset).arg(status.st_size));
    }
    return std::make_shared<FileSource>(std::move(file), offset, status.st_size);
}

} // namespace Tagboat
