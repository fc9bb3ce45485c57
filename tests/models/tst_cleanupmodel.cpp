// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/cleanupmodel.h"

#include "models/roles.h"
#include "snapshots.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

CleanUpItem imageItem(const QByteArray& seed, const QStringList& names, qint64 size, qint64 bytes)
{
    CleanUpItem item;
    item.kind = CleanUpItem::Kind::Image;
    item.reasons = names.isEmpty() ? CleanUpReason::Untagged : CleanUpReason::OldVersion;
    item.target = Samples::digestOf(seed);
    item.id = Samples::digestOf("id of " + seed);
    item.names = names;
    item.size = size;
    item.bytes = bytes;
    return item;
}

//! Two images that share 300 bytes, a signature of the first, a platform's entry, a name, two blobs.
CleanUpPlan samplePlan()
{
    CleanUpPlan plan;
    plan.items.append(imageItem("a", {u"docker.io/library/app:1.0"_s}, 1000, 700));
    plan.items.append(imageItem("b", {}, 800, 500));
    CleanUpItem signature = imageItem("s", {}, 50, 50);
    signature.reasons = CleanUpReason::Attached;
    signature.isArtifact = true;
    signature.subjectName = u"docker.io/library/app:1.0"_s;
    signature.hosts = {0};
    plan.items.append(signature);
    CleanUpItem part = imageItem("p", {}, 20, 0);
    part.isPart = true;
    part.hosts = {1};
    plan.items.append(part);
    CleanUpItem name = imageItem("kept", {u"docker.io/library/app:0.9"_s}, 900, 0);
    name.kind = CleanUpItem::Kind::Name;
    name.keptNames = {u"docker.io/library/app:stable"_s};
    plan.items.append(name);
    CleanUpItem blobs;
    blobs.reasons = CleanUpReason::Unreferenced;
    blobs.files = {{{}, 40, Samples::digestOf("x")}, {{}, 60, Samples::digestOf("y")}};
    blobs.size = blobs.bytes = 100;
    plan.items.append(blobs);
    plan.blobs = {{700, {0}}, {500, {1}}, {300, {0, 1}}, {50, {2}}};
    return plan;
}

QStringList badges(const CleanUpModel& model, int row)
{
    QStringList texts;
    for (const Badge& badge :
         model.index(row, CleanUpModel::WhyColumn).data(Role::Badges).value<QList<Badge>>())
        texts.append(badge.text);
    return texts;
}

} // namespace

class TestCleanUpModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyItemHasItsRowWithItsReason()
    {
        CleanUpModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlan(samplePlan());
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(0, 0).data().toString(), u"app:1.0"_s);
        QCOMPARE(badges(model, 0), QStringList{u"old version"_s});
        QCOMPARE(model.index(1, 0).data().toString(), Samples::digestOf("id of b").shortHex());
        QCOMPARE(badges(model, 1), QStringList{u"untagged"_s});
        QCOMPARE(badges(model, 2), QStringList{u"belongs to app:1.0"_s});
        QCOMPARE(badges(model, 3), (QStringList{u"old version"_s, u"only the name"_s}));
        QVERIFY(model.index(3, 0).data(Qt::ToolTipRole).toString().contains(u"app:stable"_s));
        QCOMPARE(model.index(3, CleanUpModel::FreesColumn).data().toString(), u"0 B"_s);
        QVERIFY(
            model.index(4, 0).data(Qt::ToolTipRole).toString().contains(Samples::digestOf("y").toString()));
        QCOMPARE(model.sum().bytes, 1650);
        QCOMPARE(model.sharedBytes(), 300);
        model.setPlan({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.sum().bytes, 0);
    }

    void takingAMarkAwayKeepsWhatIsAttached()
    {
        CleanUpModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlan(samplePlan());
        const QSignalSpy changes(&model, &CleanUpModel::sumChanged);
        QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(model.index(2, 0).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Unchecked);
        QVERIFY(!model.flags(model.index(2, 0)).testFlag(Qt::ItemIsUserCheckable));
        QVERIFY(!model.setData(model.index(2, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.chosen(), (std::vector<bool>{false, true, false, true, true, true}));
        QCOMPARE(model.sum().bytes, 600); // what both images hold stays for the one that stays
        QCOMPARE(model.sharedBytes(), 0);
        QCOMPARE(model.chosenRows(), 3);
        model.setAllChosen(false);
        QCOMPARE(model.sum().bytes, 0);
        QCOMPARE(model.sum().images, 0);
        model.setAllChosen(true);
        QCOMPARE(model.sum().bytes, 1650);
    }

    void marksOutliveAnotherPlan()
    {
        CleanUpModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlan(samplePlan());
        QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
        CleanUpPlan fewer = samplePlan();
        fewer.items = {fewer.items.at(5), fewer.items.at(1)};
        fewer.blobs = {{500, {1}}};
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setPlan(fewer);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.chosen(), (std::vector<bool>{true, false}));
        model.setPlan(samplePlan());
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Unchecked);
        QVERIFY(resets.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCleanUpModel)
#include "tst_cleanupmodel.moc"
