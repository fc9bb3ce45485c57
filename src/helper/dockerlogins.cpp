// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/dockerlogins.h"

#include <QSettings>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Group = "logins"_L1;

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
    settings.beginGroup(Group);
    QMap<QString, QString> users;
    const QStringList keys = settings.childKeys();
    for (const QString& key : keys)
        users.insert(QUrl::fromPercentEncoding(key.toLatin1()), settings.value(key).toString());
    return users;
}

Result<void> DockerLogins::set(const QString& address, const QString& user)
{
    QSettings settings(m_path, QSettings::IniFormat);
    settings.beginGroup(Group);
    settings.setValue(settingOf(address), user);
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return fail(Error::Code::Io, m_path, u"it cannot be written"_s);
    return {};
}

Result<void> DockerLogins::remove(const QString& address)
{
    QSettings settings(m_path, QSettings::IniFormat);
    settings.beginGroup(Group);
    settings.remove(settingOf(address));
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return fail(Error::Code::Io, m_path, u"it cannot be written"_s);
    return {};
}

} // namespace Tagboat
