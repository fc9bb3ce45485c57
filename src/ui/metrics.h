// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace Tagboat {

/*!
 * \brief Lengths that grow with the font, so that nothing is given in pixels.
 */
struct Metrics
{
    explicit Metrics(const QFontMetrics& fm) : line(fm.height()) { }

    int line;                                                   //!< height of a line of text
    [[nodiscard]] int gap() const { return qMax(2, line / 3); } //!< between neighbours
    [[nodiscard]] int halfGap() const { return qMax(1, line / 6); }
    [[nodiscard]] qreal radius() const { return qMax(2.0, line / 5.0); } //!< of rounded corners
    [[nodiscard]] int cellPadding() const
    {
        return qMax(3, line * 4 / 9);
    } //!< left and right of a cell's content
    [[nodiscard]] int rowHeight() const { return line + 2 * (line / 3); } //!< of a table row
};

//! A one-unit outline that stays sharp: half a unit inside \a rect.
inline QRectF outlined(const QRect& rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

} // namespace Tagboat
