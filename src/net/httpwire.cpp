// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpwire.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qsizetype MaxHead = 64 * 1024;
constexpr qsizetype MaxChunkLine = 1024;

std::unexpected<Error> corrupt(const QString& why)
{
    return fail(Error::Code::Corrupt, {}, u"this is no proper HTTP: "_s + why);
}

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isTokenCharacter);
}

//! Digits and nothing else, and no more of them than a qint64 holds.
qint64 number(QByteArrayView text, int base)
{
    const auto isDigit = [base](char c) {
        return (c >= '0' && c <= '9') || (base == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
    };
    if (text.isEmpty() || text.size() > 15 || !std::ranges::all_of(text, isDigit))
        return -1;
    return text.toLongLong(nullptr, base);
}

//! "HTTP/1.1 200 OK"; the reason may be missing.
int statusOf(QByteArrayView line)
{
    const bool isVersion1 = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
    if (!isVersion1 || line.size() < 12 || (line.size() > 12 && line.at(12) != ' '))
        return -1;
    const qint64 status = number(line.sliced(9, 3), 10);
    return status >= 100 && status <= 599 ? static_cast<int>(status) : -1;
}

Result<ReplyHead> parseHead(QByteArrayView text)
{
    ReplyHead head;
    bool isFirst = true;
    bool isVersion10 = false;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        if (isFirst) {
            isFirst = false;
            head.status = statusOf(line);
            if (head.status < 0)
                return corrupt(u"the reply does not begin with a status"_s);
            isVersion10 = line.startsWith("HTTP/1.0");
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.first(colon)) || line.contains('\r') || line.contains('\0'))
            return corrupt(u"the reply has a malformed field"_s);
        head.headers.add(line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray());
    }
    const QByteArray connection = head.headers.values("Connection").join(',').toLower();
    head.isPersistent = !isVersion10 && !connection.contains("close");
    return head;
}

} // namespace

Result<QByteArray> requestHead(const QByteArray& method, const QUrl& url, const HttpHeaders& fields)
{
    QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    if (path.isEmpty())
        path = "/";
    if (url.hasQuery())
        path += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    if (!isToken(method) || path.contains(' '))
        return fail(Error::Code::InvalidInput, {}, u"this method or address cannot be requested"_s);
    QByteArray head = method + ' ' + path + " HTTP/1.1\r\n";
    for (const auto& [name, value] : fields.fields()) {
        if (!isToken(name) || value.contains('\r') || value.contains('\n') || value.contains('\0'))
            return fail(Error::Code::InvalidInput, {}, u"a field of the request holds a line break"_s);
        head += name + ": " + value + "\r\n";
    }
    return head + "\r\n";
}

Result<std::optional<ReplyHead>> takeReplyHead(QByteArray& buffer)
{
    while (true) {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0 && buffer.size() > MaxHead)
            return corrupt(u"the reply's head does not end"_s);
        // What is no HTTP shall be told before its four bytes of an end happen to come.
        if (end < 0
            && !QByteArrayView("HTTP/1.").startsWith(
                QByteArrayView(buffer).first(std::min<qsizetype>(buffer.size(), 7))))
            return corrupt(u"the reply does not begin with a status"_s);
        if (end < 0)
            return std::nullopt;
        auto head = parseHead(QByteArrayView(buffer).first(end));
        if (!head)
            return std::unexpected(std::move(head.error()));
        buffer.slice(end + 4);
        if (head->status == 101)
            return corrupt(u"the server changes the protocol unasked"_s);
        if (head->status >= 200)
            return std::optional(std::move(*head));
    }
}

Result<BodyDecoder> BodyDecoder::make(const QByteArray& method, const ReplyHead& head)
{
    BodyDecoder decoder;
    if (method == "HEAD" || head.status == 204 || head.status == 304)
        return decoder;
    decoder.m_isComplete = false;
    const QByteArrayList encodings = head.headers.values("Transfer-Encoding");
    const QByteArrayList lengths = head.headers.values("Content-Length");
    if (!encodings.isEmpty()) {
        // Both at once is how requests are smuggled; no server that means well does it.
        if (encodings.size() > 1 || encodings.constFirst().toLower() != "chunked" || !lengths.isEmpty())
            return corrupt(u"the reply's length is ambiguous"_s);
        decoder.m_kind = Kind::Chunked;
        return decoder;
    }
    if (lengths.isEmpty()) {
        decoder.m_kind = Kind::UntilClose;
        return decoder;
    }
    decoder.m_left = number(lengths.constFirst(), 10);
    if (decoder.m_left < 0 || lengths.count(lengths.constFirst()) != lengths.size())
        return corrupt(u"the reply's length is ambiguous"_s);
    decoder.m_isComplete = decoder.m_left == 0;
    return decoder;
}

qint64 BodyDecoder::bytesLeft() const
{
    return m_isComplete ? 0 : m_kind == Kind::Counted ? m_left : -1;
}

//! Whichever part is the smaller is copied.
static QByteArray takeFirst(QByteArray& buffer, qsizetype size)
{
    if (size < buffer.size() / 2) {
        QByteArray piece = buffer.first(size);
        buffer.slice(size);
        return piece;
    }
    QByteArray rest = buffer.sliced(size);
    buffer.truncate(size);
    return std::exchange(buffer, std::move(rest));
}

// True where a line was there to be taken.
Result<bool> BodyDecoder::takeChunkLine(QByteArray& buffer)
{
    const qsizetype end = buffer.indexOf("\r\n");
    if (end < 0) {
        if (buffer.size() > MaxChunkLine)
            return corrupt(u"a chunk's size does not end"_s);
        return false;
    }
    QByteArrayView line = QByteArrayView(buffer).first(end);
    switch (m_chunk) {
    case Chunk::Size: {
        if (const qsizetype extension = line.indexOf(';'); extension >= 0)
            line.truncate(extension);
        m_left = number(line.trimmed(), 16);
        if (m_left < 0)
            return corrupt(u"a chunk has no size"_s);
        m_chunk = m_left > 0 ? Chunk::Data : Chunk::Trailer;
        break;
    }
    case Chunk::DataEnd:
        if (!line.isEmpty())
            return corrupt(u"a chunk is longer than its size"_s);
        m_chunk = Chunk::Size;
        break;
    case Chunk::Trailer:
        m_trailerSize += line.size();
        if (m_trailerSize > MaxHead)
            return corrupt(u"the reply's trailer does not end"_s);
        m_isComplete = line.isEmpty();
        break;
    case Chunk::Data:
        break;
    }
    buffer.slice(end + 2);
    return true;
}

Result<QByteArray> BodyDecoder::take(QByteArray& buffer, qint64 maxSize)
{
    while (m_kind == Kind::Chunked && m_chunk != Chunk::Data && !m_isComplete) {
        auto taken = takeChunkLine(buffer);
        if (!taken)
            return std::unexpected(std::move(taken.error()));
        if (!*taken)
            return QByteArray();
    }
    if (m_isComplete)
        return QByteArray();
    qint64 size = std::min<qint64>(maxSize, buffer.size());
    if (m_kind != Kind::UntilClose)
        size = std::min(size, m_left);
    if (m_kind == Kind::Counted && size < m_left && size > PieceAlignment)
        size -= (m_taken + size) % PieceAlignment;
    QByteArray piece = takeFirst(buffer, size);
    if (m_kind == Kind::UntilClose)
        return piece;
    m_taken += size;
    m_left -= size;
    if (m_left == 0 && m_kind == Kind::Counted)
        m_isComplete = true;
    else if (m_left == 0)
        m_chunk = Chunk::DataEnd;
    return piece;
}

} // namespace Tagboat
