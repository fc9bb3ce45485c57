// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sidebar.h"

#include "ui/colors.h"
#include "ui/sidebardelegate.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace Tagboat {

Sidebar::Sidebar(QWidget* parent) : QTreeView(parent)
{
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setIndentation(0);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    setItemDelegate(new SidebarDelegate(this));
}

void Sidebar::setSidebarModel(SidebarModel* model)
{
    m_model = model;
    setModel(model);
    expandAll();
}

bool Sidebar::isAddAccount(const QModelIndex& index) const
{
    return m_model && m_model->place(index) == SidebarModel::Place::AddAccount;
}

void Sidebar::choose(SidebarModel::Place place, const QString& profileId)
{
    if (const QModelIndex index = m_model->indexOf(place, profileId); index.isValid())
        setCurrentIndex(index);
}

QSize Sidebar::sizeHint() const
{
    const QFontMetrics fm(font());
    return {fm.averageCharWidth() * 30, fm.height() * 20};
}

void Sidebar::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    const auto place = m_model ? m_model->place(current) : SidebarModel::Place::None;
    if (place != SidebarModel::Place::None && place != SidebarModel::Place::AddAccount)
        Q_EMIT placeChosen(place, current.data(SidebarModel::ProfileId).toString());
}

void Sidebar::keyPressEvent(QKeyEvent* event)
{
    const bool enter =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (enter && isAddAccount(currentIndex())) {
        Q_EMIT addAccountWanted();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void Sidebar::mousePressEvent(QMouseEvent* event)
{
    // A click on "Add account…" acts and leaves the chosen place where it is.
    if (isAddAccount(indexAt(event->position().toPoint())))
        return;
    QTreeView::mousePressEvent(event);
}

void Sidebar::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && isAddAccount(indexAt(event->position().toPoint()))) {
        Q_EMIT addAccountWanted();
        return;
    }
    QTreeView::mouseReleaseEvent(event);
}

void Sidebar::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index =
        event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
    if (m_model && m_model->place(index) == SidebarModel::Place::Registry) {
        const QPoint at = event->reason() == QContextMenuEvent::Keyboard
            ? viewport()->mapToGlobal(visualRect(index).center())
            : event->globalPos();
        Q_EMIT accountMenuWanted(index.data(SidebarModel::ProfileId).toString(), at);
    }
}

void Sidebar::paintEvent(QPaintEvent* event)
{
    QPainter(viewport()).fillRect(event->rect(), Colors::of(palette()).sidebar);
    QTreeView::paintEvent(event);
}

QModelIndex Sidebar::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex target = QTreeView::moveCursor(action, modifiers);
    // Headings are passed over in the direction of travel; where nothing follows in it, in the other one.
    const bool up = action == MoveUp || action == MovePageUp || action == MoveHome || action == MovePrevious;
    const auto selectable = [this](QModelIndex from, bool upward) {
        while (from.isValid() && !(from.flags() & Qt::ItemIsSelectable))
            from = upward ? indexAbove(from) : indexBelow(from);
        return from;
    };
    if (const QModelIndex found = selectable(target, up); found.isValid())
        return found;
    const QModelIndex other = selectable(target, !up);
    return other.isValid() ? other : currentIndex();
}

} // namespace Tagboat
