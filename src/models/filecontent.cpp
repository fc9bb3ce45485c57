// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filecontent.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Without the first bytes of a character whose others were cut off.
QByteArrayView wholeCharacters(QByteArrayView bytes)
{
    static constexpr qsizetype MostBytes = 4;
    for (qsizetype back = 1; back <= qMin(MostBytes, bytes.size()); ++back) {
        const auto byte = uchar(bytes[bytes.size() - back]);
        if ((byte & 0xC0) == 0x80)
            continue;
        const qsizetype length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? bytes.chopped(back) : bytes;
    }
    return bytes;
}

QString withShortLines(const QString& text, bool& wasBroken)
{
    QString result;
    result.reserve(text.size());
    qsizetype start = 0;
    while (start < text.size()) {
        qsizetype end = text.indexOf(u'\n', start);
        if (end < 0)
            end = text.size();
        while (end - start > FileText::MaxLine) {
            qsizetype length = FileText::MaxLine;
            if (text[start + length - 1].isHighSurrogate())
                --length;
            result += QStringView(text).sliced(start, length);
            result += u'\n';
            start += length;
            wasBroken = true;
        }
        result += QStringView(text).sliced(start, end - start);
        if (end < text.size())
            result += u'\n';
        start = end + 1;
    }
    return result;
}

} // namespace

std::optional<FileText> textOf(const QByteArray& bytes, bool isCutOff)
{
    FileText found;
    QByteArrayView view(bytes);
    if (view.startsWith("\xFF\xFE"_ba) || view.startsWith("\xFE\xFF"_ba)) {
        if (isCutOff && view.size() % 2 != 0)
            view.chop(1);
        QStringDecoder decoder(QStringDecoder::Utf16);
        found.text = decoder(view);
        if (decoder.hasError() || found.text.contains(QChar(u'\0')))
            return std::nullopt;
        found.encoding = u"UTF-16"_s;
    } else {
        if (view.contains('\0'))
            return std::nullopt;
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        found.text = decoder(isCutOff ? wholeCharacters(view) : view);
        if (decoder.hasError())
            return std::nullopt;
        found.encoding = u"UTF-8"_s;
    }
    found.text.replace(u"\r\n"_s, u"\n"_s);
    found.text.replace(u'\r', u'\n');
    found.text = withShortLines(found.text, found.hasBrokenLines);
    return found;
}

} // namespace Tagboat
