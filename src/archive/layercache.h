// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/layerindex.h"
#include "oci/digest.h"

#include <functional>

namespace Tagboat {

/*!
 * \brief The indexes of layers that were read before, in a folder of their own, by the digest of the blob.
 *
 * Nothing in it is needed: a file that is broken, foreign or gone is made anew. Files are replaced by rename,
 * so that several processes may share the folder. Thread-safe; blocking, for workers.
 */
class LayerCache
{
public:
    //! More than some hundred large images; what was used longest ago goes first.
    static constexpr qint64 MaxBytes = 256 * 1024 * 1024;

    explicit LayerCache(QString folder, qint64 maxBytes = MaxBytes)
        : m_folder(std::move(folder)), m_maxBytes(maxBytes)
    { }

    //! Null where it is not there. \a layerSize: of the blob.
    [[nodiscard]] LayerIndexPtr load(const Digest& layer, qint64 layerSize) const;
    //! Does nothing for the index of a broken layer, or where nothing can be written.
    void store(const Digest& layer, qint64 layerSize, const LayerIndex& index) const;
    //! Takes away what is too much, and what \a isWanted does not want (a blob that is gone).
    void tidy(const std::function<bool(const Digest&)>& isWanted) const;

private:
    [[nodiscard]] QString pathOf(const Digest& layer) const;

    const QString m_folder;
    const qint64 m_maxBytes;
};

} // namespace Tagboat
