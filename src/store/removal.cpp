// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/removal.h"

#include "store/storenames.h"
#include "store/sweep.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Result<void> choose(std::vector<bool>& chosen, const ImageGraph& graph, const QList<Digest>& ids)
{
    for (const Digest& id : ids) {
        const auto roots = graph.rootsOf(id);
        if (std::ranges::find(roots, true) == roots.end())
            return fail(Error::Code::NotFound, id.toString(), u"no image of the store has this ID"_s);
        for (size_t i = 0; i < roots.size(); ++i)
            chosen[i] = chosen[i] || roots[i];
    }
    return {};
}

void sortOnce(QStringList& list)
{
    list.sort();
    list.removeDuplicates();
}

} // namespace

Result<RemovalPlan> planImageRemoval(StoreCore& core, const QStringList& names, const QList<Digest>& images)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(view.error());
    RemovalPlan plan;
    for (const QString& name : names) {
        const auto* entry = entryNamed(view->index, name);
        if (!entry)
            return fail(Error::Code::NotFound, name, u"no image of the store is called so"_s);
        plan.names.append(entry->name);
    }
    const auto& roots = view->graph.roots();
    std::vector<bool> chosen(roots.size());
    if (const auto found = choose(chosen, view->graph, images); !found)
        return std::unexpected(found.error());
    for (size_t i = 0; i < roots.size(); ++i) {
        if (chosen[i] || roots[i].names.isEmpty())
            continue;
        QStringList kept = roots[i].names;
        kept.removeIf([&](const QString& name) { return plan.names.contains(name); });
        chosen[i] = kept.isEmpty();
        if (kept.size() < roots[i].names.size())
            plan.keptNames += kept;
    }
    for (size_t i = 0; i < roots.size(); ++i) {
        if (chosen[i])
            plan.targets.append(roots[i].target.digest);
    }
    chosen = view->graph.withDependents(std::move(chosen));
    for (size_t i = 0; i < roots.size(); ++i) {
        if (chosen[i])
            plan.names += roots[i].names;
    }
    sortOnce(plan.names);
    sortOnce(plan.keptNames);
    plan.images = imagesAmong(view->graph, chosen);
    if (auto problem = view->graph.readingProblem())
        return fail(std::move(*problem));
    plan.bytesFreed = onlyOf(*view, core, chosen).bytes;
    return plan;
}

Result<GarbageReport> removeStoredImages(StoreCore& core, const QList<Digest>& ids)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Exclusive);
    if (!lock)
        return std::unexpected(lock.error());
    auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(std::move(view.error()));
    std::vector<bool> chosen(view->graph.roots().size());
    if (const auto found = choose(chosen, view->graph, ids); !found)
        return std::unexpected(found.error());
    if (auto problem = view->graph.readingProblem())
        return fail(std::move(*problem));
    chosen = view->graph.withDependents(std::move(chosen));
    return removeRoots(*view, core, chosen, onlyOf(*view, core, chosen), *lock);
}

Result<GarbageReport> collectStoreGarbage(StoreCore& core, bool dryRun, bool untaggedImages,
                                          std::chrono::seconds grace, bool unfinishedDownloads)
{
    const auto kind = dryRun ? StoreLock::Kind::Shared : StoreLock::Kind::Exclusive;
    const auto lock = StoreLock::acquire(core.files, kind);
    if (!lock)
        return std::unexpected(lock.error());
    auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(std::move(view.error()));
    if (auto problem = view->graph.readingProblem())
        return fail(std::move(*problem));
    std::vector<bool> untagged(view->graph.roots().size());
    if (untaggedImages) {
        untagged = view->graph.heldRoots();
        untagged.flip();
    }
    Sweep sweep = onlyOf(*view, core, untagged);
    addUnreferenced(sweep, *view, core, grace);
    sweep.leftovers = view->ingest.abandoned;
    if (unfinishedDownloads)
        sweep.leftovers += view->ingest.unfinished;
    if (dryRun)
        return reportOf(sweep, imagesAmong(view->graph, untagged));
    return removeRoots(*view, core, untagged, sweep, *lock);
}

} // namespace Tagboat
