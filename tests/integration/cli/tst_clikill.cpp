// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clikill.h"

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! `tagboat-cli pull` is killed again and again; what it had is not fetched again.
class TestCliKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPullThatIsKilledGoesOnWhereItWas()
    {
        const KillImage image(41);
        RegistryProcess registry;
        QVERIFY(registry.start());
        QVERIFY(image.skopeoPush(registry.host()));
        SabotageProxy proxy(registry.port());
        QVERIFY(proxy.start());
        proxy.setRate(KillRate);

        const CliProcess cli;
        const QStringList arguments{u"--json"_s, u"pull"_s, proxy.host() + u"/kill/ui:v1"_s};
        RandomBytes chance(17);
        for (int i = 0; i < Kills; ++i)
            QVERIFY(isKilled(cli, arguments, proxy, chance.below(image.size / (Kills + 4))));
        const CliRun last = cli.run(arguments);
        COMPARE_EXIT(last, 0);
        QCOMPARE(checkLayout(cli.dataDirectory() + u"/images"_s, image.target), QStringList());
        // What the processes that were killed had claimed of the store is empty talk now, and goes with a
        // sweep.
        COMPARE_EXIT(cli.run({u"gc"_s}), 0);
        QCOMPARE(cli.leftovers(), QStringList());
        const qint64 passed = bytesPassed(proxy);
        report("pull", image.size, passed);
        QVERIFY(passed <= mostAllowed(image.size));
    }
};

QTEST_GUILESS_MAIN(TestCliKill)
#include "tst_clikill.moc"
