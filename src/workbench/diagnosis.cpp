// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/diagnosis.h"

#include "oci/reference.h"
#include "registry/repositorycreation.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Cause = Diagnosis::Cause;
using Code = Error::Code;

//! The error's own words and those of what it came from, in small letters, without the name: "read-only" may
//! be part of that.
QString wordsOf(const Error& error, const QString& repository)
{
    QString words;
    for (const Error* e = &error; e; e = e->cause.get())
        words += e->message + u'\n' + e->response + u'\n';
    words = std::move(words).toLower();
    if (!repository.isEmpty()) {
        words.remove(QRegularExpression(
            u"(?<![a-z0-9])%1(?![a-z0-9])"_s.arg(QRegularExpression::escape(repository.toLower()))));
    }
    return words;
}

//! The namespace in which an account's own repositories are, where registries give each account one.
QString namespaceOf(RegistryType type, const QString& user)
{
    switch (type) {
    case RegistryType::DockerHub:
    case RegistryType::GitHub:
    case RegistryType::GitLab:
        return user.toLower();
    case RegistryType::Quay: // robots are called namespace+name; special users begin with a dollar
        return user.startsWith(u'$') ? QString() : user.section(u'+', 0, 0).toLower();
    default:
        return {};
    }
}

std::optional<Profile> accountAt(const RefusalFacts& facts, RegistryType type, const QString& owner)
{
    for (const Profile& profile : facts.accounts) {
        const bool isCandidate =
            profile.registry == facts.registry && !profile.isAnonymous() && profile.user != facts.user;
        const bool fits = owner.isEmpty() || namespaceOf(type, profile.user) == owner
            || profile.user.compare(owner, Qt::CaseInsensitive) == 0;
        if (isCandidate && fits)
            return profile;
    }
    return std::nullopt;
}

QString ownNameOf(const RefusalFacts& facts, const QString& space)
{
    if (space.isEmpty() || facts.repository.isEmpty())
        return {};
    const QString last = facts.repository.section(u'/', -1);
    QString name = facts.registry + u'/' + space + u'/' + last;
    if (!facts.tag.isEmpty())
        name += u':' + facts.tag;
    const auto reference = Reference::parse(name);
    return reference && reference->repository() != facts.repository ? reference->familiar() : QString();
}

Cause causeOfWords(const QString& words, RegistryType type)
{
    const auto has = [&words](QLatin1StringView part) { return words.contains(part); };
    if (has("signature expired"_L1) || has("signature not yet current"_L1) || has("clock skew"_L1))
        return Cause::ClockWrong;
    if (has("token has expired"_L1) || has("token is expired"_L1) || has("expiredtoken"_L1))
        return Cause::LoginExpired;
    if (has("use a token instead of a password"_L1) || has("personal access token"_L1)
        || has("access token instead of"_L1))
        return Cause::TokenWanted;
    if (has("quota"_L1))
        return Cause::QuotaReached;
    if (has("read-only"_L1) || has("read only"_L1) || has("readonly"_L1) || has("pull through cache"_L1))
        return Cause::RegistryReadsOnly;
    if (has("projectpolicyviolation"_L1) || has("vulnerabilit"_L1) || has("not signed"_L1))
        return Cause::Policy;
    const bool isOfProject = has("project"_L1) && has("not found"_L1);
    if (isOfProject && (type == RegistryType::Harbor || type == RegistryType::GitLab))
        return Cause::NoProject;
    return Cause::Unknown;
}

//! Why a push that is not about words was refused: by whose the repository is.
Cause causeOfPlace(const RefusalFacts& facts, RegistryType type, const QString& owner)
{
    if (type == RegistryType::DockerHub && owner == "library"_L1)
        return Cause::Library;
    if (facts.user.isEmpty())
        return Cause::NotLoggedIn;
    const bool isOwn = facts.user.compare(owner, Qt::CaseInsensitive) == 0
        || (!owner.isEmpty() && namespaceOf(type, facts.user) == owner);
    if (isOwn)
        return Cause::LoginReadsOnly;
    return facts.repository.contains(u'/') ? Cause::Elsewhere : Cause::Unknown;
}

Cause causeOf(const Error& error, const RefusalFacts& facts, RegistryType type, const QString& owner)
{
    using Doing = RefusalFacts::Doing;
    // Others are no refusals, whatever words they come with.
    const bool isRefusal = error.code == Code::Unauthorized || error.code == Code::Denied
        || error.code == Code::NotFound || error.code == Code::Conflict || error.code == Code::InvalidInput
        || error.code == Code::Unsupported;
    if (!isRefusal)
        return Cause::Unknown;
    if (const Cause told = causeOfWords(wordsOf(error, facts.repository), type); told != Cause::Unknown)
        return told;
    switch (error.code) {
    case Code::Unauthorized:
        if (facts.user.isEmpty() && facts.doing == Doing::LogIn)
            return Cause::Unknown;
        if (facts.user.isEmpty()) {
            const bool isLibrary =
                facts.doing == Doing::Push && type == RegistryType::DockerHub && owner == "library"_L1;
            return isLibrary ? Cause::Library : Cause::NotLoggedIn;
        }
        if (type == RegistryType::GitHub && error.httpStatus == 403)
            return Cause::ClassicToken;
        if (facts.secretExpires.isValid() && facts.secretExpires <= facts.now)
            return Cause::LoginExpired;
        return Cause::Unknown;
    case Code::Denied:
        if (facts.secretExpires.isValid() && facts.secretExpires <= facts.now)
            return Cause::LoginExpired;
        if (facts.doing == Doing::Push || facts.doing == Doing::Remove)
            return causeOfPlace(facts, type, owner);
        return facts.user.isEmpty() && facts.doing != Doing::LogIn ? Cause::NotLoggedIn : Cause::Unknown;
    case Code::NotFound:
        if (facts.doing != Doing::Push)
            return Cause::Unknown;
        if (type == RegistryType::Amazon || type == RegistryType::Google)
            return Cause::NoRepository;
        return type == RegistryType::Harbor || type == RegistryType::GitLab ? Cause::NoProject
                                                                            : Cause::Unknown;
    default:
        return Cause::Unknown;
    }
}

} // namespace

QUrl tokenPageOf(RegistryType type, const QString& registry)
{
    switch (type) {
    case RegistryType::DockerHub:
        return QUrl(u"https://app.docker.com/settings/personal-access-tokens"_s);
    case RegistryType::GitHub:
        return QUrl(u"https://github.com/settings/tokens"_s);
    case RegistryType::GitLab:
        // The page of one's own server is not known from the name of its registry.
        return registry == "registry.gitlab.com"_L1
            ? QUrl(u"https://gitlab.com/-/user_settings/personal_access_tokens"_s)
            : QUrl();
    case RegistryType::Quay:
        return QUrl(u"https://quay.io/organizations/"_s);
    case RegistryType::Amazon:
        return QUrl(u"https://console.aws.amazon.com/iam/home#/security_credentials"_s);
    default:
        return {};
    }
}

Diagnosis diagnose(const Error& error, const RefusalFacts& facts)
{
    const RegistryType type = facts.type.value_or(guessRegistryType(facts.registry));
    const QString owner = facts.repository.section(u'/', 0, 0).toLower();
    Diagnosis found{.cause = causeOf(error, facts, type, owner), .owner = owner};
    switch (found.cause) {
    case Cause::NotLoggedIn:
        found.better = accountAt(facts, type, {});
        break;
    case Cause::Library:
        found.ownName = ownNameOf(facts, namespaceOf(type, facts.user));
        if (facts.user.isEmpty())
            found.better = accountAt(facts, type, {});
        break;
    case Cause::Elsewhere:
        found.better = accountAt(facts, type, owner);
        found.ownName = ownNameOf(facts, namespaceOf(type, facts.user));
        break;
    case Cause::LoginReadsOnly:
    case Cause::TokenWanted:
    case Cause::ClassicToken:
        found.tokenPage = tokenPageOf(type, facts.registry);
        break;
    case Cause::NoRepository:
    case Cause::NoProject: {
        Profile acting;
        acting.registry = facts.registry;
        acting.user = facts.user;
        acting.type = type;
        found.canCreate = canCreateRepository(acting);
        break;
    }
    default:
        break;
    }
    return found;
}

} // namespace Tagboat
