// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <functional>

namespace Tagboat::Testing {

/*!
 * \brief Finds heads, bodies and ends of HTTP/1.1 messages in one direction of a connection, changing
 * nothing.
 *
 * Every byte that is fed comes out again, in order, as one of the parts; what is payload of a body is told
 * apart from its framing, so that offsets mean the same for chunked bodies and others.
 */
class HttpFramer
{
public:
    enum class Body { None, Length, Chunked, UntilClose };
    struct Framing
    {
        Body body = Body::None;
        qint64 length = 0;
        bool isInterim = false; //!< 1xx: the real head follows
    };

    //! A whole head, blank line included; answers how the body is framed.
    std::function<Framing(const QByteArray& head)> onHead;
    std::function<void(QByteArray payload)> onPayload;
    std::function<void(QByteArray bytes)> onFraming; //!< chunk sizes, trailers
    std::function<void()> onEnd;

    void feed(QByteArrayView bytes);

    //! The value of a header field of \a head, trimmed; empty where there is none.
    [[nodiscard]] static QByteArray field(const QByteArray& head, const QByteArray& name);

private:
    enum class State { Head, Length, UntilClose, ChunkSize, ChunkData, ChunkEnd, Trailer };
    qsizetype feedHead(QByteArrayView bytes);
    qsizetype feedLine(QByteArrayView bytes);
    qsizetype feedPayload(QByteArrayView bytes, qint64 most);
    void begin(const Framing& framing);
    void end();

    State m_state = State::Head;
    QByteArray m_pending; //!< of a head or a line
    qint64 m_left = 0;
};

} // namespace Tagboat::Testing
