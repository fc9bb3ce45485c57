// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "menuclicks.h"
#include "registrywindow.h"
#include "transfercards.h"

#include "workbench/transfersettings.h"

#include <QAbstractButton>
#include <QInputDialog>
#include <QMenuBar>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr qint64 LayerSize = 1'000'000;

} // namespace

//! The speed limit of one registry, chosen on its page.
class TestRegistryLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        RandomImageOptions options;
        options.layerSizes = {LayerSize};
        options.isCompressible = false;
        QVERIFY(pushBySkopeo(randomImage(1, options), name()));
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void itHoldsForThisRegistryAndAtTheNextStart()
    {
        QString profile;
        {
            WindowFixture app(m_home->path());
            QVERIFY(app.show());
            QVERIFY(openRegistry(app, m_registry.host()));
            profile = app.workbench().profiles().constFirst().id;
            auto* button = app.find<QAbstractButton>(u"registryPage/limitButton"_s);
            QCOMPARE(button->text(), u"No limit"_s);
            QVERIFY(button->toolTip().contains(m_registry.host()));
            chooseFromNextMenu({u"limit512000"_s});
            click(button);
            QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"512 kB/s"_s, Patience);
            QTRY_COMPARE_WITH_TIMEOUT(rate(app), 512'000, Patience);
            QCOMPARE(app.workbench().registryRate(u"docker.io"_s), 0);
            QCOMPARE(app.workbench().transferRate(), 0);
        }
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Registry, profile);
        auto* button = app.find<QAbstractButton>(u"registryPage/limitButton"_s);
        QCOMPARE(button->text(), u"512 kB/s"_s);
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        pull(app, name());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto job = finished.front().front().value<JobSnapshot>();
        QCOMPARE(stateOf(job), u"Done"_s);
        // A quarter of a second's worth is free.
        QVERIFY(job.startedAt.msecsTo(job.finishedAt) > (LayerSize - 128'000) * 1000 / 512'000 - 100);
    }

    void whatIsOnItsWayObeysAtOnce()
    {
        QVERIFY(QDir().mkpath(m_home->filePath(u"config"_s)));
        TransferSettings(m_home->filePath(u"config"_s))
            .setRegistryBytesPerSecond(m_registry.host(), 20'000); // 50 s for the layer
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(openRegistry(app, m_registry.host()));
        QSignalSpy changed(&app.workbench(), &Workbench::jobChanged);
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        pull(app, name());
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty()
                                     && changed.constLast().constFirst().value<JobSnapshot>().bytesDone > 0,
                                 Patience);
        QVERIFY(finished.isEmpty());
        auto* button = app.find<QAbstractButton>(u"registryPage/limitButton"_s);
        QCOMPARE(button->text(), u"20 kB/s"_s);
        chooseFromNextMenu({u"limit0"_s});
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto job = finished.front().front().value<JobSnapshot>();
        QCOMPARE(stateOf(job), u"Done"_s);
        QVERIFY2(job.startedAt.msecsTo(job.finishedAt) < 40'000, "the former limit held on");
        QTRY_COMPARE_WITH_TIMEOUT(rate(app), 0, Patience);
    }

    void theMenuBarHasItWhereARegistryIsShown()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        const auto* limits = app.find<QMenu>(u"limitRegistryMenu"_s);
        QVERIFY(!limits->menuAction()->isEnabled());
        QVERIFY(openRegistry(app, m_registry.host()));
        QVERIFY(limits->menuAction()->isEnabled());
        auto* bar = app.window().menuBar();
        auto* menu = app.find<QMenu>(u"menuRegistry"_s);
        chooseFromNextMenu({u"limitRegistryMenu"_s, u"limitOther"_s});
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(menu->menuAction()).center());
        QTRY_VERIFY_WITH_TIMEOUT(app.window().findChild<QInputDialog*>(u"limitDialog"_s), Patience);
        auto* dialog = app.window().findChild<QInputDialog*>(u"limitDialog"_s);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isVisible(), Patience);
        QCOMPARE(dialog->windowTitle(), u"Limit for this registry"_s);
        dialog->setDoubleValue(2.5);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(app.find<QAbstractButton>(u"registryPage/limitButton"_s)->text(),
                                  u"2.5 MB/s"_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(rate(app), 2'500'000, Patience);
    }

private:
    [[nodiscard]] QString name() const { return m_registry.host() + u"/gallery/ui:1"_s; }
    [[nodiscard]] qint64 rate(WindowFixture& app) const
    {
        return app.workbench().registryRate(m_registry.host());
    }

    RegistryProcess m_registry;
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestRegistryLimit)
#include "tst_registrylimit.moc"
