// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "store/storecore.h"

namespace Tagboat {

/*!
 * \brief Bytes on disk, to the byte: what each image takes for itself, and what images share.
 *
 * An image owns what its documents lead to. What only `subject` fields lead to belongs to the referrer when
 * no image of the store owns it, so that every byte that is kept is counted somewhere.
 */
class UsageCount
{
public:
    UsageCount(const StoreView& view, const QSet<Digest>& leased);

    //! Positions in the graph's roots of those that are images of their own.
    [[nodiscard]] const std::vector<int>& images() const { return m_images; }
    //! Positions in images() of those that own the blob.
    [[nodiscard]] const std::vector<int>& owners(int blob) const
    {
        return m_owners[static_cast<size_t>(blob)];
    }
    [[nodiscard]] qint64 sizeOf(int image) const { return m_sizes[static_cast<size_t>(image)]; }
    [[nodiscard]] qint64 uniqueOf(int image) const { return m_unique[static_cast<size_t>(image)]; }
    [[nodiscard]] const DiskUsage& total() const { return m_total; }

private:
    std::vector<int> m_images;
    std::vector<std::vector<int>> m_owners;
    std::vector<qint64> m_sizes;
    std::vector<qint64> m_unique;
    DiskUsage m_total;
};

} // namespace Tagboat
