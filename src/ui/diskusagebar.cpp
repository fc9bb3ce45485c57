// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diskusagebar.h"

#include "ui/colors.h"
#include "ui/metrics.h"

#include <QPainter>
#include <QPainterPath>

namespace Tagboat {

DiskUsageBar::DiskUsageBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DiskUsageBar::setUsage(const DiskUsage& usage)
{
    m_usage = usage;
    update();
}

QSize DiskUsageBar::sizeHint() const
{
    const int line = Metrics(fontMetrics()).line;
    return {line * 20, line * 2 / 3};
}

QSize DiskUsageBar::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void DiskUsageBar::paintEvent(QPaintEvent*)
{
    const Colors& colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = rect();
    QPainterPath shape;
    const qreal radius = qMin(all.height() / 2, Metrics(fontMetrics()).radius());
    shape.addRoundedRect(all, radius, radius);
    painter.setClipPath(shape);
    painter.fillRect(all, colors.track);
    if (m_usage.total <= 0)
        return;

    // Untagged images count as unique and as reclaimable; in the bar every byte stands once.
    const qint64 own =
        qMax<qint64>(0, m_usage.total - m_usage.shared - m_usage.reclaimable - m_usage.unfinished);
    const auto width = [&](qint64 bytes) { return all.width() * double(bytes) / double(m_usage.total); };
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    qreal at = 0;
    const auto next = [&](qint64 bytes) {
        QRectF part(at, 0, width(bytes), all.height());
        at += part.width();
        if (mirrored)
            part.moveLeft(all.width() - part.right());
        return part;
    };
    painter.fillRect(next(own), colors.accent);
    paintHatch(&painter, next(m_usage.shared), colors);
    painter.fillRect(next(m_usage.reclaimable), colors.tone(Tone::Warning).border);
}

} // namespace Tagboat
