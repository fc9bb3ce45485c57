// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/refusaladvice.h"

#include "workbench/diagnosis.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Cause = Diagnosis::Cause;

QString againAs(const JobSnapshot& job, const Diagnosis& found)
{
    if (!found.better)
        return {};
    const QString command = job.kind == JobKind::Pull ? u"pull"_s : u"push"_s;
    return u" As %1: tagboat-cli --profile '%2' %3 …"_s.arg(found.better->user, found.better->name, command);
}

QString underOwnName(const Diagnosis& found)
{
    return found.ownName.isEmpty() ? QString()
                                   : u" Under your own name: tagboat-cli push … %1"_s.arg(found.ownName);
}

QString logInAgain(const JobSnapshot& job)
{
    return u"tagboat-cli login %1 -u '%2'"_s.arg(job.registry, job.user);
}

QString page(const Diagnosis& found)
{
    return found.tokenPage.isEmpty() ? QString() : u" at "_s + found.tokenPage.toString();
}

} // namespace

QString refusalAdvice(const JobSnapshot& job, const Error& error, const ProfileStore& profiles)
{
    if (job.kind != JobKind::Pull && job.kind != JobKind::Push)
        return {};
    RefusalFacts facts{.doing =
                           job.kind == JobKind::Pull ? RefusalFacts::Doing::Pull : RefusalFacts::Doing::Push,
                       .registry = job.registry,
                       .repository = job.repository,
                       .tag = job.tags.value(0),
                       .user = job.user,
                       .accounts = profiles.profiles()};
    const auto acting = std::ranges::find_if(
        facts.accounts, [&job](const Profile& p) { return p.name == job.profileName && p.user == job.user; });
    if (acting != facts.accounts.cend()) {
        facts.type = acting->type;
        facts.secretExpires = acting->secretExpires;
    }
    const Diagnosis found = diagnose(error, facts);
    switch (found.cause) {
    case Cause::Unknown:
        return {};
    case Cause::NotLoggedIn:
        return u"Nobody is logged in there.%1 Log in with: tagboat-cli login %2 -u USER"_s.arg(
            againAs(job, found), job.registry);
    case Cause::LoginExpired:
        return u"The login of %1 has expired. Enter a new one: %2"_s.arg(job.user, logInAgain(job));
    case Cause::TokenWanted:
        return u"With two-factor login a token is wanted in place of the password. Make one%1, then: %2"_s
            .arg(page(found), logInAgain(job));
    case Cause::ClassicToken:
        return u"GitHub takes classic tokens only. Make one with write:packages%1, then: %2"_s.arg(
            page(found), logInAgain(job));
    case Cause::ClockWrong:
        return u"The clock of this computer does not agree with the registry's: set date and time."_s;
    case Cause::Library:
        return u"A name without an account goes to \"library\", which only Docker's official images use.%1%2"_s
            .arg(underOwnName(found), againAs(job, found));
    case Cause::Elsewhere:
        return u"The repository belongs to \"%1\", not to %2.%3%4"_s.arg(
            found.owner, job.user, againAs(job, found), underOwnName(found));
    case Cause::LoginReadsOnly:
        return u"The name is your own, so it is the token that may only read. Make one that may write%1, then: %2"_s
            .arg(page(found), logInAgain(job));
    case Cause::NoRepository:
        return u"The repository %1 has to be there before a push: create it in the registry's own pages."_s
            .arg(job.repository);
    case Cause::NoProject:
        return u"The project \"%1\" has to be there before a push: create it in the registry's own pages."_s
            .arg(found.owner);
    case Cause::QuotaReached:
        return u"The registry's quota is used up: delete old images there, or have it raised."_s;
    case Cause::RegistryReadsOnly:
        return u"The registry takes no changes at present: it is in read-only mode, or a mirror."_s;
    case Cause::Policy:
        return u"A rule of the registry's project forbids it; whoever runs the project can change that."_s;
    }
    return {};
}

} // namespace Tagboat
