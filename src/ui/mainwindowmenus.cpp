// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/columnmenu.h"
#include "ui/compressionmenu.h"
#include "ui/icons.h"
#include "ui/imagespage.h"
#include "ui/mainwindow.h"
#include "ui/registrypage.h"
#include "ui/transferspage.h"
#include "ui_mainwindow.h"

#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

void MainWindow::buildMenus()
{
    const Actions& a = *m_actions;
    const auto menu = [this](const char* name, const char* title) {
        QMenu* made = m_ui->menuBar->addMenu(QString());
        made->setObjectName(QLatin1StringView(name));
        made->setToolTipsVisible(true);
        m_menus.append({made, title});
        return made;
    };
    const auto separator = [](QMenu* menu) { menu->addSeparator(); };

    QMenu* file = menu("menuFile", QT_TR_NOOP("&File"));
    file->addActions({a.importArchive, a.exportArchive});
    separator(file);
    file->addAction(a.cleanUp);
    separator(file);
    file->addAction(a.quit);

    QMenu* edit = menu("menuEdit", QT_TR_NOOP("&Edit"));
    edit->addActions({a.undo, a.nameHistory});
    separator(edit);
    edit->addAction(a.copyName);

    QMenu* image = menu("menuImage", QT_TR_NOOP("&Image"));
    image->addActions({a.pull, a.push});
    separator(image);
    image->addActions({a.tag, a.removeTag, a.deleteImage});
    separator(image);
    image->addActions({a.checkNews, a.checkImages});
    separator(image);
    image->addActions({a.copyName, a.copyNames, a.copyRows, a.copyId, a.copyDigest, a.copyPullCommand});

    separator(image);
    QMenu* files = image->addMenu(QString());
    files->setObjectName(u"menuFiles"_s);
    files->setToolTipsVisible(true);
    files->addActions({a.viewFile, a.saveFile, a.copyPath});
    separator(files);
    files->addActions({a.expandFiles, a.collapseFiles});
    m_menus.append({files, QT_TR_NOOP("&Files inside")});
    image->addAction(a.compareFiles);

    QMenu* registry = menu("menuRegistry", QT_TR_NOOP("&Registry"));
    registry->addActions({a.addAccount, a.importLogins, a.editAccount, a.removeAccount});
    separator(registry);
    registry->addAction(a.openRepository);
    separator(registry);
    registry->addMenu(m_registry->limitMenu());

    QMenu* transfer = menu("menuTransfer", QT_TR_NOOP("&Transfer"));
    transfer->addActions({a.pauseTransfer, a.resumeTransfer, a.cancelTransfer, a.retryTransfer});
    separator(transfer);
    transfer->addActions({a.moveTransferTop, a.moveTransferUp, a.moveTransferDown});
    separator(transfer);
    for (QMenu* limit : m_transfers->limitMenus())
        transfer->addMenu(limit);
    separator(transfer);
    transfer->addActions({a.pauseAll, a.resumeAll, a.transferDetails});
    separator(transfer);
    transfer->addAction(a.clearFinished);

    QMenu* view = menu("menuView", QT_TR_NOOP("&View"));
    view->addActions({a.showImages, a.showTransfers, a.showOutdated});
    separator(view);
    view->addActions({a.showSidebar, a.showDetails, a.groupByImage});
    view->addMenu(m_images->columnMenu());
    separator(view);
    view->addActions({a.find, a.refresh});

    QMenu* settings = menu("menuSettings", QT_TR_NOOP("&Settings"));
    QMenu* theme = settings->addMenu(icon(u"theme"_s), QString());
    theme->setObjectName(u"menuTheme"_s);
    theme->addActions(a.theme->actions());
    m_menus.append({theme, QT_TR_NOOP("&Theme")});
    QMenu* language = settings->addMenu(icon(u"language"_s), QString());
    language->setObjectName(u"menuLanguage"_s);
    language->addActions(a.language->actions());
    m_menus.append({language, QT_TR_NOOP("&Language")});
    settings->addMenu(new CompressionMenu(m_workbench, this));
    separator(settings);
    settings->addAction(a.checkDaily);

    QMenu* help = menu("menuHelp", QT_TR_NOOP("&Help"));
    help->addAction(a.about);

    // Shortcuts work while the menu bar is hidden or a menu was never opened.
    for (QAction* action : m_actions->findChildren<QAction*>())
        addAction(action);
}

void MainWindow::buildStatusBar()
{
    m_transfersStatus = new QToolButton(this);
    m_transfersStatus->setObjectName(u"transfersStatus"_s);
    m_transfersStatus->setAutoRaise(true);
    m_transfersStatus->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_transfersStatus->setIcon(icon(u"transfers"_s));
    connect(m_transfersStatus, &QToolButton::clicked, m_actions->showTransfers, &QAction::trigger);
    m_diskStatus = new QLabel(this);
    m_diskStatus->setObjectName(u"diskStatus"_s);
    m_diskStatus->setMargin(fontMetrics().averageCharWidth());
    m_choiceStatus = new QLabel(this);
    m_choiceStatus->setObjectName(u"choiceStatus"_s);
    m_choiceStatus->setMargin(fontMetrics().averageCharWidth());
    connect(m_images, &ImagesPage::choiceChanged, m_choiceStatus, &QLabel::setText);
    m_ui->statusBar->addWidget(m_transfersStatus);
    m_ui->statusBar->addWidget(m_choiceStatus);
    m_ui->statusBar->addPermanentWidget(m_diskStatus);
}

} // namespace Tagboat
