// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/layerdelegate.h"

#include "ui/colors.h"
#include "ui/metrics.h"

#include <QPainter>

namespace Tagboat {

void LayerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    ItemDelegate::paint(painter, option, index);
    const QVariant share = index.data(Role::Progress);
    if (!share.isValid())
        return;
    const Metrics metrics(option.fontMetrics);
    const Colors& colors = Colors::of(option.palette);
    const int thick = qMax(2, metrics.line / 6);
    const int room = option.rect.width() - 2 * metrics.cellPadding();
    const int length = qBound(1, qRound(share.toDouble() * room), qMax(1, room));
    const QRect track(option.rect.left() + metrics.cellPadding(), option.rect.bottom() - thick - 1, room,
                      thick);
    painter->fillRect(track, colors.track);
    // Grows from the right, where the figures stand.
    painter->fillRect(QRect(track.right() - length + 1, track.top(), length, thick), colors.accent);
}

} // namespace Tagboat
