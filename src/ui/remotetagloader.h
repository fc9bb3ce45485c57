// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/remotetagsmodel.h"

#include <QObject>

namespace Tagboat {

class Workbench;

/*!
 * \brief Fills a RemoteTagsModel for one repository: all tags, their digests in batches, then descriptions of
 * the digests that are asked for, a few at a time.
 */
class RemoteTagLoader : public QObject
{
    Q_OBJECT

public:
    RemoteTagLoader(Workbench& workbench, RemoteTagsModel& model, QObject* parent = nullptr);

    //! Empties the model and begins; an empty repository only empties.
    void load(const QString& profileId, const QString& repository);
    //! The same repository again, keeping what is shown until the answers are here.
    void reload();
    //! Descriptions wanted next, first ones first; what is under way or known is left out.
    void describe(const QList<Digest>& digests);

    [[nodiscard]] int tagsExpected() const { return int(m_tags.size()); }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; } //!< whole, at least once

Q_SIGNALS:
    void progressed();
    void failed(const Tagboat::Error& error);

private:
    void nextBatch(int generation, qsizetype from);
    [[nodiscard]] qsizetype moreBeforeShown() const;
    void nextDescription();

    Workbench& m_workbench;
    RemoteTagsModel& m_model;
    QString m_profileId, m_repository;
    QStringList m_tags;
    QList<TagInfo> m_targets;
    QList<Digest> m_wanted;
    QSet<Digest> m_underWay;
    int m_generation = 0; //!< answers to an older question are dropped
    bool m_isLoading = false;
    bool m_isLoaded = false;
};

} // namespace Tagboat
