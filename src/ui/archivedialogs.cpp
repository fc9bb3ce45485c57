// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/archivedialogs.h"

#include "ui/exportdialog.h"
#include "ui/importcheck.h"

#include <QCoreApplication>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct ArchiveWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Archives)
};

} // namespace

void openExportDialog(Workbench& workbench, QWidget* parent, const QList<StoredImage>& images,
                      const QString& name)
{
    auto* const dialog = new ExportDialog(workbench, images, name, parent);
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void openImportDialog(Workbench& workbench, QWidget* parent, const ImportListener& listener)
{
    auto* dialog = new QFileDialog(parent, ArchiveWords::tr("Import"));
    dialog->setObjectName(u"importDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {ArchiveWords::tr("Image archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.tar.bz2)"),
         ArchiveWords::tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [&workbench, parent, listener](const QStringList& files) {
                         importFiles(workbench, parent, files, listener);
                     });
    dialog->open();
}

void importFiles(Workbench& workbench, QWidget* parent, const QStringList& files,
                 const ImportListener& listener)
{
    new ImportCheck(workbench, parent, files, listener);
}

} // namespace Tagboat
