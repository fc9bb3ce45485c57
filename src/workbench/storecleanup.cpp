// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/storecleanup.h"

#include "base/worker.h"
#include "workbench/workbench.h"
#include "workbench/workbenchprivate.h"

namespace Tagboat {

Task<Result<CleanUpReport>> cleanUpImages(std::shared_ptr<Session> session, CleanUpPlan plan,
                                          std::vector<bool> chosen, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto report = co_await onWorker([store = session->store(), plan = std::move(plan),
                                     chosen = std::move(chosen)] { return store->cleanUp(plan, chosen); });
    co_return report;
}

QFuture<Result<CleanUpPlan>> Workbench::planCleanUp(const CleanUpRules& rules)
{
    return d->onStore([rules](ImageStore& store) { return store.planCleanUp(rules); });
}

QFuture<Result<CleanUpReport>> Workbench::cleanUp(const CleanUpPlan& plan, const std::vector<bool>& chosen)
{
    return d->call([plan, chosen](std::shared_ptr<Session> session, std::stop_token stop) {
        return cleanUpImages(std::move(session), plan, chosen, std::move(stop));
    });
}

} // namespace Tagboat
