// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "store/imagestore.h"
#include "transfer/job.h"

#include <QJsonArray>
#include <QJsonObject>

// The shapes of `--json`; members are only ever added.
namespace Tagboat {

[[nodiscard]] QJsonObject jsonOf(const Error& error);
[[nodiscard]] QJsonObject jsonOf(const Profile& profile);
[[nodiscard]] QJsonObject jsonOf(const StoredImage& image);
[[nodiscard]] QJsonObject jsonOf(const DiskUsage& usage);
[[nodiscard]] QJsonObject jsonOf(const Plan& plan);
//! With every layer's state; "targets" where it has several, to whose places "target" of a layer refers.
[[nodiscard]] QJsonObject jsonOf(const JobSnapshot& job);

//! Digest of anything that may have none.
[[nodiscard]] QJsonValue jsonOf(const Digest& digest);

} // namespace Tagboat
