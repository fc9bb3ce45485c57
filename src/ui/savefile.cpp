// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savefile.h"

#include "models/filetext.h"
#include "workbench/workbench.h"

#include <QCoreApplication>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct SaveWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::SaveFile)
};

} // namespace

QString proposedFileName(const QString& path)
{
    QString name = shownFileName(path.section(u'/', -1));
    for (const QChar c : u"\\/:*?\"<>|"_s)
        name.replace(c, u'_');
    return name.isEmpty() ? u"file"_s : name;
}

void openSaveFileDialog(Workbench& workbench, QWidget* parent, const FileInImage& file,
                        std::function<void(const QString&, const Result<void>&)> then)
{
    auto* dialog = new QFileDialog(parent, SaveWords::tr("Save file as"));
    dialog->setObjectName(u"saveFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({SaveWords::tr("All files (*)")});
    dialog->selectFile(proposedFileName(file.path));
    QObject::connect(
        dialog, &QFileDialog::fileSelected, parent,
        [&workbench, parent, file, then = std::move(then)](const QString& toFile) {
            workbench.saveFile(file, toFile).then(parent, [toFile, then](const Result<void>& saved) {
                then(toFile, saved);
            });
        });
    dialog->open();
}

} // namespace Tagboat
