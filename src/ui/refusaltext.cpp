// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/refusaltext.h"

#include "workbench/diagnosis.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct RefusalWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::RefusalText)
};

using Doing = ErrorContext::Doing;
using Cause = Diagnosis::Cause;

RefusalFacts factsOf(const ErrorContext& c)
{
    RefusalFacts facts{.registry = c.registry,
                       .repository = c.repository,
                       .tag = c.tag,
                       .user = c.user,
                       .accounts = c.accounts};
    switch (c.doing) {
    case Doing::Push:
        facts.doing = RefusalFacts::Doing::Push;
        break;
    case Doing::List:
        facts.doing = RefusalFacts::Doing::List;
        break;
    case Doing::Remove:
        facts.doing = RefusalFacts::Doing::Remove;
        break;
    case Doing::LogIn:
        facts.doing = RefusalFacts::Doing::LogIn;
        break;
    default:
        facts.doing = RefusalFacts::Doing::Pull;
        break;
    }
    const auto acting = std::ranges::find_if(c.accounts, [&c](const Profile& profile) {
        return !c.profile.isEmpty() && (profile.id == c.profile || profile.name == c.profile);
    });
    if (acting != c.accounts.end()) {
        facts.type = acting->type;
        facts.secretExpires = acting->secretExpires;
    }
    return facts;
}

//! "docker.io/library/nginx".
QString place(const ErrorContext& c)
{
    return c.repository.isEmpty() ? c.registry : QString(c.registry + u'/' + c.repository);
}

QString mayNot(const ErrorContext& c)
{
    const QString who = c.user.isEmpty() ? RefusalWords::tr("Somebody not logged in") : c.user;
    if (c.doing == Doing::Push)
        return RefusalWords::tr("%1 may not push to %2.").arg(who, place(c));
    return c.doing == Doing::Remove ? RefusalWords::tr("%1 may not delete from %2.").arg(who, place(c))
                                    : RefusalWords::tr("%1 has no access to %2.").arg(who, place(c));
}

Remedy logIn(const ErrorContext& c)
{
    return {RemedyKind::LogIn, RefusalWords::tr("Log in…"), c.registry};
}

Remedy retry()
{
    return {RemedyKind::Retry, RefusalWords::tr("Try again")};
}

Remedy anotherAccount(const ErrorContext& c)
{
    return {RemedyKind::UseAnotherAccount, RefusalWords::tr("Use another account…"), c.registry};
}

QList<Remedy> enterAnew(const ErrorContext& c, const QString& label)
{
    if (c.profile.isEmpty())
        return {};
    return {{RemedyKind::EditAccount, label, c.profile}};
}

QList<Remedy> tokenPage(const Diagnosis& found, const QString& label)
{
    if (found.tokenPage.isEmpty())
        return {};
    return {{RemedyKind::OpenPage, label, found.tokenPage.toString()}};
}

QList<Remedy> actAs(const Diagnosis& found, const ErrorContext& c)
{
    if (!found.better)
        return {};
    const QString label = c.doing == Doing::Push ? RefusalWords::tr("Push as %1").arg(found.better->user)
                                                 : RefusalWords::tr("Go on as %1").arg(found.better->user);
    return {{RemedyKind::ActAs, label, found.better->id}};
}

QList<Remedy> retag(const Diagnosis& found, const ErrorContext& c)
{
    if (found.ownName.isEmpty() || c.doing != Doing::Push)
        return {};
    return {{RemedyKind::RetagForAccount, RefusalWords::tr("Retag as %1 and push").arg(found.ownName),
             found.ownName}};
}

ErrorText notLoggedIn(const Diagnosis& found, const ErrorContext& c)
{
    ErrorText text;
    text.title = RefusalWords::tr("%1 wants you to log in.").arg(c.registry);
    text.text = c.doing == Doing::Push ? RefusalWords::tr("Nobody may push there without an account.")
                                       : RefusalWords::tr("%1 is private, or does not exist.").arg(place(c));
    text.remedies = actAs(found, c) + QList{logIn(c), retry()};
    return text;
}

ErrorText expired(const ErrorContext& c)
{
    ErrorText text;
    text.title = RefusalWords::tr("The login of %1 at %2 has expired.").arg(c.user, c.registry);
    text.text = RefusalWords::tr("Such tokens are good for some hours only. Enter a new one, then go on.");
    text.remedies = enterAnew(c, RefusalWords::tr("Enter a new one…")) + QList{anotherAccount(c), retry()};
    return text;
}

ErrorText library(const Diagnosis& found, const ErrorContext& c)
{
    ErrorText text;
    text.title = mayNot(c);
    text.text = RefusalWords::tr(
        "A name without an account goes to “library”, which only Docker’s official images use.");
    text.remedies =
        retag(found, c) + actAs(found, c) + QList{c.user.isEmpty() ? logIn(c) : anotherAccount(c)};
    return text;
}

ErrorText elsewhere(const Diagnosis& found, const ErrorContext& c)
{
    ErrorText text;
    text.title = mayNot(c);
    text.text =
        RefusalWords::tr("The repository belongs to “%1”, who has to give %2 the right; or the login of "
                         "%2 may only read.")
            .arg(found.owner, c.user);
    text.remedies = actAs(found, c) + retag(found, c) + QList{anotherAccount(c)};
    return text;
}

ErrorText readsOnly(const Diagnosis& found, const ErrorContext& c)
{
    ErrorText text;
    text.title = mayNot(c);
    text.text =
        RefusalWords::tr("The name is %1’s own, so it is the token that may only read. Make one that may "
                         "write as well, and enter it here.")
            .arg(c.user);
    text.remedies = tokenPage(found, RefusalWords::tr("Make such a token"))
        + enterAnew(c, RefusalWords::tr("Enter another token…")) + QList{anotherAccount(c)};
    return text;
}

ErrorText tokenWanted(const Diagnosis& found, const ErrorContext& c)
{
    ErrorText text;
    const bool isGitHub = found.cause == Cause::ClassicToken;
    text.title = isGitHub ? RefusalWords::tr("%1 takes classic personal access tokens only.").arg(c.registry)
                          : RefusalWords::tr("%1 wants a token in place of the password.").arg(c.registry);
    text.text = isGitHub
        ? RefusalWords::tr(
              "Fine-grained tokens and passwords are refused. Make a classic token with the right "
              "write:packages.")
        : RefusalWords::tr("With two-factor login a password is refused. Make a token and enter it here.");
    text.remedies =
        tokenPage(found, RefusalWords::tr("Make a token")) + enterAnew(c, RefusalWords::tr("Enter it…"));
    return text;
}

ErrorText missing(const Diagnosis& found, const ErrorContext& c)
{
    ErrorText text;
    const bool isProject = found.cause == Cause::NoProject;
    const QString what = isProject ? found.owner : c.repository;
    text.title = isProject
        ? RefusalWords::tr("%1 has no project “%2”, or this account may not see it.").arg(c.registry, what)
        : RefusalWords::tr("%1 has no repository “%2”.").arg(c.registry, what);
    text.text = RefusalWords::tr("In this registry it has to be there before a push.");
    if (found.canCreate && !c.profile.isEmpty()) {
        text.remedies = {{RemedyKind::CreateRepository, RefusalWords::tr("Create “%1” and go on").arg(what),
                          c.profile + u'\n' + c.repository}};
    } else {
        text.text += u' ' + RefusalWords::tr("Create it in the registry’s own pages.");
    }
    text.remedies += retry();
    return text;
}

ErrorText told(const QString& title, const QString& why, const Error& error)
{
    ErrorText text;
    text.title = title;
    text.text = error.message.isEmpty()
        ? why
        : QString(why + u' ' + RefusalWords::tr("The registry says: %1").arg(error.message));
    text.remedies = {retry()};
    return text;
}

} // namespace

std::optional<ErrorText> refusalText(const Error& error, const ErrorContext& c)
{
    if (c.registry.isEmpty())
        return std::nullopt;
    const Diagnosis found = diagnose(error, factsOf(c));
    switch (found.cause) {
    case Cause::Unknown:
        return std::nullopt;
    case Cause::NotLoggedIn:
        return notLoggedIn(found, c);
    case Cause::LoginExpired:
        return expired(c);
    case Cause::TokenWanted:
    case Cause::ClassicToken:
        return tokenWanted(found, c);
    case Cause::ClockWrong:
        return told(
            RefusalWords::tr("The clock of this computer does not agree with that of %1.").arg(c.registry),
            RefusalWords::tr("Set date and time, and try again."), error);
    case Cause::Library:
        return library(found, c);
    case Cause::Elsewhere:
        return elsewhere(found, c);
    case Cause::LoginReadsOnly:
        return readsOnly(found, c);
    case Cause::NoRepository:
    case Cause::NoProject:
        return missing(found, c);
    case Cause::QuotaReached:
        return told(RefusalWords::tr("There is no room left for %1 at the registry.").arg(place(c)),
                    RefusalWords::tr("Its quota is used up: delete old images there, or have it raised."),
                    error);
    case Cause::RegistryReadsOnly:
        return told(RefusalWords::tr("%1 takes no changes at present.").arg(c.registry),
                    RefusalWords::tr("It is in read-only mode, or a mirror of another registry."), error);
    case Cause::Policy:
        return told(RefusalWords::tr("A rule of the registry forbids this for %1.").arg(place(c)),
                    RefusalWords::tr("Whoever runs the project can change the rule."), error);
    }
    return std::nullopt;
}

} // namespace Tagboat
