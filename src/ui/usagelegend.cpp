// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usagelegend.h"

#include "models/text.h"
#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/metrics.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Tagboat {

UsageLegend::UsageLegend(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void UsageLegend::setUsage(const DiskUsage& usage)
{
    m_usage = usage;
    retranslate();
}

void UsageLegend::retranslate()
{
    QList<Part> parts = {{tr("%1, %2", "images and tags")
                              .arg(formatImageCount(m_usage.images), formatTagCount(m_usage.names))},
                         {tr("%1 on disk").arg(formatBytes(m_usage.total)), Swatch::None, true},
                         {tr("unique %1").arg(formatBytes(m_usage.unique)), Swatch::Own}};
    if (m_usage.shared > 0) {
        parts.append({tr("shared %1 (saves %2)").arg(formatBytes(m_usage.shared), formatBytes(m_usage.saved)),
                      Swatch::Shared});
    }
    if (m_usage.unfinished > 0)
        parts.append({tr("unfinished downloads %1").arg(formatBytes(m_usage.unfinished))});
    if (m_usage.reclaimable > 0)
        parts.append({tr("reclaimable %1").arg(formatBytes(m_usage.reclaimable)), Swatch::Reclaimable});
    setParts(
        parts,
        tr("Unique: layers that exactly one image uses.\nShared: layers of several images, counted once.\n"
           "Reclaimable: what a clean-up can free."));
}

void UsageLegend::setParts(const QList<Part>& parts, const QString& toolTip)
{
    m_parts = parts;
    QStringList sentence;
    for (const Part& part : std::as_const(m_parts))
        sentence.append(part.text);
    setAccessibleName(sentence.join(u", "_s));
    setToolTip(toolTip);
    updateGeometry();
    update();
}

int UsageLegend::flow(int width, QPainter* painter) const
{
    const QFont plain = smallFont(font());
    QFont bold = plain;
    bold.setBold(true);
    const QFontMetrics fm(plain);
    const Colors& colors = Colors::of(palette());
    const QString dot = u" \u00b7 "_s;
    const int swatch = fm.ascent() * 3 / 4;
    int x = 0;
    int y = 0;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const Part& part = m_parts[i];
        const QFont& f = part.bold ? bold : plain;
        const int mark = part.swatch == Swatch::None ? 0 : swatch + fm.height() / 4;
        const int needed = mark + QFontMetrics(f).horizontalAdvance(part.text);
        const int dotWidth = fm.horizontalAdvance(dot);
        if (x > 0 && x + dotWidth + needed > width) {
            x = 0;
            y += fm.height();
        } else if (x > 0) {
            if (painter) {
                painter->setFont(plain);
                painter->setPen(colors.muted);
                painter->drawText(x, y + fm.ascent(), dot);
            }
            x += dotWidth;
        }
        if (painter) {
            if (mark > 0)
                paintSwatch(painter, QRect(x, y + fm.ascent() - swatch, swatch, swatch), part.swatch, colors);
            painter->setFont(f);
            painter->setPen(part.swatch == Swatch::Reclaimable ? colors.tone(Tone::Warning).text
                                : part.bold                    ? colors.text
                                                               : colors.muted);
            painter->drawText(x + mark, y + fm.ascent(), part.text);
        }
        x += needed;
    }
    return y + fm.height();
}

void UsageLegend::paintSwatch(QPainter* painter, const QRect& rect, Swatch swatch, const Colors& colors) const
{
    switch (swatch) {
    case Swatch::Own:
        painter->fillRect(rect, colors.accent);
        break;
    case Swatch::Shared:
        paintHatch(painter, rect, colors);
        break;
    case Swatch::Reclaimable:
        painter->fillRect(rect, colors.tone(Tone::Warning).border);
        break;
    case Swatch::None:
        break;
    }
}

QSize UsageLegend::sizeHint() const
{
    const QFontMetrics fm(smallFont(font()));
    int width = 0;
    for (const Part& part : m_parts)
        width += fm.horizontalAdvance(part.text) + 2 * fm.height();
    return {width, fm.height()};
}

QSize UsageLegend::minimumSizeHint() const
{
    const QFontMetrics fm(smallFont(font()));
    return {fm.averageCharWidth() * 30, fm.height()};
}

int UsageLegend::heightForWidth(int width) const
{
    return flow(width, nullptr);
}

void UsageLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    flow(width(), &painter);
}

} // namespace Tagboat
