// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profilestore.h"

#include "base/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLockFile>
#include <QMutex>
#include <QSettings>
#include <QTemporaryFile>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto ProfilesGroup = "profiles"_L1;
constexpr auto RegistriesGroup = "registries"_L1;
constexpr int LockTimeoutMs = 5000;
constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

//! A host as a key: settings would take its '/' for groups, and nothing but names belongs there anyway.
QString keyOf(const QString& registry)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(registry.toLower()));
}

bool isSameRegistry(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

void writeProfile(QSettings& settings, const Profile& profile)
{
    settings.beginGroup(ProfilesGroup);
    settings.beginGroup(profile.id);
    settings.setValue("name"_L1, profile.name);
    settings.setValue("registry"_L1, profile.registry);
    settings.setValue("user"_L1, profile.user);
    settings.setValue("type"_L1, QString(toString(profile.type)));
    settings.setValue("default"_L1, profile.isDefault);
    settings.setValue("lastUsed"_L1,
                      profile.lastUsed.isValid() ? profile.lastUsed.toUTC().toString(Qt::ISODateWithMs)
                                                 : QString());
    settings.endGroup();
    settings.endGroup();
}

QList<Profile> readProfiles(QSettings& settings)
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
        profile.lastUsed = QDateTime::fromString(settings.value("lastUsed"_L1).toString(), Qt::ISODateWithMs);
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
        settings.endGroup();
    }
    settings.endGroup();
    return registries;
}

//! Tells one version of a file from another; each is a file of its own, see replaceBy().
struct FileVersion
{
    ino_t number = 0;
    off_t size = -1; //!< -1: there is none
    timespec changed = {};

    static FileVersion of(const QString& path)
    {
        struct stat status = {};
        if (::stat(QFile::encodeName(path).constData(), &status) != 0)
            return {};
        return {.number = status.st_ino, .size = status.st_size, .changed = status.st_mtim};
    }

    friend bool operator==(const FileVersion& a, const FileVersion& b)
    {
        return a.number == b.number && a.size == b.size && a.changed.tv_sec == b.changed.tv_sec
            && a.changed.tv_nsec == b.changed.tv_nsec;
    }
};

//! All that is in the file.
struct Contents
{
    FileVersion version;
    QList<Profile> profiles;
    QHash<QString, RegistrySettings> registries;
};

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
        if (key.startsWith(ProfilesGroup) || key.startsWith(RegistriesGroup))
            to.setValue(key, from.value(key));
    }
}

QString defaultName(const Profile& profile)
{
    return profile.isAnonymous() ? profile.registry : profile.user + u" @ "_s + profile.registry;
}

} // namespace

struct ProfileStore::Private
{
    explicit Private(const QString& directory)
        : directory(directory), path(directory + u"/profiles.ini"_s),
          lockPath(directory + u"/profiles.lock"_s)
    { }

    //! A settings object that has read the file as it is now. Qt reads again only where size or time changed.
    [[nodiscard]] std::unique_ptr<QSettings> openForReading() const
    {
        auto settings = std::make_unique<QSettings>(path, QSettings::IniFormat);
        settings->sync();
        if (settings->status() != QSettings::NoError)
            qCWarning(lcAuth) << path << "cannot be read as a whole";
        return settings;
    }

    //! The file as it is now, read only where it has changed: each request to a registry asks. Under the
    //! mutex.
    const Contents& contents()
    {
        // Taken first: what is replaced in between is read once more the next time.
        const FileVersion version = FileVersion::of(path);
        if (!read || read->version != version) {
            const auto settings = openForReading();
            read = {.version = version,
                    .profiles = readProfiles(*settings),
                    .registries = readRegistries(*settings)};
        }
        return *read;
    }

    Result<void> change(const std::function<Result<void>(QSettings&)>& what) const;
    Result<void> keepDamaged() const;
    Result<void> replaceBy(const QString& draft) const;

    const QString directory;
    const QString path;
    const QString lockPath;
    mutable QMutex mutex;
    std::optional<Contents> read;
};

//! A copy, before the file itself is written anew with what could be read of it.
Result<void> ProfileStore::Private::keepDamaged() const
{
    const QString aside =
        path + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    if (!QFile::copy(path, aside))
        return fail(Error::Code::Io, path, u"it is damaged, and cannot be copied to "_s + aside);
    QFile::setPermissions(aside, OwnerOnly);
    qCWarning(lcAuth) << path << "is damaged; kept as" << aside;
    return {};
}

Result<void> ProfileStore::Private::replaceBy(const QString& draft) const
{
    // QSettings knows a changed file by size and time only, and the clock of a file system ticks slowly: each
    // version is given a later time than the one before.
    const QFileInfo previous(path);
    QFile file(draft);
    if (previous.exists() && file.open(QFile::ReadWrite)) {
        const QDateTime later = qMax(QDateTime::currentDateTimeUtc(), previous.lastModified().addMSecs(1));
        file.setFileTime(later, QFile::FileModificationTime);
        file.close();
    }
    std::error_code error;
    std::filesystem::rename(draft.toStdString(), path.toStdString(), error);
    if (error)
        return fail(Error::fromErrno(error.value(), path, u"replacing it"));
    return {};
}

/*!
 * The new version is written beside the file and put in its place. QSettings could write the file itself, but
 * then a write that fails stays in the memory of this process, is shown as if it were there, and happens at
 * some later time.
 */
Result<void> ProfileStore::Private::change(const std::function<Result<void>(QSettings&)>& what) const
{
    const QMutexLocker guard(&mutex);
    if (!QDir().mkpath(directory))
        return fail(Error::Code::Io, directory, u"the folder cannot be made"_s);
    // Names and defaults are rules over several entries: reading, deciding and writing is one step for all
    // processes.
    QLockFile lock(lockPath);
    if (!lock.tryLock(LockTimeoutMs)) {
        if (lock.error() == QLockFile::LockFailedError)
            return fail(Error::Code::Conflict, path, u"another program is changing it"_s);
        return fail(Error::Code::Io, lockPath, u"the lock cannot be made"_s);
    }

    QTemporaryFile draft(path + u".XXXXXX"_s); // private to its owner from the first byte
    if (!draft.open())
        return fail(Error::Code::Io, draft.fileTemplate(), draft.errorString());
    {
        QSettings settings(draft.fileName(), QSettings::IniFormat);
        copyAll(*openForReading(), settings);
        if (auto done = what(settings); !done)
            return done;
        settings.sync();
        if (settings.status() != QSettings::NoError)
            return fail(Error::Code::Io, path, u"it cannot be written"_s);
    }
    if (isDamaged(path)) {
        if (auto done = keepDamaged(); !done)
            return done;
    }
    if (auto done = replaceBy(draft.fileName()); !done)
        return done;
    draft.setAutoRemove(false);
    return {};
}

ProfileStore::ProfileStore(const QString& configDirectory) : d(std::make_unique<Private>(configDirectory)) { }

ProfileStore::~ProfileStore() = default;

QList<Profile> ProfileStore::profiles() const
{
    const QMutexLocker guard(&d->mutex);
    return d->contents().profiles;
}

std::optional<Profile> ProfileStore::profile(const QString& idOrName) const
{
    const QList<Profile> all = profiles();
    for (const Profile& profile : all) {
        if (profile.id == idOrName)
            return profile;
    }
    for (const Profile& profile : all) {
        if (profile.name == idOrName)
            return profile;
    }
    return std::nullopt;
}

Result<std::optional<Profile>> ProfileStore::choose(const QString& registry, const QString& idOrName) const
{
    if (!idOrName.isEmpty()) {
        std::optional<Profile> named = profile(idOrName);
        if (!named)
            return fail(Error::Code::NotFound, idOrName, u"there is no profile of this name"_s);
        if (!isSameRegistry(named->registry, registry)) {
            return fail(Error::Code::InvalidInput, idOrName,
                        u"this profile is for %1, not for %2"_s.arg(named->registry, registry));
        }
        return named;
    }
    std::optional<Profile> chosen;
    const QList<Profile> all = profiles();
    for (const Profile& profile : all) {
        if (isSameRegistry(profile.registry, registry)
            && (!chosen || (profile.isDefault && !chosen->isDefault)))
            chosen = profile;
    }
    return chosen;
}

Result<Profile> ProfileStore::save(Profile profile)
{
    auto registry = normalizedRegistry(profile.registry);
    if (!registry)
        return fail(std::move(registry.error()).during(u"save profile"_s));
    profile.registry = *registry;
    profile.name = profile.name.trimmed();
    if (profile.name.isEmpty())
        profile.name = defaultName(profile);
    if (profile.user.contains(':'_L1))
        return fail(Error::Code::InvalidInput, profile.user, u"a user name cannot hold a colon"_s);

    auto saved = d->change([&profile](QSettings& settings) -> Result<void> {
        const QList<Profile> existing = readProfiles(settings);
        bool hasDefault = false;
        for (const Profile& other : existing) {
            if (other.id == profile.id)
                continue;
            if (other.name.compare(profile.name, Qt::CaseInsensitive) == 0)
                return fail(Error::Code::Conflict, profile.name, u"another profile has this name"_s);
            hasDefault = hasDefault || (other.isDefault && isSameRegistry(other.registry, profile.registry));
        }
        if (profile.id.isEmpty())
            profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        else if (QUuid::fromString(profile.id).isNull())
            return fail(Error::Code::InvalidInput, profile.id, u"not an ID of a profile"_s);
        profile.isDefault = profile.isDefault || !hasDefault;
        for (Profile other : existing) {
            if (profile.isDefault && other.isDefault && other.id != profile.id
                && isSameRegistry(other.registry, profile.registry)) {
                other.isDefault = false;
                writeProfile(settings, other);
            }
        }
        writeProfile(settings, profile);
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save profile"_s));
    return profile;
}

Result<void> ProfileStore::remove(const QString& id)
{
    auto removed = d->change([&id](QSettings& settings) -> Result<void> {
        const QList<Profile> existing = readProfiles(settings);
        const auto found = std::ranges::find(existing, id, &Profile::id);
        if (found == existing.end())
            return fail(Error::Code::NotFound, id, u"there is no such profile"_s);
        settings.remove(ProfilesGroup + u'/' + id);
        return {};
    });
    if (!removed)
        return fail(std::move(removed.error()).during(u"remove profile"_s));
    return removed;
}

void ProfileStore::touch(const QString& id)
{
    const auto touched = d->change([&id](QSettings& settings) -> Result<void> {
        const QList<Profile> existing = readProfiles(settings);
        const auto found = std::ranges::find(existing, id, &Profile::id);
        if (found != existing.end()) {
            Profile profile = *found;
            profile.lastUsed = QDateTime::currentDateTimeUtc();
            writeProfile(settings, profile);
        }
        return {};
    });
    if (!touched)
        qCWarning(lcAuth).noquote() << touched.error().toString(); // only a sort order is lost
}

RegistrySettings ProfileStore::settings(const QString& registry) const
{
    const QMutexLocker guard(&d->mutex);
    return d->contents().registries.value(keyOf(registry));
}

Result<void> ProfileStore::saveSettings(const QString& registry, const RegistrySettings& values)
{
    auto name = normalizedRegistry(registry);
    if (!name)
        return fail(std::move(name.error()).during(u"save registry settings"_s));
    auto saved = d->change([&name, &values](QSettings& settings) -> Result<void> {
        settings.beginGroup(RegistriesGroup);
        settings.beginGroup(keyOf(*name));
        settings.remove(QString());
        if (values != RegistrySettings()) {
            settings.setValue("plainHttp"_L1, values.plainHttp);
            settings.setValue("caFile"_L1, values.caFile);
            settings.setValue("connectTo"_L1, values.connectTo);
        }
        settings.endGroup();
        settings.endGroup();
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save registry settings"_s));
    return saved;
}

} // namespace Tagboat
