// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "menuclicks.h"
#include "registrywindow.h"
#include "transfercards.h"

#include "models/imagecolumns.h"
#include "support/goldenbase.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "ui/messagestrip.h"
#include "ui/outdateddialog.h"
#include "ui/pulldialog.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

/*!
 * \brief A base moves on, and the window tells: a badge, the overview, the view of all outdated images, the
 * way to the new base. By clicks, against a real registry behind a proxy that counts.
 */
class TestRadar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theBadgeAppearsAndLeadsToTheNewBase();
    void theOverviewTellsTheBase();
    void theFlatListTellsWhichName();
    void theKeyboardReachesItAll();
    void whatCannotBeAskedIsNotOutdated();
    void anEmptyViewTeaches();
    void onceADayOnlyWhereSomebodyWantsIt();

private:
    //! The app image is here, its base was pulled, and has moved on since if \a hasMoved.
    [[nodiscard]] bool prepare(WindowFixture& app, bool hasMoved = true);
    [[nodiscard]] static QModelIndex rowOf(const WindowFixture& app, const QString& text);
    [[nodiscard]] static QStringList badges(const QModelIndex& index);
    [[nodiscard]] static QAbstractButton* newsButton(const WindowFixture& app)
    {
        return app.find<QAbstractButton>(u"imagesPage/newsButton"_s);
    }
    [[nodiscard]] static OutdatedDialog* outdatedDialog(const WindowFixture& app)
    {
        auto* const dialog = const_cast<WindowFixture&>(app).window().findChild<OutdatedDialog*>();
        return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
    }
    [[nodiscard]] QString base() const { return m_proxy->host() + u"/golden/python:3.13"_s; }
    [[nodiscard]] QString stored() const { return m_registry->host() + u"/golden/python:3.13"_s; }

    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestRadar::init()
{
    m_registry = std::make_unique<RegistryProcess>();
    QVERIFY(m_registry->start());
    m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
    QVERIFY(m_proxy->start());
    m_home = std::make_unique<QTemporaryDir>();
    imageOnBase(1).writeLayout(WindowFixture::storeOf(m_home->path()), {u"docker.io/team/app:v1"_s});
}

void TestRadar::cleanup()
{
    m_proxy.reset();
    m_registry.reset();
}

bool TestRadar::prepare(WindowFixture& app, bool hasMoved)
{
    if (!putIntoRegistry(baseImage(), stored()) || !app.show())
        return false;
    pull(app, base());
    if (!QTest::qWaitFor([&] { return rowOf(app, base()).isValid(); }, Patience))
        return false;
    const bool isKnown = QTest::qWaitFor(
        [&] {
            return std::ranges::any_of(app.workbench().news(), [](const ImageNews& news) {
                return !news.bases.isEmpty() && !news.bases.first().tags.isEmpty();
            });
        },
        Patience);
    if (!isKnown || (hasMoved && !putIntoRegistry(newerBaseImage(), stored())))
        return false;
    m_proxy->forgetRequests();
    return true;
}

QModelIndex TestRadar::rowOf(const WindowFixture& app, const QString& text)
{
    const auto* const model = app.find<QTreeView>(u"imagesPage/tree"_s)->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() == text)
            return model->index(row, 0);
    }
    return {};
}

QStringList TestRadar::badges(const QModelIndex& index)
{
    QStringList texts;
    const auto all = index.data(Role::Badges).value<QList<Badge>>();
    for (const Badge& badge : all)
        texts.append(badge.text);
    return texts;
}

void TestRadar::theBadgeAppearsAndLeadsToTheNewBase()
{
    WindowFixture app(m_home->path());
    QVERIFY(prepare(app));
    QAbstractButton* const button = newsButton(app);
    QCOMPARE(button->text(), u"Check for newer"_s);
    QVERIFY(badges(rowOf(app, u"team/app:v1"_s)).isEmpty());
    QVERIFY(!rowOf(app, u"team/app:v1"_s).data(ImageRole::IsOutdated).toBool());

    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"2 outdated"_s, Patience);
    const QModelIndex onIt = rowOf(app, u"team/app:v1"_s);
    QCOMPARE(badges(onIt), QStringList{u"base moved on"_s});
    QVERIFY(onIt.data(ImageRole::IsOutdated).toBool());
    QVERIFY(onIt.data(Qt::AccessibleTextRole).toString().contains(u"base moved on"_s));
    const QString tip = onIt.data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(base()) && tip.contains(baseImage().target.digest.toString())
                 && tip.contains(newerBaseImage().target.digest.toString()) && tip.contains(u"just now"_s),
             qPrintable(tip));
    QCOMPARE(badges(rowOf(app, base())), QStringList{u"newer in registry"_s});
    for (const ProxiedRequest& request : m_proxy->requests())
        QCOMPARE(request.method, "HEAD"_ba);

    click(button);
    OutdatedDialog* const dialog = outdatedDialog(app);
    QVERIFY(dialog);
    QVERIFY(!dialog->isModal());
    const auto* const list = part<QTreeWidget>(dialog, u"list"_s);
    QTRY_COMPARE(list->topLevelItemCount(), 2); // the base, and its own newer self
    const QTreeWidgetItem* const group = list->topLevelItem(0);
    QCOMPARE(group->text(0), base());
    QCOMPARE(group->text(1), baseImage().target.digest.shortHex());
    QCOMPARE(group->text(2), newerBaseImage().target.digest.shortHex());
    QCOMPARE(group->childCount(), 1);
    QCOMPARE(group->child(0)->text(0), u"team/app:v1"_s);
    QVERIFY(group->isExpanded());

    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(group).center());
    auto* const pullButton = part<QAbstractButton>(dialog, u"pullButton"_s);
    QCOMPARE(pullButton->text(), u"Pull new base…"_s);
    click(pullButton);
    auto* const pulling = dialog->findChild<PullDialog*>();
    QVERIFY(pulling && QTest::qWaitForWindowExposed(pulling));
    QCOMPARE(part<QLineEdit>(pulling, u"referenceEdit"_s)->text(), base());
    QTRY_VERIFY_WITH_TIMEOUT(part<QAbstractButton>(pulling, u"pullButton"_s)->isEnabled(), Patience);
    click(part<QAbstractButton>(pulling, u"pullButton"_s));
    // The new base is here; what stands on the old one still does, and the base is no news any more.
    QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"1 outdated"_s, Patience);
    QCOMPARE(badges(rowOf(app, u"team/app:v1"_s)), QStringList{u"base moved on"_s});
    QTRY_COMPARE(list->topLevelItemCount(), 1);
}

void TestRadar::theOverviewTellsTheBase()
{
    WindowFixture app(m_home->path());
    QVERIFY(prepare(app));
    auto* const tree = app.find<QTreeView>(u"imagesPage/tree"_s);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualRect(rowOf(app, u"team/app:v1"_s)).center());
    const auto fact = [&app] { return app.find<QLabel>(u"imagesPage/factBase"_s)->text(); };
    QTRY_VERIFY2(fact().startsWith(base() + u" (by its layers) — up to date"_s), qPrintable(fact()));
    QVERIFY(!app.find<QWidget>(u"imagesPage"_s)->findChild<QAbstractButton*>(u"pullBaseButton"_s));
    click(app.find<QAbstractButton>(u"imagesPage/checkImageButton"_s));
    QTRY_VERIFY2(fact().contains(u"moved on, checked just now"_s), qPrintable(fact()));
    // Only what was asked for was asked about.
    QCOMPARE(m_proxy->count("HEAD", "/v2/golden/python/manifests/3.13"), 1);
    click(app.find<QAbstractButton>(u"imagesPage/pullBaseButton"_s));
    auto* const pulling = app.window().findChild<PullDialog*>();
    QVERIFY(pulling && QTest::qWaitForWindowExposed(pulling));
    QCOMPARE(part<QLineEdit>(pulling, u"referenceEdit"_s)->text(), base());
    pulling->close();

    // The base has its own line.
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(rowOf(app, base())).center());
    QTRY_VERIFY(app.find<QLabel>(u"imagesPage/factInRegistry"_s)->text().contains(u"newer in registry"_s));
    QVERIFY(fact().contains(u"not known"_s));
}

void TestRadar::theFlatListTellsWhichName()
{
    WindowFixture app(m_home->path());
    QVERIFY(prepare(app));
    const QString alias = u"golden/python:mine"_s;
    QVERIFY(QTest::qWaitFor(
        [done = app.workbench().tag(base(), {u"docker.io/"_s + alias})] { return done.isFinished(); }));
    QTest::keyClick(&app.window(), Qt::Key_G, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(app, alias).isValid() && rowOf(app, base()).isValid(), Patience);
    QTest::keyClick(&app.window(), Qt::Key_F6);
    QTRY_VERIFY_WITH_TIMEOUT(badges(rowOf(app, base())).contains(u"newer in registry"_s), Patience);
    QVERIFY(rowOf(app, base()).data(ImageRole::IsOutdated).toBool());
    QVERIFY(!badges(rowOf(app, alias)).contains(u"newer in registry"_s));
    QVERIFY(!rowOf(app, alias).data(ImageRole::IsOutdated).toBool());
    QVERIFY(badges(rowOf(app, u"team/app:v1"_s)).contains(u"base moved on"_s));
}

void TestRadar::theKeyboardReachesItAll()
{
    WindowFixture app(m_home->path());
    QVERIFY(prepare(app));
    QTest::keyClick(&app.window(), Qt::Key_F6);
    QTRY_COMPARE_WITH_TIMEOUT(newsButton(app)->text(), u"2 outdated"_s, Patience);
    QTest::keyClick(&app.window(), Qt::Key_F7);
    OutdatedDialog* const dialog = outdatedDialog(app);
    QVERIFY(dialog);
    auto* const list = part<QTreeWidget>(dialog, u"list"_s);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(newerBaseImage().target.digest.toString()));
    QTest::keyClick(list, Qt::Key_Down);
    click(part<QAbstractButton>(dialog, u"showButton"_s));
    QTRY_COMPARE(
        app.find<QTreeView>(u"imagesPage/tree"_s)->currentIndex().siblingAtColumn(0).data().toString(),
        u"team/app:v1"_s);
    click(part<QAbstractButton>(dialog, u"copyButton"_s));
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(base()) && copied.contains(u"team/app:v1"_s), qPrintable(copied));
    // Once more, for this one alone.
    m_proxy->forgetRequests();
    chooseFromNextMenu({u"checkChosen"_s});
    const QPoint at = list->visualItemRect(list->currentItem()).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, at);
    QContextMenuEvent menu(QContextMenuEvent::Mouse, at, list->viewport()->mapToGlobal(at));
    QApplication::sendEvent(list->viewport(), &menu);
    QTRY_COMPARE_WITH_TIMEOUT(m_proxy->count("HEAD", "/manifests/3.13"), 1, Patience);
    // Opened again it is the same one.
    QTest::keyClick(&app.window(), Qt::Key_F7);
    QCOMPARE(app.window().findChildren<OutdatedDialog*>().size(), 1);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!app.window().findChild<OutdatedDialog*>());
}

void TestRadar::whatCannotBeAskedIsNotOutdated()
{
    WindowFixture app(m_home->path());
    QVERIFY(prepare(app));
    m_proxy->add({.action = Sabotage::Action::Answer,
                  .method = "HEAD",
                  .times = -1,
                  .status = 429,
                  .headers = "Retry-After: 300\r\n"});
    QTest::keyClick(&app.window(), Qt::Key_F7);
    OutdatedDialog* const dialog = outdatedDialog(app);
    QVERIFY(dialog);
    auto* const check = part<QAbstractButton>(dialog, u"emptyCheckButton"_s);
    QVERIFY(check->isVisible());
    click(check);
    QTRY_VERIFY_WITH_TIMEOUT(part<MessageStrip>(dialog, u"strip"_s)->isVisible(), Patience);
    QVERIFY(part<QLabel>(dialog, u"stripText"_s)->text().contains(m_proxy->host()));
    const auto* const list = part<QTreeWidget>(dialog, u"list"_s);
    QCOMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(0), u"Not known"_s);
    QVERIFY(list->topLevelItem(0)->isExpanded());
    QVERIFY(list->topLevelItem(0)->child(0)->text(0).startsWith(base()));
    QVERIFY(!part<QAbstractButton>(dialog, u"pullButton"_s)->isEnabled());
    QVERIFY(badges(rowOf(app, u"team/app:v1"_s)).isEmpty());
    QCOMPARE(newsButton(app)->text(), u"1 not known"_s);
}

void TestRadar::anEmptyViewTeaches()
{
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QTRY_VERIFY(rowOf(app, u"team/app:v1"_s).isValid());
        QTest::keyClick(&app.window(), Qt::Key_F7);
        OutdatedDialog* const dialog = outdatedDialog(app);
        QVERIFY(dialog);
        QTRY_COMPARE(part<QLabel>(dialog, u"emptyTitle"_s)->text(), u"No base is known yet"_s);
        QVERIFY(!part<QAbstractButton>(dialog, u"emptyCheckButton"_s)->isVisible());
        QVERIFY(!part<QAbstractButton>(dialog, u"pullButton"_s)->isVisible());
    }
    WindowFixture app(m_home->path());
    QVERIFY(prepare(app, false));
    QTest::keyClick(&app.window(), Qt::Key_F7);
    OutdatedDialog* const dialog = outdatedDialog(app);
    QVERIFY(dialog);
    click(part<QAbstractButton>(dialog, u"emptyCheckButton"_s));
    QTRY_COMPARE_WITH_TIMEOUT(part<QLabel>(dialog, u"checkedLabel"_s)->text(), u"Checked just now"_s,
                              Patience);
    QCOMPARE(part<QLabel>(dialog, u"emptyTitle"_s)->text(), u"Everything is up to date"_s);
    QCOMPARE(newsButton(app)->text(), u"Nothing newer"_s);
}

void TestRadar::onceADayOnlyWhereSomebodyWantsIt()
{
    {
        WindowFixture app(m_home->path());
        QVERIFY(prepare(app));
        QVERIFY(!app.actions().checkDaily->isChecked());
        QVERIFY(m_proxy->requests().isEmpty());
        auto* const button = newsButton(app);
        chooseFromNextMenu({u"actionCheckDaily"_s});
        QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(button->width() - 3, button->height() / 2));
        // It is more than a day since the last check, as there was none.
        QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"2 outdated"_s, Patience);
        QVERIFY(app.actions().checkDaily->isChecked());
    }
    m_proxy->forgetRequests();
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(app.actions().checkDaily->isChecked());
        // What was found is there at once, and the day is not over.
        QTRY_COMPARE_WITH_TIMEOUT(newsButton(app)->text(), u"2 outdated"_s, Patience);
        QVERIFY(m_proxy->requests().isEmpty());
        QVERIFY(!app.workbench().isCheckingForNews());
    }
    QVERIFY(QFile::remove(m_home->path() + u"/data/news.db"_s));
    for (const auto& suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(m_home->path() + u"/data/news.db"_s + suffix);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QTRY_COMPARE_WITH_TIMEOUT(newsButton(app)->text(), u"2 outdated"_s, Patience);
    QVERIFY(m_proxy->count("HEAD", "/manifests/3.13") > 0);
}

QTEST_MAIN(TestRadar)
#include "tst_radar.moc"
