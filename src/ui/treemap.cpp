// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/treemap.h"

#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/metrics.h"
#include "ui/treemapaccess.h"
#include "ui/treemaplayout.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Tagboat {

namespace {

constexpr double SmallestSide = 1.0; // of a tile that is painted
constexpr int ShadeSteps = 4;        // by which neighbours of one kind differ

//! Above 1: how far the contents of a group stand off from its edges.
int paddingOf(const QFontMetrics& fm)
{
    return std::max(1, fm.height() / 8);
}

} // namespace

Treemap::Treemap(QWidget* parent) : QWidget(parent)
{
    installTreemapAccess();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void Treemap::setTiles(const QList<TreemapTile>& tiles, const QStringList& groups)
{
    if (tiles == m_tiles && groups == m_groups)
        return;
    m_tiles = tiles;
    m_groups = groups;
    m_current = m_tiles.isEmpty() ? -1 : std::clamp(m_current, 0, int(m_tiles.size()) - 1);
    m_hovered = -1;
    if (m_marked >= groups.size())
        m_marked = -1;
    arrange();
    QAccessibleEvent changed(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&changed);
}

void Treemap::setCurrent(int tile)
{
    if (tile == m_current || tile < -1 || tile >= m_tiles.size())
        return;
    m_current = tile;
    update();
}

void Treemap::setMarkedGroup(int group)
{
    if (group == m_marked)
        return;
    m_marked = group;
    update();
}

QRect Treemap::placeOf(int tile) const
{
    return tile >= 0 && tile < m_places.size() ? m_places.at(tile).toRect() : QRect();
}

int Treemap::tileAt(const QPoint& position) const
{
    for (int i = 0; i < m_places.size(); ++i) {
        if (m_places.at(i).contains(position))
            return i;
    }
    return -1;
}

QSize Treemap::sizeHint() const
{
    const Metrics metrics(fontMetrics());
    return {metrics.line * 24, metrics.line * 10};
}

QSize Treemap::minimumSizeHint() const
{
    const Metrics metrics(fontMetrics());
    return {metrics.line * 8, metrics.line * 4};
}

void Treemap::arrange()
{
    // Inside the ring that shows the focus.
    const QRectF area = QRectF(rect()).adjusted(1, 1, -1, -1);
    m_places = QList<QRectF>(m_tiles.size());
    m_groupPlaces.clear();
    if (m_groups.isEmpty()) {
        QList<double> weights;
        for (const TreemapTile& tile : std::as_const(m_tiles))
            weights.append(tile.weight);
        m_places = squarified(weights, area);
    } else {
        QList<double> weights(m_groups.size());
        for (const TreemapTile& tile : std::as_const(m_tiles)) {
            if (tile.group >= 0 && tile.group < weights.size())
                weights[tile.group] += tile.weight;
        }
        m_groupPlaces = squarified(weights, area);
        for (int group = 0; group < m_groups.size(); ++group)
            arrangeGroup(group, m_groupPlaces.at(group));
    }
    update();
}

void Treemap::arrangeGroup(int group, const QRectF& area)
{
    const QFontMetrics fm(smallFont(font()));
    const int padding = paddingOf(fm);
    QRectF inner = area.adjusted(padding, padding, -padding, -padding);
    // Half of a group is for what is in it.
    if (inner.height() > fm.height() * 2.2 && inner.width() > fm.averageCharWidth() * 5)
        inner.setTop(inner.top() + fm.height());
    QList<int> members;
    QList<double> weights;
    for (int i = 0; i < m_tiles.size(); ++i) {
        if (m_tiles.at(i).group == group) {
            members.append(i);
            weights.append(m_tiles.at(i).weight);
        }
    }
    const QList<QRectF> places = squarified(weights, inner.isEmpty() ? area : inner);
    for (qsizetype i = 0; i < members.size(); ++i)
        m_places[members.at(i)] = places.at(i);
}

bool Treemap::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int tile = tileAt(help->pos());
    if (tile < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), m_tiles.at(tile).toolTip, this, placeOf(tile));
    return true;
}

void Treemap::paintEvent(QPaintEvent*)
{
    const Colors& colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont small = smallFont(font());
    const QFontMetrics fm(small);
    const int padding = paddingOf(fm);
    for (int group = 0; group < m_groupPlaces.size(); ++group) {
        const QRectF& place = m_groupPlaces.at(group);
        if (place.width() < SmallestSide || place.height() < SmallestSide)
            continue;
        const QRectF shown = place.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(group == m_marked ? colors.accent : colors.line, group == m_marked ? 2 : 1));
        painter.setBrush(group == m_marked ? colors.accentSoft : colors.sidebar);
        painter.drawRoundedRect(shown, padding, padding);
        const QRectF inner = place.adjusted(padding, padding, -padding, -padding);
        if (inner.height() > fm.height() * 2.2 && inner.width() > fm.averageCharWidth() * 5) {
            painter.setFont(small);
            painter.setPen(group == m_marked ? colors.text : colors.muted);
            const QRectF heading = inner.adjusted(padding, 0, -padding, 0);
            painter.drawText(QRectF(heading.topLeft(), QSizeF(heading.width(), fm.height())),
                             Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                             fm.elidedText(m_groups.at(group), Qt::ElideMiddle, int(heading.width())));
        }
    }
    for (int tile = 0; tile < m_tiles.size(); ++tile)
        paintTile(&painter, tile, colors);
    if (m_current >= 0 && m_current < m_places.size() && !m_places.at(m_current).isEmpty())
        paintRing(&painter, m_places.at(m_current), colors);
}

void Treemap::paintTile(QPainter* painter, int number, const Colors& colors) const
{
    const QRectF& place = m_places.at(number);
    if (place.width() < SmallestSide || place.height() < SmallestSide)
        return;
    const TreemapTile& tile = m_tiles.at(number);
    const bool isRoomy = place.width() > 6 && place.height() > 6;
    const QRectF shown =
        isRoomy ? place.adjusted(0.5, 0.5, -0.5, -0.5) : place.adjusted(0.2, 0.2, -0.2, -0.2);
    const double shade = double(number % ShadeSteps) / ShadeSteps * 0.28;
    QColor behind;
    QColor text = colors.text;
    switch (tile.kind) {
    case TreemapTile::Kind::Own:
        behind = mixed(colors.accent, colors.isDark ? QColor(Qt::black) : QColor(Qt::white), shade);
        text = behind.lightness() > 190 ? QColor(Qt::black) : colors.onAccent;
        painter->fillRect(shown, behind);
        break;
    case TreemapTile::Kind::Shared:
        behind = colors.accentSoft;
        paintHatch(painter, shown, colors);
        break;
    case TreemapTile::Kind::Other:
        behind = colors.track;
        painter->fillRect(shown, behind);
        break;
    case TreemapTile::Kind::Loose:
        behind = colors.tone(Tone::Warning).fill;
        text = colors.tone(Tone::Warning).text;
        painter->fillRect(shown, behind);
        painter->setPen(colors.tone(Tone::Warning).border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(shown);
        break;
    }
    if (number == m_hovered) {
        QColor light = text;
        light.setAlphaF(0.14F);
        painter->fillRect(shown, light);
    }
    // Clear of the ring.
    const int padding = Metrics(fontMetrics()).gap();
    paintLabel(painter, shown.toRect().adjusted(padding, padding, -padding, -padding), tile, text, behind);
}

void Treemap::paintLabel(QPainter* painter, const QRect& rect, const TreemapTile& tile, const QColor& color,
                         const QColor& behind) const
{
    QFont bold = font();
    bold.setBold(true);
    const QFont small = smallFont(font());
    const QFontMetrics boldMetrics(bold);
    const QFontMetrics smallMetrics(small);
    if (rect.width() < boldMetrics.averageCharWidth() * 4 || rect.height() < boldMetrics.height())
        return;
    const QString title = boldMetrics.elidedText(tile.title, Qt::ElideMiddle, rect.width());
    QStringList lines;
    int free = rect.height() - boldMetrics.height();
    for (const QString& line : tile.text.split(u'\n', Qt::SkipEmptyParts)) {
        if (free < smallMetrics.height())
            break;
        lines.append(smallMetrics.elidedText(line, Qt::ElideRight, rect.width()));
        free -= smallMetrics.height();
    }
    if (tile.kind == TreemapTile::Kind::Shared) {
        // Stripes under letters are hard to read.
        int width = boldMetrics.horizontalAdvance(title);
        for (const QString& line : std::as_const(lines))
            width = std::max(width, smallMetrics.horizontalAdvance(line));
        const int padding = Metrics(fontMetrics()).halfGap();
        QColor plate = behind;
        plate.setAlphaF(0.86F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(plate);
        const QRect words(rect.left(), rect.top(), std::min(width, rect.width()),
                          boldMetrics.height() + int(lines.size()) * smallMetrics.height());
        painter->drawRoundedRect(words.adjusted(-padding, -padding / 2, padding, padding / 2), padding,
                                 padding);
    }
    painter->setPen(color);
    painter->setFont(bold);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, title);
    painter->setFont(small);
    int top = rect.top() + boldMetrics.height();
    for (const QString& line : std::as_const(lines)) {
        painter->drawText(QRect(rect.left(), top, rect.width(), smallMetrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line);
        top += smallMetrics.height();
    }
}

void Treemap::paintRing(QPainter* painter, const QRectF& rect, const Colors& colors) const
{
    const qreal width = std::max(2.0, fontMetrics().height() / 8.0);
    painter->setBrush(Qt::NoBrush);
    // Two lines, so that one of them stands out from whatever lies below.
    if (hasFocus()) {
        painter->setPen(
            QPen(palette().color(QPalette::Base), width * 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter->drawRect(rect.adjusted(width, width, -width, -width));
    }
    painter->setPen(
        QPen(colors.text, hasFocus() ? width : width / 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    const qreal half = painter->pen().widthF() / 2;
    painter->drawRect(rect.adjusted(half, half, -half, -half));
}

void Treemap::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void Treemap::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
}

void Treemap::setHovered(int tile)
{
    if (tile == m_hovered)
        return;
    m_hovered = tile;
    update();
}

void Treemap::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(tileAt(event->position().toPoint()));
}

void Treemap::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHovered(-1);
}

void Treemap::mousePressEvent(QMouseEvent* event)
{
    const int tile = tileAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || tile < 0)
        return;
    moveTo(tile);
    Q_EMIT chosen(tile);
}

void Treemap::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int tile = tileAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && tile >= 0)
        Q_EMIT opened(tile);
}

void Treemap::choose(int tile)
{
    if (tile < 0 || tile >= m_tiles.size())
        return;
    moveTo(tile);
    Q_EMIT chosen(tile);
}

void Treemap::keyPressEvent(QKeyEvent* event)
{
    const auto lastShown = [this](int from, int step) {
        for (int i = from; i >= 0 && i < m_places.size(); i += step) {
            if (!m_places.at(i).isEmpty())
                return i;
        }
        return -1;
    };
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        moveTo(m_current < 0 ? lastShown(0, 1) : neighbourOf(m_places, m_current, event->key()));
        return;
    case Qt::Key_Home:
        moveTo(lastShown(0, 1));
        return;
    case Qt::Key_End:
        moveTo(lastShown(int(m_places.size()) - 1, -1));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current < 0)
            return;
        if (event->modifiers() & Qt::ControlModifier)
            Q_EMIT opened(m_current);
        else
            Q_EMIT chosen(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Treemap::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_tiles.isEmpty())
        m_current = 0;
    update();
    tellFocus();
}

void Treemap::moveTo(int tile)
{
    if (tile < 0)
        return;
    setCurrent(tile);
    tellFocus();
}

void Treemap::tellFocus()
{
    if (m_current < 0 || !hasFocus())
        return;
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(m_current);
    QAccessible::updateAccessibility(&focus);
}

} // namespace Tagboat
