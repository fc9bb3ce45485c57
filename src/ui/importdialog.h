// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "store/imagestore.h"

#include <QDialog>

#include <functional>
#include <memory>

class QTreeWidgetItem;

namespace Tagboat {

class Workbench;

//! An archive that was looked into.
struct InspectedArchive
{
    QString file;
    ArchiveContents contents;
};

/*!
 * \brief What lies in archives that hold several images, or one whose names need a decision: which to take,
 * and under which names.
 *
 * \a queued follows once the imports are jobs. Widgets: imageList (a row an archive, its images below),
 * renameButton, allButton, noneButton, strip, importButton.
 */
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a here: what is on this computer, for "moves the name from another image".
    ImportDialog(Workbench& workbench, const QList<InspectedArchive>& archives,
                 const QList<StoredImage>& here, std::function<void()> queued, QWidget* parent);
    ~ImportDialog() override;

    void accept() override;

private:
    void fill();
    void check();
    void rename();
    void chooseAll(bool chosen);
    void showState(QTreeWidgetItem* row, const ArchivedImage& image, QStringList* broken);
    void queue(QList<qsizetype> archives);
    [[nodiscard]] QList<ChosenImage> chosenOf(qsizetype archive) const;

    struct Private;
    std::unique_ptr<Private> d;
};

//! Whether an import needs no question: one image with names of its own, none of which another image has
//! here.
[[nodiscard]] bool isPlainImport(const ArchiveContents& contents, const QList<StoredImage>& here);

} // namespace Tagboat
