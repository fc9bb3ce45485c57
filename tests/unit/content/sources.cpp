// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sources.h"

#include <QFile>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// GCC's runtime has it, but Debian packages its header only with clang.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;

namespace {

// Nothing here suspends (but for what is counted), so the members need no guard on `this`.

class Chopped : public ByteSource
{
public:
    Chopped(QByteArray bytes, qsizetype pieceSize, std::optional<Error> failure)
        : m_bytes(std::move(bytes)), m_pieceSize(pieceSize), m_failure(std::move(failure))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (m_position == m_bytes.size() && m_failure)
            co_return std::unexpected(*m_failure);
        QByteArray piece = m_bytes.mid(m_position, qMin<qint64>(m_pieceSize, maxSize));
        m_position += piece.size();
        co_return Result<QByteArray>(std::move(piece));
    }
    qint64 size() const override { return -1; }

private:
    QByteArray m_bytes;
    qsizetype m_pieceSize;
    std::optional<Error> m_failure;
    qsizetype m_position = 0;
};

class Endless : public ByteSource
{
public:
    explicit Endless(qint64 size) : m_left(size)
    {
        for (int line = 0; m_text.size() < 1024 * 1024; ++line)
            m_text += "line " + QByteArray::number(line * 7919) + " of the log of the boat\n";
    }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        QByteArray piece = m_text.first(qMin(qMin<qint64>(maxSize, m_text.size()), m_left));
        m_left -= piece.size();
        co_return Result<QByteArray>(std::move(piece));
    }
    qint64 size() const override { return m_left; }

private:
    QByteArray m_text;
    qint64 m_left;
};

class Counted : public ByteSource
{
public:
    Counted(ByteSourcePtr source, std::shared_ptr<qint64> taken)
        : m_source(std::move(source)), m_taken(std::move(taken))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_source, m_taken, maxSize, std::move(stop));
    }
    qint64 size() const override { return m_source->size(); }

private:
    static Task<Result<QByteArray>> readFrom(ByteSourcePtr source, std::shared_ptr<qint64> taken,
                                             qint64 maxSize, std::stop_token stop)
    {
        auto piece = co_await source->read(maxSize, stop);
        if (piece)
            *taken += piece->size();
        co_return piece;
    }

    ByteSourcePtr m_source;
    std::shared_ptr<qint64> m_taken;
};

Task<Result<qint64>> drainTo(ByteSourcePtr source, std::function<void(const QByteArray&)> seen,
                             qint64 maxSize)
{
    qint64 total = 0;
    for (;;) {
        auto piece = co_await source->read(maxSize, {});
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->size() > maxSize)
            co_return fail(Error::Code::Internal, {}, u"a piece is larger than was asked for"_s);
        if (piece->isEmpty())
            co_return Result<qint64>(total);
        total += piece->size();
        if (seen)
            seen(*piece);
    }
}

} // namespace

ByteSourcePtr choppedSource(QByteArray bytes, qsizetype pieceSize, std::optional<Error> failure)
{
    return std::make_shared<Chopped>(std::move(bytes), pieceSize, std::move(failure));
}

ByteSourcePtr endlessText(qint64 size)
{
    return std::make_shared<Endless>(size);
}

ByteSourcePtr counted(ByteSourcePtr source, std::shared_ptr<qint64> taken)
{
    return std::make_shared<Counted>(std::move(source), std::move(taken));
}

Result<qint64> drain(ByteSourcePtr source, const std::function<void(const QByteArray&)>& seen, qint64 maxSize)
{
    return QCoro::waitFor(drainTo(std::move(source), seen, maxSize));
}

Result<QByteArray> readWhole(ByteSourcePtr source, qint64 maxSize)
{
    QByteArray all;
    const Result<qint64> size =
        drain(std::move(source), [&](const QByteArray& piece) { all += piece; }, maxSize);
    if (!size)
        return std::unexpected(size.error());
    return all;
}

qint64 memoryHeld()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes());
#else
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        qFatal("cannot read /proc/self/status");
    for (QByteArray line = status.readLine(); !line.isEmpty(); line = status.readLine()) {
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().chopped(3).trimmed().toLongLong() * 1024;
    }
    qFatal("/proc/self/status has no VmHWM");
#endif
}

void forgetPeak()
{
    QFile references(u"/proc/self/clear_refs"_s);
    if (!references.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || references.write("5") != 1)
        qFatal("cannot reset the peak of memory");
}

} // namespace Tagboat::Testing
