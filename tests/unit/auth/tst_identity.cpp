// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profilestore.h"
#include "support/resulttest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Who acts where: rules, and what is done without one.
class TestIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void placesAreParsed_data();
    void placesAreParsed();
    void badPlacesAreRefused_data();
    void badPlacesAreRefused();
    void nearestRuleDecides_data();
    void nearestRuleDecides();
    void whatIsAskedForBeatsEveryRule();
    void namespaceIsTheUser();
    void ruleMayNameNobody();
    void oneAnswerToOneQuestion();
    void ruleIsOfItsProfilesRegistry();
    void rulesGoWithTheirProfile();
    void rulesOfAProfileAreReplacedTogether();
    void anotherInstanceSeesRules();

private:
    [[nodiscard]] QString add(const QString& name, const QString& registry, const QString& user);
    [[nodiscard]] QString chosen(const QString& place, RepositoryUse use = RepositoryUse::Pull) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProfileStore> m_store;
};

namespace {

IdentityRule rule(const QString& place, const QString& profile,
                  IdentityRule::Use use = IdentityRule::Use::Any)
{
    auto made = ruleForPlace(place);
    if (!made)
        return {};
    made->profile = profile;
    made->use = use;
    return *made;
}

} // namespace

void TestIdentity::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<ProfileStore>(m_directory->path());
}

QString TestIdentity::add(const QString& name, const QString& registry, const QString& user)
{
    Profile profile;
    profile.name = name;
    profile.registry = registry;
    profile.user = user;
    const auto saved = m_store->save(profile);
    return saved ? saved->id : QString();
}

//! The name of whoever acts at "registry/repository", with a sign for why.
QString TestIdentity::chosen(const QString& place, RepositoryUse use) const
{
    const IdentityQuestion question{place.section(u'/', 0, 0), place.section(u'/', 1), use};
    const auto choice = m_store->choose(question);
    if (!choice)
        return choice.error().toString();
    const QString name = choice->profile ? choice->profile->name : u"nobody"_s;
    switch (choice->reason) {
    case IdentityChoice::Reason::Asked:
        return name + u" asked"_s;
    case IdentityChoice::Reason::Rule:
        return name + u" by "_s + choice->rule->place();
    case IdentityChoice::Reason::Namespace:
        return name + u" by name"_s;
    case IdentityChoice::Reason::Default:
        return name + u" by default"_s;
    case IdentityChoice::Reason::Nobody:
        return name;
    }
    return {};
}

void TestIdentity::placesAreParsed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("path");
    QTest::newRow("registry") << u"registry.example.com"_s << u"registry.example.com"_s << QString();
    QTest::newRow("port") << u"localhost:5000"_s << u"localhost:5000"_s << QString();
    QTest::newRow("namespace") << u"registry.example.com/team"_s << u"registry.example.com"_s << u"team"_s;
    QTest::newRow("repository") << u"ghcr.io/team/app/ui"_s << u"ghcr.io"_s << u"team/app/ui"_s;
    QTest::newRow("all below") << u"ghcr.io/team/*"_s << u"ghcr.io"_s << u"team"_s;
    QTest::newRow("slash") << u" ghcr.io/team/ "_s << u"ghcr.io"_s << u"team"_s;
    QTest::newRow("Docker Hub") << u"docker.io/alice"_s << u"docker.io"_s << u"alice"_s;
    QTest::newRow("Docker Hub's namespace") << u"alice"_s << u"docker.io"_s << u"alice"_s;
    QTest::newRow("Docker Hub's repository") << u"alice/ui"_s << u"docker.io"_s << u"alice/ui"_s;
}

void TestIdentity::placesAreParsed()
{
    QFETCH(const QString, text);
    const auto made = ruleForPlace(text);
    VERIFY_RESULT(made);
    QTEST(made->registry, "registry");
    QTEST(made->path, "path");
    const auto again = ruleForPlace(made->place());
    VERIFY_RESULT(again);
    QCOMPARE(*again, *made);
}

void TestIdentity::badPlacesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* const text :
         {"", "/", "*", "ghcr.io/Team", "ghcr.io/team//ui", "ghcr.io/team/ui:v1", "ghcr.io/a/*/b",
          "user@ghcr.io/team", "ghcr.io:none/team", "Alice", "ghcr.io/team ui"})
        QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text);
}

void TestIdentity::badPlacesAreRefused()
{
    QFETCH(const QString, text);
    const auto made = ruleForPlace(text);
    COMPARE_ERROR(made, Error::Code::InvalidInput);
    QCOMPARE(made.error().subject, text.trimmed());
}

void TestIdentity::nearestRuleDecides_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<RepositoryUse>("use");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* name, const QString& place, RepositoryUse use, const QString& answer) {
        QTest::newRow(name) << place << use << answer;
    };
    row("none fits", u"r.io/other/x"_s, RepositoryUse::Pull, u"first by default"_s);
    row("namespace", u"r.io/team/x"_s, RepositoryUse::Pull, u"reader by r.io/team"_s);
    row("use", u"r.io/team/x"_s, RepositoryUse::Push, u"writer by r.io/team"_s);
    row("nearer place", u"r.io/team/app"_s, RepositoryUse::Push, u"owner by r.io/team/app"_s);
    row("below it", u"r.io/team/app/ui"_s, RepositoryUse::Pull, u"owner by r.io/team/app"_s);
    row("whole names only", u"r.io/team/application"_s, RepositoryUse::Pull, u"reader by r.io/team"_s);
    row("whole namespaces only", u"r.io/teams/x"_s, RepositoryUse::Pull, u"first by default"_s);
    row("capital letters of a host", u"R.io/team/x"_s, RepositoryUse::Push, u"writer by r.io/team"_s);
    row("another registry", u"s.io/team/x"_s, RepositoryUse::Push, u"nobody"_s);
    row("a registry as such", u"r.io"_s, RepositoryUse::Pull, u"first by default"_s);
}

void TestIdentity::nearestRuleDecides()
{
    QFETCH(const QString, place);
    QFETCH(const RepositoryUse, use);
    QVERIFY(!add(u"first"_s, u"r.io"_s, u"first"_s).isEmpty());
    const QString reader = add(u"reader"_s, u"r.io"_s, u"reader"_s);
    const QString writer = add(u"writer"_s, u"r.io"_s, u"writer"_s);
    const QString owner = add(u"owner"_s, u"r.io"_s, u"owner"_s);
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, reader)));
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, writer, IdentityRule::Use::Push)));
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team/app"_s, owner)));
    QTEST(chosen(place, use), "answer");
}

void TestIdentity::whatIsAskedForBeatsEveryRule()
{
    const QString alice = add(u"alice"_s, u"r.io"_s, u"alice"_s);
    QVERIFY(!add(u"bob"_s, u"r.io"_s, u"bob"_s).isEmpty());
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, alice)));
    const IdentityQuestion question{u"r.io"_s, u"team/x"_s, RepositoryUse::Push};
    const auto choice = m_store->choose(question, u"bob"_s);
    VERIFY_RESULT(choice);
    QCOMPARE(choice->profile->name, u"bob"_s);
    QVERIFY(choice->reason == IdentityChoice::Reason::Asked);
    COMPARE_ERROR(m_store->choose(question, u"carol"_s), Error::Code::NotFound);
}

void TestIdentity::namespaceIsTheUser()
{
    QVERIFY(!add(u"private"_s, u"docker.io"_s, u"alice"_s).isEmpty());
    const QString work = add(u"work"_s, u"docker.io"_s, u"Acme"_s);
    QCOMPARE(chosen(u"docker.io/alice/ui"_s), u"private by name"_s);
    QCOMPARE(chosen(u"docker.io/acme/ui"_s, RepositoryUse::Push), u"work by name"_s);
    QCOMPARE(chosen(u"docker.io/library/nginx"_s), u"private by default"_s);
    QCOMPARE(chosen(u"docker.io/acme"_s), u"private by default"_s); // a repository, no namespace
    // A rule is the person's own word.
    VERIFY_RESULT(m_store->saveRule(rule(u"docker.io/alice"_s, work)));
    QCOMPARE(chosen(u"docker.io/alice/ui"_s), u"work by docker.io/alice"_s);
    // Of two for one user neither is meant more than the default.
    QVERIFY(!add(u"work, read only"_s, u"docker.io"_s, u"acme"_s).isEmpty());
    QCOMPARE(chosen(u"docker.io/acme/ui"_s), u"private by default"_s);
}

void TestIdentity::ruleMayNameNobody()
{
    QVERIFY(!add(u"alice"_s, u"r.io"_s, u"alice"_s).isEmpty());
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/public"_s, {}, IdentityRule::Use::Pull)));
    QCOMPARE(chosen(u"r.io/public/x"_s), u"nobody by r.io/public"_s);
    QCOMPARE(chosen(u"r.io/public/x"_s, RepositoryUse::Push), u"alice by default"_s);
}

void TestIdentity::oneAnswerToOneQuestion()
{
    const QString alice = add(u"alice"_s, u"r.io"_s, u"alice"_s);
    const QString bob = add(u"bob"_s, u"r.io"_s, u"bob"_s);
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, alice)));
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, bob)));
    QCOMPARE(m_store->rules(), QList<IdentityRule>{rule(u"r.io/team"_s, bob)});
    VERIFY_RESULT(m_store->removeRule(rule(u"r.io/team"_s, {})));
    QVERIFY(m_store->rules().isEmpty());
    COMPARE_ERROR(m_store->removeRule(rule(u"r.io/team"_s, {})), Error::Code::NotFound);
}

void TestIdentity::ruleIsOfItsProfilesRegistry()
{
    const QString alice = add(u"alice"_s, u"r.io"_s, u"alice"_s);
    COMPARE_ERROR(m_store->saveRule(rule(u"s.io/team"_s, alice)), Error::Code::InvalidInput);
    COMPARE_ERROR(m_store->saveRule(rule(u"r.io/team"_s, u"gone"_s)), Error::Code::NotFound);
    QVERIFY(m_store->rules().isEmpty());
    // A profile that moves to another registry leaves its rules behind.
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, alice)));
    auto moved = m_store->profile(alice);
    QVERIFY(moved);
    moved->registry = u"s.io"_s;
    VERIFY_RESULT(m_store->save(*moved));
    QVERIFY(m_store->rules().isEmpty());
}

void TestIdentity::rulesGoWithTheirProfile()
{
    const QString alice = add(u"alice"_s, u"r.io"_s, u"alice"_s);
    const QString bob = add(u"bob"_s, u"r.io"_s, u"bob"_s);
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/a"_s, alice)));
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/b"_s, bob)));
    VERIFY_RESULT(m_store->remove(bob));
    QCOMPARE(m_store->rules(), QList<IdentityRule>{rule(u"r.io/a"_s, alice)});
}

void TestIdentity::rulesOfAProfileAreReplacedTogether()
{
    const QString alice = add(u"alice"_s, u"r.io"_s, u"alice"_s);
    const QString bob = add(u"bob"_s, u"r.io"_s, u"bob"_s);
    const IdentityRule kept = rule(u"r.io/b"_s, bob);
    VERIFY_RESULT(m_store->saveRule(kept));
    VERIFY_RESULT(m_store->setRulesOf(alice, {rule(u"r.io/a"_s, alice), rule(u"r.io/c"_s, alice)}));
    VERIFY_RESULT(m_store->setRulesOf(alice, {rule(u"r.io/c"_s, alice)}));
    QCOMPARE(m_store->rules(), (QList<IdentityRule>{kept, rule(u"r.io/c"_s, alice)}));
    // All or nothing.
    COMPARE_ERROR(m_store->setRulesOf(alice, {rule(u"r.io/d"_s, alice), rule(u"s.io/e"_s, alice)}),
                  Error::Code::InvalidInput);
    QCOMPARE(m_store->rules(), (QList<IdentityRule>{kept, rule(u"r.io/c"_s, alice)}));
}

void TestIdentity::anotherInstanceSeesRules()
{
    const ProfileStore other(m_directory->path());
    QVERIFY(other.rules().isEmpty());
    const QString alice = add(u"alice"_s, u"r.io"_s, u"alice"_s);
    VERIFY_RESULT(m_store->saveRule(rule(u"r.io/team"_s, alice, IdentityRule::Use::Push)));
    QCOMPARE(other.rules(), QList<IdentityRule>{rule(u"r.io/team"_s, alice, IdentityRule::Use::Push)});
    // What else is saved leaves them alone.
    QVERIFY(!add(u"bob"_s, u"r.io"_s, u"bob"_s).isEmpty());
    QCOMPARE(other.rules().size(), 1);
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
