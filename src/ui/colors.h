// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"

#include <QColor>
#include <QPalette>

class QPainter;

namespace Tagboat {

//! How a badge or a strip of one tone is painted.
struct ToneColors
{
    QColor text;
    QColor fill;
    QColor border;
    QColor strong; //!< dots, bars, icons
};

/*!
 * \brief Every colour that the palette does not name, derived from the palette: the one place where colours
 * are made.
 *
 * Works for our own palettes and for those of a desktop, light and dark.
 */
class Colors
{
public:
    //! Cheap: the last palettes asked for are kept.
    [[nodiscard]] static const Colors& of(const QPalette& palette);

    [[nodiscard]] const ToneColors& tone(Tone tone) const { return m_tones[int(tone)]; }
    bool isDark = false;
    QColor accent;     //!< bars, primary buttons, the chosen place in the sidebar
    QColor onAccent;   //!< text on it
    QColor accentSoft; //!< shared bytes, a chosen row
    QColor text;
    QColor muted;   //!< second-rank text, still readable
    QColor line;    //!< between rows and areas
    QColor outline; //!< around fields and buttons
    QColor header;  //!< behind table headers
    QColor sidebar; //!< behind the sidebar
    QColor hover;   //!< under the pointer
    QColor track;   //!< the empty part of a bar
    QColor card;    //!< behind a card on a page

private:
    explicit Colors(const QPalette& palette);
    ToneColors m_tones[6];
};

//! A colour between two, \a share of \a b.
[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double share);

//! Bytes that several images share: stripes of the accent.
void paintHatch(QPainter* painter, const QRectF& rect, const Colors& colors);

//! Our own palettes, for the Fusion style.
[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
//! The same with a soft selection that keeps the text's colour, for lists and tables.
[[nodiscard]] QPalette softSelection(QPalette palette);

} // namespace Tagboat
