// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/foundlogins.h"

#include "auth/helperprogram.h"
#include "workbench/session.h"

#include <QMap>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Ours = "tagboat"_L1;

QString helperName()
{
    return u"docker-credential-"_s + Ours;
}

FoundLogin unreadable(const QString& file, Error error)
{
    return {.file = file, .error = std::move(error)};
}

//! Logins that a helper has for a whole file; those that are in it already are not asked for.
Task<QList<DockerLogin>> loginsOf(DockerConfig config, std::shared_ptr<std::optional<Error>> failure,
                                  std::stop_token stop)
{
    QList<DockerLogin> logins = config.logins;
    if (config.store.isEmpty() || config.store == Ours)
        co_return logins;
    auto users = co_await HelperProgram(config.store).list(stop);
    if (!users) {
        *failure = std::move(users.error());
        co_return logins;
    }
    // With a helper for all, docker does not look at what stands in the file itself.
    logins.removeIf([](const DockerLogin& login) { return login.isClearText(); });
    for (auto user = users->cbegin(); user != users->cend(); ++user) {
        const auto address = ServerAddress::parse(user.key());
        const bool isThere = std::ranges::any_of(
            logins, [&user](const DockerLogin& login) { return login.address.text == user.key(); });
        if (address && !address->isKeyOnly && !isThere)
            logins.append({.address = *address, .user = user.value(), .helper = config.store});
    }
    co_return logins;
}

bool isOfTheSame(const FoundLogin& a, const FoundLogin& b)
{
    return !a.error && !b.error && a.login.address.registry == b.login.address.registry
        && a.login.address.path == b.login.address.path && a.login.user == b.login.user
        && a.login.helper == b.login.helper;
}

//! One login that stands in two places is one; two passwords of one user are two.
void addTo(QList<FoundLogin>& found, FoundLogin login)
{
    for (FoundLogin& other : found) {
        if (isOfTheSame(login, other) && login.login.secret == other.login.secret) {
            other.alsoAt.append({login.file, login.login.address.text});
            return;
        }
    }
    found.append(std::move(login));
}

} // namespace

Task<Result<QList<FoundLogin>>> findLogins(std::shared_ptr<Session> session, QStringList files,
                                           std::stop_token stop)
{
    if (files.isEmpty())
        files = dockerConfigFiles();
    QList<FoundLogin> found;
    for (const QString& file : std::as_const(files)) {
        const auto config = readDockerConfig(file);
        if (!config) {
            found.append(unreadable(file, config.error()));
            continue;
        }
        for (const QString& line : config->unread)
            found.append(unreadable(file, Error::make(Error::Code::Corrupt, file, line)));
        const auto failure = std::make_shared<std::optional<Error>>();
        const QList<DockerLogin> logins = co_await loginsOf(*config, failure, stop);
        if (stop.stop_requested())
            co_return cancelled();
        if (*failure)
            found.append(unreadable(file, **failure));
        for (const DockerLogin& login : logins) {
            if (login.helper == Ours)
                continue;
            FoundLogin one{.file = file, .login = login};
            const Profile profile = session->profiles().profileOf(login.address.registry, login.user);
            if (!login.user.isEmpty() && !profile.id.isEmpty())
                one.known = profile;
            addTo(found, std::move(one));
        }
    }
    co_return Result<QList<FoundLogin>>(std::move(found));
}

namespace {

Task<Result<Profile>> takeOver(std::shared_ptr<Session> session, FoundLogin found, bool keepForThisRun,
                               std::stop_token stop)
{
    const ServerAddress& address = found.login.address;
    if (!found.login.helper.isEmpty()) {
        auto asked = co_await HelperProgram(found.login.helper).get(address.text, stop);
        if (!asked)
            co_return std::unexpected(std::move(asked.error()));
        if (!*asked)
            co_return fail(Error::make(Error::Code::Unauthorized, address.text,
                                       u"docker-credential-%1 has no login of it"_s.arg(found.login.helper)));
        found.login.user = (*asked)->user;
        found.login.secret = (*asked)->secret;
    }
    LoginRequest request;
    request.profile = session->profiles().profileOf(address.registry, found.login.user);
    request.secret = found.login.secret;
    request.settings = session->profiles().settings(address.registry);
    request.keepForThisRun = keepForThisRun;
    auto saved = co_await session->saveLogin(request, stop);
    if (saved && !address.path.isEmpty()) {
        const auto ruled = session->profiles().saveRule(
            {.registry = address.registry, .path = address.path, .profile = saved->id});
        if (!ruled)
            co_return std::unexpected(ruled.error());
    }
    co_return saved;
}

} // namespace

Task<Result<QList<TakenLogin>>> takeOverLogins(std::shared_ptr<Session> session, QList<FoundLogin> found,
                                               bool keepForThisRun, std::stop_token stop)
{
    QList<TakenLogin> taken;
    for (const FoundLogin& one : std::as_const(found)) {
        if (!one.isUsable())
            continue;
        const bool isSecond = std::ranges::any_of(
            taken, [&one](const TakenLogin& other) { return isOfTheSame(one, other.found); });
        if (isSecond) {
            taken.append(
                {.found = one,
                 .error = Error::make(Error::Code::Conflict, one.login.address.text,
                                      u"another password of %1 is in %2"_s.arg(one.login.user, one.file))});
            continue;
        }
        auto profile = co_await takeOver(session, one, keepForThisRun, stop);
        if (stop.stop_requested())
            co_return cancelled();
        if (profile) {
            taken.append({.found = one, .profile = std::move(*profile)});
            continue;
        }
        // Where one cannot be kept none can; a helper that does not answer is another matter.
        if (profile.error().code == Error::Code::KeychainUnavailable && one.login.isClearText())
            co_return std::unexpected(std::move(profile.error()));
        taken.append({.found = one, .error = std::move(profile.error())});
    }
    co_return Result<QList<TakenLogin>>(std::move(taken));
}

bool canScrubLogins()
{
    return !QStandardPaths::findExecutable(helperName()).isEmpty();
}

namespace {

//! The secret of \a address can go out of \a file without anybody losing a login.
bool canGo(const QString& file, const QString& address)
{
    const auto place = ServerAddress::parse(address);
    const auto config = readDockerConfig(file);
    if (!place || !config || !place->path.isEmpty())
        return false;
    // podman asks the helper of a registry for all of it, parts with logins of their own included.
    return std::ranges::none_of(config->logins, [&place](const DockerLogin& login) {
        return login.isClearText() && login.address.registry == place->registry
            && !login.address.path.isEmpty();
    });
}

} // namespace

Result<void> scrubLogins(const ProfileStore& profiles, QList<TakenLogin>& taken)
{
    QMap<QString, QStringList> addresses;
    for (TakenLogin& one : taken) {
        if (!one.profile || !one.found.login.isClearText())
            continue;
        const ServerAddress& address = one.found.login.address;
        const auto actor = profiles.choose(IdentityQuestion{.registry = address.registry});
        bool isGone = actor && actor->profile && actor->profile->id == one.profile->id;
        QList<std::pair<QString, QString>> places = one.found.alsoAt;
        places.prepend({one.found.file, address.text});
        for (const auto& [file, text] : std::as_const(places)) {
            isGone = isGone && canGo(file, text);
            if (isGone)
                addresses[file].append(text);
        }
        one.isLeftInFile = !isGone;
    }
    if (addresses.isEmpty())
        return {};
    if (!canScrubLogins())
        return fail(Error::Code::NotFound, helperName(),
                    u"docker would find no login any more: this program is in no folder of PATH"_s);
    for (auto file = addresses.cbegin(); file != addresses.cend(); ++file) {
        if (auto scrubbed = scrubDockerConfig(file.key(), file.value(), QString(Ours)); !scrubbed)
            return scrubbed;
    }
    return {};
}

} // namespace Tagboat
