// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Tagboat::MediaType {

// Names of image-spec media-types.md and of the Docker image manifest v2 schema 2.
inline constexpr QLatin1StringView OciIndex("application/vnd.oci.image.index.v1+json");
inline constexpr QLatin1StringView OciManifest("application/vnd.oci.image.manifest.v1+json");
inline constexpr QLatin1StringView OciConfig("application/vnd.oci.image.config.v1+json");
inline constexpr QLatin1StringView OciEmpty("application/vnd.oci.empty.v1+json");
inline constexpr QLatin1StringView OciLayer("application/vnd.oci.image.layer.v1.tar");
inline constexpr QLatin1StringView OciLayerGzip("application/vnd.oci.image.layer.v1.tar+gzip");
inline constexpr QLatin1StringView OciLayerZstd("application/vnd.oci.image.layer.v1.tar+zstd");
inline constexpr QLatin1StringView DockerList("application/vnd.docker.distribution.manifest.list.v2+json");
inline constexpr QLatin1StringView DockerManifest("application/vnd.docker.distribution.manifest.v2+json");
inline constexpr QLatin1StringView DockerConfig("application/vnd.docker.container.image.v1+json");
inline constexpr QLatin1StringView DockerLayerGzip("application/vnd.docker.image.rootfs.diff.tar.gzip");
inline constexpr QLatin1StringView DockerLayer("application/vnd.docker.image.rootfs.diff.tar");

[[nodiscard]] bool isIndex(QStringView mediaType);
[[nodiscard]] bool isManifest(QStringView mediaType); //!< of a single image, not an index
[[nodiscard]] bool isSchema1(QStringView mediaType);
[[nodiscard]] bool isImageConfig(QStringView mediaType);
//! Layers that may not be redistributed and can be absent from a registry (deprecated types).
[[nodiscard]] bool isForeignLayer(QStringView mediaType);
//! Value for `Accept` on every manifest request: all types but schema 1 (protocol: without one some servers
//! convert).
[[nodiscard]] QByteArray manifestAccept();
//! A Content-Type without its parameters, lower case.
[[nodiscard]] QString withoutParameters(QStringView contentType);

//! What the first bytes say, whatever the media type claims.
enum class Compression { None, Gzip, Zstd, Bzip2, Xz };
[[nodiscard]] Compression sniffCompression(QByteArrayView firstBytes);

} // namespace Tagboat::MediaType
