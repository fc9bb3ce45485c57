// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archiveplan.h"

#include <QSet>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

void addNames(QStringList& names, const QStringList& more)
{
    for (const QString& name : more) {
        if (!names.contains(name))
            names.append(name);
    }
}

bool sharesName(const OciImage& oci, const DockerImage& docker)
{
    return std::ranges::any_of(oci.names, [&](const QString& name) { return docker.names.contains(name); });
}

//! Decides for one image of the layout: true if manifest.json describes it better, and has got its names.
bool isBetterFromDocker(const OciImage& oci, QList<DockerImage>& docker)
{
    const bool isSingle = oci.id != oci.target.digest;
    for (DockerImage& image : docker) {
        const bool isSame = oci.configs.contains(image.id);
        const bool isBetter =
            oci.incomplete ? isSame || sharesName(oci, image) : isSame && isSingle && oci.hasPlainLayers;
        if (isBetter) {
            addNames(image.names, oci.names);
            return true;
        }
    }
    return false;
}

//! A name that both descriptions give to different images belongs to the first.
void keepFirstOfEqualNames(ArchivePlan& plan)
{
    QSet<QString> used;
    const auto isUsed = [&](const QString& name) {
        const bool isKnown = used.contains(name);
        used.insert(name);
        return isKnown;
    };
    for (OciImage& image : plan.oci)
        image.names.removeIf(isUsed);
    for (DockerImage& image : plan.docker)
        image.names.removeIf(isUsed);
}

Result<void> merge(ArchivePlan& plan)
{
    for (auto oci = plan.oci.begin(); oci != plan.oci.end();) {
        if (isBetterFromDocker(*oci, plan.docker)) {
            oci = plan.oci.erase(oci);
            continue;
        }
        if (oci->incomplete)
            return fail(*oci->incomplete);
        plan.docker.removeIf([oci](const DockerImage& image) {
            const bool isSame = oci->configs.contains(image.id);
            if (isSame)
                addNames(oci->names, image.names);
            return isSame;
        });
        ++oci;
    }
    keepFirstOfEqualNames(plan);
    return {};
}

} // namespace

Task<Result<ArchivePlan>> planArchive(OpenedArchivePtr archive, std::stop_token stop)
{
    ArchivePlan plan;
    auto oci = co_await readOciImages(archive, stop);
    if (!oci)
        co_return std::unexpected(std::move(oci.error()));
    auto docker = co_await readDockerImages(archive, stop);
    if (!docker)
        co_return std::unexpected(std::move(docker.error()));
    plan.oci = std::move(*oci);
    plan.docker = std::move(*docker);
    if (archive->table().contains(u"manifest.json"_s))
        plan.format = ArchiveFormat::DockerArchive;
    if (auto merged = merge(plan); !merged)
        co_return std::unexpected(std::move(merged.error()));
    if (plan.oci.isEmpty() && plan.docker.isEmpty()) {
        co_return fail(
            Error::Code::Unsupported, archive->path(),
            u"no image archive: neither manifest.json nor oci-layout with index.json names an image"_s);
    }
    co_return Result<ArchivePlan>(std::move(plan));
}

ArchiveContents contentsOf(const ArchivePlan& plan, const OpenedArchive& archive)
{
    ArchiveContents contents{plan.format, {}};
    for (const OciImage& image : plan.oci) {
        ArchivedImage shown{image.target, image.id, image.names, image.platform, 0};
        for (const ManifestContent& manifest : image.manifests)
            shown.size += manifest.descriptor.size;
        for (const Descriptor& blob : image.blobs)
            shown.size += blob.size;
        contents.images.append(std::move(shown));
    }
    for (const DockerImage& image : plan.docker) {
        ArchivedImage shown{{}, image.id, image.names, image.platform, image.config.size()};
        QSet<qsizetype> counted;
        for (const DockerLayer& layer : image.layers) {
            if (counted.contains(layer.member))
                continue;
            counted.insert(layer.member);
            shown.size += archive.table().at(layer.member).size;
        }
        contents.images.append(std::move(shown));
    }
    return contents;
}

} // namespace Tagboat
