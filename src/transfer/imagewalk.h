// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/imageconfig.h"
#include "transfer/plan.h"
#include "transfer/retry.h"

#include <QSet>

namespace Tagboat {

//! A manifest or index with its parsed view.
struct ImageNode
{
    ManifestContent content;
    ManifestOrIndex document;
};

/*!
 * \brief What is known of an image while it is being walked, and the steps that find out more.
 *
 * Shared by the coroutines of one walk; errors come with Origin Source.
 */
struct ImageWalk
{
    using Ptr = std::shared_ptr<ImageWalk>;
    // An index in an index is rare, one more level is unheard of; beyond it somebody plays with us.
    static constexpr int MaxDepth = 4;

    CopySource source;
    RetryPolicy retry;
    QHash<Digest, ImageNode> nodes;
    QSet<Digest> missing;               //!< manifests that are not here, or whose config is not
    QHash<Digest, Platform> platforms;  //!< as the index says
    QHash<Digest, ImageConfig> configs; //!< parsed
    QHash<Digest, QByteArray> configBytes;
    struct Referrer
    {
        Digest digest;
        QString kind; //!< PlannedReferrer::kind
    };
    QList<Referrer> referrers; //!< what they refer to stands before them
    qint64 documentBytes = 0;

    [[nodiscard]] QString subject() const { return source.label.isEmpty() ? source.name : source.label; }
    [[nodiscard]] std::unexpected<Error> failure(Error::Code code, const QString& message) const;
    //! What the index says, else the config; empty where neither does.
    [[nodiscard]] Platform platformOf(const Digest& manifestDigest) const;
    //! "linux/amd64, linux/arm64", for people to choose from.
    [[nodiscard]] QString listed(const QList<Descriptor>& entries) const;

    //! Fetches and parses a manifest or index into `nodes`; gives its digest.
    [[nodiscard]] static Task<Result<Digest>>
    fetchDocument(Ptr walk, QString name, std::optional<Descriptor> expected, std::stop_token stop);
    //! A child of an index; one that the source does not hold is noted in `missing` and no error.
    [[nodiscard]] static Task<Result<void>> fetchChild(Ptr walk, Descriptor child, std::stop_token stop);
    //! All descendants of an index, level by level.
    [[nodiscard]] static Task<Result<void>> fetchDescendants(Ptr walk, Digest root, std::stop_token stop);
    //! Reads what tells platform and build steps. Artifacts, attestations and oversized configs go without.
    [[nodiscard]] static Task<Result<void>> readConfig(Ptr walk, Digest manifestDigest, bool isRoot,
                                                       std::stop_token stop);
    //! Of all manifests that were found.
    [[nodiscard]] static Task<Result<void>> readConfigs(Ptr walk, Digest root, std::stop_token stop);
    //! Finds what refers to \a subjects, what refers to that, and so on, into `nodes` and `referrers`. What a
    //! place lists wrongly (about something else, or not there) is left out with a word in the log.
    [[nodiscard]] static Task<Result<void>> fetchReferrers(Ptr walk, QList<Digest> subjects,
                                                           std::stop_token stop);
};

} // namespace Tagboat
