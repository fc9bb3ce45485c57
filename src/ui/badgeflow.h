// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"

#include <QWidget>

namespace Tagboat {

//! Badges in as many lines as they need: the names of an image, its labels.
class BadgeFlow : public QWidget
{
    Q_OBJECT

public:
    explicit BadgeFlow(QWidget* parent = nullptr);
    void setBadges(const QList<Badge>& badges);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    //! The place of each badge in a widget of that width; the last line's bottom in \a height.
    [[nodiscard]] QList<QRect> places(int width, int* height) const;

    QList<Badge> m_badges;
};

} // namespace Tagboat
