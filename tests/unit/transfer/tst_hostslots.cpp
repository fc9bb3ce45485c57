// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "transfer/hostslots.h"

#include <QTest>

#include <optional>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

//! One that wants a place, and what it got.
struct Guest
{
    std::optional<Result<HostSlots::Permit>> got;
    std::stop_source stop;

    static Task<void> come(std::shared_ptr<Guest> self, QString host, int most, HostSlots::Rank rank)
    {
        auto got = co_await HostSlots::acquire(host, most, std::move(rank), self->stop.get_token());
        self->got.emplace(std::move(got));
    }
    [[nodiscard]] bool isIn() const { return got && got->has_value(); }
    void leave() { got.reset(); }
};
using GuestPtr = std::shared_ptr<Guest>;

GuestPtr guest(const QString& host, int most, HostSlots::Rank rank = {})
{
    auto made = std::make_shared<Guest>();
    Guest::come(made, host, most, std::move(rank));
    return made;
}

} // namespace

class TestHostSlots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAreBoundedByHost()
    {
        const auto a = guest(u"one"_s, 2), b = guest(u"one"_s, 2), c = guest(u"one"_s, 2);
        const auto other = guest(u"two"_s, 2);
        QTRY_VERIFY(a->isIn() && b->isIn() && other->isIn());
        QVERIFY(!c->got);
        a->leave();
        QTRY_VERIFY(c->isIn());
    }

    void whoHasSentAllMakesRoomAndStillTellsOfABreak()
    {
        const auto a = guest(u"passing"_s, 2), b = guest(u"passing"_s, 2), c = guest(u"passing"_s, 2),
                   d = guest(u"passing"_s, 2);
        QTRY_VERIFY(a->isIn() && b->isIn());
        QVERIFY(!c->got);
        (*a->got)->pass();
        (*a->got)->pass(); // is no second place
        QTRY_VERIFY(c->isIn());
        QCoreApplication::processEvents();
        QVERIFY(!d->got);
        (*a->got)->lineBroke();
        QCOMPARE(HostSlots::ofThread().allowed(u"passing"_s, 2), 1);
        a->leave(); // nor a third
        b->leave();
        QCoreApplication::processEvents();
        QVERIFY(!d->got); // one place, and c has it
        c->leave();
        QTRY_VERIFY(d->isIn());
    }

    void aLocalPlaceHasNoBound()
    {
        QList<GuestPtr> all;
        for (int i = 0; i < 50; ++i)
            all.append(guest({}, 1));
        QTRY_VERIFY(std::ranges::all_of(all, &Guest::isIn));
    }

    void whoRanksFirstIsNextHoweverLateHeCame()
    {
        int lateRank = 9;
        const auto in = guest(u"ranks"_s, 1);
        const auto early = guest(u"ranks"_s, 1, [] { return 5; });
        const auto late = guest(u"ranks"_s, 1, [&lateRank] { return lateRank; });
        const auto alsoEarly = guest(u"ranks"_s, 1, [] { return 5; });
        QTRY_VERIFY(in->isIn());
        lateRank = 1; // moved up while it waits
        in->leave();
        QTRY_VERIFY(late->isIn());
        late->leave();
        QTRY_VERIFY(early->isIn());
        QVERIFY(!alsoEarly->got);
        early->leave();
        QTRY_VERIFY(alsoEarly->isIn());
    }

    void breaksHalveThePlacesAndCalmGivesThemBack()
    {
        const QString host = u"poor"_s;
        auto a = guest(host, 4);
        QTRY_VERIFY(a->isIn());
        QCOMPARE(HostSlots::ofThread().allowed(host, 4), 4);
        (*a->got)->lineBroke();
        QCOMPARE(HostSlots::ofThread().allowed(host, 4), 2);
        (*a->got)->lineBroke();
        (*a->got)->lineBroke();
        (*a->got)->lineBroke();
        QCOMPARE(HostSlots::ofThread().allowed(host, 4), 1);
        const auto b = guest(host, 4);
        QTest::qWait(20);
        QVERIFY(!b->got);
        QCOMPARE(HostSlots::ofThread().allowed(u"rich"_s, 4), 4); // another host is not touched
        for (int i = 0; i < 4; ++i)
            (*a->got)->moved(32 * 1024 * 1024);
        QCOMPARE(HostSlots::ofThread().allowed(host, 4), 4);
        QTRY_VERIFY(b->isIn());
    }

    void aStopEndsTheWaitAndTakesNoPlace()
    {
        const auto in = guest(u"stop"_s, 1);
        const auto waits = guest(u"stop"_s, 1);
        QTRY_VERIFY(in->isIn());
        waits->stop.request_stop();
        QTRY_VERIFY(waits->got);
        COMPARE_ERROR(*waits->got, Error::Code::Cancelled);
        const auto next = guest(u"stop"_s, 1);
        in->leave();
        QTRY_VERIFY(next->isIn());
    }
};

QTEST_GUILESS_MAIN(TestHostSlots)
#include "tst_hostslots.moc"
