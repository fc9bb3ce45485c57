// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/randomimage.h"

#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! What happened to names, and the way back, from a script.
class TestCliHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_cli = std::make_unique<CliProcess>();
        const QString store = m_cli->dataDirectory() + u"/images"_s;
        randomImage(1).writeLayout(store, {One, u"docker.io/alice/ui:keep"_s});
        randomImage(2).writeLayout(store, {Two});
    }

    void aMoveIsToldAndUndone()
    {
        QCOMPARE(run({u"tag"_s, Two, One, u"alice/ui:more"_s}).exitCode, 0);
        QCOMPARE(target(One), target(Two));
        const QJsonArray moves = run({u"history"_s}).last().value("moves"_L1).toArray();
        QCOMPARE(moves.size(), 2);
        const QJsonObject last =
            run({u"history"_s, u"alice/ui:1"_s}).last().value("moves"_L1).toArray().at(0).toObject();
        QCOMPARE(last.value("name"_L1).toString(), One);
        QCOMPARE(last.value("cause"_L1).toString(), u"tag"_s);
        QCOMPARE(last.value("program"_L1).toString(), u"tagboat-cli"_s);
        QCOMPARE(last.value("previous"_L1).toString(), randomImage(1).target.digest.toString());
        QCOMPARE(last.value("undo"_L1).toString(), u"possible"_s);

        const CliRun undone = run({u"undo"_s});
        QCOMPARE(undone.exitCode, 0);
        QCOMPARE(undone.last().value("undone"_L1).toArray().size(), 2);
        QCOMPARE(target(One), randomImage(1).target.digest.toString());
        QCOMPARE(target(u"docker.io/alice/ui:more"_s), QString());
        const CliRun nothing = run({u"undo"_s});
        COMPARE_CODE(nothing, "NotFound");
    }

    void aNameComesBackByItsOwnName()
    {
        QCOMPARE(run({u"rm"_s, One}).exitCode, 0);
        QCOMPARE(run({u"tag"_s, Two, u"alice/ui:later"_s}).exitCode, 0);
        QCOMPARE(run({u"undo"_s, u"alice/ui:1"_s}).exitCode, 0);
        QCOMPARE(target(One), randomImage(1).target.digest.toString());
        QVERIFY(!target(u"docker.io/alice/ui:later"_s).isEmpty());
    }

    void whatWasDeletedIsGoneAndSaysSo()
    {
        QCOMPARE(run({u"rm"_s, Two}).exitCode, 0); // its only name: the image goes, too
        const QJsonObject last = run({u"history"_s}).last().value("moves"_L1).toArray().at(0).toObject();
        QCOMPARE(last.value("undo"_L1).toString(), u"image gone"_s);
        const CliRun undone = run({u"undo"_s});
        COMPARE_CODE(undone, "NotFound");
        QVERIFY2(undone.out.contains("not here any more"), undone.all().constData());
    }

    void aCascadeLeavesWhatHigherVersionsHold()
    {
        QCOMPARE(run({u"tag"_s, One, u"alice/app:3.0.0"_s, u"--cascade"_s}).exitCode, 0);
        QCOMPARE(target(u"docker.io/alice/app:latest"_s), randomImage(1).target.digest.toString());
        QCOMPARE(run({u"tag"_s, Two, u"alice/app:2.1.106"_s, u"--cascade"_s}).exitCode, 0);
        QCOMPARE(target(u"docker.io/alice/app:2"_s), randomImage(2).target.digest.toString());
        QCOMPARE(target(u"docker.io/alice/app:latest"_s), randomImage(1).target.digest.toString());
    }

    void aTextForPeople()
    {
        QCOMPARE(run({u"tag"_s, Two, One}).exitCode, 0);
        const CliRun text = m_cli->run({u"history"_s});
        QVERIFY2(text.out.contains("alice/ui:1"), text.all().constData());
        QVERIFY2(text.out.contains("tag (tagboat-cli)"), text.all().constData());
        const CliRun undone = m_cli->run({u"undo"_s});
        QVERIFY2(undone.out.contains("alice/ui:1 means"), undone.all().constData());
    }

private:
    CliRun run(const QStringList& arguments) const
    {
        return m_cli->run(QStringList{u"--json"_s} + arguments);
    }

    [[nodiscard]] QString target(const QString& name) const
    {
        const CliRun found = run({u"inspect"_s, name});
        return found.exitCode == 0 ? found.last().value("digest"_L1).toString() : QString();
    }

    const QString One = u"docker.io/alice/ui:1"_s;
    const QString Two = u"docker.io/alice/ui:2"_s;
    std::unique_ptr<CliProcess> m_cli;
};

QTEST_GUILESS_MAIN(TestCliHistory)
#include "tst_clihistory.moc"
