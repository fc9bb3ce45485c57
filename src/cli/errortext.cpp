// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/errortext.h"

#include "archive/archive.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! "push blob (alice/ui): " in front of a sentence: what was being done, and to what.
QString withSubject(const QString& sentence, const Error& error)
{
    return error.subject.isEmpty() || sentence.contains(error.subject) ? sentence
                                                                       : error.subject + u": "_s + sentence;
}

QString withDetail(const QString& sentence, const Error& error)
{
    return error.message.isEmpty() ? QString(sentence + u'.')
                                   : QString(sentence + u": "_s + error.message + u'.');
}

QString cause(const Error& error)
{
    using enum Error::Code;
    switch (error.code) {
    case Cancelled:
        return u"Cancelled. Nothing half-done was left behind."_s;
    case Network:
        return withDetail(u"the server cannot be reached"_s, error);
    case Timeout:
        return withDetail(u"the other side did not answer in time"_s, error);
    case Tls:
        return withDetail(u"no trusted connection could be made"_s, error);
    case PlainHttpServer:
        return u"the server speaks plain HTTP, not HTTPS."_s;
    case Unauthorized:
        return withDetail(u"the registry wants a login, or did not accept this one"_s, error);
    case Denied:
        return withDetail(u"the registry does not allow this"_s, error);
    case NotFound:
        return withDetail(u"not found"_s, error);
    case InvalidInput:
        return withDetail(u"cannot be used as it stands"_s, error);
    case Conflict:
        return withDetail(u"is in the way of something else"_s, error);
    case DigestMismatch:
        return withDetail(u"the bytes are not those that the digest names"_s, error);
    case RateLimited:
        return withDetail(u"the registry asks to wait"_s, error);
    case Unsupported:
        return withDetail(u"this is not offered"_s, error);
    case DiskFull:
        return withDetail(u"there is no room left on the disk"_s, error);
    case Io:
        return withDetail(u"a file could not be read or written"_s, error);
    case Corrupt:
        return withDetail(u"the data is damaged or incomplete"_s, error);
    case KeychainUnavailable:
        return withDetail(u"the system keychain does not answer"_s, error);
    case EngineUnavailable:
        return withDetail(u"no container engine answers"_s, error);
    case Internal:
        return withDetail(u"a fault in Tagboat"_s, error);
    }
    return error.message;
}

} // namespace

QString sentence(const Error& error)
{
    if (error.code == Error::Code::Cancelled)
        return cause(error);
    QString text = withSubject(cause(error), error);
    if (error.httpStatus > 0)
        text += u" (HTTP %1)"_s.arg(error.httpStatus);
    return text;
}

QString remedy(const Error& error)
{
    using enum Error::Code;
    if (error.operation == VerifyOperation)
        return u"tagboat-cli verify --repair removes what is damaged and says which images to pull again."_s;
    if (error.operation == RepairOperation)
        return u"Pull or import its images again; what is reported even then has to be removed by hand."_s;
    switch (error.code) {
    case Network:
        return u"Check the name and the line; the same command can simply be given again."_s;
    case Timeout:
        return u"Give the same command again; what has been transferred is not sent twice."_s;
    case Tls:
        return u"A registry with a certificate of its own: tagboat-cli login REGISTRY --ca-file FILE"_s;
    case PlainHttpServer:
        return u"If that is meant so: tagboat-cli login REGISTRY --plain-http"_s;
    case Unauthorized:
        return u"Log in with: tagboat-cli login REGISTRY -u USER (many registries want an access token as password)"_s;
    case Denied:
        return u"Check the namespace, which is your user name on most registries, and the account: "
               u"tagboat-cli "
               "profiles"_s;
    case DigestMismatch:
        return error.operation == ReadArchiveOperation
            ? u"Nothing of it was kept. The archive is damaged: have it made or copied again."_s
            : u"Nothing of it was kept. Give the command again; if it happens again, the source is damaged "
              u"(where that is the stored images: tagboat-cli verify --repair)."_s;
    case RateLimited:
        return error.retryAfter
            ? u"Try again in %1 seconds, or log in for a higher limit."_s.arg(error.retryAfter->count())
            : u"Try again later, or log in for a higher limit."_s;
    case DiskFull:
        return u"Make room (tagboat-cli gc, tagboat-cli df), or keep the images elsewhere with --data-dir."_s;
    case Corrupt:
        if (error.operation == ReadArchiveOperation)
            return u"Nothing of it was kept. The archive is damaged or cut off: have it made or copied again."_s;
        return error.origin == Error::Origin::Local
            ? u"Nothing of it was kept. tagboat-cli verify tells whether the stored images are whole."_s
            : u"Nothing of it was kept."_s;
    case KeychainUnavailable:
        return u"Start or unlock a keychain (gnome-keyring, KWallet), or give the password with each "
               u"command: "
               "-u USER --password-stdin"_s;
    case EngineUnavailable:
        return u"Start Docker or Podman."_s;
    case Internal:
        return u"Please report this, with the output of the same command and -v."_s;
    default:
        return {};
    }
}

} // namespace Tagboat
