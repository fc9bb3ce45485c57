// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sabotageproxy.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QRandomGenerator>

#include <algorithm>
#include <optional>

namespace Tagboat::Testing {

//! What the test's thread and the proxy's have in common.
struct SabotageProxy::Shared
{
    mutable QMutex mutex;
    QList<Sabotage> plans;
    QList<ProxiedRequest> requests;
    RandomCuts cuts;
    QRandomGenerator chance;
    QElapsedTimer clock;
    qint64 rate = 0;       //!< bytes a second
    qint64 lineFreeAt = 0; //!< µs of the clock
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
        return cuts.count > 0 && request.path().contains(cuts.path) ? std::optional(randomCut())
                                                                    : std::nullopt;
    }

    //! How long to wait after \a bytes, in milliseconds.
    [[nodiscard]] int pause(qint64 bytes)
    {
        constexpr qint64 Second = 1'000'000;
        const QMutexLocker lock(&mutex);
        if (rate == 0)
            return 0;
        const qint64 now = clock.nsecsElapsed() / 1000;
        lineFreeAt = std::max(lineFreeAt, now) + bytes * Second / rate;
        return static_cast<int>((lineFreeAt - now) / 1000);
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
        const auto note = [this, number] {
            ++struck;
            if (number >= 0 && number < requests.size())
                requests[number].isSabotaged = true;
        };
        if (sabotage.id == ByChance) {
            if (cuts.count == 0)
                return false;
            --cuts.count;
            note();
            return true;
        }
        for (Sabotage& plan : plans) {
            if (plan.id != sabotage.id || plan.times == 0)
                continue;
            if (plan.times > 0)
                --plan.times;
            note();
            return true;
        }
        return false;
    }

private:
    static constexpr int ByChance = -1;

    [[nodiscard]] Sabotage randomCut()
    {
        Sabotage cut;
        cut.id = ByChance;
        cut.arrives = true;
        if (chance.bounded(100) < cuts.inHeads) {
            cut.action = Sabotage::Action::CutReplyHead;
            cut.after = chance.bounded(2) == 0 ? 0 : chance.bounded(100);
        } else {
            cut.action = cuts.action;
            cut.after = chance.bounded(2 * cuts.distance);
        }
        return cut;
    }
};

} // namespace Tagboat::Testing
