// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QRect>
#include <QString>

class QPainter;

namespace Tagboat {

/*!
 * \brief Bundled symbolic icons, drawn from SVG in the palette's colours: crisp at any size and scale, right
 * in every theme without being made anew.
 *
 * Names are the files of resources/icons. An unknown name gives an empty icon and a warning.
 */
[[nodiscard]] QIcon icon(const QString& name);
//! Drawn in the accent's text colour, for primary buttons.
[[nodiscard]] QIcon iconOnAccent(const QString& name);
//! The program's own, in full colour.
[[nodiscard]] QIcon appIcon();
//! Paints a symbolic icon in \a color, for delegates.
void paintIcon(QPainter* painter, const QRect& rect, const QString& name, const QColor& color);

} // namespace Tagboat
