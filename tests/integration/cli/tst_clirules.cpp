// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"

#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Several people at one registry, each with their own rights there, and rules that say who acts. With a real
//! keyring (run under tests/support/withkeyring).
class TestCliRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void ruleIsListedReplacedAndRemoved();
    void badRulesAreRefused_data();
    void badRulesAreRefused();
    void oneJobActsAsTwoPeople();
    void twoProcessesActAsTwoPeople();
    void withoutTheRuleTheWrongOneIsDenied();
    void pullAndPushMayBeTwoPeople();
    void namespaceNeedsNoRule();
    void refusalSaysWhoMayAndHow();

private:
    [[nodiscard]] bool logIn(const QString& user) const;
    [[nodiscard]] CliRun rule(const QStringList& words) const;
    [[nodiscard]] QString at(const QString& path) const { return m_registry->host() + u'/' + path; }
    [[nodiscard]] QJsonArray rules() const;
    //! Who asked for a token for just that, in the order they did. (A repository that layers could be taken
    //! over from is read by others, too.)
    [[nodiscard]] QStringList askersOf(const QString& repository,
                                       const QString& actions = QStringLiteral("pull,push")) const;

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<CliProcess> m_cli;
    quint64 m_seed = 900;
};

void TestCliRules::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
    QVERIFY(m_tokens.listen());
    m_tokens.addUser(u"ann"_s, u"secret of ann"_s);
    m_tokens.addUser(u"ben"_s, u"secret of ben"_s);
    RegistryOptions options;
    options.tokens = &m_tokens;
    m_registry = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_registry->start());
}

void TestCliRules::init()
{
    m_cli = std::make_unique<CliProcess>();
    m_cli->useSessionBus();
    m_tokens.clearRights();
    for (const QString& repository : {u"north/ui"_s, u"north/api"_s})
        m_tokens.allow(u"ann"_s, repository, {u"pull"_s, u"push"_s});
    for (const QString& repository : {u"south/ui"_s, u"ben/ui"_s})
        m_tokens.allow(u"ben"_s, repository, {u"pull"_s, u"push"_s});
    m_tokens.forgetRequests();
    QVERIFY(logIn(u"ann"_s)); // the first: she is the default
    QVERIFY(logIn(u"ben"_s));
    // A new image each time: nothing of it is there yet.
    const RandomImage image = randomImage(++m_seed);
    const QString folder = m_cli->path(u"layout"_s);
    image.writeLayout(folder, {u"it"_s});
    const QString file = folder + u".tar"_s;
    QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, file, u"."_s}).isEmpty());
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"ui:1"_s, file}), 0);
}

bool TestCliRules::logIn(const QString& user) const
{
    const CliRun run = m_cli->run({u"login"_s, m_registry->host(), u"-u"_s, user, u"--password-stdin"_s},
                                  "secret of " + user.toUtf8() + '\n');
    if (run.exitCode != 0)
        qWarning("%s", run.all().constData());
    return run.exitCode == 0;
}

CliRun TestCliRules::rule(const QStringList& words) const
{
    return m_cli->run(QStringList{u"--json"_s, u"rule"_s} + words);
}

QJsonArray TestCliRules::rules() const
{
    return m_cli->run({u"--json"_s, u"rules"_s}).last().value("rules"_L1).toArray();
}

QStringList TestCliRules::askersOf(const QString& repository, const QString& actions) const
{
    QStringList users;
    for (const ScriptedRequest& request : m_tokens.rawRequests()) {
        const QByteArray basic = request.headers.value("Authorization");
        const QByteArray who = QByteArray::fromBase64(basic.sliced(basic.indexOf(' ') + 1)).split(':').at(0);
        const QString asked = QUrl::fromPercentEncoding(request.target);
        const QString scope = u"repository:%1:%2"_s.arg(repository, actions);
        if (asked.endsWith(scope) || asked.contains(scope + u'&'))
            users.append(QString::fromUtf8(who));
    }
    users.removeDuplicates();
    return users;
}

void TestCliRules::ruleIsListedReplacedAndRemoved()
{
    const QString ben = u"ben@"_s + m_registry->host();
    const QString ann = u"ann@"_s + m_registry->host();
    COMPARE_EXIT(rule({at(u"south"_s), ben}), 0);
    COMPARE_EXIT(rule({at(u"south"_s), ann, u"--for"_s, u"pull"_s}), 0);
    COMPARE_EXIT(rule({at(u"open"_s), u"--nobody"_s}), 0);
    COMPARE_EXIT(rule({at(u"south/"_s), ann}), 0); // the same place
    QCOMPARE(rules().size(), 3);
    QCOMPARE(rules().at(0)[u"path"].toString(), u"open"_s);
    QVERIFY(rules().at(0)[u"profile"].isNull());
    QCOMPARE(rules().at(1)[u"profile"].toString(), ann);
    QCOMPARE(rules().at(1)[u"use"].toString(), u"any"_s);
    QCOMPARE(rules().at(2)[u"use"].toString(), u"pull"_s);
    COMPARE_EXIT(rule({at(u"south"_s), u"--remove"_s}), 0);
    COMPARE_CODE(rule({at(u"south"_s), u"--remove"_s}), "NotFound");
    QCOMPARE(rules().size(), 2);
    COMPARE_EXIT(m_cli->run({u"logout"_s, ann}), 0);
    QCOMPARE(rules().size(), 1);
    const CliRun shown = m_cli->run({u"rules"_s});
    QVERIFY2(shown.out.contains("(nobody)"), shown.all().constData());
}

void TestCliRules::badRulesAreRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("code");
    QTest::newRow("no such profile") << QStringList{u"HOST/south"_s, u"carol"_s} << u"NotFound"_s;
    QTest::newRow("another registry's")
        << QStringList{u"ghcr.io/south"_s, u"ben@HOST"_s} << u"InvalidInput"_s;
    QTest::newRow("no place") << QStringList{u"HOST/South"_s, u"ben@HOST"_s} << u"InvalidInput"_s;
    QTest::newRow("a tag") << QStringList{u"HOST/south/ui:1"_s, u"ben@HOST"_s} << u"InvalidInput"_s;
    QTest::newRow("nobody is meant") << QStringList{u"HOST/south"_s} << u"InvalidInput"_s;
    QTest::newRow("two are meant") << QStringList{u"HOST/south"_s, u"ben@HOST"_s, u"--nobody"_s}
                                   << u"InvalidInput"_s;
    QTest::newRow("no such use") << QStringList{u"HOST/south"_s, u"ben@HOST"_s, u"--for"_s, u"delete"_s}
                                 << u"InvalidInput"_s;
}

void TestCliRules::badRulesAreRefused()
{
    QFETCH(QStringList, words);
    QFETCH(const QString, code);
    words.replaceInStrings(u"HOST"_s, m_registry->host());
    const CliRun run = rule(words);
    COMPARE_CODE(run, qPrintable(code));
    QVERIFY(!run.last().value("subject"_L1).toString().isEmpty());
    QVERIFY(rules().isEmpty());
}

void TestCliRules::oneJobActsAsTwoPeople()
{
    COMPARE_EXIT(rule({at(u"south"_s), u"ben@"_s + m_registry->host()}), 0);
    const CliRun plan =
        m_cli->run({u"push"_s, u"ui:1"_s, at(u"north/ui:1"_s), at(u"south/ui:1"_s), u"--plan"_s});
    COMPARE_EXIT(plan, 0);
    QVERIFY2(plan.out.contains("as ann\n"), plan.all().constData());
    QVERIFY2(plan.out.contains(QByteArray("as ben (rule for " + at(u"south"_s).toUtf8() + ")\n")),
             plan.all().constData());

    m_tokens.forgetRequests();
    const CliRun run =
        m_cli->run({u"--json"_s, u"push"_s, u"ui:1"_s, at(u"north/ui:1"_s), at(u"south/ui:1"_s)});
    COMPARE_EXIT(run, 0);
    const QJsonArray targets = run.last().value("jobs"_L1).toArray().at(0)[u"targets"].toArray();
    QCOMPARE(targets.size(), 2);
    QCOMPARE(targets[0][u"user"].toString(), u"ann"_s);
    QCOMPARE(targets[1][u"user"].toString(), u"ben"_s);
    QCOMPARE(askersOf(u"north/ui"_s), QStringList{u"ann"_s});
    QCOMPARE(askersOf(u"south/ui"_s), QStringList{u"ben"_s});
}

void TestCliRules::twoProcessesActAsTwoPeople()
{
    COMPARE_EXIT(rule({at(u"south"_s), u"ben@"_s + m_registry->host()}), 0);
    const CliRun run =
        m_cli->runIn(u"\"$0\" push ui:1 \"$1\" & first=$!; \"$0\" push ui:1 \"$2\"; second=$?; "
                     "wait $first && exit $second"_s,
                     {at(u"north/api:1"_s), at(u"south/ui:2"_s)});
    COMPARE_EXIT(run, 0);
    QCOMPARE(askersOf(u"north/api"_s), QStringList{u"ann"_s});
    QCOMPARE(askersOf(u"south/ui"_s), QStringList{u"ben"_s});
}

void TestCliRules::withoutTheRuleTheWrongOneIsDenied()
{
    // The account is named with the refusal, and the other one is a way out.
    const CliRun denied = m_cli->run({u"--json"_s, u"push"_s, u"ui:1"_s, at(u"south/ui:3"_s)});
    COMPARE_CODE(denied, "Denied");
    QCOMPARE(askersOf(u"south/ui"_s), QStringList{u"ann"_s});
    COMPARE_EXIT(m_cli->run({u"--profile"_s, u"ben@"_s + m_registry->host(), u"push"_s, u"ui:1"_s,
                             at(u"south/ui:3"_s)}),
                 0);
}

void TestCliRules::pullAndPushMayBeTwoPeople()
{
    m_tokens.allow(u"ann"_s, u"south/ui"_s, {u"pull"_s});
    COMPARE_EXIT(rule({at(u"south"_s), u"ben@"_s + m_registry->host(), u"--for"_s, u"push"_s}), 0);
    COMPARE_EXIT(m_cli->run({u"push"_s, u"ui:1"_s, at(u"south/ui:4"_s)}), 0);
    QCOMPARE(askersOf(u"south/ui"_s), QStringList{u"ben"_s});
    m_tokens.forgetRequests();
    COMPARE_EXIT(m_cli->run({u"pull"_s, at(u"south/ui:4"_s)}), 0);
    QCOMPARE(askersOf(u"south/ui"_s, u"pull"_s), QStringList{u"ann"_s});
    QCOMPARE(askersOf(u"south/ui"_s), QStringList());
}

void TestCliRules::namespaceNeedsNoRule()
{
    COMPARE_EXIT(m_cli->run({u"push"_s, u"ui:1"_s, at(u"ben/ui:1"_s)}), 0);
    QCOMPARE(askersOf(u"ben/ui"_s), QStringList{u"ben"_s});
}

void TestCliRules::refusalSaysWhoMayAndHow()
{
    const QString ann = u"ann@"_s + m_registry->host();
    const CliRun refused =
        m_cli->run({u"--json"_s, u"--profile"_s, ann, u"push"_s, u"ui:1"_s, at(u"ben/ui:1"_s)});
    COMPARE_CODE(refused, "Denied");
    const QString advice = refused.last().value("remedy"_L1).toString();
    QVERIFY2(advice.contains(u"belongs to \"ben\", not to ann"_s), qPrintable(advice));
    QVERIFY2(advice.contains(u"--profile 'ben@"_s), qPrintable(advice));
    const CliRun plain = m_cli->run({u"--profile"_s, ann, u"push"_s, u"ui:1"_s, at(u"ben/ui:1"_s)});
    QVERIFY2(plain.error.contains("belongs to"), plain.all().constData());
    COMPARE_EXIT(
        m_cli->run({u"--profile"_s, u"ben@"_s + m_registry->host(), u"push"_s, u"ui:1"_s, at(u"ben/ui:1"_s)}),
        0);
    const CliRun unknown = m_cli->run({u"--json"_s, u"pull"_s, u"--anonymous"_s, at(u"ben/ui:1"_s)});
    COMPARE_CODE(unknown, "Unauthorized");
    QVERIFY2(unknown.last().value("remedy"_L1).toString().startsWith(u"Nobody is logged in there"_s),
             unknown.all().constData());
}

QTEST_GUILESS_MAIN(TestCliRules)
#include "tst_clirules.moc"
