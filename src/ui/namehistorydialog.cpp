// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/namehistorydialog.h"

#include "models/namehistorymodel.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/itemdelegate.h"
#include "ui/undonames.h"
#include "ui/widgettools.h"
#include "ui_namehistorydialog.h"
#include "workbench/workbench.h"

#include <QAction>
#include <QHeaderView>
#include <QPushButton>
#include <QSortFilterProxyModel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct NameHistoryDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    Workbench& workbench;
    Ui::NameHistoryDialog ui;
    NameHistoryModel* model = nullptr;
    QSortFilterProxyModel* proxy = nullptr;
    QPushButton* undoButton = nullptr;
    QAction* undoAction = nullptr;

    //! Newest first, as they are undone.
    [[nodiscard]] QList<NameMove> chosen() const
    {
        QList<NameMove> moves;
        for (const QModelIndex& row : ui.historyView->selectionModel()->selectedRows())
            moves.append(*model->move(proxy->mapToSource(row)));
        std::ranges::sort(moves, std::ranges::greater(), &NameMove::id);
        return moves;
    }
};

NameHistoryDialog::NameHistoryDialog(Workbench& workbench, const QString& name, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->ui.setupUi(this);
    d->model = new NameHistoryModel(this);
    d->proxy = new QSortFilterProxyModel(this);
    d->proxy->setSourceModel(d->model);
    d->proxy->setFilterKeyColumn(NameHistoryModel::Name);
    d->proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    d->ui.historyView->setModel(d->proxy);
    d->ui.historyView->setItemDelegate(new ItemDelegate(d->ui.historyView));
    setColumnWidths(d->ui.historyView->header(), {14, 40, 15, 15, 27, 21});
    stretchColumn(d->ui.historyView, NameHistoryModel::Name, 34);
    makeCopyable(d->ui.historyView);
    makeMuted(d->ui.reasonLabel);
    d->ui.historyFilter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    d->undoButton = d->ui.buttons->addButton(tr("Undo"), QDialogButtonBox::ActionRole);
    d->undoButton->setObjectName(u"undoButton"_s);
    setPrimary(d->undoButton);
    d->undoButton->setIcon(iconOnAccent(u"undo"_s));
    d->undoAction = new QAction(icon(u"undo"_s), tr("&Undo these changes"), this);
    d->undoAction->setShortcut(QKeySequence::Undo);
    addAction(d->undoAction);
    d->ui.historyView->addAction(d->undoAction);
    const QFontMetrics metrics = fontMetrics();
    resize(metrics.averageCharWidth() * 145, metrics.height() * 28);

    connect(d->ui.historyFilter, &QLineEdit::textChanged, d->proxy,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(d->ui.historyView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &NameHistoryDialog::update);
    connect(d->proxy, &QAbstractItemModel::dataChanged, this, &NameHistoryDialog::update);
    connect(d->undoButton, &QPushButton::clicked, this, &NameHistoryDialog::undo);
    connect(d->undoAction, &QAction::triggered, this, &NameHistoryDialog::undo);
    connect(&workbench, &Workbench::storeChanged, this, &NameHistoryDialog::load);
    connect(&workbench, &Workbench::namesMoved, this, &NameHistoryDialog::load);
    if (!name.isEmpty())
        d->ui.historyFilter->setText(familiarName(name));
    d->ui.historyView->setFocus();
    load();
    update();
}

NameHistoryDialog::~NameHistoryDialog() = default;

void NameHistoryDialog::load()
{
    d->workbench.nameHistory().then(this, [this](const Result<NameHistory>& history) {
        if (!history) {
            d->ui.strip->showError(explain(history.error(), {.doing = ErrorContext::Doing::Open}));
            return;
        }
        d->model->setHistory(*history);
        update();
    });
}

void NameHistoryDialog::update()
{
    const QList<NameMove> chosen = d->chosen();
    NamesNow now = d->model->now();
    int possible = 0;
    QStringList reasons;
    for (const NameMove& move : chosen) {
        const UndoState state = now.stateOf(move);
        if (state == UndoState::Possible) {
            now.undo(move);
            ++possible;
        } else {
            reasons.append(undoReason(move, state));
        }
    }
    reasons.removeDuplicates();
    const QString more = reasons.size() > 3 ? u"\n…"_s : QString();
    d->ui.reasonLabel->setText(
        d->model->rowCount() == 0
            ? tr("No name on this computer was changed yet.")
            : QString(reasons.first(qMin<qsizetype>(3, reasons.size())).join(u'\n') + more));
    d->ui.reasonLabel->setVisible(!d->ui.reasonLabel->text().isEmpty());
    d->undoButton->setText(possible > 1 ? tr("Undo %n changes", nullptr, possible) : tr("Undo"));
    d->undoButton->setEnabled(possible > 0);
    d->undoAction->setEnabled(possible > 0);
}

void NameHistoryDialog::undo()
{
    QList<qint64> ids;
    for (const NameMove& move : d->chosen())
        ids.append(move.id);
    if (ids.isEmpty())
        return;
    d->undoButton->setEnabled(false);
    d->undoAction->setEnabled(false);
    undoNames(d->workbench, this, ids, [this](const ErrorText& text) {
        d->ui.strip->showError(text);
        load();
    });
}

void openNameHistoryDialog(Workbench& workbench, QWidget* parent, const QString& name)
{
    auto* dialog = new NameHistoryDialog(workbench, name, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
