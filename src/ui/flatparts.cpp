// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/flatparts.h"

#include "ui/colors.h"
#include "ui/metrics.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace Tagboat {

namespace {

Metrics metricsOf(const QStyleOption* option)
{
    return Metrics(option->fontMetrics);
}

} // namespace

void paintPanel(QPainter* painter, const QRect& rect, qreal radius, const QColor& fill, const QColor& border)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(border.isValid() ? QPen(border) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(outlined(rect), radius, radius);
    painter->restore();
}

void paintButtonPanel(const QStyleOption* option, QPainter* painter, bool primary, bool isDefault)
{
    const Colors& colors = Colors::of(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool down = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hover = enabled && (option->state & QStyle::State_MouseOver);
    QColor fill = option->palette.color(QPalette::Button);
    QColor border = colors.outline;
    if (primary && enabled) {
        fill = colors.accent;
        if (down || hover)
            fill = mixed(fill, down ? Qt::black : Qt::white, 0.14);
        border = mixed(fill, Qt::black, 0.15);
    } else {
        if (down)
            fill = mixed(fill, colors.text, 0.12);
        else if (hover)
            fill = mixed(fill, colors.accent, 0.1);
        if (hover || isDefault)
            border = colors.accent;
    }
    if (!enabled) {
        fill = mixed(option->palette.color(QPalette::Window), fill, 0.3);
        border = colors.line;
    }
    const qreal radius = metricsOf(option).radius();
    paintPanel(painter, option->rect, radius, fill, border);
    if (enabled && (option->state & QStyle::State_HasFocus)
        && (option->state & QStyle::State_KeyboardFocusChange))
        paintPanel(painter, option->rect.adjusted(2, 2, -2, -2), radius - 1, {},
                   primary ? colors.onAccent : colors.accent);
}

void paintCheck(const QStyleOption* option, QPainter* painter, bool round)
{
    const Colors& colors = Colors::of(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor fill = !enabled ? colors.track : on ? colors.accent : option->palette.color(QPalette::Base);
    const QColor border =
        enabled && (on || (option->state & (QStyle::State_MouseOver | QStyle::State_HasFocus)))
        ? colors.accent
        : colors.outline;
    const qreal radius = round ? option->rect.height() / 2.0 : metricsOf(option).radius() * 0.7;
    paintPanel(painter, option->rect, radius, fill, border);
    if (!on)
        return;
    const QColor mark = enabled ? colors.onAccent : colors.muted;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF r = option->rect;
    if (round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark);
        painter->drawEllipse(r.center(), r.width() * 0.2, r.width() * 0.2);
    } else {
        painter->setPen(QPen(mark, qMax(1.5, r.width() / 9), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (option->state & QStyle::State_NoChange) {
            painter->drawLine(QPointF(r.left() + r.width() * 0.28, r.center().y()),
                              QPointF(r.left() + r.width() * 0.72, r.center().y()));
        } else {
            const QPointF tick[] = {{r.left() + r.width() * 0.26, r.top() + r.height() * 0.52},
                                    {r.left() + r.width() * 0.44, r.top() + r.height() * 0.7},
                                    {r.left() + r.width() * 0.75, r.top() + r.height() * 0.32}};
            painter->drawPolyline(tick, 3);
        }
    }
    painter->restore();
}

void paintTab(const QStyleOptionTab* tab, QPainter* painter)
{
    const Colors& colors = Colors::of(tab->palette);
    const bool selected = tab->state & QStyle::State_Selected;
    const qreal radius = metricsOf(tab).radius();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected) {
        painter->setClipRect(tab->rect);
        painter->setPen(colors.line);
        painter->setBrush(tab->palette.color(QPalette::Base));
        painter->drawRoundedRect(outlined(tab->rect).adjusted(0, 0, 0, radius + 1), radius, radius);
    } else if ((tab->state & QStyle::State_MouseOver) && (tab->state & QStyle::State_Enabled)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.hover);
        painter->drawRoundedRect(QRectF(tab->rect).adjusted(0, 1, 0, -1), radius, radius);
    }
    painter->restore();
}

void paintScrollBar(const QStyle* style, const QStyleOptionSlider* bar, QPainter* painter,
                    const QWidget* widget)
{
    const Colors& colors = Colors::of(bar->palette);
    painter->fillRect(bar->rect, bar->palette.color(QPalette::Base));
    if (bar->maximum <= bar->minimum)
        return;
    QRect handle = style->subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, widget);
    const bool vertical = bar->orientation == Qt::Vertical;
    const int inset = qMax(2, (vertical ? handle.width() : handle.height()) / 4);
    handle.adjust(vertical ? inset : 1, vertical ? 1 : inset, vertical ? -inset : -1, vertical ? -1 : -inset);
    const bool held =
        (bar->activeSubControls & QStyle::SC_ScrollBarSlider) && (bar->state & QStyle::State_Sunken);
    const bool hover = bar->state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(held ? colors.accent : mixed(colors.track, colors.text, hover ? 0.35 : 0.2));
    const qreal radius = qMin(handle.width(), handle.height()) / 2.0;
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

void paintProgress(const QStyleOptionProgressBar* bar, QPainter* painter)
{
    const Colors& colors = Colors::of(bar->palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QRectF rect = bar->rect;
    const qreal radius = qMin(rect.height() / 2, metricsOf(bar).radius());
    QPainterPath shape;
    shape.addRoundedRect(rect, radius, radius);
    painter->setClipPath(shape);
    painter->fillRect(rect, colors.track);
    const int range = bar->maximum - bar->minimum;
    if (range > 0) {
        rect.setWidth(rect.width() * qBound(0.0, double(bar->progress - bar->minimum) / range, 1.0));
        if (bar->direction == Qt::RightToLeft)
            rect.moveRight(bar->rect.right() + 1);
        painter->fillRect(rect, bar->state & QStyle::State_Enabled ? colors.accent : colors.muted);
    } else {
        painter->fillRect(rect, QBrush(colors.accentSoft));
        painter->fillRect(rect, QBrush(colors.accent, Qt::BDiagPattern));
    }
    painter->restore();
}

} // namespace Tagboat
