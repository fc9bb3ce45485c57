// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profilefile.h"

#include "base/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSettings>
#include <QTemporaryFile>
#include <QUrl>

#include <algorithm>
#include <filesystem>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QDateTime timeOf(const QVariant& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QString textOf(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

constexpr auto ProfilesGroup = "profiles"_L1;
constexpr auto RegistriesGroup = "registries"_L1;
constexpr auto RulesGroup = "rules"_L1;
constexpr int LockTimeoutMs = 5000;
constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

//! A host as a key: settings would take its '/' for groups, and nothing but names belongs there anyway.
QString keyOf(const QString& registry)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(registry.toLower()));
}

//! What a rule is known by, as a key.
QString keyOf(const IdentityRule& rule)
{
    return keyOf(QString(rule.place() + u' ' + toString(rule.use)));
}

//! By keyOf().
QHash<QString, RegistrySettings> readRegistries(QSettings& settings)
{
    QHash<QString, RegistrySettings> registries;
    settings.beginGroup(RegistriesGroup);
    const QStringList keys = settings.childGroups();
    for (const QString& key : keys) {
        settings.beginGroup(key);
        RegistrySettings& registry = registries[key];
        registry.plainHttp = settings.value("plainHttp"_L1).toBool();
        registry.caFile = settings.value("caFile"_L1).toString();
        registry.connectTo = settings.value("connectTo"_L1).toString();
        registry.certificateFile = settings.value("certificateFile"_L1).toString();
        registry.keyFile = settings.value("keyFile"_L1).toString();
        registry.pinnedSha256 = settings.value("pinnedSha256"_L1).toString();
        registry.proxy = settings.value("proxy"_L1).toString();
        settings.endGroup();
    }
    settings.endGroup();
    return registries;
}

//! QSettings tells of damage only the first time it reads a file in a process, and leaves out what it cannot
//! read when it writes: hence a look of our own. Its files hold sections, keys and comments, one a line.
bool isDamaged(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return false;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        const bool isSection = line.startsWith('[') && line.endsWith(']');
        if (!line.isEmpty() && !isSection && !line.startsWith(';') && !line.startsWith('#')
            && !line.contains('='))
            return true;
    }
    return false;
}

void copyAll(const QSettings& from, QSettings& to)
{
    const QStringList keys = from.allKeys();
    for (const QString& key : keys) {
        if (key.startsWith(ProfilesGroup) || key.startsWith(RegistriesGroup) || key.startsWith(RulesGroup))
            to.setValue(key, from.value(key));
    }
}

} // namespace

ProfileFile::ProfileFile(const QString& directory)
    : m_directory(directory), m_path(directory + u"/profiles.ini"_s),
      m_lockPath(directory + u"/profiles.lock"_s)
{ }

ProfileFile::Version ProfileFile::Version::of(const QString& path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return {.number = status.st_ino, .size = status.st_size, .changed = status.st_mtim};
}

//! A settings object that has read the file as it is now. Qt reads again only where size or time changed.
std::unique_ptr<QSettings> ProfileFile::openForReading() const
{
    auto settings = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
    settings->sync();
    if (settings->status() != QSettings::NoError)
        qCWarning(lcAuth) << m_path << "cannot be read as a whole";
    return settings;
}

//! Read only where it has changed: each request to a registry asks. Under the mutex.
const ProfileFile::Contents& ProfileFile::contents()
{
    // Taken first: what is replaced in between is read once more the next time.
    const Version version = Version::of(m_path);
    if (!m_read || m_read->version != version) {
        const auto settings = openForReading();
        m_read = {.version = version,
                  .profiles = readProfiles(*settings),
                  .rules = readRules(*settings),
                  .registries = readRegistries(*settings)};
    }
    return *m_read;
}

QList<Profile> ProfileFile::profiles()
{
    const QMutexLocker guard(&m_mutex);
    return contents().profiles;
}

QList<IdentityRule> ProfileFile::rules()
{
    const QMutexLocker guard(&m_mutex);
    return contents().rules;
}

RegistrySettings ProfileFile::registry(const QString& name)
{
    const QMutexLocker guard(&m_mutex);
    return contents().registries.value(keyOf(name));
}

QList<Profile> ProfileFile::readProfiles(QSettings& settings)
{
    QList<Profile> profiles;
    settings.beginGroup(ProfilesGroup);
    const QStringList ids = settings.childGroups();
    for (const QString& id : ids) {
        settings.beginGroup(id);
        Profile profile;
        profile.id = id;
        profile.name = settings.value("name"_L1).toString();
        profile.registry = settings.value("registry"_L1).toString();
        profile.user = settings.value("user"_L1).toString();
        profile.type = registryTypeFromString(settings.value("type"_L1).toString());
        profile.isDefault = settings.value("default"_L1).toBool();
        profile.lastUsed = timeOf(settings.value("lastUsed"_L1));
        profile.secretExpires = timeOf(settings.value("secretExpires"_L1));
        settings.endGroup();
        // Edited by hand, or written by a future version: left in the file, but of no use here.
        if (!profile.registry.isEmpty() && !profile.name.isEmpty())
            profiles.append(profile);
    }
    settings.endGroup();
    std::ranges::sort(profiles, [](const Profile& a, const Profile& b) {
        const int byName = a.name.compare(b.name, Qt::CaseInsensitive);
        return byName != 0 ? byName < 0 : a.id < b.id;
    });
    return profiles;
}

void ProfileFile::writeProfile(QSettings& settings, const Profile& profile)
{
    settings.beginGroup(ProfilesGroup);
    settings.beginGroup(profile.id);
    settings.setValue("name"_L1, profile.name);
    settings.setValue("registry"_L1, profile.registry);
    settings.setValue("user"_L1, profile.user);
    settings.setValue("type"_L1, QString(toString(profile.type)));
    settings.setValue("default"_L1, profile.isDefault);
    settings.setValue("lastUsed"_L1, textOf(profile.lastUsed));
    settings.setValue("secretExpires"_L1, textOf(profile.secretExpires));
    settings.endGroup();
    settings.endGroup();
}

void ProfileFile::removeProfile(QSettings& settings, const QString& id)
{
    settings.remove(ProfilesGroup + u'/' + id);
}

QList<IdentityRule> ProfileFile::readRules(QSettings& settings)
{
    QList<IdentityRule> rules;
    settings.beginGroup(RulesGroup);
    const QStringList keys = settings.childGroups();
    for (const QString& key : keys) {
        settings.beginGroup(key);
        IdentityRule rule;
        rule.registry = settings.value("registry"_L1).toString();
        rule.path = settings.value("path"_L1).toString();
        rule.use = identityUseFromString(settings.value("use"_L1).toString());
        rule.profile = settings.value("profile"_L1).toString();
        settings.endGroup();
        if (!rule.registry.isEmpty())
            rules.append(rule);
    }
    settings.endGroup();
    std::ranges::sort(rules, [](const IdentityRule& a, const IdentityRule& b) {
        const int byPlace = a.place().compare(b.place());
        return byPlace != 0 ? byPlace < 0 : a.use < b.use;
    });
    return rules;
}

void ProfileFile::writeRule(QSettings& settings, const IdentityRule& rule)
{
    settings.beginGroup(RulesGroup);
    settings.beginGroup(keyOf(rule));
    settings.setValue("registry"_L1, rule.registry);
    settings.setValue("path"_L1, rule.path);
    settings.setValue("use"_L1, QString(toString(rule.use)));
    settings.setValue("profile"_L1, rule.profile);
    settings.endGroup();
    settings.endGroup();
}

void ProfileFile::removeRule(QSettings& settings, const IdentityRule& rule)
{
    settings.remove(RulesGroup + u'/' + keyOf(rule));
}

void ProfileFile::writeRegistry(QSettings& settings, const QString& name, const RegistrySettings& values)
{
    settings.beginGroup(RegistriesGroup);
    settings.beginGroup(keyOf(name));
    settings.remove(QString());
    if (values != RegistrySettings()) {
        settings.setValue("plainHttp"_L1, values.plainHttp);
        settings.setValue("caFile"_L1, values.caFile);
        settings.setValue("connectTo"_L1, values.connectTo);
        settings.setValue("certificateFile"_L1, values.certificateFile);
        settings.setValue("keyFile"_L1, values.keyFile);
        settings.setValue("pinnedSha256"_L1, values.pinnedSha256);
        settings.setValue("proxy"_L1, values.proxy);
    }
    settings.endGroup();
    settings.endGroup();
}

//! A copy, before the file itself is written anew with what could be read of it.
Result<void> ProfileFile::keepDamaged() const
{
    const QString aside =
        m_path + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    if (!QFile::copy(m_path, aside))
        return fail(Error::Code::Io, m_path, u"it is damaged, and cannot be copied to "_s + aside);
    QFile::setPermissions(aside, OwnerOnly);
    qCWarning(lcAuth) << m_path << "is damaged; kept as" << aside;
    return {};
}

Result<void> ProfileFile::replaceBy(const QString& draft) const
{
    // QSettings knows a changed file by size and time only, and the clock of a file system ticks slowly: each
    // version is given a later time than the one before.
    const QFileInfo previous(m_path);
    QFile file(draft);
    if (previous.exists() && file.open(QFile::ReadWrite)) {
        const QDateTime later = qMax(QDateTime::currentDateTimeUtc(), previous.lastModified().addMSecs(1));
        file.setFileTime(later, QFile::FileModificationTime);
        file.close();
    }
    std::error_code error;
    std::filesystem::rename(draft.toStdString(), m_path.toStdString(), error);
    if (error)
        return fail(Error::fromErrno(error.value(), m_path, u"replacing it"));
    return {};
}

Result<void> ProfileFile::change(const std::function<Result<void>(QSettings&)>& what)
{
    const QMutexLocker guard(&m_mutex);
    if (!QDir().mkpath(m_directory))
        return fail(Error::Code::Io, m_directory, u"the folder cannot be made"_s);
    // Names and defaults are rules over several entries: reading, deciding and writing is one step for all
    // processes.
    QLockFile lock(m_lockPath);
    if (!lock.tryLock(LockTimeoutMs)) {
        if (lock.error() == QLockFile::LockFailedError)
            return fail(Error::Code::Conflict, m_path, u"another program is changing it"_s);
        return fail(Error::Code::Io, m_lockPath, u"the lock cannot be made"_s);
    }

    QTemporaryFile draft(m_path + u".XXXXXX"_s); // private to its owner from the first byte
    if (!draft.open())
        return fail(Error::Code::Io, draft.fileTemplate(), draft.errorString());
    {
        QSettings settings(draft.fileName(), QSettings::IniFormat);
        copyAll(*openForReading(), settings);
        if (auto done = what(settings); !done)
            return done;
        settings.sync();
        if (settings.status() != QSettings::NoError)
            return fail(Error::Code::Io, m_path, u"it cannot be written"_s);
    }
    if (isDamaged(m_path)) {
        if (auto done = keepDamaged(); !done)
            return done;
    }
    if (auto done = replaceBy(draft.fileName()); !done)
        return done;
    draft.setAutoRemove(false);
    return {};
}

} // namespace Tagboat
