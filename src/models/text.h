// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>

// The wording of figures: one place, so that a size looks the same in a list, a button and a sentence.
namespace Tagboat {

//! SI, three digits: "0 B", "3.6 MB", "26.1 MB", "386 MB", "1.05 GB". Negative (unknown) is an en dash.
[[nodiscard]] QString formatBytes(qint64 bytes);
//! "12.4 of 18.4 MB": the unit once where both have the same.
[[nodiscard]] QString formatBytesOf(qint64 done, qint64 total);
//! "6.1 MB/s"; empty for none.
[[nodiscard]] QString formatSpeed(double bytesPerSecond);
//! A limit as people set them: "512 kB/s", "5 MB/s", "2.5 MB/s"; empty for none.
[[nodiscard]] QString formatRate(qint64 bytesPerSecond);
//! Time left or taken: "3 s", "1:14 min", "2:05 h".
[[nodiscard]] QString formatDuration(std::chrono::seconds duration);
//! "2 days ago", "just now"; an en dash where unknown, also for the 1970 of reproducible builds.
[[nodiscard]] QString formatAge(const QDateTime& when, const QDateTime& now = QDateTime::currentDateTime());
//! The exact moment for a tool tip; says so where an image does not tell its age.
[[nodiscard]] QString formatMoment(const QDateTime& when);
//! "5 images", "1 image".
[[nodiscard]] QString formatImageCount(int count);
[[nodiscard]] QString formatTagCount(int count);
[[nodiscard]] QString formatLayerCount(int count);
//! What referrerKind() (oci/referrer.h) says, in the person's language: "signature", "SBOM"; an artifact type
//! as it is.
[[nodiscard]] QString formatReferrerKind(const QString& kind);
//! "2 signatures, 1 SBOM" of such kinds, in this order; empty for none.
[[nodiscard]] QString formatReferrers(const QStringList& kinds);

} // namespace Tagboat
