// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connectiondialog.h"

#include "ui/flatstyle.h"
#include "ui/remedies.h"
#include "workbench/workbench.h"

#include "ui_connectiondialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

ConnectionDialog::ConnectionDialog(Workbench& workbench, const QString& registry, ConnectionField field,
                                   QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_registry(registry),
      m_ui(std::make_unique<Ui::ConnectionDialog>())
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Connection to %1").arg(registry));
    m_saveButton = m_ui->buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_saveButton->setObjectName(u"saveButton"_s);
    m_saveButton->setDefault(true);
    setPrimary(m_saveButton);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    m_ui->connection->setWorkbench(workbench);
    m_ui->connection->setRegistry(registry);
    m_ui->connection->open(field);
    connect(m_ui->connection, &ConnectionSettings::changed, this, &ConnectionDialog::inputsChanged);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &ConnectionDialog::accept);
    connect(m_ui->strip, &MessageStrip::remedyChosen, this, [this](const Remedy& remedy) {
        if (!m_ui->connection->runRemedy(remedy, [this] { accept(); }))
            runRemedy(remedy, m_workbench, this, [this] { accept(); });
    });
}

ConnectionDialog::~ConnectionDialog() = default;

void ConnectionDialog::inputsChanged()
{
    ++m_asked;
    m_ui->strip->clear();
    m_saveButton->setEnabled(!m_ui->connection->hasProblem());
}

void ConnectionDialog::accept()
{
    if (!m_saveButton->isEnabled())
        return;
    const int question = ++m_asked;
    m_saveButton->setEnabled(false);
    m_ui->strip->showMessage(Tone::Info, tr("Asking %1…").arg(m_registry));
    LoginRequest asked;
    asked.profile.registry = m_registry;
    asked.settings = m_ui->connection->settings();
    m_workbench.testLogin(asked).then(this, [this, question](const Result<RegistryStatus>& status) {
        if (question != m_asked)
            return;
        if (status)
            save();
        else
            showFailure(status.error());
    });
}

void ConnectionDialog::save()
{
    m_workbench.saveRegistrySettings(m_registry, m_ui->connection->settings())
        .then(this, [this](const Result<void>& done) {
            if (!done) {
                showFailure(done.error());
                return;
            }
            Q_EMIT saved();
            QDialog::accept();
        });
}

void ConnectionDialog::showFailure(const Error& error)
{
    m_saveButton->setEnabled(true);
    m_ui->strip->showError(explain(error, {.registry = m_registry}));
}

void openConnectionDialog(Workbench& workbench, QWidget* parent, const QString& registry,
                          ConnectionField field, const std::function<void()>& then)
{
    const auto tellSaved = [then] {
        if (then)
            then();
    };
    std::optional<Profile> account;
    for (const Profile& profile : workbench.profiles()) {
        if (profile.registry == registry && (!account || profile.isDefault))
            account = profile;
    }
    if (account) {
        openEditAccountDialog(
            workbench, parent, account->id, [tellSaved](const Profile&) { tellSaved(); }, field);
        return;
    }
    auto* dialog = new ConnectionDialog(workbench, registry, field, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &ConnectionDialog::saved, parent, tellSaved);
    dialog->open();
}

} // namespace Tagboat
