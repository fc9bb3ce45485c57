// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/mediatype.h"

#include <algorithm>
#include <array>

namespace Tagboat::MediaType {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ForeignLayers{
    "application/vnd.docker.image.rootfs.foreign.diff.tar"_L1,
    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"_L1,
    "application/vnd.oci.image.layer.nondistributable.v1.tar"_L1,
    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"_L1,
    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"_L1,
};

} // namespace

bool isIndex(QStringView mediaType)
{
    return mediaType == OciIndex || mediaType == DockerList;
}

bool isManifest(QStringView mediaType)
{
    return mediaType == OciManifest || mediaType == DockerManifest;
}

bool isSchema1(QStringView mediaType)
{
    return mediaType == "application/vnd.docker.distribution.manifest.v1+prettyjws"_L1
        || mediaType == "application/vnd.docker.distribution.manifest.v1+json"_L1;
}

bool isImageConfig(QStringView mediaType)
{
    return mediaType == OciConfig || mediaType == DockerConfig;
}

bool isForeignLayer(QStringView mediaType)
{
    return std::ranges::any_of(ForeignLayers, [=](QLatin1StringView known) { return mediaType == known; });
}

QByteArray manifestAccept()
{
    QByteArray value;
    for (const QLatin1StringView type : {OciIndex, DockerList, OciManifest, DockerManifest}) {
        if (!value.isEmpty())
            value += ", ";
        value += QByteArrayView(type);
    }
    return value;
}

QString withoutParameters(QStringView contentType)
{
    const qsizetype semicolon = contentType.indexOf(u';');
    return (semicolon < 0 ? contentType : contentType.first(semicolon)).trimmed().toString().toLower();
}

Compression sniffCompression(QByteArrayView firstBytes)
{
    const auto startsWith = [=](QByteArrayView magic) { return firstBytes.startsWith(magic); };
    if (startsWith("\x1f\x8b"))
        return Compression::Gzip;
    if (startsWith("\x28\xb5\x2f\xfd"))
        return Compression::Zstd;
    // Zstandard skippable frames, with which some writers (zstd:chunked tools, pzstd) begin a stream.
    if (firstBytes.size() >= 4 && (firstBytes[0] & 0xf0) == 0x50
        && firstBytes.sliced(1).startsWith("\x2a\x4d\x18"))
        return Compression::Zstd;
    if (startsWith("BZh"))
        return Compression::Bzip2;
    if (startsWith(QByteArrayView("\xfd\x37\x7a\x58\x5a\x00", 6)))
        return Compression::Xz;
    return Compression::None;
}

} // namespace Tagboat::MediaType
