// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sharebar.h"

#include "ui/colors.h"
#include "ui/layerbars.h"
#include "ui/metrics.h"

#include <algorithm>

namespace Tagboat {

ShareBar::ShareBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShare(double share)
{
    share = std::clamp(share, 0.0, 1.0);
    if (m_share == share)
        return;
    m_share = share;
    update();
}

QSize ShareBar::sizeHint() const
{
    const int line = Metrics(fontMetrics()).line;
    return {line * 8, line / 3};
}

void ShareBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Colors& colors = Colors::of(palette());
    paintBar(&painter, rect(), m_share, isEnabled() ? colors.accent : colors.muted, colors.track);
}

} // namespace Tagboat
