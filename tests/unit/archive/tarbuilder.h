// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace Tagboat::ArchiveTest {

//! Makes tars byte by byte, sound ones and all kinds of others, in memory.
class TarBuilder
{
public:
    //! The header alone, for what no writer would write. \a size goes into it whatever follows.
    TarBuilder& header(const QByteArray& name, char type, qint64 size, const QByteArray& link = {});
    //! Any bytes, filled up to a whole block.
    TarBuilder& data(const QByteArray& bytes);
    TarBuilder& file(const QByteArray& name, const QByteArray& bytes);
    TarBuilder& folder(const QByteArray& name) { return header(name, '5', 0); }
    TarBuilder& symLink(const QByteArray& name, const QByteArray& target)
    {
        return header(name, '2', 0, target);
    }
    TarBuilder& hardLink(const QByteArray& name, const QByteArray& target)
    {
        return header(name, '1', 0, target);
    }
    //! A pax header for the next member with one record.
    TarBuilder& pax(const QByteArray& key, const QByteArray& value, char type = 'x');
    //! GNU's way of giving the next member a long name ('L') or link target ('K').
    TarBuilder& gnuLong(char type, const QByteArray& text);
    //! Of the member that was added last.
    TarBuilder& attributes(int mode, int user = 0, int group = 0, qint64 modified = 0);
    TarBuilder& end();

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size(); }

    //! A header block with a right checksum; sizes from 8 GiB on in GNU's binary form.
    [[nodiscard]] static QByteArray block(const QByteArray& name, char type, qint64 size,
                                          const QByteArray& link = {});
    //! Makes the checksum of a changed header block right again.
    static void sign(QByteArray& block);

private:
    QByteArray m_bytes;
    qsizetype m_last = 0; // where its header stands
};

} // namespace Tagboat::ArchiveTest
