// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/planassembly.h"

#include "oci/mediatype.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

void PlanAssembly::setRoot(const Digest& digest)
{
    const ImageNode& node = *m_walk.nodes.constFind(digest);
    plan.root = node.content.descriptor;
    plan.configs = m_walk.configBytes;
    const auto* manifest = std::get_if<Manifest>(&node.document);
    plan.imageId = manifest && manifest->isImage() ? manifest->config().digest : digest;
    add(node);
}

void PlanAssembly::add(const ImageNode& node)
{
    const Descriptor& self = node.content.descriptor;
    if (m_seen.contains(self.digest))
        return;
    m_seen.insert(self.digest);
    if (const auto* index = std::get_if<Index>(&node.document)) {
        for (const Descriptor& child : index->manifests())
            addChild(child);
    } else {
        addImage(std::get<Manifest>(node.document), self);
    }
    plan.manifests.append(node.content);
}

void PlanAssembly::addChild(const Descriptor& child)
{
    const auto node = m_walk.nodes.constFind(child.digest);
    if (node != m_walk.nodes.cend() && !m_walk.missing.contains(child.digest)) {
        if (isAttestation(child))
            m_attestations.insert(child.digest);
        add(*node);
    } else if (!m_seen.contains(child.digest)) {
        m_seen.insert(child.digest);
        plan.missing.append(child);
    }
}

void PlanAssembly::addImage(const Manifest& manifest, const Descriptor& self)
{
    const ImageConfig config = m_walk.configs.value(manifest.config().digest);
    const QList<ImageConfig::Step> steps = config.stepsOfLayers();
    const QList<Descriptor>& layers = manifest.layers();
    for (qsizetype i = 0; i < layers.size(); ++i)
        addBlob(layers[i], steps.size() == layers.size() ? steps[i].createdBy : QString(), false);
    addBlob(manifest.config(), u"config"_s, true);
    if (m_attestations.contains(self.digest))
        return;
    images.append(self);
    const Platform platform = m_walk.platformOf(self.digest);
    if (!platform.isEmpty() && !platform.isUnknown() && !plan.platforms.contains(platform))
        plan.platforms.append(platform);
}

void PlanAssembly::addReferrers()
{
    for (const ImageWalk::Referrer& referrer : m_walk.referrers)
        addReferrer(*m_walk.nodes.constFind(referrer.digest), referrer.kind);
}

void PlanAssembly::addReferrer(const ImageNode& node, const QString& kind)
{
    const Digest& digest = node.content.descriptor.digest;
    if (m_seen.contains(digest))
        return;
    m_seen.insert(digest);
    if (const auto* index = std::get_if<Index>(&node.document)) {
        for (const Descriptor& child : index->manifests())
            addReferrer(*m_walk.nodes.constFind(child.digest), kind);
    } else {
        const auto& manifest = std::get<Manifest>(node.document);
        for (const Descriptor& layer : manifest.layers())
            addBlob(layer, kind, false, true);
        addBlob(manifest.config(), kind, true, true);
    }
    plan.referrers.append({node.content, kind});
}

void PlanAssembly::addBlob(const Descriptor& descriptor, const QString& step, bool isConfig,
                           bool isOfReferrer)
{
    if (m_seen.contains(descriptor.digest) || MediaType::isForeignLayer(descriptor.mediaType))
        return;
    m_seen.insert(descriptor.digest);
    PlannedBlob blob;
    blob.descriptor = descriptor;
    blob.step = step;
    blob.isConfig = isConfig;
    blob.isOfReferrer = isOfReferrer;
    plan.blobs.append(std::move(blob));
}

} // namespace Tagboat
