// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/archivedialogs.h"
#include "ui/dialogs.h"
#include "ui/dropzone.h"
#include "ui/errortext.h"
#include "ui/imagespage.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/newsactions.h"
#include "ui/registrypage.h"
#include "ui/remedies.h"
#include "ui/theme.h"
#include "ui/transferspage.h"
#include "ui/uisettings.h"
#include "ui/undonames.h"
#include "ui_mainwindow.h"
#include "workbench/workbench.h"

#include <QMenu>

using namespace Qt::StringLiterals;

// What the commands do that are the window's own, and how those of the pages reach them.
namespace Tagboat {

void MainWindow::connectActions()
{
    const Actions& a = *m_actions;
    for (QAction* action : a.ofPages())
        connect(action, &QAction::triggered, this, [this, action] { runOnPage(action); });
    const ImportListener listener{
        .failed = [this](const ErrorText& text) { m_ui->windowStrip->showError(text); },
        .queued = [this] { showPlace(SidebarModel::Place::Transfers); },
        .quiet = [this] { m_ui->windowStrip->clear(); }};
    connect(a.importArchive, &QAction::triggered, this,
            [this, listener] { openImportDialog(m_workbench, this, listener); });
    connect(new DropZone(this), &DropZone::dropped, this, [this, listener](const QStringList& files) {
        activateWindow(); // the dialog that may follow belongs in front of the file manager
        importFiles(m_workbench, this, files, listener);
    });
    connect(a.undo, &QAction::triggered, this, [this] { undoNames({}); });
    connect(a.nameHistory, &QAction::triggered, this, [this] {
        openNameHistoryDialog(m_workbench, this,
                              currentPage() == m_images ? m_images->currentName() : QString());
    });
    connect(m_images, &ImagesPage::undoWanted, this, &MainWindow::undoNames);
    connect(a.cleanUp, &QAction::triggered, this, [this] { openCleanUpDialog(m_workbench, this); });
    connectNewsActions(a, m_workbench, m_settings, this, [this](const QString& name) {
        showPlace(SidebarModel::Place::Images);
        m_images->showName(name);
    });
    const auto addAccount = [this] {
        openAddAccountDialog(m_workbench, this, {}, [this](const Profile& profile) {
            showPlace(SidebarModel::Place::Registry, profile.id);
        });
    };
    connect(a.addAccount, &QAction::triggered, this, addAccount);
    connect(a.importLogins, &QAction::triggered, this, [this] { openImportLoginsDialog(m_workbench, this); });
    connect(m_ui->sidebar, &Sidebar::addAccountWanted, a.addAccount, &QAction::trigger);
    connect(a.showImages, &QAction::triggered, this, [this] { showPlace(SidebarModel::Place::Images); });
    connect(a.showTransfers, &QAction::triggered, this,
            [this] { showPlace(SidebarModel::Place::Transfers); });
    connect(a.showSidebar, &QAction::toggled, m_ui->sidebar, &QWidget::setVisible);
    m_ui->sidebar->setVisible(a.showSidebar->isChecked());
    connect(a.about, &QAction::triggered, this, [this] { openAboutBox(this); });
    connect(a.quit, &QAction::triggered, this, &QWidget::close);

    connect(a.theme, &QActionGroup::triggered, this, [this](const QAction* chosen) {
        m_settings.setTheme(chosen->data().toString());
        m_theme.setChoice(Theme::fromString(chosen->data().toString()));
    });
    connect(a.language, &QActionGroup::triggered, this, [this](const QAction* chosen) {
        m_settings.setLanguage(chosen->data().toString());
        m_language.setChoice(chosen->data().toString());
    });
    for (QAction* action : a.theme->actions())
        action->setChecked(action->data() == Theme::toString(m_theme.choice()));
    for (QAction* action : a.language->actions())
        action->setChecked(action->data() == m_language.choice());

    connect(m_ui->sidebar, &Sidebar::placeChosen, this,
            [this](SidebarModel::Place place, const QString& profile) {
                switch (place) {
                case SidebarModel::Place::Images:
                    setPage(m_images);
                    break;
                case SidebarModel::Place::Transfers:
                    setPage(m_transfers);
                    break;
                case SidebarModel::Place::Registry:
                    m_registry->setProfile(profile);
                    setPage(m_registry);
                    break;
                default:
                    break;
                }
            });
    connect(m_ui->sidebar, &Sidebar::accountMenuWanted, this,
            [this](const QString& profile, const QPoint& at) {
                m_ui->sidebar->choose(SidebarModel::Place::Registry, profile);
                auto* menu = new QMenu(this);
                menu->setObjectName(u"accountMenu"_s);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                menu->addActions({m_actions->editAccount, m_actions->removeAccount});
                menu->addSeparator();
                menu->addActions({m_actions->openRepository, m_actions->refresh});
                menu->addSeparator();
                menu->addMenu(m_registry->limitMenu());
                menu->popup(at);
            });
    connect(m_ui->windowStrip, &MessageStrip::remedyChosen, this, [this](const Remedy& remedy) {
        m_ui->windowStrip->clear();
        if (remedy.kind == RemedyKind::OpenTransfers)
            showPlace(SidebarModel::Place::Transfers);
        else
            runRemedy(remedy, m_workbench, this, {});
    });
}

void MainWindow::undoNames(const QList<qint64>& ids)
{
    Tagboat::undoNames(m_workbench, this, ids, [this](const ErrorText& text) {
        if (currentPage() == m_images)
            m_images->showError(text);
        else
            m_ui->windowStrip->showError(text);
    });
}

void MainWindow::runOnPage(QAction* action)
{
    if (Page* page = currentPage(); page && page->run(action))
        return;
    if (action == m_actions->pull)
        openPullDialog(m_workbench, this);
}

void MainWindow::updateActions()
{
    const Page* page = currentPage();
    for (QAction* action : m_actions->ofPages())
        action->setEnabled((page && page->canRun(action)) || action == m_actions->pull);
    m_registry->limitMenu()->menuAction()->setEnabled(page == m_registry);
}

} // namespace Tagboat
