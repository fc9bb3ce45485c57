// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "net/httpclient.h"
#include "workbench/fileversion.h"

#include <QDeadlineTimer>
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
        FileVersion version;
        QList<QSslCertificate> certificates;
        QSslKey key;
    };

    //! What lies in the folders for one registry.
    struct Listing
    {
        QDeadlineTimer until; //!< looked at anew from then on
        QStringList authorities;
        QString certificate, key; //!< of the first pair
    };

    [[nodiscard]] const File& read(const QString& path);
    [[nodiscard]] const Listing& listing(const QString& registry);

    QStringList m_folders;
    QHash<QString, File> m_files;
    QHash<QString, Listing> m_listings;
};

//! Of docker and podman, of the user and of the system.
[[nodiscard]] QStringList certificateFolders();

//! InvalidInput, NotFound or Io about the file or value of \a settings that is no good.
[[nodiscard]] Result<void> checkTlsSettings(const RegistrySettings& settings);

//! "AB:CD:…", "sha256:abcd…" or plain hex as 64 small hex digits; empty where it is none.
[[nodiscard]] QString normalizedFingerprint(const QString& text);

} // namespace Tagboat
