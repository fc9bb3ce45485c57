// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QRectF>

namespace Tagboat {

/*!
 * \brief Divides \a area into rectangles whose areas are to each other as \a weights, none much longer than
 * wide: the squarified treemap of Bruls, Huizing and van Wijk (2000).
 *
 * In the order of \a weights; those that are not above zero get an empty rectangle.
 */
[[nodiscard]] QList<QRectF> squarified(const QList<double>& weights, const QRectF& area);

//! From \a from, where the arrow key leads: the nearest rectangle in that direction, those straight ahead
//! before those aside; -1: none. \a key is Qt::Key_Left, _Right, _Up or _Down.
[[nodiscard]] int neighbourOf(const QList<QRectF>& places, int from, int key);

} // namespace Tagboat
