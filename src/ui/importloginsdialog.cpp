// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/importloginsdialog.h"

#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_importloginsdialog.h"

#include <QDir>
#include <QHeaderView>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

enum Column : int { RegistryColumn, UserColumn, KeeperColumn, HereColumn };

//! "~/.docker/config.json" is easier to read than the whole path.
QString shortPath(const QString& path)
{
    const QString home = QDir::homePath() + u'/';
    return path.startsWith(home) ? u"~/"_s + path.sliced(home.size()) : path;
}

QString placeOf(const ServerAddress& address)
{
    return address.path.isEmpty() ? address.registry : address.registry + u'/' + address.path;
}

} // namespace

ImportLoginsDialog::ImportLoginsDialog(Workbench& workbench, QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_ui(std::make_unique<Ui::ImportLoginsDialog>())
{
    m_ui->setupUi(this);
    m_takeButton = m_ui->buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_takeButton->setObjectName(u"takeButton"_s);
    m_takeButton->setDefault(true);
    setPrimary(m_takeButton);
    makeMuted(m_ui->scrubLabel);
    m_ui->scrubBox->hide();
    m_ui->scrubLabel->hide();
    QTreeWidget& list = *m_ui->loginList;
    list.header()->setStretchLastSection(false);
    list.header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list.header()->setSectionResizeMode(KeeperColumn, QHeaderView::Stretch);
    list.setMinimumSize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 10);
    connect(&list, &QTreeWidget::itemChanged, this, &ImportLoginsDialog::choiceChanged);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &ImportLoginsDialog::accept);
    connect(m_ui->strip, &MessageStrip::remedyChosen, this, &ImportLoginsDialog::runRemedyHere);
    choiceChanged();
    look();
}

ImportLoginsDialog::~ImportLoginsDialog() = default;

void ImportLoginsDialog::look()
{
    m_ui->strip->showMessage(Tone::Info, tr("Looking for logins…"));
    m_workbench.findLogins().then(this, [this](const Result<QList<FoundLogin>>& found) {
        m_ui->strip->clear();
        if (found)
            showFound(*found);
        else
            m_ui->strip->showError(explain(found.error(), {}));
    });
}

void ImportLoginsDialog::showFound(const QList<FoundLogin>& found)
{
    const QSignalBlocker quiet(m_ui->loginList);
    m_found = found;
    // What can be chosen comes first.
    std::ranges::stable_partition(m_found, &FoundLogin::isUsable);
    m_ui->loginList->clear();
    bool hasClearText = false;
    QList<std::pair<QString, QString>> seen;
    const QSize rowSize(0, Metrics(fontMetrics()).rowHeight());
    for (const FoundLogin& one : std::as_const(m_found)) {
        auto* const row = new QTreeWidgetItem(m_ui->loginList);
        row->setSizeHint(KeeperColumn, rowSize);
        if (one.error) {
            row->setText(RegistryColumn, tr("cannot be read"));
            row->setText(KeeperColumn, shortPath(one.file) + u" · "_s + one.error->message);
            row->setIcon(RegistryColumn, icon(u"warning"_s));
            row->setToolTip(RegistryColumn, one.error->message);
            row->setToolTip(KeeperColumn, one.error->message);
            row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            continue;
        }
        const DockerLogin& login = one.login;
        row->setText(RegistryColumn, placeOf(login.address));
        row->setText(UserColumn, login.isIdentityToken ? tr("(token)") : login.user);
        row->setText(KeeperColumn,
                     login.isClearText() ? tr("%1, in clear text").arg(shortPath(one.file))
                                         : u"docker-credential-"_s + login.helper);
        row->setText(HereColumn, one.known ? tr("renews %1").arg(one.known->name) : tr("new"));
        row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        // What somebody typed here is newer than what some file says, more often than not.
        const bool isFirst = !seen.contains({placeOf(login.address), login.user});
        seen.append({placeOf(login.address), login.user});
        row->setCheckState(RegistryColumn, one.known || !isFirst ? Qt::Unchecked : Qt::Checked);
        hasClearText = hasClearText || login.isClearText();
    }
    m_ui->scrubBox->setVisible(hasClearText);
    m_ui->scrubBox->setEnabled(canScrubLogins());
    m_ui->scrubLabel->setVisible(hasClearText && !canScrubLogins());
    m_ui->scrubLabel->setText(
        tr("That needs the program docker-credential-tagboat in a folder where Docker looks for programs."));
    if (found.isEmpty())
        m_ui->strip->showMessage(Tone::Info, tr("Neither Docker nor Podman keeps a login here."));
    choiceChanged();
}

QList<FoundLogin> ImportLoginsDialog::chosen() const
{
    QList<FoundLogin> logins;
    for (int row = 0; row < m_ui->loginList->topLevelItemCount(); ++row) {
        const QTreeWidgetItem* const item = m_ui->loginList->topLevelItem(row);
        if (m_found.at(row).isUsable() && item->checkState(RegistryColumn) == Qt::Checked)
            logins.append(m_found.at(row));
    }
    return logins;
}

void ImportLoginsDialog::choiceChanged()
{
    const int count = int(chosen().size());
    m_takeButton->setText(count > 0 ? tr("Take over %n login(s)", nullptr, count) : tr("Take over"));
    m_takeButton->setEnabled(count > 0 && !m_isBusy);
}

void ImportLoginsDialog::accept()
{
    if (m_takeButton->isEnabled())
        take(false);
}

void ImportLoginsDialog::take(bool keepForThisRun)
{
    m_isBusy = true;
    choiceChanged();
    m_ui->strip->showMessage(Tone::Info, tr("Taking over…"));
    const bool scrub = m_ui->scrubBox->isVisible() && m_ui->scrubBox->isChecked() && !keepForThisRun;
    m_workbench.takeOverLogins(chosen(), scrub, keepForThisRun)
        .then(this, [this](const Result<QList<TakenLogin>>& taken) {
            m_isBusy = false;
            choiceChanged();
            if (taken)
                showOutcome(*taken);
            else
                m_ui->strip->showError(explain(taken.error(), {}));
        });
}

//! Over where all is well; else what was done is marked, and what was not is told.
void ImportLoginsDialog::showOutcome(const QList<TakenLogin>& taken)
{
    QStringList failures;
    for (const TakenLogin& one : taken) {
        if (one.error)
            failures.append(placeOf(one.found.login.address) + u": "_s + one.error->message);
    }
    if (failures.isEmpty()) {
        QDialog::accept();
        return;
    }
    m_ui->strip->showMessage(Tone::Warning,
                             tr("%n login(s) could not be had.", nullptr, int(failures.size())),
                             failures.join(u'\n'));
    const QSignalBlocker quiet(m_ui->loginList);
    for (int row = 0; row < m_ui->loginList->topLevelItemCount(); ++row) {
        QTreeWidgetItem* const item = m_ui->loginList->topLevelItem(row);
        for (const TakenLogin& one : taken) {
            const bool isThis = one.found.file == m_found.at(row).file
                && one.found.login.address.text == m_found.at(row).login.address.text;
            if (!isThis || !m_found.at(row).isUsable())
                continue;
            item->setText(HereColumn, one.profile ? tr("taken over") : tr("failed"));
            if (one.profile)
                item->setCheckState(RegistryColumn, Qt::Unchecked);
        }
    }
    choiceChanged();
}

void ImportLoginsDialog::runRemedyHere(const Remedy& remedy)
{
    switch (remedy.kind) {
    case RemedyKind::KeepForThisRun:
        take(true);
        break;
    case RemedyKind::TryKeychainAgain:
        m_workbench.keychainState(true).then(this, [this](const Result<Keychain::State>&) { take(false); });
        break;
    default:
        runRemedy(remedy, m_workbench, this, [this] { take(false); });
        break;
    }
}

void openImportLoginsDialog(Workbench& workbench, QWidget* parent)
{
    auto* dialog = new ImportLoginsDialog(workbench, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
