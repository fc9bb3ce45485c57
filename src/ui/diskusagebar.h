// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QWidget>

namespace Tagboat {

//! Bytes of the store as one bar: what single images use, what several share (hatched), what a clean-up would
//! free.
class DiskUsageBar : public QWidget
{
    Q_OBJECT

public:
    explicit DiskUsageBar(QWidget* parent = nullptr);
    void setUsage(const DiskUsage& usage);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    DiskUsage m_usage;
};

} // namespace Tagboat
