// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/imagewalk.h"

namespace Tagboat {

/*!
 * \brief Puts what a walk has found in the order of a plan: children before parents, base layer first, each
 * blob once.
 */
class PlanAssembly
{
public:
    explicit PlanAssembly(const ImageWalk& walk) : m_walk(walk) { }

    Plan plan;
    QList<Descriptor> images; //!< leaf manifests, attestations left out

    //! Adds the image with all that belongs to it. Once.
    void setRoot(const Digest& digest);
    //! Adds what the walk has found to refer to it. After setRoot().
    void addReferrers();

private:
    void addReferrer(const ImageNode& node, const QString& kind);
    void add(const ImageNode& node);
    void addChild(const Descriptor& child);
    void addImage(const Manifest& manifest, const Descriptor& self);
    void addBlob(const Descriptor& descriptor, const QString& step, bool isConfig, bool isOfReferrer = false);

    const ImageWalk& m_walk;
    QSet<Digest> m_seen;
    QSet<Digest> m_attestations;
};

} // namespace Tagboat
