// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace Tagboat {

//! The claims of a JSON Web Token (RFC 7519) of three parts; empty where \a token is none. They are read, not
//! verified: good for telling a person what his own token says, never for deciding what somebody may.
[[nodiscard]] QJsonObject claimsOf(const QString& token);
//! Claim "exp"; invalid where there is none.
[[nodiscard]] QDateTime expiryOfJwt(const QString& token);

} // namespace Tagboat
