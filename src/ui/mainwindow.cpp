// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow.h"

#include "models/text.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/imagespage.h"
#include "ui/registryconnections.h"
#include "ui/registrypage.h"
#include "ui/transferspage.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "ui_mainwindow.h"
#include "workbench/workbench.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStorageInfo>
#include <QThreadPool>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

MainWindow::MainWindow(Workbench& workbench, UiSettings& settings, Theme& theme, Language& language,
                       QString dataDirectory)
    : m_ui(std::make_unique<Ui::MainWindow>()), m_workbench(workbench), m_settings(settings), m_theme(theme),
      m_language(language), m_dataDirectory(std::move(dataDirectory)), m_actions(new Actions(this)),
      m_places(new SidebarModel(this)), m_connections(new RegistryConnections(workbench, *m_places, this))
{
    m_ui->setupUi(this);
    setWindowIcon(appIcon());
    m_actions->groupByImage->setChecked(settings.flag(u"images/grouped"_s, true));
    m_actions->showDetails->setChecked(settings.flag(u"images/details"_s, true));
    m_actions->showSidebar->setChecked(settings.flag(u"window/sidebar"_s, true));

    m_images = new ImagesPage(workbench, *m_actions, settings);
    m_registry = new RegistryPage(workbench, *m_actions, settings);
    m_transfers = new TransfersPage(workbench, *m_actions, settings);
    m_images->setObjectName(u"imagesPage"_s);
    m_registry->setObjectName(u"registryPage"_s);
    m_transfers->setObjectName(u"transfersPage"_s);
    for (Page* page :
         {static_cast<Page*>(m_images), static_cast<Page*>(m_registry), static_cast<Page*>(m_transfers)}) {
        m_ui->pages->addWidget(page);
        connect(page, &Page::actionStatesChanged, this, &MainWindow::updateActions);
    }
    connect(m_registry, &RegistryPage::answered, m_connections, &RegistryConnections::showStatus);
    connect(m_registry, &RegistryPage::failed, m_connections, &RegistryConnections::showError);
    m_ui->sidebar->setSidebarModel(m_places);
    m_ui->mainSplitter->setStretchFactor(0, 0);
    m_ui->mainSplitter->setStretchFactor(1, 1);

    buildMenus();
    buildStatusBar();
    connectActions();
    connectWorkbench();
    retranslate();
    restore();
    updateProfiles();
    m_ui->sidebar->choose(SidebarModel::Place::Images);
    updateActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::connectWorkbench()
{
    connect(m_images, &ImagesPage::usageChanged, this, &MainWindow::updateDisk);
    connect(&m_workbench, &Workbench::profilesChanged, this, &MainWindow::updateProfiles);
    connect(&m_workbench, &Workbench::openFailed, this, [this](const Error& error) {
        ErrorText text = explain(error, {.doing = ErrorContext::Doing::Open});
        text.remedies.clear(); // nothing can be tried again without the folder
        m_ui->windowStrip->showError(text);
    });
    connect(&m_workbench, &Workbench::opened, this, [this] {
        updateProfiles();
        m_workbench.jobs().then(this, [this](const Result<QList<JobSnapshot>>& jobs) {
            if (!jobs)
                return;
            for (const JobSnapshot& job : *jobs)
                m_summary.update(job);
            updateTransfers();
        });
    });
    connect(m_transfers, &TransfersPage::interruptedFound, this, &MainWindow::showInterrupted);
    showInterrupted(m_transfers->interrupted()); // the page may have been answered while it was made
    connect(&m_workbench, &Workbench::jobChanged, this, [this](const JobSnapshot& job) {
        m_summary.update(job);
        updateTransfers();
    });
    connect(&m_workbench, &Workbench::jobFinished, this, [this](const JobSnapshot& job) {
        m_summary.update(job);
        updateTransfers();
        if (job.state == JobState::Failed && currentPage() != m_transfers)
            showFailure(job);
    });
    connect(&m_workbench, &Workbench::jobRemoved, this, [this](const QString& id) {
        m_summary.remove(id);
        updateTransfers();
    });
}

void MainWindow::showInterrupted(int transfers)
{
    if (transfers == 0 || currentPage() == m_transfers)
        return;
    m_ui->windowStrip->showMessage(
        Tone::Info, tr("%n transfer(s) were interrupted when Tagboat was closed.", nullptr, transfers), {},
        {{RemedyKind::OpenTransfers, tr("Show in Transfers")}});
}

void MainWindow::showFailure(const JobSnapshot& job)
{
    if (!job.error)
        return;
    const ErrorText text = explain(*job.error, contextOf(job));
    // The card on the Transfers page has the remedies: they belong to the job.
    m_ui->windowStrip->showMessage(text.tone, u"%1: %2"_s.arg(job.image, text.title), {},
                                   {{RemedyKind::OpenTransfers, tr("Show in Transfers")}});
}

Page* MainWindow::currentPage() const
{
    return qobject_cast<Page*>(m_ui->pages->currentWidget());
}

void MainWindow::setPage(Page* page)
{
    if (page == m_transfers)
        m_ui->windowStrip->clear();
    if (page == currentPage() && page != m_registry)
        return;
    m_ui->pages->setCurrentWidget(page);
    m_choiceStatus->setVisible(page == m_images);
    // The keyboard stays in the sidebar while somebody walks through it.
    if (!m_ui->sidebar->hasFocus())
        page->activated();
    updateActions();
}

void MainWindow::showPlace(SidebarModel::Place place, const QString& profileId)
{
    if (place == SidebarModel::Place::Registry && !m_places->indexOf(place, profileId).isValid()) {
        m_wantedProfile = profileId; // comes with profilesChanged
        return;
    }
    m_ui->sidebar->choose(place, profileId);
}

void MainWindow::updateProfiles()
{
    const auto profiles = m_workbench.profiles();
    const QModelIndex current = m_ui->sidebar->currentIndex();
    const QString shown = current.data(SidebarModel::ProfileId).toString();
    m_places->setProfiles(profiles);
    m_connections->update(profiles);
    const bool gone = !shown.isEmpty() && !m_places->indexOf(SidebarModel::Place::Registry, shown).isValid();
    if (!m_wantedProfile.isEmpty()
        && m_places->indexOf(SidebarModel::Place::Registry, m_wantedProfile).isValid())
        m_ui->sidebar->choose(SidebarModel::Place::Registry, std::exchange(m_wantedProfile, {}));
    else if (gone)
        m_ui->sidebar->choose(SidebarModel::Place::Images);
}

void MainWindow::updateTransfers()
{
    m_places->setTransfers(m_summary.running(), m_summary.progress(), m_summary.paused());
    m_transfersStatus->setText(m_summary.text());
    m_transfersStatus->setAccessibleName(m_summary.text());
}

void MainWindow::updateDisk(const DiskUsage& usage)
{
    m_usage = usage;
    m_places->setImageCount(usage.images);
    // A folder on a network may be slow to answer, so another thread asks.
    QtFuture::makeReadyVoidFuture()
        .then(QThreadPool::globalInstance(),
              [folder = m_dataDirectory] { return QStorageInfo(folder).bytesAvailable(); })
        .then(this, [this](qint64 available) {
            m_diskStatus->setText(
                available < 0
                    ? tr("%1 used").arg(formatBytes(m_usage.total))
                    : tr("%1 used · %2 free").arg(formatBytes(m_usage.total), formatBytes(available)));
        });
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_settings.state(u"window/geometry"_s))) {
        const int unit = fontMetrics().averageCharWidth();
        resize(unit * 170, fontMetrics().height() * 44);
    }
    const QByteArray splitter = m_settings.state(u"window/splitter"_s);
    if (splitter.isEmpty() || !m_ui->mainSplitter->restoreState(splitter))
        m_ui->mainSplitter->setSizes({m_ui->sidebar->sizeHint().width(), width()});
}

void MainWindow::save()
{
    m_settings.setState(u"window/geometry"_s, saveGeometry());
    m_settings.setState(u"window/splitter"_s, m_ui->mainSplitter->saveState());
    m_settings.setFlag(u"window/sidebar"_s, m_actions->showSidebar->isChecked());
    m_settings.setFlag(u"images/grouped"_s, m_actions->groupByImage->isChecked());
    m_settings.setFlag(u"images/details"_s, m_actions->showDetails->isChecked());
    m_images->saveState();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_summary.running() > 0 && !m_mayClose) {
        event->ignore();
        askBeforeClosing();
        return;
    }
    save();
    event->accept();
    // Dialogs are windows too; none may keep a program alive whose main window is gone.
    QCoreApplication::quit();
}

void MainWindow::quitNow()
{
    m_mayClose = true;
    close();
}

void MainWindow::askBeforeClosing()
{
    auto* box =
        new QMessageBox(QMessageBox::Question, tr("Quit Tagboat"),
                        tr("%n transfer(s) still running. Quit and stop them?", nullptr, m_summary.running()),
                        QMessageBox::NoButton, this);
    box->setObjectName(u"quitBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What is complete is kept; nothing half-written is left behind."));
    QPushButton* stop = box->addButton(tr("Stop and quit"), QMessageBox::AcceptRole);
    box->addButton(tr("Keep running"), QMessageBox::RejectRole);
    connect(stop, &QPushButton::clicked, this, &MainWindow::quitNow);
    box->open();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void MainWindow::retranslate()
{
    m_ui->retranslateUi(this);
    m_actions->retranslate();
    for (const auto& [menu, title] : std::as_const(m_menus))
        menu->setTitle(tr(title));
    m_places->retranslate();
    m_connections->retranslate();
    m_transfersStatus->setToolTip(tr("Show transfers"));
    updateTransfers();
    if (m_images->isLoaded())
        updateDisk(m_usage);
}

} // namespace Tagboat
