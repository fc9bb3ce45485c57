// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profilestore.h"

#include "auth/profilefile.h"
#include "base/logging.h"
#include "net/proxies.h"

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

Result<IdentityChoice> ProfileStore::choose(const IdentityQuestion& question, const QString& idOrName) const
{
    using Reason = IdentityChoice::Reason;
    if (!idOrName.isEmpty()) {
        auto named = choose(question.registry, idOrName);
        if (!named)
            return std::unexpected(std::move(named.error()));
        return IdentityChoice{.profile = std::move(*named), .reason = Reason::Asked};
    }
    if (auto rule = decidingRule(rules(), question)) {
        auto profile = rule->profile.isEmpty() ? std::nullopt : this->profile(rule->profile);
        // One edited by hand may name a profile that is not there, or another registry's.
        const bool isSound =
            rule->profile.isEmpty() || (profile && isSameRegistry(profile->registry, question.registry));
        if (isSound)
            return IdentityChoice{.profile = std::move(profile), .reason = Reason::Rule, .rule = rule};
    }
    const qsizetype slash = question.repository.indexOf(u'/');
    if (slash > 0) {
        const QString space = question.repository.first(slash);
        QList<Profile> named = profiles();
        named.removeIf([&](const Profile& profile) {
            return !isSameRegistry(profile.registry, question.registry)
                || profile.user.compare(space, Qt::CaseInsensitive) != 0;
        });
        // Of two for the same user the default is as good a guess as any.
        if (named.size() == 1)
            return IdentityChoice{.profile = named.constFirst(), .reason = Reason::Namespace};
    }
    auto usual = choose(question.registry);
    if (!usual)
        return std::unexpected(std::move(usual.error()));
    const Reason reason = *usual ? Reason::Default : Reason::Nobody;
    return IdentityChoice{.profile = std::move(*usual), .reason = reason};
}

Result<void> ProfileStore::makeActor(const IdentityQuestion& question, const QString& profile)
{
    const auto usual = choose(question);
    if (!usual)
        return std::unexpected(usual.error());
    if (usual->profile && usual->profile->id == profile)
        return {};
    if (usual->rule) {
        IdentityRule rule = *usual->rule;
        rule.profile = profile;
        return saveRule(rule);
    }
    if (!question.repository.isEmpty())
        return saveRule({.registry = question.registry, .path = question.repository, .profile = profile});
    auto known = this->profile(profile);
    if (!known)
        return fail(Error::Code::NotFound, profile, u"there is no such profile"_s);
    known->isDefault = true;
    if (auto saved = save(*known); !saved)
        return std::unexpected(std::move(saved.error()));
    return {};
}

Profile ProfileStore::profileOf(const QString& registry, const QString& user) const
{
    const QList<Profile> all = profiles();
    for (const Profile& profile : all) {
        if (isSameRegistry(profile.registry, registry) && profile.user == user)
            return profile;
    }
    Profile profile;
    profile.registry = registry;
    profile.user = user;
    profile.type = guessRegistryType(registry);
    profile.name = user.isEmpty() ? registry : user + u'@' + registry;
    const QString name = profile.name;
    const auto isTaken = [&all](const QString& wanted) {
        return std::ranges::any_of(all, [&wanted](const Profile& other) {
            return other.name.compare(wanted, Qt::CaseInsensitive) == 0;
        });
    };
    for (int number = 2; isTaken(profile.name); ++number)
        profile.name = u"%1 (%2)"_s.arg(name).arg(number);
    return profile;
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
        const QList<IdentityRule> rules = ProfileFile::readRules(settings);
        for (const IdentityRule& rule : rules) {
            if (rule.profile == profile.id && !isSameRegistry(rule.registry, profile.registry))
                ProfileFile::removeRule(settings, rule);
        }
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
        const QList<IdentityRule> rules = ProfileFile::readRules(settings);
        for (const IdentityRule& rule : rules) {
            if (rule.profile == id)
                ProfileFile::removeRule(settings, rule);
        }
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

QList<IdentityRule> ProfileStore::rules() const
{
    return d->file.rules();
}

namespace {

Result<void> checkRule(QSettings& settings, const IdentityRule& rule)
{
    if (rule.profile.isEmpty())
        return {};
    const QList<Profile> profiles = ProfileFile::readProfiles(settings);
    const auto profile = std::ranges::find(profiles, rule.profile, &Profile::id);
    if (profile == profiles.end())
        return fail(Error::Code::NotFound, rule.profile, u"there is no such profile"_s);
    if (!isSameRegistry(profile->registry, rule.registry)) {
        return fail(
            Error::Code::InvalidInput, rule.place(),
            u"%1 is a profile for %2, not for %3"_s.arg(profile->name, profile->registry, rule.registry));
    }
    return {};
}

} // namespace

Result<void> ProfileStore::saveRule(const IdentityRule& rule)
{
    auto saved = d->file.change([&rule](QSettings& settings) -> Result<void> {
        if (auto sound = checkRule(settings, rule); !sound)
            return sound;
        ProfileFile::writeRule(settings, rule);
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save rule"_s));
    return saved;
}

Result<void> ProfileStore::setRulesOf(const QString& profile, const QList<IdentityRule>& rules)
{
    auto saved = d->file.change([&](QSettings& settings) -> Result<void> {
        const QList<IdentityRule> before = ProfileFile::readRules(settings);
        for (const IdentityRule& rule : before) {
            if (rule.profile == profile)
                ProfileFile::removeRule(settings, rule);
        }
        for (const IdentityRule& rule : rules) {
            if (auto sound = checkRule(settings, rule); !sound)
                return sound;
            ProfileFile::writeRule(settings, rule);
        }
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save rules"_s));
    return saved;
}

Result<void> ProfileStore::removeRule(const IdentityRule& rule)
{
    auto removed = d->file.change([&rule](QSettings& settings) -> Result<void> {
        const QList<IdentityRule> before = ProfileFile::readRules(settings);
        const bool isThere =
            std::ranges::any_of(before, [&rule](const auto& known) { return known.isAboutTheSame(rule); });
        if (!isThere)
            return fail(Error::Code::NotFound, rule.place(), u"there is no rule about this"_s);
        ProfileFile::removeRule(settings, rule);
        return {};
    });
    if (!removed)
        return fail(std::move(removed.error()).during(u"remove rule"_s));
    return removed;
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
    if (auto sound = checkProxy(*name, values.proxy); !sound)
        return fail(std::move(sound.error()).during(u"save registry settings"_s));
    auto saved = d->file.change([&name, &values](QSettings& settings) -> Result<void> {
        ProfileFile::writeRegistry(settings, *name, values);
        return {};
    });
    if (!saved)
        return fail(std::move(saved.error()).during(u"save registry settings"_s));
    return saved;
}

} // namespace Tagboat
