// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "menuclicks.h"
#include "models/imagecolumns.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QClipboard>
#include <QCompleter>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Testing::WindowFixture;

namespace {

const QString Nginx = u"docker.io/library/nginx:1.27"_s;
const QString Ui = u"localhost:5000/alice/ui:2.1"_s;
const QString Gallery = u"ghcr.io/acme/gallery:latest"_s;

void fillStore(const QString& home)
{
    Testing::RandomImageOptions options;
    options.sharedLayers = 1;
    const QString store = WindowFixture::storeOf(home);
    Testing::randomImage(1, options).writeLayout(store, {Gallery, u"ghcr.io/acme/gallery:1.0"_s});
    Testing::randomImage(2, options).writeLayout(store, {Nginx});
    Testing::randomImage(3, options).writeLayout(store, {Ui});
    const auto opened = ImageStore::open(store);
    QVERIFY(opened);
    Testing::randomImage(4, options).writeLayout(store, {u"docker.io/library/gone:1"_s});
    QVERIFY((*opened)->removeNames({u"docker.io/library/gone:1"_s}));
}

QStringList topRows(const QTreeView* tree)
{
    QStringList rows;
    for (int row = 0; row < tree->model()->rowCount(); ++row)
        rows.append(tree->model()->index(row, 0).data().toString());
    return rows;
}

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

void clickHeader(const QTreeView* tree, int column)
{
    const QHeaderView* header = tree->header();
    const QPoint at(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                    header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
}

void askForMenu(QWidget* widget)
{
    const QPoint middle = widget->rect().center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, middle, widget->mapToGlobal(middle));
    QApplication::sendEvent(widget, &event);
}

void clickRow(QTreeView* tree, int row, Qt::KeyboardModifiers modifiers = {})
{
    const QModelIndex index = tree->model()->index(row, 0);
    tree->scrollTo(index);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, modifiers, tree->visualRect(index).center());
}

} // namespace

//! The list of images, clicked and typed at.
class TestImagesList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        fillStore(m_home->path());
    }

    void everyColumnSortsAndTheChoiceIsRemembered()
    {
        int nameWidth = 0;
        QStringList byName;
        {
            WindowFixture app(m_home->path());
            app.window().resize(1500, 800);
            QVERIFY(app.show());
            auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
            QTRY_COMPARE(tree->model()->rowCount(), 4);
            for (int column = 0; column < ImageColumn::Count; ++column) {
                for (int click = 0; click < 2; ++click) {
                    clickHeader(tree, column);
                    const bool isUp = tree->header()->sortIndicatorOrder() == Qt::AscendingOrder;
                    QCOMPARE(tree->header()->sortIndicatorSection(), column);
                    for (int row = 1; row < 4 && column != ImageColumn::Name; ++row) {
                        const auto order =
                            QVariant::compare(tree->model()->index(row - 1, column).data(Role::SortKey),
                                              tree->model()->index(row, column).data(Role::SortKey));
                        QVERIFY(order != (isUp ? QPartialOrdering::Greater : QPartialOrdering::Less));
                    }
                }
            }
            clickHeader(tree, ImageColumn::Name);
            if (tree->header()->sortIndicatorOrder() == Qt::AscendingOrder)
                clickHeader(tree, ImageColumn::Name);
            byName = topRows(tree);
            QCOMPARE(byName,
                     (QStringList{u"nginx:1.27"_s, u"localhost:5000/alice/ui:2.1"_s,
                                  u"ghcr.io/acme/gallery"_s, u"untagged"_s}));
            tree->header()->resizeSection(ImageColumn::ImageId, 222);
            tree->header()->moveSection(tree->header()->visualIndex(ImageColumn::Created), 1);
            nameWidth = tree->header()->sectionSize(ImageColumn::ImageId);
            app.window().close();
        }
        WindowFixture app(m_home->path());
        app.window().resize(1500, 800);
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(topRows(tree), byName);
        QCOMPARE(tree->header()->sortIndicatorSection(), int(ImageColumn::Name));
        QVERIFY(tree->header()->sortIndicatorOrder() == Qt::DescendingOrder);
        QCOMPARE(tree->header()->sectionSize(ImageColumn::ImageId), nameWidth);
        QCOMPARE(tree->header()->visualIndex(ImageColumn::Created), 1);
    }

    void aColumnThatIsPutAwayStaysAway()
    {
        {
            WindowFixture app(m_home->path());
            app.window().resize(1500, 800);
            QVERIFY(app.show());
            auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
            QTRY_COMPARE(tree->model()->rowCount(), 4);
            QVERIFY(!tree->isColumnHidden(ImageColumn::Shared));
            Testing::chooseFromNextMenu({u"column_%1"_s.arg(int(ImageColumn::Shared))});
            askForMenu(tree->header()->viewport());
            QTRY_VERIFY(tree->isColumnHidden(ImageColumn::Shared));
            // Nor does room bring it back.
            app.window().resize(1800, 800);
            QTRY_VERIFY(tree->viewport()->width() > 1300);
            QVERIFY(tree->isColumnHidden(ImageColumn::Shared));
            app.window().close();
        }
        WindowFixture app(m_home->path());
        app.window().resize(1500, 800);
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 4);
        QVERIFY(tree->isColumnHidden(ImageColumn::Shared));
        QVERIFY(!tree->isColumnHidden(ImageColumn::Unique));
        Testing::chooseFromNextMenu({u"resetColumns"_s});
        askForMenu(tree->header()->viewport());
        QTRY_VERIFY(!tree->isColumnHidden(ImageColumn::Shared));
    }

    void keysOfTheFilterAreTyped()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 4);
        auto* filter = app.find<QLineEdit>(u"imagesPage/filter"_s);
        const auto* hint = app.find<QLabel>(u"imagesPage/filterHint"_s);
        const auto type = [&](const QString& text) {
            filter->clear();
            QTest::keyClicks(filter, text);
        };
        type(u"is:untagged"_s);
        QCOMPARE(topRows(tree), QStringList{u"untagged"_s});
        type(u"-is:untagged registry:ghcr.io"_s);
        QCOMPARE(topRows(tree), QStringList{u"ghcr.io/acme/gallery"_s});
        type(u"registry:docker.io nginx"_s);
        QCOMPARE(topRows(tree), QStringList{u"nginx:1.27"_s});
        QVERIFY(hint->isHidden());
        type(u"is:outdate"_s); // a word that says nothing filters nothing, and says so
        QVERIFY(hint->isVisible());
        QVERIFY(hint->text().contains(u"is:outdate"_s));
        QCOMPARE(topRows(tree).size(), 4);
        QTest::keyClick(filter, Qt::Key_D, {});
        QVERIFY(hint->isHidden());
    }

    void keysOfTheFilterComeFromItsMenu()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 4);
        auto* filter = app.find<QLineEdit>(u"imagesPage/filter"_s);
        auto* button = app.find<QAbstractButton>(u"imagesPage/filterButton"_s);
        const auto choose = [button](const QStringList& path) {
            Testing::chooseFromNextMenu(path);
            QTest::mouseClick(button, Qt::LeftButton); // comes back when the menu is closed
        };
        choose({u"filterIs_untagged"_s});
        QCOMPARE(filter->text(), u"is:untagged"_s);
        QCOMPARE(topRows(tree), QStringList{u"untagged"_s});
        choose({u"filterIs_untagged"_s}); // once more takes it away
        QCOMPARE(filter->text(), QString());
        choose({u"filterRegistry"_s, u"registry:ghcr.io"_s});
        QCOMPARE(topRows(tree), QStringList{u"ghcr.io/acme/gallery"_s});
        choose({u"filterRegistry"_s, u"registry:docker.io"_s}); // in place of the other
        QCOMPARE(filter->text(), u"registry:docker.io"_s);
        QCOMPARE(topRows(tree), QStringList{u"nginx:1.27"_s});
        choose({u"filterLarger"_s, u"larger:5GB"_s});
        QCOMPARE(filter->text(), u"registry:docker.io larger:5GB"_s);
        QCOMPARE(topRows(tree).size(), 0);
        choose({u"filterClear"_s});
        QCOMPARE(topRows(tree).size(), 4);
    }

    void keysAreOfferedWhileTyping()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 4);
        auto* filter = app.find<QLineEdit>(u"imagesPage/filter"_s);
        filter->setFocus();
        const auto* completer = app.window().findChild<QCompleter*>();
        QVERIFY(completer);
        QTest::keyClicks(filter, u"re"_s);
        QTRY_VERIFY(completer->popup()->isVisible());
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QTRY_COMPARE(filter->text(), u"registry:"_s);
        QTRY_VERIFY(completer->popup()->isVisible()); // the hosts that are here
        QCOMPARE(completer->popup()->model()->rowCount(), 3);
        QTest::keyClicks(filter, u"g"_s);
        QTRY_COMPARE(completer->popup()->model()->rowCount(), 1);
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QTRY_COMPARE(filter->text(), u"registry:ghcr.io"_s);
        QCOMPARE(topRows(tree), QStringList{u"ghcr.io/acme/gallery"_s});
    }

    void severalImagesAreSummedUpAndCopied()
    {
        WindowFixture app(m_home->path());
        app.window().resize(1500, 800);
        QVERIFY(app.show());
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(tree->model()->rowCount(), 4);
        clickHeader(tree, ImageColumn::Name);
        if (tree->header()->sortIndicatorOrder() != Qt::AscendingOrder)
            clickHeader(tree, ImageColumn::Name);
        QCOMPARE(topRows(tree).value(0), u"ghcr.io/acme/gallery"_s);
        tree->collapseAll();
        clickRow(tree, 1);
        clickRow(tree, 2, Qt::ControlModifier);
        const auto* status = app.find<QLabel>(u"choiceStatus"_s);
        QTRY_VERIFY2(status->text().startsWith(u"2 images chosen, "_s), qPrintable(status->text()));

        QClipboard* clipboard = QGuiApplication::clipboard();
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = clipboard->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        const QStringList cells = lines[0].split(u'\t');
        QCOMPARE(cells.size(), int(ImageColumn::Count));
        QCOMPARE(cells[0], u"localhost:5000/alice/ui:2.1"_s);
        QCOMPARE(cells[1], tree->model()->index(1, ImageColumn::ImageId).data().toString());
        QCOMPARE(lines[1].section(u'\t', 0, 0), u"nginx:1.27"_s);

        Testing::chooseFromNextMenu({u"actionCopyNames"_s});
        askForMenu(tree->viewport());
        QTRY_COMPARE(sorted(clipboard->text().split(u'\n')),
                     (QStringList{u"localhost:5000/alice/ui:2.1"_s, u"nginx:1.27"_s}));
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(clipboard->text().count(u"sha256:"_s), 2);
        clickRow(tree, 1);
        QTRY_COMPARE(status->text(), QString());
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestImagesList)
#include "tst_imageslist.moc"
