// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/cleanup.h"
#include "store/retention.h"
#include "store/snapshot.h"
#include "store/sweep.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

std::vector<bool> CleanUpPlan::closed(std::vector<bool> chosen) const
{
    chosen.resize(size_t(items.size()));
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QList<int>& hosts = items.at(i).hosts;
        if (!hosts.isEmpty()) // they stand before what is attached to them
            chosen[size_t(i)] = std::ranges::all_of(hosts, [&](int host) { return chosen[size_t(host)]; });
    }
    return chosen;
}

CleanUpSum CleanUpPlan::sumOf(const std::vector<bool>& some) const
{
    const std::vector<bool> chosen = closed(some);
    CleanUpSum sum;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const CleanUpItem& item = items.at(i);
        if (!chosen[size_t(i)])
            continue;
        sum.names += int(item.names.size());
        sum.images += item.kind == CleanUpItem::Kind::Image && !item.isPart;
        for (const CleanUpItem::File& file : item.files) {
            (file.path.isEmpty() ? sum.blobs : sum.ingestFiles) += 1;
            sum.bytes += file.size;
        }
    }
    for (const SharedBlob& blob : blobs) {
        if (std::ranges::all_of(blob.holders, [&](int holder) { return chosen[size_t(holder)]; })) {
            sum.bytes += blob.size;
            ++sum.blobs;
        }
    }
    return sum;
}

namespace {

class Planner
{
public:
    Planner(StoreCore& core, const StoreView& view, const CleanUpRules& rules)
        : m_core(core), m_view(view), m_roots(view.graph.roots()), m_itemOf(m_roots.size(), -1),
          m_images(m_roots.size(), nullptr), m_snapshot(makeSnapshot(view, core))
    {
        m_plan.rules = rules;
        qsizetype image = 0;
        for (size_t root = 0; root < m_roots.size(); ++root) {
            if (!m_roots[root].isPart)
                m_images[root] = &m_snapshot.images.at(image++);
        }
    }

    CleanUpPlan make()
    {
        addNamed();
        if (m_plan.rules.untagged)
            addUntagged();
        addAttached();
        addTaggedReferrers();
        findBlobs();
        addFiles();
        return std::move(m_plan);
    }

private:
    using Kind = CleanUpItem::Kind;

    [[nodiscard]] QDateTime pulled(const Digest& digest) const
    {
        const BlobListing& blobs = m_view.graph.listing();
        const auto blob = blobs.constFind(digest);
        return blob == blobs.constEnd() ? QDateTime() : QDateTime::fromSecsSinceEpoch(blob->modified);
    }

    [[nodiscard]] CleanUpItem itemOf(Kind kind, size_t root, CleanUpReasons reasons) const
    {
        CleanUpItem item;
        item.kind = kind;
        item.reasons = reasons;
        item.target = m_roots[root].target.digest;
        item.id = m_roots[root].id;
        item.pulled = pulled(item.target);
        item.isPart = m_roots[root].isPart;
        if (const StoredImage* image = m_images[root]) {
            item.created = image->created;
            item.isArtifact = image->isArtifact;
            item.artifactType = image->artifactType;
            item.subjectName = image->subjectName;
            item.size = image->size;
        }
        return item;
    }

    void addImage(size_t root, CleanUpReasons reasons, const QList<int>& hosts = {})
    {
        CleanUpItem item = itemOf(Kind::Image, root, reasons);
        item.names = m_roots[root].names;
        item.hosts = hosts;
        m_itemOf[root] = int(m_plan.items.size());
        m_plan.items.append(item);
    }

    void addNamed()
    {
        QList<JudgedName> names;
        for (size_t root = 0; root < m_roots.size(); ++root) {
            const Digest& target = m_roots[root].target.digest;
            for (const QString& name : m_roots[root].names)
                names.append({name, target, m_images[root]->created, pulled(target)});
        }
        m_going = namesToGo(names, m_plan.rules, QDateTime::currentDateTime());
        for (size_t root = 0; root < m_roots.size(); ++root)
            addNamesOf(root);
    }

    void addNamesOf(size_t root)
    {
        QStringList kept;
        CleanUpReasons all;
        for (const QString& name : m_roots[root].names) {
            const CleanUpReasons reasons = m_going.value(name);
            all |= reasons;
            if (!reasons)
                kept.append(name);
        }
        if (!all)
            return;
        if (all.testFlag(CleanUpReason::Attached))
            m_referrers.push_back(root); // when all the others are known
        else if (kept.isEmpty())
            addImage(root, all);
        else
            addSingleNames(root, kept, {});
    }

    void addSingleNames(size_t root, const QStringList& kept, const QList<int>& hosts)
    {
        for (const QString& name : m_roots[root].names) {
            if (!m_going.contains(name))
                continue;
            CleanUpItem item = itemOf(Kind::Name, root, m_going.value(name));
            item.names = {name};
            item.keptNames = kept;
            item.hosts = hosts;
            m_plan.items.append(item);
        }
    }

    void addUntagged()
    {
        for (size_t root = 0; root < m_roots.size(); ++root) {
            if (!m_roots[root].isHeld && m_roots[root].hosts.empty())
                addImage(root, CleanUpReason::Untagged);
        }
        addAttached();
        // What only hangs on each other in a ring.
        for (size_t root = 0; root < m_roots.size(); ++root) {
            if (!m_roots[root].isHeld && m_itemOf[root] < 0)
                addImage(root, CleanUpReason::Untagged);
        }
    }

    void addAttached()
    {
        bool isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (size_t root = 0; root < m_roots.size(); ++root) {
                if (m_itemOf[root] >= 0 || m_roots[root].hosts.empty())
                    continue;
                QList<int> hosts;
                for (const int host : m_roots[root].hosts)
                    hosts.append(m_itemOf[size_t(host)]);
                if (hosts.contains(-1))
                    continue;
                addImage(root, CleanUpReason::Attached, hosts);
                isGrowing = true;
            }
        }
    }

    //! Images whose tags say what they are about, in the manner of cosign.
    void addTaggedReferrers()
    {
        QHash<Digest, int> items;
        for (size_t root = 0; root < m_roots.size(); ++root) {
            if (m_itemOf[root] >= 0)
                items.insert(m_roots[root].target.digest, m_itemOf[root]);
        }
        for (const size_t root : m_referrers) {
            QList<int> hosts;
            bool isWhole = true;
            for (const QString& name : m_roots[root].names) {
                const auto reference = Reference::parse(name);
                const int host = reference ? items.value(subjectInTag(*reference), -1) : -1;
                isWhole = isWhole && host >= 0;
                if (host >= 0)
                    hosts.append(host);
            }
            // One that has other names, too, is somebody's business and stays as it is.
            if (isWhole)
                addImage(root, CleanUpReason::Attached, hosts);
        }
        addAttached();
    }

    void findBlobs()
    {
        std::vector<bool> chosen(m_roots.size());
        for (size_t root = 0; root < m_roots.size(); ++root)
            chosen[root] = m_itemOf[root] >= 0;
        const ImageGraph& graph = m_view.graph;
        QHash<int, qsizetype> positions; // of blobs that come free
        for (const Digest& digest : onlyOf(m_view, m_core, chosen).blobs) {
            const int number = graph.numberOf(digest);
            positions.insert(number, m_plan.blobs.size());
            m_plan.blobs.append(CleanUpPlan::SharedBlob{graph.bytesOf(number), {}});
        }
        for (size_t root = 0; root < m_roots.size(); ++root) {
            const auto hold = [&](int blob) {
                if (const auto position = positions.constFind(blob); position != positions.constEnd())
                    m_plan.blobs[*position].holders.append(m_itemOf[root]);
            };
            if (!chosen[root])
                continue;
            std::ranges::for_each(m_roots[root].blobs, hold);
            std::ranges::for_each(m_roots[root].subjects, hold);
        }
        for (const CleanUpPlan::SharedBlob& blob : std::as_const(m_plan.blobs)) {
            if (blob.holders.size() == 1)
                m_plan.items[blob.holders.first()].bytes += blob.size;
        }
    }

    void addFiles()
    {
        if (m_plan.rules.unreferenced) {
            Sweep sweep;
            addUnreferenced(sweep, m_view, m_core, m_plan.rules.grace);
            QList<CleanUpItem::File> files;
            for (const Digest& digest : std::as_const(sweep.blobs))
                files.append({{}, m_view.graph.listing().value(digest).size, digest});
            addFiles(CleanUpReason::Unreferenced, files);
            addFiles(CleanUpReason::Abandoned, filesOf(m_view.ingest.abandoned));
        }
        if (m_plan.rules.unfinished) {
            for (const CleanUpItem::File& file : filesOf(m_view.ingest.unfinished))
                addFiles(CleanUpReason::Unfinished, {file});
        }
    }

    static QList<CleanUpItem::File> filesOf(const QList<IngestScan::Leftover>& leftovers)
    {
        QList<CleanUpItem::File> files;
        for (const IngestScan::Leftover& leftover : leftovers)
            files.append({leftover.path, leftover.size, leftover.digest});
        return files;
    }

    void addFiles(CleanUpReason reason, const QList<CleanUpItem::File>& files)
    {
        if (files.isEmpty())
            return;
        CleanUpItem item;
        item.reasons = reason;
        item.files = files;
        for (const CleanUpItem::File& file : files)
            item.size += file.size;
        item.bytes = item.size;
        m_plan.items.append(item);
    }

    StoreCore& m_core;
    const StoreView& m_view;
    const std::vector<ImageRoot>& m_roots;
    std::vector<int> m_itemOf; // of a root: its Image item, or -1
    std::vector<const StoredImage*> m_images;
    const StoreSnapshot m_snapshot;
    QHash<QString, CleanUpReasons> m_going;
    std::vector<size_t> m_referrers;
    CleanUpPlan m_plan;
};

} // namespace

Result<CleanUpPlan> planStoreCleanUp(StoreCore& core, const CleanUpRules& rules)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto view = StoreView::take(core, *lock);
    if (!view)
        return std::unexpected(view.error());
    if (auto problem = view->graph.readingProblem())
        return fail(std::move(*problem));
    return Planner(core, *view, rules).make();
}

} // namespace Tagboat
