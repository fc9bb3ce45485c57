// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/compression.h"
#include "content/verify.h"
#include "sources.h"
#include "support/randomimage/randombytes.h"
#include "support/resulttest.h"

#include <QProcess>
#include <QTest>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

namespace {

QByteArray text(qsizetype size)
{
    return RandomBytes(42).text(size);
}

//! What \a program makes of \a input; an empty array and a complaint on the test's output where it fails.
QByteArray filtered(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0) {
        QTest::qFail(qPrintable(program + u": "_s + process.errorString()
                                + QString::fromUtf8(process.readAllStandardError())),
                     __FILE__, __LINE__);
        return {};
    }
    return process.readAllStandardOutput();
}

Result<QByteArray> plain(const QByteArray& compressed, qint64 limit = -1)
{
    return readWhole(decompressed(memorySource(compressed), u"layer"_s, limit));
}

//! One of each library at work.
void addCompressions()
{
    QTest::addColumn<QString>("compression");
    for (const char* text : {"gzip:1", "gzip:2", "gzip:3", "gzip:4", "gzip:9", "zstd:1", "zstd:3", "zstd:19"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

LayerCompression compressionOf(const QString& text)
{
    return LayerCompression::parse(text).value_or(LayerCompression{.level = -1});
}

} // namespace

class tst_Compression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gzipReadsWhatWeWrite_data();
    void gzipReadsWhatWeWrite();
    void othersReadEveryCompression_data();
    void othersReadEveryCompression();
    void higherLevelsAreSmaller();
    void compressionsAreReadFromText_data();
    void compressionsAreReadFromText();
    void nonsenseIsNoCompression_data();
    void nonsenseIsNoCompression();
    void outputDependsOnTheBytesAlone_data();
    void outputDependsOnTheBytesAlone();
    void outputNamesNoTime();
    void sourceErrorsEndTheCompressor();
    void compressorWorksOnlyAFewBlocksAhead();

    void readsWhatOthersWrite_data();
    void readsWhatOthersWrite();
    void readsAnyPieceSize_data();
    void readsAnyPieceSize();
    void readsManyMembers();
    void readsSkippableFrames();
    void passesPlainBytes_data();
    void passesPlainBytes();
    void zeroPaddingIsNoFault();

    void truncatedStreamsAreCorrupt_data();
    void truncatedStreamsAreCorrupt();
    void changedStreamsAreCorrupt_data();
    void changedStreamsAreCorrupt();
    void trailingBytesAreCorrupt_data();
    void trailingBytesAreCorrupt();
    void sourceErrorsEndTheDecompressor();
    void bombsEndEarly_data();
    void bombsEndEarly();
    void limitIsExact();

    void stopEndsBoth();
    void droppingInTheMiddleIsSafe();
    void memoryStaysBounded();
};

void tst_Compression::gzipReadsWhatWeWrite_data()
{
    QTest::addColumn<QByteArray>("bytes");
    constexpr qsizetype Block = 1024 * 1024;
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("text") << text(100'000);
    QTest::newRow("one byte less than a block") << text(Block - 1);
    QTest::newRow("exactly a block") << text(Block);
    QTest::newRow("one byte more than a block") << text(Block + 1);
    QTest::newRow("several blocks") << text(5 * Block + 12'345);
    QTest::newRow("exactly four blocks") << text(4 * Block);
    QTest::newRow("noise") << RandomBytes(1).noise(3 * Block);
    QTest::newRow("zeros") << QByteArray(6 * Block, '\0');
    QTest::newRow("text and noise") << text(Block / 2) + RandomBytes(2).noise(Block) + QByteArray(Block, 'a');
}

void tst_Compression::gzipReadsWhatWeWrite()
{
    QFETCH(const QByteArray, bytes);
    const Result<QByteArray> compressed = readWhole(gzipped(memorySource(bytes)));
    VERIFY_RESULT(compressed);
    QVERIFY(filtered(u"gzip"_s, {u"-dc"_s}, *compressed) == bytes);
    QVERIFY(filtered(u"pigz"_s, {u"-dc"_s}, *compressed)
            == bytes); // what dockerd unpacks with, where it is installed
    const Result<QByteArray> back = plain(*compressed);
    VERIFY_RESULT(back);
    QVERIFY(*back == bytes);
    QCOMPARE_LT(compressed->size(), bytes.size() + bytes.size() / 1000 + 100);
}

void tst_Compression::othersReadEveryCompression_data()
{
    addCompressions();
}

void tst_Compression::othersReadEveryCompression()
{
    QFETCH(const QString, compression);
    const QString program = compression.section(u':', 0, 0);
    constexpr qsizetype Block = 2 * 1024 * 1024;
    for (const QByteArray& bytes :
         {QByteArray(), QByteArray("x"), text(Block), text(2 * Block + 1), RandomBytes(1).noise(Block + 7)}) {
        const auto packed = readWhole(compressedBy(compressionOf(compression), memorySource(bytes)));
        VERIFY_RESULT(packed);
        QVERIFY(!packed->isEmpty());
        filtered(program, {u"-t"_s}, *packed);
        QVERIFY(filtered(program, {u"-dc"_s}, *packed) == bytes);
        const Result<QByteArray> back = plain(*packed);
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
        QCOMPARE_LT(packed->size(), bytes.size() + bytes.size() / 1000 + 100);
    }
}

void tst_Compression::higherLevelsAreSmaller()
{
    const QByteArray bytes = text(4'000'000);
    for (const QStringList& levels :
         {QStringList{u"gzip:2"_s, u"gzip:6"_s}, QStringList{u"zstd:1"_s, u"zstd:9"_s, u"zstd:19"_s}}) {
        qsizetype before = bytes.size();
        for (const QString& level : levels) {
            const auto packed = readWhole(compressedBy(compressionOf(level), memorySource(bytes)));
            VERIFY_RESULT(packed);
            QVERIFY2(packed->size() < before, qPrintable(level));
            before = packed->size();
        }
    }
}

void tst_Compression::compressionsAreReadFromText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("gzip") << u"gzip"_s << u"gzip:2"_s;
    QTest::newRow("zstd") << u"zstd"_s << u"zstd:3"_s;
    QTest::newRow("lowest") << u"gzip:1"_s << u"gzip:1"_s;
    QTest::newRow("highest of gzip") << u"gzip:9"_s << u"gzip:9"_s;
    QTest::newRow("highest of zstd") << u"zstd:19"_s << u"zstd:19"_s;
}

void tst_Compression::compressionsAreReadFromText()
{
    QFETCH(const QString, text);
    QFETCH(const QString, canonical);
    const auto compression = LayerCompression::parse(text);
    VERIFY_RESULT(compression);
    QCOMPARE(compression->toString(), canonical);
    QCOMPARE(compression->mediaType(),
             u"application/vnd.oci.image.layer.v1.tar+"_s + canonical.section(u':', 0, 0));
    QVERIFY(compression->maker().startsWith(canonical + u' '));
}

void tst_Compression::nonsenseIsNoCompression_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "xz", "gzip:", "gzip:0", "gzip:10", "gzip:-1", "gzip:fast", "gzip:2:3",
                             "zstd:20", "zstd:3 ", "GZIP", ":3", "3"})
        QTest::addRow("'%s'", text) << QString::fromLatin1(text);
}

void tst_Compression::nonsenseIsNoCompression()
{
    QFETCH(const QString, text);
    const auto compression = LayerCompression::parse(text);
    COMPARE_ERROR(compression, Error::Code::InvalidInput);
    QCOMPARE(compression.error().subject, text);
}

void tst_Compression::outputDependsOnTheBytesAlone_data()
{
    addCompressions();
}

void tst_Compression::outputDependsOnTheBytesAlone()
{
    QFETCH(const QString, compression);
    const LayerCompression how = compressionOf(compression);
    const QByteArray bytes = text(5'500'000);
    const Result<QByteArray> whole = readWhole(compressedBy(how, memorySource(bytes)));
    VERIFY_RESULT(whole);
    for (const qsizetype pieceSize : {1'000, 16'384, 262'144, 700'001}) {
        const Result<QByteArray> chopped =
            readWhole(compressedBy(how, choppedSource(bytes, pieceSize)), 10'000);
        VERIFY_RESULT(chopped);
        const auto differs = std::ranges::mismatch(*chopped, *whole).in1 - chopped->cbegin();
        QVERIFY2(*chopped == *whole,
                 qPrintable(u"in pieces of %1: byte %2 of %3, %4"_s.arg(pieceSize)
                                .arg(differs)
                                .arg(chopped->size())
                                .arg(whole->size())));
    }
}

void tst_Compression::outputNamesNoTime()
{
    const Result<QByteArray> compressed = readWhole(gzipped(memorySource("text")));
    VERIFY_RESULT(compressed);
    // Method deflate, no flags (no name), no time, no hints, unknown system (RFC 1952).
    QCOMPARE(compressed->first(10).toHex(), "1f8b08000000000000ff"_ba);
}

void tst_Compression::sourceErrorsEndTheCompressor()
{
    const Error broken = Error::make(Error::Code::Io, u"/layer"_s, u"cannot read"_s);
    COMPARE_ERROR(readWhole(gzipped(choppedSource(text(2'000'000), 100'000, broken))), Error::Code::Io);
}

void tst_Compression::compressorWorksOnlyAFewBlocksAhead()
{
    const auto taken = std::make_shared<qint64>(0);
    const ByteSourcePtr source = gzipped(counted(endlessText(100'000'000), taken));
    VERIFY_RESULT(QCoro::waitFor(source->read(PieceSize, {}))); // the header
    QCOMPARE(*taken, 0);
    VERIFY_RESULT(QCoro::waitFor(source->read(PieceSize, {})));
    QCOMPARE_LE(*taken, 4 * 1024 * 1024);
}

void tst_Compression::readsWhatOthersWrite_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("gzip -1") << u"gzip"_s << QStringList{u"-1c"_s};
    QTest::newRow("gzip -9") << u"gzip"_s << QStringList{u"-9c"_s};
    QTest::newRow("pigz") << u"pigz"_s << QStringList{u"-c"_s};
    QTest::newRow("pigz, independent blocks") << u"pigz"_s << QStringList{u"-ci"_s};
    QTest::newRow("zstd -1") << u"zstd"_s << QStringList{u"-1c"_s};
    QTest::newRow("zstd -12, no checksum") << u"zstd"_s << QStringList{u"-12c"_s, u"--no-check"_s};
    QTest::newRow("zstd, long window") << u"zstd"_s << QStringList{u"-3c"_s, u"--long=27"_s};
}

void tst_Compression::readsWhatOthersWrite()
{
    QFETCH(const QString, program);
    QFETCH(const QStringList, arguments);
    for (const QByteArray& bytes : {QByteArray(), QByteArray("x"), text(3'000'000),
                                    RandomBytes(5).noise(700'000), QByteArray(5'000'000, '\0')}) {
        const Result<QByteArray> back = plain(filtered(program, arguments, bytes));
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
    }
}

void tst_Compression::readsAnyPieceSize_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<qsizetype>("pieceSize");
    for (const char* program : {"gzip", "zstd"}) {
        for (const int pieceSize : {1, 2, 3, 7, 1000})
            QTest::addRow("%s by %d", program, pieceSize)
                << QString::fromLatin1(program) << qsizetype(pieceSize);
    }
}

void tst_Compression::readsAnyPieceSize()
{
    QFETCH(const QString, program);
    QFETCH(const qsizetype, pieceSize);
    const QByteArray bytes = text(20'000);
    const QByteArray once = filtered(program, {u"-c"_s}, bytes);
    const QByteArray twice = once + once;
    const Result<QByteArray> back = readWhole(decompressed(choppedSource(twice, pieceSize), u"layer"_s), 999);
    VERIFY_RESULT(back);
    QVERIFY(*back == bytes + bytes);
}

void tst_Compression::readsManyMembers()
{
    QByteArray compressed, bytes;
    for (int i = 0; i < 20; ++i) {
        const QByteArray part = RandomBytes(static_cast<quint64>(i)).text(i * 5'000);
        bytes += part;
        compressed += filtered(i % 2 ? u"gzip"_s : u"pigz"_s, {u"-c"_s}, part);
    }
    const Result<QByteArray> own = readWhole(gzipped(memorySource("the last one is ours")));
    VERIFY_RESULT(own);
    const Result<QByteArray> back = plain(compressed + *own);
    VERIFY_RESULT(back);
    QVERIFY(*back == bytes + "the last one is ours");
}

void tst_Compression::readsSkippableFrames()
{
    const QByteArray bytes = text(10'000);
    const QByteArray skipped("\x51\x2a\x4d\x18\x05\x00\x00\x00hello", 13);
    const QByteArray frame = filtered(u"zstd"_s, {u"-c"_s}, bytes);
    for (const QByteArray& stream :
         {QByteArray(skipped + frame), QByteArray(frame + skipped), QByteArray(frame + skipped + frame)}) {
        const Result<QByteArray> back = plain(stream);
        VERIFY_RESULT(back);
        QCOMPARE(back->size() % bytes.size(), 0);
        QVERIFY(back->startsWith(bytes));
    }
}

void tst_Compression::passesPlainBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one byte") << QByteArray("\x1f");
    QTest::newRow("three bytes") << QByteArray("abc");
    QTest::newRow("almost zstd") << QByteArray("\x28\xb5\x2f\xfe and more");
    QTest::newRow("text") << text(1'000'000);
}

void tst_Compression::passesPlainBytes()
{
    QFETCH(const QByteArray, bytes);
    for (const qsizetype pieceSize : {1, 100'000}) {
        if (pieceSize == 1 && bytes.size() > 1000)
            continue;
        const Result<QByteArray> back = readWhole(decompressed(choppedSource(bytes, pieceSize), u"layer"_s));
        VERIFY_RESULT(back);
        QCOMPARE(*back, bytes);
    }
}

void tst_Compression::zeroPaddingIsNoFault()
{
    const QByteArray bytes = text(10'000);
    const QByteArray compressed = filtered(u"gzip"_s, {u"-c"_s}, bytes);
    for (const qsizetype padding : {1, 7, 10'000}) {
        const Result<QByteArray> back =
            readWhole(decompressed(choppedSource(compressed + QByteArray(padding, '\0'), 100), u"layer"_s));
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
    }
}

void tst_Compression::truncatedStreamsAreCorrupt_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("gzip") << u"gzip"_s;
    QTest::newRow("zstd") << u"zstd"_s;
}

void tst_Compression::truncatedStreamsAreCorrupt()
{
    QFETCH(const QString, program);
    const QByteArray compressed = filtered(program, {u"-c"_s}, text(3'000));
    QCOMPARE_GT(compressed.size(), 500);
    // Any number of bytes that still says what it is.
    for (qsizetype size = 4; size < compressed.size(); ++size) {
        const Result<QByteArray> back = plain(compressed.first(size));
        COMPARE_ERROR(back, Error::Code::Corrupt);
        QCOMPARE(back.error().subject, u"layer"_s);
    }
    // The second member only begun.
    const Result<QByteArray> begun = plain(compressed + compressed.first(5));
    COMPARE_ERROR(begun, Error::Code::Corrupt);
}

void tst_Compression::changedStreamsAreCorrupt_data()
{
    truncatedStreamsAreCorrupt_data();
}

void tst_Compression::changedStreamsAreCorrupt()
{
    QFETCH(const QString, program);
    const QByteArray bytes = text(3'000);
    const QByteArray compressed = filtered(program, {u"-c"_s}, bytes);
    int corrupt = 0;
    for (qsizetype i = 4; i < compressed.size(); ++i) {
        QByteArray changed = compressed;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        const Result<QByteArray> back = plain(changed);
        // Time and system of a gzip header mean nothing to the contents; all else has to be noticed.
        QVERIFY2(!back || *back == bytes, QByteArray::number(i).constData());
        if (!back) {
            QVERIFY(back.error().code == Error::Code::Corrupt);
            ++corrupt;
        }
    }
    QCOMPARE_GT(corrupt, compressed.size() - 20);
}

void tst_Compression::trailingBytesAreCorrupt_data()
{
    truncatedStreamsAreCorrupt_data();
}

void tst_Compression::trailingBytesAreCorrupt()
{
    QFETCH(const QString, program);
    const QByteArray compressed = filtered(program, {u"-c"_s}, text(1'000));
    COMPARE_ERROR(plain(compressed + "x"), Error::Code::Corrupt);
    COMPARE_ERROR(plain(compressed + "something else"), Error::Code::Corrupt);
    COMPARE_ERROR(plain(compressed + QByteArray(10, '\0') + compressed), Error::Code::Corrupt);
}

void tst_Compression::sourceErrorsEndTheDecompressor()
{
    const Error lost = Error::make(Error::Code::Network, u"registry.local"_s, u"line lost"_s);
    const QByteArray compressed = filtered(u"gzip"_s, {u"-c"_s}, text(1'000'000));
    COMPARE_ERROR(readWhole(decompressed(choppedSource(compressed.first(50'000), 1'000, lost), u"layer"_s)),
                  Error::Code::Network);
    COMPARE_ERROR(readWhole(decompressed(choppedSource({}, 1'000, lost), u"layer"_s)), Error::Code::Network);
    COMPARE_ERROR(readWhole(decompressed(choppedSource("plain", 1'000, lost), u"layer"_s)),
                  Error::Code::Network);
}

void tst_Compression::bombsEndEarly_data()
{
    truncatedStreamsAreCorrupt_data();
}

void tst_Compression::bombsEndEarly()
{
    QFETCH(const QString, program);
    // 200 MB of zeros in a few hundred kilobytes at most.
    const QByteArray bomb = filtered(program, {u"-c"_s}, QByteArray(200'000'000, '\0'));
    qint64 seen = 0;
    const Result<qint64> result = drain(decompressed(memorySource(bomb), u"layer"_s, 1'000'000),
                                        [&](const QByteArray& piece) { seen += piece.size(); });
    COMPARE_ERROR(result, Error::Code::Corrupt);
    QCOMPARE(result.error().subject, u"layer"_s);
    QCOMPARE_LE(seen, 1'000'000);
}

void tst_Compression::limitIsExact()
{
    const QByteArray bytes = text(100'000);
    for (const QByteArray& stream :
         {bytes, filtered(u"gzip"_s, {u"-c"_s}, bytes), filtered(u"zstd"_s, {u"-c"_s}, bytes)}) {
        VERIFY_RESULT(plain(stream, 100'000));
        COMPARE_ERROR(plain(stream, 99'999), Error::Code::Corrupt);
        COMPARE_ERROR(plain(stream, 0), Error::Code::Corrupt);
    }
    VERIFY_RESULT(plain({}, 0));
}

void tst_Compression::stopEndsBoth()
{
    const Result<QByteArray> compressed = readWhole(gzipped(memorySource(text(3'000'000))));
    VERIFY_RESULT(compressed);
    for (const ByteSourcePtr& source :
         {gzipped(memorySource(text(3'000'000))), decompressed(memorySource(*compressed), u"layer"_s)}) {
        std::stop_source stop;
        VERIFY_RESULT(QCoro::waitFor(source->read(100, stop.get_token())));
        stop.request_stop();
        COMPARE_ERROR(QCoro::waitFor(source->read(100, stop.get_token())), Error::Code::Cancelled);
    }
}

void tst_Compression::droppingInTheMiddleIsSafe()
{
    const Result<QByteArray> compressed = readWhole(gzipped(memorySource(text(3'000'000))));
    VERIFY_RESULT(compressed);
    for (int i = 0; i < 30; ++i) {
        const ByteSourcePtr pack = gzipped(endlessText(10'000'000));
        VERIFY_RESULT(QCoro::waitFor(pack->read(PieceSize, {})));
        VERIFY_RESULT(QCoro::waitFor(pack->read(PieceSize, {})));
        const ByteSourcePtr unpack = decompressed(memorySource(*compressed), u"layer"_s);
        VERIFY_RESULT(QCoro::waitFor(unpack->read(PieceSize, {})));
    }
}

void tst_Compression::memoryStaysBounded()
{
    constexpr qint64 Size = 500'000'000;
    const auto before = hashing(endlessText(Size));
    const auto between = hashing(gzipped(before));
    const auto after = hashing(decompressed(between, u"layer"_s));
    forgetPeak();
    const qint64 atStart = memoryHeld();
    qint64 most = atStart;
    const Result<qint64> size = drain(after, [&](const QByteArray&) {
        if (const qint64 now = memoryHeld(); now > most)
            most = now;
    });
    VERIFY_RESULT(size);
    QCOMPARE(*size, Size);
    QCOMPARE(after->digest(), before->digest());
    QCOMPARE_LT(between->bytesRead(), Size / 4);
    QCOMPARE_LT(most - atStart, 16 * 1024 * 1024);
}

QTEST_GUILESS_MAIN(tst_Compression)
#include "tst_compression.moc"
