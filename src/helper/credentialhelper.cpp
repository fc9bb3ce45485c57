// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/credentialhelper.h"

#include "auth/credentialsource.h"
#include "auth/serveraddress.h"
#include "auth/vendorlogin.h"
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

IdentityQuestion questionOf(const ServerAddress& address)
{
    return {.registry = address.registry, .repository = address.path};
}

//! By what an end of a login is remembered.
QString placeOf(const ServerAddress& address)
{
    return address.path.isEmpty() ? address.registry : address.registry + u'/' + address.path;
}

Task<Answer> get(ServerAddress address, HelperPlaces places, std::stop_token stop)
{
    const DockerLogins logins(places.configDirectory);
    QString key = DockerLogins::keyOf(address.text);
    QString user = logins.users().value(address.text);
    if (!address.isKeyOnly) {
        const auto profile = actorAt(places, address);
        if (!profile)
            co_return std::unexpected(profile.error());
        if (!*profile || logins.isLoggedOut(placeOf(address)))
            co_return saying(NotFound);
        key = (*profile)->id;
        user = (*profile)->user;
    }
    auto secret = co_await places.keychain->read(key, stop);
    if (!secret)
        co_return std::unexpected(std::move(secret.error()));
    if (!*secret)
        co_return saying(NotFound);
    if (address.isKeyOnly)
        co_return Answer(loginJson(address.text, user, **secret));
    // docker cannot sign for AWS, nor ask Azure for a token: it gets what came of that.
    auto login = co_await vendorLogin(places.http, address.registry, user,
                                      fixedCredential({.user = user, .secret = **secret}))(stop);
    if (!login)
        co_return std::unexpected(std::move(login.error()));
    places.profiles->touch(key);
    // docker knows an identity token by this user; of Azure it takes it as the password, too.
    co_return Answer(loginJson(address.text, (*login)->user, (*login)->secret));
}

Task<Answer> store(ServerAddress address, QString user, QString secret, HelperPlaces places,
                   std::stop_token stop)
{
    DockerLogins logins(places.configDirectory);
    if (address.isKeyOnly) {
        auto kept = co_await places.keychain->write(DockerLogins::keyOf(address.text), secret, stop);
        if (kept)
            kept = logins.set(address.text, user);
        if (!kept)
            co_return std::unexpected(std::move(kept.error()));
        co_return Answer();
    }
    const Profile wanted = places.profiles->profileOf(address.registry, user);
    const bool isNew = wanted.id.isEmpty();
    const auto saved = isNew ? places.profiles->save(wanted) : Result<Profile>(wanted);
    if (!saved)
        co_return std::unexpected(saved.error());
    auto kept = co_await places.keychain->write(saved->id, secret, stop);
    if (!kept) {
        if (isNew)
            (void)places.profiles->remove(saved->id);
        co_return std::unexpected(std::move(kept.error()));
    }
    // Only now: who acted before does so as long as nobody else can.
    kept = places.profiles->makeActor(questionOf(address), saved->id);
    if (kept)
        kept = logins.logIn(placeOf(address), isNew ? saved->id : QString());
    if (!kept)
        co_return std::unexpected(std::move(kept.error()));
    co_return Answer();
}

Task<Answer> eraseKey(ServerAddress address, HelperPlaces places, std::stop_token stop)
{
    auto done = co_await places.keychain->remove(DockerLogins::keyOf(address.text), stop);
    if (done)
        done = DockerLogins(places.configDirectory).remove(address.text);
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    co_return Answer();
}

/*!
 * What docker had stored itself goes; an account that was Tagboat's before stays, and is only not given to
 * docker any more. docker logs out of one registry under up to four names: the first is the one that counts.
 */
Task<Answer> erase(ServerAddress address, HelperPlaces places, std::stop_token stop)
{
    DockerLogins logins(places.configDirectory);
    const QString place = placeOf(address);
    const auto actor = actorAt(places, address);
    if (!actor)
        co_return std::unexpected(actor.error());
    if (!*actor || logins.isLoggedOut(place))
        co_return Answer(); // what is not there is erased
    const QString made = logins.hasMade((*actor)->id) ? (*actor)->id : QString();
    Result<void> done;
    if (!made.isEmpty())
        done = co_await places.keychain->remove(made, stop);
    if (done && !made.isEmpty())
        done = places.profiles->remove(made);
    if (done)
        done = logins.logOut(place, made);
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    co_return Answer();
}

Answer list(const HelperPlaces& places)
{
    QJsonObject logins;
    const DockerLogins known(places.configDirectory);
    const QMap<QString, QString> others = known.users();
    for (auto other = others.cbegin(); other != others.cend(); ++other)
        logins.insert(other.key(), other.value());
    const QList<Profile> all = places.profiles->profiles();
    for (const Profile& profile : all) {
        const QString address = dockerAddressOf(profile.registry);
        if (logins.contains(address) || known.isLoggedOut(profile.registry))
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
    if (address->isKeyOnly) {
        auto answer = co_await eraseKey(*address, places, stop);
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
