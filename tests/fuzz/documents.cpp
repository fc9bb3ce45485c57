// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include "oci/imageconfig.h"
#include "oci/manifest.h"
#include "oci/mediatype.h"

#include <array>

using namespace Tagboat;
using namespace Tagboat::Fuzz;

namespace {

void check(const Manifest& manifest, const QByteArray& bytes)
{
    require(manifest.bytes() == bytes, "a manifest keeps its bytes");
    require(manifest.contentSize() >= manifest.config().size, "sizes add up without overflow");
    require(manifest.blobs().size() <= manifest.layers().size() + 1, "each blob counts once");
    for (const Descriptor& blob : manifest.blobs())
        require(!blob.digest.isNull() && blob.size >= 0, "a parsed descriptor is complete");
    static_cast<void>(manifest.isImage());
}

void check(const Index& index, const QByteArray& bytes)
{
    require(index.bytes() == bytes, "an index keeps its bytes");
    for (const char* platform : {"linux/amd64", "linux/arm64/v9.2", "windows/amd64"}) {
        const Platform wanted = Platform::parse(QString::fromLatin1(platform)).value();
        const std::optional<Descriptor> selected = index.select(wanted);
        require(!selected || index.images().contains(*selected), "what is selected is an image of the index");
    }
}

} // namespace

//! The first byte chooses how the document was announced.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
        return 0;
    constexpr std::array Announced{QLatin1StringView(), MediaType::OciManifest, MediaType::DockerManifest,
                                   MediaType::OciIndex, MediaType::DockerList};
    const QString mediaType = Announced[data[0] % Announced.size()];
    const QByteArray bytes = view(data + 1, size - 1).toByteArray();
    const QString subject = QStringLiteral("input");

    if (const Result<ManifestOrIndex> document = parseManifestOrIndex(bytes, mediaType, subject))
        std::visit([&](const auto& parsed) { check(parsed, bytes); }, *document);
    else
        require(document.error().subject == subject, "errors name the input");
    static_cast<void>(Manifest::parse(bytes, mediaType, subject));
    static_cast<void>(Index::parse(bytes, mediaType, subject));

    if (const Result<ImageConfig> config = ImageConfig::parse(bytes, subject))
        require(config->stepsOfLayers().size() == config->diffIds.size(), "each layer has a step");
    else
        require(config.error().code == Error::Code::Corrupt, "a broken config is corrupt");
    return 0;
}
