// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/snapshot.h"

#include "oci/mediatype.h"
#include "store/usage.h"

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Makes the images of a snapshot; the platforms of one after the other.
class SnapshotMaker
{
public:
    SnapshotMaker(const StoreView& view, StoreCore& core)
        : m_core(core), m_graph(view.graph), m_usage(view, view.leased(core))
    { }

    StoreSnapshot make(const QStringList& warnings)
    {
        StoreSnapshot snapshot;
        snapshot.usage = m_usage.total();
        snapshot.warnings = warnings;
        snapshot.images.reserve(static_cast<qsizetype>(m_usage.images().size()));
        readConfigs();
        countReferrers();
        for (size_t i = 0; i < m_usage.images().size(); ++i)
            snapshot.images.append(image(static_cast<int>(i)));
        for (const Error& problem : m_graph.problems())
            snapshot.warnings.append(problem.toString());
        snapshot.warnings.append(m_warnings);
        return snapshot;
    }

private:
    void addSubject(StoredImage& image, const Digest& subject) const
    {
        image.subject = subject;
        image.subjectName = m_names.value(subject);
    }

    void readConfigs()
    {
        QList<Descriptor> configs;
        for (const ImageRoot& root : m_graph.roots()) {
            for (const int number : root.documents) {
                Descriptor descriptor;
                descriptor.digest = m_graph.digestOf(number);
                const auto document = m_graph.isPresent(descriptor) ? m_core.documents.document(descriptor)
                                                                    : Result<StoredDocumentPtr>(nullptr);
                if (document && *document && (*document)->isImage)
                    configs.append((*document)->config);
            }
        }
        m_core.documents.readConfigsAhead(configs, m_graph.listing());
    }

    void countReferrers()
    {
        QSet<int> seen;
        for (const ImageRoot& root : m_graph.roots()) {
            for (const int number : root.documents) {
                if (!root.names.isEmpty() && !m_names.contains(m_graph.digestOf(number)))
                    m_names.insert(m_graph.digestOf(number), root.names.first());
                Descriptor descriptor;
                descriptor.digest = m_graph.digestOf(number);
                if (seen.contains(number) || !m_graph.isPresent(descriptor))
                    continue;
                seen.insert(number);
                const auto document = m_core.documents.document(descriptor);
                if (document && (*document)->subject)
                    ++m_referrers[(*document)->subject->digest];
            }
        }
    }

    StoredImage image(int number)
    {
        const ImageRoot& root = m_graph.roots()[m_usage.images()[number]];
        m_image = number;
        StoredImage image;
        image.target = root.target;
        image.id = root.id;
        image.names = root.names;
        image.size = m_usage.sizeOf(number);
        image.unique = m_usage.uniqueOf(number);
        image.shared = image.size - image.unique;
        m_images = 0;
        m_artifacts = 0;
        addPlatforms(image, root.target, 0);
        if (root.document && root.document->subject)
            addSubject(image, root.document->subject->digest);
        for (const int document : root.documents)
            image.referrers += m_referrers.value(m_graph.digestOf(document));
        image.isArtifact = m_artifacts > 0 && m_images == 0;
        if (!image.isArtifact)
            image.artifactType.clear();
        return image;
    }

    void addPlatforms(StoredImage& image, const Descriptor& descriptor, int depth)
    {
        const auto document = m_graph.isPresent(descriptor) ? m_core.documents.document(descriptor)
                                                            : Result<StoredDocumentPtr>(nullptr);
        const bool isReadable = document && *document;
        if (isReadable && (*document)->kind == StoredDocument::Kind::Index) {
            constexpr int DeepestIndex = 8; // nobody nests them; a chain made to hurt ends here
            for (const Descriptor& child : (*document)->children) {
                if (!isAttestation(child) && depth < DeepestIndex)
                    addPlatforms(image, child, depth + 1);
            }
            return;
        }
        StoredPlatform platform;
        platform.manifest = descriptor;
        platform.platform = descriptor.platform.value_or(Platform());
        platform.size = std::max<qint64>(0, descriptor.size);
        platform.isPresent = isReadable;
        if (isReadable && (*document)->kind == StoredDocument::Kind::Manifest)
            addContent(image, platform, **document);
        image.platforms.append(platform);
    }

    void addContent(StoredImage& image, StoredPlatform& platform, const StoredDocument& manifest)
    {
        StoredConfigPtr config;
        platform.configDigest = manifest.config.digest;
        if (!m_graph.isPresent(manifest.config)) {
            platform.isPresent = false;
        } else if (manifest.isImage) {
            auto read = m_core.documents.config(manifest.config);
            if (read)
                config = *read;
            else
                m_warnings.append(read.error().toString());
        }
        (manifest.isImage ? m_images : m_artifacts) += 1;
        if (!manifest.isImage && image.artifactType.isEmpty())
            image.artifactType = manifest.artifactType;
        if (config) {
            platform.labels = config->labels;
            if (platform.platform.isEmpty())
                platform.platform = config->platform;
            // Of an index, the newest of its platforms.
            if (config->created.isValid() && (!image.created.isValid() || config->created > image.created))
                image.created = config->created;
        }
        QSet<Digest> counted = {platform.manifest.digest};
        const auto count = [&](const Descriptor& blob) {
            if (!counted.contains(blob.digest))
                platform.size += blob.size;
            counted.insert(blob.digest);
        };
        count(manifest.config);
        platform.layers.reserve(manifest.layers.size());
        for (qsizetype i = 0; i < manifest.layers.size(); ++i) {
            StoredLayer layer;
            layer.descriptor = manifest.layers.at(i);
            if (config) {
                layer.diffId = config->diffIds.value(i);
                layer.step = config->steps.value(i);
            }
            layer.isPresent = m_graph.isPresent(layer.descriptor);
            if (!layer.isPresent && !MediaType::isForeignLayer(layer.descriptor.mediaType))
                platform.isPresent = false;
            addSharers(layer);
            count(layer.descriptor);
            platform.layers.append(layer);
        }
    }

    void addSharers(StoredLayer& layer)
    {
        const int blob = m_graph.numberOf(layer.descriptor.digest);
        if (blob < 0)
            return;
        const auto& owners = m_usage.owners(blob);
        layer.sharerCount = static_cast<int>(owners.size()) - 1;
        if (layer.sharerCount == 0)
            return;
        // The owners of a common base are thousands of times the same: one list, that all of them share.
        QList<Digest>& common = m_sharers[blob];
        if (common.isEmpty()) {
            for (const int owner : std::span(owners).first(std::min(owners.size(), MostListed)))
                common.append(idOf(owner));
        }
        const auto listed =
            std::ranges::find(std::span(owners).first(static_cast<size_t>(common.size())), m_image);
        layer.sharedWith = common;
        if (const auto position = listed - std::span(owners).begin(); position < common.size()) {
            layer.sharedWith.removeAt(position);
            if (owners.size() > MostListed)
                layer.sharedWith.append(idOf(owners[MostListed]));
        }
    }

    [[nodiscard]] const Digest& idOf(int image) const { return m_graph.roots()[m_usage.images()[image]].id; }

    static constexpr size_t MostListed = StoredLayer::MaxSharersListed;
    StoreCore& m_core;
    const ImageGraph& m_graph;
    const UsageCount m_usage;
    QHash<Digest, int> m_referrers;      // of what they are about
    QHash<Digest, QString> m_names;      // one of each document of images that have one
    QHash<int, QList<Digest>> m_sharers; // of a blob, at most MostListed
    QStringList m_warnings;
    // Of the image being made:
    int m_image = 0;
    int m_images = 0;
    int m_artifacts = 0;
};

} // namespace

StoreSnapshot makeSnapshot(const StoreView& view, StoreCore& core)
{
    return SnapshotMaker(view, core).make(view.index.warnings());
}

} // namespace Tagboat
