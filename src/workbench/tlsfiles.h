// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "net/httpclient.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>

namespace Tagboat {

//! The certificates and the key in PEM files; each file is read once per change of it, not once per request.
class TlsFiles
{
public:
    //! \a folders are where docker and podman keep certificates by registry ("certs.d"), the nearest first.
    explicit TlsFiles(QStringList folders = {}) : m_folders(std::move(folders)) { }

    //! What \a settings name; of what they do not, what lies in the folders for \a registry (docker docs
    //! "Verify repository client with certificates": *.crt are CAs, *.cert and *.key a pair).
    [[nodiscard]] HostPolicy policyOf(const QString& registry, const RegistrySettings& settings);

private:
    struct File
    {
        QDateTime changed;
        QList<QSslCertificate> certificates;
        QSslKey key;
    };

    [[nodiscard]] const File& read(const QString& path);
    void addFromFolders(const QString& registry, HostPolicy& policy);

    QStringList m_folders;
    QHash<QString, File> m_files;
};

//! Of docker and podman, of the user and of the system.
[[nodiscard]] QStringList certificateFolders();

//! InvalidInput, NotFound or Io about the file or value of \a settings that is no good.
[[nodiscard]] Result<void> checkTlsSettings(const RegistrySettings& settings);

//! "AB:CD:…", "sha256:abcd…" or plain hex as 64 small hex digits; empty where it is none.
[[nodiscard]] QString normalizedFingerprint(const QString& text);

} // namespace Tagboat
