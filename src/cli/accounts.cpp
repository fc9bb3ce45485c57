// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "net/proxies.h"
#include "workbench/tlsfiles.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The profile that a login is for: a saved one to be renewed, or a new one.
Result<Profile> profileFor(const ContextPtr& context, const QString& registry, const QString& user)
{
    const QString name = context->arguments.value("as"_L1);
    const ProfileStore& store = context->session->profiles();
    if (const auto known = name.isEmpty() ? std::nullopt : store.profile(name)) {
        if (known->registry != registry || known->user != user) {
            return fail(Error::Code::Conflict, name,
                        u"this profile is of %1 at %2"_s.arg(known->user, known->registry));
        }
        return *known;
    }
    const QList<Profile> profiles = store.profiles();
    for (const Profile& profile : profiles) {
        if (name.isEmpty() && profile.registry == registry && profile.user == user)
            return profile;
    }
    Profile profile;
    profile.registry = registry;
    profile.user = user;
    profile.type = guessRegistryType(registry);
    profile.name = !name.isEmpty() ? name : user.isEmpty() ? registry : user + u'@' + registry;
    return profile;
}

Result<QString> userFor(const ContextPtr& context, const QString& registry)
{
    const Arguments& arguments = context->arguments;
    if (arguments.has("anonymous"_L1))
        return QString();
    if (const QString user = arguments.value("username"_L1); !user.isEmpty())
        return user;
    if (arguments.has("password-stdin"_L1))
        return fail(Error::Code::InvalidInput, registry, u"--password-stdin needs --username"_s);
    auto answer = Terminal::ask(u"User at %1: "_s.arg(registry), true);
    if (!answer)
        return answer;
    if (answer->trimmed().isEmpty())
        return fail(Error::Code::InvalidInput, registry, u"a user is needed, or --anonymous"_s);
    return answer->trimmed();
}

Result<QString> secretFor(const ContextPtr& context, const QString& registry, const QString& user)
{
    auto secret = context->arguments.has("password-stdin"_L1)
        ? Terminal::pipedSecret()
        : Terminal::ask(u"Password or token of %1 at %2: "_s.arg(user, registry), false);
    if (secret && secret->isEmpty())
        return fail(Error::Code::InvalidInput, registry, u"the password is empty"_s);
    return secret;
}

Result<RegistrySettings> settingsFor(const ContextPtr& context, const QString& registry)
{
    const Arguments& arguments = context->arguments;
    RegistrySettings settings = context->session->profiles().settings(registry);
    if (arguments.has("plain-http"_L1))
        settings.plainHttp = true;
    if (arguments.has("https"_L1))
        settings.plainHttp = false;
    // An empty value takes back what was set before.
    const auto setFile = [&arguments](QLatin1StringView option, QString& place) {
        if (arguments.has(option)) {
            const QString file = arguments.value(option);
            place = file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath();
        }
    };
    setFile("ca-file"_L1, settings.caFile);
    setFile("client-cert"_L1, settings.certificateFile);
    setFile("client-key"_L1, settings.keyFile);
    if (arguments.has("pin"_L1)) {
        const QString pin = arguments.value("pin"_L1);
        settings.pinnedSha256 = normalizedFingerprint(pin);
        if (settings.pinnedSha256.isEmpty() && !pin.isEmpty())
            return fail(Error::Code::InvalidInput, pin, u"this is no SHA-256 fingerprint of a certificate"_s);
    }
    if (auto sound = checkTlsSettings(settings); !sound)
        return std::unexpected(std::move(sound.error()));
    if (arguments.has("connect-to"_L1))
        settings.connectTo = arguments.value("connect-to"_L1);
    if (arguments.has("proxy"_L1))
        settings.proxy = arguments.value("proxy"_L1).trimmed();
    if (auto sound = checkProxy(registry, settings.proxy); !sound)
        return std::unexpected(std::move(sound.error()));
    return settings;
}

Task<Result<int>> login(ContextPtr context, std::stop_token stop)
{
    const std::shared_ptr<Session> session = context->session;
    const auto registry = registryFrom(context->arguments.operands().value(0, u"docker.io"_s));
    if (!registry)
        co_return std::unexpected(registry.error());
    const auto settings = settingsFor(context, *registry);
    if (!settings)
        co_return std::unexpected(settings.error());
    const auto user = userFor(context, *registry);
    if (!user)
        co_return std::unexpected(user.error());
    const auto profile = profileFor(context, *registry, *user);
    if (!profile)
        co_return std::unexpected(profile.error());

    LoginRequest request;
    request.profile = *profile;
    request.settings = *settings;
    if (!user->isEmpty()) {
        // Before the password is asked for: it could not be kept, and a process that ends soon cannot
        // remember it.
        const Keychain::State keychain = co_await session->keychain().probe(false, stop);
        if (keychain != Keychain::State::Available) {
            co_return fail(Error::make(Error::Code::KeychainUnavailable, *registry,
                                       keychain == Keychain::State::Locked ? u"it is locked"_s
                                                                           : u"no service offers one"_s)
                               .during(u"log in"_s));
        }
        const auto secret = secretFor(context, *registry, *user);
        if (!secret)
            co_return std::unexpected(secret.error());
        request.secret = *secret;
    }
    auto status = co_await session->testLogin(request, stop);
    if (!status)
        co_return std::unexpected(std::move(status.error()));
    auto saved = co_await session->saveLogin(request, stop);
    if (!saved)
        co_return std::unexpected(std::move(saved.error()));
    session->dropClients(*registry);

    if (!user->isEmpty() && !status->isLoggedIn)
        context->output->note(
            u"%1 did not ask who you are; the login is kept for what will need it."_s.arg(*registry));
    context->output->line(user->isEmpty() ? u"%1 answers, without a login."_s.arg(*registry)
                                          : u"Logged in to %1 as %2."_s.arg(*registry, *user));
    QJsonObject members = jsonOf(*saved);
    members.insert("loggedIn"_L1, status->isLoggedIn);
    members.insert("plainHttp"_L1, status->isPlainHttp);
    context->output->result("login"_L1, members);
    co_return Exit::Done;
}

//! A profile by name, or the only one of a registry.
Result<Profile> namedProfile(const ProfileStore& store, const QString& name)
{
    if (const auto profile = store.profile(name))
        return *profile;
    QList<Profile> matching = store.profiles();
    const auto registry = registryFrom(name);
    matching.removeIf([&](const Profile& profile) { return !registry || profile.registry != *registry; });
    if (matching.isEmpty())
        return fail(Error::Code::NotFound, name, u"no profile has this name, and none is of this registry"_s);
    if (matching.size() > 1) {
        QStringList names;
        for (const Profile& profile : std::as_const(matching))
            names.append(profile.name);
        return fail(Error::Code::Conflict, name,
                    u"several profiles are of this registry: %1"_s.arg(names.join(u", "_s)));
    }
    return matching.first();
}

Task<Result<int>> logout(ContextPtr context, std::stop_token stop)
{
    const std::shared_ptr<Session> session = context->session;
    const auto profile =
        namedProfile(session->profiles(), context->arguments.operands().value(0, u"docker.io"_s));
    if (!profile)
        co_return std::unexpected(profile.error());
    auto done = co_await session->logout(profile->id, stop);
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    context->output->line(u"Logged out of %1 (%2)."_s.arg(profile->registry, profile->name));
    context->output->result("logout"_L1, jsonOf(*profile));
    co_return Exit::Done;
}

QString localTime(const QDateTime& time)
{
    return time.isValid() ? time.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : QString();
}

Task<Result<int>> profiles(ContextPtr context, std::stop_token)
{
    Table table({u"NAME"_s, u"REGISTRY"_s, u"USER"_s, u"DEFAULT"_s, u"LAST USED"_s, u"EXPIRES"_s});
    QJsonArray array;
    const ProfileStore& store = context->session->profiles();
    const QList<Profile> all = store.profiles();
    for (const Profile& profile : all) {
        QJsonObject entry = jsonOf(profile);
        if (const QString proxy = store.settings(profile.registry).proxy; !proxy.isEmpty())
            entry.insert("proxy"_L1, proxy);
        array.append(entry);
        table.add({profile.name, profile.registry, profile.user, profile.isDefault ? u"yes"_s : QString(),
                   localTime(profile.lastUsed), localTime(profile.secretExpires)});
    }
    if (all.isEmpty())
        context->output->note(u"No profiles yet. Log in with: tagboat-cli login REGISTRY"_s);
    else
        context->output->text(table.toString());
    context->output->result("profiles"_L1, {{"profiles"_L1, array}});
    co_return Exit::Done;
}

} // namespace

QList<Command> accountCommands()
{
    return {
        {.name = "login"_L1,
         .operands = "[REGISTRY]"_L1,
         .most = 1,
         .summary = "try a login and keep it, the password in the system keychain"_L1,
         .options = {{"username"_L1, 'u', "USER"_L1, "else it is asked for"_L1},
                     {"password-stdin"_L1, 0, {}, "read the password or token from standard input"_L1},
                     {"as"_L1, 0, "NAME"_L1, "name of the profile (USER@REGISTRY)"_L1},
                     {"anonymous"_L1, 0, {}, "a registry without logins: keep its settings only"_L1},
                     {"plain-http"_L1, 0, {}, "speak plain HTTP to this registry from now on"_L1},
                     {"https"_L1, 0, {}, "speak HTTPS again"_L1},
                     {"ca-file"_L1, 0, "FILE"_L1, "PEM certificates to trust for this registry"_L1},
                     {"client-cert"_L1, 0, "FILE"_L1, "PEM certificate for a registry that asks for one"_L1},
                     {"client-key"_L1, 0, "FILE"_L1, "PEM key of it, where it is in a file of its own"_L1},
                     {"pin"_L1, 0, "SHA256"_L1, "accept this one certificate of it and no other"_L1},
                     {"connect-to"_L1, 0, "ADDRESS[:PORT]"_L1, "in place of the address of its name"_L1},
                     {"proxy"_L1, 0, "URL|none"_L1,
                      "http or socks5 proxy on the way to it, whatever NO_PROXY says"_L1}},
         .run = login},
        {.name = "logout"_L1,
         .operands = "[PROFILE|REGISTRY]"_L1,
         .most = 1,
         .summary = "forget a profile and its password"_L1,
         .run = logout},
        {.name = "profiles"_L1, .summary = "list the login profiles"_L1, .run = profiles},
    };
}

} // namespace Tagboat
