// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clikill.h"
#include "support/uploadsregistry/uploadsregistry.h"

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! `tagboat-cli push` is killed again and again; the sessions live at the registry, and what it has is not
//! sent again.
class TestCliKillPush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPushThatIsKilledGoesOnWhereItWas()
    {
        const KillImage image(42);
        UploadsRegistry registry;
        QVERIFY(registry.start());
        SabotageProxy proxy(registry.port());
        QVERIFY(proxy.start());

        const CliProcess cli;
        const QString name = proxy.host() + u"/kill/ui:v1"_s;
        QVERIFY(image.store(cli, name));
        proxy.setRate(KillRate);
        const QStringList arguments{u"--json"_s, u"push"_s, name};
        RandomBytes chance(18);
        for (int i = 0; i < Kills; ++i)
            QVERIFY(isKilled(cli, arguments, proxy, chance.below(image.size / (Kills + 4))));
        const CliRun last = cli.run(arguments);
        COMPARE_EXIT(last, 0);
        proxy.setRate(0);
        QVERIFY(image.isWholeAt(registry.host()));
        report("push", image.size, registry.bytesReceived());
        QVERIFY(registry.bytesReceived() <= mostAllowed(image.size));
    }
};

QTEST_GUILESS_MAIN(TestCliKillPush)
#include "tst_clikillpush.moc"
