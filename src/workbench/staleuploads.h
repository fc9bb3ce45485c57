// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"
#include "transfer/journal.h"

#include <chrono>
#include <memory>

namespace Tagboat {

//! How long an upload that broke off is kept at its registry to be gone on with. Registries clear up by
//! themselves too (distribution after a week).
inline constexpr std::chrono::hours UploadsAreKeptFor{72};

//! Cancels at the registry of \a client what uploads were left behind there for longer than that, a few at a
//! time. What cannot be cancelled is left to the registry.
[[nodiscard]] Task<void> cancelStaleUploads(std::shared_ptr<Journal> journal,
                                            std::shared_ptr<RegistryClient> client, std::stop_token stop);

} // namespace Tagboat
