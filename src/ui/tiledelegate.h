// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

namespace Tagboat {

/*!
 * \brief Tiles to choose from: a picture above a word, the chosen one framed.
 *
 * The picture is the item's icon, or the letters of MonogramRole where it has some.
 */
class TileDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int MonogramRole = Qt::UserRole;

    using QStyledItemDelegate::QStyledItemDelegate;
    //! The grid of the view: a tile fills its place.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace Tagboat
