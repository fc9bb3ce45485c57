// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profilestore.h"

#include "auth/profilefile.h"
#include "base/logging.h"

#include <QSettings>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

bool isSameRegistry(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

QString defaultName(const Profile& profile)
{
    return profile.isAnonymous() ? profile.registry : profile.user + u" @ "_s + profile.registry;
}

} // namespace

struct ProfileStore::Private
{
    explicit Private(const QString& directory) : file(directory) { }

    ProfileFile file;
};

ProfileStore::ProfileStore(const QString& configDirectory) : d(std::make_unique<Private>(configDirectory)) { }

ProfileStore::~ProfileStore() = default;

QList<Profile> ProfileStore::profiles() const
{
    return d->file.profiles();
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

    auto saved = d->file.change([&profile](QSettings& settings) -> Result<void> {
        const QList<Profile> existing = ProfileFile::readProfiles(settings);
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
                ProfileFile::writeProfile(settings, other);
            }
        }
        ProfileFile::writeProfile(settings, profile);
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save profile"_s));
    return profile;
}

Result<void> ProfileStore::remove(const QString& id)
{
    auto removed = d->file.change([&id](QSettings& settings) -> Result<void> {
        const QList<Profile> existing = ProfileFile::readProfiles(settings);
        const auto found = std::ranges::find(existing, id, &Profile::id);
        if (found == existing.end())
            return fail(Error::Code::NotFound, id, u"there is no such profile"_s);
        ProfileFile::removeProfile(settings, id);
        return {};
    });
    if (!removed)
        return fail(std::move(removed.error()).during(u"remove profile"_s));
    return removed;
}

void ProfileStore::touch(const QString& id)
{
    const auto touched = d->file.change([&id](QSettings& settings) -> Result<void> {
        const QList<Profile> existing = ProfileFile::readProfiles(settings);
        const auto found = std::ranges::find(existing, id, &Profile::id);
        if (found != existing.end()) {
            Profile profile = *found;
            profile.lastUsed = QDateTime::currentDateTimeUtc();
            ProfileFile::writeProfile(settings, profile);
        }
        return {};
    });
    if (!touched)
        qCWarning(lcAuth).noquote() << touched.error().toString(); // only a sort order is lost
}

RegistrySettings ProfileStore::settings(const QString& registry) const
{
    return d->file.registry(registry);
}

Result<void> ProfileStore::saveSettings(const QString& registry, const RegistrySettings& values)
{
    auto name = normalizedRegistry(registry);
    if (!name)
        return fail(std::move(name.error()).during(u"save registry settings"_s));
    auto saved = d->file.change([&name, &values](QSettings& settings) -> Result<void> {
        ProfileFile::writeRegistry(settings, *name, values);
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save registry settings"_s));
    return saved;
}

} // namespace Tagboat
