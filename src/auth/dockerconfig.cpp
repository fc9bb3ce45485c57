// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/dockerconfig.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 LargestFile = 4 * 1024 * 1024;
constexpr auto OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

//! What in an entry is a secret.
constexpr std::array SecretKeys{"auth"_L1, "identitytoken"_L1, "registrytoken"_L1, "password"_L1};

Result<QJsonObject> readObject(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return fail(Error::Code::NotFound, path, u"there is no such file"_s);
    if (!file.open(QFile::ReadOnly))
        return fail(Error::Code::Io, path, file.errorString());
    const QByteArray bytes = file.read(LargestFile + 1);
    if (bytes.size() > LargestFile)
        return fail(Error::Code::InvalidInput, path, u"this is larger than any file of logins"_s);
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &wrong);
    if (!document.isObject()) {
        const QString why = wrong.error != QJsonParseError::NoError
            ? u"%1 at byte %2"_s.arg(wrong.errorString()).arg(wrong.offset)
            : u"it is no object"_s;
        return fail(Error::Code::Corrupt, path, u"this is no file of docker's: "_s + why);
    }
    return document.object();
}

//! "user:password" in base64; old clients put zero bytes behind it.
std::optional<std::pair<QString, QString>> splitAuth(const QString& auth)
{
    const auto result =
        QByteArray::fromBase64Encoding(auth.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    QByteArray login = result.decoded;
    while (login.endsWith('\0'))
        login.chop(1);
    const qsizetype colon = login.indexOf(':');
    if (colon <= 0 || colon == login.size() - 1)
        return std::nullopt;
    return std::pair(QString::fromUtf8(login.first(colon)), QString::fromUtf8(login.sliced(colon + 1)));
}

//! Null where the entry is only a mark that a helper knows the rest.
Result<std::optional<DockerLogin>> readEntry(const QString& key, const QJsonObject& entry)
{
    const auto address = ServerAddress::parse(key);
    if (!address)
        return std::unexpected(address.error());
    DockerLogin login{.address = *address};
    if (const QString token = entry.value("identitytoken"_L1).toString(); !token.isEmpty()) {
        login.user = u"<token>"_s;
        login.secret = token;
        login.isIdentityToken = true;
        return login;
    }
    if (const QString auth = entry.value("auth"_L1).toString(); !auth.isEmpty()) {
        const auto parts = splitAuth(auth);
        if (!parts)
            return fail(Error::Code::Corrupt, key, u"its login cannot be read"_s);
        login.user = parts->first;
        login.secret = parts->second;
        return login;
    }
    if (!entry.value("registrytoken"_L1).toString().isEmpty())
        return fail(Error::Code::Unsupported, key, u"it has a token for this moment only"_s);
    return std::nullopt;
}

} // namespace

bool DockerConfig::hasClearText() const
{
    return std::ranges::any_of(logins, &DockerLogin::isClearText);
}

QStringList dockerConfigFiles()
{
    const QString docker = qEnvironmentVariable("DOCKER_CONFIG", QDir::homePath() + u"/.docker"_s);
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    QStringList files{docker + u"/config.json"_s, qEnvironmentVariable("REGISTRY_AUTH_FILE"),
                      runtime.isEmpty() ? QString() : runtime + u"/containers/auth.json"_s,
                      config + u"/containers/auth.json"_s};
    files.removeIf([](const QString& file) { return file.isEmpty() || !QFileInfo(file).isFile(); });
    files.removeDuplicates();
    return files;
}

Result<DockerConfig> readDockerConfig(const QString& path)
{
    const auto object = readObject(path);
    if (!object)
        return std::unexpected(object.error());
    DockerConfig config{.path = path};
    config.store = object->value("credsStore"_L1).toString();
    const QJsonObject auths = object->value("auths"_L1).toObject();
    const QJsonObject helpers = object->value("credHelpers"_L1).toObject();
    for (auto entry = auths.begin(); entry != auths.end(); ++entry) {
        if (helpers.contains(entry.key()))
            continue; // docker asks the helper, whatever stands here
        auto login = readEntry(entry.key(), entry.value().toObject());
        if (!login)
            config.unread.append(ServerAddress::shown(entry.key()) + u": "_s + login.error().message);
        else if (*login)
            config.logins.append(**login);
    }
    for (auto entry = helpers.begin(); entry != helpers.end(); ++entry) {
        const auto address = ServerAddress::parse(entry.key());
        if (address)
            config.logins.append({.address = *address, .helper = entry.value().toString()});
        else
            config.unread.append(ServerAddress::shown(entry.key()) + u": "_s + address.error().message);
    }
    return config;
}

namespace {

bool hasSecret(const QJsonObject& entry)
{
    return std::ranges::any_of(SecretKeys, [&entry](auto key) { return entry.contains(key); });
}

void chooseHelper(QJsonObject& config, const QStringList& addresses, const QString& helper, bool isDockers)
{
    const QJsonObject auths = config.value("auths"_L1).toObject();
    const bool isClean =
        std::ranges::none_of(auths, [](const QJsonValue& entry) { return hasSecret(entry.toObject()); });
    // Docker would not look at what else stands in its own.
    if (isDockers && isClean && !config.contains("credsStore"_L1))
        config.insert("credsStore"_L1, helper);
    // podman and skopeo, which read docker's file too, know no helper of a whole file; and both look for a
    // bare host, whatever the entry was called.
    QJsonObject helpers = config.value("credHelpers"_L1).toObject();
    for (const QString& text : addresses) {
        const auto address = ServerAddress::parse(text);
        if (!address)
            continue;
        helpers.insert(address->registry, helper);
        helpers.insert(dockerAddressOf(address->registry), helper);
    }
    config.insert("credHelpers"_L1, helpers);
}

} // namespace

Result<void> scrubDockerConfig(const QString& path, const QStringList& addresses, const QString& helper)
{
    auto object = readObject(path);
    if (!object)
        return std::unexpected(object.error());
    QJsonObject auths = object->value("auths"_L1).toObject();
    for (const QString& address : addresses) {
        QJsonObject entry = auths.value(address).toObject();
        for (const QLatin1StringView key : SecretKeys)
            entry.remove(key);
        auths.insert(address, entry); // the empty mark that docker leaves, too, when a helper knows the rest
    }
    object->insert("auths"_L1, auths);
    if (!helper.isEmpty() && !addresses.isEmpty())
        chooseHelper(*object, addresses, helper, QFileInfo(path).fileName() == "config.json"_L1);
    // The file that a link leads to is replaced, not the link.
    const QString target = QFileInfo(path).canonicalFilePath();
    QSaveFile file(target);
    file.setDirectWriteFallback(false);
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(OwnerOnly)
        || file.write(QJsonDocument(*object).toJson()) < 0 || !file.commit())
        return fail(Error::Code::Io, path, file.errorString());
    return {};
}

} // namespace Tagboat
