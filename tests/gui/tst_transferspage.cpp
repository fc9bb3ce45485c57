// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "menuclicks.h"
#include "transfercards.h"

#include "support/registryprocess/registryprocess.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "ui/badge.h"

#include <QAbstractButton>
#include <QApplication>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QProcess>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace std::chrono_literals;
using namespace Tagboat::Testing;

namespace {

constexpr qint64 LayerSize = 1'000'000;

//! As the window system tells it, so that the press becomes a context menu.
void rightClick(WindowFixture& app, QWidget* widget)
{
    const QPoint at = widget->mapTo(&app.window(), QPoint(widget->width() / 2, 4));
    QTest::mouseClick(app.window().windowHandle(), Qt::RightButton, {}, at);
}

} // namespace

//! The Transfers page: transfers are paused, moved, limited and taken up again.
class TestTransfersPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_silent.listen(QHostAddress::LocalHost)); // takes connections and says nothing
        QVERIFY(m_registry.start());
        Testing::RandomImageOptions options;
        options.layerSizes = {LayerSize};
        options.isCompressible = false;
        m_image = Testing::randomImage(1, options);
        QVERIFY(push(m_image, u"gallery/ui:1"_s));
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void aCardIsPausedAndGoesOn()
    {
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        pullInVain(app, m_silent, {u"a"_s});
        QTRY_COMPARE_WITH_TIMEOUT(orderOf(app), u"a"_s, Patience);
        TransferCard* card = cardsOf(app).first();
        auto* button = part<QToolButton>(card, u"cardPause"_s);
        const auto* state = part<BadgeLabel>(card, u"cardState"_s);
        const auto* status = app.find<QAbstractButton>(u"transfersStatus"_s);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Preparing"_s, Patience);
        QVERIFY(button->accessibleName().startsWith(u"Pause"_s));
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(state->badge().text, u"paused"_s, Patience);
        QVERIFY(button->accessibleName().startsWith(u"Resume"_s));
        QTRY_COMPARE_WITH_TIMEOUT(status->text(), u"1 paused"_s, Patience);
        QVERIFY(!app.actions().pauseTransfer->isEnabled());
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Preparing"_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(status->text(), u"1 transfer"_s, Patience);
        // Space means the card that has the keyboard, not a button in it.
        card->setFocus();
        QTest::keyClick(card, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Paused"_s, Patience);
        QTest::keyClick(card, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Preparing"_s, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(app.actions().pauseTransfer->isEnabled(), Patience);
        QTest::keyClick(card, Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Paused"_s, Patience);
    }

    void whatIsPausedDoesNotKeepTheWindowOpen()
    {
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        pullInVain(app, m_silent, {u"a"_s});
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 1, Patience);
        click(part<QToolButton>(cardsOf(app).first(), u"cardPause"_s));
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Paused), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(app.find<QAbstractButton>(u"transfersStatus"_s)->text(), u"1 paused"_s,
                                  Patience);
        app.window().close();
        QVERIFY(!app.window().isVisible());
    }

    void theBarStaysWhereThePauseCameAndTheRestFollows()
    {
        SabotageProxy proxy(m_registry.port());
        QVERIFY(proxy.start());
        proxy.add({.action = Sabotage::Action::StallReply,
                   .method = "GET",
                   .path = layerPath(),
                   .after = LayerSize / 2});
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        pull(app, proxy.host() + u"/gallery/ui:1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cardsOf(app).size(), 1, Patience);
        TransferCard* card = cardsOf(app).first();
        const auto* bar = part<QProgressBar>(card, u"cardProgress"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bar->maximum() > 0 && bar->value() > bar->maximum() / 3, Patience);
        click(part<QToolButton>(card, u"cardPause"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Paused"_s, Patience);
        QVERIFY(bar->maximum() > 0 && bar->value() > bar->maximum() / 3);
        QVERIFY(!bar->isEnabled());
        QVERIFY(bar->isVisible());
        proxy.release();
        click(part<QToolButton>(card, u"cardPause"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Done"_s, Patience);
    }

    void cardsMoveByKeyAndMenu()
    {
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        pullInVain(app, m_silent, {u"a"_s, u"b"_s, u"c"_s, u"d"_s});
        QTRY_COMPARE_WITH_TIMEOUT(orderOf(app), u"abcd"_s, Patience);
        TransferCard* last = cardsOf(app).last();
        QTest::mouseClick(last, Qt::LeftButton, {}, QPoint(4, 4));
        QVERIFY(!app.actions().moveTransferDown->isEnabled());
        QTest::keyClick(last, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(orderOf(app), u"abdc"_s, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(app.actions().moveTransferDown->isEnabled(), Patience);
        QTest::keyClick(last, Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(orderOf(app), u"abcd"_s, Patience);
        chooseFromNextMenu({u"actionMoveTransferTop"_s});
        rightClick(app, last);
        QTRY_COMPARE_WITH_TIMEOUT(orderOf(app), u"dabc"_s, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!app.actions().moveTransferUp->isEnabled(), Patience);
    }

    void allArePausedAndGoOnByOneButton()
    {
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        auto* pauseAll = app.find<QAbstractButton>(u"transfersPage/pauseAllButton"_s);
        auto* resumeAll = app.find<QAbstractButton>(u"transfersPage/resumeAllButton"_s);
        QVERIFY(!pauseAll->isVisible() && !resumeAll->isVisible());
        pullInVain(app, m_silent, {u"a"_s, u"b"_s});
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(pauseAll->isVisible() && pauseAll->isEnabled(), Patience);
        click(pauseAll);
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Paused), 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!pauseAll->isVisible() && resumeAll->isVisible() && resumeAll->isEnabled(),
                                 Patience);
        click(resumeAll);
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Preparing), 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(pauseAll->isVisible() && !resumeAll->isVisible(), Patience);
    }

    void theLimitThatIsChosenHoldsAtTheNextStartToo()
    {
        {
            WindowFixture app(m_home->path());
            QVERIFY(showTransfers(app));
            auto* button = app.find<QAbstractButton>(u"transfersPage/limitButton"_s);
            QCOMPARE(button->text(), u"No limit"_s);
            chooseFromNextMenu({u"limit512000"_s});
            click(button);
            QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"512 kB/s"_s, Patience);
            QTRY_COMPARE_WITH_TIMEOUT(app.workbench().transferRate(), qint64(512'000), Patience);
        }
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        auto* button = app.find<QAbstractButton>(u"transfersPage/limitButton"_s);
        QCOMPARE(button->text(), u"512 kB/s"_s);
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        pull(app, m_registry.host() + u"/gallery/ui:1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto job = finished.front().front().value<JobSnapshot>();
        QCOMPARE(stateOf(job), u"Done"_s);
        // A quarter of a second's worth is free.
        QVERIFY(job.startedAt.msecsTo(job.finishedAt) > (LayerSize - 128'000) * 1000 / 512'000 - 100);
        chooseFromNextMenu({u"limit0"_s});
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(app.workbench().transferRate(), qint64(0), Patience);
        QCOMPARE(button->text(), u"No limit"_s);
    }

    void anyOtherLimitIsAskedFor()
    {
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        auto* button = app.find<QAbstractButton>(u"transfersPage/limitButton"_s);
        chooseFromNextMenu({u"limitOther"_s});
        click(button);
        QTRY_VERIFY_WITH_TIMEOUT(app.window().findChild<QInputDialog*>(u"limitDialog"_s), Patience);
        auto* dialog = app.window().findChild<QInputDialog*>(u"limitDialog"_s);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isVisible(), Patience);
        QCOMPARE(button->text(), u"No limit"_s);
        dialog->setDoubleValue(2.5);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"2.5 MB/s"_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(app.workbench().transferRate(), qint64(2'500'000), Patience);
    }

    void oneTransferHasALimitOfItsOwn()
    {
        SabotageProxy proxy(m_registry.port());
        QVERIFY(proxy.start());
        proxy.add({.action = Sabotage::Action::StallReply, .method = "GET", .path = layerPath(), .after = 1});
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        pull(app, proxy.host() + u"/gallery/ui:1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Running), 1, Patience);
        TransferCard* card = cardsOf(app).first();
        QTRY_COMPARE_WITH_TIMEOUT(proxy.stalled(), 1, Patience);
        click(part<QToolButton>(card, u"cardPause"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Paused"_s, Patience);
        QMenu* limits = app.find<QMenu>(u"limitOneMenu"_s);
        chooseFromNextMenu({u"limitOneMenu"_s, u"limit512000"_s});
        rightClick(app, card);
        QTRY_VERIFY_WITH_TIMEOUT(limits->findChild<QAction*>(u"limit512000"_s)->isChecked(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activePopupWidget(), Patience);
        QCOMPARE(app.workbench().transferRate(), qint64(0));
        proxy.release();
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        click(part<QToolButton>(card, u"cardPause"_s));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto job = finished.front().front().value<JobSnapshot>();
        QCOMPARE(stateOf(job), u"Done"_s);
        QVERIFY(job.startedAt.msecsTo(job.finishedAt) > (LayerSize - 128'000) * 1000 / 512'000 - 100);
    }

    void aStalledTransferSaysWhyAndWhenAndTriesAtOnce()
    {
        SabotageProxy proxy(m_registry.port());
        QVERIFY(proxy.start());
        proxy.add({.action = Sabotage::Action::Answer,
                   .method = "GET",
                   .path = layerPath(),
                   .times = -1,
                   .status = 503,
                   .headers = "Retry-After: 100\r\n"});
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        pull(app, proxy.host() + u"/gallery/ui:1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cardsOf(app).size(), 1, Patience);
        TransferCard* card = cardsOf(app).first();
        const auto* text = part<QLabel>(card, u"stallText"_s);
        QTRY_VERIFY_WITH_TIMEOUT(text->isVisible(), Patience);
        QVERIFY2(text->text().contains(proxy.host()) && text->text().contains(u"Next try in 1:"_s),
                 qPrintable(text->text()));
        const QString first = text->text();
        QTRY_VERIFY_WITH_TIMEOUT(text->text() != first, Patience); // it counts
        QVERIFY(text->text().contains(u"Next try in 1:"_s));
        proxy.clear();
        click(part<QToolButton>(card, u"stallTryNow"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(card->job()), u"Done"_s, Patience);
        QVERIFY(!text->isVisible());
    }

private:
    //! Part of the path under which the layer is fetched.
    [[nodiscard]] QByteArray layerPath() const
    {
        const auto blobs = m_image.blobs;
        const auto layer =
            std::ranges::find_if(blobs, [](const auto& blob) { return !blob.diffId.isNull(); });
        return layer->descriptor.digest.toString().toLatin1();
    }

    [[nodiscard]] bool push(const Testing::RandomImage& image, const QString& name) const
    {
        const QTemporaryDir folder;
        image.writeLayout(folder.path() + u"/layout"_s, {u"it"_s});
        QProcess skopeo;
        skopeo.start(u"skopeo"_s,
                     {u"copy"_s, u"--dest-tls-verify=false"_s, u"oci:"_s + folder.path() + u"/layout:it"_s,
                      u"docker://"_s + m_registry.host() + u'/' + name});
        if (skopeo.waitForFinished(60'000) && skopeo.exitCode() == 0)
            return true;
        qWarning("%s", skopeo.readAllStandardError().constData());
        return false;
    }

    QTcpServer m_silent;
    RegistryProcess m_registry;
    Testing::RandomImage m_image;
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestTransfersPage)
#include "tst_transferspage.moc"
