// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/requests.h"

#include <QJsonObject>

#include <optional>

namespace Tagboat {

/*
 * Requests as JSON, as the journal keeps them with a job (JobSnapshot::recipe), so that a later run can go on
 * with it. They name profiles, never secrets.
 */
[[nodiscard]] QJsonObject recipeOf(const PushRequest& request);
[[nodiscard]] QJsonObject recipeOf(const PullRequest& request);
[[nodiscard]] QJsonObject recipeOf(const ArchivePushRequest& request);
//! Nothing where the recipe is one of something else, or not to be understood.
[[nodiscard]] std::optional<PushRequest> pushFromRecipe(const QJsonObject& recipe);
[[nodiscard]] std::optional<PullRequest> pullFromRecipe(const QJsonObject& recipe);
[[nodiscard]] std::optional<ArchivePushRequest> archivePushFromRecipe(const QJsonObject& recipe);

} // namespace Tagboat
