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

bool isSame(const FoundLogin& a, const FoundLogin& b)
{
    return !a.error && !b.error && a.login.address.registry == b.login.address.registry
        && a.login.address.path == b.login.address.path && a.login.user == b.login.user;
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
            if (std::ranges::none_of(found, [&one](const FoundLogin& other) { return isSame(one, other); }))
                found.append(one);
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

Result<void> scrubLogins(const QList<TakenLogin>& taken)
{
    QMap<QString, QStringList> addresses;
    for (const TakenLogin& one : taken) {
        const DockerLogin& login = one.found.login;
        // Helpers know nothing of a part of a registry: podman would lose that login.
        if (one.profile && login.isClearText() && login.address.path.isEmpty())
            addresses[one.found.file].append(login.address.text);
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
