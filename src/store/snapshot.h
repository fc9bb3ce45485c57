// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "store/storecore.h"

namespace Tagboat {

//! What lists show, from one look at the store.
[[nodiscard]] StoreSnapshot makeSnapshot(const StoreView& view, StoreCore& core);

} // namespace Tagboat
