// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/jwt.h"

#include <QJsonDocument>
#include <QStringList>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Tagboat {

QJsonObject claimsOf(const QString& token)
{
    const QStringList parts = token.split(u'.');
    if (parts.size() != 3)
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(
        parts[1].toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? QJsonDocument::fromJson(*decoded).object() : QJsonObject();
}

QDateTime expiryOfJwt(const QString& token)
{
    const double seconds = claimsOf(token).value("exp"_L1).toDouble();
    constexpr double EndOfTime = 253402300800.0; // the year 10000
    return seconds > 0 && seconds < EndOfTime ? QDateTime::fromSecsSinceEpoch(qint64(seconds), QTimeZone::UTC)
                                              : QDateTime();
}

} // namespace Tagboat
