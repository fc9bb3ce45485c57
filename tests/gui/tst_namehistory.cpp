// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagecolumns.h"
#include "models/namehistorymodel.h"
#include "ui/messagestrip.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Testing::WindowFixture;

namespace {

const QString Old = u"docker.io/alice/ui:2.1.105"_s;
const QString New = u"docker.io/alice/ui:build"_s;
const QString Minor = u"docker.io/alice/ui:2.1"_s;

QDialog* openDialog(const QWidget& window)
{
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

template<typename T>
T* part(QWidget* of, const QString& name)
{
    T* found = of->findChild<T*>(name);
    if (!found)
        qFatal("no %s called %s", T::staticMetaObject.className(), qPrintable(name));
    return found;
}

} // namespace

//! Names are given, moved and taken away by clicks, and brought back by others.
class TestNameHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        m_old = Testing::randomImage(1);
        m_new = Testing::randomImage(2);
        m_old.writeLayout(store(), {Old, Minor});
        m_new.writeLayout(store(), {New});
    }

    void aCascadeShowsWhatItMovesAndIsUndoneByTheStrip()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(choose(app, New));
        QTest::keyClick(app.find<QTreeView>(u"imagesPage/tree"_s), Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(openDialog(app.window()));
        QDialog* dialog = openDialog(app.window());
        auto* name = part<QLineEdit>(dialog, u"nameEdit"_s);
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(name, u"alice/ui:2.1.106"_s);
        QVERIFY(part<QLabel>(dialog, u"partsLabel"_s)->text().contains(u"docker.io"_s));
        auto* minor = part<QCheckBox>(dialog, u"cascade_2.1"_s);
        QVERIFY(dialog->findChild<QCheckBox*>(u"cascade_latest"_s));
        QTest::mouseClick(minor, Qt::LeftButton, {}, QPoint(5, minor->height() / 2));
        QVERIFY(minor->isChecked());
        const QString move =
            u"alice/ui:2.1: %1 \u2192 %2"_s.arg(m_old.id().shortHex(), m_new.id().shortHex());
        const auto* moves = part<QLabel>(dialog, u"movesLabel"_s);
        QTRY_VERIFY2(moves->text().contains(move), qPrintable(moves->text()));
        QTest::mouseClick(part<QAbstractButton>(dialog, u"tagButton"_s), Qt::LeftButton);
        QTRY_VERIFY(!openDialog(app.window()));
        QCOMPARE(target(Minor), m_new.target.digest);

        auto* strip = app.find<MessageStrip>(u"imagesPage/strip"_s);
        QTRY_VERIFY(!strip->isClear());
        QVERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"alice/ui:2.1"_s));
        QTest::mouseClick(part<QAbstractButton>(strip, u"stripRemedy0"_s), Qt::LeftButton);
        QTRY_COMPARE(target(Minor), m_old.target.digest);
        QTRY_VERIFY(target(u"docker.io/alice/ui:2.1.106"_s).isNull()); // the same action gave it
        QTRY_VERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"undone"_s));
    }

    void latestIsOnlyOfferedToTheHighestVersion()
    {
        Testing::randomImage(3).writeLayout(store(), {u"docker.io/alice/ui:3.0.0"_s});
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(choose(app, New));
        app.actions().tag->trigger();
        QTRY_VERIFY(openDialog(app.window()));
        QDialog* dialog = openDialog(app.window());
        auto* name = part<QLineEdit>(dialog, u"nameEdit"_s);
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(name, u"alice/ui:2.1.106"_s);
        QTRY_VERIFY(!dialog->findChild<QCheckBox*>(u"cascade_latest"_s));
        QVERIFY(dialog->findChild<QCheckBox*>(u"cascade_2"_s));
        QVERIFY(part<QLabel>(dialog, u"cascadeHint"_s)->text().startsWith(u"latest:"_s));
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(name, u"alice/ui:3.0.1"_s);
        QTRY_VERIFY(dialog->findChild<QCheckBox*>(u"cascade_latest"_s));
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    void aRemovedNameComesBackByCtrlZ()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(choose(app, New));
        removeChosenName(app);
        QTRY_VERIFY(target(New).isNull());
        auto* strip = app.find<MessageStrip>(u"imagesPage/strip"_s);
        QTRY_VERIFY(!strip->isClear());
        QVERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"alice/ui:build"_s));
        app.window().activateWindow(); // what a window manager does when a dialog closes
        QVERIFY(QTest::qWaitForWindowActive(&app.window()));
        QTest::keyClick(&app.window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(target(New), m_new.target.digest);
        QTRY_VERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"is back"_s));
        QTest::keyClick(&app.window(), Qt::Key_Z, Qt::ControlModifier); // nothing before it
        QTRY_VERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"no change"_s));
        QCOMPARE(target(New), m_new.target.digest);
    }

    void theHistoryUndoesWhatIsChosen()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(choose(app, New));
        const QList<std::pair<QString, QString>> moves{
            {New, u"docker.io/alice/ui:a"_s}, {New, Minor}, {Old, Minor}};
        for (const auto& [image, name] : moves) {
            const auto done = app.workbench().tag(image, {name});
            QTRY_VERIFY(done.isFinished() && done.result());
        }
        QTest::keyClick(&app.window(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(openDialog(app.window()));
        QDialog* dialog = openDialog(app.window());
        auto* filter = part<QLineEdit>(dialog, u"historyFilter"_s);
        filter->clear();
        auto* view = part<QTreeView>(dialog, u"historyView"_s);
        auto* button = part<QAbstractButton>(dialog, u"undoButton"_s);
        QTRY_COMPARE(view->model()->rowCount(), 3);
        const auto state = [view](int row) {
            return UndoState(view->model()->index(row, 0).data(NameHistoryModel::State).toInt());
        };
        QVERIFY(state(0) == UndoState::Possible);
        QVERIFY(state(1) == UndoState::Same); // and the third move made it so
        QVERIFY(state(2) == UndoState::Possible);
        const auto click = [view](int row, Qt::KeyboardModifiers modifiers) {
            QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers,
                              view->visualRect(view->model()->index(row, 0)).center());
        };
        click(1, {});
        QVERIFY(!button->isEnabled());
        QVERIFY(!part<QLabel>(dialog, u"reasonLabel"_s)->text().isEmpty());
        // With the later one before it, it can be undone, too.
        click(0, Qt::ControlModifier);
        click(2, Qt::ControlModifier);
        QTRY_VERIFY(button->isEnabled());
        QCOMPARE(button->text(), u"Undo 3 changes"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(target(u"docker.io/alice/ui:a"_s).isNull());
        QTRY_COMPARE(target(Minor), m_old.target.digest);
        QTRY_VERIFY(view->model()->rowCount() > 3); // the undo is history, too
        QTest::keyClicks(filter, u"ui:a"_s);
        QTRY_COMPARE(view->model()->rowCount(), 2);
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    void whatIsGoneCannotBeUndoneAndSaysWhy()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(choose(app, New));
        removeChosenName(app);
        QTRY_VERIFY(target(New).isNull());
        auto* strip = app.find<MessageStrip>(u"imagesPage/strip"_s);
        QTRY_VERIFY(!strip->isClear());
        // Somebody cleans up meanwhile, in another process.
        const auto other = ImageStore::open(store());
        QVERIFY(other);
        QVERIFY((*other)->collectGarbage(false, true, std::chrono::seconds(0)));
        QTest::mouseClick(part<QAbstractButton>(strip, u"stripRemedy0"_s), Qt::LeftButton);
        QTRY_VERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"cannot be undone"_s));
        QVERIFY(part<QLabel>(strip, u"stripText"_s)->text().contains(u"not on this computer any more"_s));
        QVERIFY(target(New).isNull());
        app.actions().nameHistory->trigger();
        QTRY_VERIFY(openDialog(app.window()));
        auto* view = part<QTreeView>(openDialog(app.window()), u"historyView"_s);
        part<QLineEdit>(openDialog(app.window()), u"historyFilter"_s)->clear();
        QTRY_COMPARE(view->model()->rowCount(), 1);
        QCOMPARE(view->model()->index(0, NameHistoryModel::Undo).data().toString(), u"image is gone"_s);
        QTest::keyClick(openDialog(app.window()), Qt::Key_Escape);
    }

    void theHistoryOutlivesTheWindow()
    {
        {
            WindowFixture app(m_home->path());
            QVERIFY(app.show());
            QVERIFY(choose(app, New));
            removeChosenName(app);
            QTRY_VERIFY(target(New).isNull());
            QTRY_VERIFY(!app.find<MessageStrip>(u"imagesPage/strip"_s)->isClear());
        }
        WindowFixture app(m_home->path());
        QSignalSpy opened(&app.workbench(), &Workbench::opened);
        QVERIFY(app.show());
        QTRY_COMPARE(opened.size(), 1);
        app.actions().undo->trigger();
        QTRY_COMPARE(target(New), m_new.target.digest);
    }

private:
    [[nodiscard]] QString store() const { return WindowFixture::storeOf(m_home->path()); }

    //! Null where there is no such name.
    [[nodiscard]] Digest target(const QString& name) const
    {
        const auto opened = ImageStore::open(store());
        const auto found = opened ? (*opened)->resolve(name) : std::unexpected(opened.error());
        return found ? found->digest : Digest();
    }

    static bool choose(WindowFixture& app, const QString& name)
    {
        auto* tree = app.find<QTreeView>(u"imagesPage/tree"_s);
        const auto row = [&] {
            for (int i = 0; i < tree->model()->rowCount(); ++i) {
                const QModelIndex index = tree->model()->index(i, 0);
                if (index.data(ImageRole::CanonicalName).toString() == name)
                    return index;
            }
            return QModelIndex();
        };
        if (!QTest::qWaitFor([&] { return row().isValid(); }))
            return false;
        tree->scrollTo(row());
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(row()).center());
        return tree->currentIndex() == row();
    }

    static void removeChosenName(WindowFixture& app)
    {
        QTest::keyClick(app.find<QTreeView>(u"imagesPage/tree"_s), Qt::Key_Delete);
        QTRY_VERIFY(openDialog(app.window()));
        QDialog* dialog = openDialog(app.window());
        auto* nameOnly = part<QRadioButton>(dialog, u"nameOnlyButton"_s);
        QTest::mouseClick(nameOnly, Qt::LeftButton, {}, QPoint(8, nameOnly->height() / 2));
        auto* remove = part<QAbstractButton>(dialog, u"removeButton"_s);
        QTRY_VERIFY(remove->isEnabled());
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_VERIFY(!openDialog(app.window()));
    }

    std::unique_ptr<QTemporaryDir> m_home;
    Testing::RandomImage m_old, m_new;
};

QTEST_MAIN(TestNameHistory)
#include "tst_namehistory.moc"
