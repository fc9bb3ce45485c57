// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sidebardelegate.h"

#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/icons.h"
#include "ui/metrics.h"

#include <QLocale>
#include <QPainter>
#include <QWidget>

namespace Tagboat {

namespace {

//! Headings in small capitals' stead: upper case where the script has it.
void paintHeading(QPainter* painter, const QStyleOptionViewItem& option, const QString& text,
                  const Metrics& metrics)
{
    QFont font = smallFont(option.font);
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(Colors::of(option.palette).muted);
    const QRect rect = option.rect.adjusted(metrics.gap() * 2, 0, -metrics.gap(), -metrics.halfGap());
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignBottom, QLocale().toUpper(text));
}

struct Paints
{
    QColor text, second;
};

Paints paintBackground(QPainter* painter, const QStyleOptionViewItem& option, const Metrics& metrics)
{
    const Colors& colors = Colors::of(option.palette);
    const QRectF rect = QRectF(option.rect).adjusted(metrics.gap(), 1, -metrics.gap(), -1);
    const bool selected = option.state & QStyle::State_Selected;
    painter->setPen(Qt::NoPen);
    if (selected) {
        painter->setBrush(colors.accent);
        painter->drawRoundedRect(rect, metrics.radius(), metrics.radius());
    } else if (option.state & QStyle::State_MouseOver) {
        painter->setBrush(mixed(colors.sidebar, colors.text, 0.07));
        painter->drawRoundedRect(rect, metrics.radius(), metrics.radius());
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(selected ? colors.onAccent : colors.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(rect.adjusted(2, 2, -2, -2), metrics.radius() - 1, metrics.radius() - 1);
    }
    if (selected)
        return {colors.onAccent, mixed(colors.onAccent, colors.accent, 0.12)};
    return {colors.text, colors.muted};
}

//! Count, badge and whatever stands at the right end; gives the room that is left.
QRect paintEnd(QPainter* painter, QRect rect, const QStyleOptionViewItem& option, const QModelIndex& index,
               const Metrics& metrics, const QColor& color)
{
    const auto badges = index.data(Role::Badges).value<QList<Badge>>();
    if (!badges.isEmpty()) {
        const Colors& colors = Colors::of(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const QSize size = badgeSize(badges.front(), option.font);
        const QRectF place(rect.right() - size.width(), rect.center().y() - size.height() / 2.0 + 0.5,
                           size.width(), size.height());
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? colors.onAccent : colors.accent);
        painter->drawRoundedRect(place, place.height() / 2, place.height() / 2);
        painter->setFont(smallFont(option.font));
        painter->setPen(selected ? colors.accent : colors.onAccent);
        painter->drawText(place, Qt::AlignCenter, badges.front().text);
        return rect.adjusted(0, 0, -size.width() - metrics.gap(), 0);
    }
    const QString count = index.data(Role::Count).toString();
    if (count.isEmpty())
        return rect;
    painter->setFont(smallFont(option.font));
    painter->setPen(color);
    painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, count);
    return rect.adjusted(0, 0, -QFontMetrics(painter->font()).horizontalAdvance(count) - metrics.gap(), 0);
}

} // namespace

SidebarDelegate::SidebarDelegate(QObject* parent) : QStyledItemDelegate(parent) { }

void SidebarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                            const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const Metrics metrics{QFontMetrics(option.font)};
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(Role::IsGroup).toBool()) {
        paintHeading(painter, option, option.text, metrics);
        painter->restore();
        return;
    }
    const Paints paints = paintBackground(painter, option, metrics);
    QRect rect = option.rect.adjusted(metrics.gap() * 3, 0, -metrics.gap() * 2 - metrics.halfGap(), 0);

    // The mark at the front: an icon or a state dot.
    const int mark = metrics.line;
    if (const QVariant status = index.data(Role::StatusTone); status.isValid()) {
        const qreal dot = mark * 0.48;
        painter->setPen(Qt::NoPen);
        painter->setBrush(Colors::of(option.palette).tone(status.value<Tone>()).strong);
        if (option.state & QStyle::State_Selected)
            painter->setPen(QPen(paints.text, 1.2));
        painter->drawEllipse(QPointF(rect.left() + mark / 2.0, rect.center().y() + 0.5), dot / 2, dot / 2);
    } else if (const QString name = index.data(Role::IconName).toString(); !name.isEmpty()) {
        paintIcon(painter, QRect(rect.left(), rect.center().y() - mark / 2, mark, mark), name, paints.text);
    }
    rect.setLeft(rect.left() + mark + metrics.gap());
    rect = paintEnd(painter, rect, option, index, metrics, paints.second);

    const QString second = index.data(Role::Subtitle).toString();
    const QFontMetrics fm(option.font);
    painter->setFont(option.font);
    painter->setPen(paints.text);
    if (second.isEmpty()) {
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                          fm.elidedText(option.text, Qt::ElideRight, rect.width()));
    } else {
        const QFont small = smallFont(option.font);
        const QFontMetrics smallMetrics(small);
        const int top = rect.top() + (rect.height() - fm.height() - smallMetrics.height()) / 2;
        painter->drawText(QRect(rect.left(), top, rect.width(), fm.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          fm.elidedText(option.text, Qt::ElideMiddle, rect.width()));
        painter->setFont(small);
        painter->setPen(paints.second);
        painter->drawText(QRect(rect.left(), top + fm.height(), rect.width(), smallMetrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          smallMetrics.elidedText(second, Qt::ElideMiddle, rect.width()));
    }

    const QVariant progress = index.data(Role::Progress);
    if (progress.isValid() && progress.toDouble() >= 0) {
        const Colors& colors = Colors::of(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const qreal height = qMax(2.0, metrics.line / 7.0);
        QRectF bar(option.rect.left() + metrics.gap() * 3, option.rect.bottom() - height - 2,
                   option.rect.width() - metrics.gap() * 6, height);
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? mixed(colors.accent, colors.onAccent, 0.35) : colors.track);
        painter->drawRoundedRect(bar, height / 2, height / 2);
        bar.setWidth(bar.width() * qMin(1.0, progress.toDouble()));
        painter->setBrush(selected ? colors.onAccent : colors.accent);
        painter->drawRoundedRect(bar, height / 2, height / 2);
    }
    painter->restore();
}

QSize SidebarDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QFontMetrics fm(option.font);
    const Metrics metrics(fm);
    if (index.data(Role::IsGroup).toBool())
        return {0, fm.height() + metrics.line * 3 / 4};
    if (!index.data(Role::Subtitle).toString().isEmpty())
        return {0, fm.height() + QFontMetrics(smallFont(option.font)).height() + metrics.line * 2 / 3};
    return {0, fm.height() + metrics.line * 4 / 5};
}

} // namespace Tagboat
