// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/vendorlogin.h"
#include "net/origin.h"
#include "net/proxies.h"
#include "registry/hostmap.h"
#include "registry/repositorycreation.h"
#include "workbench/hostpolicies.h"
#include "workbench/sessionprivate.h"
#include "workbench/tlsfiles.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A new secret is of the kind that such a user has.
Result<void> checkSecretOf(const LoginRequest& request)
{
    if (request.secret.isEmpty())
        return {};
    return checkSecret(request.profile.registry, {.user = request.profile.user, .secret = request.secret});
}

using Replaced = std::shared_ptr<QHash<std::pair<QString, QString>, QString>>;

//! Trying a login may have used its identity token up.
QString newest(const QHash<std::pair<QString, QString>, QString>& replaced, const LoginRequest& request)
{
    QString secret = request.secret;
    for (qsizetype left = replaced.size(); left > 0; --left)
        secret = replaced.value({request.profile.registry, secret}, secret);
    return secret;
}

Task<bool> note(Replaced replaced, QString registry, QString used, QString next)
{
    replaced->insert({registry, used}, next);
    co_return false; // what was typed stays what it was
}

Task<Result<RegistryStatus>> pingAs(std::shared_ptr<ProfileStore> profiles,
                                    std::shared_ptr<Keychain> keychain, Replaced replaced,
                                    LoginRequest request, std::stop_token stop)
{
    if (request.profile.registry.isEmpty())
        co_return fail(Error::Code::InvalidInput, {},
                       u"a registry is needed, for example docker.io or localhost:5000"_s);
    if (const auto sound = checkTlsSettings(request.settings); !sound)
        co_return fail(Error(sound.error()).during(u"log in to %1"_s.arg(request.profile.registry)));
    if (const auto sound = checkProxy(request.profile.registry, request.settings.proxy); !sound)
        co_return fail(Error(sound.error()).during(u"log in to %1"_s.arg(request.profile.registry)));
    if (const auto sound = checkSecretOf(request); !sound)
        co_return fail(Error(sound.error()).during(u"log in to %1"_s.arg(request.profile.registry)));
    request.secret = newest(*replaced, request);
    // A transport of its own: the settings being tried are not saved yet and must not touch running jobs.
    auto http =
        std::make_shared<HttpClient>(draftHostPolicies(request.profile.registry, request.settings, profiles));
    Authorizer::CredentialSource source;
    if (request.profile.isAnonymous())
        source = noCredential();
    else if (request.secret.isEmpty() && !request.profile.id.isEmpty())
        source = credentialSource(keychain, request.profile);
    else
        source = fixedCredential(credentialOf(request.profile.user, request.secret),
                                 [replaced, registry = request.profile.registry](QString used, QString next) {
                                     return note(replaced, registry, std::move(used), std::move(next));
                                 });
    source = vendorLogin(http, request.profile.registry, request.profile.user, std::move(source));
    const RegistryClient::Options options{.plainHttp = request.settings.plainHttp,
                                          .isPinned = !request.settings.pinnedSha256.isEmpty()};
    auto client =
        std::make_shared<RegistryClient>(http, request.profile.registry, std::move(source), options);
    auto status = co_await client->ping(stop);
    if (!status)
        co_return fail(std::move(status.error()).during(u"log in to %1"_s.arg(request.profile.registry)));
    co_return Result<RegistryStatus>(std::move(*status));
}

Task<Result<Profile>> saveTo(std::shared_ptr<Session> session, std::shared_ptr<ProfileStore> profiles,
                             std::shared_ptr<Keychain> keychain, Replaced replaced, LoginRequest request,
                             std::stop_token stop)
{
    request.secret = newest(*replaced, request);
    const auto before = request.profile.id.isEmpty() ? std::nullopt : profiles->profile(request.profile.id);
    const RegistrySettings settingsBefore = profiles->settings(request.profile.registry);
    const QList<IdentityRule> rulesBefore = profiles->rules();
    const auto usualBefore = profiles->choose(request.profile.registry);
    if (const auto sound = checkSecretOf(request); !sound)
        co_return fail(Error(sound.error()).during(u"save account"_s));
    if (!request.secret.isEmpty()) {
        request.profile.secretExpires =
            secretExpiry(request.profile.registry, {.user = request.profile.user, .secret = request.secret},
                         QDateTime::currentDateTimeUtc());
    }
    auto saved = profiles->save(request.profile);
    if (!saved)
        co_return fail(std::move(saved.error()).during(u"save account"_s));
    Result<void> done = profiles->saveSettings(saved->registry, request.settings);
    if (done && request.rules) {
        for (IdentityRule& rule : *request.rules)
            rule.profile = saved->id;
        done = profiles->setRulesOf(saved->id, *request.rules);
    }
    if (done && !request.secret.isEmpty()) {
        if (request.keepForThisRun)
            keychain->keepForThisRun(saved->id, request.secret);
        else
            done = co_await keychain->write(saved->id, request.secret, stop);
    }
    if (!done) {
        // All or nothing: an account whose password could not be kept would only fail later.
        if (before)
            (void)profiles->save(*before);
        else
            (void)profiles->remove(saved->id);
        if (usualBefore && *usualBefore && (*usualBefore)->isDefault)
            (void)profiles->save(**usualBefore);
        (void)profiles->saveSettings(saved->registry, settingsBefore);
        (void)profiles->setRulesOf(saved->id, {});
        for (const IdentityRule& rule : rulesBefore)
            (void)profiles->saveRule(rule);
        co_return fail(std::move(done.error()).during(u"save account"_s));
    }
    session->dropClients(saved->registry);
    co_return Result<Profile>(std::move(*saved));
}

Task<Result<void>> makeAt(std::shared_ptr<Session> session, std::shared_ptr<HttpClient> http,
                          std::shared_ptr<Keychain> keychain, QString idOrName, QString repository,
                          std::stop_token stop)
{
    const auto profile = session->profiles().profile(idOrName);
    if (!profile)
        co_return fail(Error::Code::NotFound, idOrName, u"no such account"_s);
    const auto client = session->client(profile->registry, profile->id);
    if (!client)
        co_return std::unexpected(client.error());
    const QUrl base = (*client)->url(u"/"_s);
    auto made = co_await createRepository(http, base, *profile, repository,
                                          credentialSource(keychain, *profile), stop);
    co_return made;
}

Task<Result<void>> removeFrom(std::shared_ptr<Session> session, std::shared_ptr<ProfileStore> profiles,
                              std::shared_ptr<Keychain> keychain, QString idOrName, std::stop_token stop)
{
    const auto profile = profiles->profile(idOrName);
    if (!profile)
        co_return fail(Error::Code::NotFound, idOrName, u"no such account"_s);
    if (!profile->isAnonymous()) {
        auto removed = co_await keychain->remove(profile->id, stop);
        if (!removed)
            co_return fail(
                std::move(removed.error()).during(u"remove the password of %1"_s.arg(profile->name)));
    }
    auto done = profiles->remove(profile->id);
    if (!done)
        co_return fail(std::move(done.error()).during(u"remove account"_s));
    session->dropClients(profile->registry);
    co_return Result<void>();
}

Task<Result<ServerCertificate>> certificateOf(std::shared_ptr<ProfileStore> profiles, QString registry,
                                              RegistrySettings draft, std::stop_token stop)
{
    const QString operation = u"read the certificate of %1"_s.arg(registry);
    if (const auto sound = checkTlsSettings(draft); !sound)
        co_return fail(Error(sound.error()).during(operation));
    if (const auto sound = checkProxy(registry, draft.proxy); !sound)
        co_return fail(Error(sound.error()).during(operation));
    auto url = apiUrl(registry, false);
    if (!url)
        co_return fail(std::move(url.error()).during(operation));
    url->setScheme(u"https"_s); // loopback's is http
    const HostPolicies policies = draftHostPolicies(registry, draft, profiles);
    auto certificate = co_await fetchServerCertificate(*url, policies(hostAndPort(*url)), stop);
    if (!certificate)
        co_return fail(std::move(certificate.error()).during(operation));
    co_return certificate;
}

} // namespace

Task<Result<ServerCertificate>> Session::serverCertificate(QString registry, RegistrySettings draft,
                                                           std::stop_token stop)
{
    return certificateOf(d->profiles, std::move(registry), std::move(draft), std::move(stop));
}

Task<Result<RegistryStatus>> Session::testLogin(LoginRequest request, std::stop_token stop)
{
    return pingAs(d->profiles, d->keychain, d->replaced, std::move(request), std::move(stop));
}

Task<Result<Profile>> Session::saveLogin(LoginRequest request, std::stop_token stop)
{
    return saveTo(shared_from_this(), d->profiles, d->keychain, d->replaced, std::move(request),
                  std::move(stop));
}

Task<Result<void>> Session::makeRepository(QString profile, QString repository, std::stop_token stop)
{
    return makeAt(shared_from_this(), d->http, d->keychain, std::move(profile), std::move(repository),
                  std::move(stop));
}

Task<Result<void>> Session::logout(QString idOrName, std::stop_token stop)
{
    return removeFrom(shared_from_this(), d->profiles, d->keychain, std::move(idOrName), std::move(stop));
}

} // namespace Tagboat
