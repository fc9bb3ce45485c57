// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/remotetagloader.h"

#include "workbench/workbench.h"

namespace Tagboat {

namespace {

//! Tags asked for at once: rows appear soon, and one answer does not hold up thousands.
constexpr qsizetype Batch = 60;
//! Descriptions fetched side by side.
constexpr qsizetype SideBySide = 4;

} // namespace

RemoteTagLoader::RemoteTagLoader(Workbench& workbench, RemoteTagsModel& model, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_model(model)
{ }

void RemoteTagLoader::load(const QString& profileId, const QString& repository)
{
    m_profileId = profileId;
    m_repository = repository;
    m_model.clear();
    m_isLoaded = false;
    reload();
}

void RemoteTagLoader::reload()
{
    const int generation = ++m_generation;
    m_tags.clear();
    m_targets.clear();
    m_wanted.clear();
    m_underWay.clear();
    m_isLoading = !m_repository.isEmpty();
    Q_EMIT progressed();
    if (!m_isLoading)
        return;
    m_workbench.tags(m_profileId, m_repository)
        .then(this, [this, generation](const Result<QStringList>& tags) {
            if (generation != m_generation)
                return;
            if (!tags) {
                m_isLoading = false;
                Q_EMIT progressed();
                Q_EMIT failed(tags.error());
                return;
            }
            m_tags = *tags;
            nextBatch(generation, 0);
        });
}

void RemoteTagLoader::nextBatch(int generation, qsizetype from)
{
    if (from >= m_tags.size()) {
        m_model.setTargets(m_targets); // tags that vanished go only now, so that nothing flickers
        m_isLoading = false;
        m_isLoaded = true;
        Q_EMIT progressed();
        return;
    }
    m_workbench.tagTargets(m_profileId, m_repository, m_tags.mid(from, Batch))
        .then(this, [this, generation, from](const Result<QList<TagInfo>>& targets) {
            if (generation != m_generation)
                return;
            if (!targets) {
                m_isLoading = false;
                Q_EMIT progressed();
                Q_EMIT failed(targets.error());
                return;
            }
            m_targets.append(*targets);
            if (m_targets.size() >= m_model.tagCount() + moreBeforeShown())
                m_model.setTargets(m_targets);
            Q_EMIT progressed();
            nextBatch(generation, from + Batch);
        });
}

//! All rows are grouped and sorted for each look at them: of long lists only when they have grown a good
//! deal.
qsizetype RemoteTagLoader::moreBeforeShown() const
{
    return m_model.tagCount() / 2;
}

void RemoteTagLoader::describe(const QList<Digest>& digests)
{
    m_wanted.clear();
    for (const Digest& digest : digests) {
        const RemoteTagsModel::Group* group = m_model.group(m_model.indexOf(digest));
        if (group && !group->image && !m_underWay.contains(digest))
            m_wanted.append(digest);
    }
    nextDescription();
}

void RemoteTagLoader::nextDescription()
{
    while (!m_wanted.isEmpty() && m_underWay.size() < SideBySide) {
        const Digest digest = m_wanted.takeFirst();
        m_underWay.insert(digest);
        m_workbench.describe(m_profileId, m_repository, digest.toString())
            .then(this, [this, digest, generation = m_generation](const Result<RemoteImage>& image) {
                if (generation != m_generation)
                    return;
                m_underWay.remove(digest);
                // One image that cannot be read leaves its row without figures; the others are worth showing.
                if (image)
                    m_model.setDescription(digest, *image);
                nextDescription();
            });
    }
}

} // namespace Tagboat
