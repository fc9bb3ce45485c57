// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/authorizer.h"
#include "auth/credentialsource.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QUrlQuery>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! A registry and its token server are real HTTP servers; the clock is ours.
class TestAuthorizer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void nothingIsSentBeforeAChallenge();
    void basicChallengeGivesUserAndPassword();
    void basicWithoutCredentialCannotHelp();
    void basicPasswordRefusedIsFinal();
    void identityTokenNeverGoesToTheRegistry();
    void bearerIsPreferredOverBasic();
    void tokenRequestSaysWhatTheSpecSays();
    void anonymousTokenRequestCarriesNoCredentials();
    void tokenIsKeptUntilShortlyBeforeItExpires();
    void lifetimeFollowsTheReply_data();
    void lifetimeFollowsTheReply();
    void largerTokenServesSmallerNeeds();
    void waitersShareOneTokenRequest();
    void waitersShareOneRefusal();
    void stoppedLeaderHandsOver();
    void stoppedWaiterLeavesAlone();
    void refusedTokenIsRenewedOnce();
    void freshTokenThatIsTooSmallIsFinal();
    void demandOfTheRegistryIsAddedToTheScopes();
    void identityTokenIsPostedAndReplaced();
    void newIdentityTokenGoesBackToTheSource_data();
    void newIdentityTokenGoesBackToTheSource();
    void identityTokensAreUsedOneAfterTheOther();
    void identityTokenOfAnotherProgramIsFound();
    void passwordIsPostedWhereGetIsNotKnown();
    void passwordThatWasChangedIsTried();
    void passwordThatWasNotChangedIsTriedOnce();
    void basicPasswordThatWasChangedIsTried();
    void refusalOfTheTokenServerIsTold_data();
    void refusalOfTheTokenServerIsTold();
    void replyWithoutTokenIsCorrupt_data();
    void replyWithoutTokenIsCorrupt();
    void realmElsewhereInThisNetworkIsDenied();
    void redirectOfTheTokenServerLosesThePassword();
    void caOfTheRegistryHoldsAtTheTokenServer();
    void challengeOfAnotherHostIsIgnored();
    void missingChallengeIsLookedForAtTheFrontDoor();
    void errorOfTheCredentialSourceIsPassedOn();
    void credentialIsAskedForOnce();
    void forgetDropsTokensAndCredential();

private:
    [[nodiscard]] QByteArray challenge(const QByteArray& more = {}) const
    {
        return "Bearer realm=\"" + m_tokens->url("/token").toEncoded() + "\",service=\"reg\"" + more;
    }
    [[nodiscard]] HttpResponse refusal(const QByteArray& wwwAuthenticate) const
    {
        HttpResponse reply;
        reply.status = 401;
        reply.url = m_registry->url("/v2/alice/ui/tags/list");
        if (!wwwAuthenticate.isEmpty())
            reply.headers.add("WWW-Authenticate", wwwAuthenticate);
        return reply;
    }
    //! A token server that numbers its tokens.
    void serveTokens(const QByteArray& members = {})
    {
        m_tokens->on("GET", "/token", [this, members](const ScriptedRequest&) {
            return ScriptedAnswer::json(
                200, "{\"token\":\"t" + QByteArray::number(++m_issued) + "\"" + members + "}");
        });
    }
    //! One whose identity tokens, r0 and on, are good for one request each.
    void serveRotatingTokens()
    {
        m_tokens->on("POST", "/token", [this](const ScriptedRequest& request) {
            const QByteArray expected = "refresh_token=r" + QByteArray::number(m_issued);
            if (!request.body.endsWith(expected))
                return ScriptedAnswer::text(401, "");
            const QByteArray number = QByteArray::number(++m_issued);
            return ScriptedAnswer::json(
                200, "{\"access_token\":\"t" + number + "\",\"refresh_token\":\"r" + number + "\"}");
        });
    }
    //! One that knows alice by \a password.
    void servePassword(const QByteArray& password)
    {
        m_tokens->on("GET", "/token", [this, password](const ScriptedRequest& request) {
            if (request.headers.value("Authorization")
                != "Basic " + QByteArray("alice:" + password).toBase64())
                return ScriptedAnswer::text(401, "");
            return ScriptedAnswer::json(200, "{\"token\":\"t" + QByteArray::number(++m_issued) + "\"}");
        });
    }
    void make(Authorizer::CredentialSource source = noCredential())
    {
        m_authorizer = std::make_shared<Authorizer>(m_http, m_registry->url("/"), std::move(source),
                                                    [this] { return m_now; });
    }
    Result<QByteArray> authorization(const QStringList& scopes = {u"repository:alice/ui:pull"_s})
    {
        return QCoro::waitFor(m_authorizer->authorization(scopes, {}));
    }
    Result<bool> challenged(const HttpResponse& reply, const QByteArray& used = {},
                            const QStringList& scopes = {u"repository:alice/ui:pull"_s})
    {
        return QCoro::waitFor(m_authorizer->challenged(reply, used, scopes, {}));
    }
    [[nodiscard]] QUrlQuery lastQuery() const
    {
        return QUrlQuery(QUrl::fromEncoded(m_tokens->requests().constLast().target));
    }

    std::unique_ptr<ScriptedServer> m_registry;
    std::unique_ptr<ScriptedServer> m_tokens;
    std::shared_ptr<HttpClient> m_http;
    std::shared_ptr<Authorizer> m_authorizer;
    QDateTime m_now;
    int m_issued = 0;
};

namespace {

Task<bool> ready(bool answer)
{
    co_return answer;
}

const Credential Alice{u"alice"_s, u"pass:wörd"_s, false};

//! Two lines that every test of Bearer begins with.
#define LEARN(more)                                                                                          \
    do {                                                                                                     \
        const auto learnt = challenged(refusal(challenge(more)));                                            \
        VERIFY_RESULT(learnt);                                                                               \
        QVERIFY(*learnt);                                                                                    \
    } while (false)

#define COMPARE_AUTHORIZATION(result, expected)                                                              \
    do {                                                                                                     \
        const auto given = (result);                                                                         \
        VERIFY_RESULT(given);                                                                                \
        QCOMPARE(*given, QByteArray(expected));                                                              \
    } while (false)

} // namespace

void TestAuthorizer::init()
{
    m_registry = std::make_unique<ScriptedServer>();
    m_tokens = std::make_unique<ScriptedServer>();
    QVERIFY(m_registry->listen());
    QVERIFY(m_tokens->listen());
    m_http = std::make_shared<HttpClient>();
    m_now = QDateTime::fromString(u"2026-03-04T05:06:07Z"_s, Qt::ISODate);
    m_issued = 0;
}

void TestAuthorizer::cleanup()
{
    m_authorizer.reset();
    m_http.reset();
}

void TestAuthorizer::nothingIsSentBeforeAChallenge()
{
    make([](std::stop_token) -> Task<Result<std::optional<Credential>>> { qFatal("asked too early"); });
    COMPARE_AUTHORIZATION(authorization(), "");
    QVERIFY(!m_authorizer->hasCredential());
}

void TestAuthorizer::basicChallengeGivesUserAndPassword()
{
    make(fixedCredential(Alice));
    const auto canHelp = challenged(refusal("Basic realm=\"Registry\""));
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Basic " + QByteArray("alice:pass:w\xc3\xb6rd").toBase64());
    QVERIFY(m_authorizer->hasCredential());
}

void TestAuthorizer::basicWithoutCredentialCannotHelp()
{
    make();
    const auto canHelp = challenged(refusal("Basic realm=\"Registry\""));
    VERIFY_RESULT(canHelp);
    QVERIFY(!*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "");
}

void TestAuthorizer::basicPasswordRefusedIsFinal()
{
    make(fixedCredential(Alice));
    VERIFY_RESULT(challenged(refusal("Basic realm=\"Registry\"")));
    const auto used = authorization();
    VERIFY_RESULT(used);
    const auto canHelp = challenged(refusal("Basic realm=\"Registry\""), *used);
    VERIFY_RESULT(canHelp);
    QVERIFY(!*canHelp);
}

void TestAuthorizer::identityTokenNeverGoesToTheRegistry()
{
    make(fixedCredential({u"<token>"_s, u"refresh"_s, true}));
    const auto canHelp = challenged(refusal("Basic realm=\"Registry\""));
    VERIFY_RESULT(canHelp);
    QVERIFY(!*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "");
}

void TestAuthorizer::bearerIsPreferredOverBasic()
{
    serveTokens();
    make(fixedCredential(Alice));
    const auto canHelp = challenged(refusal("Basic realm=\"Registry\", " + challenge()));
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
}

void TestAuthorizer::tokenRequestSaysWhatTheSpecSays()
{
    serveTokens();
    make(fixedCredential(Alice));
    auto reply = refusal("Bearer realm=\"" + m_tokens->url("/token?tenant=a%2Fb").toEncoded()
                         + "\",service=\"my reg+1\"");
    VERIFY_RESULT(challenged(reply, {}, {u"repository:alice/ui:pull,push"_s, u"repository:base/os:pull"_s}));
    COMPARE_AUTHORIZATION(authorization({u"repository:alice/ui:pull,push"_s, u"repository:base/os:pull"_s}),
                          "Bearer t1");

    QCOMPARE(m_tokens->requests().size(), 1);
    const ScriptedRequest request = m_tokens->requests().constFirst();
    QVERIFY2(request.target.startsWith("/token?tenant=a%2Fb&"), request.target.constData());
    const QUrlQuery query = lastQuery();
    QCOMPARE(query.allQueryItemValues(u"scope"_s, QUrl::FullyDecoded),
             (QStringList{u"repository:alice/ui:pull,push"_s, u"repository:base/os:pull"_s}));
    QCOMPARE(query.queryItemValue(u"service"_s, QUrl::FullyDecoded), u"my reg+1"_s);
    QVERIFY2(request.target.contains("my%20reg%2B1"), request.target.constData());
    QCOMPARE(query.queryItemValue(u"client_id"_s), u"tagboat"_s);
    QCOMPARE(query.queryItemValue(u"account"_s), u"alice"_s);
    QVERIFY(!query.hasQueryItem(u"offline_token"_s));
    QCOMPARE(request.headers.value("Authorization"),
             "Basic " + QByteArray("alice:pass:w\xc3\xb6rd").toBase64());
}

void TestAuthorizer::anonymousTokenRequestCarriesNoCredentials()
{
    serveTokens();
    make();
    const auto canHelp = challenged(refusal("Bearer realm=\"" + m_tokens->url("/token").toEncoded() + '"'));
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    const ScriptedRequest request = m_tokens->requests().constFirst();
    QVERIFY(!request.headers.contains("Authorization"));
    QVERIFY(!lastQuery().hasQueryItem(u"account"_s));
    QVERIFY(!lastQuery().hasQueryItem(u"service"_s)); // the challenge had none
}

void TestAuthorizer::tokenIsKeptUntilShortlyBeforeItExpires()
{
    serveTokens(",\"expires_in\":300");
    make();
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    m_now = m_now.addSecs(294);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    m_now = m_now.addSecs(1); // five seconds early
    COMPARE_AUTHORIZATION(authorization(), "Bearer t2");
    QCOMPARE(m_tokens->requests().size(), 2);
}

void TestAuthorizer::lifetimeFollowsTheReply_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("seconds"); // as long as this token is used
    QTest::newRow("nothing said") << QByteArray() << 55;
    QTest::newRow("shorter than any sense") << QByteArray(",\"expires_in\":5") << 55;
    QTest::newRow("as text") << QByteArray(",\"expires_in\":\"600\"") << 595;
    QTest::newRow("negative") << QByteArray(",\"expires_in\":-1") << 55;
    QTest::newRow("absurd") << QByteArray(",\"expires_in\":1e300") << 55;
    QTest::newRow("issued a while ago")
        << QByteArray(",\"expires_in\":300,\"issued_at\":\"2026-03-04T05:05:07Z\"") << 235;
    QTest::newRow("issued with a fraction")
        << QByteArray(",\"expires_in\":300,\"issued_at\":\"2026-03-04T05:06:07.000000000Z\"") << 295;
    QTest::newRow("clock ahead") << QByteArray(",\"expires_in\":300,\"issued_at\":\"2026-03-04T06:06:07Z\"")
                                 << 295;
    QTest::newRow("clock behind") << QByteArray(",\"expires_in\":300,\"issued_at\":\"2026-03-04T03:06:07Z\"")
                                  << 295;
    QTest::newRow("junk time") << QByteArray(",\"expires_in\":300,\"issued_at\":\"yesterday\"") << 295;
}

void TestAuthorizer::lifetimeFollowsTheReply()
{
    QFETCH(const QByteArray, members);
    QFETCH(const int, seconds);
    serveTokens(members);
    make();
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    m_now = m_now.addSecs(seconds - 1);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    m_now = m_now.addSecs(1);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t2");
}

void TestAuthorizer::largerTokenServesSmallerNeeds()
{
    serveTokens();
    make();
    LEARN({});
    COMPARE_AUTHORIZATION(authorization({u"repository:alice/ui:pull,push"_s}), "Bearer t1");
    COMPARE_AUTHORIZATION(authorization({u"repository:alice/ui:pull"_s}), "Bearer t1");
    COMPARE_AUTHORIZATION(authorization({u"repository:other:pull"_s}), "Bearer t2");
    COMPARE_AUTHORIZATION(authorization({}), "Bearer t3"); // a login check is one of its own
    COMPARE_AUTHORIZATION(authorization({u"repository:alice/ui:push,pull"_s}), "Bearer t1");
}

void TestAuthorizer::waitersShareOneTokenRequest()
{
    serveTokens();
    make();
    LEARN({});
    std::vector<Task<Result<QByteArray>>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(m_authorizer->authorization({u"repository:alice/ui:pull"_s}, {}));
    for (auto& task : tasks)
        COMPARE_AUTHORIZATION(QCoro::waitFor(std::move(task)), "Bearer t1");
    QCOMPARE(m_tokens->requests().size(), 1);
}

void TestAuthorizer::waitersShareOneRefusal()
{
    m_tokens->on("GET", "/token",
                 ScriptedAnswer::json(401, "{\"details\":\"incorrect username or password\"}"));
    make(fixedCredential(Alice));
    LEARN({});
    std::vector<Task<Result<QByteArray>>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(m_authorizer->authorization({u"repository:alice/ui:pull"_s}, {}));
    for (auto& task : tasks)
        COMPARE_ERROR(QCoro::waitFor(std::move(task)), Error::Code::Unauthorized);
    QCOMPARE(m_tokens->requests().size(), 1); // twenty wrong passwords lock an account
    COMPARE_ERROR(authorization(), Error::Code::Unauthorized);
    QCOMPARE(m_tokens->requests().size(), 2); // but a later try is a new one
}

void TestAuthorizer::stoppedLeaderHandsOver()
{
    m_tokens->on("GET", "/token", ScriptedAnswer::hang());
    make();
    LEARN({});
    std::stop_source stop;
    auto leader = m_authorizer->authorization({u"repository:alice/ui:pull"_s}, stop.get_token());
    auto waiter = m_authorizer->authorization({u"repository:alice/ui:pull"_s}, {});
    QTRY_COMPARE(m_tokens->requests().size(),
                 1); // and it hangs: what is served from now on is the next one's
    serveTokens();
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(std::move(leader)), Error::Code::Cancelled);
    COMPARE_AUTHORIZATION(QCoro::waitFor(std::move(waiter)), "Bearer t1");
}

void TestAuthorizer::stoppedWaiterLeavesAlone()
{
    serveTokens();
    make();
    LEARN({});
    std::stop_source stop;
    auto leader = m_authorizer->authorization({u"repository:alice/ui:pull"_s}, {});
    auto waiter = m_authorizer->authorization({u"repository:alice/ui:pull"_s}, stop.get_token());
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(std::move(waiter)), Error::Code::Cancelled);
    COMPARE_AUTHORIZATION(QCoro::waitFor(std::move(leader)), "Bearer t1");
    QCOMPARE(m_tokens->requests().size(), 1);
}

void TestAuthorizer::refusedTokenIsRenewedOnce()
{
    serveTokens(",\"expires_in\":300");
    make();
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    const auto canHelp = challenged(refusal(challenge(",error=\"invalid_token\"")), "Bearer t1");
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t2");
    // One that was refused with the old token meanwhile does not cost the new one.
    const auto late = challenged(refusal(challenge(",error=\"invalid_token\"")), "Bearer t1");
    VERIFY_RESULT(late);
    QVERIFY(*late);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t2");
}

void TestAuthorizer::freshTokenThatIsTooSmallIsFinal()
{
    serveTokens(",\"expires_in\":300");
    make(fixedCredential(Alice));
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    const QByteArray tooSmall = ",scope=\"repository:alice/ui:pull\",error=\"insufficient_scope\"";
    auto canHelp = challenged(refusal(challenge(tooSmall)), "Bearer t1");
    VERIFY_RESULT(canHelp);
    QVERIFY(!*canHelp);
    // Rights may have been given meanwhile.
    m_now = m_now.addSecs(60);
    canHelp = challenged(refusal(challenge(tooSmall)), "Bearer t1");
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t2");
}

void TestAuthorizer::demandOfTheRegistryIsAddedToTheScopes()
{
    serveTokens(",\"expires_in\":300");
    make(fixedCredential(Alice));
    LEARN({});
    const QStringList removing{u"repository:alice/ui:push"_s};
    COMPARE_AUTHORIZATION(authorization({u"repository:alice/ui:pull,push"_s}), "Bearer t1");
    COMPARE_AUTHORIZATION(authorization(removing), "Bearer t1");
    const auto canHelp =
        challenged(refusal(challenge(",scope=\"repository:alice/ui:delete\",error=\"insufficient_scope\"")),
                   "Bearer t1", removing);
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(removing), "Bearer t2");
    QCOMPARE(lastQuery().allQueryItemValues(u"scope"_s, QUrl::FullyDecoded),
             QStringList{u"repository:alice/ui:push,delete"_s});
    // The token that was good for pushing still is, and pushing is not asked for with more than it needs.
    COMPARE_AUTHORIZATION(authorization({u"repository:alice/ui:pull,push"_s}), "Bearer t1");
    QCOMPARE(m_tokens->requests().size(), 2);
}

void TestAuthorizer::identityTokenIsPostedAndReplaced()
{
    m_tokens->on("POST", "/token", [this](const ScriptedRequest&) {
        return ScriptedAnswer::json(200,
                                    "{\"access_token\":\"a" + QByteArray::number(++m_issued)
                                        + "\",\"refresh_token\":\"next one\"}");
    });
    make(fixedCredential({u"<token>"_s, u"re/fresh+1="_s, true}));
    LEARN({});
    COMPARE_AUTHORIZATION(authorization({u"repository:a:pull"_s, u"repository:b:pull"_s}), "Bearer a1");
    const ScriptedRequest first = m_tokens->requests().constFirst();
    QCOMPARE(first.target, "/token");
    QCOMPARE(first.headers.value("Content-Type"), "application/x-www-form-urlencoded");
    QVERIFY(!first.headers.contains("Authorization"));
    QCOMPARE(first.body,
             "grant_type=refresh_token&service=reg&client_id=tagboat"
             "&scope=repository%3Aa%3Apull%20repository%3Ab%3Apull&refresh_token=re%2Ffresh%2B1%3D");

    COMPARE_AUTHORIZATION(authorization({u"repository:c:pull"_s}), "Bearer a2");
    QVERIFY(m_tokens->requests().constLast().body.endsWith("&refresh_token=next%20one"));
}

void TestAuthorizer::newIdentityTokenGoesBackToTheSource_data()
{
    QTest::addColumn<bool>("isKept");
    QTest::newRow("kept") << true;
    QTest::newRow("cannot be kept") << false;
}

void TestAuthorizer::newIdentityTokenGoesBackToTheSource()
{
    QFETCH(const bool, isKept);
    serveRotatingTokens();
    QStringList replaced;
    QString stored = u"r0"_s;
    make({[&](const std::stop_token& stop) {
              return fixedCredential(credentialOf(u"<token>"_s, stored))(stop);
          },
          [&](const QString& used, const QString& next) {
              replaced.append(used + u"→"_s + next);
              if (isKept)
                  stored = next;
              return ready(isKept);
          }});
    LEARN({});
    COMPARE_AUTHORIZATION(authorization({u"repository:a:pull"_s}), "Bearer t1");
    COMPARE_AUTHORIZATION(authorization({u"repository:a:pull"_s}), "Bearer t1"); // of the cache
    COMPARE_AUTHORIZATION(authorization({u"repository:b:pull"_s}), "Bearer t2");
    QCOMPARE(replaced, (QStringList{u"r0→r1"_s, u"r1→r2"_s}));

    // Where the login changes while a token is on its way, the source is told all the same: it knows whether
    // that is still the one it has.
    auto pending = m_authorizer->authorization({u"repository:c:pull"_s}, {});
    m_authorizer->forget();
    COMPARE_AUTHORIZATION(QCoro::waitFor(std::move(pending)), "Bearer t3");
    QCOMPARE(replaced.constLast(), u"r2→r3"_s);
    QCOMPARE(stored, isKept ? u"r3"_s : u"r0"_s);
}

void TestAuthorizer::identityTokensAreUsedOneAfterTheOther()
{
    serveRotatingTokens();
    make(fixedCredential(credentialOf(u"<token>"_s, u"r0"_s)));
    LEARN({});
    std::vector<Task<Result<QByteArray>>> tasks;
    for (int i = 0; i < 8; ++i)
        tasks.push_back(m_authorizer->authorization({u"repository:r%1:pull"_s.arg(i)}, {}));
    for (auto& task : tasks)
        VERIFY_RESULT(QCoro::waitFor(std::move(task)));
    QCOMPARE(m_issued, 8);
    QCOMPARE(m_tokens->requests().size(), 8);
}

void TestAuthorizer::identityTokenOfAnotherProgramIsFound()
{
    serveRotatingTokens();
    const auto stored = std::make_shared<QString>(u"r0"_s);
    const CredentialSource source(
        [stored](const std::stop_token& stop) {
            return fixedCredential(credentialOf(u"<token>"_s, *stored))(stop);
        },
        [stored](const QString& used, const QString& next) {
            if (*stored == used)
                *stored = next;
            return ready(*stored == next);
        });
    make(source);
    LEARN({});
    COMPARE_AUTHORIZATION(authorization({u"repository:a:pull"_s}), "Bearer t1");
    Authorizer other(m_http, m_registry->url("/"), source, [this] { return m_now; });
    VERIFY_RESULT(QCoro::waitFor(other.challenged(refusal(challenge()), {}, {}, {})));
    COMPARE_AUTHORIZATION(QCoro::waitFor(other.authorization({u"repository:b:pull"_s}, {})), "Bearer t2");
    // The first one still has r1, which is used up, and finds r2.
    m_tokens->forgetRequests();
    COMPARE_AUTHORIZATION(authorization({u"repository:c:pull"_s}), "Bearer t3");
    QCOMPARE(m_tokens->requests().size(), 1);
    QCOMPARE(*stored, u"r3"_s);

    // One that comes a moment after the refusal is waited for.
    *stored = u"r3"_s;
    m_issued = 9;
    auto late = m_authorizer->authorization({u"repository:d:pull"_s}, {});
    QTRY_COMPARE(m_tokens->requests().size(), 2);
    *stored = u"r9"_s;
    COMPARE_AUTHORIZATION(QCoro::waitFor(std::move(late)), "Bearer t10");
}

void TestAuthorizer::passwordIsPostedWhereGetIsNotKnown()
{
    m_tokens->on("GET", "/token", ScriptedAnswer::text(405, ""));
    m_tokens->on("POST", "/token", [](const ScriptedRequest& request) {
        return request.body.contains("&password=pass%3Aw%C3%B6rd")
            ? ScriptedAnswer::json(200, "{\"access_token\":\"posted\",\"refresh_token\":\"not asked for\"}")
            : ScriptedAnswer::text(401, "");
    });
    make(fixedCredential(Alice));
    LEARN({});
    COMPARE_AUTHORIZATION(authorization({u"repository:a:pull"_s, u"repository:b:pull"_s}), "Bearer posted");
    const ScriptedRequest post = m_tokens->requests().constLast();
    QCOMPARE(post.body,
             "grant_type=password&service=reg&client_id=tagboat"
             "&scope=repository%3Aa%3Apull%20repository%3Ab%3Apull"
             "&username=alice&password=pass%3Aw%C3%B6rd");
    QVERIFY(!post.headers.contains("Authorization"));

    // Nothing is posted for nobody; and a POST that is refused is final.
    make();
    LEARN({});
    m_tokens->forgetRequests();
    COMPARE_ERROR(authorization(), Error::Code::Unauthorized);
    QCOMPARE(m_tokens->requests().size(), 1);
    make(fixedCredential({u"alice"_s, u"wrong"_s, false}));
    LEARN({});
    m_tokens->forgetRequests();
    COMPARE_ERROR(authorization(), Error::Code::Unauthorized);
    QCOMPARE(m_tokens->requests().size(), 2);
}

void TestAuthorizer::passwordThatWasChangedIsTried()
{
    servePassword("new");
    const auto current = std::make_shared<Credential>(Credential{u"alice"_s, u"old"_s, false});
    make([current](const std::stop_token& stop) { return fixedCredential(*current)(stop); });
    LEARN({});
    COMPARE_ERROR(authorization(), Error::Code::Unauthorized);
    QCOMPARE(m_tokens->requests().size(), 1);
    // While it is refused, or before somebody tries again: the one that is there then is used at once.
    current->secret = u"new"_s;
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    QCOMPARE(m_tokens->requests().size(), 2);

    servePassword("newest");
    current->secret = u"newest"_s;
    COMPARE_AUTHORIZATION(authorization({u"repository:other:pull"_s}), "Bearer t2");
    QCOMPARE(m_tokens->requests().size(), 4); // the one it knew, and the one it found
}

void TestAuthorizer::passwordThatWasNotChangedIsTriedOnce()
{
    servePassword("another");
    make(fixedCredential(Alice));
    LEARN({});
    const auto given = authorization();
    COMPARE_ERROR(given, Error::Code::Unauthorized);
    QVERIFY2(given.error().message.contains("account alice"_L1), qPrintable(given.error().message));
    QCOMPARE(m_tokens->requests().size(), 1);
}

void TestAuthorizer::basicPasswordThatWasChangedIsTried()
{
    const auto current = std::make_shared<Credential>(Credential{u"alice"_s, u"old"_s, false});
    make([current](const std::stop_token& stop) { return fixedCredential(*current)(stop); });
    VERIFY_RESULT(challenged(refusal("Basic realm=\"Registry\"")));
    const auto used = authorization();
    VERIFY_RESULT(used);
    current->secret = u"new"_s;
    const auto canHelp = challenged(refusal("Basic realm=\"Registry\""), *used);
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Basic " + QByteArray("alice:new").toBase64());
}

void TestAuthorizer::refusalOfTheTokenServerIsTold_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, ScriptedAnswer answer, Error::Code code, const QString& message) {
        QTest::newRow(name) << answer << static_cast<int>(code) << message;
    };
    row("Docker Hub", ScriptedAnswer::json(401, "{\"details\":\"incorrect username or password\"}"),
        Error::Code::Unauthorized, u"incorrect username or password"_s);
    row("distribution",
        ScriptedAnswer::json(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"who?\"}]}"),
        Error::Code::Unauthorized, u"who?"_s);
    row("GHCR", ScriptedAnswer::json(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"denied\"}]}"),
        Error::Code::Unauthorized, u"denied"_s);
    row("without words", ScriptedAnswer::text(401, ""), Error::Code::Unauthorized,
        u"the token server answered HTTP 401"_s);
    row("no GET here", ScriptedAnswer::text(405, "<html>"), Error::Code::Unauthorized,
        u"the token server answered HTTP 405"_s);
    row("says it aloud", ScriptedAnswer::json(401, "{\"details\":\"pass:w\xc3\xb6rd is not it\"}"),
        Error::Code::Unauthorized, u"… is not it"_s);
    row("too many", ScriptedAnswer::text(429, "slow down").with("Retry-After", "7"), Error::Code::RateLimited,
        u"slow down"_s);
    row("broken", ScriptedAnswer::text(503, "maintenance"), Error::Code::Network, u"maintenance"_s);
}

void TestAuthorizer::refusalOfTheTokenServerIsTold()
{
    QFETCH(const ScriptedAnswer, answer);
    QFETCH(const int, code);
    QFETCH(const QString, message);
    m_tokens->on("GET", "/token", answer);
    make(fixedCredential(Alice));
    LEARN({});
    const auto given = authorization();
    COMPARE_ERROR(given, static_cast<Error::Code>(code));
    const bool isOfTheAccount = static_cast<Error::Code>(code) == Error::Code::Unauthorized;
    QCOMPARE(given.error().message, message + (isOfTheAccount ? u" (account alice)"_s : QString()));
    QCOMPARE(given.error().httpStatus, answer.status);
    QCOMPARE(given.error().retryAfter.has_value(), answer.status == 429);
    const QString everything = given.error().toString() + given.error().response;
    QVERIFY(!everything.contains(Alice.secret));
}

void TestAuthorizer::replyWithoutTokenIsCorrupt_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>log in here</html>");
    QTest::newRow("no member") << QByteArray("{\"expires_in\":300}");
    QTest::newRow("empty token") << QByteArray("{\"token\":\"\"}");
    QTest::newRow("a number") << QByteArray("{\"token\":5}");
    QTest::newRow("line break in the token") << QByteArray("{\"token\":\"a\\r\\nX-Evil: 1\"}");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("endless") << QByteArray("{\"token\":\"" + QByteArray(2 * 1024 * 1024, 'x') + "\"}");
}

void TestAuthorizer::replyWithoutTokenIsCorrupt()
{
    QFETCH(const QByteArray, body);
    m_tokens->on("GET", "/token", ScriptedAnswer::json(200, body));
    make();
    LEARN({});
    COMPARE_ERROR(authorization(), Error::Code::Corrupt);
}

void TestAuthorizer::realmElsewhereInThisNetworkIsDenied()
{
    // A registry with a public name, which points its visitors at a loopback port.
    m_authorizer =
        std::make_shared<Authorizer>(m_http, QUrl(u"https://registry.example"_s), fixedCredential(Alice));
    HttpResponse reply =
        refusal("Bearer realm=\"https://127.0.0.1:" + QByteArray::number(m_tokens->port()) + "/token\"");
    reply.url = QUrl(u"https://registry.example/v2/"_s);
    COMPARE_ERROR(challenged(reply), Error::Code::Denied);
    COMPARE_AUTHORIZATION(authorization(), "");
    QCOMPARE(m_tokens->connectionCount(), 0);
}

void TestAuthorizer::redirectOfTheTokenServerLosesThePassword()
{
    ScriptedServer other;
    QVERIFY(other.listen());
    other.on("GET", "/there", ScriptedAnswer::json(200, "{\"token\":\"other\"}"));
    m_tokens->on("GET", "/token", ScriptedAnswer::redirect(307, other.url("/there").toEncoded()));
    make(fixedCredential(Alice));
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer other");
    QVERIFY(m_tokens->requests().constFirst().headers.contains("Authorization"));
    QVERIFY(!other.requests().constFirst().headers.contains("Authorization"));

    // Within the same server it goes along.
    m_tokens->on("GET", "/token", ScriptedAnswer::redirect(302, "/real"));
    m_tokens->on("GET", "/real", [](const ScriptedRequest& request) {
        return ScriptedAnswer::json(
            200, request.headers.contains("Authorization") ? "{\"token\":\"same\"}" : "{}");
    });
    m_authorizer->forget();
    COMPARE_AUTHORIZATION(authorization(), "Bearer same");

    m_tokens->on("GET", "/real", ScriptedAnswer::redirect(302, "/token"));
    m_authorizer->forget();
    COMPARE_ERROR(authorization(), Error::Code::Network);
}

void TestAuthorizer::caOfTheRegistryHoldsAtTheTokenServer()
{
    ScriptedServer moved;
    m_registry = std::make_unique<ScriptedServer>();
    m_tokens = std::make_unique<ScriptedServer>();
    for (ScriptedServer* const server : {m_registry.get(), m_tokens.get(), &moved}) {
        server->useTls(TestCertificate::forLoopback());
        QVERIFY(server->listen());
    }
    m_http = std::make_shared<HttpClient>([this](const QString& host) {
        HostPolicy policy;
        if (host == m_registry->host())
            policy.extraCa = {TestCertificate::forLoopback().certificate};
        return policy;
    });
    m_tokens->on("GET", "/token", ScriptedAnswer::redirect(307, moved.url("/token").toEncoded()));
    moved.on("GET", "/token", ScriptedAnswer::json(200, "{\"token\":\"t\"}"));
    make(fixedCredential(Alice));
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer t");
}

void TestAuthorizer::challengeOfAnotherHostIsIgnored()
{
    make(fixedCredential(Alice));
    HttpResponse reply = refusal("Basic realm=\"give me the password\"");
    reply.url = QUrl(u"http://127.0.0.1:1/blob"_s); // where a blob was redirected to
    const auto canHelp = challenged(reply);
    VERIFY_RESULT(canHelp);
    QVERIFY(!*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "");
}

void TestAuthorizer::missingChallengeIsLookedForAtTheFrontDoor()
{
    serveTokens();
    m_registry->on("GET", "/v2/", [this](const ScriptedRequest&) {
        return ScriptedAnswer::text(401, "").with("WWW-Authenticate", challenge());
    });
    make();
    const auto canHelp = challenged(refusal({}));
    VERIFY_RESULT(canHelp);
    QVERIFY(*canHelp);
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");

    m_registry->on("GET", "/v2/", ScriptedAnswer::json(200, "{}"));
    make();
    const auto cannot = challenged(refusal({}));
    VERIFY_RESULT(cannot);
    QVERIFY(!*cannot);
}

void TestAuthorizer::errorOfTheCredentialSourceIsPassedOn()
{
    serveTokens();
    bool isLocked = true;
    make([&isLocked](std::stop_token stop) -> Task<Result<std::optional<Credential>>> {
        if (!isLocked)
            return fixedCredential(Alice)(stop);
        return [](std::stop_token) -> Task<Result<std::optional<Credential>>> {
            co_return fail(Error::Code::KeychainUnavailable, u"work"_s, u"the keychain is locked"_s);
        }(stop);
    });
    LEARN({});
    COMPARE_ERROR(authorization(), Error::Code::KeychainUnavailable);
    QCOMPARE(m_tokens->requests().size(), 0); // never anonymous in place of the one who is meant
    isLocked = false;
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
}

void TestAuthorizer::credentialIsAskedForOnce()
{
    serveTokens();
    int asked = 0;
    make([&asked](std::stop_token stop) {
        ++asked;
        return fixedCredential(Alice)(stop);
    });
    LEARN({});
    for (const QString& name : {u"a"_s, u"b"_s, u"c"_s})
        VERIFY_RESULT(authorization({u"repository:%1:pull"_s.arg(name)}));
    QCOMPARE(asked, 1);
}

void TestAuthorizer::forgetDropsTokensAndCredential()
{
    serveTokens();
    Credential current = Alice;
    make([&current](std::stop_token stop) { return fixedCredential(current)(stop); });
    LEARN({});
    COMPARE_AUTHORIZATION(authorization(), "Bearer t1");
    current.user = u"bob"_s;
    m_authorizer->forget();
    QVERIFY(!m_authorizer->hasCredential());
    COMPARE_AUTHORIZATION(authorization(), "Bearer t2");
    QCOMPARE(lastQuery().queryItemValue(u"account"_s), u"bob"_s);

    // A token that is on its way while the login changes is not kept.
    m_authorizer->forget();
    auto pending = m_authorizer->authorization({u"repository:alice/ui:pull"_s}, {});
    m_authorizer->forget();
    COMPARE_AUTHORIZATION(QCoro::waitFor(std::move(pending)), "Bearer t3");
    COMPARE_AUTHORIZATION(authorization(), "Bearer t4");
}

QTEST_GUILESS_MAIN(TestAuthorizer)
#include "tst_authorizer.moc"
