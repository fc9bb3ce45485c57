// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/planmodel.h"

#include "models/roles.h"
#include "oci/mediatype.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

Descriptor blob(const char* name, qint64 size)
{
    Descriptor descriptor;
    descriptor.mediaType = MediaType::OciLayerGzip;
    descriptor.digest = Digest::ofBytes(name);
    descriptor.size = size;
    return descriptor;
}

Plan samplePlan()
{
    Plan plan;
    plan.root = blob("root", 700);
    PlannedBlob base;
    base.descriptor = blob("base", 3'600'000);
    base.action = PlannedBlob::Action::Present;
    base.step = u"ADD alpine-minirootfs"_s;
    PlannedBlob node;
    node.descriptor = blob("node", 4'100'000);
    node.action = PlannedBlob::Action::Mount;
    node.mountFrom = u"library/nginx"_s;
    PlannedBlob app;
    app.descriptor = blob("app", 18'400'000);
    plan.blobs = {base, node, app};
    plan.names = {{u"2.1.106"_s, std::nullopt}, {u"latest"_s, blob("before", 650)}, {u"2"_s, plan.root}};
    return plan;
}

QString badge(const PlanModel& model, int row)
{
    const auto badges = model.index(row, PlanModel::ActionColumn).data(Role::Badges).value<QList<Badge>>();
    return badges.isEmpty() ? QString() : badges.first().text;
}

} // namespace

class TestPlanModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBlobAndNameHasItsRow()
    {
        PlanModel model(PlanModel::Direction::Push);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setPlan(samplePlan());
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(badge(model, 0), u"already there"_s);
        QCOMPARE(badge(model, 1), u"mount from library/nginx"_s);
        QCOMPARE(badge(model, 2), u"upload"_s);
        QCOMPARE(badge(model, 3), u"new"_s);
        QCOMPARE(badge(model, 4), u"moves"_s);
        QCOMPARE(badge(model, 5), u"unchanged"_s);
        model.setPlan(std::nullopt);
        QCOMPARE(model.rowCount(), 0);
    }

    void aMoveNamesBothDigests()
    {
        PlanModel model(PlanModel::Direction::Push);
        model.setPlan(samplePlan());
        const QString text = model.index(4, PlanModel::WhatColumn).data().toString();
        QVERIFY(text.contains(u"latest"_s));
        QVERIFY(text.contains(blob("before", 0).digest.hex().left(8)));
        QVERIFY(text.contains(blob("root", 0).digest.hex().left(8)));
        const auto bold = model.index(4, PlanModel::WhatColumn).data(Role::BoldRange).value<Emphasis>();
        QCOMPARE(text.mid(bold.start, bold.length), u"latest"_s);
    }

    void whatIsAttachedIsToldApartFromTheImage()
    {
        Plan plan = samplePlan();
        PlannedBlob sbom;
        sbom.descriptor = blob("sbom", 90'000);
        sbom.step = u"SBOM"_s;
        sbom.isOfReferrer = true;
        PlannedBlob config = sbom;
        config.descriptor = blob("{}", 2);
        config.isConfig = true;
        plan.blobs += {sbom, config};
        PlanModel model(PlanModel::Direction::Push);
        model.setPlan(plan);
        QCOMPARE(model.rowCount(), 8);
        const QModelIndex row = model.index(3, PlanModel::WhatColumn);
        const QString text = row.data().toString();
        QVERIFY(text.endsWith(u"  SBOM"_s));
        const auto bold = row.data(Role::BoldRange).value<Emphasis>();
        QCOMPARE(text.mid(bold.start, bold.length), u"SBOM"_s);
        QVERIFY(model.index(4, PlanModel::WhatColumn).data().toString().endsWith(u"SBOM (configuration)"_s));
        QVERIFY(!model.index(2, PlanModel::WhatColumn).data(Role::BoldRange).isValid());
    }

    void aPullSpeaksOfHere()
    {
        PlanModel model(PlanModel::Direction::Pull);
        model.setPlan(samplePlan());
        QCOMPARE(badge(model, 0), u"already here"_s);
        QCOMPARE(badge(model, 2), u"download"_s);
    }
};

QTEST_GUILESS_MAIN(TestPlanModel)
#include "tst_planmodel.moc"
