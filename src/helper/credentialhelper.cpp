// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/credentialhelper.h"

#include "auth/serveraddress.h"
#include "helper/dockerlogins.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// Docker compares these texts.
constexpr auto NotFound = "credentials not found in native keychain";
constexpr auto NoServer = "no credentials server URL";
constexpr auto NoUser = "no credentials username";

using Answer = Result<QByteArray>;

HelperReply refused(const QByteArray& message)
{
    return {.exitCode = 1, .out = message + '\n'};
}

std::unexpected<Error> saying(const char* text)
{
    return fail(Error::Code::NotFound, {}, QString::fromLatin1(text));
}

QByteArray jsonLine(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray loginJson(const QString& address, const QString& user, const QString& secret)
{
    return jsonLine({{"ServerURL"_L1, address}, {"Username"_L1, user}, {"Secret"_L1, secret}});
}

//! Whoever acts there, if that is somebody with a password.
Result<std::optional<Profile>> actorAt(const HelperPlaces& places, const ServerAddress& address)
{
    const auto choice =
        places.profiles->choose(IdentityQuestion{.registry = address.registry, .repository = address.path});
    if (!choice)
        return std::unexpected(choice.error());
    return choice->profile && !choice->profile->isAnonymous() ? choice->profile : std::nullopt;
}

Task<Answer> get(ServerAddress address, HelperPlaces places, std::stop_token stop)
{
    QString key = DockerLogins::keyOf(address.text);
    QString user = DockerLogins(places.configDirectory).users().value(address.text);
    if (!address.isKeyOnly) {
        const auto profile = actorAt(places, address);
        if (!profile)
            co_return std::unexpected(profile.error());
        if (!*profile)
            co_return saying(NotFound);
        key = (*profile)->id;
        user = (*profile)->user;
    }
    auto secret = co_await places.keychain->read(key, stop);
    if (!secret)
        co_return std::unexpected(std::move(secret.error()));
    if (!*secret)
        co_return saying(NotFound);
    if (!address.isKeyOnly)
        places.profiles->touch(key);
    co_return Answer(loginJson(address.text, user, **secret));
}

Task<Answer> store(ServerAddress address, QString user, QString secret, HelperPlaces places,
                   std::stop_token stop)
{
    if (address.isKeyOnly) {
        auto kept = co_await places.keychain->write(DockerLogins::keyOf(address.text), secret, stop);
        if (kept)
            kept = DockerLogins(places.configDirectory).set(address.text, user);
        if (!kept)
            co_return std::unexpected(std::move(kept.error()));
        co_return Answer();
    }
    Profile wanted = places.profiles->profileOf(address.registry, user);
    const bool isNew = wanted.id.isEmpty();
    // Of a part of a registry it is a rule that finds the profile.
    wanted.isDefault = wanted.isDefault || address.path.isEmpty();
    const auto saved = places.profiles->save(wanted);
    if (!saved)
        co_return std::unexpected(saved.error());
    auto kept = co_await places.keychain->write(saved->id, secret, stop);
    if (kept && !address.path.isEmpty()) {
        kept = places.profiles->saveRule(
            {.registry = address.registry, .path = address.path, .profile = saved->id});
    }
    if (!kept) {
        if (isNew)
            (void)places.profiles->remove(saved->id);
        co_return std::unexpected(std::move(kept.error()));
    }
    co_return Answer();
}

Task<Answer> erase(ServerAddress address, HelperPlaces places, std::stop_token stop)
{
    QString key = DockerLogins::keyOf(address.text);
    if (!address.isKeyOnly) {
        const auto profile = actorAt(places, address);
        if (!profile)
            co_return std::unexpected(profile.error());
        if (!*profile)
            co_return Answer(); // what is not there is erased
        key = (*profile)->id;
    }
    auto done = co_await places.keychain->remove(key, stop);
    if (done)
        done = address.isKeyOnly ? DockerLogins(places.configDirectory).remove(address.text)
                                 : places.profiles->remove(key);
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    co_return Answer();
}

Answer list(const HelperPlaces& places)
{
    QJsonObject logins;
    const QMap<QString, QString> others = DockerLogins(places.configDirectory).users();
    for (auto other = others.cbegin(); other != others.cend(); ++other)
        logins.insert(other.key(), other.value());
    const QList<Profile> all = places.profiles->profiles();
    for (const Profile& profile : all) {
        const QString address = dockerAddressOf(profile.registry);
        if (logins.contains(address))
            continue;
        const auto actor = actorAt(places, {.text = address, .registry = profile.registry});
        if (actor && *actor)
            logins.insert(address, (*actor)->user);
    }
    return jsonLine(logins);
}

Task<Answer> answerTo(QString action, QByteArray input, HelperPlaces places, std::stop_token stop)
{
    if (action == "list"_L1)
        co_return list(places);
    QString server = QString::fromUtf8(input).trimmed();
    QString user;
    QString secret;
    if (action == "store"_L1) {
        QJsonParseError wrong;
        const QJsonObject login = QJsonDocument::fromJson(input, &wrong).object();
        if (wrong.error != QJsonParseError::NoError) // its text could hold the secret
            co_return fail(Error::Code::InvalidInput, {}, u"what is to be stored is no JSON object"_s);
        server = login.value("ServerURL"_L1).toString().trimmed();
        user = login.value("Username"_L1).toString();
        secret = login.value("Secret"_L1).toString();
    }
    if (server.isEmpty())
        co_return saying(NoServer);
    if (action == "store"_L1 && user.isEmpty())
        co_return saying(NoUser);
    const auto address = ServerAddress::parse(server);
    if (!address)
        co_return std::unexpected(address.error());
    if (action == "get"_L1) {
        auto answer = co_await get(*address, places, stop);
        co_return answer;
    }
    if (action == "store"_L1) {
        auto answer = co_await store(*address, user, secret, places, stop);
        co_return answer;
    }
    auto answer = co_await erase(*address, places, stop);
    co_return answer;
}

} // namespace

Task<HelperReply> answerHelper(QString action, QByteArray input, HelperPlaces places, std::stop_token stop)
{
    const QStringList actions{u"get"_s, u"store"_s, u"erase"_s, u"list"_s};
    if (!actions.contains(action))
        co_return refused("unknown action: " + action.toUtf8());
    auto answer = co_await answerTo(action, std::move(input), std::move(places), std::move(stop));
    if (answer)
        co_return HelperReply{.exitCode = 0, .out = *answer};
    const Error& error = answer.error();
    if (error.code == Error::Code::KeychainUnavailable)
        co_return refused("the system keychain does not answer, or is locked: " + error.message.toUtf8());
    const QString subject = error.subject.isEmpty() ? QString() : error.subject + u": "_s;
    co_return refused((subject + error.message).toUtf8());
}

} // namespace Tagboat
