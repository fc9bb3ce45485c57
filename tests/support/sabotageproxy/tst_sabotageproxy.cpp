// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

class tst_SabotageProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        QVERIFY(m_server->listen());
        m_server->on("GET", "/pattern", ScriptedAnswer::pattern(100'000));
        auto chunked = ScriptedAnswer::pattern(100'000);
        chunked.isChunked = true;
        m_server->on("GET", "/chunked", chunked);
        m_server->on("PUT", "*", ScriptedAnswer::text(201, "stored"));
        m_proxy = std::make_unique<SabotageProxy>(m_server->port());
        QVERIFY(m_proxy->start());
        m_http = std::make_unique<HttpClient>();
    }

    void cleanup()
    {
        m_http.reset();
        m_proxy.reset();
        m_server.reset();
    }

    void everythingPassesUnchanged_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("length") << QByteArray("pattern");
        QTest::newRow("chunked") << QByteArray("chunked");
    }

    void everythingPassesUnchanged()
    {
        QFETCH(const QByteArray, path);
        for (int i = 0; i < 3; ++i) {
            const auto reply = get(path);
            VERIFY_RESULT(reply);
            QCOMPARE(reply->status, 200);
            QCOMPARE(reply->body, scriptedPattern(0, 100'000));
        }
        QCOMPARE(m_proxy->count("GET", path), 3);
        QCOMPARE(m_proxy->requests().constLast().replyBytes, 100'000);
        QCOMPARE(m_proxy->requests().constLast().status, 200);
        QCOMPARE(m_proxy->struck(), 0);
    }

    void bodiesPassUpwards()
    {
        const auto reply = put(scriptedPattern(0, 300'000));
        VERIFY_RESULT(reply);
        QCOMPARE(reply->status, 201);
        QCOMPARE(m_server->requests().constLast().bodySize, 300'000);
        QVERIFY(m_server->requests().constLast().isBodyPattern);
        QCOMPARE(m_proxy->requests().constLast().requestBytes, 300'000);
    }

    void oneBitIsTurnedAtTheByteAsked_data() { everythingPassesUnchanged_data(); }

    void oneBitIsTurnedAtTheByteAsked()
    {
        QFETCH(const QByteArray, path);
        m_proxy->add({.action = Sabotage::Action::CorruptReply, .method = "GET", .after = 70'001});
        QByteArray expected = scriptedPattern(0, 100'000);
        expected[70'001] = static_cast<char>(expected[70'001] ^ 1);
        QCOMPARE(get(path)->body, expected);
        QCOMPARE(get(path)->body, scriptedPattern(0, 100'000));
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(m_proxy->requests().constFirst().isSabotaged);
    }

    void theReplyIsCutAtTheByteAsked()
    {
        m_proxy->add({.action = Sabotage::Action::CutReply, .path = "/pattern", .after = 5'000});
        QVERIFY(!get("pattern"));
        VERIFY_RESULT(get("pattern"));
        QCOMPARE(m_proxy->struck(), 1);
    }

    void theRequestIsCutAtTheByteAsked()
    {
        m_proxy->add({.action = Sabotage::Action::CutRequest, .method = "PUT", .after = 5'000});
        QVERIFY(!put(scriptedPattern(0, 300'000)));
        QCOMPARE(m_server->requestCount("PUT", "/upload"), 0);
        VERIFY_RESULT(put(scriptedPattern(0, 300'000)));
    }

    void theProxyAnswersInTheServersPlace()
    {
        m_proxy->add({.action = Sabotage::Action::Answer,
                      .method = {},
                      .path = "/pattern",
                      .times = 2,
                      .skip = 1,
                      .status = 503,
                      .headers = "Retry-After: 7\r\n"});
        QCOMPARE(get("pattern")->status, 200);
        QCOMPARE(get("pattern")->status, 503);
        const auto reply = get("pattern");
        QCOMPARE(reply->status, 503);
        QCOMPARE(reply->headers.value("Retry-After"), QByteArray("7"));
        QCOMPARE(get("pattern")->status, 200);
        QCOMPARE(m_server->requestCount("GET", "/pattern"), 2);
    }

    void aStallEndsWhenReleased()
    {
        m_proxy->add({.action = Sabotage::Action::StallReply, .path = "/pattern", .after = 50'000});
        std::optional<Result<HttpResponse>> reply;
        fetch(m_http.get(), request("GET", "pattern"), &reply);
        QTRY_COMPARE(m_proxy->stalled(), 1);
        QTest::qWait(50);
        QVERIFY(!reply);
        m_proxy->release();
        QTRY_VERIFY(reply);
        VERIFY_RESULT(*reply);
        QCOMPARE((*reply)->body, scriptedPattern(0, 100'000));
        QCOMPARE(m_proxy->stalled(), 0);
    }

private:
    [[nodiscard]] HttpRequest request(const QByteArray& method, const QByteArray& path) const
    {
        HttpRequest request;
        request.method = method;
        request.url = m_proxy->url().resolved(QUrl(QString::fromLatin1(path)));
        return request;
    }

    [[nodiscard]] Result<HttpResponse> get(const QByteArray& path) const
    {
        return QCoro::waitFor(m_http->send(request("GET", path), {}));
    }

    [[nodiscard]] Result<HttpResponse> put(const QByteArray& body) const
    {
        HttpRequest upload = request("PUT", "upload");
        upload.body = body;
        return QCoro::waitFor(m_http->send(upload, {}));
    }

    static Task<void> fetch(HttpClient* http, HttpRequest request, std::optional<Result<HttpResponse>>* reply)
    {
        auto result = co_await http->send(request, {});
        reply->emplace(std::move(result));
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::unique_ptr<HttpClient> m_http;
};

QTEST_GUILESS_MAIN(tst_SabotageProxy)
#include "tst_sabotageproxy.moc"
