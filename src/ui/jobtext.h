// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"
#include "transfer/job.h"

namespace Tagboat::JobText {

// The words of a transfer, for the cards and for screen readers. GUI thread.

//! "Push" while it is under way, "Pushed" when done.
[[nodiscard]] QString verb(const JobSnapshot& job);
[[nodiscard]] QString iconName(const JobSnapshot& job);
//! The image with its tag or tags: "alice/ui:v1", "alice/ui:2.1.106 +3".
[[nodiscard]] QString image(const JobSnapshot& job);
[[nodiscard]] Emphasis imageBold(const JobSnapshot& job); //!< the tag
//! "→ Docker Hub as" (the user follows as a badge), "→ This computer · linux/amd64", "→ 3 destinations".
[[nodiscard]] QString destination(const JobSnapshot& job);
//! State where it is not plain to see from the bar: waiting, failed, cancelled, interrupted; else empty.
[[nodiscard]] Badge state(const JobSnapshot& job);
//! Of one destination of several, narrowed down by JobSnapshot::only(): also that it is done or tries again.
[[nodiscard]] Badge targetState(const JobSnapshot& job);
//! How far it is, or what was sent to it; when, the job tells.
[[nodiscard]] QString targetFigures(const JobSnapshot& job);
//! "12.4 of 18.4 MB · 6.1 MB/s · 1 s left"; for an ended one "18.4 MB in 9 s · 14:02".
[[nodiscard]] QString figures(const JobSnapshot& job);
//! "38 layers: 11 done, 2 already here, 4 downloading, 20 waiting".
[[nodiscard]] QString layersSummary(const JobSnapshot& job);
//! The state of one layer: "uploading", "already there", "mounted".
[[nodiscard]] Badge layerState(const JobSnapshot& job, const JobLayer& layer);

} // namespace Tagboat::JobText
