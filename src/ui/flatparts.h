// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QStyle>

class QPainter;
class QRect;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionTab;

// What the flat style is painted of; sizes and colours come from the option's font and palette.
namespace Tagboat {

//! A rounded rectangle; an invalid colour leaves out the fill or the border.
void paintPanel(QPainter* painter, const QRect& rect, qreal radius, const QColor& fill, const QColor& border);
//! Below the text of a button or a box that opens a list. \a primary: the one that does what a dialog is for.
void paintButtonPanel(const QStyleOption* option, QPainter* painter, bool primary, bool isDefault);
//! A check box, or a radio button where \a round.
void paintCheck(const QStyleOption* option, QPainter* painter, bool round);
void paintTab(const QStyleOptionTab* tab, QPainter* painter);
//! \a style tells where the handle is.
void paintScrollBar(const QStyle* style, const QStyleOptionSlider* bar, QPainter* painter,
                    const QWidget* widget);
void paintProgress(const QStyleOptionProgressBar* bar, QPainter* painter);

} // namespace Tagboat
