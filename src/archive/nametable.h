// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QHashFunctions>

#include <utility>
#include <vector>

namespace Tagboat {

/*!
 * \brief Finds what is called so in a folder: a hash table of positions in somebody else's list.
 *
 * A QHash would keep a name, or a view of it, and a node for each of a million entries; here each costs eight
 * bytes, and the caller says what equals what.
 */
class NameTable
{
public:
    [[nodiscard]] static quint32 hash(int folder, QByteArrayView name)
    {
        return static_cast<quint32>(qHashBits(name.data(), static_cast<size_t>(name.size()),
                                              static_cast<size_t>(folder) * 0x9e3779b97f4a7c15U));
    }

    //! The position for which \a isIt(position) holds; -1 where there is none.
    template<typename IsIt>
    [[nodiscard]] int find(quint32 hash, IsIt isIt) const
    {
        if (m_slots.empty())
            return -1;
        for (size_t at = hash & m_mask; m_slots[at].second >= 0; at = (at + 1) & m_mask) {
            if (m_slots[at].first == hash && isIt(m_slots[at].second))
                return m_slots[at].second;
        }
        return -1;
    }
    void insert(quint32 hash, int position)
    {
        if ((m_count + 1) * 2 > m_slots.size())
            grow();
        put(hash, position);
        ++m_count;
    }
    //! \a position takes the place of \a old, which is there.
    void replace(quint32 hash, int old, int position)
    {
        size_t at = hash & m_mask;
        while (m_slots[at].second != old)
            at = (at + 1) & m_mask;
        m_slots[at].second = position;
    }

private:
    void grow()
    {
        std::vector<std::pair<quint32, int>> old = std::move(m_slots);
        m_slots.assign(old.empty() ? 1024 : old.size() * 2, {0, -1});
        m_mask = m_slots.size() - 1;
        for (const auto& [hash, position] : old) {
            if (position >= 0)
                put(hash, position);
        }
    }
    void put(quint32 hash, int position)
    {
        size_t at = hash & m_mask;
        while (m_slots[at].second >= 0)
            at = (at + 1) & m_mask;
        m_slots[at] = {hash, position};
    }

    std::vector<std::pair<quint32, int>> m_slots; // hash and position; -1: free
    size_t m_mask = 0;
    size_t m_count = 0;
};

} // namespace Tagboat
