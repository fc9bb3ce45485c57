// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/flatstyle.h"

#include "ui/colors.h"
#include "ui/flatparts.h"
#include "ui/icons.h"
#include "ui/metrics.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto PrimaryProperty = "primary";

Metrics metricsOf(const QStyleOption* option)
{
    return Metrics(option->fontMetrics);
}

//! A tool button that opens a menu and does nothing else.
bool hasMenuArrow(const QStyleOptionToolButton& button)
{
    return (button.features & QStyleOptionToolButton::HasMenu)
        && !(button.features & QStyleOptionToolButton::MenuButtonPopup)
        && button.toolButtonStyle != Qt::ToolButtonIconOnly;
}

bool isPrimary(const QWidget* widget)
{
    return widget && widget->property(PrimaryProperty).toBool();
}

} // namespace

void setPrimary(QWidget* button, bool primary)
{
    button->setProperty(PrimaryProperty, primary);
    button->update();
}

FlatStyle::FlatStyle() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) { }

void FlatStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractItemView*>(widget))
        static_cast<QAbstractItemView*>(widget)->viewport()->setAttribute(Qt::WA_Hover);
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    const Colors& colors = Colors::of(option->palette);
    switch (element) {
    case PE_PanelButtonCommand: {
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        if (button && (button->features & QStyleOptionButton::Flat)
            && !(option->state & (State_MouseOver | State_Sunken | State_On | State_HasFocus)))
            return;
        const bool isDefault = button && (button->features & QStyleOptionButton::DefaultButton);
        paintButtonPanel(option, painter, isPrimary(widget), isDefault);
        return;
    }
    case PE_PanelButtonTool: {
        const bool quiet = option->state & State_AutoRaise;
        if (!quiet || (option->state & (State_MouseOver | State_Sunken | State_On | State_HasFocus)))
            paintButtonPanel(option, painter, isPrimary(widget), false);
        return;
    }
    case PE_FrameDefaultButton:
        return;
    case PE_FrameFocusRect: {
        if (!(option->state & State_KeyboardFocusChange))
            return;
        paintPanel(painter, option->rect, metricsOf(option).radius(), {}, colors.accent);
        return;
    }
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        const bool framed = frame && frame->lineWidth > 0;
        const QColor fill = option->palette.color(QPalette::Base);
        if (!framed) {
            if (element == PE_PanelLineEdit)
                painter->fillRect(option->rect, fill);
            return;
        }
        const bool focused = (option->state & State_HasFocus) && (option->state & State_Enabled);
        paintPanel(painter, option->rect, metricsOf(option).radius(),
                   element == PE_PanelLineEdit ? fill : QColor(),
                   focused                             ? colors.accent
                       : option->state & State_Enabled ? colors.outline
                                                       : colors.line);
        return;
    }
    case PE_FrameGroupBox:
    case PE_Frame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && frame->lineWidth > 0) {
            const bool focused =
                (option->state & State_HasFocus) && qobject_cast<const QAbstractScrollArea*>(widget);
            paintPanel(painter, option->rect, metricsOf(option).radius(), {},
                       focused ? colors.accent : colors.line);
        }
        return;
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget: {
        painter->fillRect(QRect(option->rect.left(),
                                element == PE_FrameTabBarBase ? option->rect.bottom() : option->rect.top(),
                                option->rect.width(), 1),
                          colors.line);
        return;
    }
    case PE_IndicatorCheckBox:
        paintCheck(option, painter, false);
        return;
    case PE_IndicatorItemViewItemCheck:
        paintCheck(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        paintCheck(option, painter, true);
        return;
    case PE_IndicatorBranch: {
        if (!(option->state & State_Children))
            return;
        const int side = qMin(qMin(option->rect.width(), option->rect.height()), metricsOf(option).line);
        QRect rect(0, 0, side, side);
        rect.moveCenter(option->rect.center());
        const QString closed = option->direction == Qt::RightToLeft ? u"chevron-left"_s : u"chevron-right"_s;
        paintIcon(painter, rect, option->state & State_Open ? u"chevron-down"_s : closed, colors.muted);
        return;
    }
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowRight:
    case PE_IndicatorArrowLeft: {
        const int side = qMin(qMin(option->rect.width(), option->rect.height()), metricsOf(option).line);
        QRect rect(0, 0, side, side);
        rect.moveCenter(option->rect.center());
        const QString name = element == PE_IndicatorArrowDown ? u"chevron-down"_s
            : element == PE_IndicatorArrowUp                  ? u"chevron-up"_s
            : element == PE_IndicatorArrowLeft                ? u"chevron-left"_s
                                                              : u"chevron-right"_s;
        paintIcon(painter, rect, name, option->state & State_Enabled ? colors.muted : colors.outline);
        return;
    }
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        return;
    case PE_PanelStatusBar:
        return;
    case PE_FrameStatusBarItem:
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void FlatStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                            const QWidget* widget) const
{
    const Colors& colors = Colors::of(option->palette);
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button && isPrimary(widget) && (option->state & State_Enabled)) {
            QStyleOptionButton copy(*button);
            copy.palette.setColor(QPalette::ButtonText, colors.onAccent);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            paintTab(tab, painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: {
        painter->fillRect(option->rect, colors.header);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          colors.line);
        if (element == CE_HeaderSection && (option->state & State_MouseOver)
            && (option->state & State_Enabled))
            painter->fillRect(option->rect.adjusted(0, 0, 0, -1), mixed(colors.header, colors.text, 0.04));
        return;
    }
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            QStyleOptionHeaderV2 copy;
            if (const auto* v2 = qstyleoption_cast<const QStyleOptionHeaderV2*>(option))
                copy = *v2;
            else
                static_cast<QStyleOptionHeader&>(copy) = *header;
            copy.state &= ~State_On; // no bold header for the column of the selection
            copy.palette.setColor(QPalette::ButtonText, colors.muted);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_ProgressBarGroove:
        return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            paintProgress(bar, painter);
        return;
    case CE_Splitter: {
        const bool vertical =
            option->state & State_Horizontal; // the splitter's orientation: its handle stands upright
        const QRect& r = option->rect;
        const QRect line = vertical ? QRect(r.center().x(), r.top(), 1, r.height())
                                    : QRect(r.left(), r.center().y(), r.width(), 1);
        painter->fillRect(line, option->state & State_MouseOver ? colors.accent : colors.line);
        return;
    }
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                   QPainter* painter, const QWidget* widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            paintScrollBar(proxy(), bar, painter, widget);
            return;
        }
    }
    if (control == CC_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && hasMenuArrow(*button)) {
            QStyleOptionToolButton plain(*button);
            plain.features &= ~QStyleOptionToolButton::HasMenu;
            QStyleOption arrow(*option);
            const int room = metricsOf(option).line;
            plain.rect.setRight(plain.rect.right() - room / 2);
            arrow.rect.setLeft(arrow.rect.right() - room);
            QProxyStyle::drawComplexControl(control, &plain, painter, widget);
            proxy()->drawPrimitive(PE_IndicatorArrowDown, &arrow, painter, widget);
            return;
        }
    }
    if (control == CC_ComboBox) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
            combo && combo->frame) {
            const bool isFocused = option->state & State_HasFocus;
            QStyleOption panel(*option);
            if (combo->editable) { // a field that can also be opened
                const Colors& colors = Colors::of(option->palette);
                paintPanel(painter, option->rect, metricsOf(option).radius(),
                           option->palette.color(QPalette::Base),
                           isFocused                           ? colors.accent
                               : option->state & State_Enabled ? colors.outline
                                                               : colors.line);
            } else {
                paintButtonPanel(&panel, painter, false, isFocused);
            }
            QStyleOption arrow(*option);
            arrow.rect = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
            proxy()->drawPrimitive(PE_IndicatorArrowDown, &arrow, painter, widget);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize FlatStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                  const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (!option)
        return result;
    const Metrics metrics = metricsOf(option);
    switch (type) {
    case CT_PushButton:
    case CT_ComboBox:
    case CT_LineEdit:
        result.setHeight(qMax(result.height(), metrics.line + metrics.line * 3 / 4));
        break;
    case CT_TabBarTab:
        result += QSize(metrics.gap(), metrics.halfGap());
        break;
    case CT_HeaderSection:
        result.setHeight(qMax(result.height(), metrics.rowHeight()));
        break;
    case CT_MenuBarItem:
        result += QSize(0, metrics.halfGap());
        break;
    case CT_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && hasMenuArrow(*button))
            result.rwidth() += metrics.line * 5 / 6;
        break;
    default:
        break;
    }
    return result;
}

QRect FlatStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element != SE_LineEditContents || !frame || frame->lineWidth <= 0)
        return rect;
    const int inset = metricsOf(option).halfGap(); // text keeps clear of the rounded corners
    return rect.adjusted(inset, 0, -inset, 0);
}

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
        return 0;
    case PM_MenuButtonIndicator: // the arrow gets six less
        return Metrics(widget ? widget->fontMetrics() : QFontMetrics(QApplication::font())).line;
    case PM_HeaderMargin:
        return Metrics(widget ? widget->fontMetrics() : QFontMetrics(QApplication::font())).cellPadding();
    case PM_HeaderMarkSize:
        return QProxyStyle::pixelMetric(metric, option, widget) + 2;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* result) const
{
    switch (hint) {
    case SH_EtchDisabledText:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

} // namespace Tagboat
