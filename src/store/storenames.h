// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/storecore.h"

#include <QMap>

// What images of the store are called, and finding them by it.
namespace Tagboat {

class Lease;

//! What a name of the store points at, without a look at any digest; nothing where there is no such name.
[[nodiscard]] Result<std::optional<Descriptor>> targetOfName(StoreCore& core, const QString& name);
//! As ImageStore::resolve.
[[nodiscard]] Result<Descriptor> resolveImage(StoreCore& core, const QString& nameOrId);
//! The form under which names are kept: canonical, InvalidInput where one is no reference; or as they are
//! given.
[[nodiscard]] Result<QStringList> keptNames(const StoreCore& core, const QStringList& names);
//! As ImageStore::setNames. Where \a lease is given, what it has claimed of \a target has to be here
//! (Conflict if it was removed meanwhile), and is let go afterwards. \a target without names is kept as a
//! nameless entry.
[[nodiscard]] Result<QMap<QString, Descriptor>> pointNames(StoreCore& core, const Descriptor& target,
                                                           const QStringList& names, Lease* lease);
//! As ImageStore::removeNames.
[[nodiscard]] Result<void> dropNames(StoreCore& core, const QStringList& names);
//! The entry of index.json that \a name, canonical, familiar or as it is stored, stands for; null where none
//! does.
[[nodiscard]] const OciLayoutIndex::Entry* entryNamed(const OciLayoutIndex& index, const QString& name);

} // namespace Tagboat
