// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/layersmodel.h"
#include "models/namesmodel.h"
#include "models/profilesmodel.h"
#include "models/sidebarmodel.h"
#include "snapshots.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

Profile profile(const QString& id, const QString& name, const QString& registry, const QString& user,
                bool isDefault = false)
{
    Profile made;
    made.id = id;
    made.name = name;
    made.registry = registry;
    made.user = user;
    made.isDefault = isDefault;
    return made;
}

ImageConfig::Step step(const QString& text, bool isEmpty = false)
{
    ImageConfig::Step made;
    made.createdBy = text;
    made.isEmptyLayer = isEmpty;
    return made;
}

} // namespace

class TestPlacesModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsWithoutLayersAreListedToo()
    {
        StoredLayer base = Samples::layer("base", 3'600'000, u"from the store"_s);
        const Digest other = Samples::digestOf("other image");
        base.sharedWith = {other, Samples::digestOf("unnamed")};
        const StoredLayer app = Samples::layer("app", 18'400'000, u"COPY ./src /app"_s);
        ImageConfig config;
        config.history = {step(u"ADD alpine.tar.gz /"_s), step(u"ENV A=1"_s, true),
                          step(u"COPY   ./src /app"_s)};
        LayersModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setLayers({base, app}, config, {{other, u"nginx:alpine"_s}});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, LayersModel::Step).data().toString(), u"ADD alpine.tar.gz /"_s);
        QCOMPARE(model.index(0, LayersModel::Size).data().toString(), u"3.6 MB"_s);
        QCOMPARE(model.index(0, LayersModel::SharedWith).data(Role::Badges).value<QList<Badge>>().size(), 2);
        QVERIFY(model.index(0, LayersModel::SharedWith)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(u"nginx:alpine"_s));
        QCOMPARE(model.index(1, LayersModel::Layer).data().toString(), u"no layer"_s);
        QCOMPARE(model.index(1, LayersModel::Size).data().toString(), u"\u2013"_s);
        QCOMPARE(model.index(2, LayersModel::Step).data().toString(), u"COPY ./src /app"_s);
        QCOMPARE(model.index(2, LayersModel::SharedWith).data().toString(), u"only here"_s);
        QCOMPARE(model.index(2, LayersModel::Layer).data(Role::CopyText).toString(),
                 app.descriptor.digest.toString());
    }

    void aHistoryThatDoesNotFitIsLeftAside()
    {
        ImageConfig config;
        config.history = {step(u"one"_s), step(u"two"_s), step(u"three"_s)};
        LayersModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setLayers({Samples::layer("a", 1, u"RUN make"_s)}, config, {});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, LayersModel::Step).data().toString(), u"RUN make"_s);
        model.setLayers({Samples::layer("a", 1, {}), Samples::layer("b", 2, {})}, {}, {});
        QCOMPARE(model.rowCount(), 2);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void missingLayersSaySo()
    {
        StoredLayer absent = Samples::layer("absent", 10, {});
        absent.isPresent = false;
        LayersModel model;
        model.setLayers({absent}, {}, {});
        const auto badges = model.index(0, LayersModel::SharedWith).data(Role::Badges).value<QList<Badge>>();
        QCOMPARE(badges.size(), 1);
        QCOMPARE(badges.front().tone, Tone::Warning);
        QCOMPARE(model.index(0, LayersModel::SharedWith).data().toString(), QString());
    }

    void namesAreMerged()
    {
        NamesModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setNames(
            {ShownName::of(u"docker.io/library/a:1"_s), ShownName::of(u"docker.io/library/b:1"_s)});
        const QPersistentModelIndex kept = model.index(1);
        model.setNames(
            {ShownName::of(u"docker.io/library/b:1"_s), ShownName::of(u"docker.io/library/c:1"_s)});
        QVERIFY(kept.isValid());
        QCOMPARE(kept.row(), 0);
        QCOMPARE(model.canonicalName(kept), u"docker.io/library/b:1"_s);
    }

    void profilesFindTheDefaultOfARegistry()
    {
        ProfilesModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setProfiles({profile(u"1"_s, u"Docker Hub"_s, u"docker.io"_s, u"alice"_s),
                           profile(u"2"_s, u"Work"_s, u"docker.io"_s, u"acme"_s, true),
                           profile(u"3"_s, u"Lab"_s, u"localhost:5000"_s, {})});
        QCOMPARE(model.rowForRegistry(u"docker.io"_s), 1);
        QCOMPARE(model.rowForRegistry(u"localhost:5000"_s), 2);
        QCOMPARE(model.rowForRegistry(u"ghcr.io"_s), -1);
        QCOMPARE(model.rowOf(u"3"_s), 2);
        QCOMPARE(model.index(0).data().toString(), u"Docker Hub \u2014 alice"_s);
        QCOMPARE(model.index(2).data().toString(), u"Lab"_s);
        QCOMPARE(model.index(0).data(Role::Subtitle).toString(), u"alice@docker.io"_s);
    }

    void theSidebarFollowsAccountsAndStates()
    {
        SidebarModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        using Place = SidebarModel::Place;
        QCOMPARE(model.place(model.indexOf(Place::AddAccount)), Place::AddAccount);
        const auto hub = profile(u"1"_s, u"Docker Hub"_s, u"docker.io"_s, u"alice"_s, true);
        const auto lab = profile(u"2"_s, u"Lab"_s, u"registry.local:5000"_s, {});
        model.setProfiles({hub, lab});
        const QPersistentModelIndex row = model.indexOf(Place::Registry, u"2"_s);
        QCOMPARE(model.place(row), Place::Registry);
        QCOMPARE(row.data(Role::StatusTone).value<Tone>(), Tone::Muted);
        QCOMPARE(model.indexOf(Place::Registry, u"1"_s).data(Role::Subtitle).toString(),
                 u"alice@docker.io \u00b7 default"_s);
        model.setConnection(u"2"_s, ConnectionState::Unencrypted, u"HTTP"_s);
        QCOMPARE(row.data(Role::Subtitle).toString(), u"registry.local:5000 \u00b7 HTTP"_s);
        QCOMPARE(row.data(Role::StatusTone).value<Tone>(), Tone::Warning);
        model.setProfiles({lab});
        QVERIFY(row.isValid());
        QCOMPARE(row.row(), 0);
        QVERIFY(!model.indexOf(Place::Registry, u"1"_s).isValid());
        model.setConnection(u"1"_s, ConnectionState::Failed); // an answer that comes too late

        model.setTransfers(2, 0.5);
        const QModelIndex transfers = model.indexOf(Place::Transfers);
        QCOMPARE(transfers.data(Role::Progress).toDouble(), 0.5);
        QCOMPARE(transfers.data(Role::Badges).value<QList<Badge>>().front().text, u"2"_s);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setTransfers(2, 0.5);
        QCOMPARE(changes.size(), 0);
        model.setTransfers(1, 0.5, 3); // what runs is what counts
        QCOMPARE(transfers.data(Role::Badges).value<QList<Badge>>().front().text, u"1"_s);
        model.setTransfers(0, -1, 3);
        QCOMPARE(transfers.data(Role::Badges).value<QList<Badge>>().front().text, u"3 paused"_s);
        model.setTransfers(0, -1);
        QVERIFY(!transfers.data(Role::Badges).isValid());
        QVERIFY(transfers.data(Role::Progress).toDouble() < 0);
        model.setImageCount(4);
        QCOMPARE(model.indexOf(Place::Images).data(Role::Count).toString(), u"4"_s);
        for (int group = 0; group < model.rowCount(); ++group)
            QVERIFY(!(model.index(group, 0).flags() & Qt::ItemIsSelectable));
    }
};

QTEST_GUILESS_MAIN(TestPlacesModels)
#include "tst_placesmodels.moc"
