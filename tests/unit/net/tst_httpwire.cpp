// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/bytestream.h"
#include "net/httpwire.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

//! Decodes \a bytes given in pieces of \a step; nullopt where more were needed.
Result<std::optional<QByteArray>> decode(const ReplyHead& head, QByteArray bytes, qsizetype step)
{
    auto decoder = BodyDecoder::make("PUT", head);
    if (!decoder)
        return std::unexpected(decoder.error());
    QByteArray buffer;
    QByteArray body;
    while (!decoder->isComplete()) {
        auto piece = decoder->take(buffer, 7);
        if (!piece)
            return std::unexpected(piece.error());
        body += *piece;
        if (!piece->isEmpty() || decoder->isComplete())
            continue;
        if (bytes.isEmpty())
            return std::nullopt;
        buffer += bytes.first(std::min(step, bytes.size()));
        bytes.slice(std::min(step, bytes.size()));
    }
    return body;
}

} // namespace

class TestHttpWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestIsWritten();
    void badRequestIsRefused_data();
    void badRequestIsRefused();
    void headIsParsed();
    void headWaitsForItsEnd();
    void badHeadIsCorrupt_data();
    void badHeadIsCorrupt();
    void persistence_data();
    void persistence();
    void countedBody();
    void piecesEndWithBlocks();
    void chunkedBody_data();
    void chunkedBody();
    void badChunksAreCorrupt_data();
    void badChunksAreCorrupt();
    void ambiguousLengthIsCorrupt_data();
    void ambiguousLengthIsCorrupt();
    void bodylessReplies();
    void bodyUntilClose();
    void anyBytesAreSurvived();
};

void TestHttpWire::requestIsWritten()
{
    HttpHeaders fields;
    fields.add("Host", "localhost:5000");
    fields.add("X", "1");
    fields.add("X", "2");
    const auto head =
        requestHead("PUT", QUrl::fromEncoded("http://u:p@localhost:5000/v2/a%2Fb?x=%2B#frag"), fields);
    VERIFY_RESULT(head);
    QCOMPARE(*head, "PUT /v2/a%2Fb?x=%2B HTTP/1.1\r\nHost: localhost:5000\r\nX: 1\r\nX: 2\r\n\r\n"_ba);
    const auto root = requestHead("PUT", QUrl(u"http://localhost"_s), {});
    VERIFY_RESULT(root);
    QCOMPARE(*root, "PUT / HTTP/1.1\r\n\r\n"_ba);
}

void TestHttpWire::badRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("break in value") << "PUT"_ba << "X"_ba << "a\r\nY: b"_ba;
    QTest::newRow("bare LF in value") << "PUT"_ba << "X"_ba << "a\nY: b"_ba;
    QTest::newRow("NUL in value") << "PUT"_ba << "X"_ba << QByteArray("a\0b", 3);
    QTest::newRow("break in name") << "PUT"_ba << "X\r\nY"_ba << "a"_ba;
    QTest::newRow("blank in name") << "PUT"_ba << "X Y"_ba << "a"_ba;
    QTest::newRow("empty name") << "PUT"_ba << ""_ba << "a"_ba;
    QTest::newRow("blank in method") << "PUT /x HTTP/1.1\r\n"_ba << "X"_ba << "a"_ba;
    QTest::newRow("no method") << ""_ba << "X"_ba << "a"_ba;
}

void TestHttpWire::badRequestIsRefused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    HttpHeaders fields;
    fields.add(name, value);
    COMPARE_ERROR(requestHead(method, QUrl(u"http://localhost/"_s), fields), Error::Code::InvalidInput);
}

void TestHttpWire::headIsParsed()
{
    QByteArray buffer = "HTTP/1.1 201 Created\r\nLocation: /v2/a \r\nX:1\r\nx:  2\r\nEmpty:\r\n\r\nbody"_ba;
    const auto head = takeReplyHead(buffer);
    VERIFY_RESULT(head);
    QVERIFY(head->has_value());
    QCOMPARE((*head)->status, 201);
    QCOMPARE((*head)->headers.value("location"), "/v2/a"_ba);
    QCOMPARE((*head)->headers.values("X"), (QByteArrayList{"1", "2"}));
    QVERIFY((*head)->headers.contains("Empty"));
    QCOMPARE(buffer, "body"_ba);

    buffer = "HTTP/1.1 200\r\n\r\n";
    const auto bare = takeReplyHead(buffer);
    VERIFY_RESULT(bare);
    QCOMPARE((*bare)->status, 200);
}

void TestHttpWire::headWaitsForItsEnd()
{
    const QByteArray all = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: 1\r\n\r\n"_ba;
    QByteArray buffer;
    for (qsizetype i = 0; i + 1 < all.size(); ++i) {
        buffer += all.at(i);
        const auto head = takeReplyHead(buffer);
        VERIFY_RESULT(head);
        QVERIFY(!head->has_value());
    }
    buffer += all.back();
    const auto head = takeReplyHead(buffer);
    VERIFY_RESULT(head);
    QVERIFY(head->has_value());
    QCOMPARE((*head)->status, 200);
    QVERIFY(buffer.isEmpty());
}

void TestHttpWire::badHeadIsCorrupt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("other protocol") << "SSH-2.0-OpenSSH_9\r\n"_ba;
    QTest::newRow("TLS alert") << QByteArray::fromHex("15030300020246");
    QTest::newRow("HTTP/2") << "HTTP/2 200\r\n\r\n"_ba;
    QTest::newRow("no status") << "HTTP/1.1 OK\r\n\r\n"_ba;
    QTest::newRow("status of two digits") << "HTTP/1.1 20 OK\r\n\r\n"_ba;
    QTest::newRow("status of four digits") << "HTTP/1.1 2000 OK\r\n\r\n"_ba;
    QTest::newRow("negative status") << "HTTP/1.1 -20 OK\r\n\r\n"_ba;
    QTest::newRow("status out of range") << "HTTP/1.1 999 OK\r\n\r\n"_ba;
    QTest::newRow("protocol change") << "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"_ba;
    QTest::newRow("field without colon") << "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"_ba;
    QTest::newRow("blank before colon") << "HTTP/1.1 200 OK\r\nX : 1\r\n\r\n"_ba;
    QTest::newRow("folded field") << "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\n\r\n"_ba;
    QTest::newRow("CR inside of a field") << "HTTP/1.1 200 OK\r\nX: 1\r2\r\n\r\n"_ba;
    QTest::newRow("endless") << "HTTP/1.1 200 OK\r\n"_ba + QByteArray(100'000, 'x');
}

void TestHttpWire::badHeadIsCorrupt()
{
    QFETCH(QByteArray, bytes);
    COMPARE_ERROR(takeReplyHead(bytes), Error::Code::Corrupt);
}

void TestHttpWire::persistence_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("expected");
    QTest::newRow("1.1") << "HTTP/1.1 200 OK\r\n\r\n"_ba << true;
    QTest::newRow("1.0") << "HTTP/1.0 200 OK\r\n\r\n"_ba << false;
    QTest::newRow("close") << "HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n"_ba << false;
    QTest::newRow("close among others") << "HTTP/1.1 200 OK\r\nConnection: x, close\r\n\r\n"_ba << false;
    QTest::newRow("keep-alive") << "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n"_ba << true;
}

void TestHttpWire::persistence()
{
    QFETCH(QByteArray, head);
    const auto parsed = takeReplyHead(head);
    VERIFY_RESULT(parsed);
    QTEST((*parsed)->isPersistent, "expected");
}

void TestHttpWire::countedBody()
{
    ReplyHead head;
    head.status = 200;
    head.headers.add("Content-Length", "20");
    const auto decoder = BodyDecoder::make("PUT", head);
    VERIFY_RESULT(decoder);
    QCOMPARE(decoder->bytesLeft(), 20);
    QVERIFY(!decoder->endsWithConnection());
    for (const qsizetype step : {1, 3, 100}) {
        const auto body = decode(head, "01234567890123456789left over", step);
        VERIFY_RESULT(body);
        QCOMPARE(*body, "01234567890123456789"_ba);
    }
    const auto cut = decode(head, "0123456789", 3);
    VERIFY_RESULT(cut);
    QVERIFY(!cut->has_value());
}

void TestHttpWire::piecesEndWithBlocks()
{
    ReplyHead head;
    head.status = 200;
    head.headers.add("Content-Length", "20000");
    auto decoder = BodyDecoder::make("GET", head);
    VERIFY_RESULT(decoder);
    const QByteArray body(20'000, 'b');
    QByteArray buffer = body.first(10'000);
    // What is left over waits for more; what is less than a block does not.
    QCOMPARE(decoder->take(buffer, PieceSize)->size(), 2 * PieceAlignment);
    QCOMPARE(decoder->take(buffer, PieceSize)->size(), 10'000 - 2 * PieceAlignment);
    QCOMPARE(buffer.size(), 0);
    QCOMPARE(decoder->take(buffer, PieceSize)->size(), 0);
    // From an odd beginning up to the end of a block again; and the end goes with the last piece.
    buffer = body.first(8'000);
    QCOMPARE(decoder->take(buffer, PieceSize)->size(), 4 * PieceAlignment - 10'000);
    buffer += body.first(2'000) + "another reply";
    QCOMPARE(decoder->take(buffer, PieceSize)->size(), 20'000 - 4 * PieceAlignment);
    QVERIFY(decoder->isComplete());
    QCOMPARE(buffer, "another reply"_ba);
}

void TestHttpWire::chunkedBody_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("two chunks") << "5\r\nabcde\r\nA\r\n0123456789\r\n0\r\n\r\n"_ba << "abcde0123456789"_ba;
    QTest::newRow("empty") << "0\r\n\r\n"_ba << ""_ba;
    QTest::newRow("extension") << "3;x=\"y\"\r\nabc\r\n0;z\r\n\r\n"_ba << "abc"_ba;
    QTest::newRow("trailer") << "3\r\nabc\r\n0\r\nX: 1\r\nY: 2\r\n\r\n"_ba << "abc"_ba;
    QTest::newRow("CRLF inside") << "6\r\n\r\n0\r\n\r\r\n0\r\n\r\n"_ba << "\r\n0\r\n\r"_ba;
}

void TestHttpWire::chunkedBody()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    ReplyHead head;
    head.status = 200;
    head.headers.add("Transfer-Encoding", "Chunked");
    for (const qsizetype step : {1, 2, 3, 100}) {
        const auto body = decode(head, bytes, step);
        VERIFY_RESULT(body);
        QVERIFY(body->has_value());
        QCOMPARE(**body, expected);
    }
    const auto cut = decode(head, bytes.chopped(2), 3);
    VERIFY_RESULT(cut);
    QVERIFY(!cut->has_value());
}

void TestHttpWire::badChunksAreCorrupt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no number") << "zz\r\nabc\r\n0\r\n\r\n"_ba;
    QTest::newRow("empty size") << "\r\nabc\r\n0\r\n\r\n"_ba;
    QTest::newRow("negative") << "-1\r\nabc\r\n0\r\n\r\n"_ba;
    QTest::newRow("0x") << "0x3\r\nabc\r\n0\r\n\r\n"_ba;
    QTest::newRow("too large a number") << "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n"_ba;
    QTest::newRow("longer than said") << "3\r\nabcd\r\n0\r\n\r\n"_ba;
    QTest::newRow("size without end") << QByteArray(5000, '0');
}

void TestHttpWire::badChunksAreCorrupt()
{
    QFETCH(QByteArray, bytes);
    ReplyHead head;
    head.status = 200;
    head.headers.add("Transfer-Encoding", "chunked");
    COMPARE_ERROR(decode(head, bytes, 100'000), Error::Code::Corrupt);
}

void TestHttpWire::ambiguousLengthIsCorrupt_data()
{
    QTest::addColumn<QByteArrayList>("lengths");
    QTest::addColumn<QByteArrayList>("encodings");
    QTest::newRow("both") << QByteArrayList{"3"} << QByteArrayList{"chunked"};
    QTest::newRow("two lengths") << QByteArrayList{"3", "4"} << QByteArrayList();
    QTest::newRow("negative") << QByteArrayList{"-3"} << QByteArrayList();
    QTest::newRow("plus") << QByteArrayList{"+3"} << QByteArrayList();
    QTest::newRow("list") << QByteArrayList{"3, 3"} << QByteArrayList();
    QTest::newRow("no number") << QByteArrayList{"three"} << QByteArrayList();
    QTest::newRow("too large") << QByteArrayList{"99999999999999999999"} << QByteArrayList();
    QTest::newRow("gzip, chunked") << QByteArrayList() << QByteArrayList{"gzip, chunked"};
    QTest::newRow("unknown encoding") << QByteArrayList() << QByteArrayList{"identity"};
}

void TestHttpWire::ambiguousLengthIsCorrupt()
{
    QFETCH(QByteArrayList, lengths);
    QFETCH(QByteArrayList, encodings);
    ReplyHead head;
    head.status = 200;
    for (const QByteArray& length : lengths)
        head.headers.add("Content-Length", length);
    for (const QByteArray& encoding : encodings)
        head.headers.add("Transfer-Encoding", encoding);
    COMPARE_ERROR(BodyDecoder::make("PUT", head), Error::Code::Corrupt);
    // The same length twice is no contradiction.
    ReplyHead twice;
    twice.status = 200;
    twice.headers.add("Content-Length", "3");
    twice.headers.add("Content-Length", "3");
    VERIFY_RESULT(BodyDecoder::make("PUT", twice));
}

void TestHttpWire::bodylessReplies()
{
    ReplyHead head;
    head.headers.add("Content-Length", "10");
    for (const auto& [method, status] :
         {std::pair("HEAD"_ba, 200), std::pair("PUT"_ba, 204), std::pair("PUT"_ba, 304)}) {
        head.status = status;
        const auto decoder = BodyDecoder::make(method, head);
        VERIFY_RESULT(decoder);
        QVERIFY(decoder->isComplete());
        QCOMPARE(decoder->bytesLeft(), 0);
    }
}

void TestHttpWire::bodyUntilClose()
{
    ReplyHead head;
    head.status = 200;
    auto decoder = BodyDecoder::make("PUT", head);
    VERIFY_RESULT(decoder);
    QVERIFY(decoder->endsWithConnection());
    QCOMPARE(decoder->bytesLeft(), -1);
    QByteArray buffer = "abc"_ba;
    const auto piece = decoder->take(buffer, 100);
    VERIFY_RESULT(piece);
    QCOMPARE(*piece, "abc"_ba);
    QVERIFY(!decoder->isComplete());
}

void TestHttpWire::anyBytesAreSurvived()
{
    // Mutations of a good reply: whatever comes out, it comes out, and no more than went in.
    const QByteArray good =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: 1\r\n\r\n5\r\nabcde\r\n3;x\r\n012\r\n0\r\n\r\n"_ba;
    quint32 state = 12345;
    const auto next = [&state](quint32 bound) {
        state = state * 1664525u + 1013904223u;
        return (state >> 8) % bound;
    };
    for (int round = 0; round < 20'000; ++round) {
        QByteArray bytes = good;
        for (quint32 changes = next(4) + 1; changes > 0; --changes) {
            const auto at = static_cast<qsizetype>(next(static_cast<quint32>(bytes.size())));
            switch (next(3)) {
            case 0:
                bytes[at] = static_cast<char>(next(256));
                break;
            case 1:
                bytes.remove(at, 1 + next(5));
                break;
            default:
                bytes.insert(at, bytes.mid(static_cast<qsizetype>(next(20)), 5));
                break;
            }
            if (bytes.isEmpty())
                bytes = "H";
        }
        const qsizetype size = bytes.size();
        const auto head = takeReplyHead(bytes);
        if (!head || !head->has_value())
            continue;
        const auto body = decode(**head, bytes, 1 + next(10));
        if (body && body->has_value())
            QVERIFY((*body)->size() <= size);
    }
}

QTEST_GUILESS_MAIN(TestHttpWire)
#include "tst_httpwire.moc"
