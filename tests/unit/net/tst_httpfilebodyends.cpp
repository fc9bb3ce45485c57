// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filebodies.h"

#include <QElapsedTimer>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Bodies that lie in a plain file, and servers that do not let all of it come.
class TestHttpFileBodyEnds : public QObject, private FileBodiesBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(setUp()); }

    void earlyRefusalIsHeard_data();
    void earlyRefusalIsHeard();
    void earlySuccessStillSendsAll();
    void stopIsObeyed();
    void stalledServerIsATimeout();
    void serverThatGoesIsANetworkError_data();
    void serverThatGoesIsANetworkError();
};

void TestHttpFileBodyEnds::earlyRefusalIsHeard_data()
{
    QTest::addColumn<int>("ending");
    QTest::addColumn<bool>("stopsReading");
    QTest::newRow("server goes on reading") << int(ScriptedAnswer::Ending::KeepAlive) << false;
    QTest::newRow("server stops reading") << int(ScriptedAnswer::Ending::Hang) << true;
    QTest::newRow("server closes") << int(ScriptedAnswer::Ending::Close) << true;
    QTest::newRow("server resets") << int(ScriptedAnswer::Ending::Reset) << true;
}

void TestHttpFileBodyEnds::earlyRefusalIsHeard()
{
    QFETCH(int, ending);
    QFETCH(bool, stopsReading);
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [&](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::json(413, R"({"errors":[{"code":"SIZE_INVALID"}]})");
        answer.ending = ScriptedAnswer::Ending(ending);
        answer.stopsReading = stopsReading;
        return answer;
    });
    for (int round = 0; round < 5; ++round) {
        const auto body = source();
        qint64 sent = 0;
        HttpRequest made = upload(body);
        made.uploadProgress = [&](qint64 done) { sent = done; };
        const auto response = send(made);
        VERIFY_RESULT(response);
        QCOMPARE(response->status, 413);
        QCOMPARE(response->body, R"({"errors":[{"code":"SIZE_INVALID"}]})"_ba);
        QVERIFY2(sent < LargeSize, "what nobody wants need not be sent");
        QCOMPARE(body->reads, 0);
    }
}

void TestHttpFileBodyEnds::earlySuccessStillSendsAll()
{
    makeFile(LargeSize);
    m_server->onHead("PUT", "/early",
                     [](const ScriptedRequest&) { return ScriptedAnswer::text(200, "fine"); });
    qint64 sent = 0;
    HttpRequest made = upload(source());
    made.url = m_server->url("/early");
    made.uploadProgress = [&](qint64 done) { sent = done; };
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "fine"_ba);
    QCOMPARE(sent, LargeSize);
    VERIFY_RESULT(send(upload(source())));
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpFileBodyEnds::stopIsObeyed()
{
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::hang();
        answer.stopsReading = true;
        return answer;
    });
    qint64 sent = 0;
    HttpRequest made = upload(source());
    made.uploadProgress = [&](qint64 done) { sent = done; };
    std::stop_source stop;
    auto task = m_client->send(made, stop.get_token());
    QTRY_VERIFY(sent > 0);
    QVERIFY(!task.isReady());
    QElapsedTimer clock;
    clock.start();
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);
    QVERIFY(clock.elapsed() < 3000);
    QVERIFY(sent < LargeSize);
    // That connection is not used again.
    HttpRequest next = upload(source());
    next.url = m_server->url("/next");
    VERIFY_RESULT(send(next));
    QCOMPARE(m_server->connectionCount(), 2);
}

void TestHttpFileBodyEnds::stalledServerIsATimeout()
{
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::hang();
        answer.stopsReading = true;
        return answer;
    });
    qint64 sent = 0;
    HttpRequest made = upload(source());
    made.uploadProgress = [&](qint64 done) { sent = done; };
    made.idleTimeout = 500ms;
    made.replyTimeout = 1h; // not before all has been sent
    COMPARE_ERROR(send(made), Error::Code::Timeout);
    QVERIFY(sent < LargeSize);
}

void TestHttpFileBodyEnds::serverThatGoesIsANetworkError_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::newRow("closes") << false;
    QTest::newRow("resets") << true;
}

void TestHttpFileBodyEnds::serverThatGoesIsANetworkError()
{
    QFETCH(bool, isReset);
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.raw = "H"; // goes in the middle of its reply
        answer.ending = isReset ? ScriptedAnswer::Ending::Reset : ScriptedAnswer::Ending::Close;
        answer.stopsReading = true;
        return answer;
    });
    for (int round = 0; round < 5; ++round) {
        const auto response = send(upload(source()));
        COMPARE_ERROR(response, Error::Code::Network);
        QVERIFY2(response.error().message.contains(u"closed"_s), qPrintable(response.error().toString()));
    }
}

QTEST_GUILESS_MAIN(TestHttpFileBodyEnds)
#include "tst_httpfilebodyends.moc"
