// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/plan.h"
#include "workbench/session.h"

namespace Tagboat {

class ManifestCache;

//! Turns a request into the places of its copy; of a push one for each of its targets. Nothing is changed
//! anywhere.
[[nodiscard]] Task<Result<CopyEnds>> openPushEnds(std::shared_ptr<Session> session, PushRequest request,
                                                  std::stop_token stop);
[[nodiscard]] Task<Result<CopyEnds>> openPullEnds(std::shared_ptr<Session> session,
                                                  std::shared_ptr<ManifestCache> manifests,
                                                  PullRequest request, std::stop_token stop);

//! All tags of a push in order, each once; InvalidInput for one that breaks the grammar.
[[nodiscard]] Result<QStringList> tagsOf(const Reference& destination, const QStringList& moreTags);
[[nodiscard]] Result<QStringList> tagsOf(const PushTarget& target);
[[nodiscard]] CopyOptions optionsOf(const PushRequest& request);
[[nodiscard]] CopyOptions optionsOf(const PullRequest& request);
[[nodiscard]] QString familiarLabel(const QString& nameOrId);

} // namespace Tagboat
