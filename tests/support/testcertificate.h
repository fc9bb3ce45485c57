// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

namespace Tagboat {

//! A self-signed certificate made on the spot by `openssl`; nothing of it outlives the test.
struct TestCertificate
{
    QSslCertificate certificate = QSslCertificate();
    QSslKey key = QSslKey();

    enum class Validity { Now, Over };
    //! \a names as openssl's subjectAltName takes them: "DNS:localhost", "IP:127.0.0.1". Null where openssl
    //! failed.
    [[nodiscard]] static TestCertificate make(const QStringList& names, Validity validity = Validity::Now);
    //! For "localhost" and 127.0.0.1, made once a process.
    [[nodiscard]] static const TestCertificate& forLoopback();
};

} // namespace Tagboat
