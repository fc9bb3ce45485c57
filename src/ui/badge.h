// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"

#include <QFont>
#include <QList>
#include <QPalette>
#include <QWidget>

class QPainter;

namespace Tagboat {

//! The font of badges and second lines: a little smaller than its surroundings.
[[nodiscard]] QFont smallFont(const QFont& font);
[[nodiscard]] QSize badgeSize(const Badge& badge, const QFont& font);
//! Paints one badge, its text elided where \a rect is too narrow.
void paintBadge(QPainter* painter, const QRect& rect, const Badge& badge, const QFont& font,
                const QPalette& palette);
//! Paints as many badges as fit from left to right and "+N" for the others; gives the width used.
int paintBadges(QPainter* painter, const QRect& rect, const QList<Badge>& badges, const QFont& font,
                const QPalette& palette);
//! Width that all of \a badges take with the gaps between them.
[[nodiscard]] int badgesWidth(const QList<Badge>& badges, const QFont& font);

//! A badge as a widget, for headers and dialogs. Its text is what a screen reader reads.
class BadgeLabel : public QWidget
{
    Q_OBJECT

public:
    explicit BadgeLabel(QWidget* parent = nullptr);
    explicit BadgeLabel(const Badge& badge, QWidget* parent = nullptr);
    void setBadge(const Badge& badge); //!< an empty text hides it
    [[nodiscard]] const Badge& badge() const { return m_badge; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Badge m_badge;
};

} // namespace Tagboat
