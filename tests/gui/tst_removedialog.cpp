// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/text.h"
#include "support/resulttest.h"
#include "support/takefuture.h"
#include "ui/actions.h"
#include "ui/removedialog.h"
#include "windowfixture.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! What a deletion tells before it happens, against what it does.
class TestRemoveDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatIsSharedStaysAndIsExplained();
    void severalImagesFreeWhatOnlyTheyShare();
    void aNameAloneFreesNothing();

private:
    void choose(const QStringList& names) const;
    void open(QAction* action);
    [[nodiscard]] QString hint() const { return m_dialog->findChild<QLabel*>(u"imageHint"_s)->text(); }
    //! Deletes, and compares the disk with what was told.
    void deleteNow();

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<WindowFixture> m_app;
    QPointer<RemoveDialog> m_dialog;
};

void TestRemoveDialog::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    const auto add = [this](quint64 seed, const QList<qint64>& sizes, int shared, const QStringList& names) {
        RandomImageOptions options;
        options.layerSizes = sizes;
        options.sharedLayers = shared;
        options.isCompressible = false;
        randomImage(seed, options).writeLayout(WindowFixture::storeOf(m_home->path()), names);
    };
    // All three have the first layer, the first two the second as well.
    add(1, {400'000, 200'000, 50'000}, 2, {u"docker.io/library/app:1.0"_s, u"docker.io/library/app:1"_s});
    add(2, {400'000, 200'000, 30'000}, 2, {u"docker.io/library/app:1.1"_s});
    add(3, {400'000, 90'000}, 1, {u"docker.io/library/web:1.0"_s});
    m_app = std::make_unique<WindowFixture>(m_home->path());
    QVERIFY(m_app->show());
    QTRY_COMPARE(m_app->find<QTreeView>(u"tree"_s)->model()->rowCount(), 3);
}

void TestRemoveDialog::cleanup()
{
    delete m_dialog;
    m_app.reset();
}

void TestRemoveDialog::choose(const QStringList& names) const
{
    auto* const tree = m_app->find<QTreeView>(u"tree"_s);
    tree->expandAll();
    Qt::KeyboardModifiers modifiers;
    for (const QString& name : names) {
        const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, name, 1,
                                                Qt::MatchExactly | Qt::MatchRecursive);
        QVERIFY2(!found.isEmpty(), qPrintable(name));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, modifiers,
                          tree->visualRect(found.first()).center());
        modifiers = Qt::ControlModifier;
    }
}

void TestRemoveDialog::open(QAction* action)
{
    QVERIFY(action->isEnabled());
    action->trigger();
    QTRY_VERIFY((m_dialog = m_app->window().findChild<RemoveDialog*>()) && m_dialog->isVisible());
    QTRY_VERIFY(m_dialog->findChild<QPushButton*>(u"removeButton"_s)->isEnabled());
}

void TestRemoveDialog::deleteNow()
{
    const qint64 before = take(m_app->workbench().images())->usage.total;
    const QString told = hint();
    QTest::mouseClick(m_dialog->findChild<QPushButton*>(u"removeButton"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    const qint64 freed = before - take(m_app->workbench().images())->usage.total;
    QVERIFY2(told.contains(formatBytes(freed) + u" comes free"_s),
             qPrintable(u"%1, but \"%2\""_s.arg(formatBytes(freed), told)));
}

void TestRemoveDialog::whatIsSharedStaysAndIsExplained()
{
    choose({u"web:1.0"_s});
    open(m_app->actions().deleteImage);
    QVERIFY2(hint().contains(u"402 kB stays, since other images need it: "_s)
                 || hint().contains(u"401 kB stays, since other images need it: "_s),
             qPrintable(hint()));
    QVERIFY2(hint().contains(u"app:1.1"_s), qPrintable(hint()));
    deleteNow();
}

void TestRemoveDialog::severalImagesFreeWhatOnlyTheyShare()
{
    choose({u"app:1.0"_s, u"app:1.1"_s});
    open(m_app->actions().deleteImage);
    // The second layer is shared, but by nobody else.
    QVERIFY2(hint().contains(u"401 kB stays, since other images need it: web:1.0."_s), qPrintable(hint()));
    deleteNow();
    QCOMPARE(take(m_app->workbench().images())->images.size(), 1);
}

void TestRemoveDialog::aNameAloneFreesNothing()
{
    choose({u"app:1.0"_s});
    open(m_app->actions().removeTag);
    QVERIFY(m_dialog->findChild<QRadioButton*>(u"nameOnlyButton"_s)->isChecked());
    const qint64 before = take(m_app->workbench().images())->usage.total;
    QTest::mouseClick(m_dialog->findChild<QPushButton*>(u"removeButton"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    const auto after = take(m_app->workbench().images());
    VERIFY_RESULT(after);
    QCOMPARE(after->usage.total, before);
    QCOMPARE(after->images.size(), 3);
    QCOMPARE(after->usage.names, 3);
}

QTEST_MAIN(TestRemoveDialog)
#include "tst_removedialog.moc"
