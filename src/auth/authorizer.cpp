// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/authorizer.h"

#include "auth/heldcredential.h"
#include "auth/realm.h"
#include "auth/scope.h"
#include "auth/singleflight.h"
#include "auth/token.h"
#include "base/logging.h"
#include "net/origin.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A token this young that was refused as too small will not be granted more by asking again.
constexpr qint64 FreshSeconds = 10;
constexpr int MaxChanges = 3; //!< of a credential that are followed for one token

QByteArray bearer(const Token& token)
{
    return "Bearer " + token.value;
}

const Challenge* find(const QList<Challenge>& challenges, QLatin1StringView scheme)
{
    const auto found = std::ranges::find_if(challenges, [scheme](const Challenge& challenge) {
        return challenge.scheme == scheme
            && (scheme != "bearer"_L1 || !challenge.parameters.value(u"realm"_s).isEmpty());
    });
    return found == challenges.end() ? nullptr : &*found;
}

} // namespace

struct Authorizer::Private
{
    enum class Scheme { Unknown, Basic, Bearer };

    std::shared_ptr<HttpClient> http;
    QUrl registry;
    HeldCredential::Ptr credential;
    Clock clock;

    Scheme scheme = Scheme::Unknown;
    QUrl realm;
    QString service;
    QHash<QString, ScopeSet> demanded; //!< key of asked scopes → what the registry wanted besides
    QList<Token> tokens;
    bool isCredentialAccepted = false;
    int generation = 0; //!< raised by forget(): what was on its way then is not kept
    SingleFlight<Token> tokenFlights;

    [[nodiscard]] ScopeSet wanted(const QStringList& scopes) const
    {
        ScopeSet set(scopes);
        set.add(demanded.value(set.key()));
        return set;
    }

    [[nodiscard]] const Token* usableToken(const ScopeSet& wanted) const
    {
        const QDateTime now = clock();
        const auto found = std::ranges::find_if(tokens, [&](const Token& token) {
            return token.isUsable(now) && token.scopes.covers(wanted)
                && token.scopes.isEmpty() == wanted.isEmpty();
        });
        return found == tokens.end() ? nullptr : &*found;
    }

    void keep(const Token& token)
    {
        const QDateTime now = clock();
        const QString key = token.scopes.key();
        tokens.removeIf([&](const Token& old) { return !old.isUsable(now) || old.scopes.key() == key; });
        tokens.append(token);
    }

    void learnBearer(const QUrl& newRealm, const QString& newService)
    {
        if (scheme == Scheme::Bearer && realm == newRealm && service == newService)
            return;
        scheme = Scheme::Bearer;
        realm = newRealm;
        service = newService;
        tokens.clear();
    }

    static Task<Result<bool>> findCredential(std::shared_ptr<Private> d, std::stop_token stop);
    static Task<Result<Token>> tokenAs(std::shared_ptr<Private> d, ScopeSet wanted,
                                       std::optional<Credential> credential, std::stop_token stop);
    static Task<Result<Token>> renew(std::shared_ptr<Private> d, ScopeSet wanted, std::stop_token stop);
    static Task<Result<QByteArray>> authorization(std::shared_ptr<Private> d, QStringList scopes,
                                                  std::stop_token stop);
    static Task<QList<Challenge>> challengeOfPing(std::shared_ptr<Private> d, std::stop_token stop);
    static Task<Result<bool>> challenged(std::shared_ptr<Private> d, HttpResponse reply, QByteArray used,
                                         QStringList scopes, std::stop_token stop);
    static bool canTokenHelp(Private& d, const Challenge& challenge, const QByteArray& used,
                             const QStringList& scopes);
};

Task<Result<bool>> Authorizer::Private::findCredential(std::shared_ptr<Private> d, std::stop_token stop)
{
    auto credential = co_await HeldCredential::load(d->credential, stop);
    if (!credential)
        co_return fail(std::move(credential.error()));
    co_return credential->has_value();
}

Task<Result<Token>> Authorizer::Private::tokenAs(std::shared_ptr<Private> d, ScopeSet wanted,
                                                 std::optional<Credential> credential, std::stop_token stop)
{
    const int generation = d->generation;
    TokenRequest request{d->realm, d->service, wanted, credential, d->registry};
    auto token = co_await fetchToken(d->http, std::move(request), d->clock, stop);
    const bool isRefused = !token && token.error().code == Error::Code::Unauthorized;
    if (generation == d->generation && (token || isRefused))
        d->isCredentialAccepted = token && credential;
    if (!token)
        co_return fail(std::move(token.error()));
    if (generation == d->generation) {
        d->keep(*token);
        qCDebug(lcAuth).noquote() << "token for" << wanted.key() << "until" << token->expires;
    }
    const bool isReplaced = credential && credential->isIdentityToken && !token->refreshToken.isEmpty()
        && token->refreshToken != credential->secret;
    if (isReplaced)
        co_await HeldCredential::replace(d->credential, credential->secret, token->refreshToken);
    co_return token;
}

Task<Result<Token>> Authorizer::Private::renew(std::shared_ptr<Private> d, ScopeSet wanted,
                                               std::stop_token stop)
{
    auto credential = co_await HeldCredential::load(d->credential, stop);
    if (!credential)
        co_return fail(std::move(credential.error()));
    std::optional<Credential> used = *credential;
    AsyncSemaphore::Permit turn;
    if (used && used->isIdentityToken) { // good for one request only, perhaps
        const auto newest = std::make_shared<Credential>();
        auto permit = co_await HeldCredential::turn(d->credential, *used, newest, stop);
        if (!permit)
            co_return fail(std::move(permit.error()));
        turn = std::move(*permit);
        used = *newest;
    }
    const int generation = d->generation;
    auto token = co_await tokenAs(d, wanted, used, stop);
    const auto isRefused = [&token, &used] {
        return !token && token.error().code == Error::Code::Unauthorized && used;
    };
    for (int changes = 0; isRefused() && changes < MaxChanges && !stop.stop_requested(); ++changes) {
        const auto changed = co_await HeldCredential::changed(d->credential, *used, stop);
        if (!changed)
            break;
        qCInfo(lcAuth).noquote() << "the login at" << d->registry.host() << "has changed, trying it anew";
        used = changed;
        token = co_await tokenAs(d, wanted, used, stop);
    }
    if (isRefused() && generation == d->generation)
        d->credential->doubt();
    co_return token;
}

Task<Result<QByteArray>> Authorizer::Private::authorization(std::shared_ptr<Private> d, QStringList scopes,
                                                            std::stop_token stop)
{
    if (d->scheme == Scheme::Unknown)
        co_return QByteArray();
    if (d->scheme == Scheme::Basic) {
        auto credential = co_await HeldCredential::load(d->credential, stop);
        if (!credential)
            co_return fail(std::move(credential.error()));
        // A refresh token is for the token server only, which this registry has none of.
        if (!*credential || (*credential)->isIdentityToken)
            co_return QByteArray();
        co_return basicAuthorization(**credential);
    }
    const ScopeSet wanted = d->wanted(scopes);
    if (const Token* token = d->usableToken(wanted))
        co_return bearer(*token);
    const QString flight = QString::number(d->generation) + u' ' + d->realm.toString() + u' ' + wanted.key();
    const SingleFlight<Token>::Work work = [d, wanted](std::stop_token inner) {
        return renew(d, wanted, std::move(inner));
    };
    auto token = co_await d->tokenFlights.run(flight, work, stop);
    if (!token)
        co_return fail(std::move(token.error()));
    co_return bearer(*token);
}

//! For registries that refuse a resource without saying how to log in, but do say so at their front door
//! (gcr.io did).
Task<QList<Challenge>> Authorizer::Private::challengeOfPing(std::shared_ptr<Private> d, std::stop_token stop)
{
    HttpRequest request;
    request.url = d->registry.resolved(QUrl(u"/v2/"_s));
    request.policyHost = hostAndPort(d->registry);
    request.operation = u"log in"_s;
    request.subject = d->registry.host();
    auto reply = co_await d->http->send(request, stop);
    if (!reply || reply->status != 401 || !isSameOrigin(reply->url, d->registry))
        co_return QList<Challenge>();
    co_return parseChallenges(reply->headers.values("WWW-Authenticate"));
}

bool Authorizer::Private::canTokenHelp(Private& d, const Challenge& challenge, const QByteArray& used,
                                       const QStringList& scopes)
{
    const ScopeSet demanded = ScopeSet::fromChallenge(challenge.parameters.value(u"scope"_s));
    const auto token = std::ranges::find_if(d.tokens, [&](const Token& own) { return bearer(own) == used; });
    if (token != d.tokens.end()) {
        const bool isTooSmall = challenge.parameters.value(u"error"_s) == "insufficient_scope"_L1;
        const bool hadAll = token->scopes.covers(demanded);
        const bool isFresh = token->obtained.secsTo(d.clock()) < FreshSeconds;
        if (isTooSmall && hadAll && isFresh)
            return false; // asked for all of this a moment ago, and did not get it
        if (!isTooSmall || hadAll)
            d.tokens.erase(token); // still good for what it was asked for otherwise
    }
    if (!demanded.isEmpty())
        d.demanded[ScopeSet(scopes).key()].add(demanded);
    return true;
}

Task<Result<bool>> Authorizer::Private::challenged(std::shared_ptr<Private> d, HttpResponse reply,
                                                   QByteArray used, QStringList scopes, std::stop_token stop)
{
    // What a redirect's target says is none of this registry's business, and gets none of its credentials.
    if (!isSameOrigin(reply.url, d->registry))
        co_return false;
    QList<Challenge> challenges = parseChallenges(reply.headers.values("WWW-Authenticate"));
    if (challenges.isEmpty() && d->scheme == Scheme::Unknown) {
        challenges = co_await challengeOfPing(d, stop);
        if (stop.stop_requested())
            co_return cancelled(u"log in"_s);
    }

    if (const Challenge* challenge = find(challenges, "bearer"_L1)) {
        const auto realm = realmUrl(challenge->parameters.value(u"realm"_s), d->registry);
        if (!realm)
            co_return std::unexpected(realm.error());
        d->learnBearer(*realm, challenge->parameters.value(u"service"_s));
        co_return canTokenHelp(*d, *challenge, used, scopes);
    }
    if (find(challenges, "basic"_L1))
        d->scheme = Scheme::Basic;
    if (d->scheme == Scheme::Basic) {
        auto credential = co_await HeldCredential::load(d->credential, stop);
        if (!credential)
            co_return fail(std::move(credential.error()));
        const bool isUsable = *credential && !(*credential)->isIdentityToken;
        if (!isUsable || basicAuthorization(**credential) != used)
            co_return isUsable;
        const auto changed = co_await HeldCredential::changed(d->credential, **credential, stop);
        co_return changed && !changed->isIdentityToken;
    }
    // No word about how: the way learnt before may still be right, but not the same token.
    co_return d->scheme == Scheme::Bearer&& canTokenHelp(*d, Challenge(), used, scopes);
}

Authorizer::Authorizer(std::shared_ptr<HttpClient> http, QUrl registryUrl, CredentialSource credentials,
                       std::function<QDateTime()> clock)
    : d(std::make_shared<Private>())
{
    d->http = std::move(http);
    d->registry = std::move(registryUrl);
    d->clock = clock ? std::move(clock) : Clock(&QDateTime::currentDateTimeUtc);
    d->credential = std::make_shared<HeldCredential>(std::move(credentials), d->clock);
}

Authorizer::~Authorizer() = default;

Task<Result<QByteArray>> Authorizer::authorization(QStringList scopes, std::stop_token stop)
{
    return Private::authorization(d, std::move(scopes), std::move(stop));
}

Task<Result<bool>> Authorizer::challenged(HttpResponse reply, QByteArray usedAuthorization,
                                          QStringList scopes, std::stop_token stop)
{
    return Private::challenged(d, std::move(reply), std::move(usedAuthorization), std::move(scopes),
                               std::move(stop));
}

Task<Result<bool>> Authorizer::findCredential(std::stop_token stop)
{
    return Private::findCredential(d, std::move(stop));
}

void Authorizer::forget()
{
    ++d->generation;
    d->tokens.clear();
    d->credential->forget();
    d->isCredentialAccepted = false;
}

bool Authorizer::hasCredential() const
{
    return d->credential->last().has_value();
}

QString Authorizer::accountNote() const
{
    return d->credential->last() ? Tagboat::accountNote(*d->credential->last()) : QString();
}

bool Authorizer::isCredentialAccepted() const
{
    return d->isCredentialAccepted;
}

void Authorizer::moveTo(const QUrl& registryUrl)
{
    forget();
    d->registry = registryUrl;
    d->scheme = Private::Scheme::Unknown;
    d->demanded.clear();
}

} // namespace Tagboat
