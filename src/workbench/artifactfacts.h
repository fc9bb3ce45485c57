// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/artifact.h"

namespace Tagboat {

class ImageStore;

//! A file of an artifact.
struct ArtifactFile
{
    QString title; //!< org.opencontainers.image.title; empty: it has none
    Descriptor descriptor;
};

/*!
 * \brief What can be told of an artifact: what it is, what it is about, what its payload says in plain words.
 *
 * Nothing of it is verified but that the bytes are those that their digests name: who signed is what the
 * certificate beside the signature says, and anybody can put one there.
 */
struct ArtifactFacts
{
    ArtifactKind kind = ArtifactKind::None;
    QString type = {};        //!< artifactType, else the type of its config
    QString format = {};      //!< "cosign", "Notary Project", "Sigstore bundle", "SPDX-2.3", "CycloneDX 1.5"
    Digest subject = {};      //!< what it is about; null where it stands for itself
    QString subjectName = {}; //!< canonical; empty where that is not here, or has none
    bool isSubjectHere = false;
    QList<ArtifactFile> files = {};
    // Signatures and attestations.
    QString identity = {}; //!< of the certificate: mail address, URI, or name
    QString issuer = {};   //!< who vouched for it: the OpenID provider, or the authority
    QString predicate = {};
    QString builder = {}; //!< of provenance
    QString buildType = {};
    QString buildSource = {}; //!< what was built
    // SBOMs.
    QString documentName = {};
    int packages = -1; //!< -1: not told
    // Charts.
    QString name = {}, version = {}, appVersion = {}, description = {};
};

/*!
 * \brief Reads what \a manifest is about; \a names are those it has in the store, since cosign tells the
 * subject by the tag.
 *
 * Payloads are looked into up to LargestPayload bytes. Blocking, for workers.
 */
[[nodiscard]] ArtifactFacts artifactFacts(const ImageStore& store, const Manifest& manifest,
                                          const QStringList& names);

inline constexpr qint64 LargestPayload = 16 * 1024 * 1024;

} // namespace Tagboat
