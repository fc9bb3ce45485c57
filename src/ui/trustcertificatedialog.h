// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "net/servercertificate.h"

#include <QDialog>

#include <memory>

class QPushButton;

namespace Ui {
class TrustCertificateDialog;
}

namespace Tagboat {

class Workbench;

/*!
 * \brief Fetches the certificate of a registry and shows what somebody needs who is to decide about it.
 *
 * Nothing is saved here. Widgets: strip (why it is not trusted, or could not be had), facts (factHost,
 * factSubject, factNames, factIssuer, factFrom, factUntil, factFingerprint, factPinned), helpLabel,
 * trustButton.
 */
class TrustCertificateDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a settings: how the registry is to be spoken to, and which certificate is pinned by now.
    TrustCertificateDialog(Workbench& workbench, const QString& registry, const RegistrySettings& settings,
                           QWidget* parent);
    ~TrustCertificateDialog() override;

    void accept() override;

Q_SIGNALS:
    //! The one that was shown shall be trusted; its SHA-256 as RegistrySettings::pinnedSha256.
    void trusted(const QString& sha256);

private:
    void fetch();
    void showCertificate(const ServerCertificate& certificate);
    void showFacts(const ServerCertificate& certificate);

    Workbench& m_workbench;
    QString m_registry;
    RegistrySettings m_settings;
    std::unique_ptr<Ui::TrustCertificateDialog> m_ui;
    QPushButton* m_trustButton;
    QByteArray m_shown; //!< fingerprint of the certificate on screen
};

} // namespace Tagboat
