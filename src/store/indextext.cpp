// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/indextext.h"

namespace Tagboat {

namespace {

constexpr int DeepestNesting = 64;

//! A position in JSON text. Every function leaves it behind what it has read, and gives false where something
//! else stands there.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text) : m_at(text.data()), m_end(text.data() + text.size()) { }

    [[nodiscard]] const char* at() const { return m_at; }
    [[nodiscard]] bool isAtEnd()
    {
        skipBlanks();
        return m_at == m_end;
    }

    bool take(char wanted)
    {
        skipBlanks();
        if (m_at == m_end || *m_at != wanted)
            return false;
        ++m_at;
        return true;
    }

    //! What stands between the quotes, escapes as they are.
    bool readString(QByteArrayView& content, bool& hasEscapes)
    {
        if (!take('"'))
            return false;
        const char* begin = m_at;
        hasEscapes = false;
        while (m_at != m_end && *m_at != '"') {
            if (static_cast<unsigned char>(*m_at) < 0x20)
                return false;
            if (*m_at == '\\') {
                hasEscapes = true;
                if (!skipEscape())
                    return false;
            } else {
                ++m_at;
            }
        }
        if (m_at == m_end)
            return false;
        content = QByteArrayView(begin, m_at);
        ++m_at;
        return true;
    }

    bool skipValue(int depth = 0)
    {
        skipBlanks();
        if (m_at == m_end || depth > DeepestNesting)
            return false;
        switch (*m_at) {
        case '{':
            return skipObject(depth);
        case '[':
            return skipArray(depth);
        case '"': {
            QByteArrayView ignored;
            bool hasEscapes = false;
            return readString(ignored, hasEscapes);
        }
        case 't':
            return skipWord("true");
        case 'f':
            return skipWord("false");
        case 'n':
            return skipWord("null");
        default:
            return skipNumber();
        }
    }

    //! A number without sign, fraction and exponent.
    bool readCount(qint64& count)
    {
        skipBlanks();
        const char* begin = m_at;
        count = 0;
        while (m_at != m_end && isDigit(*m_at) && m_at - begin < 18)
            count = count * 10 + (*m_at++ - '0');
        const bool hasMore =
            m_at != m_end && (isDigit(*m_at) || *m_at == '.' || *m_at == 'e' || *m_at == 'E');
        return m_at != begin && !hasMore && (*begin != '0' || m_at - begin == 1);
    }

    void skipBlanks()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r'))
            ++m_at;
    }

private:
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    static bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

    bool skipEscape()
    {
        ++m_at;
        if (m_at == m_end)
            return false;
        const char kind = *m_at++;
        if (kind != 'u')
            return QByteArrayView("\"\\/bfnrt").contains(kind);
        for (int i = 0; i < 4; ++i) {
            if (m_at == m_end || !isHex(*m_at++))
                return false;
        }
        return true;
    }

    bool skipObject(int depth)
    {
        ++m_at;
        if (take('}'))
            return true;
        do {
            QByteArrayView name;
            bool hasEscapes = false;
            if (!readString(name, hasEscapes) || !take(':') || !skipValue(depth + 1))
                return false;
        } while (take(','));
        return take('}');
    }

    bool skipArray(int depth)
    {
        ++m_at;
        if (take(']'))
            return true;
        do {
            if (!skipValue(depth + 1))
                return false;
        } while (take(','));
        return take(']');
    }

    bool skipWord(QByteArrayView word)
    {
        if (!QByteArrayView(m_at, m_end).startsWith(word))
            return false;
        m_at += word.size();
        return true;
    }

    bool skipDigits()
    {
        const char* begin = m_at;
        while (m_at != m_end && isDigit(*m_at))
            ++m_at;
        return m_at != begin;
    }

    bool skipNumber()
    {
        if (m_at != m_end && *m_at == '-')
            ++m_at;
        if (m_at != m_end && *m_at == '0')
            ++m_at;
        else if (!skipDigits())
            return false;
        if (m_at != m_end && *m_at == '.') {
            ++m_at;
            if (!skipDigits())
                return false;
        }
        if (m_at != m_end && (*m_at == 'e' || *m_at == 'E')) {
            ++m_at;
            if (m_at != m_end && (*m_at == '+' || *m_at == '-'))
                ++m_at;
            return skipDigits();
        }
        return true;
    }

    const char* m_at;
    const char* m_end;
};

bool splitManifests(Scanner& scanner, std::vector<QByteArrayView>& entries)
{
    if (!scanner.take('['))
        return false;
    if (scanner.take(']'))
        return true;
    do {
        scanner.skipBlanks();
        const char* begin = scanner.at();
        if (!scanner.skipValue() || *begin != '{')
            return false;
        entries.emplace_back(begin, scanner.at());
    } while (scanner.take(','));
    return scanner.take(']');
}

} // namespace

std::optional<IndexText> splitIndex(const QByteArray& text)
{
    if (!text.isValidUtf8())
        return std::nullopt;
    IndexText index;
    index.frame = "{";
    bool hasManifests = false;
    Scanner scanner(text);
    if (!scanner.take('{'))
        return std::nullopt;
    if (!scanner.take('}')) {
        do {
            scanner.skipBlanks();
            const char* begin = scanner.at();
            QByteArrayView name;
            bool hasEscapes = false;
            if (!scanner.readString(name, hasEscapes) || hasEscapes || !scanner.take(':'))
                return std::nullopt;
            if (name == "manifests") {
                if (hasManifests || !splitManifests(scanner, index.entries))
                    return std::nullopt;
                hasManifests = true;
                continue;
            }
            if (!scanner.skipValue())
                return std::nullopt;
            if (index.frame.size() > 1)
                index.frame += ',';
            index.frame += QByteArrayView(begin, scanner.at());
        } while (scanner.take(','));
        if (!scanner.take('}'))
            return std::nullopt;
    }
    if (!scanner.isAtEnd())
        return std::nullopt;
    index.frame += '}';
    return index;
}

std::optional<PlainEntry> readPlainEntry(QByteArrayView text)
{
    PlainEntry entry;
    Scanner scanner(text);
    // Each member once; of two the full parser knows which counts.
    const auto readInto = [&scanner](QByteArrayView& value) {
        bool hasEscapes = false;
        return value.isNull() && scanner.readString(value, hasEscapes) && !hasEscapes;
    };
    const auto readAnnotations = [&] {
        if (!scanner.take('{') || scanner.take('}'))
            return false;
        do {
            QByteArrayView name;
            if (!readInto(name) || !scanner.take(':'))
                return false;
            const bool isRead = name == "org.opencontainers.image.ref.name" ? readInto(entry.refName)
                : name == "io.containerd.image.name"                        ? readInto(entry.containerdName)
                                                                            : false;
            if (!isRead)
                return false;
        } while (scanner.take(','));
        return scanner.take('}');
    };
    if (!scanner.take('{') || scanner.take('}'))
        return std::nullopt;
    bool hasAnnotations = false;
    do {
        QByteArrayView name;
        if (!readInto(name) || !scanner.take(':'))
            return std::nullopt;
        bool isRead = false;
        if (name == "mediaType") {
            isRead = readInto(entry.mediaType);
        } else if (name == "digest") {
            isRead = readInto(entry.digest);
        } else if (name == "size") {
            isRead = entry.size < 0 && scanner.readCount(entry.size);
        } else if (name == "annotations") {
            isRead = !hasAnnotations && readAnnotations();
            hasAnnotations = true;
        }
        if (!isRead)
            return std::nullopt;
    } while (scanner.take(','));
    if (!scanner.take('}') || !scanner.isAtEnd() || entry.digest.isNull() || entry.size < 0)
        return std::nullopt;
    return entry;
}

} // namespace Tagboat
