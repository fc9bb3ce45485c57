// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Tagboat::Testing {

//! Numbers and bytes that follow from a seed, the same everywhere (splitmix64).
class RandomBytes
{
public:
    explicit RandomBytes(quint64 seed) : m_state(seed) { }

    [[nodiscard]] quint64 next()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }
    [[nodiscard]] qint64 below(qint64 bound)
    {
        return static_cast<qint64>(next() % static_cast<quint64>(bound));
    }

    //! Bytes no compressor makes smaller.
    [[nodiscard]] QByteArray noise(qsizetype size);
    //! Words, which compress about three to one.
    [[nodiscard]] QByteArray text(qsizetype size);

private:
    quint64 m_state;
};

} // namespace Tagboat::Testing
