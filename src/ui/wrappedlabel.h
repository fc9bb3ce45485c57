// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace Tagboat {

//! Text that wraps at the width it is given. QLabel would like to be nearly square, and takes the height for
//! it.
class WrappedLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;
    //! Layouts ask about their own width, which may be more than the label will take.
    [[nodiscard]] int heightForWidth(int width) const override
    {
        return QLabel::heightForWidth(qMin(width, maximumWidth()));
    }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
};

} // namespace Tagboat
