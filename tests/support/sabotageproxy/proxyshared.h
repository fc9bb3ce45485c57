// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sabotageproxy.h"

#include <QMutex>

#include <optional>

namespace Tagboat::Testing {

//! What the test's thread and the proxy's have in common.
struct SabotageProxy::Shared
{
    mutable QMutex mutex;
    QList<Sabotage> plans;
    QList<ProxiedRequest> requests;
    int lastId = 0;
    int struck = 0;
    int stalled = 0;
    bool isReleased = false;

    //! Writes a request down and says what may happen to it; its number goes to \a number.
    [[nodiscard]] std::optional<Sabotage> begin(const ProxiedRequest& request, qsizetype* number)
    {
        const QMutexLocker lock(&mutex);
        *number = requests.size();
        requests.append(request);
        for (Sabotage& plan : plans) {
            if ((!plan.method.isEmpty() && plan.method != request.method)
                || !request.path().contains(plan.path) || plan.times == 0)
                continue;
            if (plan.skip > 0) {
                --plan.skip;
                continue;
            }
            return plan;
        }
        return std::nullopt;
    }

    template<typename Change>
    void update(qsizetype number, Change change)
    {
        const QMutexLocker lock(&mutex);
        if (number >= 0 && number < requests.size())
            change(requests[number]);
    }

    //! The moment has come: false where others were struck in its stead, often enough.
    [[nodiscard]] bool strike(const Sabotage& sabotage, qsizetype number)
    {
        const QMutexLocker lock(&mutex);
        for (Sabotage& plan : plans) {
            if (plan.id != sabotage.id || plan.times == 0)
                continue;
            if (plan.times > 0)
                --plan.times;
            ++struck;
            if (number >= 0 && number < requests.size())
                requests[number].isSabotaged = true;
            return true;
        }
        return false;
    }
};

} // namespace Tagboat::Testing
