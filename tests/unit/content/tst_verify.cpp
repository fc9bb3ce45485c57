// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/verify.h"
#include "sources.h"
#include "support/resulttest.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

namespace {

Descriptor describe(const QByteArray& bytes)
{
    Descriptor descriptor;
    descriptor.digest = Digest::ofBytes(bytes);
    descriptor.size = bytes.size();
    return descriptor;
}

QByteArray someBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char& c : bytes) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return bytes;
}

} // namespace

class tst_Verify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasherAgreesWithQt_data();
    void hasherAgreesWithQt();
    void verifyBytesNamesTheSubject();

    void rightBytesPassUnchanged_data();
    void rightBytesPassUnchanged();
    void tooManyBytesFailAtOnce();
    void tooFewBytesFailAtTheEnd();
    void wrongBytesFailBeforeTheEndIsReported();
    void sha512Verifies();
    void errorsOfTheSourcePass();
    void readingAgainAfterTheEndStaysAtTheEnd();
    void noFileStandsInForAVerifiedSource();
    void droppingInTheMiddleIsSafe();
    void readsNothingAheadOfItsReader();
    void memoryStaysBounded();

    void hashingKnowsTheDigestAtTheEnd();
};

void tst_Verify::hasherAgreesWithQt_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<int>("method");
    QTest::newRow("sha256") << u"sha256"_s << int(QCryptographicHash::Sha256);
    QTest::newRow("sha384") << u"sha384"_s << int(QCryptographicHash::Sha384);
    QTest::newRow("sha512") << u"sha512"_s << int(QCryptographicHash::Sha512);
}

void tst_Verify::hasherAgreesWithQt()
{
    QFETCH(const QString, algorithm);
    QFETCH(const int, method);
    const QByteArray bytes = someBytes(100'000);
    Hasher hasher(algorithm);
    hasher.update(QByteArrayView(bytes).first(33'333));
    hasher.update({});
    Hasher moved(std::move(hasher));
    moved.update(QByteArrayView(bytes).sliced(33'333));
    const Digest digest = moved.finish();
    QCOMPARE(digest.algorithm(), algorithm);
    QCOMPARE(digest.hex().toLatin1(),
             QCryptographicHash::hash(bytes, QCryptographicHash::Algorithm(method)).toHex());
}

void tst_Verify::verifyBytesNamesTheSubject()
{
    const QByteArray bytes = "bytes";
    VERIFY_RESULT(verifyBytes(bytes, describe(bytes), u"alice/ui:v1"_s));
    const Result<void> longer = verifyBytes("bytes!", describe(bytes), u"alice/ui:v1"_s);
    COMPARE_ERROR(longer, Error::Code::DigestMismatch);
    QCOMPARE(longer.error().subject, u"alice/ui:v1"_s);
    COMPARE_ERROR(verifyBytes("bytez", describe(bytes), u"alice/ui:v1"_s), Error::Code::DigestMismatch);
    VERIFY_RESULT(verifyBytes({}, describe({}), u"empty"_s));
}

void tst_Verify::rightBytesPassUnchanged_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qsizetype>("pieceSize");
    QTest::addColumn<qint64>("readSize");
    QTest::newRow("nothing") << qsizetype(0) << qsizetype(10) << PieceSize;
    QTest::newRow("one byte") << qsizetype(1) << qsizetype(10) << PieceSize;
    QTest::newRow("single bytes") << qsizetype(1000) << qsizetype(1) << PieceSize;
    QTest::newRow("network pieces") << qsizetype(1'000'001) << qsizetype(16'384) << PieceSize;
    QTest::newRow("whole pieces") << qsizetype(4 * PieceSize) << qsizetype(PieceSize) << PieceSize;
    QTest::newRow("a reader of small pieces") << qsizetype(300'000) << qsizetype(PieceSize) << qint64(777);
}

void tst_Verify::rightBytesPassUnchanged()
{
    QFETCH(const qsizetype, size);
    QFETCH(const qsizetype, pieceSize);
    QFETCH(const qint64, readSize);
    const QByteArray bytes = someBytes(size);
    const ByteSourcePtr source = verified(choppedSource(bytes, pieceSize), describe(bytes));
    QCOMPARE(source->size(), size);
    const Result<QByteArray> read = readWhole(source, readSize);
    VERIFY_RESULT(read);
    QCOMPARE(*read, bytes);
    QCOMPARE(source->size(), 0);
}

void tst_Verify::tooManyBytesFailAtOnce()
{
    const QByteArray bytes = someBytes(50'000);
    const auto taken = std::make_shared<qint64>(0);
    const ByteSourcePtr source =
        verified(counted(choppedSource(bytes + someBytes(10'000'000), 10'000), taken), describe(bytes));
    const Result<QByteArray> read = readWhole(source);
    COMPARE_ERROR(read, Error::Code::DigestMismatch);
    QCOMPARE(read.error().subject, describe(bytes).digest.toString());
    QCOMPARE(*taken, 60'000); // the first piece too much, and none after it
}

void tst_Verify::tooFewBytesFailAtTheEnd()
{
    const QByteArray bytes = someBytes(50'000);
    const Result<QByteArray> read =
        readWhole(verified(choppedSource(bytes.chopped(1), 10'000), describe(bytes)));
    COMPARE_ERROR(read, Error::Code::DigestMismatch);
    QCOMPARE(read.error().subject, describe(bytes).digest.toString());
    QVERIFY(read.error().message.contains("49999"_L1));
}

void tst_Verify::wrongBytesFailBeforeTheEndIsReported()
{
    for (const qsizetype changed : {0, 25'000, 49'999, 300'000, 799'999}) {
        QByteArray bytes = someBytes(800'000);
        const Descriptor expected = describe(bytes);
        bytes[changed] = static_cast<char>(bytes[changed] ^ 0x40);
        const Result<QByteArray> read = readWhole(verified(choppedSource(bytes, 100'000), expected));
        COMPARE_ERROR(read, Error::Code::DigestMismatch);
        QCOMPARE(read.error().subject, expected.digest.toString());
    }
}

void tst_Verify::sha512Verifies()
{
    const QByteArray bytes = someBytes(500'000);
    Descriptor expected;
    expected.size = bytes.size();
    expected.digest =
        Digest::fromRaw("sha512"_L1, QCryptographicHash::hash(bytes, QCryptographicHash::Sha512));
    VERIFY_RESULT(readWhole(verified(memorySource(bytes), expected)));
    COMPARE_ERROR(readWhole(verified(memorySource(QByteArray(bytes.size(), 'x')), expected)),
                  Error::Code::DigestMismatch);
}

void tst_Verify::errorsOfTheSourcePass()
{
    const QByteArray bytes = someBytes(50'000);
    const Error lost = Error::make(Error::Code::Network, u"registry.local"_s, u"line lost"_s);
    const Result<QByteArray> read =
        readWhole(verified(choppedSource(bytes.first(20'000), 10'000, lost), describe(bytes)));
    COMPARE_ERROR(read, Error::Code::Network);

    std::stop_source stop;
    const ByteSourcePtr source = verified(memorySource(bytes), describe(bytes));
    VERIFY_RESULT(QCoro::waitFor(source->read(100, stop.get_token())));
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(source->read(100, stop.get_token())), Error::Code::Cancelled);
}

void tst_Verify::readingAgainAfterTheEndStaysAtTheEnd()
{
    const QByteArray bytes = someBytes(10);
    const ByteSourcePtr source = verified(memorySource(bytes), describe(bytes));
    VERIFY_RESULT(readWhole(source));
    const Result<QByteArray> again = QCoro::waitFor(source->read(10, {}));
    VERIFY_RESULT(again);
    QVERIFY(again->isEmpty());
}

void tst_Verify::noFileStandsInForAVerifiedSource()
{
    const Result<ByteSourcePtr> file = fileSource(QCoreApplication::applicationFilePath());
    VERIFY_RESULT(file);
    QVERIFY((*file)->file());
    QVERIFY(!verified(*file, describe("x"))->file()); // a sender that reads the file would not verify it
    QVERIFY(!hashing(*file)->file());
}

void tst_Verify::droppingInTheMiddleIsSafe()
{
    const QByteArray bytes = someBytes(3 * PieceSize);
    for (int i = 0; i < 50; ++i) {
        const ByteSourcePtr source = verified(memorySource(bytes), describe(bytes));
        VERIFY_RESULT(
            QCoro::waitFor(source->read(PieceSize, {}))); // a worker hashes it while the source goes
    }
}

void tst_Verify::readsNothingAheadOfItsReader()
{
    const QByteArray bytes = someBytes(10 * PieceSize);
    const auto taken = std::make_shared<qint64>(0);
    const ByteSourcePtr source = verified(counted(memorySource(bytes), taken), describe(bytes));
    VERIFY_RESULT(QCoro::waitFor(source->read(PieceSize, {})));
    QCOMPARE(*taken, PieceSize);
}

void tst_Verify::memoryStaysBounded()
{
    constexpr qint64 Size = 500'000'000;
    const auto source = hashing(endlessText(Size));
    forgetPeak();
    const qint64 before = memoryHeld();
    qint64 most = before;
    const Result<qint64> size = drain(source, [&](const QByteArray&) {
        if (const qint64 now = memoryHeld(); now > most)
            most = now;
    });
    VERIFY_RESULT(size);
    QCOMPARE(*size, Size);
    QCOMPARE_LT(most - before, 8 * 1024 * 1024);
}

void tst_Verify::hashingKnowsTheDigestAtTheEnd()
{
    const QByteArray bytes = someBytes(700'000);
    const auto source = hashing(choppedSource(bytes, 30'000));
    const Result<QByteArray> first = QCoro::waitFor(source->read(PieceSize, {}));
    VERIFY_RESULT(first);
    QVERIFY(source->digest().isNull());
    QCOMPARE(source->bytesRead(), first->size());
    const Result<QByteArray> rest = readWhole(source);
    VERIFY_RESULT(rest);
    QCOMPARE(*first + *rest, bytes);
    QCOMPARE(source->digest(), Digest::ofBytes(bytes));
    QCOMPARE(source->bytesRead(), bytes.size());
    const Result<QByteArray> again = QCoro::waitFor(source->read(10, {}));
    VERIFY_RESULT(again);
    QVERIFY(again->isEmpty());
    QCOMPARE(source->digest(), Digest::ofBytes(bytes));

    const auto empty = hashing(memorySource({}));
    VERIFY_RESULT(readWhole(empty));
    QCOMPARE(empty->digest(), Digest::ofBytes({}));
}

QTEST_GUILESS_MAIN(tst_Verify)
#include "tst_verify.moc"
