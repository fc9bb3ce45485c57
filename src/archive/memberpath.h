// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QString>

namespace Tagboat {

//! The subject of errors about one member: "ui.tar: blobs/sha256/ab12…".
[[nodiscard]] QString memberSubject(const QString& archive, QStringView member);

/*!
 * \brief A member's name as the rest of the program knows it: without "./", double or trailing slashes.
 *
 * Empty for the root itself. Corrupt for absolute names and for `..`: no honest writer of image archives
 * makes them, and what they mean depends on the reader.
 */
[[nodiscard]] Result<QString> memberPath(QStringView name, const QString& archive);

/*!
 * \brief Where a link leads inside the archive; Corrupt about \a subject where it leaves it.
 *
 * \a from is the member the target is relative to, by its whole path; empty for the root (hard links).
 */
[[nodiscard]] Result<QString> linkPath(QStringView from, QStringView target, const QString& subject);

} // namespace Tagboat
