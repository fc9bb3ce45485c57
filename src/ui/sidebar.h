// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/sidebarmodel.h"

#include <QTreeView>

namespace Tagboat {

//! The list of places at the left of the window. Its rows are chosen, headings are not; "Add account…" acts
//! at once.
class Sidebar : public QTreeView
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget* parent = nullptr);
    void setSidebarModel(SidebarModel* model);
    //! Chooses a place as a click would.
    void choose(SidebarModel::Place place, const QString& profileId = {});
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void placeChosen(Tagboat::SidebarModel::Place place, const QString& profileId);
    void addAccountWanted();
    void accountMenuWanted(const QString& profileId, const QPoint& globalPosition);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    [[nodiscard]] bool isAddAccount(const QModelIndex& index) const;
    SidebarModel* m_model = nullptr;
};

} // namespace Tagboat
