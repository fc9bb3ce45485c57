// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QHash>
#include <QWidget>

#include <memory>

class QAction;

namespace Tagboat {

class Actions;
class Workbench;
struct Error;
struct ImageFiles;
struct Remedy;

/*!
 * \brief The Files tab of an image's details: all files of the image, or what one of its layers did.
 *
 * Reads nothing before it is seen. What it is asked to list the first time takes as long as its layers take
 * to read; that goes on behind a bar with a Cancel button, and ends when another image is chosen.
 *
 * Object names: layerChooser (a table, or layerBox where there is no room for it), fileSearch, listButton,
 * changes (ChangeFilter), fileSums, wastedButton, viewFileButton, saveFileButton, compareFilesButton,
 * filesStrip, filesStack (readyPage, waitPage, hintPage), treeStack (filesView, treeHintPage), filesProgress,
 * progressText, cancelListingButton, treeHint, filesHint; filesMenu, saveFileDialog.
 */
class FilesTab : public QWidget
{
    Q_OBJECT

public:
    explicit FilesTab(QWidget* parent = nullptr);
    ~FilesTab() override;

    void setWorkbench(Workbench* workbench);
    //! Those that it runs, for its buttons and context menu.
    void setActions(const Actions& actions);
    //! Null: nothing is chosen. \a platform: position in its platforms; -1: none. \a titles names the store's
    //! images by ID. Nothing is read before the tab is seen.
    void setImage(const StoredImage* image, int platform, const QHash<Digest, QString>& titles);
    void retranslate();

    //! The commands that it knows.
    [[nodiscard]] static QList<const QAction*> actionsOf(const Actions& actions);
    [[nodiscard]] bool canRun(const QAction* action) const;
    void run(const QAction* action);

Q_SIGNALS:
    void actionStatesChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void load();
    void stopLoading();
    void cancelLoading();
    void showWaiting();
    void showHint(const QString& text);
    void showFailure(const Error& error);
    void showFiles(std::shared_ptr<const ImageFiles> files);
    void runRemedyHere(const Remedy& remedy);
    void choose(int choice); //!< of FileLayersModel
    void showTree();
    void showProblems();
    void showWastedFiles();
    void updateSums();
    void updateControls();
    void updateActionsSoon();
    void updateWidth();
    void showContextMenu(const QPoint& position);
    void viewFile(int position);
    void saveFile(int position);
    void compare();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
