// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/itemdelegate.h"

#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/icons.h"
#include "ui/metrics.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QTreeView>

namespace Tagboat {

namespace {

constexpr QChar Ellipsis(0x2026);

QFont monospaceFont(const QFont& like)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pointSizeF() > 0)
        font.setPointSizeF(like.pointSizeF() * 0.94); // fixed fonts look larger than the text beside them
    else
        font.setPixelSize(like.pixelSize());
    return font;
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

int textWidth(const QString& text, const Emphasis& emphasis, const QFont& font)
{
    const QFontMetrics plain(font);
    if (emphasis.length <= 0)
        return plain.horizontalAdvance(text);
    return plain.horizontalAdvance(text.first(emphasis.start))
        + QFontMetrics(bold(font)).horizontalAdvance(text.sliced(emphasis.start, emphasis.length))
        + plain.horizontalAdvance(text.sliced(emphasis.start + emphasis.length));
}

void drawRun(QPainter* painter, QRect& rect, const QFont& font, const QString& text)
{
    if (text.isEmpty())
        return;
    painter->setFont(font);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    rect.setLeft(rect.left() + QFontMetrics(font).horizontalAdvance(text));
}

//! Left-aligned text with a bold range, cut in the middle where it does not fit.
void drawText(QPainter* painter, QRect rect, const QString& text, Emphasis emphasis, const QFont& font)
{
    emphasis.start = qBound(0, emphasis.start, int(text.size()));
    emphasis.length = qBound(0, emphasis.length, int(text.size()) - emphasis.start);
    const int boldEnd = emphasis.start + emphasis.length;
    int keptFront = int(text.size());
    int keptBack = 0;
    if (textWidth(text, emphasis, font) > rect.width()) {
        const QFontMetrics fm(emphasis.length > 0 ? bold(font) : font);
        const QString cut = fm.elidedText(text, Qt::ElideMiddle, rect.width());
        const auto gap = cut.indexOf(Ellipsis);
        keptFront = int(qMax<qsizetype>(gap, 0));
        keptBack = int(gap < 0 ? 0 : cut.size() - gap - 1);
    }
    const auto draw = [&](int from, int to) {
        const auto run = [&](int a, int b, const QFont& f) {
            if (b > a)
                drawRun(painter, rect, f, text.sliced(a, b - a));
        };
        run(from, qMin(to, emphasis.start), font);
        run(qMax(from, emphasis.start), qMin(to, boldEnd), bold(font));
        run(qMax(from, boldEnd), to, font);
    };
    draw(0, keptFront);
    if (keptFront < text.size()) {
        drawRun(painter, rect, font, Ellipsis);
        draw(int(text.size()) - keptBack, int(text.size()));
    }
}

} // namespace

ItemDelegate::ItemDelegate(QObject* parent) : QStyledItemDelegate(parent) { }

void ItemDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(Role::Monospace).toBool())
        option->font = monospaceFont(option->font);
}

void ItemDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    const Colors& colors = Colors::of(option.palette);
    const Metrics metrics{QFontMetrics(given.font)};

    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    painter->save();
    // In a tree the first column starts behind its indentation; the line does not.
    const int lineStart =
        index.column() == 0 && qobject_cast<const QTreeView*>(option.widget) ? 0 : option.rect.left();
    painter->fillRect(QRect(lineStart, option.rect.bottom(), option.rect.right() + 1 - lineStart, 1),
                      colors.line);

    const auto tone = index.data(Role::TextTone).value<Tone>();
    const bool selected = option.state & QStyle::State_Selected;
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    QColor color = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    if (!(option.state & QStyle::State_Enabled))
        color = option.palette.color(QPalette::Disabled, QPalette::Text);
    else if (tone == Tone::Muted)
        color = selected ? mixed(color, option.palette.color(group, QPalette::Highlight), 0.3) : colors.muted;
    else if (tone != Tone::Normal && !selected)
        color = colors.tone(tone).text;
    painter->setPen(color);

    QRect rect = option.rect.adjusted(metrics.cellPadding(), 0, -metrics.cellPadding(), 0);
    if (option.features & QStyleOptionViewItem::HasCheckIndicator) {
        QStyleOptionViewItem box = option;
        box.rect = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, option.widget);
        box.state.setFlag(QStyle::State_HasFocus, false);
        box.state.setFlag(QStyle::State_Enabled, index.flags().testFlag(Qt::ItemIsUserCheckable));
        box.state |= option.checkState == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
        style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, option.widget);
        rect.setLeft(box.rect.right() + metrics.gap());
    }
    if (const QString count = index.data(Role::Count).toString(); !count.isEmpty()) {
        painter->save();
        painter->setFont(option.font);
        if (!selected)
            painter->setPen(colors.muted);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        painter->restore();
        rect.setRight(rect.right() - QFontMetrics(option.font).horizontalAdvance(count) - metrics.gap());
    }
    if (const QString name = m_showsIcons ? index.data(Role::IconName).toString() : QString();
        !name.isEmpty()) {
        const QRect place(rect.left(), rect.center().y() - metrics.line / 2, metrics.line, metrics.line);
        paintIcon(painter, place, name,
                  selected || tone != Tone::Normal ? painter->pen().color() : colors.muted);
        rect.setLeft(place.right() + 1 + metrics.gap());
    }
    const auto badges = index.data(Role::Badges).value<QList<Badge>>();
    const auto emphasis = index.data(Role::BoldRange).value<Emphasis>();
    if (option.displayAlignment & Qt::AlignRight) {
        painter->setFont(option.font);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetrics(option.font).elidedText(option.text, Qt::ElideMiddle, rect.width()));
    } else {
        // Badges keep up to half of the cell; the text has the rest, and all that badges leave.
        const int wanted = textWidth(option.text, emphasis, option.font);
        const int badgeRoom = badges.isEmpty() ? 0 : badgesWidth(badges, given.font) + metrics.gap();
        const int textRoom =
            option.text.isEmpty() ? 0 : qMin(wanted, qMax(rect.width() - badgeRoom, rect.width() / 2));
        drawText(painter, QRect(rect.left(), rect.top(), textRoom, rect.height()), option.text, emphasis,
                 option.font);
        if (!badges.isEmpty()) {
            rect.setLeft(rect.left() + (textRoom > 0 ? textRoom + metrics.gap() : 0));
            paintBadges(painter, rect, badges, given.font, option.palette);
        }
    }
    painter->restore();

    if (option.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.rect = option.rect.adjusted(0, 0, 0, -1);
        focus.state |= QStyle::State_KeyboardFocusChange | QStyle::State_Item;
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

QSize ItemDelegate::sizeHint(const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const Metrics metrics{QFontMetrics(given.font)};
    const auto badges = index.data(Role::Badges).value<QList<Badge>>();
    // One more than the text: whether it fits is decided by fractions.
    int width = textWidth(option.text, index.data(Role::BoldRange).value<Emphasis>(), option.font) + 1
        + 2 * metrics.cellPadding();
    if (!badges.isEmpty())
        width += badgesWidth(badges, given.font) + metrics.gap();
    if (option.features & QStyleOptionViewItem::HasCheckIndicator) {
        const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
        width += style->pixelMetric(QStyle::PM_IndicatorWidth, &option, option.widget) + metrics.gap();
    }
    if (m_showsIcons && !index.data(Role::IconName).toString().isEmpty())
        width += metrics.line + metrics.gap();
    return {width, metrics.rowHeight()};
}

bool ItemDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && index.data(Qt::ToolTipRole).toString().isEmpty()
        && sizeHint(option, index).width() > view->visualRect(index).width()) {
        QToolTip::showText(event->globalPos(), index.data(Qt::DisplayRole).toString(), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace Tagboat
