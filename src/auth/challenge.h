// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayList>
#include <QList>
#include <QMap>
#include <QString>

namespace Tagboat {

//! One challenge of a WWW-Authenticate field (RFC 9110 §11; RFC 6750 §3; distribution token spec).
struct Challenge
{
    QString scheme;                    //!< lower case: "basic", "bearer"
    QMap<QString, QString> parameters; //!< names lower case; values unescaped
};

//! All challenges of all fields in order; broken pieces are skipped, never fatal. Commas inside quotes,
//! several challenges in one field and unknown schemes are handled.
[[nodiscard]] QList<Challenge> parseChallenges(const QByteArrayList& fields);

} // namespace Tagboat
