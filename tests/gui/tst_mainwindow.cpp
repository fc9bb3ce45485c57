// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

#include "auth/profilestore.h"
#include "ui/colors.h"
#include "ui/messagestrip.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTcpServer>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Testing::WindowFixture;

namespace {

const QString Gallery = u"docker.io/library/image-gallery:latest"_s;
const QString OfTheDay = u"docker.io/alice/image-of-the-day:v1"_s;
const QString Nginx = u"docker.io/library/nginx:1.27"_s;

//! Two images that share a layer; the first has two names.
void fillStore(const QString& home)
{
    Testing::RandomImageOptions options;
    options.sharedLayers = 1;
    Testing::randomImage(1, options).writeLayout(WindowFixture::storeOf(home), {Gallery, OfTheDay});
    Testing::randomImage(2, options).writeLayout(WindowFixture::storeOf(home), {Nginx});
}

QStringList rows(const QAbstractItemModel* model, const QModelIndex& parent = {})
{
    QStringList texts;
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        texts.append(index.data().toString());
        texts += rows(model, index);
    }
    return texts;
}

QDialog* openDialog(const QWidget& window)
{
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void theFirstStartShowsTheFirstSteps()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        const auto* stack = app.find<QStackedWidget>(u"imagesPage/contentStack"_s);
        QTRY_COMPARE(stack->currentWidget()->objectName(), u"emptyPage"_s);
        const auto* text = app.find<QLabel>(u"imagesPage/emptyText"_s);
        QTRY_VERIFY(text->height() >= text->heightForWidth(text->width()));
        QTest::mouseClick(app.find<QAbstractButton>(u"imagesPage/emptyPullButton"_s), Qt::LeftButton);
        QTRY_VERIFY(openDialog(app.window()));
        QTest::keyClick(openDialog(app.window()), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog(app.window()));
        QVERIFY(!app.actions().push->isEnabled());
        QVERIFY(app.actions().pull->isEnabled());
    }

    void imagesOfTheStoreAreListedWithTheirNames()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(rows(tree->model()),
                     (QStringList{u"image-gallery"_s, u"image-gallery:latest"_s,
                                  u"alice/image-of-the-day:v1"_s, u"nginx:1.27"_s}));
        QVERIFY(tree->isExpanded(tree->model()->index(0, 0)));
        QVERIFY(app.find<QWidget>(u"imagesPage/usageLegend"_s)
                    ->accessibleName()
                    .startsWith(u"2 images, 3 tags"_s));
        QTRY_VERIFY(app.find<QLabel>(u"diskStatus"_s)->text().contains(u"used"_s));
    }

    void typingFiltersAndNothingFoundSaysSo()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        QTest::keyClick(&app.window(), Qt::Key_F, Qt::ControlModifier);
        auto* filter = app.find<QLineEdit>(u"imagesPage/filter"_s);
        QTRY_VERIFY(filter->hasFocus());
        QTest::keyClicks(filter, u"*/image*"_s);
        QCOMPARE(rows(tree->model()), (QStringList{u"image-gallery"_s, u"alice/image-of-the-day:v1"_s}));
        QTest::keyClicks(filter, u"x"_s);
        const auto* stack = app.find<QStackedWidget>(u"imagesPage/contentStack"_s);
        QCOMPARE(stack->currentWidget()->objectName(), u"noMatchPage"_s);
        QTest::mouseClick(app.find<QAbstractButton>(u"imagesPage/clearFilterButton"_s), Qt::LeftButton);
        QCOMPARE(tree->model()->rowCount(), 2);
        QCOMPARE(stack->currentWidget()->objectName(), u"listPage"_s);
    }

    void groupedAndFlatKeepTheChosenName()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        const QModelIndex name = tree->model()->index(1, 0, tree->model()->index(0, 0));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(name).center());
        QCOMPARE(tree->currentIndex().data().toString(), u"alice/image-of-the-day:v1"_s);
        QTest::keyClick(tree, Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(tree->model()->rowCount(), 3);
        QCOMPARE(tree->currentIndex().data().toString(), u"alice/image-of-the-day:v1"_s);
        QTest::keyClick(tree, Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(tree->model()->rowCount(), 2);
        QCOMPARE(tree->currentIndex().data().toString(), u"alice/image-of-the-day:v1"_s);
    }

    void detailsShowTheChosenImage()
    {
        fillStore(m_home->path());
        const auto image = Testing::randomImage(2, [] {
            Testing::RandomImageOptions options;
            options.sharedLayers = 1;
            return options;
        }());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                          tree->visualRect(tree->model()->index(1, 0)).center());
        QCOMPARE(app.find<QLabel>(u"imagesPage/factDigest"_s)->text(), image.target.digest.toString());
        QCOMPARE(app.find<QLabel>(u"imagesPage/factImageId"_s)->text(), image.id().toString());

        auto* tabs = app.find<QTabWidget>(u"imagesPage/tabs"_s);
        tabs->setCurrentWidget(app.find<QWidget>(u"imagesPage/layersTab"_s));
        const auto* layers = app.find<QTreeView>(u"imagesPage/layersTab"_s)->model();
        QTRY_VERIFY(layers->rowCount() >= 3);
        QCOMPARE(layers->index(0, 4).data(Qt::ToolTipRole).toString(),
                 u"image-gallery:latest"_s); // the shared one

        auto* json = app.find<QPlainTextEdit>(u"imagesPage/jsonView"_s);
        QTRY_VERIFY(!json->toPlainText().isEmpty());
        auto* chooser = app.find<QComboBox>(u"imagesPage/jsonChooser"_s);
        chooser->setCurrentIndex(chooser->findText(u"Manifest"_s));
        tabs->setCurrentWidget(app.find<QWidget>(u"jsonTab"_s));
        QTest::mouseClick(app.find<QAbstractButton>(u"imagesPage/jsonCopyButton"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), image.bytes);
    }

    void copyShortcutsCopyWhatTheyName()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        tree->setFocus();
        tree->setCurrentIndex(tree->model()->index(1, 0));
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"nginx:1.27"_s);
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"sha256:"_s));
    }

    void changesByAnotherProcessAppearAndKeepTheSelection()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        tree->setCurrentIndex(tree->model()->index(1, 0));
        const auto id = tree->currentIndex().data(Qt::DisplayRole).toString();
        const auto added = app.workbench().tag(Nginx, {u"docker.io/library/a-new-name:1"_s});
        QTRY_VERIFY(added.isFinished());
        QVERIFY(added.result());
        QTRY_VERIFY(rows(tree->model()).contains(u"a-new-name:1"_s));
        QVERIFY(tree->currentIndex().isValid());
        QVERIFY(rows(tree->model(), tree->currentIndex()).contains(id));
    }

    void theSidebarIsWalkedByKeyboardPastItsHeadings()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* sidebar = app.find<QTreeView>(u"sidebar"_s);
        sidebar->setFocus();
        QCOMPARE(sidebar->currentIndex().data().toString(), u"This computer"_s);
        QTest::keyClick(sidebar, Qt::Key_Down);
        QCOMPARE(sidebar->currentIndex().data().toString(), u"Add account…"_s);
        QTest::keyClick(sidebar, Qt::Key_Down);
        QCOMPARE(sidebar->currentIndex().data().toString(), u"Transfers"_s);
        QCOMPARE(app.find<QStackedWidget>(u"pages"_s)->currentWidget()->objectName(), u"transfersPage"_s);
        QTest::keyClick(sidebar, Qt::Key_Home);
        QCOMPARE(sidebar->currentIndex().data().toString(), u"This computer"_s);
        QCOMPARE(app.find<QStackedWidget>(u"pages"_s)->currentWidget()->objectName(), u"imagesPage"_s);
    }

    void addAccountOpensItsDialogAndLeavesThePlace()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* sidebar = app.find<QTreeView>(u"sidebar"_s);
        const QModelIndex registries = sidebar->model()->index(1, 0);
        const QModelIndex row = sidebar->model()->index(0, 0, registries);
        QCOMPARE(row.data().toString(), u"Add account…"_s);
        QTest::mouseClick(sidebar->viewport(), Qt::LeftButton, {}, sidebar->visualRect(row).center());
        QTRY_VERIFY(openDialog(app.window()));
        QCOMPARE(sidebar->currentIndex().data().toString(), u"This computer"_s);
        QTest::keyClick(openDialog(app.window()), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog(app.window()));
    }

    void shorterTagsStandBelowTheNewName()
    {
        Testing::randomImage(1).writeLayout(WindowFixture::storeOf(m_home->path()),
                                            {u"docker.io/alice/ui:2.1.106"_s});
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 1);
        tree->setCurrentIndex(tree->model()->index(0, 0));
        app.actions().tag->trigger();
        QTRY_VERIFY(openDialog(app.window()));
        QDialog* dialog = openDialog(app.window());
        const auto* name = dialog->findChild<QWidget*>(u"nameEdit"_s);
        const auto* box = dialog->findChild<QWidget*>(u"cascade_2.1"_s);
        QVERIFY(box);
        QTRY_VERIFY(box->mapTo(dialog, QPoint()).y() > name->geometry().bottom());
    }

    void anAccountOfTheCommandLineAppears()
    {
        WindowFixture app(m_home->path());
        QSignalSpy opened(&app.workbench(), &Workbench::opened);
        QVERIFY(app.show());
        QTRY_COMPARE(opened.size(), 1);
        ProfileStore elsewhere(m_home->filePath(u"config"_s));
        Profile profile;
        profile.name = u"From elsewhere"_s;
        profile.registry = u"127.0.0.1:9"_s;
        QVERIFY(elsewhere.save(profile));
        auto* sidebar = app.find<QTreeView>(u"sidebar"_s);
        QTRY_COMPARE(rows(sidebar->model(), sidebar->model()->index(1, 0)).value(0), u"From elsewhere"_s);
    }

    void theLanguageChangesWhileTheWindowIsOpen()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QTRY_COMPARE(app.find<QTreeView>(u"imagesPage/tree"_s)->model()->rowCount(), 2);
        const auto* title = app.find<QLabel>(u"imagesPage/title"_s);
        QCOMPARE(title->text(), u"This computer"_s);
        app.actions().languageKorean->trigger();
        QTRY_COMPARE(title->text(), u"이 컴퓨터"_s); // widgets are told by posted events
        QVERIFY(app.find<QMenu>(u"menuImage"_s)->title().contains(u"이미지"_s));
        QVERIFY(app.find<QWidget>(u"imagesPage/usageLegend"_s)->accessibleName().contains(u"이미지 2개"_s));
        QCOMPARE(app.settings().language(), u"ko"_s);
        app.actions().languageEnglish->trigger();
        QTRY_COMPARE(title->text(), u"This computer"_s);
    }

    void theThemeChangesWhileTheWindowIsOpen()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        app.actions().themeDark->trigger();
        QTRY_VERIFY(Colors::of(app.window().palette()).isDark);
        QCOMPARE(app.settings().theme(), u"dark"_s);
        app.actions().themeLight->trigger();
        QTRY_VERIFY(!Colors::of(app.window().palette()).isDark);
    }

    void whatTheWindowRemembersIsThereAgain()
    {
        {
            WindowFixture app(m_home->path());
            QVERIFY(app.show());
            app.window().resize(760, 560);
            app.actions().groupByImage->setChecked(false);
            app.actions().showSidebar->setChecked(false);
            app.window().close();
        }
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QCOMPARE(app.window().size(), QSize(760, 560));
        QVERIFY(!app.actions().groupByImage->isChecked());
        QVERIFY(!app.find<QWidget>(u"sidebar"_s)->isVisible());
    }

    void aStoreThatCannotBeOpenedIsToldWithItsName()
    {
        QFile inTheWay(m_home->filePath(u"data"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        inTheWay.close();
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* strip = app.find<MessageStrip>(u"windowStrip"_s);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY2(strip->accessibleName().contains(m_home->path()), qPrintable(strip->accessibleName()));
        QVERIFY(strip->findChild<QAbstractButton*>(u"stripDetails"_s)->isVisible());
    }

    void noTwoCommandsShareAShortcut()
    {
        WindowFixture app(m_home->path());
        QHash<QKeySequence, QString> seen;
        for (const QAction* action : app.actions().findChildren<QAction*>()) {
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            if (action->shortcut().isEmpty())
                continue;
            QVERIFY2(!seen.contains(action->shortcut()),
                     qPrintable(u"%1 and %2"_s.arg(action->objectName(), seen.value(action->shortcut()))));
            seen.insert(action->shortcut(), action->objectName());
        }
    }

    void everyCommandStandsInAMenu()
    {
        WindowFixture app(m_home->path());
        QSet<const QAction*> inMenus;
        for (const QMenu* menu : app.window().menuBar()->findChildren<QMenu*>()) {
            for (const QAction* action : menu->actions())
                inMenus.insert(action);
        }
        for (const QAction* action : app.actions().findChildren<QAction*>())
            QVERIFY2(inMenus.contains(action), qPrintable(action->objectName()));
    }

    void everythingThatTakesTheKeyboardHasAName()
    {
        fillStore(m_home->path());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QTRY_COMPARE(app.find<QTreeView>(u"imagesPage/tree"_s)->model()->rowCount(), 2);
        for (const QWidget* widget : app.window().findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
                || widget->objectName().startsWith(u"qt_"_s))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const auto* label = qobject_cast<const QLabel*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())
                || (label && !label->text().isEmpty()) || qobject_cast<const QTabBar*>(widget)
                || qobject_cast<const QScrollArea*>(widget);
            QVERIFY2(named,
                     qPrintable(u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                                               widget->objectName())));
        }
    }

    void closingAsksWhileSomethingRuns()
    {
        // No registry answers at this address for as long as the test runs: the pull waits.
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        PullRequest request;
        request.source = *Reference::parse(u"localhost:%1/never:1"_s.arg(silent.serverPort()));
        app.workbench().pull(request);
        QTRY_VERIFY(app.find<QAbstractButton>(u"transfersStatus"_s)->text().startsWith(u"1 transfer"_s));
        app.window().close();
        QVERIFY(app.window().isVisible());
        QTRY_VERIFY(openDialog(app.window()));
        QCOMPARE(openDialog(app.window())->objectName(), u"quitBox"_s);
        QTest::keyClick(openDialog(app.window()), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog(app.window()));
        QVERIFY(app.window().isVisible());
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
