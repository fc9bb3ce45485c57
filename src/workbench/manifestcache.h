// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"

#include <QCache>
#include <QHash>

#include <functional>
#include <memory>

namespace Tagboat {

/*!
 * \brief Manifests fetched lately, by digest, so that a preview and the job that follows it fetch each only
 * once.
 *
 * Docker Hub counts every GET of a manifest as a pull, and none of the HEADs. A name is asked for again by
 * HEAD each time; what is kept is bytes under their digest, which cannot grow old. Engine thread.
 */
class ManifestCache
{
public:
    [[nodiscard]] std::optional<ManifestContent> find(const Digest& digest) const;
    void keep(const ManifestContent& manifest);
    //! True where \a name (place and tag) was fetched before, so that a HEAD may well save a GET.
    [[nodiscard]] bool hasSeen(const QString& name) const { return m_names.contains(name); }
    void noteName(const QString& name) { m_names.insert(name, true); }
    //! Told of every document that a place gave, and of the tag or digest that it was asked for by.
    using Listener =
        std::function<void(const QString& place, const QString& name, const ManifestContent& document)>;
    void setListener(Listener listener) { m_listener = std::move(listener); }
    void tell(const QString& place, const QString& name, const ManifestContent& document) const
    {
        if (m_listener)
            m_listener(place, name, document);
    }

private:
    QCache<Digest, ManifestContent> m_manifests{16 * 1024}; //!< cost in KiB
    QHash<QString, bool> m_names;
    Listener m_listener;
};

//! \a reader with \a cache before it; \a place ("docker.io/library/nginx") tells its names from those of
//! others.
[[nodiscard]] std::shared_ptr<ContentReader>
cachedReader(std::shared_ptr<ContentReader> reader, QString place, std::shared_ptr<ManifestCache> cache);

} // namespace Tagboat
