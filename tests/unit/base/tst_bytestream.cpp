// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/bytestream.h"
#include "base/worker.h"
#include "support/resulttest.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

QByteArray pattern(qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char& c : bytes) {
        state = state * 1664525u + 1013904223u;
        c = static_cast<char>(state >> 24);
    }
    return bytes;
}

//! Bytes this process has read by system calls so far.
qint64 bytesRead()
{
    QFile io(u"/proc/self/io"_s);
    if (!io.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = io.readAll();
    const QByteArray line = text.split('\n').constFirst();
    return line.sliced(line.indexOf(' ') + 1).toLongLong();
}

} // namespace

class TestByteStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void alignedRoomKeepsItsPlace();
    void memoryIsReadInPieces();
    void fileIsReadInPieces_data();
    void fileIsReadInPieces();
    void fileCanBeReadFromTheMiddle();
    void fileTellsItsRangeUntilItIsRead();
    void whatWasTakenFromTheFileIsSkipped();
    void exactlyOnePieceIsReadAhead();
    void sourceMayBeDroppedWhileReading();
    void missingFileIsNotFound();
    void whatIsNoPlainFileIsRefused_data();
    void whatIsNoPlainFileIsRefused();
    void offsetOutsideIsRefused();
    void shrunkFileIsCorrupt();
    void grownFileIsCorrupt();
    void stopEndsReading();
    void readAllKeepsTheLimit();

private:
    [[nodiscard]] QString write(const QByteArray& bytes) const;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestByteStream::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

QString TestByteStream::write(const QByteArray& bytes) const
{
    const QString path = m_dir->filePath(u"file"_s);
    QFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    return isWritten ? path : QString();
}

void TestByteStream::alignedRoomKeepsItsPlace()
{
    for (const qint64 capacity : {qint64(1), qint64(4096), PieceSize}) {
        QByteArray bytes = alignedRoom(capacity);
        QVERIFY(bytes.isEmpty());
        const char* const place = bytes.constData();
        QCOMPARE(reinterpret_cast<quintptr>(place) % PieceAlignment, 0U);
        const QByteArray content = pattern(capacity);
        bytes += content.first(capacity / 2);
        bytes += content.sliced(capacity / 2);
        QCOMPARE(bytes, content);
        QCOMPARE(bytes.constData(), place);
    }
}

void TestByteStream::memoryIsReadInPieces()
{
    const auto source = memorySource("abcdefg"_ba);
    QCOMPARE(source->size(), 7);
    QVERIFY(!source->file());
    QByteArrayList pieces;
    for (int i = 0; i < 4; ++i) {
        const auto piece = QCoro::waitFor(source->read(3, {}));
        VERIFY_RESULT(piece);
        pieces += *piece;
    }
    QCOMPARE(pieces, (QByteArrayList{"abc", "def", "g", ""}));
    QCOMPARE(source->size(), 0);
}

void TestByteStream::fileIsReadInPieces_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("wish");
    QTest::newRow("empty") << qint64(0) << PieceSize;
    QTest::newRow("one byte") << qint64(1) << PieceSize;
    QTest::newRow("one piece exactly") << PieceSize << PieceSize;
    QTest::newRow("a byte more") << PieceSize + 1 << PieceSize;
    QTest::newRow("many") << 10 * PieceSize + 77 << PieceSize;
    QTest::newRow("small wishes") << 2 * PieceSize + 77 << qint64(1000);
    QTest::newRow("large wishes") << 3 * PieceSize + 77 << 100 * PieceSize;
}

void TestByteStream::fileIsReadInPieces()
{
    QFETCH(qint64, size);
    QFETCH(qint64, wish);
    const QByteArray bytes = pattern(size);
    const auto source = fileSource(write(bytes));
    VERIFY_RESULT(source);
    QByteArray all;
    while (true) {
        QCOMPARE((*source)->size(), size - all.size());
        const auto piece = QCoro::waitFor((*source)->read(wish, {}));
        VERIFY_RESULT(piece);
        QVERIFY(piece->size() <= wish);
        QVERIFY(piece->size() <= PieceSize);
        if (piece->isEmpty())
            break;
        all += *piece;
    }
    QVERIFY(all == bytes);
    const auto again = QCoro::waitFor((*source)->read(wish, {}));
    VERIFY_RESULT(again);
    QVERIFY2(again->isEmpty(), "the end stays the end");
}

void TestByteStream::fileCanBeReadFromTheMiddle()
{
    const QByteArray bytes = pattern(PieceSize + 500);
    const QString path = write(bytes);
    for (const qint64 offset : {qint64(1), PieceSize - 1, PieceSize + 499, PieceSize + 500}) {
        const auto source = fileSource(path, offset);
        VERIFY_RESULT(source);
        const auto all = QCoro::waitFor(readAll(*source, bytes.size(), path, {}));
        VERIFY_RESULT(all);
        QVERIFY(*all == bytes.sliced(offset));
    }
}

void TestByteStream::fileTellsItsRangeUntilItIsRead()
{
    const QString path = write(pattern(1000));
    const auto source = fileSource(path, 100);
    VERIFY_RESULT(source);
    const auto range = (*source)->file();
    QVERIFY(range);
    QCOMPARE(range->path, path);
    QCOMPARE(range->offset, 100);
    QCOMPARE(range->size, 900);
    VERIFY_RESULT(QCoro::waitFor((*source)->read(10, {})));
    QVERIFY(!(*source)->file());
}

void TestByteStream::whatWasTakenFromTheFileIsSkipped()
{
    const QByteArray bytes = pattern(3 * PieceSize);
    const auto source = fileSource(write(bytes), 10);
    VERIFY_RESULT(source);
    QVERIFY(!(*source)->skip(-1));
    QVERIFY(!(*source)->skip(bytes.size()));
    QVERIFY((*source)->skip(PieceSize));
    QCOMPARE((*source)->size(), 2 * PieceSize - 10);
    QVERIFY(!(*source)->file());
    const auto piece = QCoro::waitFor((*source)->read(100, {}));
    VERIFY_RESULT(piece);
    QCOMPARE(*piece, bytes.mid(PieceSize + 10, 100));
    QVERIFY(!(*source)->skip(1)); // too late
    QVERIFY(!memorySource(bytes)->skip(1));
}

void TestByteStream::exactlyOnePieceIsReadAhead()
{
    const auto source = fileSource(write(pattern(20 * PieceSize)));
    VERIFY_RESULT(source);
    const qint64 before = bytesRead();
    QVERIFY(before >= 0);
    VERIFY_RESULT(QCoro::waitFor((*source)->read(PieceSize, {})));
    QTRY_VERIFY(bytesRead() - before >= 2 * PieceSize); // the second, without being asked for
    for (int i = 0; i < 50; ++i) // time enough for the workers to do more, if they would
        QCoro::waitFor(onWorker([] { return 0; }));
    QCOMPARE_LT(bytesRead() - before, 3 * PieceSize);
}

void TestByteStream::sourceMayBeDroppedWhileReading()
{
    const QString path = write(pattern(20 * PieceSize));
    for (int i = 0; i < 100; ++i) {
        auto source = fileSource(path);
        VERIFY_RESULT(source);
        VERIFY_RESULT(QCoro::waitFor((*source)->read(PieceSize, {})));
        source->reset(); // the piece ahead is still on its way
    }
    // A read that is under way holds what it needs.
    auto source = fileSource(path);
    VERIFY_RESULT(source);
    auto reading = (*source)->read(PieceSize, {});
    source->reset();
    const auto piece = QCoro::waitFor(reading);
    VERIFY_RESULT(piece);
    QCOMPARE(piece->size(), PieceSize);
}

void TestByteStream::missingFileIsNotFound()
{
    const QString path = m_dir->filePath(u"nowhere"_s);
    const auto source = fileSource(path);
    COMPARE_ERROR(source, Error::Code::NotFound);
    QCOMPARE(source.error().subject, path);
}

void TestByteStream::whatIsNoPlainFileIsRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("folder") << m_dir->path();
    QTest::newRow("device") << u"/dev/zero"_s;
    QTest::newRow("pipe") << u"pipe"_s;
}

void TestByteStream::whatIsNoPlainFileIsRefused()
{
    QFETCH(QString, path);
    if (path == u"pipe"_s) {
        path = m_dir->filePath(path);
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0); // nobody writes: must not wait
    } else if (path != u"/dev/zero"_s) {
        path = m_dir->path();
    }
    const auto source = fileSource(path);
    COMPARE_ERROR(source, Error::Code::InvalidInput);
    QCOMPARE(source.error().subject, path);
}

void TestByteStream::offsetOutsideIsRefused()
{
    const QString path = write(pattern(10));
    COMPARE_ERROR(fileSource(path, 11), Error::Code::InvalidInput);
    COMPARE_ERROR(fileSource(path, -1), Error::Code::InvalidInput);
}

void TestByteStream::shrunkFileIsCorrupt()
{
    const QString path = write(pattern(5 * PieceSize));
    const auto source = fileSource(path);
    VERIFY_RESULT(source);
    QVERIFY(QFile::resize(path, 2 * PieceSize + 5));
    const auto all = QCoro::waitFor(readAll(*source, 5 * PieceSize, path, {}));
    COMPARE_ERROR(all, Error::Code::Corrupt);
    QCOMPARE(all.error().subject, path);
}

void TestByteStream::grownFileIsCorrupt()
{
    const QString path = write(pattern(PieceSize));
    const auto source = fileSource(path);
    VERIFY_RESULT(source);
    QVERIFY(QFile::resize(path, PieceSize + 5));
    COMPARE_ERROR(QCoro::waitFor(readAll(*source, 5 * PieceSize, path, {})), Error::Code::Corrupt);
}

void TestByteStream::stopEndsReading()
{
    std::stop_source stop;
    const auto source = fileSource(write(pattern(3 * PieceSize)));
    VERIFY_RESULT(source);
    auto reading = (*source)->read(PieceSize, stop.get_token());
    stop.request_stop();
    // A piece that was there before the stop may still be handed out; nothing is after it.
    const auto first = QCoro::waitFor(reading);
    if (!first)
        COMPARE_ERROR(first, Error::Code::Cancelled);
    else
        COMPARE_ERROR(QCoro::waitFor((*source)->read(PieceSize, stop.get_token())), Error::Code::Cancelled);
    COMPARE_ERROR(QCoro::waitFor(memorySource("abc"_ba)->read(1, stop.get_token())), Error::Code::Cancelled);
}

void TestByteStream::readAllKeepsTheLimit()
{
    const auto exact = QCoro::waitFor(readAll(memorySource("abcdef"_ba), 6, u"subject"_s, {}));
    VERIFY_RESULT(exact);
    QCOMPARE(*exact, "abcdef"_ba);
    const auto over = QCoro::waitFor(readAll(memorySource("abcdefg"_ba), 6, u"subject"_s, {}));
    COMPARE_ERROR(over, Error::Code::InvalidInput);
    QCOMPARE(over.error().subject, u"subject"_s);

    // A source that does not know its size is stopped by the limit all the same.
    class Endless : public ByteSource
    {
    public:
        Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token) override
        {
            co_return QByteArray(maxSize, 'x');
        }
        [[nodiscard]] qint64 size() const override { return -1; }
    };
    COMPARE_ERROR(QCoro::waitFor(readAll(std::make_shared<Endless>(), 3 * PieceSize, u"endless"_s, {})),
                  Error::Code::InvalidInput);
}

QTEST_GUILESS_MAIN(TestByteStream)
#include "tst_bytestream.moc"
