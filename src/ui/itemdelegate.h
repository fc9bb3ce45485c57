// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

namespace Tagboat {

/*!
 * \brief Draws a cell from the roles of models/roles.h: text with a bold range and a tone, monospace, badges
 * behind it, a check box before it.
 *
 * Text too long for its cell is cut in the middle (both ends of an image's name matter), with the whole in
 * the tool tip.
 */
class ItemDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ItemDelegate(QObject* parent = nullptr);
    //! Draws Role::IconName before the text; off at first.
    void setIconsShown(bool shown) { m_showsIcons = shown; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    bool m_showsIcons = false;
};

} // namespace Tagboat
