// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/badgeflow.h"

#include "ui/badge.h"
#include "ui/metrics.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Tagboat {

BadgeFlow::BadgeFlow(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void BadgeFlow::setBadges(const QList<Badge>& badges)
{
    m_badges = badges;
    QStringList words;
    for (const Badge& badge : badges)
        words.append(badge.text);
    setAccessibleName(words.join(u", "_s));
    updateGeometry();
    update();
}

QList<QRect> BadgeFlow::places(int width, int* height) const
{
    const int gap = Metrics(fontMetrics()).halfGap();
    QList<QRect> rects;
    int x = 0;
    int y = 0;
    int line = 0;
    for (const Badge& badge : m_badges) {
        QSize size = badgeSize(badge, font());
        size.setWidth(qMin(size.width(), width));
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += line + gap;
            line = 0;
        }
        rects.append(QRect(QPoint(x, y), size));
        x += size.width() + gap;
        line = qMax(line, size.height());
    }
    *height = y + line;
    return rects;
}

QSize BadgeFlow::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 50;
    return {width, heightForWidth(width)};
}

int BadgeFlow::heightForWidth(int width) const
{
    int height = 0;
    (void)places(width, &height);
    return height;
}

void BadgeFlow::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    int height = 0;
    const QList<QRect> rects = places(width(), &height);
    for (qsizetype i = 0; i < rects.size(); ++i)
        paintBadge(&painter, rects[i], m_badges[i], font(), palette());
}

} // namespace Tagboat
