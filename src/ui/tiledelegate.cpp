// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tiledelegate.h"

#include "ui/colors.h"
#include "ui/metrics.h"

#include <QListView>
#include <QPainter>

namespace Tagboat {

QSize TileDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QListView*>(option.widget);
    return view && view->gridSize().isValid() ? view->gridSize()
                                              : QStyledItemDelegate::sizeHint(option, index);
}

void TileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const Colors& colors = Colors::of(option.palette);
    const Metrics metrics(option.fontMetrics);
    const QRect tile =
        option.rect.adjusted(metrics.halfGap(), metrics.halfGap(), -metrics.halfGap(), -metrics.halfGap());
    const bool isChosen = option.state & QStyle::State_Selected;
    const bool isUnder = option.state & QStyle::State_MouseOver;

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isChosen || isUnder) {
        painter->setPen(isChosen ? colors.accent : Qt::transparent);
        painter->setBrush(isChosen ? colors.accentSoft : colors.hover);
        painter->drawRoundedRect(outlined(tile), metrics.radius(), metrics.radius());
    }
    const int side = option.decorationSize.height();
    const int top = tile.top() + (tile.height() - side - metrics.gap() - metrics.line) / 2;
    const QRect picture(tile.center().x() - side / 2, top, side, side);
    const QString letters = index.data(MonogramRole).toString();
    if (letters.isEmpty()) {
        option.icon.paint(painter, picture, Qt::AlignCenter, QIcon::Normal);
    } else {
        const int inset = side / 12;
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.muted);
        painter->drawRoundedRect(picture.adjusted(inset, inset, -inset, -inset), metrics.radius() * 1.5,
                                 metrics.radius() * 1.5);
        QFont bold = option.font;
        bold.setBold(true);
        painter->setFont(bold);
        painter->setPen(option.palette.color(QPalette::Base));
        painter->drawText(picture, Qt::AlignCenter, letters);
    }
    painter->setFont(option.font);
    painter->setPen(colors.text);
    const QRect words(tile.left(), picture.bottom() + 1 + metrics.gap(), tile.width(), metrics.line);
    painter->drawText(words, Qt::AlignCenter,
                      option.fontMetrics.elidedText(option.text, Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace Tagboat
