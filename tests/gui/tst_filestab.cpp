// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "menuclicks.h"
#include "windowfixture.h"

#include "support/layertar.h"
#include "support/randomimage/layeredimage.h"
#include "ui/changefilter.h"
#include "ui/comparefilesdialog.h"
#include "ui/elidedlabel.h"
#include "ui/filesview.h"
#include "ui/fileviewdialog.h"
#include "ui/messagestrip.h"

#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Patience = std::chrono::seconds(60);
const QString Shop = u"docker.io/acme/shop:1"_s;
const QString Shop2 = u"docker.io/acme/shop:2"_s;

//! What a build leaves: a cache that the next step deletes, a file that is written twice.
RandomImage shop(const QByteArray& version)
{
    LayerTar base;
    base.folder("etc").file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n").folder("usr").folder("usr/bin");
    base.file("usr/bin/tool",
              QByteArray("\x7f"
                         "ELF\0\1\2",
                         7)
                  + QByteArray(3000, '\3'));
    base.folder("var").folder("var/cache").file("var/cache/packages.bin", QByteArray(300'000, 'c'));
    base.file("etc/motd", "Welcome.\n").link("bin", "usr/bin");
    LayerTar second;
    second.folder("etc").file("etc/motd", "Welcome to the shop.\n");
    second.folder("srv").file("srv/app.conf", "version = " + version + "\nport = 8080\n");
    second.folder("var").folder("var/cache").whiteout("var/cache/packages.bin");
    return imageOf({layerOf(base.take()), layerOf(second.take())},
                   {u"ADD rootfs.tar /"_s, u"RUN make install && rm -rf /var/cache"_s});
}

//! The store with these images, the chosen one's Files tab open.
class FilesFixture : public WindowFixture
{
public:
    using WindowFixture::WindowFixture;

    [[nodiscard]] bool openFiles(int row = 0)
    {
        if (!show())
            return false;
        window().resize(1280, 860);
        auto* const images = find<QTreeView>(u"imagesPage/tree"_s);
        if (!QTest::qWaitFor([&] { return images->model()->rowCount() > row; }, Patience))
            return false;
        chooseImage(row);
        openTab(u"imagesPage/filesTab"_s);
        return waitForList();
    }
    void chooseImage(int row)
    {
        auto* const images = find<QTreeView>(u"imagesPage/tree"_s);
        QTest::mouseClick(images->viewport(), Qt::LeftButton, {},
                          images->visualRect(images->model()->index(row, 0)).center());
    }
    void openTab(const QString& name)
    {
        auto* const tabs = find<QTabWidget>(u"imagesPage/tabs"_s);
        const int index = tabs->indexOf(find<QWidget>(name));
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(index).center());
    }
    [[nodiscard]] bool waitForList()
    {
        return QTest::qWaitFor([this] { return page() == "readyPage"_L1 && model()->tree(); }, Patience);
    }
    [[nodiscard]] QString page() const
    {
        return find<QStackedWidget>(u"filesStack"_s)->currentWidget()->objectName();
    }
    [[nodiscard]] FilesView* view() const { return find<FilesView>(u"filesView"_s); }
    [[nodiscard]] FilesModel* model() const { return static_cast<FilesModel*>(view()->model()); }
    [[nodiscard]] QString sums() const { return find<ElidedLabel>(u"fileSums"_s)->text(); }
    //! Clicks the row of the table of layers.
    void chooseLayer(int row)
    {
        auto* const layers = find<QTreeView>(u"layerChooser"_s);
        QTest::mouseClick(layers->viewport(), Qt::LeftButton, {},
                          layers->visualRect(layers->model()->index(row, 0)).center());
    }
    //! Opens the folders to \a path by their arrows and clicks it.
    [[nodiscard]] bool clickFile(const QString& path, bool twice = false)
    {
        const int wanted = model()->tree()->find(path);
        if (wanted <= 0)
            return false;
        QList<int> above;
        for (int at = model()->tree()->node(wanted).parent; at > 0; at = model()->tree()->node(at).parent)
            above.prepend(at);
        for (const int folder : above) {
            const QModelIndex index = model()->indexOf(folder);
            if (view()->isExpanded(index))
                continue;
            view()->scrollTo(index);
            const QRect row = view()->visualRect(index);
            QTest::mouseClick(view()->viewport(), Qt::LeftButton, {},
                              {row.left() - view()->indentation() / 2, row.center().y()});
            if (!view()->isExpanded(index))
                return false;
        }
        const QModelIndex index = model()->indexOf(wanted);
        view()->scrollTo(index);
        const QPoint at = view()->visualRect(index).center();
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, at);
        if (twice)
            QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, at);
        return view()->currentPosition() == wanted;
    }
    [[nodiscard]] QStringList rows() const { return rowsBelow({}); }
    [[nodiscard]] QStringList rowsBelow(const QModelIndex& parent) const
    {
        QStringList paths;
        for (int row = 0; row < model()->rowCount(parent); ++row) {
            const QModelIndex index = model()->index(row, 0, parent);
            paths.append(model()->tree()->pathOf(model()->position(index)));
            paths += rowsBelow(index);
        }
        return paths;
    }
};

//! A dialog of the window as soon as it is on the screen; null where none comes.
template<typename T>
T* opened(const QWidget& window)
{
    T* found = nullptr;
    const bool isThere = QTest::qWaitFor(
        [&] {
            found = window.findChild<T*>();
            return found && found->isVisible();
        },
        Patience);
    return isThere ? found : nullptr;
}

template<typename T>
T* part(const QWidget* parent, const QString& name)
{
    T* found = parent->findChild<T*>(name);
    if (!found)
        qFatal("there is no %s", qPrintable(name));
    return found;
}

void click(QWidget* widget)
{
    QTest::mouseClick(widget, Qt::LeftButton);
}

//! Types a file's name into the file dialog and accepts it.
bool saveTo(const QWidget& window, const QString& path)
{
    auto* const dialog = opened<QFileDialog>(window);
    if (!dialog)
        return false;
    auto* const name = part<QLineEdit>(dialog, u"fileNameEdit"_s);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, path);
    // The list of names that would complete it takes what is pressed while it is open.
    if (QWidget* names = QApplication::activePopupWidget())
        names->close();
    click(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save));
    return QTest::qWaitFor([&window] { return !window.findChild<QFileDialog*>(); }, Patience);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestFilesTab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        shop("1").writeLayout(WindowFixture::storeOf(m_home->path()), {Shop});
    }

    void theFilesOfAnImageAreListedAndSaidSo()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        QCOMPARE(app.rows(),
                 (QStringList{u"etc"_s, u"etc/motd"_s, u"etc/passwd"_s, u"srv"_s, u"srv/app.conf"_s, u"usr"_s,
                              u"usr/bin"_s, u"usr/bin/tool"_s, u"var"_s, u"var/cache"_s, u"bin"_s}));
        QVERIFY2(app.sums().startsWith(u"5 file"_s), qPrintable(app.sums()));
        QVERIFY(app.clickFile(u"usr/bin/tool"_s));
        QCOMPARE(app.model()->node(app.view()->currentIndex())->size, 3007);
        QVERIFY(app.actions().viewFile->isEnabled());
        QVERIFY(app.find<QToolButton>(u"saveFileButton"_s)->isEnabled());
        // Copied as a path, by its shortcut.
        QTest::keyClick(app.view(), Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"/usr/bin/tool"_s);
        // Another tab: nothing that needs the list can be run.
        app.openTab(u"imagesPage/layersTab"_s);
        QTRY_VERIFY(!app.actions().viewFile->isEnabled());
        QVERIFY(app.actions().compareFiles->isEnabled());
    }

    void nothingIsReadBeforeTheTabIsSeen()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.show());
        auto* const images = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(images->model()->rowCount(), 1);
        app.chooseImage(0);
        QSignalSpy progressed(&app.workbench(), &Workbench::filesProgress);
        QTRY_VERIFY(!app.find<QPlainTextEdit>(u"imagesPage/jsonView"_s)->toPlainText().isEmpty());
        QVERIFY(progressed.isEmpty());
        QVERIFY(!app.model()->tree());
        app.openTab(u"imagesPage/filesTab"_s);
        QVERIFY(app.waitForList());
    }

    void aLayerShowsWhatItDid()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        app.chooseLayer(2);
        QTRY_COMPARE(app.model()->kind(), FilesModel::Kind::Layer);
        const QModelIndex gone = app.model()->indexOf(app.model()->tree()->find(u"var/cache/packages.bin"_s));
        QVERIFY(gone.isValid());
        QCOMPARE(gone.siblingAtColumn(FilesModel::Change).data(Qt::AccessibleTextRole).toString(),
                 u"deleted"_s);
        QCOMPARE(gone.siblingAtColumn(FilesModel::Size).data().toString(), u"300 kB"_s);
        QVERIFY(app.clickFile(u"var/cache/packages.bin"_s));
        QVERIFY(!app.actions().viewFile->isEnabled()); // it is not in this layer

        auto* const changes = app.find<ChangeFilter>(u"changes"_s);
        QTRY_VERIFY(changes->isVisible());
        auto* const changed = part<QToolButton>(changes, u"showChanged"_s);
        QTRY_VERIFY(changed->isEnabled());
        click(changed);
        QTRY_COMPARE(app.rows(), (QStringList{u"etc"_s, u"etc/motd"_s}));
        QVERIFY(app.view()->isExpanded(app.model()->index(0, 0)));
        click(changed);
        click(part<QToolButton>(changes, u"showDeleted"_s));
        QTRY_COMPARE(app.rows().last(), u"var/cache/packages.bin"_s);
        app.chooseLayer(0);
        QTRY_COMPARE(app.model()->kind(), FilesModel::Kind::Image);
        QVERIFY(!changes->isVisible());
    }

    void typingFindsFilesAndTheirFoldersOpen()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        QVERIFY(app.clickFile(u"etc/motd"_s));
        QTest::keyClick(app.view(), Qt::Key_F, Qt::ControlModifier);
        auto* const search = app.find<QLineEdit>(u"fileSearch"_s);
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, u"*.conf"_s);
        QTRY_COMPARE(app.rows(), (QStringList{u"srv"_s, u"srv/app.conf"_s}));
        QVERIFY(app.view()->isExpanded(app.model()->index(0, 0)));
        QVERIFY2(app.sums().startsWith(u"1 match"_s), qPrintable(app.sums()));
        // Down goes to what was found, Enter shows it.
        QTest::keyClick(search, Qt::Key_Down);
        QTRY_VERIFY(app.view()->hasFocus());
        QTest::keyClick(app.view(), Qt::Key_Down);
        QTest::keyClick(app.view(), Qt::Key_Return);
        QVERIFY(opened<FileViewDialog>(app.window()));
        search->setFocus();
        QTest::keyClicks(search, u"nothing of the kind"_s);
        QTRY_COMPARE(app.find<QStackedWidget>(u"treeStack"_s)->currentWidget()->objectName(),
                     u"treeHintPage"_s);
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_COMPARE(app.rows().size(), 11);
        QVERIFY(app.view()->isExpanded(app.model()->index(0, 0))); // as before the search
        // As a list of paths, and back.
        click(app.find<QToolButton>(u"listButton"_s));
        QTRY_COMPARE(
            app.rows(),
            (QStringList{u"etc/motd"_s, u"etc/passwd"_s, u"srv/app.conf"_s, u"usr/bin/tool"_s, u"bin"_s}));
        click(app.find<QToolButton>(u"listButton"_s));
        QTRY_COMPARE(app.rows().size(), 11);
    }

    void wastedBytesAreShownLargestFirst()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        auto* const wasted = app.find<QToolButton>(u"wastedButton"_s);
        QTRY_VERIFY(wasted->isVisible());
        QVERIFY2(wasted->text().contains(u"300 kB"_s), qPrintable(wasted->text()));
        click(wasted);
        QTRY_COMPARE(app.model()->kind(), FilesModel::Kind::Wasted);
        QTRY_COMPARE(app.model()->rowCount(), 2);
        QCOMPARE(app.model()->index(0, 0).data().toString(), u"var/cache/packages.bin"_s);
        QCOMPARE(app.model()->index(1, 0).data().toString(), u"etc/motd"_s);
        QVERIFY(!wasted->isVisible());
        // What a later layer deleted can still be read, from the layer that has it.
        QTest::mouseClick(app.view()->viewport(), Qt::LeftButton, {},
                          app.view()->visualRect(app.model()->index(1, 0)).center());
        QTest::keyClick(app.view(), Qt::Key_F3);
        auto* const dialog = opened<FileViewDialog>(app.window());
        QVERIFY(dialog);
        QTRY_COMPARE(part<QPlainTextEdit>(dialog, u"fileText"_s)->toPlainText(), u"Welcome.\n"_s);
    }

    void aTextFileIsShownAndSearched()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        QVERIFY(app.clickFile(u"srv/app.conf"_s, true));
        auto* const dialog = opened<FileViewDialog>(app.window());
        QVERIFY(dialog);
        QVERIFY(!dialog->isModal());
        auto* const text = part<QPlainTextEdit>(dialog, u"fileText"_s);
        QTRY_COMPARE(text->toPlainText(), u"version = 1\nport = 8080\n"_s);
        QTRY_VERIFY(part<ElidedLabel>(dialog, u"fileInfo"_s)->text().contains(u"UTF-8"_s));
        QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
        auto* const find = part<QLineEdit>(dialog, u"findEdit"_s);
        QTRY_VERIFY(find->isVisible());
        QTest::keyClicks(find, u"PORT"_s);
        QCOMPARE(text->textCursor().selectedText(), u"port"_s);
        QCOMPARE(part<QLabel>(dialog, u"findResult"_s)->text(), u"Line 2"_s);
        QTest::keyClicks(find, u"x"_s);
        QCOMPARE(part<QLabel>(dialog, u"findResult"_s)->text(), u"Not found"_s);
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(!find->isVisible());
        QVERIFY(dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!app.window().findChild<FileViewDialog*>());
    }

    void bytesThatAreNoTextAreDumped()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        // By its link, which leads there inside the image.
        QVERIFY(app.clickFile(u"usr/bin/tool"_s));
        click(app.find<QToolButton>(u"viewFileButton"_s));
        auto* const dialog = opened<FileViewDialog>(app.window());
        QVERIFY(dialog);
        auto* const bytes = part<QListView>(dialog, u"fileBytes"_s);
        QTRY_VERIFY(bytes->isVisible());
        QCOMPARE(bytes->model()->rowCount(), (3007 + 15) / 16);
        QVERIFY(bytes->model()->index(0, 0).data().toString().startsWith(u"00000000  7f 45 4c 46"_s));
        QTest::keyClick(bytes, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(part<QLineEdit>(dialog, u"findEdit"_s), u"4c 46 00"_s);
        QCOMPARE(part<QLabel>(dialog, u"findResult"_s)->text(), u"Byte 2"_s);
    }

    void aFileIsSavedByteByByte()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        QVERIFY(app.clickFile(u"usr/bin/tool"_s));
        // By the context menu.
        chooseFromNextMenu({u"actionSaveFile"_s});
        const QPoint row = app.view()->visualRect(app.view()->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, row, app.view()->viewport()->mapToGlobal(row), {});
        QApplication::sendEvent(app.view()->viewport(), &event);
        const QString target = m_home->filePath(u"tool.out"_s);
        QVERIFY(saveTo(app.window(), target));
        auto* const strip = app.find<MessageStrip>(u"filesStrip"_s);
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), Patience);
        QVERIFY2(strip->accessibleName().contains(u"saved"_s), qPrintable(strip->accessibleName()));
        QCOMPARE(contentOf(target),
                 QByteArray("\x7f"
                            "ELF\0\1\2",
                            7)
                     + QByteArray(3000, '\3'));
    }

    void anotherImageStopsTheListOfTheFormer()
    {
        shop("2").writeLayout(WindowFixture::storeOf(m_home->path()), {Shop2});
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles(0));
        const auto first = app.model()->tree();
        app.chooseImage(1);
        QVERIFY(!app.model()->tree()); // never the files of another image
        QVERIFY(app.waitForList());
        QVERIFY(app.model()->tree() != first);
        // Both are there at once from now on.
        app.chooseImage(0);
        QVERIFY(app.waitForList());
    }

    void aMissingLayerIsSaid()
    {
        const RandomImage image = shop("1");
        const QString blob = WindowFixture::storeOf(m_home->path()) + u"/blobs/sha256/"_s
            + image.blobs[1].descriptor.digest.hex();
        QVERIFY(QFile::remove(blob));
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        auto* const strip = app.find<MessageStrip>(u"filesStrip"_s);
        QVERIFY(strip->isVisible());
        QVERIFY2(strip->accessibleName().contains(u"Layer 2 is not on this computer"_s),
                 qPrintable(strip->accessibleName()));
        QVERIFY(app.rows().contains(u"etc/passwd"_s));
        app.chooseLayer(2);
        QTRY_COMPARE(app.find<QStackedWidget>(u"treeStack"_s)->currentWidget()->objectName(),
                     u"treeHintPage"_s);
        QVERIFY(app.find<QLabel>(u"treeHint"_s)->text().contains(u"Layer 2"_s));
    }

    void twoImagesAreCompared()
    {
        shop("2.0").writeLayout(WindowFixture::storeOf(m_home->path()), {Shop2});
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles(0));
        QTest::keyClick(app.view(), Qt::Key_M, Qt::ControlModifier);
        auto* const dialog = opened<CompareFilesDialog>(app.window());
        QVERIFY(dialog);
        QVERIFY(!dialog->isModal());
        auto* const from = part<QComboBox>(dialog, u"fromBox"_s);
        auto* const to = part<QComboBox>(dialog, u"toBox"_s);
        QTRY_COMPARE(to->count(), 2);
        QVERIFY(from->currentText().startsWith(u"acme/shop:"_s));
        const QString other = from->currentText().endsWith(u'1') ? u"acme/shop:2"_s : u"acme/shop:1"_s;
        const bool isReversed = other.endsWith(u'1');
        // Typed in part, the list offers the rest; here by the keys.
        to->setFocus();
        for (int i = 0; i <= to->count() && to->currentText() != other; ++i)
            QTest::keyClick(to, Qt::Key_Down);
        QCOMPARE(to->currentText(), other);
        auto* const view = part<FilesView>(dialog, u"compareView"_s);
        const auto* const model = static_cast<FilesModel*>(view->model());
        QTRY_VERIFY_WITH_TIMEOUT(model->tree() && view->isVisible(), Patience);
        const QModelIndex conf = model->indexOf(model->tree()->find(u"srv/app.conf"_s));
        QVERIFY(conf.isValid());
        QCOMPARE(model->rowCount(), 1); // srv alone
        QCOMPARE(conf.siblingAtColumn(FilesModel::Change).data(Qt::AccessibleTextRole).toString(),
                 u"changed"_s);
        QCOMPARE(model->node(conf)->size - model->node(conf)->sizeBefore, isReversed ? -2 : 2);
        view->choose(model->position(conf));
        click(part<QPushButton>(dialog, u"viewBeforeButton"_s));
        auto* const before = opened<FileViewDialog>(*dialog);
        QVERIFY(before);
        QTRY_VERIFY(part<QPlainTextEdit>(before, u"fileText"_s)
                        ->toPlainText()
                        .startsWith(isReversed ? u"version = 2.0"_s : u"version = 1\n"_s));
        before->close();

        click(part<QPushButton>(dialog, u"copyListButton"_s));
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(u"changed\t/srv/app.conf\t"_s));

        // The other way round.
        const qint64 sizeBefore = model->node(conf)->sizeBefore;
        click(part<QToolButton>(dialog, u"swapButton"_s));
        QTRY_VERIFY_WITH_TIMEOUT(model->tree() && view->isVisible(), Patience);
        QTRY_COMPARE(model->node(model->indexOf(model->tree()->find(u"srv/app.conf"_s)))->size, sizeBefore);
        // And with itself.
        const QString same = from->currentText();
        to->setFocus();
        for (int i = 0; i <= to->count() && to->currentText() != same; ++i)
            QTest::keyClick(to, i % 2 ? Qt::Key_Up : Qt::Key_Down);
        QCOMPARE(part<QStackedWidget>(dialog, u"compareStack"_s)->currentWidget()->objectName(),
                 u"hintPage"_s);
    }

    void aNarrowPaneChoosesLayersFromABox()
    {
        FilesFixture app(m_home->path());
        QVERIFY(app.openFiles());
        QVERIFY(app.find<QTreeView>(u"layerChooser"_s)->isVisible());
        app.window().resize(800, 600);
        auto* const box = app.find<QComboBox>(u"layerBox"_s);
        QTRY_VERIFY(box->isVisible());
        QVERIFY(!app.find<QTreeView>(u"layerChooser"_s)->isVisible());
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QTRY_COMPARE(app.model()->kind(), FilesModel::Kind::Layer);
    }

    void aHostileLayerIsListedSafely()
    {
        LayerTar tar;
        tar.file("../../escape", "x").file("/absolute", "y").file("etc/\nline", "z");
        tar.file("ok/exe\xE2\x80\xAEgpj.txt", "t").link("loop", "loop").file("a/../../b", "w");
        QByteArray deep;
        for (int i = 0; i < 3000; ++i)
            deep += "d/";
        tar.file(deep + "end", "deep");
        imageOf({layerOf(tar.take())}, {u"ADD hostile /"_s})
            .writeLayout(WindowFixture::storeOf(m_home->path()), {u"docker.io/evil/image:1"_s});
        FilesFixture app(m_home->path());
        QVERIFY(app.show());
        auto* const images = app.find<QTreeView>(u"imagesPage/tree"_s);
        QTRY_COMPARE(images->model()->rowCount(), 2);
        for (int row = 0; row < 2; ++row) {
            if (images->model()->index(row, 0).data().toString().startsWith(u"evil"_s))
                app.chooseImage(row);
        }
        app.openTab(u"imagesPage/filesTab"_s);
        QVERIFY(app.waitForList());
        for (const QString& path : app.rows()) {
            QVERIFY2(!path.contains(u".."_s), qPrintable(path));
            QVERIFY2(!path.contains(u'\n') && !path.contains(QChar(0x202E)), qPrintable(path));
        }
        auto* const search = app.find<QLineEdit>(u"fileSearch"_s);
        search->setFocus();
        QTest::keyClicks(search, u"gpj"_s);
        QTRY_VERIFY(app.sums().startsWith(u"1 match"_s));
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestFilesTab)
#include "tst_filestab.moc"
