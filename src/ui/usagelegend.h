// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QWidget>

namespace Tagboat {

class Colors;

/*!
 * \brief The sentence below the disk usage bar, its parts with the swatch of their piece of the bar; wraps
 * when narrow.
 *
 * "4 images, 9 tags · 1.2 GB on disk · unique 742 MB · shared 441 MB (saves 640 MB) · reclaimable 96 MB"
 */
class UsageLegend : public QWidget
{
    Q_OBJECT

public:
    enum class Swatch { None, Own, Shared, Reclaimable };
    struct Part
    {
        QString text;
        Swatch swatch = Swatch::None;
        bool bold = false;
    };

    explicit UsageLegend(QWidget* parent = nullptr);
    void setUsage(const DiskUsage& usage);
    void retranslate(); //!< of setUsage()
    //! Other figures than those of a store.
    void setParts(const QList<Part>& parts, const QString& toolTip);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    //! Places the parts; paints them where a painter is given. Gives the height.
    int flow(int width, QPainter* painter) const;
    void paintSwatch(QPainter* painter, const QRect& rect, Swatch swatch, const Colors& colors) const;
    DiskUsage m_usage;
    QList<Part> m_parts;
};

} // namespace Tagboat
