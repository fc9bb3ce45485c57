// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tarbuilder.h"

namespace Tagboat::ArchiveTest {

namespace {

void put(QByteArray& block, qsizetype at, const QByteArray& text)
{
    block.replace(at, text.size(), text);
}

QByteArray octal(qint64 value, int digits)
{
    return QByteArray::number(value, 8).rightJustified(digits, '0');
}

} // namespace

void TarBuilder::sign(QByteArray& block)
{
    put(block, 148, QByteArray(8, ' '));
    qint64 sum = 0;
    for (const char byte : std::as_const(block))
        sum += static_cast<uchar>(byte);
    put(block, 148, octal(sum, 6) + QByteArray("\0 ", 2));
}

QByteArray TarBuilder::block(const QByteArray& name, char type, qint64 size, const QByteArray& link)
{
    QByteArray block(512, '\0');
    put(block, 0, name.first(std::min<qsizetype>(name.size(), 100)));
    put(block, 100, "0000644");
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    if (size < qint64(8) << 30) {
        put(block, 124, octal(size, 11));
    } else {
        for (int i = 0; i < 8; ++i)
            block[135 - i] = static_cast<char>(size >> (8 * i));
        block[124] = static_cast<char>(0x80);
    }
    put(block, 136, "00000000000");
    block[156] = type;
    put(block, 157, link.first(std::min<qsizetype>(link.size(), 100)));
    put(block, 257,
        QByteArray("ustar\0"
                   "00",
                   8));
    sign(block);
    return block;
}

TarBuilder& TarBuilder::header(const QByteArray& name, char type, qint64 size, const QByteArray& link)
{
    m_last = m_bytes.size();
    m_bytes += block(name, type, size, link);
    return *this;
}

TarBuilder& TarBuilder::data(const QByteArray& bytes)
{
    m_bytes += bytes;
    m_bytes.append((512 - m_bytes.size() % 512) % 512, '\0');
    return *this;
}

TarBuilder& TarBuilder::file(const QByteArray& name, const QByteArray& bytes)
{
    return header(name, '0', bytes.size()).data(bytes);
}

TarBuilder& TarBuilder::pax(const QByteArray& key, const QByteArray& value, char type)
{
    const QByteArray record = ' ' + key + '=' + value + '\n';
    qsizetype length = record.size() + 1;
    while (QByteArray::number(length).size() + record.size() != length)
        ++length;
    const QByteArray bytes = QByteArray::number(length) + record;
    return header("PaxHeaders/x", type, bytes.size()).data(bytes);
}

TarBuilder& TarBuilder::gnuLong(char type, const QByteArray& text)
{
    return header("././@LongLink", type, text.size() + 1).data(text + '\0');
}

TarBuilder& TarBuilder::attributes(int mode, int user, int group, qint64 modified)
{
    QByteArray changed = m_bytes.sliced(m_last, 512);
    put(changed, 100, octal(mode, 7));
    put(changed, 108, octal(user, 7));
    put(changed, 116, octal(group, 7));
    put(changed, 136, octal(modified, 11));
    sign(changed);
    m_bytes.replace(m_last, 512, changed);
    return *this;
}

TarBuilder& TarBuilder::end()
{
    m_bytes.append(1024, '\0');
    return *this;
}

} // namespace Tagboat::ArchiveTest
