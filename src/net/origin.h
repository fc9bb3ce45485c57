// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace Tagboat {

//! The port that is meant, written or not.
[[nodiscard]] quint16 portOf(const QUrl& url);
//! As in a reference's registry: "ghcr.io", "localhost:5000", "[::1]:5000"; the port only where it is not the
//! scheme's.
[[nodiscard]] QString hostAndPort(const QUrl& url);
//! Same scheme, host and port: the only place where credentials may go.
[[nodiscard]] bool isSameOrigin(const QUrl& a, const QUrl& b);
//! "localhost", or an address literal that is loopback, link-local, private or unspecified.
[[nodiscard]] bool isLocalAddress(const QString& host);

} // namespace Tagboat
