// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/descriptor.h"

#include <QByteArray>

#include <variant>

namespace Tagboat {

//! The largest manifest, index or config that is read or pushed, bytes (distribution and containers/image: 4
//! MiB).
inline constexpr qint64 MaxManifestSize = 4 * 1024 * 1024;

/*!
 * \brief A parsed view of an image manifest (OCI or Docker schema 2) beside its exact bytes.
 *
 * The bytes are what was received and what is pushed; nothing re-serialises them (image-spec manifest.md).
 */
class Manifest
{
public:
    Manifest() = default;
    //! \a mediaType is the Content-Type or descriptor type; empty: taken from the document. A contradiction
    //! between both, or a document that has `layers` and `manifests`, is Corrupt; schema 1 is Unsupported;
    //! more than MaxManifestSize is InvalidInput. \a subject names it in errors.
    [[nodiscard]] static Result<Manifest> parse(QByteArray bytes, QString mediaType, const QString& subject);

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    [[nodiscard]] const Descriptor& descriptor() const { return m_descriptor; } //!< of these bytes
    [[nodiscard]] const Descriptor& config() const { return m_config; }
    [[nodiscard]] const QList<Descriptor>& layers() const { return m_layers; } //!< base first
    [[nodiscard]] const std::optional<Descriptor>& subject() const { return m_subject; }
    [[nodiscard]] const QString& artifactType() const { return m_artifactType; }
    [[nodiscard]] const QMap<QString, QString>& annotations() const { return m_annotations; }
    //! False for artifacts (signatures, SBOMs, charts): the config is no image config.
    [[nodiscard]] bool isImage() const;
    //! config + layers, each blob once, in the order config, layers.
    [[nodiscard]] QList<Descriptor> blobs() const;
    //! Bytes of config and layers, each blob once.
    [[nodiscard]] qint64 contentSize() const;

private:
    QByteArray m_bytes;
    Descriptor m_descriptor;
    Descriptor m_config;
    QList<Descriptor> m_layers;
    std::optional<Descriptor> m_subject;
    QString m_artifactType;
    QMap<QString, QString> m_annotations;
};

//! A parsed view of an OCI index or Docker manifest list beside its exact bytes (image-spec image-index.md).
class Index
{
public:
    Index() = default;
    [[nodiscard]] static Result<Index> parse(QByteArray bytes, QString mediaType, const QString& subject);

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    [[nodiscard]] const Descriptor& descriptor() const { return m_descriptor; }
    [[nodiscard]] const QList<Descriptor>& manifests() const { return m_manifests; }
    [[nodiscard]] const std::optional<Descriptor>& subject() const { return m_subject; }
    [[nodiscard]] const QString& artifactType() const { return m_artifactType; }
    [[nodiscard]] const QMap<QString, QString>& annotations() const { return m_annotations; }
    //! The entry that runs best on \a wanted: first of the best matches, attestations skipped; nothing if
    //! none runs. Entries that name no platform are taken last (index of one image; their config tells what
    //! they are).
    [[nodiscard]] std::optional<Descriptor> select(const Platform& wanted) const;
    //! Entries a person would choose from: no attestation manifests.
    [[nodiscard]] QList<Descriptor> images() const;

private:
    QByteArray m_bytes;
    Descriptor m_descriptor;
    QList<Descriptor> m_manifests;
    std::optional<Descriptor> m_subject;
    QString m_artifactType;
    QMap<QString, QString> m_annotations;
};

//! True for BuildKit's attestation entries (annotation vnd.docker.reference.type, platform unknown/unknown).
[[nodiscard]] bool isAttestation(const Descriptor& entry);

using ManifestOrIndex = std::variant<Manifest, Index>;
//! Decides by media type, or by the document where that is empty, and parses.
[[nodiscard]] Result<ManifestOrIndex> parseManifestOrIndex(QByteArray bytes, const QString& mediaType,
                                                           const QString& subject);
//! The descriptor of either.
[[nodiscard]] const Descriptor& descriptorOf(const ManifestOrIndex& document);

} // namespace Tagboat
