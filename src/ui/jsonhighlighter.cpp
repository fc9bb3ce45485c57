// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/jsonhighlighter.h"

#include "ui/colors.h"

#include <QGuiApplication>

namespace Tagboat {

namespace {

//! Lines longer than this are a whole document in one line: colouring them would take seconds.
constexpr qsizetype LongestLine = 20'000;

} // namespace

JsonHighlighter::JsonHighlighter(QTextDocument* document) : QSyntaxHighlighter(document)
{
    updateColors();
}

void JsonHighlighter::updateColors()
{
    const QPalette palette = QGuiApplication::palette();
    const Colors& colors = Colors::of(palette);
    m_name.setForeground(colors.tone(Tone::Info).text);
    m_name.setFontWeight(QFont::DemiBold);
    m_text.setForeground(colors.tone(Tone::Ok).text);
    m_number.setForeground(colors.tone(Tone::Warning).text);
    m_word.setForeground(colors.tone(Tone::Error).text);
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    // A text of JSON never goes over the end of a line.
    const qsizetype size = text.size();
    if (size > LongestLine)
        return;
    for (qsizetype i = 0; i < size;) {
        const QChar c = text.at(i);
        if (c == u'"') {
            qsizetype end = i + 1;
            while (end < size && text.at(end) != u'"')
                end += text.at(end) == u'\\' ? 2 : 1;
            end = qMin(end + 1, size);
            qsizetype after = end;
            while (after < size && text.at(after).isSpace())
                ++after;
            const bool isName = after < size && text.at(after) == u':';
            setFormat(int(i), int(end - i), isName ? m_name : m_text);
            i = end;
            continue;
        }
        const bool isNumber = c.isDigit() || (c == u'-' && i + 1 < size && text.at(i + 1).isDigit());
        if (!isNumber && !c.isLetter()) {
            ++i;
            continue;
        }
        qsizetype end = i + 1;
        while (end < size
               && (text.at(end).isLetterOrNumber() || text.at(end) == u'.' || text.at(end) == u'+'
                   || text.at(end) == u'-'))
            ++end;
        setFormat(int(i), int(end - i), isNumber ? m_number : m_word);
        i = end;
    }
}

} // namespace Tagboat
