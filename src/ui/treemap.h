// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QPainter;

namespace Tagboat {

class Colors;

//! One rectangle of a Treemap.
struct TreemapTile
{
    enum class Kind {
        Own,    //!< bytes of one image
        Shared, //!< hatched: bytes of several
        Other,  //!< documents, what is summed up
        Loose,  //!< bytes of no image
    };
    QString title; //!< "Layer 3"
    QString text;  //!< below it: a size, a build step
    QString toolTip;
    QString accessibleName;
    double weight = 0; //!< its share of the area
    Kind kind = Kind::Own;
    int group = -1; //!< position of its group; -1: none
    friend bool operator==(const TreemapTile&, const TreemapTile&) = default;
};

/*!
 * \brief Sizes as areas: rectangles to hover, click and walk over with the arrow keys; in groups with a
 * heading, where there are any.
 *
 * One of the rectangles is the current one. Enter, Space and clicks choose it, a double click or Ctrl+Enter
 * opens it; Home and End lead to the first and last. To a screen reader it is a list whose items are the
 * rectangles.
 */
class Treemap : public QWidget
{
    Q_OBJECT

public:
    explicit Treemap(QWidget* parent = nullptr);

    //! \a groups are headings by position.
    void setTiles(const QList<TreemapTile>& tiles, const QStringList& groups = {});
    [[nodiscard]] const QList<TreemapTile>& tiles() const { return m_tiles; }
    [[nodiscard]] int current() const { return m_current; } //!< -1: none
    void setCurrent(int tile);
    //! Sets a group off from the others; -1: none.
    void setMarkedGroup(int group);
    //! Where a tile is, in the widget; empty where it is too small to be seen.
    [[nodiscard]] QRect placeOf(int tile) const;
    [[nodiscard]] int tileAt(const QPoint& position) const; //!< -1: none
    void choose(int tile);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int tile); //!< clicked, or by Enter or Space
    void opened(int tile); //!< by a double click or Ctrl+Enter

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void arrange();
    void arrangeGroup(int group, const QRectF& area);
    void setHovered(int tile);
    void moveTo(int tile);
    void tellFocus();
    void paintTile(QPainter* painter, int tile, const Colors& colors) const;
    void paintLabel(QPainter* painter, const QRect& rect, const TreemapTile& tile, const QColor& color,
                    const QColor& behind) const;
    void paintRing(QPainter* painter, const QRectF& rect, const Colors& colors) const;

    QList<TreemapTile> m_tiles;
    QStringList m_groups;
    QList<QRectF> m_places;
    QList<QRectF> m_groupPlaces;
    int m_current = -1;
    int m_hovered = -1;
    int m_marked = -1;
};

} // namespace Tagboat
