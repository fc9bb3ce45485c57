// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/plansmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

Plan samplePlan(const QString& tag)
{
    Plan plan;
    PlannedBlob layer;
    layer.descriptor.digest = Digest::ofBytes("layer");
    layer.descriptor.size = 1000;
    plan.blobs = {layer};
    plan.names = {{tag, std::nullopt}};
    return plan;
}

} // namespace

class TestPlansModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachPlanStandsBelowItsHeading()
    {
        PlansModel model(PlanModel::Direction::Push);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlans({{u"one:5000/a"_s, {u"alice"_s, Tone::Info}, samplePlan(u"v1"_s)},
                        {u"two:5000/a"_s, {u"asking…"_s}, std::nullopt},
                        {u"one:5000/b"_s, {}, samplePlan(u"v2"_s)}});
        QCOMPARE(model.rowCount(), 7);
        QCOMPARE(model.columnCount(), int(PlanModel::ColumnCount));
        const auto what = [&model](int row) { return model.index(row, PlanModel::WhatColumn); };
        QCOMPARE(what(0).data().toString(), u"one:5000/a"_s);
        QVERIFY(what(0).data(Role::IsGroup).toBool() && !what(1).data(Role::IsGroup).toBool());
        QCOMPARE(what(0).data(Role::BoldRange).value<Emphasis>().length, 10);
        QCOMPARE(badge(model, 0), u"alice"_s);
        QCOMPARE(badge(model, 1), u"upload"_s);
        QVERIFY(what(2).data().toString().contains(u"v1"_s));
        QCOMPARE(badge(model, 3), u"asking…"_s);
        QCOMPARE(what(4).data().toString(), u"one:5000/b"_s);
        QVERIFY(what(6).data().toString().contains(u"v2"_s));
        QVERIFY(!model.headerData(PlanModel::SizeColumn, Qt::Horizontal).toString().isEmpty());
        model.setPlans({});
        QCOMPARE(model.rowCount(), 0);
    }

    void onePlanNeedsNoHeading()
    {
        PlansModel model(PlanModel::Direction::Push);
        model.setPlans({{{}, {}, samplePlan(u"v1"_s)}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(badge(model, 0), u"upload"_s);
    }

private:
    static QString badge(const PlansModel& model, int row)
    {
        const auto badges =
            model.index(row, PlanModel::ActionColumn).data(Role::Badges).value<QList<Badge>>();
        return badges.isEmpty() ? QString() : badges.first().text;
    }
};

QTEST_GUILESS_MAIN(TestPlansModel)
#include "tst_plansmodel.moc"
