// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <QSslConfiguration>

namespace Tagboat {

//! The system's CA certificates and those of \a policy, and what the server gets that asks who we are.
[[nodiscard]] QSslConfiguration tlsConfiguration(const HostPolicy& policy);
//! There is something to show a server that asks who we are: a certificate and its key.
[[nodiscard]] bool hasClientCertificate(const HostPolicy& policy);
//! \a certificate is the very one that was pinned.
[[nodiscard]] bool isPinned(const HostPolicy& policy, const QSslCertificate& certificate);
//! One is pinned, and it is not this one.
[[nodiscard]] bool breaksPin(const HostPolicy& policy, const QSslCertificate& certificate);
//! Tells connections apart that such a policy makes differ; without secrets.
[[nodiscard]] QString tlsKey(const HostPolicy& policy);

} // namespace Tagboat
