// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/plan.h"

namespace Tagboat {

/*!
 * \brief What several plans come to that are carried out as one job, to be shown before it begins.
 *
 * Each plan knows only of its own destination. A blob that two repositories of a registry lack travels there
 * once all the same, and the second takes it over from the first.
 */
class PlanSequence
{
public:
    //! The next plan of the job, with mounts in place of what plans before it upload to the same registry.
    [[nodiscard]] Plan add(const QString& registry, const QString& repository, Plan plan);

private:
    QHash<std::pair<QString, Digest>, QString> m_brought; //!< to which repository
};

} // namespace Tagboat
