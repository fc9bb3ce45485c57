// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/columnmenu.h"

#include "ui/widgettools.h"

#include <QEvent>
#include <QHeaderView>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Tagboat {

ColumnMenu::ColumnMenu(QTreeView* view, int keptColumn, std::function<void()> reset, QWidget* parent)
    : QMenu(parent), m_view(view), m_keptColumn(keptColumn), m_reset(std::move(reset))
{
    QHeaderView* header = view->header();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint& at) { popup(header->viewport()->mapToGlobal(at)); });
    connect(this, &QMenu::aboutToShow, this, &ColumnMenu::fill);
    retranslate();
    fill();
}

void ColumnMenu::fill()
{
    clear();
    const QHeaderView* header = m_view->header();
    const QList<int> unwanted = unwantedColumns(m_view);
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (column == m_keptColumn)
            continue;
        QAction* action =
            addAction(m_view->model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setObjectName(u"column_%1"_s.arg(column));
        action->setCheckable(true);
        action->setChecked(!unwanted.contains(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) { setWanted(column, on); });
    }
    addSeparator();
    QAction* reset = addAction(tr("As at &first"));
    reset->setObjectName(u"resetColumns"_s);
    connect(reset, &QAction::triggered, this, [this] {
        setUnwantedColumns(m_view, {});
        m_reset();
    });
}

void ColumnMenu::setWanted(int column, bool isWanted)
{
    QList<int> unwanted = unwantedColumns(m_view);
    unwanted.removeAll(column);
    if (!isWanted)
        unwanted.append(column);
    setUnwantedColumns(m_view, unwanted);
}

void ColumnMenu::retranslate()
{
    setTitle(tr("&Columns"));
}

void ColumnMenu::changeEvent(QEvent* event)
{
    QMenu::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace Tagboat
