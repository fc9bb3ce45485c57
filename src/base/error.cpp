// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/error.h"

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Tagboat {

Error Error::make(Code code, QString subject, QString message)
{
    Error error;
    error.code = code;
    error.subject = std::move(subject);
    error.message = std::move(message);
    return error;
}

Error Error::fromErrno(int number, QString subject, QStringView doing)
{
    Code code = Code::Io;
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        code = Code::DiskFull;
        break;
    case ENOENT:
        code = Code::NotFound;
        break;
    default:
        break;
    }
    return make(code, std::move(subject), doing + u": "_s + qt_error_string(number));
}

Error Error::during(QString what) &&
{
    operation = std::move(what);
    return std::move(*this);
}

Error Error::at(Origin where) &&
{
    origin = where;
    return std::move(*this);
}

Error Error::with(Faults what) &&
{
    faults = what;
    return std::move(*this);
}

Error Error::because(Error why) &&
{
    cause = std::make_shared<const Error>(std::move(why));
    return std::move(*this);
}

QString Error::toString() const
{
    QString line = Tagboat::toString(code);
    for (const QString& part : {operation, subject, message}) {
        if (!part.isEmpty())
            line += u": "_s + part;
    }
    if (httpStatus != 0)
        line += u" (HTTP %1)"_s.arg(httpStatus);
    if (cause)
        line += u"; because of "_s + cause->toString();
    return line;
}

bool Error::isTransient() const
{
    switch (code) {
    case Code::Network:
    case Code::Timeout:
    case Code::RateLimited:
        return true;
    case Code::Cancelled:
        return false;
    default:
        // 501 and 505 say that the server will never do it.
        return httpStatus >= 500 && httpStatus != 501 && httpStatus != 505;
    }
}

QLatin1StringView toString(Error::Code code)
{
    switch (code) {
    case Error::Code::Cancelled:
        return "Cancelled"_L1;
    case Error::Code::Network:
        return "Network"_L1;
    case Error::Code::Timeout:
        return "Timeout"_L1;
    case Error::Code::Tls:
        return "Tls"_L1;
    case Error::Code::PlainHttpServer:
        return "PlainHttpServer"_L1;
    case Error::Code::Unauthorized:
        return "Unauthorized"_L1;
    case Error::Code::Denied:
        return "Denied"_L1;
    case Error::Code::NotFound:
        return "NotFound"_L1;
    case Error::Code::InvalidInput:
        return "InvalidInput"_L1;
    case Error::Code::Conflict:
        return "Conflict"_L1;
    case Error::Code::DigestMismatch:
        return "DigestMismatch"_L1;
    case Error::Code::RateLimited:
        return "RateLimited"_L1;
    case Error::Code::Unsupported:
        return "Unsupported"_L1;
    case Error::Code::DiskFull:
        return "DiskFull"_L1;
    case Error::Code::Io:
        return "Io"_L1;
    case Error::Code::Corrupt:
        return "Corrupt"_L1;
    case Error::Code::KeychainUnavailable:
        return "KeychainUnavailable"_L1;
    case Error::Code::EngineUnavailable:
        return "EngineUnavailable"_L1;
    case Error::Code::Internal:
        return "Internal"_L1;
    }
    Q_UNREACHABLE_RETURN("Internal"_L1);
}

} // namespace Tagboat
