// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"
#include "store/imagestore.h"

#include <QHash>
#include <QSet>

namespace Tagboat {

//! What images at a registry are called on this computer: found by the digest of the image, by its ID, and
//! by those of each of its platforms that is here.
class LocalNames
{
public:
    LocalNames() = default;
    explicit LocalNames(const QList<StoredImage>& images);

    [[nodiscard]] const QSet<Digest>& digests() const { return m_digests; }
    //! Familiar names of the image \a root, of which \a image is what is known of its parts (or null).
    [[nodiscard]] QStringList of(const Digest& root, const RemoteImage* image) const;
    //! Repositories of \a registry that images here are named after.
    [[nodiscard]] QStringList repositoriesOf(const QString& registry) const;

private:
    QHash<Digest, QStringList> m_names; //!< canonical
    QSet<Digest> m_digests;
};

} // namespace Tagboat
