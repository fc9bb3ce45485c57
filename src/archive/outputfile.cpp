// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/outputfile.h"

#include "base/worker.h"
#include "content/verify.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryFile>

#include <algorithm>
#include <cerrno>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! What Qt keeps of a failed call is a text; the number tells a full disk from the rest.
std::unexpected<Error> failure(const QFileDevice& file, const QString& path, QStringView doing)
{
    if (const int number = errno; number != 0)
        return fail(Error::fromErrno(number, path, doing));
    return fail(Error::Code::Io, path, doing + u": "_s + file.errorString());
}

Result<void> writeAll(QFileDevice& file, const QByteArray& bytes, const QString& path)
{
    for (qint64 done = 0; done < bytes.size();) {
        errno = 0;
        const qint64 count = file.write(bytes.constData() + done, bytes.size() - done);
        if (count <= 0)
            return failure(file, path, u"cannot write");
        done += count;
    }
    return {};
}

Result<void> openToWrite(QSaveFile& file, const QString& path)
{
    if (QFileInfo(path).isDir())
        return fail(Error::Code::InvalidInput, path, u"a folder has this name"_s);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failure(file, path, u"cannot create");
    return {};
}

//! A temporary file with what is known of its bytes; the worker's while one of its functions runs.
class SpoolFile
{
public:
    SpoolFile(const QString& folder, const QString& algorithm)
        : m_folder(folder), m_file(folder + u"/.tagboat-XXXXXX.part"_s), m_hasher(algorithm)
    { }

    [[nodiscard]] Result<void> write(const QByteArray& bytes)
    {
        errno = 0;
        if (!m_file.isOpen() && !m_file.open())
            return failure(m_file, m_folder, u"cannot create a temporary file");
        m_hasher.update(bytes);
        m_size += bytes.size();
        return writeAll(m_file, bytes, m_folder);
    }

    [[nodiscard]] Result<Digest> finish()
    {
        errno = 0;
        if (m_file.isOpen() && (!m_file.flush() || !m_file.seek(0)))
            return failure(m_file, m_folder, u"cannot write a temporary file");
        return m_hasher.finish();
    }

    [[nodiscard]] Result<QByteArray> read(qint64 maxSize)
    {
        errno = 0;
        QByteArray bytes = m_file.read(maxSize);
        if (bytes.isEmpty())
            return failure(m_file, m_folder, u"cannot read a temporary file");
        return bytes;
    }

    [[nodiscard]] qint64 size() const { return m_size; }

private:
    const QString m_folder;
    QTemporaryFile m_file;
    Hasher m_hasher;
    qint64 m_size = 0;
};

class SpooledSource : public ByteSource
{
public:
    explicit SpooledSource(std::shared_ptr<SpoolFile> file)
        : m_state(std::make_shared<State>(file, file->size()))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->left; }

private:
    struct State
    {
        std::shared_ptr<SpoolFile> file;
        qint64 left;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (state->left == 0)
            co_return QByteArray();
        const qint64 size = std::min({maxSize, PieceSize, state->left});
        auto piece = co_await onWorker([file = state->file, size] { return file->read(size); });
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        state->left -= piece->size();
        co_return Result<QByteArray>(std::move(*piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

Task<Result<void>> writeFile(ByteSourcePtr source, QString path, std::stop_token stop)
{
    auto file = std::make_shared<QSaveFile>(path);
    auto opened = co_await onWorker([file, path] { return openToWrite(*file, path); });
    if (!opened)
        co_return std::unexpected(std::move(opened.error()));
    while (true) {
        auto piece = co_await source->read(PieceSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->isEmpty())
            break;
        auto written =
            co_await onWorker([file, path, bytes = *piece] { return writeAll(*file, bytes, path); });
        if (!written)
            co_return std::unexpected(std::move(written.error()));
    }
    if (stop.stop_requested())
        co_return cancelled();
    auto committed = co_await onWorker([file, path]() -> Result<void> {
        errno = 0;
        if (!file->commit()) // syncs, then renames
            return failure(*file, path, u"cannot finish");
        return {};
    });
    co_return Result<void>(std::move(committed));
}

Task<Result<Spooled>> spool(ByteSourcePtr source, QString folder, QString algorithm, std::stop_token stop)
{
    auto file = std::make_shared<SpoolFile>(folder, algorithm);
    while (true) {
        auto piece = co_await source->read(PieceSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->isEmpty())
            break;
        auto written = co_await onWorker([file, bytes = *piece] { return file->write(bytes); });
        if (!written)
            co_return std::unexpected(std::move(written.error()));
    }
    auto digest = co_await onWorker([file] { return file->finish(); });
    if (!digest)
        co_return std::unexpected(std::move(digest.error()));
    co_return Spooled{std::make_shared<SpooledSource>(file), std::move(*digest)};
}

} // namespace Tagboat
