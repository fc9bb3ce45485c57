// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace Tagboat {

//! SI: "0 B", "3.6 MB", "1.05 GB"; "-" where unknown.
[[nodiscard]] QString bytesText(qint64 bytes);
//! "6.1 MB/s"; empty for none.
[[nodiscard]] QString speedText(double bytesPerSecond);
//! "2 days ago"; "-" where unknown, also for the 1970 of reproducible builds.
[[nodiscard]] QString ageText(const QDateTime& when, const QDateTime& now);
//! "1 image", "4 images".
[[nodiscard]] QString countText(qint64 count, QStringView singular);

} // namespace Tagboat
