// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/elidedlabel.h"

#include "ui/colors.h"

#include <QPainter>
#include <QTextLayout>

namespace Tagboat {

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text, Emphasis bold)
{
    if (m_text == text && m_bold == bold)
        return;
    m_text = text;
    m_bold = bold;
    setAccessibleName(text);
    setToolTip(textWidth() > width() ? m_text : QString());
    updateGeometry();
    update();
}

void ElidedLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

int ElidedLabel::textWidth() const
{
    QFont boldFont = font();
    boldFont.setBold(true);
    const QFontMetrics plain(font());
    const QString bold = m_text.mid(m_bold.start, m_bold.length);
    return plain.horizontalAdvance(m_text) - plain.horizontalAdvance(bold)
        + QFontMetrics(boldFont).horizontalAdvance(bold) + 1;
}

QSize ElidedLabel::sizeHint() const
{
    return {textWidth(), fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {qMin(textWidth(), fontMetrics().averageCharWidth() * 12), fontMetrics().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    setToolTip(textWidth() > width() ? m_text : QString());
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Colors& colors = Colors::of(palette());
    painter.setPen(m_tone == Tone::Normal      ? colors.text
                       : m_tone == Tone::Muted ? colors.muted
                                               : colors.tone(m_tone).text);
    if (textWidth() > width()) {
        // Cut text is drawn plain: where the bold part is after cutting is not worth finding out.
        painter.drawText(rect(), int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
                         fontMetrics().elidedText(m_text, Qt::ElideMiddle, width()));
        return;
    }
    QTextLayout layout(m_text, font());
    QTextLayout::FormatRange range{.start = m_bold.start, .length = m_bold.length, .format = {}};
    range.format.setFontWeight(QFont::Bold);
    layout.setFormats({range});
    QTextOption oneLine;
    oneLine.setWrapMode(QTextOption::NoWrap); // a name has hyphens, where text would otherwise be broken
    layout.setTextOption(oneLine);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(textWidth());
    layout.endLayout();
    layout.draw(&painter, QPointF(0, (height() - line.height()) / 2));
}

} // namespace Tagboat
