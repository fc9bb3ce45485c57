// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filetext.h"
#include "models/text.h"
#include "ui/actions.h"
#include "ui/comparefilesdialog.h"
#include "ui/errortext.h"
#include "ui/filestabprivate.h"
#include "ui/fileviewdialog.h"
#include "ui/savefile.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include <QKeyEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Tagboat {

QList<const QAction*> FilesTab::actionsOf(const Actions& actions)
{
    return {actions.viewFile,    actions.saveFile,      actions.copyPath,
            actions.expandFiles, actions.collapseFiles, actions.compareFiles};
}

void FilesTab::setActions(const Actions& actions)
{
    d->actions = &actions;
    linkButton(d->ui.viewFileButton, actions.viewFile);
    linkButton(d->ui.saveFileButton, actions.saveFile);
    linkButton(d->ui.compareFilesButton, actions.compareFiles);
}

bool FilesTab::canRun(const QAction* action) const
{
    const Actions& a = *d->actions;
    if (action == a.compareFiles) // that needs no list
        return d->of.has_value() && d->workbench;
    if (!isVisible() || !d->model->tree())
        return false;
    if (action == a.viewFile || action == a.saveFile)
        return d->fileAt(d->ui.filesView->currentPosition()).has_value();
    if (action == a.copyPath)
        return d->ui.filesView->selectionModel()->hasSelection();
    return d->model->arrangement() == FilesModel::Arrangement::Tree && d->model->rowCount() > 0;
}

void FilesTab::run(const QAction* action)
{
    const Actions& a = *d->actions;
    FilesView* view = d->ui.filesView;
    if (action == a.viewFile)
        viewFile(view->currentPosition());
    else if (action == a.saveFile)
        saveFile(view->currentPosition());
    else if (action == a.copyPath)
        copyText(view->selectedPaths());
    else if (action == a.expandFiles)
        view->expandMore();
    else if (action == a.collapseFiles)
        view->collapseMore();
    else if (action == a.compareFiles)
        openCompareFilesDialog(*d->workbench, window(), *d->of);
}

void FilesTab::viewFile(int position)
{
    const auto file = d->fileAt(position);
    if (!file)
        return;
    const FileNode& node = d->model->tree()->node(position);
    openFileViewDialog(*d->workbench, window(), *file, d->title,
                       node.kind == FileNode::Kind::File ? node.size : -1);
}

void FilesTab::saveFile(int position)
{
    const auto file = d->fileAt(position);
    if (!file)
        return;
    openSaveFileDialog(
        *d->workbench, this, *file,
        [this, of = d->of, path = file->path](const QString& toFile, const Result<void>& saved) {
            if (of != d->of)
                return; // the strip is about another image by now
            if (saved) {
                d->ui.filesStrip->showMessage(Tone::Ok, tr("%1 is saved.").arg(u'/' + shownFileName(path)),
                                              toFile);
                return;
            }
            d->retry = nullptr;
            ErrorText text = explain(saved.error(), {.doing = ErrorContext::Doing::Export});
            text.remedies.removeIf([](const Remedy& remedy) { return remedy.kind == RemedyKind::Retry; });
            d->ui.filesStrip->showError(text);
        });
}

void FilesTab::showContextMenu(const QPoint& position)
{
    if (!d->actions)
        return;
    const Actions& a = *d->actions;
    auto* menu = new QMenu(this);
    menu->setObjectName(u"filesMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({a.viewFile, a.saveFile, a.copyPath});
    menu->addSeparator();
    menu->addActions({a.expandFiles, a.collapseFiles});
    menu->addSeparator();
    menu->addAction(a.compareFiles);
    // The menu key asks from the widget's corner; the menu belongs at the row.
    const FilesView* view = d->ui.filesView;
    const QPoint at =
        view->indexAt(position).isValid() ? position : view->visualRect(view->currentIndex()).center();
    menu->popup(view->viewport()->mapToGlobal(at));
}

bool FilesTab::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    QLineEdit* search = d->ui.fileSearch;
    const bool isSearch = watched == search;
    // In here the page's own shortcut means these files.
    const bool isFind = key->matches(QKeySequence::Find);
    const bool isClear = isSearch && key->key() == Qt::Key_Escape && !search->text().isEmpty();
    const bool isToTree = isSearch && (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return);
    if (!isFind && !isClear && !isToTree)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (isFind) {
        search->setFocus(Qt::ShortcutFocusReason);
        search->selectAll();
    } else if (isClear) {
        search->clear();
    } else {
        showTree();
        d->ui.filesView->setFocus(Qt::TabFocusReason);
        if (!d->ui.filesView->currentIndex().isValid())
            d->ui.filesView->setCurrentIndex(d->model->index(0, 0));
    }
    return true;
}

} // namespace Tagboat
