// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbenchprivate.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

QList<Profile> Workbench::profiles() const
{
    return d->profiles.profiles();
}

RegistrySettings Workbench::registrySettings(const QString& registry) const
{
    return d->profiles.settings(registry);
}

QList<IdentityRule> Workbench::identityRules() const
{
    return d->profiles.rules();
}

IdentityChoice Workbench::whoActs(const IdentityQuestion& question) const
{
    return d->profiles.choose(question).value_or(IdentityChoice());
}

namespace {

Task<Result<void>> ruleSaved(std::shared_ptr<Session> session, IdentityRule rule)
{
    auto saved = session->profiles().saveRule(rule);
    co_return saved;
}

} // namespace

QFuture<Result<void>> Workbench::saveIdentityRule(const IdentityRule& rule)
{
    return d->call([rule](std::shared_ptr<Session> session, std::stop_token) {
        return ruleSaved(std::move(session), rule);
    });
}

QFuture<Result<QList<FoundLogin>>> Workbench::findLogins()
{
    return d->call([](std::shared_ptr<Session> session, std::stop_token stop) {
        return Tagboat::findLogins(std::move(session), {}, std::move(stop));
    });
}

namespace {

Task<Result<QList<TakenLogin>>> takenOver(std::shared_ptr<Session> session, QList<FoundLogin> found,
                                          bool scrub, bool keepForThisRun, std::stop_token stop)
{
    auto taken = co_await takeOverLogins(session, std::move(found), keepForThisRun, std::move(stop));
    if (taken && scrub) {
        if (auto scrubbed = scrubLogins(session->profiles(), *taken); !scrubbed)
            co_return std::unexpected(std::move(scrubbed.error()));
    }
    co_return taken;
}

} // namespace

QFuture<Result<QList<TakenLogin>>> Workbench::takeOverLogins(const QList<FoundLogin>& found, bool scrub,
                                                             bool keepForThisRun)
{
    auto taken =
        d->call([found, scrub, keepForThisRun](std::shared_ptr<Session> session, std::stop_token stop) {
            return takenOver(std::move(session), found, scrub, keepForThisRun, std::move(stop));
        });
    return taken.then(this, [this](const Result<QList<TakenLogin>>& result) {
        Q_EMIT profilesChanged(); // also where some were taken before an error
        return result;
    });
}

namespace {

Task<Result<Keychain::State>> probed(std::shared_ptr<Session> session, bool again, std::stop_token stop)
{
    const Keychain::State state = co_await session->keychain().probe(again, stop);
    co_return Result<Keychain::State>(state);
}

} // namespace

QFuture<Result<Keychain::State>> Workbench::keychainState(bool again)
{
    return d->call([again](std::shared_ptr<Session> session, std::stop_token stop) {
        return probed(std::move(session), again, std::move(stop));
    });
}

QFuture<Result<ServerCertificate>> Workbench::serverCertificate(const QString& registry,
                                                                const RegistrySettings& draft)
{
    return d->call([registry, draft](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->serverCertificate(registry, draft, std::move(stop));
    });
}

QFuture<Result<RegistryStatus>> Workbench::testLogin(const LoginRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->testLogin(request, std::move(stop));
    });
}

QFuture<Result<void>> Workbench::makeRepository(const QString& profileId, const QString& repository)
{
    return d->call([profileId, repository](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->makeRepository(profileId, repository, std::move(stop));
    });
}

QFuture<Result<Profile>> Workbench::saveLogin(const LoginRequest& request)
{
    auto saved = d->call([request](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->saveLogin(request, std::move(stop));
    });
    // One that is new is asked for by those who see it for the first time.
    const bool isKnown = d->profiles.profile(request.profile.id).has_value();
    return saved.then(this, [this, isKnown](const Result<Profile>& profile) {
        if (profile)
            Q_EMIT profilesChanged();
        if (profile && isKnown)
            Q_EMIT registryChanged(profile->registry);
        return profile;
    });
}

QFuture<Result<void>> Workbench::logout(const QString& profileId)
{
    auto done = d->call([profileId](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->logout(profileId, std::move(stop));
    });
    return done.then(this, [this](const Result<void>& result) {
        if (result)
            Q_EMIT profilesChanged();
        return result;
    });
}

namespace {

Task<Result<void>> settingsSaved(std::shared_ptr<Session> session, QString registry,
                                 RegistrySettings settings)
{
    auto saved = session->profiles().saveSettings(registry, settings);
    session->dropClients(registry);
    co_return saved;
}

} // namespace

QFuture<Result<void>> Workbench::saveRegistrySettings(const QString& registry,
                                                      const RegistrySettings& settings)
{
    auto done = d->call([registry, settings](std::shared_ptr<Session> session, std::stop_token) {
        return settingsSaved(std::move(session), registry, settings);
    });
    return done.then(this, [this, registry](const Result<void>& result) {
        if (result)
            Q_EMIT registryChanged(registry);
        return result;
    });
}

QFuture<Result<RegistryStatus>> Workbench::ping(const QString& profileId)
{
    return d->onRegistry(profileId, [](std::shared_ptr<RegistryClient> client, std::stop_token stop) {
        return client->ping(std::move(stop));
    });
}

QFuture<Result<QStringList>> Workbench::repositories(const QString& profileId)
{
    return d->onRegistry(profileId, [](std::shared_ptr<RegistryClient> client, std::stop_token stop) {
        return client->allRepositories(std::move(stop));
    });
}

QFuture<Result<QStringList>> Workbench::tags(const QString& profileId, const QString& repository)
{
    return d->onRegistry(profileId,
                         [repository](std::shared_ptr<RegistryClient> client, std::stop_token stop) {
                             return client->repository(repository)->allTags(std::move(stop));
                         });
}

QFuture<Result<QList<TagInfo>>> Workbench::tagTargets(const QString& profileId, const QString& repository,
                                                      const QStringList& tags)
{
    return d->onRegistry(profileId,
                         [repository, tags](std::shared_ptr<RegistryClient> client, std::stop_token stop) {
                             return client->repository(repository)->tagTargets(tags, std::move(stop));
                         });
}

QFuture<Result<RemoteImage>> Workbench::describe(const QString& profileId, const QString& repository,
                                                 const QString& tagOrDigest)
{
    return d->onRegistry(
        profileId, [repository, tagOrDigest](std::shared_ptr<RegistryClient> client, std::stop_token stop) {
            return client->repository(repository)->describe(tagOrDigest, std::move(stop));
        });
}

namespace {

//! Notes in the history that remote names are gone; \a gone are tags of the profile's repository.
Task<Result<void>> removedRemotely(std::shared_ptr<Session> session, QString profileId, QString repository,
                                   QString tagOrDigest, std::stop_token stop)
{
    const auto profile = session->profiles().profile(profileId);
    if (!profile)
        co_return fail(Error::Code::NotFound, profileId, u"no such account"_s);
    auto client = session->client(profile->registry, profile->id);
    if (!client)
        co_return std::unexpected(std::move(client.error()));
    const auto place = (*client)->repository(repository);
    if (const auto digest = Digest::parse(tagOrDigest)) {
        auto removed = co_await place->removeManifest(*digest, stop);
        co_return removed;
    }
    auto before = co_await place->current(tagOrDigest, stop);
    auto removed = co_await place->removeTag(tagOrDigest, stop);
    if (removed && before && *before && session->journal()) {
        const QString name = profile->registry + u'/' + repository + u':' + tagOrDigest;
        (void)session->journal()->noteTagMoves(
            {{name, (*before)->digest, Digest(), QDateTime::currentDateTimeUtc()}});
    }
    co_return removed;
}

} // namespace

QFuture<Result<void>> Workbench::removeRemoteTag(const QString& profileId, const QString& repository,
                                                 const QString& tag)
{
    const auto profile = d->profiles.profile(profileId);
    auto done = d->call([profileId, repository, tag](std::shared_ptr<Session> session, std::stop_token stop) {
        return removedRemotely(std::move(session), profileId, repository, tag, std::move(stop));
    });
    return done.then(
        this, [this, registry = profile ? profile->registry : QString(), repository](const Result<void>& r) {
            if (r)
                Q_EMIT repositoryChanged(registry, repository);
            return r;
        });
}

QFuture<Result<void>> Workbench::removeRemoteImage(const QString& profileId, const QString& repository,
                                                   const Digest& digest)
{
    return removeRemoteTag(profileId, repository, digest.toString());
}

namespace {

Task<Result<QList<TagMove>>> historyOf(std::shared_ptr<Session> session, QString name)
{
    if (!session->journal())
        co_return Result<QList<TagMove>>();
    auto moves = session->journal()->tagHistory(name);
    co_return moves;
}

} // namespace

QFuture<Result<QList<TagMove>>> Workbench::tagHistory(const QString& canonicalName)
{
    return d->call([canonicalName](std::shared_ptr<Session> session, std::stop_token) {
        return historyOf(std::move(session), canonicalName);
    });
}

} // namespace Tagboat
