// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wrappedlabel.h"

namespace Tagboat {

// The layout asks heightForWidth() for all that is more than one line.
QSize WrappedLabel::sizeHint() const
{
    constexpr int Characters = 30;
    return {fontMetrics().averageCharWidth() * Characters, minimumSizeHint().height()};
}

QSize WrappedLabel::minimumSizeHint() const
{
    const int frame = 2 * (margin() + frameWidth());
    return {0, fontMetrics().lineSpacing() + frame};
}

} // namespace Tagboat
