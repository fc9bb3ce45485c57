// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/identity.h"

#include "oci/reference.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Hub = "docker.io"_L1;

bool isSameRegistry(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

//! More is nearer to the question.
qsizetype nearness(const IdentityRule& rule)
{
    return 2 * rule.path.size() + (rule.use == IdentityRule::Use::Any ? 0 : 1);
}

//! Where a path ends in a slash or a star, all below is meant, and it is anyway.
QString withoutTail(QString path)
{
    while (path.endsWith(u'/') || path.endsWith(u'*'))
        path.chop(1);
    return path;
}

bool looksLikeHost(const QString& name)
{
    return name.contains(u'.') || name.contains(u':') || name == "localhost"_L1;
}

} // namespace

bool IdentityRule::fits(const IdentityQuestion& question) const
{
    if (!isSameRegistry(registry, question.registry))
        return false;
    if ((use == Use::Pull && question.use != RepositoryUse::Pull)
        || (use == Use::Push && question.use != RepositoryUse::Push))
        return false;
    return path.isEmpty() || question.repository == path || question.repository.startsWith(path + u'/');
}

QString IdentityRule::place() const
{
    return path.isEmpty() ? registry : registry + u'/' + path;
}

bool IdentityRule::isAboutTheSame(const IdentityRule& other) const
{
    return isSameRegistry(registry, other.registry) && path == other.path && use == other.use;
}

QLatin1StringView toString(IdentityRule::Use use)
{
    switch (use) {
    case IdentityRule::Use::Pull:
        return "pull"_L1;
    case IdentityRule::Use::Push:
        return "push"_L1;
    case IdentityRule::Use::Any:
        break;
    }
    return "any"_L1;
}

IdentityRule::Use identityUseFromString(QStringView text)
{
    return text == "pull"_L1 ? IdentityRule::Use::Pull
        : text == "push"_L1  ? IdentityRule::Use::Push
                             : IdentityRule::Use::Any;
}

Result<IdentityRule> ruleForPlace(QStringView text)
{
    const QString typed = text.trimmed().toString();
    const QString place = withoutTail(typed);
    const QString first = place.section(u'/', 0, 0);
    const bool hasHost = looksLikeHost(first);
    IdentityRule rule;
    const auto registry = hasHost ? normalizedRegistry(first) : Result<QString>(QString(Hub));
    if (!registry)
        return fail(Error::Code::InvalidInput, typed, registry.error().message);
    rule.registry = *registry;
    rule.path = hasHost ? place.section(u'/', 1) : place;
    if (place.isEmpty())
        return fail(Error::Code::InvalidInput, typed,
                    u"a place is needed, for example registry.example.com/team"_s);
    // The grammar of references decides what a path is; with a host of its own nothing is added to it.
    const auto probe = Reference::parse(QString(u"localhost/"_s + rule.path));
    if (!rule.path.isEmpty() && (!probe || probe->repository() != rule.path)) {
        return fail(
            Error::Code::InvalidInput, typed,
            u"%1 is no namespace or repository: lower case letters, digits and single separators"_s.arg(
                rule.path));
    }
    return rule;
}

std::optional<IdentityRule> decidingRule(const QList<IdentityRule>& rules, const IdentityQuestion& question)
{
    std::optional<IdentityRule> best;
    for (const IdentityRule& rule : rules) {
        if (rule.fits(question) && (!best || nearness(rule) > nearness(*best)))
            best = rule;
    }
    return best;
}

} // namespace Tagboat
