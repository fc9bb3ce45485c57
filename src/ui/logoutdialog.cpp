// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "workbench/workbench.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct LogoutWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::LogoutDialog)
};

void showFailure(QWidget* parent, const Error& error, const Profile& profile)
{
    const ErrorText text =
        explain(error, {.doing = ErrorContext::Doing::LogIn, .registry = profile.registry});
    auto* box = new QMessageBox(QMessageBox::Warning, text.title, text.title, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(text.text);
    box->setDetailedText(text.details);
    box->open();
}

} // namespace

void openLogoutDialog(Workbench& workbench, QWidget* parent, const QString& profileId)
{
    const QList<Profile> profiles = workbench.profiles();
    const auto profile = std::ranges::find(profiles, profileId, &Profile::id);
    if (profile == profiles.end())
        return;
    auto* box = new QMessageBox(QMessageBox::Question, LogoutWords::tr("Remove account"),
                                LogoutWords::tr("Remove the account %1?").arg(profile->name),
                                QMessageBox::Cancel, parent);
    box->setObjectName(u"logoutDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        profile->isAnonymous()
            ? LogoutWords::tr("The registry disappears from the list. Its images stay where they are.")
            : LogoutWords::tr("Its password is removed from the keychain. Images stay where they are, on "
                              "this computer and in the registry."));
    QPushButton* remove = box->addButton(LogoutWords::tr("Remove account"), QMessageBox::DestructiveRole);
    remove->setObjectName(u"logoutButton"_s);
    QObject::connect(remove, &QPushButton::clicked, parent, [&workbench, parent, account = *profile] {
        workbench.logout(account.id).then(parent, [parent, account](const Result<void>& done) {
            if (!done)
                showFailure(parent, done.error(), account);
        });
    });
    box->open();
}

} // namespace Tagboat
