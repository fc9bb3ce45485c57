// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/filelayersmodel.h"
#include "models/filesmodel.h"
#include "ui/filestab.h"
#include "ui_filestab.h"
#include "workbench/imagefiles.h"

#include <QTimer>

#include <functional>
#include <optional>

namespace Tagboat {

struct FilesTab::Private
{
    Workbench* workbench = nullptr;
    const Actions* actions = nullptr;
    Ui::FilesTab ui;
    FilesModel* model = nullptr;
    FileLayersModel* layers = nullptr;
    QTimer restTimer, barTimer, searchTimer;

    std::unique_ptr<StoredImage> image;
    int platform = -1;
    QString title;                           //!< what the image is called
    std::optional<FilesOf> of;               //!< whose files are to be shown; none: there are none
    std::optional<FilesOf> reading;          //!< whose listing is under way
    quint64 request = 0;                     //!< number of that listing
    std::shared_ptr<const ImageFiles> files; //!< of `of`; null until read
    std::shared_ptr<const FileSums> sums;    //!< the same
    bool hasFailed = false;                  //!< the strip says why `files` is null
    std::function<void()> retry;             //!< what the strip is about
    int choice = FileLayersModel::WholeImage;
    bool isList = false;      //!< trees are shown as lists
    bool isWastedList = true; //!< the same of what is wasted
    //! How trees were sorted before the wasted files were shown.
    std::optional<std::pair<int, Qt::SortOrder>> sortBefore;

    [[nodiscard]] const QList<StoredLayer>& storedLayers() const;
    [[nodiscard]] FileTreePtr tree() const; //!< of the choice; null where it has none
    [[nodiscard]] FilesModel::Kind kind() const;
    [[nodiscard]] qint64 wastedBytes() const; //!< of the choice
    //! What a row stands for; none where it has nothing that could be read.
    [[nodiscard]] std::optional<FileInImage> fileAt(int position) const;
};

} // namespace Tagboat
