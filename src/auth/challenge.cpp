// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/challenge.h"

#include <optional>

namespace Tagboat {

namespace {

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

//! Reads one field from left to right; every step either consumes something or ends the field.
class FieldReader
{
public:
    explicit FieldReader(QByteArrayView field) : m_field(field) { }

    void readInto(QList<Challenge>& challenges)
    {
        while (true) {
            skip(" \t,");
            if (isAtEnd())
                return;
            if (auto parameter = readParameter()) {
                // A parameter before any scheme belongs to nobody.
                if (m_current && !m_current->parameters.contains(parameter->first))
                    m_current->parameters.insert(parameter->first, parameter->second);
                continue;
            }
            const QByteArrayView scheme = readToken();
            if (scheme.isEmpty()) {
                ++m_position; // nothing this grammar knows: step over it
                continue;
            }
            challenges.append(Challenge{QString::fromLatin1(scheme).toLower(), {}});
            m_current = &challenges.last();
            skip(" \t");
            skipToken68();
        }
    }

private:
    [[nodiscard]] bool isAtEnd() const { return m_position >= m_field.size(); }
    [[nodiscard]] char peek() const { return m_field.at(m_position); }

    void skip(QByteArrayView characters)
    {
        while (!isAtEnd() && characters.contains(peek()))
            ++m_position;
    }

    QByteArrayView readToken()
    {
        const qsizetype from = m_position;
        while (!isAtEnd() && isTokenCharacter(peek()))
            ++m_position;
        return m_field.sliced(from, m_position - from);
    }

    //! `name = value`; leaves the position alone where that is not what stands here.
    std::optional<std::pair<QString, QString>> readParameter()
    {
        const qsizetype from = m_position;
        const QByteArrayView name = readToken();
        skip(" \t");
        if (name.isEmpty() || isAtEnd() || peek() != '=') {
            m_position = from;
            return std::nullopt;
        }
        ++m_position;
        skip(" \t");
        QByteArray value = !isAtEnd() && peek() == '"' ? readQuoted() : readBare();
        return std::pair(QString::fromLatin1(name).toLower(), QString::fromUtf8(value));
    }

    QByteArray readQuoted()
    {
        QByteArray value;
        ++m_position;
        while (!isAtEnd() && peek() != '"') {
            if (peek() == '\\' && m_position + 1 < m_field.size())
                ++m_position;
            value += peek();
            ++m_position;
        }
        if (!isAtEnd())
            ++m_position;
        return value;
    }

    //! More than a token: some servers leave the quotes off a URL.
    QByteArray readBare()
    {
        const qsizetype from = m_position;
        while (!isAtEnd() && peek() != ',' && !isBlank(peek()))
            ++m_position;
        return m_field.sliced(from, m_position - from).toByteArray();
    }

    //! Credentials in the form of one opaque word (`Negotiate YII=`) carry no parameters.
    void skipToken68()
    {
        const qsizetype from = m_position;
        while (!isAtEnd() && (isTokenCharacter(peek()) || peek() == '/'))
            ++m_position;
        while (!isAtEnd() && peek() == '=')
            ++m_position;
        skip(" \t");
        if (m_position == from || (!isAtEnd() && peek() != ','))
            m_position = from;
    }

    QByteArrayView m_field;
    qsizetype m_position = 0;
    Challenge* m_current = nullptr;
};

} // namespace

QList<Challenge> parseChallenges(const QByteArrayList& fields)
{
    QList<Challenge> challenges;
    for (const QByteArray& field : fields)
        FieldReader(field).readInto(challenges);
    return challenges;
}

} // namespace Tagboat
