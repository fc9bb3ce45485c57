// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/reference.h"
#include "store/cleanup.h"

namespace Tagboat {

//! A name with what the rules ask of its image.
struct JudgedName
{
    QString name;      //!< canonical
    Digest target;     //!< root digest
    QDateTime created; //!< invalid where unknown
    QDateTime pulled;
};

//! The digest in a tag like sha256-0123….sig, by which a signature says what it is about; null for other
//! tags.
[[nodiscard]] Digest subjectInTag(const Reference& reference);

/*!
 * \brief The names that the rules about age and versions let go, with the reasons; no others.
 *
 * Versions of a repository are ordered by TagVersion::compare, each flavour ("-alpine") for itself, and
 * counted by image: v1.2.3 and 1.2.3 of one image are one version. Pre-releases take no place from releases;
 * those older than the newest release go, of those that are newer as many stay as of releases. A tag that
 * moves with versions (2.1 beside 2.1.106) goes or stays with the version its image carries. `latest` and a
 * moving tag whose image carries no version stay. Tags that are no versions stay too, or are counted by age,
 * each repository's together, where keepLastOfOtherTags says so.
 *
 * Tags that cosign and the referrers tag schema make (sha256-….sig) go with the image they are about, and
 * only then; where that is not here they count as tags that are no versions.
 */
[[nodiscard]] QHash<QString, CleanUpReasons> namesToGo(const QList<JudgedName>& names,
                                                       const CleanUpRules& rules, const QDateTime& now);

} // namespace Tagboat
