// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfercards.h"

#include <QAbstractButton>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Transfers that the program's end cut off.
class TestInterruptedTransfers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_silent.listen(QHostAddress::LocalHost)); // takes connections and says nothing
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void interruptedTransfersAreOfferedAtTheNextStart()
    {
        {
            WindowFixture app(m_home->path());
            QVERIFY(showTransfers(app));
            pullInVain(app, m_silent, {u"a"_s, u"b"_s});
            QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 2, Patience);
        }
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* windowStrip = app.find<QWidget>(u"windowStrip"_s);
        QTRY_VERIFY_WITH_TIMEOUT(windowStrip->isVisible(), Patience);
        click(part<QAbstractButton>(windowStrip, u"stripRemedy0"_s));
        auto* strip = app.find<QWidget>(u"interruptedStrip"_s);
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), Patience);
        QVERIFY(!windowStrip->isVisible());
        QCOMPARE(part<QLabel>(strip, u"stripTitle"_s)->text(), u"2 transfers were interrupted."_s);
        QVERIFY(!part<QWidget>(strip, u"stripClose"_s)->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Interrupted), 2, Patience);
        auto* resume = part<QToolButton>(cardsOf(app).first(), u"cardRetry"_s);
        QCOMPARE(resume->text(), u"Resume"_s);
        click(resume);
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(part<QLabel>(strip, u"stripTitle"_s)->text(),
                                  u"1 transfer was interrupted."_s, Patience);
        click(part<QAbstractButton>(strip, u"stripRemedy0"_s));
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), Patience);
    }

    void whatIsDismissedIsNotOfferedAgain()
    {
        {
            WindowFixture app(m_home->path());
            QVERIFY(showTransfers(app));
            pullInVain(app, m_silent, {u"a"_s});
            QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 1, Patience);
        }
        {
            WindowFixture app(m_home->path());
            QVERIFY(showTransfers(app));
            auto* strip = app.find<QWidget>(u"interruptedStrip"_s);
            QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), Patience);
            click(part<QAbstractButton>(strip, u"stripRemedy1"_s));
            QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), Patience);
        }
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Interrupted), 1, Patience);
        QVERIFY(!app.find<QWidget>(u"interruptedStrip"_s)->isVisible());
        click(part<QToolButton>(cardsOf(app).first(), u"cardRetry"_s)); // the card still offers it
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 1, Patience);
    }

private:
    QTcpServer m_silent;
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestInterruptedTransfers)
#include "tst_interruptedtransfers.moc"
