// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"

#include <QJsonObject>

namespace Tagboat {

//! A job as the journal keeps it: all that a list of past transfers shows, without speeds.
[[nodiscard]] QJsonObject toJson(const JobSnapshot& job);
//! Lenient: what is missing or unknown keeps its default.
[[nodiscard]] JobSnapshot jobFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const Error& error);
[[nodiscard]] Error errorFromJson(const QJsonObject& object);

} // namespace Tagboat
