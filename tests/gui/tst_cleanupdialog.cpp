// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/cleanupmodel.h"
#include "support/resulttest.h"
#include "support/takefuture.h"
#include "ui/actions.h"
#include "ui/cleanupdialog.h"
#include "windowfixture.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! The clean-up by real clicks: rules, the list, marks taken away, and exactly that goes.
class TestCleanUpDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatIsListedGoesAndNothingElse();
    void aRowWithoutAMarkStays();
    void bothRulesMustAgreeAndPatternsNarrow();
    void nothingToDoIsSaid();
    void theListFollowsTheStore();
    void rulesAreRemembered();
    void keysAndScreenReaderReachAll();

private:
    template<typename T>
    [[nodiscard]] T* find(const char* name) const
    {
        T* const found = m_dialog->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("the dialog has no %s", name);
        return found;
    }
    void open();
    void click(const char* name) const
    {
        auto* const box = find<QCheckBox>(name);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    }
    //! First column of the list, sorted.
    [[nodiscard]] QStringList listed() const;
    [[nodiscard]] QModelIndex rowOf(const QString& text) const;
    void clickMark(const QString& text) const;
    [[nodiscard]] QStringList namesLeft() const;

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<WindowFixture> m_app;
    QPointer<CleanUpDialog> m_dialog;
};

namespace {

RandomImage version(quint64 seed)
{
    RandomImageOptions options;
    options.layerSizes = {40'000, 20'000};
    options.sharedLayers = 1;
    return randomImage(seed, options);
}

} // namespace

void TestCleanUpDialog::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    const QString store = WindowFixture::storeOf(m_home->path());
    version(1).writeLayout(store, {u"docker.io/library/app:1.0"_s, u"docker.io/library/app:1"_s});
    version(2).writeLayout(store, {u"docker.io/library/app:1.1-rc.1"_s});
    version(3).writeLayout(store, {u"docker.io/library/app:1.1"_s});
    version(4).writeLayout(store, {u"docker.io/library/app:2.0"_s, u"docker.io/library/app:latest"_s});
    version(5).writeLayout(store, {u"docker.io/library/other:1.0"_s});
    m_app = std::make_unique<WindowFixture>(m_home->path());
    QVERIFY(m_app->show());
    QTRY_VERIFY(m_app->actions().cleanUp->isEnabled());
}

void TestCleanUpDialog::cleanup()
{
    delete m_dialog;
    m_app.reset();
}

void TestCleanUpDialog::open()
{
    m_app->actions().cleanUp->trigger();
    QTRY_VERIFY((m_dialog = m_app->window().findChild<CleanUpDialog*>()) && m_dialog->isVisible());
    QTRY_VERIFY(!find<QLabel>("headline")->text().startsWith(u"Looking"_s));
}

QStringList TestCleanUpDialog::listed() const
{
    const QAbstractItemModel* model = find<QTreeView>("previewView")->model();
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row)
        texts.append(model->index(row, 0).data().toString());
    texts.sort();
    return texts;
}

QModelIndex TestCleanUpDialog::rowOf(const QString& text) const
{
    const QAbstractItemModel* model = find<QTreeView>("previewView")->model();
    return model->match(model->index(0, 0), Qt::DisplayRole, text, 1, Qt::MatchExactly).value(0);
}

void TestCleanUpDialog::clickMark(const QString& text) const
{
    auto* const view = find<QTreeView>("previewView");
    QStyleOptionViewItem option;
    option.initFrom(view);
    option.widget = view;
    option.rect = view->visualRect(rowOf(text));
    option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
    const QRect mark = view->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, view);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, mark.center());
}

QStringList TestCleanUpDialog::namesLeft() const
{
    const auto snapshot = take(m_app->workbench().images());
    QStringList names;
    if (snapshot) {
        for (const StoredImage& image : snapshot->images)
            names += image.names;
    }
    names.replaceInStrings(u"docker.io/library/"_s, QString());
    names.sort();
    return names;
}

void TestCleanUpDialog::whatIsListedGoesAndNothingElse()
{
    const qint64 before = take(m_app->workbench().images())->usage.total;
    open();
    QCOMPARE(listed(), QStringList());
    QVERIFY(!find<QPushButton>("cleanButton")->isEnabled());
    click("keepBox");
    find<QSpinBox>("keepSpin")->setFocus();
    QTest::keyClick(find<QSpinBox>("keepSpin"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(find<QSpinBox>("keepSpin"), u"1"_s);
    QTRY_COMPARE(listed(), (QStringList{u"app:1, 1.0"_s, u"app:1.1"_s, u"app:1.1-rc.1"_s}));
    QTRY_VERIFY(find<QPushButton>("cleanButton")->isEnabled());
    QVERIFY2(find<QPushButton>("cleanButton")->text().startsWith(u"Free "_s),
             qPrintable(find<QPushButton>("cleanButton")->text()));
    QVERIFY(find<QLabel>("detailLabel")->text().contains(u"3 images"_s));
    QTest::mouseClick(find<QPushButton>("cleanButton"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog || !m_dialog->isVisible());
    QCOMPARE(namesLeft(), (QStringList{u"app:2.0"_s, u"app:latest"_s, u"other:1.0"_s}));
    const auto usage = take(m_app->workbench().images())->usage;
    QVERIFY(usage.total < before);
    QCOMPARE(usage.reclaimable, 0);
}

void TestCleanUpDialog::aRowWithoutAMarkStays()
{
    open();
    click("keepBox");
    find<QSpinBox>("keepSpin")->setValue(1);
    QTRY_COMPARE(listed().size(), 3);
    QTRY_VERIFY(find<QPushButton>("cleanButton")->isEnabled());
    const QString all = find<QPushButton>("cleanButton")->text();
    clickMark(u"app:1.1"_s);
    QCOMPARE(rowOf(u"app:1.1"_s).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Unchecked);
    QVERIFY(find<QPushButton>("cleanButton")->text() != all);
    QVERIFY(find<QLabel>("detailLabel")->text().contains(u"2 images"_s));
    QTest::mouseClick(find<QPushButton>("cleanButton"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog || !m_dialog->isVisible());
    QCOMPARE(namesLeft(), (QStringList{u"app:1.1"_s, u"app:2.0"_s, u"app:latest"_s, u"other:1.0"_s}));
}

void TestCleanUpDialog::bothRulesMustAgreeAndPatternsNarrow()
{
    open();
    auto* const pattern = find<QLineEdit>("referenceEdit");
    QVERIFY(!pattern->isEnabled());
    click("olderBox"); // random images are years old
    QTRY_COMPARE(listed().size(), 5);
    QVERIFY(pattern->isEnabled());
    QTest::keyClicks(pattern, u"other:*"_s);
    QTRY_COMPARE(listed(), QStringList{u"other:1.0"_s});
    pattern->clear();
    QVERIFY(!find<QLabel>("bothLabel")->isVisible());
    click("keepBox");
    QVERIFY(find<QLabel>("bothLabel")->isVisible());
    find<QSpinBox>("keepSpin")->setValue(2);
    QTRY_COMPARE(listed(), (QStringList{u"app:1, 1.0"_s, u"app:1.1-rc.1"_s}));
}

void TestCleanUpDialog::nothingToDoIsSaid()
{
    open();
    QTRY_COMPARE(find<QLabel>("headline")->text(), u"There is nothing to clean up"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QVERIFY(m_dialog->isVisible());
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog || !m_dialog->isVisible());
}

void TestCleanUpDialog::theListFollowsTheStore()
{
    open();
    VERIFY_RESULT(take(m_app->workbench().removeNames({u"docker.io/library/other:1.0"_s})));
    QTRY_COMPARE(listed(), QStringList{version(5).id().shortHex()});
    VERIFY_RESULT(take(
        m_app->workbench().tag(version(5).target.digest.toString(), {u"docker.io/library/other:2.0"_s})));
    QTRY_COMPARE(listed(), QStringList());
}

void TestCleanUpDialog::rulesAreRemembered()
{
    open();
    click("unfinishedBox");
    click("keepBox");
    find<QSpinBox>("keepSpin")->setValue(2);
    QTRY_VERIFY(find<QPushButton>("cleanButton")->isEnabled());
    QTest::mouseClick(find<QPushButton>("cleanButton"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    open();
    QVERIFY(find<QCheckBox>("unfinishedBox")->isChecked());
    QVERIFY(find<QCheckBox>("keepBox")->isChecked());
    QCOMPARE(find<QSpinBox>("keepSpin")->value(), 2);
    QVERIFY(!find<QCheckBox>("olderBox")->isChecked());
}

void TestCleanUpDialog::keysAndScreenReaderReachAll()
{
    open();
    click("keepBox");
    find<QSpinBox>("keepSpin")->setValue(1);
    QTRY_COMPARE(listed().size(), 3);
    auto* const view = find<QTreeView>("previewView");
    view->setFocus();
    view->setCurrentIndex(rowOf(u"app:1.1"_s));
    QTest::keyClick(view, Qt::Key_Space);
    QCOMPARE(rowOf(u"app:1.1"_s).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Unchecked);
    QTest::mouseClick(find<QToolButton>("noneButton"), Qt::LeftButton);
    QVERIFY(!find<QPushButton>("cleanButton")->isEnabled());
    QTest::mouseClick(find<QToolButton>("allButton"), Qt::LeftButton);
    QVERIFY(find<QPushButton>("cleanButton")->isEnabled());
    for (const char* name : {"olderSpin", "keepSpin", "ageChooser", "previewView", "referenceEdit"}) {
        QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(find<QWidget>(name));
        QVERIFY(access);
        QVERIFY2(!access->text(QAccessible::Name).isEmpty(), name);
    }
    QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(view);
    QVERIFY(list->tableInterface());
    QCOMPARE(list->tableInterface()->rowCount(), 3);
    const int row = rowOf(u"app:1.1"_s).row();
    QCOMPARE(list->tableInterface()->cellAt(row, 0)->text(QAccessible::Name), u"app:1.1"_s);
    QCOMPARE(list->tableInterface()->cellAt(row, 1)->text(QAccessible::Name), u"old version"_s);
}

QTEST_MAIN(TestCleanUpDialog)
#include "tst_cleanupdialog.moc"
