// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loopbackport.h"
#include "net/line.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QElapsedTimer>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! A host with several addresses, some of which lead nowhere.
class TestLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deadAddressDoesNotHoldUp_data();
    void deadAddressDoesNotHoldUp();
    void refusedAddressIsPassedBy();
    void slowAddressIsNotLostForADeadOne();
    void lastAddressMayTakeItsTime();
    void failsWhenAllHaveFailed();
    void stopEndsTheTrying();

private:
    [[nodiscard]] static Task<Result<std::shared_ptr<Line>>>
    connectToAny(const QStringList& addresses, quint16 port, bool isTls = false, std::stop_token stop = {});
};

Task<Result<std::shared_ptr<Line>>> TestLine::connectToAny(const QStringList& addresses, quint16 port,
                                                           bool isTls, std::stop_token stop)
{
    Target target;
    target.url.setScheme(isTls ? u"https"_s : u"http"_s);
    target.url.setHost(u"localhost"_s);
    target.url.setPort(port);
    target.policy.extraCa = {TestCertificate::forLoopback().certificate};
    QList<QHostAddress> parsed;
    for (const QString& address : addresses)
        parsed += QHostAddress(address);
    return Line::connectToAny(parsed, target, std::make_shared<Activity>(20s), std::move(stop));
}

void TestLine::deadAddressDoesNotHoldUp_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestLine::deadAddressDoesNotHoldUp()
{
    QFETCH(const bool, isTls);
    ScriptedServer server;
    if (isTls)
        server.useTls(TestCertificate::forLoopback());
    QVERIFY(server.listen());
    const LoopbackPort dead("127.0.0.2", server.port());
    const LoopbackPort alsoDead("127.0.0.3", server.port());
    QVERIFY(dead.isSilent() && alsoDead.isSilent());
    const auto line =
        QCoro::waitFor(connectToAny({u"127.0.0.2"_s, u"127.0.0.3"_s, u"127.0.0.1"_s}, server.port(), isTls));
    VERIFY_RESULT(line);
    QVERIFY2((*line)->isUp(), qPrintable((*line)->failure().toString()));
    (*line)->write("GET /nothing HTTP/1.1\r\n\r\n");
    QTRY_VERIFY((*line)->received().startsWith("HTTP/1.1 404"));
    QCOMPARE(server.connectionCount(), 1);
    QVERIFY((*line)->isUp()); // what the others come to is of no interest any more
}

void TestLine::refusedAddressIsPassedBy()
{
    ScriptedServer server;
    QVERIFY(server.listen());
    const auto line =
        QCoro::waitFor(connectToAny({u"127.0.0.2"_s, u"127.0.0.3"_s, u"127.0.0.1"_s}, server.port()));
    VERIFY_RESULT(line);
    QVERIFY2((*line)->isUp(), qPrintable((*line)->failure().toString()));
}

void TestLine::slowAddressIsNotLostForADeadOne()
{
    const LoopbackPort slow("127.0.0.2");
    const LoopbackPort dead("127.0.0.3", slow.port());
    QVERIFY(slow.isSilent() && dead.isSilent());
    auto connecting = connectToAny({u"127.0.0.2"_s, u"127.0.0.3"_s}, slow.port());
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 2200); // longer than anybody waits before the second is tried
    QVERIFY(!connecting.isReady());
    slow.answer();
    const auto line = QCoro::waitFor(std::move(connecting));
    VERIFY_RESULT(line);
    QVERIFY2((*line)->isUp(), qPrintable((*line)->failure().toString()));
}

void TestLine::lastAddressMayTakeItsTime()
{
    const LoopbackPort slow("127.0.0.3");
    LoopbackPort closing("127.0.0.2", slow.port());
    QVERIFY(slow.isSilent() && closing.isSilent());
    auto connecting = connectToAny({u"127.0.0.2"_s, u"127.0.0.3"_s}, slow.port());
    closing.refuse(); // told to who tries again
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 2200); // nothing is left that could be tried after it
    QVERIFY(!connecting.isReady());
    slow.answer();
    const auto line = QCoro::waitFor(std::move(connecting));
    VERIFY_RESULT(line);
    QVERIFY2((*line)->isUp(), qPrintable((*line)->failure().toString()));
}

void TestLine::failsWhenAllHaveFailed()
{
    LoopbackPort closing("127.0.0.2");
    QVERIFY(closing.isSilent());
    auto connecting = connectToAny({u"127.0.0.3"_s, u"127.0.0.2"_s, u"127.0.0.4"_s}, closing.port());
    QVERIFY(!connecting.isReady());
    closing.refuse();
    const auto line = QCoro::waitFor(std::move(connecting));
    VERIFY_RESULT(line);
    QVERIFY(!(*line)->isUp());
    QVERIFY((*line)->failure().code == Error::Code::Network);
    QVERIFY2((*line)->failure().message.contains(u"refused"_s), qPrintable((*line)->failure().toString()));
}

void TestLine::stopEndsTheTrying()
{
    const LoopbackPort dead("127.0.0.2");
    const LoopbackPort alsoDead("127.0.0.3", dead.port());
    std::stop_source stop;
    auto connecting = connectToAny({u"127.0.0.2"_s, u"127.0.0.3"_s}, dead.port(), false, stop.get_token());
    QVERIFY(!connecting.isReady());
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(std::move(connecting)), Error::Code::Cancelled);
}

QTEST_GUILESS_MAIN(TestLine)
#include "tst_line.moc"
