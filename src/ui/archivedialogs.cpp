// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/archivedialogs.h"

#include "models/imagenames.h"
#include "workbench/workbench.h"

#include <QCoreApplication>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct ArchiveWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Archives)
};

//! A file name that every system takes: "alice_ui_v1.tar".
QString proposedFile(const QList<StoredImage>& images, const QString& name)
{
    if (images.size() != 1)
        return u"images.tar"_s;
    QString base = name.isEmpty() ? imageTitle(images.front()) : ShownName::of(name).familiar;
    for (const QChar c : u"/:@\\"_s)
        base.replace(c, u'_');
    return base + u".tar"_s;
}

ErrorContext contextOf(ErrorContext::Doing doing)
{
    return {.doing = doing};
}

} // namespace

void openExportDialog(Workbench& workbench, QWidget* parent, const QList<StoredImage>& images,
                      const QString& name, std::function<void(const ErrorText&)> failed)
{
    QList<ExportItem> items;
    for (const StoredImage& image : images)
        items.append({image.target, images.size() == 1 && !name.isEmpty() ? QStringList{name} : image.names});
    const QString docker = ArchiveWords::tr("Docker archive, for docker load (*.tar *.tar.gz)");
    const QString oci = ArchiveWords::tr("OCI archive, all platforms (*.tar *.tar.gz)");

    auto* dialog = new QFileDialog(parent, ArchiveWords::tr("Export"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({docker, oci});
    dialog->setDefaultSuffix(u"tar"_s);
    dialog->selectFile(proposedFile(images, name));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [&workbench, parent, dialog, items, oci, failed](const QString& file) {
                         ExportRequest request;
                         request.items = items;
                         request.file = file;
                         request.format = dialog->selectedNameFilter() == oci ? ArchiveFormat::OciArchive
                                                                              : ArchiveFormat::DockerArchive;
                         workbench.exportImages(request).then(parent, [failed](const Result<QString>& job) {
                             if (!job)
                                 failed(explain(job.error(), contextOf(ErrorContext::Doing::Export)));
                         });
                     });
    dialog->open();
}

void openImportDialog(Workbench& workbench, QWidget* parent, std::function<void(const ErrorText&)> failed)
{
    auto* dialog = new QFileDialog(parent, ArchiveWords::tr("Import"));
    dialog->setObjectName(u"importDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {ArchiveWords::tr("Image archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.tar.bz2)"),
         ArchiveWords::tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [&workbench, parent, failed](const QStringList& files) {
                         importFiles(workbench, parent, files, failed);
                     });
    dialog->open();
}

void importFiles(Workbench& workbench, QWidget* context, const QStringList& files,
                 const std::function<void(const ErrorText&)>& failed)
{
    for (const QString& file : files) {
        workbench.import({file, {}}).then(context, [failed](const Result<QString>& job) {
            if (!job)
                failed(explain(job.error(), contextOf(ErrorContext::Doing::Import)));
        });
    }
}

} // namespace Tagboat
