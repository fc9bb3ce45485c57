// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profilestore.h"
#include "net/httpclient.h"

#include <memory>

namespace Tagboat {

//! The saved registry settings as transport policies, read anew for each request so that a change is in force
//! at once. Engine thread.
[[nodiscard]] HostPolicies savedHostPolicies(std::shared_ptr<ProfileStore> profiles);
//! Settings that are not saved yet, for \a registry alone; other hosts have the saved ones.
[[nodiscard]] HostPolicies draftHostPolicies(const QString& registry, const RegistrySettings& draft,
                                             std::shared_ptr<ProfileStore> profiles);

} // namespace Tagboat
