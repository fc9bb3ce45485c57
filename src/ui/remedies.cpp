// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/remedies.h"

#include "ui/dialogs.h"
#include "workbench/workbench.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct RemedyWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Remedy)
};

void changeSettings(Workbench& workbench, QWidget* parent, const QString& registry,
                    const std::function<void(RegistrySettings&)>& change, const std::function<void()>& retry)
{
    RegistrySettings settings = workbench.registrySettings(registry);
    change(settings);
    workbench.saveRegistrySettings(registry, settings).then(parent, [retry](const Result<void>& saved) {
        if (saved && retry)
            retry();
    });
}

void chooseCaFile(Workbench& workbench, QWidget* parent, const QString& registry,
                  const std::function<void()>& retry)
{
    auto* dialog = new QFileDialog(parent, RemedyWords::tr("Certificate authority of %1").arg(registry), {},
                                   RemedyWords::tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [&workbench, parent, registry, retry](const QString& file) {
                         changeSettings(
                             workbench, parent, registry, [file](RegistrySettings& s) { s.caFile = file; },
                             retry);
                     });
    dialog->open();
}

} // namespace

bool runRemedy(const Remedy& remedy, Workbench& workbench, QWidget* parent,
               const std::function<void()>& retry, const std::function<void(const Error&)>& failed)
{
    switch (remedy.kind) {
    case RemedyKind::Retry:
        if (retry)
            retry();
        return true;
    case RemedyKind::LogIn:
        openAddAccountDialog(workbench, parent, remedy.argument, [retry](const Profile&) {
            if (retry)
                retry();
        });
        return true;
    case RemedyKind::EditAccount:
    case RemedyKind::KeepForThisRun:
        openEditAccountDialog(workbench, parent, remedy.argument, [retry](const Profile&) {
            if (retry)
                retry();
        });
        return true;
    case RemedyKind::AllowPlainHttp:
        changeSettings(
            workbench, parent, remedy.argument, [](RegistrySettings& s) { s.plainHttp = true; }, retry);
        return true;
    case RemedyKind::RequireTls:
        changeSettings(
            workbench, parent, remedy.argument, [](RegistrySettings& s) { s.plainHttp = false; }, retry);
        return true;
    case RemedyKind::TrustCertificate:
        chooseCaFile(workbench, parent, remedy.argument, retry);
        return true;
    case RemedyKind::ShowCertificate:
        openTrustCertificateDialog(
            workbench, parent, remedy.argument, workbench.registrySettings(remedy.argument),
            [&workbench, parent, registry = remedy.argument, retry](const QString& sha256) {
                changeSettings(
                    workbench, parent, registry, [sha256](RegistrySettings& s) { s.pinnedSha256 = sha256; },
                    retry);
            });
        return true;
    case RemedyKind::ClientCertificate:
        openConnectionDialog(workbench, parent, remedy.argument, ConnectionField::ClientCertificate, retry);
        return true;
    case RemedyKind::ConnectTo:
        openConnectionDialog(workbench, parent, remedy.argument, ConnectionField::ConnectTo, retry);
        return true;
    case RemedyKind::TryKeychainAgain:
        workbench.keychainState(true).then(parent, [retry](const Result<Keychain::State>&) {
            if (retry)
                retry();
        });
        return true;
    case RemedyKind::CreateRepository: {
        const QString profile = remedy.argument.section(u'\n', 0, 0);
        const QString repository = remedy.argument.section(u'\n', 1);
        workbench.makeRepository(profile, repository).then(parent, [retry, failed](const Result<void>& made) {
            if (made && retry)
                retry();
            else if (!made && failed)
                failed(made.error());
        });
        return true;
    }
    case RemedyKind::OpenPage:
        QDesktopServices::openUrl(QUrl(remedy.argument));
        return true;
    case RemedyKind::CleanUp:
        openCleanUpDialog(workbench, parent);
        return true;
    default:
        return false;
    }
}

} // namespace Tagboat
