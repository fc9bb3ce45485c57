// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/actions.h"

#include "ui/icons.h"

namespace Tagboat {

Actions::Actions(QObject* parent) : QObject(parent)
{
    const auto key = [](QKeyCombination combination) { return QKeySequence(combination); };
    pull = makePage("actionPull", "pull", key(Qt::CTRL | Qt::Key_D));
    push = makePage("actionPush", "push", key(Qt::CTRL | Qt::Key_U));
    importArchive = make("actionImport", "import", QKeySequence::Open);
    exportArchive = makePage("actionExport", "export", QKeySequence::Save);
    tag = makePage("actionTag", "tag", key(Qt::CTRL | Qt::Key_T));
    removeTag = makePage("actionRemoveTag", "untag", key(Qt::Key_Delete));
    deleteImage = makePage("actionDeleteImage", "delete", key(Qt::SHIFT | Qt::Key_Delete));
    cleanUp = make("actionCleanUp", "cleanup", key(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete));
    copyName = makePage("actionCopyName", "copy", QKeySequence::Copy);
    copyNames = makePage("actionCopyNames", nullptr, key(Qt::CTRL | Qt::ALT | Qt::Key_N));
    copyRows = makePage("actionCopyRows", nullptr, key(Qt::CTRL | Qt::ALT | Qt::Key_R));
    copyId = makePage("actionCopyId", nullptr, key(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    copyDigest = makePage("actionCopyDigest", nullptr, key(Qt::CTRL | Qt::ALT | Qt::Key_C));
    copyPullCommand = makePage("actionCopyPullCommand", nullptr, key(Qt::CTRL | Qt::ALT | Qt::Key_D));
    undo = make("actionUndo", "undo", QKeySequence::Undo);
    nameHistory = make("actionNameHistory", "history", key(Qt::CTRL | Qt::Key_H));
    find = makePage("actionFind", "search", QKeySequence::Find);
    refresh = makePage("actionRefresh", "refresh", key(Qt::Key_F5));
    checkNews = make("actionCheckNews", "radar", key(Qt::Key_F6));
    checkImages = makePage("actionCheckImages", "radar", key(Qt::SHIFT | Qt::Key_F6));
    checkDaily = make("actionCheckDaily", nullptr);
    checkDaily->setCheckable(true);
    showOutdated = make("actionShowOutdated", "warning", key(Qt::Key_F7));
    groupByImage = make("actionGroupByImage", nullptr, key(Qt::CTRL | Qt::Key_G));
    groupByImage->setCheckable(true);
    groupByImage->setChecked(true);
    showDetails = make("actionShowDetails", "details", key(Qt::Key_F11));
    showDetails->setCheckable(true);
    showDetails->setChecked(true);

    viewFile = makePage("actionViewFile", "view", key(Qt::Key_F3));
    saveFile = makePage("actionSaveFile", "export", key(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    copyPath = makePage("actionCopyPath", "copy", key(Qt::CTRL | Qt::ALT | Qt::Key_P));
    expandFiles = makePage("actionExpandFiles", "chevron-down", key(Qt::CTRL | Qt::Key_Plus));
    collapseFiles = makePage("actionCollapseFiles", "chevron-up", key(Qt::CTRL | Qt::Key_Minus));
    compareFiles = makePage("actionCompareFiles", "compare", key(Qt::CTRL | Qt::Key_M));

    addAccount = make("actionAddAccount", "add", QKeySequence::New);
    importLogins = make("actionImportLogins", "import");
    editAccount = makePage("actionEditAccount", "account", key(Qt::CTRL | Qt::Key_E));
    removeAccount = makePage("actionRemoveAccount", "logout");
    openRepository = makePage("actionOpenRepository", "open", key(Qt::CTRL | Qt::SHIFT | Qt::Key_O));

    cancelTransfer = makePage("actionCancelTransfer", "close", key(Qt::CTRL | Qt::Key_Period));
    retryTransfer = makePage("actionRetryTransfer", "retry", key(Qt::CTRL | Qt::Key_R));
    pauseTransfer = makePage("actionPauseTransfer", "pause", key(Qt::CTRL | Qt::Key_P));
    resumeTransfer = makePage("actionResumeTransfer", "resume", key(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    moveTransferTop = makePage("actionMoveTransferTop", "top", key(Qt::ALT | Qt::Key_Home));
    moveTransferUp = makePage("actionMoveTransferUp", "chevron-up", key(Qt::ALT | Qt::Key_Up));
    moveTransferDown = makePage("actionMoveTransferDown", "chevron-down", key(Qt::ALT | Qt::Key_Down));
    pauseAll = makePage("actionPauseAll", "pause");
    resumeAll = makePage("actionResumeAll", "resume");
    clearFinished = makePage("actionClearFinished", "cleanup", key(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    transferDetails = makePage("actionTransferDetails", "info", key(Qt::CTRL | Qt::Key_I));

    showSidebar = make("actionShowSidebar", "sidebar", key(Qt::Key_F9));
    showSidebar->setCheckable(true);
    showSidebar->setChecked(true);
    showImages = make("actionShowImages", "computer", key(Qt::CTRL | Qt::Key_1));
    showTransfers = make("actionShowTransfers", "transfers", key(Qt::CTRL | Qt::Key_2));
    about = make("actionAbout", "info");
    about->setMenuRole(QAction::AboutRole);
    quit = make("actionQuit", "quit", QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);

    theme = new QActionGroup(this);
    themeSystem = makeChoice(theme, "actionThemeSystem", "system");
    themeLight = makeChoice(theme, "actionThemeLight", "light");
    themeDark = makeChoice(theme, "actionThemeDark", "dark");
    language = new QActionGroup(this);
    languageSystem = makeChoice(language, "actionLanguageSystem", "system");
    languageEnglish = makeChoice(language, "actionLanguageEnglish", "en");
    languageKorean = makeChoice(language, "actionLanguageKorean", "ko");
    retranslate();
}

QAction* Actions::make(const char* name, const char* iconName, const QKeySequence& shortcut)
{
    auto* action = new QAction(this);
    action->setObjectName(QLatin1StringView(name));
    if (iconName)
        action->setIcon(icon(QLatin1StringView(iconName)));
    action->setShortcut(shortcut);
    return action;
}

QAction* Actions::makePage(const char* name, const char* iconName, const QKeySequence& shortcut)
{
    QAction* action = make(name, iconName, shortcut);
    m_ofPages.append(action);
    return action;
}

QAction* Actions::makeChoice(QActionGroup* group, const char* name, const char* value)
{
    QAction* action = make(name, nullptr);
    action->setCheckable(true);
    action->setData(QString(QLatin1StringView(value)));
    group->addAction(action);
    return action;
}

void Actions::retranslate()
{
    pull->setText(tr("&Pull…"));
    pull->setToolTip(tr("Fetch an image from a registry"));
    push->setText(tr("Pu&sh…"));
    push->setToolTip(tr("Send the chosen image to a registry"));
    importArchive->setText(tr("&Import…"));
    importArchive->setToolTip(tr("Take images from a docker save or OCI archive"));
    exportArchive->setText(tr("&Export…"));
    exportArchive->setToolTip(tr("Write the chosen image into an archive"));
    tag->setText(tr("&Tag…"));
    tag->setToolTip(tr("Give the chosen image another name"));
    removeTag->setText(tr("&Remove tag…"));
    removeTag->setToolTip(tr("Remove the chosen name; shows first what stays"));
    deleteImage->setText(tr("&Delete image…"));
    deleteImage->setToolTip(tr("Delete the image with all its names; shows first what goes"));
    cleanUp->setText(tr("&Clean up…"));
    cleanUp->setToolTip(tr("Free disk space that no image needs"));
    copyName->setText(tr("Copy &name"));
    copyNames->setText(tr("Copy na&mes"));
    copyRows->setText(tr("Copy ro&ws"));
    copyRows->setToolTip(tr("Copy the chosen rows as they stand there, columns parted by tabs"));
    copyId->setText(tr("Copy image &ID"));
    copyDigest->setText(tr("Copy di&gest"));
    copyPullCommand->setText(tr("Copy pull c&ommand"));
    undo->setText(tr("&Undo change of names"));
    undo->setToolTip(tr("Give names back to the images that had them before the last change"));
    nameHistory->setText(tr("&History of names…"));
    nameHistory->setToolTip(tr("Which image each name meant, and what changed it"));
    find->setText(tr("&Filter"));
    refresh->setText(tr("&Refresh"));
    checkNews->setText(tr("Check for ne&wer images"));
    checkNews->setToolTip(tr("Ask the registries whether images here, or their bases, have moved on there. "
                             "Nothing is pulled."));
    checkImages->setText(tr("Check &this in its registry"));
    checkImages->setToolTip(tr("Ask the registries about the chosen images and their bases only"));
    checkDaily->setText(tr("Check for newer images &once a day"));
    checkDaily->setToolTip(tr("Tells the registries each day which of their images are here; while this is "
                              "off, they are asked only when you say so"));
    showOutdated->setText(tr("&Outdated images…"));
    showOutdated->setToolTip(tr("All images that stand on an outdated base, or are newer in their registry"));
    groupByImage->setText(tr("&Group tags by image"));
    showDetails->setText(tr("&Details"));
    viewFile->setText(tr("&View file"));
    viewFile->setToolTip(tr("Show what is in the chosen file"));
    saveFile->setText(tr("&Save file as…"));
    saveFile->setToolTip(tr("Save the chosen file of the image on this computer"));
    copyPath->setText(tr("Copy &path"));
    expandFiles->setText(tr("&Expand"));
    expandFiles->setToolTip(tr("Open the chosen folder and those in it"));
    collapseFiles->setText(tr("&Collapse"));
    collapseFiles->setToolTip(tr("Close the chosen folder"));
    compareFiles->setText(tr("&Compare with another image…"));
    compareFiles->setToolTip(tr("Show which files differ between this image and another"));
    addAccount->setText(tr("&Add account…"));
    addAccount->setToolTip(tr("Log in to a registry"));
    importLogins->setText(tr("&Take over logins of Docker…"));
    importLogins->setToolTip(tr("Make accounts of the logins that Docker and Podman keep"));
    editAccount->setText(tr("&Edit account…"));
    removeAccount->setText(tr("&Log out…"));
    openRepository->setText(tr("&Open repository…"));
    cancelTransfer->setText(tr("&Cancel"));
    retryTransfer->setText(tr("&Retry"));
    pauseTransfer->setText(tr("&Pause"));
    pauseTransfer->setToolTip(tr("Stop this transfer for now; it keeps its place"));
    resumeTransfer->setText(tr("Re&sume"));
    resumeTransfer->setToolTip(tr("Go on with this transfer"));
    moveTransferTop->setText(tr("Move to &top"));
    moveTransferUp->setText(tr("Move &up"));
    moveTransferDown->setText(tr("Move do&wn"));
    pauseAll->setText(tr("Pause &all"));
    pauseAll->setToolTip(tr("Stop all transfers for now; they keep their places"));
    resumeAll->setText(tr("R&esume all"));
    resumeAll->setToolTip(tr("Go on with all paused transfers"));
    clearFinished->setText(tr("C&lear finished"));
    transferDetails->setText(tr("&Details"));
    showSidebar->setText(tr("&Sidebar"));
    showImages->setText(tr("This &computer"));
    showTransfers->setText(tr("&Transfers"));
    about->setText(tr("&About Tagboat"));
    quit->setText(tr("&Quit"));
    themeSystem->setText(tr("As the &system"));
    themeLight->setText(tr("&Light"));
    themeDark->setText(tr("&Dark"));
    languageSystem->setText(tr("As the &system"));
    // Languages are called by their own names, so that whoever is lost finds the way back.
    languageEnglish->setText(QStringLiteral("English"));
    languageKorean->setText(QStringLiteral("한국어"));
}

} // namespace Tagboat
