// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "workbench/imagefiles.h"

#include <QDialog>

#include <memory>

class QComboBox;

namespace Tagboat {

class Workbench;
struct Error;

/*!
 * \brief Two images of this computer, file by file: what the one has that the other has not, or has
 * otherwise.
 *
 * Object names: fromBox, fromPlatform, toBox, toPlatform, swapButton, compareSearch, compareListButton,
 * compareChanges (ChangeFilter), compareSums, copyListButton, saveListButton, viewBeforeButton,
 * viewAfterButton, compareView, compareStack (comparePage, waitPage, hintPage), compareHint, compareProgress,
 * cancelCompareButton, strip; saveListDialog, compareMenu.
 */
class CompareFilesDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a from is chosen at first, nothing to compare it with.
    CompareFilesDialog(Workbench& workbench, const FilesOf& from, QWidget* parent);
    ~CompareFilesDialog() override;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void readImages();
    void fillImages(const QList<StoredImage>& images);
    void fillPlatforms(QComboBox* images, QComboBox* platforms, const Platform& wanted);
    void swap();
    void compare();
    void stop();
    void showTree(const FileTreePtr& tree);
    void showHint(const QString& text);
    void showFailure(const Error& error);
    void filter();
    void updateSums();
    void updateControls();
    void view(bool before);
    void copyList();
    void saveList();
    void showContextMenu(const QPoint& position);
    void retranslate();

    struct Private;
    std::unique_ptr<Private> d;
};

//! Opens one beside \a parent and returns at once; it deletes itself.
void openCompareFilesDialog(Workbench& workbench, QWidget* parent, const FilesOf& from);

} // namespace Tagboat
