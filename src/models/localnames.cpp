// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/localnames.h"

#include "oci/reference.h"

namespace Tagboat {

LocalNames::LocalNames(const QList<StoredImage>& images)
{
    for (const StoredImage& image : images) {
        QList<Digest> ids{image.target.digest, image.id};
        for (const StoredPlatform& platform : image.platforms) {
            if (platform.isPresent)
                ids.append(platform.manifest.digest);
            if (platform.isPresent && !image.isArtifact) // most artifacts share one empty config
                ids.append(platform.configDigest);
        }
        for (const Digest& id : std::as_const(ids)) {
            m_digests.insert(id);
            m_names[id] += image.names;
            m_names[id].removeDuplicates();
        }
    }
}

QStringList LocalNames::of(const Digest& root, const RemoteImage* image) const
{
    QStringList names = m_names.value(root);
    if (image) {
        for (const RemoteImage::Entry& entry : image->entries)
            names += m_names.value(entry.manifest.digest) + m_names.value(entry.configDigest);
    }
    names.removeDuplicates();
    for (QString& name : names) {
        if (const auto reference = Reference::parse(name))
            name = reference->familiar();
    }
    return names;
}

QStringList LocalNames::repositoriesOf(const QString& registry) const
{
    QStringList known;
    for (const QStringList& names : m_names) {
        for (const QString& name : names) {
            const auto reference = Reference::parse(name);
            if (reference && reference->registry() == registry)
                known.append(reference->repository());
        }
    }
    known.removeDuplicates();
    return known;
}

} // namespace Tagboat
