// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layerindex.h"

#include <algorithm>

namespace Tagboat {

namespace {

bool isPlain(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

//! How long the UTF-8 character at the beginning of \a bytes is; 0 where there is none (RFC 3629).
qsizetype characterSize(QByteArrayView bytes, char32_t& code)
{
    const auto first = static_cast<uchar>(bytes[0]);
    qsizetype size = 0;
    if (first < 0x80) {
        code = first;
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        size = 2;
        code = first & 0x1f;
    } else if (first >= 0xe0 && first <= 0xef) {
        size = 3;
        code = first & 0x0f;
    } else if (first >= 0xf0 && first <= 0xf4) {
        size = 4;
        code = first & 0x07;
    } else {
        return 0;
    }
    if (bytes.size() < size)
        return 0;
    for (qsizetype i = 1; i < size; ++i) {
        const auto next = static_cast<uchar>(bytes[i]);
        if ((next & 0xc0) != 0x80)
            return 0;
        code = (code << 6) | (next & 0x3f);
    }
    const bool isTooLong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    const bool isSurrogate = code >= 0xd800 && code <= 0xdfff;
    return isTooLong || isSurrogate || code > 0x10ffff ? 0 : size;
}

//! Controls (C0, DEL, C1), and what makes a name look like another one by its direction (Unicode bidi).
bool isHidden(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

void appendShown(QByteArray& to, QByteArrayView name)
{
    if (std::ranges::all_of(name, isPlain)) {
        to.append(name);
        return;
    }
    while (!name.isEmpty()) {
        char32_t code = 0;
        const qsizetype size = characterSize(name, code);
        const qsizetype taken = std::max<qsizetype>(size, 1);
        if (size > 0 && !isHidden(code)) {
            to.append(name.first(taken));
        } else {
            for (const char byte : name.first(taken))
                to.append("\\x").append(QByteArray(1, byte).toHex());
        }
        name = name.sliced(taken);
    }
}

} // namespace Tagboat
