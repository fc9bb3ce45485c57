// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/testcertificate.h"

#include <QDeadlineTimer>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace Tagboat {

class TokenServer;

struct RegistryOptions
{
    bool allowsDelete = true;
    //! Where not empty: Basic authentication with these users and passwords.
    QList<std::pair<QString, QString>> users = {};
    //! Where set: Bearer authentication; must be listening, and live as long as the registry is used.
    const TokenServer* tokens = nullptr;
    //! Where not empty: TLS with a certificate for these names ("DNS:registry.test", "IP:127.0.0.1").
    QStringList tlsNames = {};
    TestCertificate::Validity tlsValidity = TestCertificate::Validity::Now; //!< of that certificate
    //! Where set, with TLS: only those who show a certificate that this one has signed are let in.
    QSslCertificate clientCa = QSslCertificate();
    //! Blobs lie here, and stay; where empty, in a folder that goes with the process.
    QString storage = {};
    bool isReadOnly = false;
};

/*!
 * \brief The real `docker-registry serve` on a free loopback port.
 *
 * The port is chosen by the system, so that any number of tests run side by side. The process ends with this
 * object, and with the test program if that crashes. Its log is printed when start() fails, and is at hand in
 * log().
 */
class RegistryProcess
{
public:
    explicit RegistryProcess(RegistryOptions options = {});
    ~RegistryProcess();
    Q_DISABLE_COPY_MOVE(RegistryProcess)

    //! Starts it and waits until it answers; false after a minute, with the reason as a warning.
    [[nodiscard]] bool start();
    //! Ends it; start() begins anew on the same storage, on another port.
    void stop();
    //! Freezes the process and lets it go on: a registry that does not answer.
    void pause();
    void resume();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString host() const; //!< "127.0.0.1:PORT", as in a reference
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const TestCertificate& certificate() const { return m_certificate; } //!< its own CA
    [[nodiscard]] QString storage() const;
    //! Bytes of a blob as they lie in the storage; nothing where it is not there.
    [[nodiscard]] QByteArray storedBlob(const QString& digest) const;
    [[nodiscard]] QByteArray log() const;

private:
    [[nodiscard]] bool writeConfig();
    [[nodiscard]] bool writeUsers(const QString& path) const;
    [[nodiscard]] bool waitForPort(QDeadlineTimer deadline);
    [[nodiscard]] bool waitForAnswer(QDeadlineTimer deadline) const;

    RegistryOptions m_options;
    QTemporaryDir m_directory;
    QProcess m_process;
    TestCertificate m_certificate;
    quint16 m_port = 0;
};

} // namespace Tagboat
