// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/servercertificate.h"

#include <QString>

namespace Tagboat {

//! "3A:5F:…", as openssl writes it, of a fingerprint as bytes.
[[nodiscard]] QString fingerprintText(const QByteArray& sha256);
//! The same in lines of half of it each, which can be compared by eye.
[[nodiscard]] QString fingerprintLines(const QByteArray& sha256);
//! Why \a certificate of \a registry is not trusted, a sentence for each reason; empty where it is.
[[nodiscard]] QString reasonsAgainst(const ServerCertificate& certificate, const QString& registry);

} // namespace Tagboat
