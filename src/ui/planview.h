// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/reference.h"

#include <QString>

class QAbstractItemModel;
class QTreeView;

namespace Tagboat {

struct Plan;

//! Makes a tree view show a plan, by a model with the columns of PlanModel: widths, delegate, a height for a
//! handful of rows.
void showPlanIn(QTreeView* view, QAbstractItemModel* model);
//! Its least height where it gives up \a fewer rows.
[[nodiscard]] int planHeight(const QTreeView* view, int fewer = 0);
//! "Push 18.4 MB, 4 tags", "Pull 26.1 MB"; "Push 2 tags" where no byte travels.
[[nodiscard]] QString pushButtonText(const Plan& plan);
[[nodiscard]] QString pullButtonText(const Plan& plan);
//! "With 2 signatures, 1 SBOM", or that there are none: for a plan that was made with them.
[[nodiscard]] QString referrersText(const Plan& plan);
//! The parts of a name as rich text, those that were filled in marked as defaults.
[[nodiscard]] QString partsText(const Reference& reference);

} // namespace Tagboat
