// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "transfer/flights.h"

#include <QTest>
#include <QTimer>

#include <thread>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class tst_Flights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_key.digest = Digest::ofBytes(QByteArray::number(++m_number)); }

    void theFirstCarriesAndTheOthersDoNot()
    {
        Flights& flights = Flights::ofThread();
        const auto carrier = flights.board(m_key, u"gallery/ui"_s);
        QVERIFY(carrier);
        QVERIFY(!flights.board(m_key, u"gallery/ui"_s));
        QVERIFY(!flights.landedAt(m_key));
    }

    void otherPlacesAndOtherBlobsAreNotInTheWay()
    {
        Flights& flights = Flights::ofThread();
        const auto carrier = flights.board(m_key, u"gallery/ui"_s);
        const Flights::Key elsewhere{u"other.example"_s, m_key.digest};
        QVERIFY(flights.board(elsewhere, u"gallery/ui"_s));
        QVERIFY(flights.board({m_key.place, Digest::ofBytes("another")}, u"gallery/ui"_s));
    }

    void everyoneWaitingGoesOnWhenItLands()
    {
        Flights& flights = Flights::ofThread();
        auto carrier = flights.board(m_key, u"gallery/ui"_s);
        int over = 0;
        std::vector<Task<void>> waiting;
        for (int i = 0; i < 3; ++i)
            waiting.push_back(waitAndCount(m_key, &over));
        QTest::qWait(0);
        QCOMPARE(over, 0);
        carrier->landed();
        carrier.reset();
        QTRY_COMPARE(over, 3);
        QCOMPARE(flights.landedAt(m_key).value(), u"gallery/ui"_s);
    }

    void aFlightThatFailedLeavesTheWayFree()
    {
        Flights& flights = Flights::ofThread();
        auto carrier = flights.board(m_key, u"gallery/ui"_s);
        int over = 0;
        const auto waiting = waitAndCount(m_key, &over);
        carrier.reset();
        QTRY_COMPARE(over, 1);
        QVERIFY(!flights.landedAt(m_key));
        QVERIFY(flights.board(m_key, u"gallery/ui"_s));
    }

    void waitingForNothingReturnsAtOnce()
    {
        VERIFY_RESULT(QCoro::waitFor(Flights::ofThread().wait(m_key, {})));
    }

    void aStopEndsTheWait()
    {
        Flights& flights = Flights::ofThread();
        const auto carrier = flights.board(m_key, u"gallery/ui"_s);
        std::stop_source source;
        QTimer::singleShot(0, this, [&source] { source.request_stop(); });
        const auto waited = QCoro::waitFor(flights.wait(m_key, source.get_token()));
        COMPARE_ERROR(waited, Error::Code::Cancelled);
    }

    void theLastLandingCounts()
    {
        Flights& flights = Flights::ofThread();
        for (const auto& repository : {u"gallery/one"_s, u"gallery/two"_s}) {
            const auto carrier = flights.board(m_key, repository);
            carrier->landed();
        }
        QCOMPARE(flights.landedAt(m_key).value(), u"gallery/two"_s);
    }

    void threadsHaveTheirOwnTables()
    {
        const auto carrier = Flights::ofThread().board(m_key, u"gallery/ui"_s);
        bool isFree = false;
        std::thread([this, &isFree] { isFree = Flights::ofThread().board(m_key, {}) != nullptr; }).join();
        QVERIFY(isFree);
    }

private:
    static Task<void> waitAndCount(Flights::Key key, int* over)
    {
        const auto waited = co_await Flights::ofThread().wait(key, {});
        if (waited)
            ++*over;
    }

    Flights::Key m_key{u"registry.example"_s, {}};
    int m_number = 0;
};

QTEST_GUILESS_MAIN(tst_Flights)
#include "tst_flights.moc"
