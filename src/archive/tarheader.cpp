// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/tarheader.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! A field of a header block (POSIX.1-1988 ustar, and what GNU tar puts into the same places).
struct Field
{
    qsizetype offset;
    qsizetype length;

    [[nodiscard]] QByteArrayView of(QByteArrayView block) const { return block.sliced(offset, length); }
    //! Text up to the first NUL; a field that is full has none.
    [[nodiscard]] QByteArray text(QByteArrayView block) const
    {
        const QByteArrayView bytes = of(block);
        const qsizetype end = bytes.indexOf('\0');
        return (end < 0 ? bytes : bytes.first(end)).toByteArray();
    }
};

constexpr Field Name{0, 100};
constexpr Field Size{124, 12};
constexpr Field Checksum{148, 8};
constexpr Field LinkTarget{157, 100};
constexpr Field Magic{257, 8};
constexpr Field Prefix{345, 155};
constexpr qsizetype TypeOffset = 156;

//! Octal digits with blanks or NULs around them; a field of only those is 0.
std::optional<qint64> octal(QByteArrayView field)
{
    qsizetype at = 0;
    while (at < field.size() && field[at] == ' ')
        ++at;
    qint64 value = 0;
    for (; at < field.size() && field[at] >= '0' && field[at] <= '7'; ++at)
        value = value * 8 + (field[at] - '0'); // 12 digits at most: 36 bits
    for (; at < field.size(); ++at) {
        if (field[at] != ' ' && field[at] != '\0')
            return std::nullopt;
    }
    return value;
}

//! GNU's form for what does not fit into octal: the first bit set, then a big-endian number.
std::optional<qint64> binary(QByteArrayView field)
{
    if (static_cast<uchar>(field[0]) != 0x80) // 0xff: negative; else: more than any file has
        return std::nullopt;
    quint64 value = 0;
    for (const char byte : field.sliced(1)) {
        if (value > (std::numeric_limits<quint64>::max() >> 8))
            return std::nullopt;
        value = value << 8 | static_cast<uchar>(byte);
    }
    if (value > quint64(std::numeric_limits<qint64>::max() / 2)) // offsets are added to it
        return std::nullopt;
    return static_cast<qint64>(value);
}

} // namespace

bool TarHeader::isZero(QByteArrayView block)
{
    return std::ranges::all_of(block, [](char byte) { return byte == 0; });
}

bool TarHeader::isHeader(QByteArrayView block)
{
    if (block.size() != TarBlockSize)
        return false;
    const std::optional<qint64> stated = octal(Checksum.of(block));
    if (!stated)
        return false;
    qint64 sum = 8 * ' ';
    qint64 signedSum = sum; // some old writers took their bytes for signed ones
    for (qsizetype i = 0; i < block.size(); ++i) {
        if (i >= Checksum.offset && i < Checksum.offset + Checksum.length)
            continue;
        sum += static_cast<uchar>(block[i]);
        signedSum += static_cast<signed char>(block[i]);
    }
    return *stated == sum || *stated == signedSum;
}

Result<TarHeader> TarHeader::parse(QByteArrayView block, const QString& subject)
{
    if (!isHeader(block))
        return fail(Error::Code::Corrupt, subject, u"a damaged header: its checksum is wrong"_s);
    TarHeader header;
    header.name = Name.text(block);
    header.linkTarget = LinkTarget.text(block);
    header.type = block[TypeOffset] ? block[TypeOffset] : '0';
    // GNU tar writes "ustar  " and other things where POSIX has the prefix.
    if (Magic.of(block).startsWith(QByteArrayView("ustar\0", 6))) {
        if (const QByteArray prefix = Prefix.text(block); !prefix.isEmpty())
            header.name = prefix + '/' + header.name;
    }
    header.isLargeForm = (static_cast<uchar>(block[Size.offset]) & 0x80) != 0;
    const auto size = header.isLargeForm ? binary(Size.of(block)) : octal(Size.of(block));
    if (!size)
        return fail(Error::Code::Corrupt, subject, u"a damaged header: its size is no number"_s);
    header.size = *size;
    return header;
}

Result<QMap<QByteArray, QByteArray>> parsePaxRecords(QByteArrayView bytes, const QString& subject)
{
    const auto broken = [&] { return fail(Error::Code::Corrupt, subject, u"a damaged extended header"_s); };
    QMap<QByteArray, QByteArray> records; // "LENGTH KEY=VALUE\n", the length counting itself
    while (!bytes.isEmpty()) {
        const qsizetype blank = bytes.indexOf(' ');
        if (blank <= 0)
            return broken();
        bool isNumber = false;
        const qsizetype length = bytes.first(blank).toLongLong(&isNumber);
        if (!isNumber || length <= blank + 1 || length > bytes.size() || bytes[length - 1] != '\n')
            return broken();
        const QByteArrayView record = bytes.sliced(blank + 1, length - blank - 2);
        const qsizetype equals = record.indexOf('=');
        if (equals <= 0)
            return broken();
        records.insert(record.first(equals).toByteArray(), record.sliced(equals + 1).toByteArray());
        bytes = bytes.sliced(length);
    }
    return records;
}

} // namespace Tagboat
