// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"

namespace Tagboat {

/*!
 * \brief A name of an image as people type it: `alice/ui:v1`, `registry.local:5000/gallery/ui@sha256:…`.
 *
 * Parsed the Docker way (distribution/reference grammar and normalisation): a missing registry is
 * `docker.io`, a missing namespace there `library`, a missing tag `latest` (but none is added beside a
 * digest). With tag and digest both are kept and the digest decides.
 */
class Reference
{
public:
    Reference() = default;
    //! Error InvalidInput whose message says which rule is broken, in the field's usual words ("invalid
    //! reference format", "repository name must be lowercase", …).
    [[nodiscard]] static Result<Reference> parse(QStringView text);
    //! What people paste: trims blanks, drops a leading "docker pull ", "docker://", "oci://", "https://",
    //! and turns Docker Hub web addresses into names; then parse().
    [[nodiscard]] static Result<Reference> parsePasted(QStringView text);
    //! A repository name without tag or digest ("alice/ui"): parsed like parse(), but no default tag is
    //! filled in, and a tag or digest is an error.
    [[nodiscard]] static Result<Reference> parseRepository(QStringView text);

    [[nodiscard]] bool isNull() const { return m_repository.isEmpty(); }
    [[nodiscard]] const QString& registry() const { return m_registry; } //!< "docker.io", "localhost:5000"
    [[nodiscard]] const QString& repository() const { return m_repository; } //!< "library/ubuntu"
    [[nodiscard]] const QString& tag() const { return m_tag; }               //!< empty where none
    [[nodiscard]] const Digest& digest() const { return m_digest; }          //!< null where none

    [[nodiscard]] bool isRegistryDefault() const { return m_registryDefault; }
    [[nodiscard]] bool isNamespaceDefault() const { return m_namespaceDefault; } //!< `library/` was filled in
    [[nodiscard]] bool isTagDefault() const { return m_tagDefault; }

    //! "docker.io/library/ubuntu:latest", with "@digest" where there is one. What the store keeps.
    [[nodiscard]] QString canonical() const;
    //! "ubuntu:latest": docker.io and library/ dropped as Docker does.
    [[nodiscard]] QString familiar() const;
    //! familiar() without tag and digest: "ubuntu", "alice/ui".
    [[nodiscard]] QString familiarName() const;
    //! Tag or digest as asked of a registry; the digest wins.
    [[nodiscard]] QString tagOrDigest() const;

    [[nodiscard]] Result<Reference> withTag(QStringView tag) const; //!< replaces tag, drops digest
    [[nodiscard]] Reference withDigest(Digest digest) const;        //!< replaces digest, drops tag

    [[nodiscard]] static bool isValidTag(QStringView tag);
    [[nodiscard]] static bool isValidRepository(QStringView repository); //!< path without registry

    friend bool operator==(const Reference& a, const Reference& b) { return a.canonical() == b.canonical(); }
    friend size_t qHash(const Reference& r, size_t seed = 0) { return qHash(r.canonical(), seed); }

private:
    //! Without filling in a tag.
    [[nodiscard]] static Result<Reference> parseAsGiven(QStringView text);

    QString m_registry, m_repository, m_tag;
    Digest m_digest;
    bool m_registryDefault = false, m_namespaceDefault = false, m_tagDefault = false;
};

} // namespace Tagboat
