// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/hostmap.h"
#include "registry/listing.h"
#include "registry/range.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestRegistryRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registryIsReachedAtItsApi_data();
    void registryIsReachedAtItsApi();
    void nextPageIsFoundInTheLinkField_data();
    void nextPageIsFoundInTheLinkField();
    void listsAreReadLeniently_data();
    void listsAreReadLeniently();
    void contentRangesAreParsed_data();
    void contentRangesAreParsed();
    void uploadedBytesAreParsed_data();
    void uploadedBytesAreParsed();
    void skippedBytesAreLeftOut();
};

void TestRegistryRules::registryIsReachedAtItsApi_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<bool>("plainHttp");
    QTest::addColumn<QString>("url"); // empty: refused
    const auto row = [](const QString& registry, bool plainHttp, const QString& url) {
        QTest::addRow("%s %d", qPrintable(registry), plainHttp) << registry << plainHttp << url;
    };
    row(u"docker.io"_s, false, u"https://registry-1.docker.io"_s);
    row(u"docker.io"_s, true, u"https://registry-1.docker.io"_s);
    row(u"ghcr.io"_s, false, u"https://ghcr.io"_s);
    row(u"registry.example:5000"_s, false, u"https://registry.example:5000"_s);
    row(u"registry.example:5000"_s, true, u"http://registry.example:5000"_s);
    row(u"localhost"_s, false, u"http://localhost"_s);
    row(u"localhost:5000"_s, false, u"http://localhost:5000"_s);
    row(u"127.0.0.1:5000"_s, false, u"http://127.0.0.1:5000"_s);
    row(u"127.8.9.10"_s, false, u"http://127.8.9.10"_s);
    row(u"[::1]:5000"_s, false, u"http://[::1]:5000"_s);
    row(u"192.168.0.1"_s, false, u"https://192.168.0.1"_s);
    row(u"localhost.example"_s, false, u"https://localhost.example"_s);
    row(u"registry-1.docker.io"_s, false, u"https://registry-1.docker.io"_s);
    row(u"LOCALDOMAIN"_s, false, u"https://localdomain"_s);
    row(u""_s, false, {});
    row(u"example.com:99999"_s, false, {});
    row(u"example.com:0"_s, false, {});
    row(u"user@example.com"_s, false, {});
    row(u"exa mple.com"_s, false, {});
}

void TestRegistryRules::registryIsReachedAtItsApi()
{
    QFETCH(const QString, registry);
    QFETCH(const bool, plainHttp);
    QFETCH(const QString, url);
    const auto api = apiUrl(registry, plainHttp);
    if (url.isEmpty()) {
        COMPARE_ERROR(api, Error::Code::InvalidInput);
        QCOMPARE(api.error().subject, registry);
        return;
    }
    VERIFY_RESULT(api);
    QCOMPARE(api->toString(), url);
    // Whose certificate is known is asked by TLS, unless somebody has said otherwise.
    const auto pinned = apiUrl(registry, plainHttp, true);
    VERIFY_RESULT(pinned);
    QCOMPARE(pinned->scheme() == "http"_L1, plainHttp && url.startsWith("http:"_L1));
}

void TestRegistryRules::nextPageIsFoundInTheLinkField_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("next"); // "!": refused
    const QString base = u"https://reg.example:5000"_s;
    const auto row = [](const char* name, QByteArrayList fields, const QString& next) {
        QTest::newRow(name) << fields << next;
    };
    row("none", {}, u""_s);
    row("path", {"</v2/a/tags/list?last=z&n=100>; rel=\"next\""}, base + u"/v2/a/tags/list?last=z&n=100"_s);
    row("relative to the page", {"<list?last=z>; rel=\"next\""}, base + u"/v2/a/tags/list?last=z"_s);
    row("query only", {"<?next_page=gAAAA%2Bx%3D%3D>; rel=\"next\""},
        base + u"/v2/a/tags/list?next_page=gAAAA%2Bx%3D%3D"_s);
    row("absolute", {"<https://reg.example:5000/v2/x?y>; rel=\"next\""}, base + u"/v2/x?y"_s);
    row("absolute with the scheme behind the proxy", {"<http://reg.example:5000/v2/x?y>; rel=\"next\""},
        base + u"/v2/x?y"_s);
    row("without quotes", {"</n>;rel=next"}, base + u"/n"_s);
    row("upper case", {"</n>; Rel=\"NEXT\""}, base + u"/n"_s);
    row("several relations", {"</n>; rel=\"prefetch next\""}, base + u"/n"_s);
    row("other parameters", {"</n>; title=\"a, b; c\"; rel=\"next\""}, base + u"/n"_s);
    row("second of two", {"</p>; rel=\"prev\", </n>; rel=\"next\""}, base + u"/n"_s);
    row("second field", {"</p>; rel=\"prev\"", "</n>; rel=\"next\""}, base + u"/n"_s);
    row("comma in the address", {"</n?a=1,2>; rel=\"next\""}, base + u"/n?a=1,2"_s);
    row("other relation", {"</n>; rel=\"last\""}, u""_s);
    row("no relation", {"</n>"}, u""_s);
    row("cut off", {"</n"}, u""_s);
    row("junk", {">;<;,rel=next"}, u""_s);
    row("another host", {"<https://evil.example/v2/x>; rel=\"next\""}, u"!"_s);
    row("another port", {"<https://reg.example/v2/x>; rel=\"next\""}, u"!"_s);
    row("another scheme and port", {"<http://reg.example:80/v2/x>; rel=\"next\""}, u"!"_s);
    row("no web address", {"<file:///etc/passwd>; rel=\"next\""}, u"!"_s);
    row("host by two slashes", {"<//evil.example/x>; rel=\"next\""}, u"!"_s);
}

void TestRegistryRules::nextPageIsFoundInTheLinkField()
{
    QFETCH(const QByteArrayList, fields);
    QFETCH(const QString, next);
    HttpResponse reply;
    reply.url = QUrl(u"https://reg.example:5000/v2/a/tags/list?n=100"_s);
    for (const QByteArray& field : fields)
        reply.headers.add("Link", field);
    const auto page = nextPage(reply, QUrl(u"https://reg.example:5000"_s));
    if (next == "!"_L1) {
        COMPARE_ERROR(page, Error::Code::Denied);
        return;
    }
    VERIFY_RESULT(page);
    QCOMPARE(QString::fromLatin1(page->toEncoded()), next);
}

void TestRegistryRules::listsAreReadLeniently_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("items");
    QTest::addColumn<bool>("isCorrupt");
    const auto row = [](const char* name, const QByteArray& body, const QStringList& items,
                        bool isCorrupt = false) { QTest::newRow(name) << body << items << isCorrupt; };
    row("plain", R"({"name":"a","tags":["x","y"]})", {u"x"_s, u"y"_s});
    row("null", R"({"name":"a","tags":null})", {});
    row("empty", R"({"name":"a","tags":[]})", {});
    row("null entries", R"({"tags":["x",null,5,{},"y"]})", {u"x"_s, u"y"_s});
    row("more members", R"({"tags":["x"],"manifest":{"sha256:0":{"tag":["x"]}},"child":[]})", {u"x"_s});
    row("no such member", R"({"name":"a"})", {}, true);
    row("not a list", R"({"tags":"x"})", {}, true);
    row("HTML", "<html></html>", {}, true);
    row("nothing", "", {}, true);
    row("cut off", R"({"tags":["x")", {}, true);
}

void TestRegistryRules::listsAreReadLeniently()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QStringList, items);
    QFETCH(const bool, isCorrupt);
    HttpResponse reply;
    reply.status = 200;
    reply.body = body;
    const auto list = listOf(reply, "tags"_L1, u"reg/a"_s);
    if (isCorrupt) {
        COMPARE_ERROR(list, Error::Code::Corrupt);
        return;
    }
    VERIFY_RESULT(list);
    QCOMPARE(*list, items);
}

void TestRegistryRules::contentRangesAreParsed_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("expected"); // "first last total", empty: nothing
    QTest::newRow("plain") << QByteArray("bytes 5-9/10") << u"5 9 10"_s;
    QTest::newRow("one byte") << QByteArray("bytes 0-0/1") << u"0 0 1"_s;
    QTest::newRow("unknown total") << QByteArray("bytes 5-9/*") << u"5 9 -1"_s;
    QTest::newRow("large") << QByteArray("bytes 5000000000-5999999999/6000000000")
                           << u"5000000000 5999999999 6000000000"_s;
    QTest::newRow("last before first") << QByteArray("bytes 9-5/10") << QString();
    QTest::newRow("past the end") << QByteArray("bytes 5-10/10") << QString();
    QTest::newRow("no total") << QByteArray("bytes 5-9") << QString();
    QTest::newRow("empty total") << QByteArray("bytes 5-9/") << QString();
    QTest::newRow("unsatisfied") << QByteArray("bytes */10") << QString();
    QTest::newRow("negative") << QByteArray("bytes -5-9/10") << QString();
    QTest::newRow("sign") << QByteArray("bytes +5-9/10") << QString();
    QTest::newRow("other unit") << QByteArray("lines 5-9/10") << QString();
    QTest::newRow("overflow") << QByteArray("bytes 0-99999999999999999999/*") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestRegistryRules::contentRangesAreParsed()
{
    QFETCH(const QByteArray, field);
    QFETCH(const QString, expected);
    const auto range = ContentRange::parse(field);
    QCOMPARE(range ? u"%1 %2 %3"_s.arg(range->first).arg(range->last).arg(range->total) : QString(),
             expected);
}

void TestRegistryRules::uploadedBytesAreParsed_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("sentOneByte");
    QTest::addColumn<int>("expected"); // -1: nothing
    QTest::newRow("hundred") << QByteArray("0-99") << false << 100;
    QTest::newRow("nothing yet") << QByteArray("0-0") << false << 0;
    QTest::newRow("one byte") << QByteArray("0-0") << true << 1;
    QTest::newRow("Quay at the start") << QByteArray("bytes=0--1") << false << 0;
    QTest::newRow("Quay later") << QByteArray("bytes=0-99") << false << 100;
    QTest::newRow("does not begin at the start") << QByteArray("5-9") << false << -1;
    QTest::newRow("no end") << QByteArray("0-") << false << -1;
    QTest::newRow("empty") << QByteArray() << false << -1;
    QTest::newRow("junk") << QByteArray("0-x") << false << -1;
    QTest::newRow("negative") << QByteArray("0--5") << false << -1;
}

void TestRegistryRules::uploadedBytesAreParsed()
{
    QFETCH(const QByteArray, field);
    QFETCH(const bool, sentOneByte);
    QFETCH(const int, expected);
    QCOMPARE(static_cast<int>(uploadedBytes(field, sentOneByte).value_or(-1)), expected);
}

void TestRegistryRules::skippedBytesAreLeftOut()
{
    const QByteArray bytes(600'000, 'a');
    const auto skipped = skipping(memorySource(bytes + "the rest"), 600'000, u"blob"_s);
    QCOMPARE(skipped->size(), 8);
    const auto rest = QCoro::waitFor(readAll(skipped, 1000, u"blob"_s, {}));
    VERIFY_RESULT(rest);
    QCOMPARE(*rest, "the rest");
    const auto tooShort = skipping(memorySource("short"), 6, u"blob"_s);
    COMPARE_ERROR(QCoro::waitFor(readAll(tooShort, 1000, u"blob"_s, {})), Error::Code::Corrupt);
    const auto exactly = skipping(memorySource("short"), 5, u"blob"_s);
    const auto nothing = QCoro::waitFor(readAll(exactly, 1000, u"blob"_s, {}));
    VERIFY_RESULT(nothing);
    QCOMPARE(*nothing, QByteArray());
}

QTEST_GUILESS_MAIN(TestRegistryRules)
#include "tst_registryrules.moc"
