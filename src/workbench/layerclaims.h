// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/asyncsemaphore.h"
#include "registry/registryclient.h"

#include <QHash>

namespace Tagboat {

/*!
 * \brief What the images of one repository say which of its blobs hold which plain bytes: their configs list
 * the diff IDs, their manifests the blobs, in the same order.
 *
 * This is a claim and no proof: whoever wrote the config may have written anything. A proof would take the
 * whole blob. So it is used for one thing only, to name in an image for a repository a blob of that same
 * repository. Who could have put a lie there can push there, and could as well move the very tags that are
 * being pushed; and whoever unpacks the image checks each layer against its diff ID and refuses the lie. Of
 * any other repository that does not hold, be it that of the base image (its name stands in the image itself,
 * `org.opencontainers.image.base.name`, and may name anybody's): it is not asked. And a claim is never noted
 * as knowledge: the journal holds what was compressed here, and would carry a lie to other registries.
 *
 * Read when it is first asked for, in two steps: the images that the tags point at which are to be pushed,
 * then, where these do not know the layer, a few more whose tags resemble these. What cannot be read claims
 * nothing. Engine thread.
 */
class LayerClaims
{
public:
    //! \a tags are those to be pushed.
    LayerClaims(std::shared_ptr<Repository> repository, QStringList tags);

    //! Blobs that are said to be the layer with this diff ID, compressed; by OCI media types.
    [[nodiscard]] static Task<Result<QList<Descriptor>>> of(std::shared_ptr<LayerClaims> self, Digest diffId,
                                                            std::stop_token stop);

private:
    static Task<Result<void>> readMore(std::shared_ptr<LayerClaims> self, std::stop_token stop);
    static Task<Result<QStringList>> otherTags(std::shared_ptr<LayerClaims> self, std::stop_token stop);
    static Task<Result<void>> readImage(std::shared_ptr<LayerClaims> self, QString tagOrDigest,
                                        std::stop_token stop);
    static Task<Result<void>> readDocument(std::shared_ptr<LayerClaims> self, ManifestOrIndex document,
                                           std::stop_token stop);
    static Task<Result<void>> readConfig(std::shared_ptr<LayerClaims> self, Manifest manifest,
                                         std::stop_token stop);
    void note(const Manifest& manifest, const QByteArray& config);

    enum class Step { Nothing, OwnTags, Others };
    std::shared_ptr<Repository> m_repository;
    QStringList m_tags;
    AsyncSemaphore m_turn{1};
    int m_imagesLeft; //!< that may still be read, several of an index
    Step m_read = Step::Nothing;
    QHash<Digest, QList<Descriptor>> m_claims;
};

} // namespace Tagboat
