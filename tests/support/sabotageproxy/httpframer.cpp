// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "httpframer.h"

#include <algorithm>
#include <limits>

namespace Tagboat::Testing {

void HttpFramer::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        qsizetype used = 0;
        switch (m_state) {
        case State::Head:
            used = feedHead(bytes);
            break;
        case State::Length:
        case State::ChunkData:
            used = feedPayload(bytes, m_left);
            break;
        case State::UntilClose:
            used = feedPayload(bytes, std::numeric_limits<qint64>::max());
            break;
        case State::ChunkSize:
        case State::ChunkEnd:
        case State::Trailer:
            used = feedLine(bytes);
            break;
        }
        bytes = bytes.sliced(used);
    }
}

QByteArray HttpFramer::field(const QByteArray& head, const QByteArray& name)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

qsizetype HttpFramer::feedHead(QByteArrayView bytes)
{
    const qsizetype before = m_pending.size();
    m_pending.append(bytes);
    const qsizetype end = m_pending.indexOf("\r\n\r\n");
    if (end < 0)
        return bytes.size();
    m_pending.truncate(end + 4);
    const QByteArray head = std::exchange(m_pending, {});
    begin(onHead(head));
    return head.size() - before;
}

void HttpFramer::begin(const Framing& framing)
{
    if (framing.isInterim)
        return;
    switch (framing.body) {
    case Body::None:
        end();
        break;
    case Body::Length:
        m_state = State::Length;
        m_left = framing.length;
        if (m_left == 0)
            end();
        break;
    case Body::Chunked:
        m_state = State::ChunkSize;
        break;
    case Body::UntilClose:
        m_state = State::UntilClose;
        break;
    }
}

qsizetype HttpFramer::feedPayload(QByteArrayView bytes, qint64 most)
{
    const auto used = static_cast<qsizetype>(std::min<qint64>(bytes.size(), most));
    onPayload(bytes.first(used).toByteArray());
    if (m_state == State::UntilClose)
        return used;
    m_left -= used;
    if (m_left == 0 && m_state == State::ChunkData)
        m_state = State::ChunkEnd;
    else if (m_left == 0)
        end();
    return used;
}

qsizetype HttpFramer::feedLine(QByteArrayView bytes)
{
    const qsizetype newline = bytes.indexOf('\n');
    const qsizetype used = newline < 0 ? bytes.size() : newline + 1;
    m_pending.append(bytes.first(used));
    if (newline < 0)
        return used;
    const QByteArray line = std::exchange(m_pending, {});
    onFraming(line);
    const QByteArray text = line.trimmed();
    if (m_state == State::ChunkSize) {
        m_left = text.split(';').constFirst().toLongLong(nullptr, 16);
        m_state = m_left > 0 ? State::ChunkData : State::Trailer;
    } else if (m_state == State::ChunkEnd) {
        m_state = State::ChunkSize;
    } else if (text.isEmpty()) {
        end();
    }
    return used;
}

void HttpFramer::end()
{
    m_state = State::Head;
    onEnd();
}

} // namespace Tagboat::Testing
