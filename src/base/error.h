// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFlags>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace Tagboat {

/*!
 * \brief What went wrong, precise enough that the person at the screen can be offered the next click.
 *
 * A value, free to copy between threads. All text in it is technical English without secrets; only `ui` and
 * `cli` turn a code into a sentence and a remedy.
 */
struct Error
{
    //! Each code leads to a different next click; add one only when none of these does.
    enum class Code {
        Cancelled,           //!< the user or the program's end stopped it
        Network,             //!< host not found, refused, reset, line lost
        Timeout,             //!< no byte for longer than allowed
        Tls,                 //!< certificate or handshake refused
        PlainHttpServer,     //!< the server speaks plain HTTP where TLS was expected
        Unauthorized,        //!< no, wrong or expired credentials
        Denied,              //!< known who asks, but not allowed
        NotFound,            //!< the named thing is not there
        InvalidInput,        //!< what the user gave cannot be used as it stands
        Conflict,            //!< immutable tag, name in use, changed meanwhile
        DigestMismatch,      //!< bytes are not the ones the digest names
        RateLimited,         //!< told to wait; see retryAfter
        Unsupported,         //!< format or operation that the other side or Tagboat does not offer
        DiskFull,            //!< no room left, or quota reached, on this computer
        Io,                  //!< reading or writing a file failed otherwise
        Corrupt,             //!< stored or received data breaks its own format
        KeychainUnavailable, //!< no keychain service, or it is locked
        EngineUnavailable,   //!< no Docker or Podman answers
        Internal,            //!< a fault of Tagboat
    };

    //! What exactly is wrong, where that makes another sentence of the same code. The values are kept in the
    //! journal.
    enum class Fault {
        HostNotFound = 0x1,  //!< Network: no address is known for the name
        SelfSigned = 0x2,    //!< Tls, as are all that follow: nobody else vouches for the certificate
        UnknownIssuer = 0x4, //!< nobody who is trusted does
        WrongName = 0x8,     //!< it is for other names
        Expired = 0x10,
        NotYetValid = 0x20,
        Revoked = 0x40,
        PinBroken = 0x80,                 //!< it is another than the only one that is accepted
        ClientCertificateMissing = 0x100, //!< the server wants to see one, and there is none
        ClientCertificateRefused = 0x200,
    };
    Q_DECLARE_FLAGS(Faults, Fault)

    //! Which end of a copy the error belongs to.
    enum class Origin { Local, Source, Destination };

    Code code = Code::Internal;
    Origin origin = Origin::Local;
    QString operation;  //!< what was being done: "push blob", "read index.json"
    QString subject;    //!< the input it is about: a reference, a path, a host, a digest
    QString message;    //!< technical sentence without trailing full stop
    QString response;   //!< the other side's own words, redacted and bounded (see redact.h); may be empty
    int httpStatus = 0; //!< 0 where no HTTP reply was involved
    Faults faults = {}; //!< a certificate may have several; none: not known, or the code says it all
    std::optional<std::chrono::seconds> retryAfter;
    std::shared_ptr<const Error> cause;

    [[nodiscard]] static Error make(Code code, QString subject, QString message);
    //! Maps `errno` values: ENOSPC, EDQUOT and EFBIG are DiskFull, ENOENT is NotFound, the rest Io.
    [[nodiscard]] static Error fromErrno(int number, QString subject, QStringView doing);

    // Chainable refinements, so that a call site stays one expression.
    [[nodiscard]] Error during(QString what) &&;
    [[nodiscard]] Error at(Origin where) &&;
    [[nodiscard]] Error with(Faults what) &&;
    [[nodiscard]] Error because(Error why) &&;

    //! One line for logs and `-v`: "Denied: push blob: alice/ui: requested access … (HTTP 401)".
    [[nodiscard]] QString toString() const;
    //! True for what may well succeed when simply tried again (Network, Timeout, RateLimited, HTTP 5xx).
    [[nodiscard]] bool isTransient() const;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(Error::Faults)

//! The code's name as used in `--json` output and logs, e.g. "PlainHttpServer".
[[nodiscard]] QLatin1StringView toString(Error::Code code);

} // namespace Tagboat
