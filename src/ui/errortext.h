// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "base/error.h"
#include "models/roles.h"

#include <QList>
#include <QString>

#include <optional>

namespace Tagboat {

struct JobSnapshot;

//! What a click can do about an error. Who shows the error runs it (ui/remedies.h runs those that are the
//! same everywhere).
enum class RemedyKind {
    Retry,
    LogIn,             //!< argument: registry
    UseAnotherAccount, //!< argument: registry
    EditAccount,       //!< argument: profile id or name
    RetagForAccount,   //!< argument: the proposed familiar name
    AllowPlainHttp,    //!< argument: registry
    RequireTls,        //!< argument: registry
    TrustCertificate,  //!< argument: registry: choose a CA file
    ShowCertificate,   //!< argument: registry: look at what it shows, and trust it or not
    ClientCertificate, //!< argument: registry: choose a certificate that we show
    ConnectTo,         //!< argument: registry: say which address its name stands for
    CleanUp,
    TryKeychainAgain,
    KeepForThisRun,   //!< keep the secret in memory only; argument: profile id or name, empty for one being
                      //!< made
    ActAs,            //!< argument: id of another account to go on as
    CreateRepository, //!< argument: profile id, line break, repository: made by the vendor's own call
    OpenPage,         //!< argument: URL, for the browser
    OpenTransfers,
    UndoNames, //!< argument: numbers of the moves in the history, apart by blanks; none: the last action
    Dismiss,   //!< no more of this; the strip that shows it closes
};

struct Remedy
{
    RemedyKind kind = RemedyKind::Retry;
    QString label; //!< of its button
    QString argument = {};
};

//! What was being done, so that the words and remedies fit. All parts may be empty.
struct ErrorContext
{
    enum class Doing { Other, Push, Pull, List, LogIn, Import, Export, Tag, Remove, Open };
    Doing doing = Doing::Other;
    QString registry = {};
    QString repository = {};
    QString tag = {};
    QString user = {};    //!< acting as; empty: anonymous
    QString profile = {}; //!< id or name
    //! Accounts that are known: whose login it was, and all others where who shows the error can go on as
    //! another of them.
    QList<Profile> accounts = {};
};

//! An error in words that lead to the next click.
struct ErrorText
{
    Tone tone = Tone::Error;
    QString title;   //!< one sentence: what happened
    QString text;    //!< why, and what can be done
    QString details; //!< technical, for copying; without secrets
    QList<Remedy> remedies;
};

//! The only place where an error code becomes a sentence.
[[nodiscard]] ErrorText explain(const Error& error, const ErrorContext& context = {});
[[nodiscard]] ErrorContext contextOf(const JobSnapshot& job);
//! Error with its causes and the other side's own words, line by line.
[[nodiscard]] QString errorDetails(const Error& error);

} // namespace Tagboat
