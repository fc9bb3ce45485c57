// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

class QAbstractButton;
class QAbstractItemView;
class QAction;
class QHeaderView;
class QLabel;
class QLayout;
class QTreeView;

namespace Tagboat {

//! Makes a push button show and trigger an action: text without mnemonic clash, icon, tool tip with the
//! shortcut, enabled state. A primary button is filled with the accent.
void linkButton(QAbstractButton* button, QAction* action, bool primary = false);
//! The margins of a page's header or area, from the font.
void setPageMargins(QLayout* layout);
//! Ctrl+C in a table copies the chosen rows as text, Role::CopyText before the display text, columns parted
//! by tabs.
void makeCopyable(QAbstractItemView* view);
//! Puts text on the clipboard (and the X11 selection where there is one).
void copyText(const QString& text);
//! Makes a label's font larger or bold, following later font changes.
void makeTitle(QLabel* label);
void makeSmall(QLabel* label);
//! Second-rank text: colour follows the theme.
void makeMuted(QLabel* label);
//! Column widths that suit the font and the header's words: \a characters gives each column's room in
//! characters of average width; 0 stretches the column.
void setColumnWidths(QHeaderView* header, const QList<int>& characters);

//! Keeps \a column as wide as the others leave room. Where that is less than \a characters, columns of
//! \a dispensable are hidden, the first named first; below that the view scrolls sideways.
void stretchColumn(QTreeView* view, int column, int characters, const QList<int>& dispensable = {});
//! Columns of such a view that were put away by hand: they stay hidden however wide it is.
[[nodiscard]] QList<int> unwantedColumns(const QTreeView* view);
void setUnwantedColumns(QTreeView* view, const QList<int>& columns);
//! The chosen rows as they stand on the screen, columns parted by tabs; Role::CopyText before the display
//! text.
[[nodiscard]] QString rowsText(const QAbstractItemView* view);

} // namespace Tagboat
