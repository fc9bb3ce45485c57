// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/sidebarmodel.h"
#include "models/transfersummary.h"
#include "store/imagestore.h"
#include "ui/actions.h"

#include <QHash>
#include <QMainWindow>

#include <memory>

class QLabel;
class QToolButton;

namespace Ui {
class MainWindow;
}

namespace Tagboat {

class ImagesPage;
class Language;
class Page;
class RegistryConnections;
class RegistryPage;
class Theme;
class TransfersPage;
class UiSettings;
class Workbench;

/*!
 * \brief The window: menus, sidebar, pages, status bar, and what belongs to none of the pages.
 *
 * Object names: sidebar, pages (imagesPage, registryPage, transfersPage), windowStrip, transfersStatus,
 * diskStatus; menus menuFile, menuImage, menuRegistry, menuTransfer, menuView, menuSettings, menuHelp;
 * actions as listed in ui/actions.h. An archive dropped anywhere on it is imported.
 */
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Workbench& workbench, UiSettings& settings, Theme& theme, Language& language,
               QString dataDirectory);
    ~MainWindow() override;

    [[nodiscard]] Actions& actions() { return *m_actions; }
    void showPlace(SidebarModel::Place place, const QString& profileId = {});
    //! Quits without asking, as at the end of a desktop session.
    void quitNow();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildMenus();
    void buildStatusBar();
    void connectActions();
    void connectWorkbench();
    void retranslate();
    void setPage(Page* page);
    [[nodiscard]] Page* currentPage() const;
    void runOnPage(QAction* action);
    void updateActions();
    void updateProfiles();
    void updateTransfers();
    void updateDisk(const DiskUsage& usage);
    void askBeforeClosing();
    void showFailure(const JobSnapshot& job);
    void showInterrupted(int transfers);
    void undoNames(const QList<qint64>& ids);
    void restore();
    void save();

    std::unique_ptr<Ui::MainWindow> m_ui;
    Workbench& m_workbench;
    UiSettings& m_settings;
    Theme& m_theme;
    Language& m_language;
    QString m_dataDirectory;
    Actions* m_actions;
    SidebarModel* m_places;
    RegistryConnections* m_connections;
    ImagesPage* m_images;
    RegistryPage* m_registry;
    TransfersPage* m_transfers;
    QToolButton* m_transfersStatus;
    QLabel* m_diskStatus;
    QLabel* m_choiceStatus;
    QList<std::pair<QMenu*, const char*>> m_menus; //!< with their source texts
    TransferSummary m_summary;
    DiskUsage m_usage;
    QString m_wantedProfile; //!< to be shown as soon as it is in the list
    bool m_mayClose = false;
};

} // namespace Tagboat
