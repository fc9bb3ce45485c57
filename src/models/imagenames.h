// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"
#include "oci/digest.h"
#include "store/imagestore.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace Tagboat {

//! A stored name as lists show it.
struct ShownName
{
    QString canonical;      //!< as stored
    QString familiar;       //!< "alice/ui:v1"; the stored name where it is no reference
    QString repository;     //!< "alice/ui", the part before tag or digest
    QString tag;            //!< "v1"; empty where there is none
    QByteArray folded = {}; //!< the familiar name in lower case, UTF-8: quick to look words up in

    [[nodiscard]] static ShownName of(const QString& canonical);
};

//! "alice/ui:v1"; a stored name that is no reference as it is.
[[nodiscard]] QString familiarName(const QString& canonical);
//! All names of an image, the one that stands for it first: Docker Hub short names before longer ones, then
//! by text.
[[nodiscard]] QList<ShownName> shownNames(const StoredImage& image);
//! The tag in its familiar name, which lists set in bold.
[[nodiscard]] Emphasis boldTag(const ShownName& name);
//! It has no name and needs none: a signature or an SBOM that belongs to another image.
[[nodiscard]] bool isAttached(const StoredImage& image);
//! What stands in lists where an image has no name: "untagged", "signature of alice/ui:v1".
[[nodiscard]] QString namelessText(const StoredImage& image);
//! What an image is called in a sentence or badge: its first name, what it belongs to, or its short ID.
[[nodiscard]] QString imageTitle(const StoredImage& image);
//! Titles by image ID, for "shared with".
[[nodiscard]] QHash<Digest, QString> imageTitles(const QList<StoredImage>& images);
//! Platforms in one cell: "linux/amd64 +7".
[[nodiscard]] QString platformSummary(const StoredImage& image);
//! All platforms, one a line, absent ones marked.
[[nodiscard]] QString platformToolTip(const StoredImage& image);
//! A platform as people write it; a dash where the config does not tell.
[[nodiscard]] QString platformText(const Platform& platform);
//! The platform to show first: the host's where it is complete, else the first complete one, else the first;
//! -1: none.
[[nodiscard]] int preferredPlatform(const StoredImage& image);

} // namespace Tagboat
