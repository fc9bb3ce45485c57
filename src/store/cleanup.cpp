// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/cleanup.h"

#include "store/sweep.h"

#include <algorithm>

namespace Tagboat {

namespace {

//! Finds out, under the exclusive lock, what of a plan still holds.
class Performer
{
public:
    Performer(StoreCore& core, StoreView& view, const CleanUpPlan& plan, const std::vector<bool>& chosen)
        : m_core(core), m_view(view), m_plan(plan), m_wanted(plan.closed(chosen)), m_chosen(m_wanted),
          m_rootOf(size_t(plan.items.size()), -1), m_itemOf(view.graph.roots().size(), -1)
    {
        QHash<Digest, int> roots;
        for (size_t root = 0; root < m_itemOf.size(); ++root)
            roots.insert(view.graph.roots()[root].target.digest, int(root));
        for (size_t i = 0; i < m_rootOf.size(); ++i) {
            m_rootOf[i] = roots.value(itemAt(i).target, -1);
            if (m_rootOf[i] >= 0 && itemAt(i).kind == Kind::Image)
                m_itemOf[size_t(m_rootOf[i])] = int(i);
        }
    }

    Result<CleanUpReport> perform(const StoreLock& lock)
    {
        chooseImages();
        const std::vector<bool> roots = chosenRoots();
        Sweep sweep = onlyOf(m_view, m_core, roots);
        addFiles(sweep);
        CleanUpReport report;
        takeNames(report);
        for (size_t i = 0; i < m_wanted.size(); ++i) {
            const CleanUpItem& item = itemAt(i);
            if (m_wanted[i] && !m_chosen[i] && !item.isPart)
                report.left.append(item);
        }
        // With roots among it, removeRoots() writes the index.
        const bool isOnlyNames = !report.names.isEmpty() && std::ranges::find(roots, true) == roots.end();
        auto written = isOnlyNames ? writeIndex(m_core.files, m_view.index, lock) : Result<void>();
        const bool isFull = !written && written.error().code == Error::Code::DiskFull;
        if (!written && !isFull)
            return std::unexpected(std::move(written.error()));
        const auto removed = removeRoots(m_view, m_core, roots, sweep, lock);
        if (!removed)
            return std::unexpected(removed.error());
        if (isFull)
            written = writeIndex(m_core.files, m_view.index, lock);
        if (!written)
            return std::unexpected(std::move(written.error()));
        report.done.bytes = removed->bytes;
        report.done.blobs = removed->blobs;
        report.done.ingestFiles = removed->ingestFiles;
        report.done.names = int(report.names.size());
        report.images = removed->images;
        for (size_t root = 0; root < roots.size(); ++root)
            report.done.images += roots[root] && !m_view.graph.roots()[root].isPart;
        return report;
    }

private:
    using Kind = CleanUpItem::Kind;

    [[nodiscard]] const ImageRoot& rootOf(size_t item) const
    {
        return m_view.graph.roots()[size_t(m_rootOf[item])];
    }

    //! Has the same names, is not held by another image since, was not pulled again.
    [[nodiscard]] bool isAsPlanned(size_t i) const
    {
        const CleanUpItem& item = itemAt(i);
        if (m_rootOf[i] < 0)
            return false;
        const ImageRoot& root = rootOf(i);
        const BlobListing& blobs = m_view.graph.listing();
        const auto blob = blobs.constFind(item.target);
        const QDateTime pulled =
            blob == blobs.constEnd() ? QDateTime() : QDateTime::fromSecsSinceEpoch(blob->modified);
        if (pulled != item.pulled)
            return false;
        if (root.names != item.names)
            return false;
        return !root.names.isEmpty() || !root.isHeld || !item.hosts.isEmpty();
    }

    void chooseImages()
    {
        for (size_t i = 0; i < m_chosen.size(); ++i) {
            if (m_chosen[i] && itemAt(i).kind == Kind::Image)
                m_chosen[i] = isAsPlanned(i);
        }
        while (dropLoose() || dropOutgrown()) { }
    }

    //! What is attached to something that stays, stays too.
    bool dropLoose()
    {
        bool isAny = false;
        for (size_t i = 0; i < m_chosen.size(); ++i) {
            if (!m_chosen[i] || itemAt(i).hosts.isEmpty())
                continue;
            const auto goes = [&](int host) { return m_chosen[size_t(host)]; };
            const auto rootGoes = [&](int root) {
                const int item = m_itemOf[size_t(root)];
                return item >= 0 && m_chosen[size_t(item)];
            };
            if (std::ranges::all_of(itemAt(i).hosts, goes) && std::ranges::all_of(rootOf(i).hosts, rootGoes))
                continue;
            m_chosen[i] = false;
            isAny = true;
        }
        return isAny;
    }

    //! An image that something new belongs to is not the one that was shown.
    bool dropOutgrown()
    {
        const std::vector<bool> roots = chosenRoots();
        const std::vector<bool> all = m_view.graph.withDependents(roots);
        bool isAny = false;
        for (size_t root = 0; root < all.size(); ++root) {
            if (!all[root] || roots[root])
                continue;
            for (const int host : m_view.graph.roots()[root].hosts) {
                const int item = m_itemOf[size_t(host)];
                if (item < 0 || !m_chosen[size_t(item)])
                    continue;
                m_chosen[size_t(item)] = false;
                isAny = true;
            }
        }
        return isAny;
    }

    [[nodiscard]] std::vector<bool> chosenRoots() const
    {
        std::vector<bool> roots(m_itemOf.size());
        for (size_t root = 0; root < roots.size(); ++root)
            roots[root] = m_itemOf[root] >= 0 && m_chosen[size_t(m_itemOf[root])];
        return roots;
    }

    //! Of the planned files those that are still what they were.
    void addFiles(Sweep& sweep)
    {
        Sweep now;
        addUnreferenced(now, m_view, m_core, m_plan.rules.grace);
        const QSet<Digest> blobs(now.blobs.cbegin(), now.blobs.cend());
        QHash<QString, IngestScan::Leftover> leftovers;
        for (const IngestScan::Leftover& leftover : m_view.ingest.abandoned + m_view.ingest.unfinished)
            leftovers.insert(leftover.path, leftover);
        for (size_t i = 0; i < m_chosen.size(); ++i) {
            if (!m_chosen[i])
                continue;
            for (const CleanUpItem::File& file : itemAt(i).files) {
                if (file.path.isEmpty() && blobs.contains(file.digest)) {
                    sweep.blobs.append(file.digest);
                    sweep.bytes += file.size;
                }
                const auto leftover = leftovers.constFind(file.path);
                if (leftover != leftovers.constEnd() && leftover->size == file.size)
                    sweep.leftovers.append(*leftover);
            }
        }
    }

    void takeNames(CleanUpReport& report)
    {
        QHash<Digest, QSet<QString>> going; // of images that stay
        for (size_t i = 0; i < m_chosen.size(); ++i) {
            const CleanUpItem& item = itemAt(i);
            if (!m_chosen[i] || item.names.isEmpty())
                continue;
            if (item.kind == Kind::Name) {
                going[item.target].insert(item.names.first());
                continue;
            }
            for (const QString& name : rootOf(i).names)
                report.names.insert(name, item.target);
        }
        for (size_t i = 0; i < m_chosen.size(); ++i) {
            const CleanUpItem& item = itemAt(i);
            if (!m_chosen[i] || item.kind != Kind::Name)
                continue;
            const QStringList names = m_rootOf[i] < 0 ? QStringList() : rootOf(i).names;
            const QSet<QString>& others = going[item.target];
            const auto stays = [&](const QString& name) { return !others.contains(name); };
            // Nobody has agreed to leave the image without any name.
            m_chosen[i] = names.contains(item.names.first()) && std::ranges::any_of(names, stays);
            if (!m_chosen[i])
                continue;
            m_view.index.removeName(item.names.first());
            report.names.insert(item.names.first(), item.target);
        }
    }

    [[nodiscard]] const CleanUpItem& itemAt(size_t i) const { return m_plan.items.at(qsizetype(i)); }

    StoreCore& m_core;
    StoreView& m_view;
    const CleanUpPlan& m_plan;
    const std::vector<bool> m_wanted;
    std::vector<bool> m_chosen;
    std::vector<int> m_rootOf; // of an item, or -1
    std::vector<int> m_itemOf; // of a root: the Image item that lets it go, or -1
};

} // namespace

Result<CleanUpReport> cleanUpStore(StoreCore& core, const CleanUpPlan& plan, const std::vector<bool>& chosen)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Exclusive);
    if (!lock)
        return std::unexpected(lock.error());
    auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(std::move(view.error()));
    if (auto problem = view->graph.readingProblem())
        return fail(std::move(*problem));
    return Performer(core, *view, plan, chosen).perform(*lock);
}

} // namespace Tagboat
