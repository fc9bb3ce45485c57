// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/trustcertificatedialog.h"

#include "ui/certificatetext.h"
#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_trustcertificatedialog.h"

#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString momentOf(const QDateTime& moment)
{
    const QDateTime local = moment.toLocalTime();
    return QLocale().toString(local.date(), QLocale::LongFormat) + u", "_s
        + QLocale().toString(local.time(), QLocale::ShortFormat);
}

} // namespace

TrustCertificateDialog::TrustCertificateDialog(Workbench& workbench, const QString& registry,
                                               const RegistrySettings& settings, QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_registry(registry), m_settings(settings),
      m_ui(std::make_unique<Ui::TrustCertificateDialog>())
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Certificate of %1").arg(registry));
    m_trustButton = m_ui->buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_trustButton->setObjectName(u"trustButton"_s);
    m_trustButton->setAutoDefault(false); // by a click that is meant, not by Return
    m_trustButton->hide();
    m_ui->buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    makeMuted(m_ui->helpLabel);
    m_ui->facts->hide();
    m_ui->helpLabel->hide();
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &TrustCertificateDialog::accept);
    connect(m_ui->strip, &MessageStrip::remedyChosen, this, [this] { fetch(); });
    fetch();
}

TrustCertificateDialog::~TrustCertificateDialog() = default;

void TrustCertificateDialog::fetch()
{
    m_ui->strip->showMessage(Tone::Info, tr("Asking %1 for its certificate…").arg(m_registry));
    m_workbench.serverCertificate(m_registry, m_settings)
        .then(this, [this](const Result<ServerCertificate>& certificate) {
            if (certificate) {
                showCertificate(*certificate);
                return;
            }
            ErrorText text = explain(certificate.error(), {.registry = m_registry});
            // The form below this dialog has the others.
            text.remedies = {{RemedyKind::Retry, tr("Try again")}};
            m_ui->strip->showError(text);
        });
}

void TrustCertificateDialog::showCertificate(const ServerCertificate& certificate)
{
    m_shown = certificate.chain.constFirst().sha256;
    const bool isPinned = m_shown.toHex() == m_settings.pinnedSha256.toLatin1();
    const QString reasons = reasonsAgainst(certificate, m_registry);
    if (isPinned) {
        m_ui->strip->showMessage(Tone::Ok, tr("This is the certificate that you trusted."));
    } else if (certificate.isTrusted) {
        m_ui->strip->showMessage(
            Tone::Ok, tr("This certificate is trusted."),
            tr("Where a login or transfer says otherwise, it is about another server that the registry sends "
               "to. Accept only this one, and you are told when it is replaced."));
    } else {
        m_ui->strip->showMessage(certificate.faults.testFlag(Error::Fault::PinBroken) ? Tone::Error
                                                                                      : Tone::Warning,
                                 tr("This certificate is not trusted."), reasons);
    }
    showFacts(certificate);
    m_ui->facts->show();
    m_ui->helpLabel->setVisible(!certificate.isTrusted);
    m_trustButton->setText(certificate.isTrusted ? tr("Accept only this certificate for %1").arg(m_registry)
                                                 : tr("Trust this certificate for %1").arg(m_registry));
    m_trustButton->setVisible(!isPinned);
    layout()->activate();
    resize(sizeHint().expandedTo(minimumSize()));
}

void TrustCertificateDialog::showFacts(const ServerCertificate& certificate)
{
    const CertificateFacts& own = certificate.chain.constFirst();
    QList<Fact> facts{
        {.key = u"factHost"_s, .label = tr("Registry"), .value = m_registry, .copyable = false},
        {.key = u"factSubject"_s, .label = tr("Issued to"), .value = own.subject, .copyable = false},
        {.key = u"factNames"_s, .label = tr("Names"), .value = own.names.join(u", "_s), .copyable = false},
        {.key = u"factIssuer"_s, .label = tr("Issued by"), .value = own.issuer, .copyable = false},
        {.key = u"factFrom"_s,
         .label = tr("Valid from"),
         .value = momentOf(own.validFrom),
         .copyable = false,
         .wraps = false},
        {.key = u"factUntil"_s,
         .label = tr("Valid until"),
         .value = momentOf(own.validUntil),
         .copyable = false,
         .wraps = false},
        {.key = u"factFingerprint"_s,
         .label = tr("SHA-256"),
         .value = fingerprintLines(own.sha256),
         .monospace = true,
         .copy = fingerprintText(own.sha256),
         .wraps = false}};
    if (certificate.faults.testFlag(Error::Fault::PinBroken)) {
        const QByteArray pinned = QByteArray::fromHex(m_settings.pinnedSha256.toLatin1());
        facts.append({.key = u"factPinned"_s,
                      .label = tr("Trusted so far"),
                      .value = fingerprintLines(pinned),
                      .monospace = true,
                      .copy = fingerprintText(pinned),
                      .wraps = false});
    }
    m_ui->facts->setFacts(facts);
}

void TrustCertificateDialog::accept()
{
    if (m_shown.isEmpty())
        return;
    Q_EMIT trusted(QString::fromLatin1(m_shown.toHex()));
    QDialog::accept();
}

void openTrustCertificateDialog(Workbench& workbench, QWidget* parent, const QString& registry,
                                const RegistrySettings& settings,
                                const std::function<void(const QString&)>& then)
{
    auto* dialog = new TrustCertificateDialog(workbench, registry, settings, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &TrustCertificateDialog::trusted, parent, then);
    dialog->open();
}

} // namespace Tagboat
