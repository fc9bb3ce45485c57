// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "workbench/transfersettings.h"

#include <QDir>
#include <QElapsedTimer>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Speed limits that were set in the window hold for the command line as well.
class TestCliLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        RandomImageOptions options;
        options.layerSizes = {LayerSize};
        options.isCompressible = false;
        randomImage(58, options).writeLayout(m_files.filePath(u"layout"_s), {u"v1"_s});
        m_name = m_registry.host() + u"/gallery/ui:v1"_s;
        QVERIFY(!runTool(u"skopeo"_s,
                         {u"copy"_s, u"--dest-tls-verify=false"_s,
                          u"oci:"_s + m_files.filePath(u"layout"_s) + u":v1"_s, u"docker://"_s + m_name})
                     .isEmpty());
    }

    void aRegistryHasItsOwn_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<bool>("isSlow");
        QTest::newRow("this one") << m_registry.host() << true;
        QTest::newRow("another") << u"docker.io"_s << false;
    }
    void aRegistryHasItsOwn()
    {
        QFETCH(const QString, registry);
        QFETCH(const bool, isSlow);
        const CliProcess cli;
        QVERIFY(QDir().mkpath(cli.configDirectory()));
        TransferSettings(cli.configDirectory()).setRegistryBytesPerSecond(registry, isSlow ? Rate : 1);
        QElapsedTimer clock;
        clock.start();
        const CliRun pulled = cli.run({u"--json"_s, u"pull"_s, m_name});
        COMPARE_EXIT(pulled, 0);
        // A quarter of a second's worth is free. The other limit would take days.
        if (isSlow)
            QVERIFY(clock.elapsed() > (LayerSize - Rate / 4) * 1000 / Rate);
    }

private:
    static constexpr qint64 LayerSize = 1'000'000;
    static constexpr qint64 Rate = 400'000;

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    QString m_name;
};

QTEST_GUILESS_MAIN(TestCliLimits)
#include "tst_clilimits.moc"
