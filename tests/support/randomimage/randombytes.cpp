// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/randombytes.h"

#include <array>
#include <cstring>

namespace Tagboat::Testing {

QByteArray RandomBytes::noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    char* to = bytes.data();
    for (qsizetype i = 0; i < size; i += 8) {
        const quint64 number = next();
        std::memcpy(to + i, &number, static_cast<size_t>(qMin<qsizetype>(8, size - i)));
    }
    return bytes;
}

QByteArray RandomBytes::text(qsizetype size)
{
    constexpr std::array<QByteArrayView, 16> Words{
        "layer ", "image ", "push ",    "pull ", "tag\n", "digest ", "blob ", "mount ",
        "index ", "name ",  "harbour ", "boat ", "tide ", "rope\n",  "quay ", "hull "};
    QByteArray bytes;
    bytes.reserve(size + 64);
    while (bytes.size() < size) {
        quint64 bits = next();
        for (int i = 0; i < 8; ++i, bits >>= 4)
            bytes += Words[bits & 15];
        bytes += QByteArray::number(bits);
    }
    bytes.truncate(size);
    return bytes;
}

} // namespace Tagboat::Testing
