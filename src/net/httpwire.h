// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <optional>

/*
 * HTTP/1.1 as bytes, since QNetworkAccessManager is deaf to a reply that comes while a body is being sent,
 * and takes three times the processor time. Strict: whatever is not clearly right is Corrupt, and nothing is
 * guessed. Plain functions over bytes, so that they can be fuzzed.
 */
namespace Tagboat {

//! Line of request and fields; \a fields are all there are. Unusable where a field holds a line break.
[[nodiscard]] Result<QByteArray> requestHead(const QByteArray& method, const QUrl& url,
                                             const HttpHeaders& fields);

struct ReplyHead
{
    int status = 0;
    HttpHeaders headers;
    bool isPersistent = false; //!< the connection may be used again when the body has been read
};

//! Takes the head of the final reply off \a buffer, skipping those before it (1xx); nullopt: more bytes are
//! needed.
[[nodiscard]] Result<std::optional<ReplyHead>> takeReplyHead(QByteArray& buffer);

//! Cuts a reply's body out of the bytes of a connection.
class BodyDecoder
{
public:
    BodyDecoder() = default;
    //! Corrupt where the fields contradict each other.
    [[nodiscard]] static Result<BodyDecoder> make(const QByteArray& method, const ReplyHead& head);

    //! At most \a maxSize bytes of the body off \a buffer; empty where more bytes are needed or the body is
    //! complete. Of a body of known length, pieces end at multiples of PieceAlignment where they can.
    [[nodiscard]] Result<QByteArray> take(QByteArray& buffer, qint64 maxSize);
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    //! The connection's end is the body's end; otherwise it came too early.
    [[nodiscard]] bool endsWithConnection() const { return m_kind == Kind::UntilClose; }
    //! -1 where not known.
    [[nodiscard]] qint64 bytesLeft() const;

private:
    enum class Kind { Counted, Chunked, UntilClose };
    enum class Chunk { Size, Data, DataEnd, Trailer };

    [[nodiscard]] Result<bool> takeChunkLine(QByteArray& buffer);

    Kind m_kind = Kind::Counted;
    Chunk m_chunk = Chunk::Size;
    qint64 m_left = 0;  // of the body, or of the chunk
    qint64 m_taken = 0; // of a body of known length
    qint64 m_trailerSize = 0;
    bool m_isComplete = true;
};

} // namespace Tagboat
