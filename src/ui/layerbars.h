// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"

#include <QWidget>

namespace Tagboat {

/*!
 * \brief A row a layer: digest, size, bar, state, speed, build step.
 *
 * Painted as one widget, since a job may have a hundred layers that change twenty times a second.
 */
class LayerBars : public QWidget
{
    Q_OBJECT

public:
    explicit LayerBars(QWidget* parent = nullptr);
    void setJob(const JobSnapshot& job);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;
    void paintRow(QPainter* painter, const QRect& row, const JobLayer& layer) const;

    JobSnapshot m_job;
};

//! A flat bar: \a share 0…1 of \a rect in \a fill, the rest in the track's colour.
void paintBar(QPainter* painter, const QRect& rect, double share, const QColor& fill, const QColor& track);

} // namespace Tagboat
