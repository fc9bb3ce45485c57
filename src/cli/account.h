// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/command.h"

namespace Tagboat {

//! Makes the session act towards \a registry as the options of accountOptions() say; nothing to do without
//! them.
[[nodiscard]] Result<void> applyAccount(const ContextPtr& context, const QString& registry);
//! The same for each of several, any of which may stand there twice. A password is for one of them only:
//! InvalidInput else.
[[nodiscard]] Result<void> applyAccounts(const ContextPtr& context, QStringList registries);

//! A registry as people type it, as references name it: "https://index.docker.io/v1/" is docker.io.
[[nodiscard]] Result<QString> registryFrom(QString text);

//! The repository of \a reference, as whoever the command line says.
[[nodiscard]] Result<std::shared_ptr<Repository>> openRepository(const ContextPtr& context,
                                                                 const Reference& reference);

} // namespace Tagboat
