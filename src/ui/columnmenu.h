// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>

#include <functional>

class QTreeView;

namespace Tagboat {

/*!
 * \brief Which columns of a list are shown: a check mark for each but the one it cannot do without.
 *
 * Opens on a right click on the header, and may be put into another menu. For views that stretchColumn() was
 * called for. The actions are named column_0, column_1 …, and resetColumns.
 */
class ColumnMenu : public QMenu
{
    Q_OBJECT

public:
    //! \a reset brings the first widths and order back.
    ColumnMenu(QTreeView* view, int keptColumn, std::function<void()> reset, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void setWanted(int column, bool isWanted);
    void retranslate();

    QTreeView* m_view;
    int m_keptColumn;
    std::function<void()> m_reset;
};

} // namespace Tagboat
