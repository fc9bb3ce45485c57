// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/hexmodel.h"

#include "models/roles.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

void HexModel::setBytes(const QByteArray& bytes)
{
    beginResetModel();
    m_bytes = bytes;
    endResetModel();
}

int HexModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int((m_bytes.size() + BytesPerLine - 1) / BytesPerLine);
}

QString HexModel::line(int row) const
{
    const QByteArrayView bytes = QByteArrayView(m_bytes).sliced(
        row * BytesPerLine, qMin<qsizetype>(BytesPerLine, m_bytes.size() - row * BytesPerLine));
    QString text = u"%1 "_s.arg(row * BytesPerLine, 8, 16, QLatin1Char('0'));
    QString readable;
    for (qsizetype i = 0; i < BytesPerLine; ++i) {
        text += i == BytesPerLine / 2 ? u"  "_s : u" "_s;
        if (i >= bytes.size()) {
            text += u"  "_s;
            continue;
        }
        const auto byte = uchar(bytes[i]);
        text += u"%1"_s.arg(uint(byte), 2, 16, QLatin1Char('0'));
        readable += byte >= 0x20 && byte < 0x7F ? QLatin1Char(char(byte)) : QLatin1Char('.');
    }
    return QString(text + u"  |"_s + readable + u'|');
}

QVariant HexModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole || role == Role::CopyText)
        return line(index.row());
    return {};
}

} // namespace Tagboat
