// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/tarwriter.h"

#include <QString>

#include <algorithm>

namespace Tagboat::Testing {

namespace {

constexpr qsizetype BlockSize = 512;
constexpr qsizetype NameLength = 100;

void put(QByteArray& block, qsizetype offset, QByteArrayView text)
{
    std::ranges::copy(text, block.data() + offset);
}

QByteArray octal(qint64 number, int digits)
{
    return QByteArray::number(number, 8).rightJustified(digits, '0');
}

bool needsPax(const QByteArray& name)
{
    return name.size() > NameLength || std::ranges::any_of(name, [](char c) { return c < 0; });
}

//! "30 path=…\n", whose number counts the whole line, itself included.
QByteArray paxRecord(const QByteArray& key, const QByteArray& value)
{
    const QByteArray rest = ' ' + key + '=' + value + '\n';
    qsizetype length = rest.size() + 1;
    while (QByteArray::number(length).size() + rest.size() != length)
        ++length;
    return QByteArray::number(length) + rest;
}

} // namespace

void TarWriter::directory(const QByteArray& name)
{
    header(name.endsWith('/') ? name : QByteArray(name + '/'), '5', 0, 0755);
}

void TarWriter::symlink(const QByteArray& name, const QByteArray& target)
{
    header(name, '2', 0, 0777, target);
}

void TarWriter::hardlink(const QByteArray& name, const QByteArray& target)
{
    header(name, '1', 0, 0644, target);
}

void TarWriter::file(const QByteArray& name, qint64 size, const std::function<void(const Sink&)>& write)
{
    header(name, '0', size, 0644);
    write(m_sink);
    pad(size);
}

void TarWriter::finish()
{
    m_sink(QByteArray(2 * BlockSize, '\0'));
}

void TarWriter::header(const QByteArray& name, char type, qint64 size, int mode, const QByteArray& linkTarget)
{
    QByteArray pax;
    if (needsPax(name))
        pax += paxRecord("path", name);
    if (needsPax(linkTarget))
        pax += paxRecord("linkpath", linkTarget);
    if (!pax.isEmpty()) {
        header("PaxHeaders/" + name.right(60).toHex().left(60), 'x', pax.size(), 0644);
        m_sink(pax);
        pad(pax.size());
    }

    QByteArray block(BlockSize, '\0');
    put(block, 0, name.left(NameLength));
    put(block, 100, octal(mode, 7));
    put(block, 108, octal(0, 7));
    put(block, 116, octal(0, 7));
    put(block, 124, octal(size, 11));
    put(block, 136, octal(m_modified, 11));
    put(block, 148, "        ");
    block[156] = type;
    put(block, 157, linkTarget.left(NameLength));
    put(block, 257,
        QByteArrayView("ustar\0"
                       "00",
                       8));
    put(block, 265, "root");
    put(block, 297, "root");
    qint64 sum = 0;
    for (const char c : std::as_const(block))
        sum += static_cast<unsigned char>(c);
    put(block, 148, QByteArray(octal(sum, 6) + '\0' + ' '));
    m_sink(block);
}

void TarWriter::pad(qint64 size)
{
    const qsizetype over = size % BlockSize;
    if (over > 0)
        m_sink(QByteArray(BlockSize - over, '\0'));
}

} // namespace Tagboat::Testing
