// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/plansequence.h"

namespace Tagboat {

Plan PlanSequence::add(const QString& registry, const QString& repository, Plan plan)
{
    for (PlannedBlob& blob : plan.blobs) {
        if (blob.action != PlannedBlob::Action::Transfer)
            continue;
        const std::pair key(registry, blob.descriptor.digest);
        const QString brought = m_brought.value(key);
        if (brought.isEmpty()) {
            m_brought.insert(key, repository);
        } else if (brought != repository) {
            blob.action = PlannedBlob::Action::Mount;
            blob.mountFrom = brought;
        } else {
            blob.action = PlannedBlob::Action::Present;
        }
    }
    return plan;
}

} // namespace Tagboat
