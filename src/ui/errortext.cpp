// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/errortext.h"

#include "auth/profile.h"
#include "models/text.h"
#include "transfer/job.h"
#include "ui/refusaltext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Carries the translation context.
struct ErrorWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::ErrorText)
};

using Doing = ErrorContext::Doing;

//! "docker.io/library/nginx".
QString place(const ErrorContext& c, const Error& e)
{
    if (!c.repository.isEmpty())
        return c.registry.isEmpty() ? c.repository : c.registry + u'/' + c.repository;
    return c.registry.isEmpty() ? e.subject : c.registry;
}

Remedy retry()
{
    return {RemedyKind::Retry, ErrorWords::tr("Try again")};
}

Remedy logIn(const ErrorContext& c)
{
    return {RemedyKind::LogIn, ErrorWords::tr("Log in…"), c.registry};
}

Remedy anotherAccount(const ErrorContext& c)
{
    return {RemedyKind::UseAnotherAccount, ErrorWords::tr("Use another account…"), c.registry};
}

ErrorText unauthorized(const ErrorContext& c, const Error& e)
{
    ErrorText text;
    const QString where = c.registry.isEmpty() ? e.subject : c.registry;
    if (c.doing == Doing::LogIn) {
        text.title = ErrorWords::tr("%1 did not accept this login.").arg(where);
        text.text = c.registry == "docker.io"_L1
            ? ErrorWords::tr("Check the user name. With two-factor login, Docker Hub wants a personal access "
                             "token in place of the password.")
            : ErrorWords::tr("Check the user name and the password or access token.");
        return text;
    }
    if (c.user.isEmpty()) {
        text.title = ErrorWords::tr("%1 wants you to log in.").arg(where);
        text.text = c.doing == Doing::Push
            ? ErrorWords::tr("Nobody may push there without an account.")
            : ErrorWords::tr("%1 is private, or does not exist.").arg(place(c, e));
        text.remedies = {logIn(c), retry()};
        return text;
    }
    text.title = ErrorWords::tr("%1 no longer accepts the login of %2.").arg(where, c.user);
    text.text = ErrorWords::tr("The password or token was changed, revoked or has expired.");
    text.remedies = {
        {RemedyKind::EditAccount, ErrorWords::tr("Enter it again…"), c.profile}, anotherAccount(c), retry()};
    return text;
}

ErrorText denied(const ErrorContext& c, const Error& e)
{
    ErrorText text;
    const QString who = c.user.isEmpty() ? ErrorWords::tr("Somebody not logged in") : c.user;
    if (c.doing == Doing::Push) {
        text.title = ErrorWords::tr("%1 may not push to %2.").arg(who, place(c, e));
        text.text = ErrorWords::tr("The repository belongs to another account, or the login may only read.");
        text.remedies.append(c.user.isEmpty() ? logIn(c) : anotherAccount(c));
        return text;
    }
    text.title = c.doing == Doing::Remove ? ErrorWords::tr("%1 may not delete from %2.").arg(who, place(c, e))
                                          : ErrorWords::tr("%1 has no access to %2.").arg(who, place(c, e));
    text.text = ErrorWords::tr(
        "The registry knows the account but refuses. The repository is private, or does not exist.");
    text.remedies = {c.user.isEmpty() ? logIn(c) : anotherAccount(c), retry()};
    return text;
}

ErrorText notFound(const ErrorContext& c, const Error& e)
{
    ErrorText text;
    switch (c.doing) {
    case Doing::Pull:
    case Doing::List:
    case Doing::Remove:
        text.title = ErrorWords::tr("%1 was not found.").arg(e.subject.isEmpty() ? place(c, e) : e.subject);
        text.text = ErrorWords::tr(
            "There is no such repository or tag. Check the spelling; a private repository may look like this "
            "to somebody who is not logged in.");
        if (c.user.isEmpty() && !c.registry.isEmpty())
            text.remedies.append(logIn(c));
        text.remedies.append(retry());
        return text;
    case Doing::LogIn:
        text.title = ErrorWords::tr("%1 does not answer like a registry.").arg(e.subject);
        text.text =
            ErrorWords::tr("The address answers, but there is no registry behind it. Check host and port.");
        return text;
    default:
        text.title = ErrorWords::tr("%1 is not there.").arg(e.subject);
        text.text = ErrorWords::tr("It was removed or renamed meanwhile, or the name is misspelt.");
        return text;
    }
}

//! Of the others everybody knows the address who is on the Internet.
bool mayBePrivate(const QString& registry)
{
    switch (guessRegistryType(registry)) {
    case RegistryType::SelfHosted:
    case RegistryType::Harbor:
    case RegistryType::GitLab:
    case RegistryType::Other:
        return normalizedRegistry(registry).has_value();
    default:
        return false;
    }
}

ErrorText network(const ErrorContext& c, const Error& e)
{
    ErrorText text;
    const QString host = c.registry.isEmpty() ? e.subject : c.registry;
    text.title = e.code == Error::Code::Timeout ? ErrorWords::tr("%1 does not answer in time.").arg(host)
                                                : ErrorWords::tr("%1 cannot be reached.").arg(host);
    text.text = ErrorWords::tr("Check the address and the network connection. For a private registry, check "
                               "that it is running and that "
                               "its name leads to the right machine.");
    text.remedies = {retry()};
    if (e.faults.testFlag(Error::Fault::HostNotFound) && mayBePrivate(host)) {
        text.text = ErrorWords::tr(
            "No address is known for this name. Check the spelling and the network connection. Where only "
            "some machines know the name, say which address to connect to; no line in /etc/hosts is needed.");
        text.remedies.prepend({RemedyKind::ConnectTo, ErrorWords::tr("Connect to address…"), host});
    } else if (!c.profile.isEmpty()) {
        text.remedies.append({RemedyKind::EditAccount, ErrorWords::tr("Edit account…"), c.profile});
    }
    return text;
}

ErrorText tls(const ErrorContext& c, const Error& e)
{
    using enum Error::Fault;
    ErrorText text;
    const QString host = c.registry.isEmpty() ? e.subject : c.registry;
    text.remedies = {{RemedyKind::ShowCertificate, ErrorWords::tr("Show the certificate…"), host}, retry()};
    const QString nothingSent = u' ' + ErrorWords::tr("Nothing was sent.");
    if (e.faults.testFlag(ClientCertificateMissing) || e.faults.testFlag(ClientCertificateRefused)) {
        text.remedies.first() = {RemedyKind::ClientCertificate,
                                 ErrorWords::tr("Choose a client certificate…"), host};
        if (e.faults.testFlag(ClientCertificateMissing)) {
            text.title = ErrorWords::tr("%1 wants to see a client certificate.").arg(host);
            text.text = ErrorWords::tr("It lets in only those who show a certificate that it knows. Whoever "
                                       "runs the registry hands it out, with its key.");
        } else {
            text.title = ErrorWords::tr("%1 does not accept the client certificate.").arg(host);
            text.text = ErrorWords::tr("It may have expired, or come from an authority that the registry "
                                       "does not know.");
        }
        return text;
    }
    if (e.faults.testFlag(PinBroken)) {
        text.title = ErrorWords::tr("%1 shows another certificate than the one you trusted.").arg(host);
        text.text = ErrorWords::tr("It was renewed, or somebody stands between you and the registry.");
    } else if (e.faults.testFlag(WrongName)) {
        text.title = ErrorWords::tr("The certificate of %1 is issued for another name.").arg(host);
        text.text = ErrorWords::tr("Another server may be answering there, or the registry is called by a "
                                   "name that its certificate does not list.");
    } else if (e.faults.testFlag(Expired)) {
        text.title = ErrorWords::tr("The certificate of %1 has expired.").arg(host);
        text.text = ErrorWords::tr("Whoever runs the registry has to renew it.");
    } else if (e.faults.testFlag(NotYetValid)) {
        text.title = ErrorWords::tr("The certificate of %1 is not valid yet.").arg(host);
        text.text = ErrorWords::tr("Check the date and time of this computer.");
    } else if (e.faults.testFlag(Revoked)) {
        text.title = ErrorWords::tr("The certificate of %1 was revoked.").arg(host);
        text.text = ErrorWords::tr("Its issuer has taken it back; somebody else may have its key.");
    } else {
        text.title = e.faults.testFlag(SelfSigned)
            ? ErrorWords::tr("The certificate of %1 is self-signed.").arg(host)
            : e.faults.testFlag(UnknownIssuer)
            ? ErrorWords::tr("The certificate of %1 is from an unknown issuer.").arg(host)
            : ErrorWords::tr("The certificate of %1 is not trusted.").arg(host);
        text.text = e.faults.testFlag(SelfSigned)
            ? ErrorWords::tr(
                  "Nobody else vouches for it, as is usual for a registry of one’s own. Compare it "
                  "with the registry’s own file, and trust it.")
            : ErrorWords::tr("A registry with its own certificate needs the file of its certificate "
                             "authority, or your trust in this one certificate.");
        text.remedies.insert(1, {RemedyKind::TrustCertificate, ErrorWords::tr("Choose a CA file…"), host});
    }
    text.text += nothingSent;
    return text;
}

ErrorText rateLimited(const ErrorContext& c, const Error& e)
{
    ErrorText text;
    text.tone = Tone::Warning;
    text.title = ErrorWords::tr("%1 asks to wait.").arg(c.registry.isEmpty() ? e.subject : c.registry);
    text.text = e.retryAfter ? ErrorWords::tr("Too many requests were made. It can go on in %1.")
                                   .arg(formatDuration(*e.retryAfter))
                             : ErrorWords::tr("Too many requests were made in a short time.");
    if (c.user.isEmpty()) {
        text.text += u' ' + ErrorWords::tr("Somebody logged in is allowed more.");
        text.remedies.append(logIn(c));
    }
    text.remedies.append(retry());
    return text;
}

ErrorText keychain(const ErrorContext& c)
{
    ErrorText text;
    text.tone = Tone::Warning;
    text.title = ErrorWords::tr("The system’s keychain does not answer.");
    text.text = ErrorWords::tr("Passwords are kept nowhere else. Start or unlock the keychain (GNOME "
                               "Keyring, KWallet), or keep the password for this "
                               "run only: then it is asked for again at the next start.");
    text.remedies = {{RemedyKind::TryKeychainAgain, ErrorWords::tr("Try again")},
                     {RemedyKind::KeepForThisRun,
                      c.doing == Doing::LogIn ? ErrorWords::tr("Keep for this run only")
                                              : ErrorWords::tr("Enter the password for this run…"),
                      c.profile}};
    if (c.doing != Doing::LogIn && c.profile.isEmpty())
        text.remedies.removeLast();
    return text;
}

ErrorText plain(Tone tone, const QString& title, const QString& text, const QList<Remedy>& remedies = {})
{
    return {.tone = tone, .title = title, .text = text, .details = {}, .remedies = remedies};
}

ErrorText invalid(const ErrorContext& c, const Error& e)
{
    if (c.doing == Doing::Import) {
        return plain(Tone::Error, ErrorWords::tr("%1 cannot be imported.").arg(e.subject),
                     ErrorWords::tr("The archive is not usable as it stands: %1.").arg(e.message));
    }
    return plain(Tone::Error, ErrorWords::tr("“%1” cannot be used as it stands.").arg(e.subject),
                 e.message + u'.');
}

ErrorText words(const Error& e, const ErrorContext& c)
{
    using Code = Error::Code;
    const bool isRefusal = e.httpStatus >= 400 || e.code == Code::Unauthorized || e.code == Code::Denied;
    if (auto refused = isRefusal ? refusalText(e, c) : std::nullopt)
        return *refused;
    const QString host = c.registry.isEmpty() ? e.subject : c.registry;
    switch (e.code) {
    case Code::Cancelled:
        return plain(Tone::Muted, ErrorWords::tr("Cancelled."),
                     ErrorWords::tr("Nothing half-written was left."), {retry()});
    case Code::Network:
    case Code::Timeout:
        return network(c, e);
    case Code::Tls:
        return tls(c, e);
    case Code::PlainHttpServer:
        return plain(
            Tone::Warning, ErrorWords::tr("%1 speaks plain HTTP, without encryption.").arg(host),
            ErrorWords::tr("Tagboat speaks HTTPS unless told otherwise. With plain HTTP, everybody on the "
                           "way can read passwords and "
                           "images; for a registry on your own network that may be fine."),
            {{RemedyKind::AllowPlainHttp, ErrorWords::tr("Allow plain HTTP for %1").arg(host), host}});
    case Code::Unauthorized:
        return unauthorized(c, e);
    case Code::Denied:
        return denied(c, e);
    case Code::NotFound:
        return notFound(c, e);
    case Code::InvalidInput:
        return invalid(c, e);
    case Code::Conflict:
        return plain(
            Tone::Warning, ErrorWords::tr("%1 was refused: it is already in use.").arg(e.subject),
            ErrorWords::tr(
                "The tag may be immutable in this registry, or somebody changed it at the same time."),
            {retry()});
    case Code::DigestMismatch:
        return plain(
            Tone::Error, ErrorWords::tr("The bytes of %1 are not the ones its digest names.").arg(e.subject),
            ErrorWords::tr("Something on the way, or at the source, changed them. They were thrown away."),
            {retry()});
    case Code::RateLimited:
        return rateLimited(c, e);
    case Code::Unsupported:
        if (c.doing == Doing::List) {
            return plain(
                Tone::Info, ErrorWords::tr("%1 does not list its repositories.").arg(host),
                ErrorWords::tr("That is usual for public registries. Open a repository by its name."));
        }
        if (c.doing == Doing::Remove) {
            return plain(
                Tone::Warning, ErrorWords::tr("%1 does not allow deleting.").arg(host),
                ErrorWords::tr(
                    "Deletion is switched off in the registry’s settings, or it has no such function."));
        }
        return plain(Tone::Error, ErrorWords::tr("%1 is not supported.").arg(e.subject), e.message + u'.');
    case Code::DiskFull:
        return plain(Tone::Error, ErrorWords::tr("There is no room left on the disk."),
                     ErrorWords::tr("Nothing half-written was left behind. Free some space and try again."),
                     {{RemedyKind::CleanUp, ErrorWords::tr("Clean up…")}, retry()});
    case Code::Io:
        return plain(Tone::Error, ErrorWords::tr("%1 cannot be read or written.").arg(e.subject),
                     ErrorWords::tr("The system says: %1.").arg(e.message), {retry()});
    case Code::Corrupt:
        if (c.doing == Doing::Import) {
            return plain(Tone::Error, ErrorWords::tr("%1 is damaged.").arg(e.subject),
                         ErrorWords::tr("The archive is broken or cut off (%1). Nothing was imported.")
                             .arg(e.message));
        }
        return plain(Tone::Error, ErrorWords::tr("%1 is damaged.").arg(e.subject),
                     ErrorWords::tr("Its content breaks its own format: %1.").arg(e.message), {retry()});
    case Code::KeychainUnavailable:
        return keychain(c);
    case Code::EngineUnavailable:
        return plain(Tone::Error, ErrorWords::tr("No Docker or Podman answers."),
                     ErrorWords::tr("Check that the service is running and that you may use it."), {retry()});
    case Code::Internal:
        break;
    }
    return plain(Tone::Error, ErrorWords::tr("Something went wrong inside Tagboat."),
                 ErrorWords::tr("That is a fault of the program. Please report it with the details."),
                 {retry()});
}

} // namespace

QString errorDetails(const Error& error)
{
    QStringList lines;
    for (const Error* e = &error; e; e = e->cause.get()) {
        lines.append(e->toString());
        if (!e->response.isEmpty())
            lines.append(e->response);
    }
    return lines.join(u'\n');
}

ErrorText explain(const Error& error, const ErrorContext& context)
{
    ErrorText text = words(error, context);
    if (error.code != Error::Code::Cancelled)
        text.details = errorDetails(error);
    return text;
}

ErrorContext contextOf(const JobSnapshot& job)
{
    // Its error is that of the first target that failed.
    for (qsizetype i = 0; i < job.targets.size(); ++i) {
        if (job.targets[i].error)
            return contextOf(job.only(i));
    }
    const auto doing = [&] {
        switch (job.kind) {
        case JobKind::Push:
        case JobKind::Copy:
            return Doing::Push;
        case JobKind::Pull:
            return Doing::Pull;
        case JobKind::Import:
            return Doing::Import;
        default:
            return Doing::Export;
        }
    }();
    return {.doing = doing,
            .registry = job.registry,
            .repository = job.repository,
            .tag = job.tags.isEmpty() ? QString() : job.tags.front(),
            .user = job.user,
            .profile = job.profileName};
}

} // namespace Tagboat
