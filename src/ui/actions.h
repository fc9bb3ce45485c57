// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QActionGroup>
#include <QObject>

namespace Tagboat {

/*!
 * \brief Every command of the window as a QAction, with its words, icon and shortcut.
 *
 * The window puts them into menus; pages say which ones they can run (Page::bind), and a command of a page
 * that is not shown is disabled, so that one shortcut may mean "remove the tag" on every page. Object names,
 * for tests and the demo:
 *
 * actionPull actionPush actionImport actionExport actionTag actionRemoveTag actionDeleteImage actionCleanUp
 * actionCopyName actionCopyNames actionCopyRows actionUndo actionNameHistory
 * actionCopyId actionCopyDigest actionCopyPullCommand actionFind actionRefresh
 * actionCheckNews actionCheckImages actionCheckDaily actionShowOutdated
 * actionGroupByImage actionShowDetails actionShowSidebar actionShowImages actionShowTransfers
 * actionViewFile actionSaveFile actionCopyPath actionExpandFiles actionCollapseFiles actionCompareFiles
 * actionAddAccount actionImportLogins actionEditAccount actionRemoveAccount actionOpenRepository
 * actionCancelTransfer actionRetryTransfer actionPauseTransfer actionResumeTransfer actionMoveTransferTop
 * actionMoveTransferUp actionMoveTransferDown actionPauseAll actionResumeAll actionClearFinished
 * actionTransferDetails actionThemeSystem actionThemeLight actionThemeDark actionLanguageSystem
 * actionLanguageEnglish actionLanguageKorean actionAbout actionQuit
 */
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject* parent = nullptr);
    void retranslate();
    //! Those that act on what a page shows; enabled by the window from Page::canRun().
    [[nodiscard]] const QList<QAction*>& ofPages() const { return m_ofPages; }

    // Images, here or in a registry.
    QAction *pull, *push, *importArchive, *exportArchive, *tag, *removeTag, *deleteImage, *cleanUp;
    QAction *copyName, *copyNames, *copyRows, *copyId, *copyDigest, *copyPullCommand;
    QAction *undo, *nameHistory;
    QAction *find, *refresh, *groupByImage, *showDetails;
    // Newer images in registries: of all images, of those chosen; once a day by itself.
    QAction *checkNews, *checkImages, *checkDaily, *showOutdated;
    // Files inside an image.
    QAction *viewFile, *saveFile, *copyPath, *expandFiles, *collapseFiles, *compareFiles;
    // Accounts and repositories.
    QAction *addAccount, *importLogins, *editAccount, *removeAccount, *openRepository;
    // Transfers.
    QAction *pauseTransfer, *resumeTransfer, *cancelTransfer, *retryTransfer, *transferDetails;
    QAction *moveTransferTop, *moveTransferUp, *moveTransferDown;
    QAction *pauseAll, *resumeAll, *clearFinished;
    // The window.
    QAction *showSidebar, *showImages, *showTransfers, *about, *quit;
    QActionGroup *theme, *language; //!< data(): "system", "light", "dark"; "system", "en", "ko"
    QAction *themeSystem, *themeLight, *themeDark, *languageSystem, *languageEnglish, *languageKorean;

private:
    QAction* make(const char* name, const char* icon, const QKeySequence& shortcut = {});
    QAction* makePage(const char* name, const char* icon, const QKeySequence& shortcut = {});
    QAction* makeChoice(QActionGroup* group, const char* name, const char* value);
    QList<QAction*> m_ofPages;
};

} // namespace Tagboat
