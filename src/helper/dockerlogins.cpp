// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/dockerlogins.h"

#include <QSettings>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Keys = "logins"_L1;
constexpr auto Made = "made"_L1;
constexpr auto LoggedOut = "loggedOut"_L1;

//! Settings take slashes for groups.
QString settingOf(const QString& address)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(address));
}

} // namespace

DockerLogins::DockerLogins(const QString& configDirectory) : m_path(configDirectory + u"/docker.ini"_s) { }

QMap<QString, QString> DockerLogins::users() const
{
    QSettings settings(m_path, QSettings::IniFormat);
    settings.beginGroup(Keys);
    QMap<QString, QString> users;
    const QStringList keys = settings.childKeys();
    for (const QString& key : keys)
        users.insert(QUrl::fromPercentEncoding(key.toLatin1()), settings.value(key).toString());
    return users;
}

QString DockerLogins::value(QLatin1StringView group, const QString& key) const
{
    const QSettings settings(m_path, QSettings::IniFormat);
    return settings.value(group + u'/' + settingOf(key)).toString();
}

Result<void> DockerLogins::change(const std::function<void(QSettings&)>& what)
{
    QSettings settings(m_path, QSettings::IniFormat);
    what(settings);
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return fail(Error::Code::Io, m_path, u"it cannot be written"_s);
    return {};
}

Result<void> DockerLogins::set(const QString& address, const QString& user)
{
    return change([&](QSettings& settings) { settings.setValue(Keys + u'/' + settingOf(address), user); });
}

Result<void> DockerLogins::remove(const QString& address)
{
    return change([&](QSettings& settings) { settings.remove(Keys + u'/' + settingOf(address)); });
}

bool DockerLogins::isLoggedOut(const QString& place) const
{
    return !value(LoggedOut, place).isEmpty();
}

bool DockerLogins::hasMade(const QString& profile) const
{
    return !value(Made, profile).isEmpty();
}

Result<void> DockerLogins::logIn(const QString& place, const QString& madeProfile)
{
    return change([&](QSettings& settings) {
        settings.remove(LoggedOut + u'/' + settingOf(place));
        if (!madeProfile.isEmpty())
            settings.setValue(Made + u'/' + settingOf(madeProfile), true);
    });
}

Result<void> DockerLogins::logOut(const QString& place, const QString& removedProfile)
{
    return change([&](QSettings& settings) {
        settings.setValue(LoggedOut + u'/' + settingOf(place), true);
        if (!removedProfile.isEmpty())
            settings.remove(Made + u'/' + settingOf(removedProfile));
    });
}

} // namespace Tagboat
