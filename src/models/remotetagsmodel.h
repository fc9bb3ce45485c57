// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"

#include <QAbstractTableModel>
#include <QSet>

#include <optional>
#include <vector>

namespace Tagboat {

//! What is here of an image that a registry has.
enum class LocalPresence { Absent, SameImage };

/*!
 * \brief Tags of one repository, grouped by digest so that aliases stand in one row, newest version first.
 *
 * Tags that name no image but what is attached to one (subjectOfTag()) come last, and say to which.
 *
 * Filled as answers come: targets() of more and more tags, then the description of each digest. Rows keep
 * their place in selection and scrolling while that goes on.
 */
class RemoteTagsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TagsColumn,
        DigestColumn,
        PlatformsColumn,
        SizeColumn,
        CreatedColumn,
        HereColumn,
        ColumnCount
    };

    struct Group
    {
        Descriptor target;
        QStringList tags; //!< newest version first
        Digest subject;   //!< of attachments: the image they belong to; else null
        std::optional<RemoteImage> image;
        friend bool operator==(const Group& a, const Group& b)
        {
            return a.target == b.target && a.tags == b.tags && a.image.has_value() == b.image.has_value();
        }
    };

    using QAbstractTableModel::QAbstractTableModel;

    //! All tags with targets known so far; descriptions of digests that stay are kept.
    void setTargets(const QList<TagInfo>& targets);
    void clear();
    void setDescription(const Digest& digest, const RemoteImage& image);
    //! Root digests, manifest digests and image IDs that are in the embedded store.
    void setLocalDigests(const QSet<Digest>& digests);

    [[nodiscard]] const Group* group(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Digest& digest) const;
    //! Digests that still lack a description, in row order.
    [[nodiscard]] QList<Digest> undescribed() const;
    //! The highest version among all tags, "2.1.106"; empty where none reads as a version.
    [[nodiscard]] QString newestVersion() const { return m_newestVersion; }
    [[nodiscard]] int tagCount() const { return m_tagCount; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] LocalPresence presence(const Group& group) const;
    void nameSubjects();
    [[nodiscard]] QString attachedText(const Group& group) const;
    [[nodiscard]] QVariant sortKey(const Group& group, int column) const;

    std::vector<Group> m_groups;
    QHash<Digest, QString> m_firstTags; //!< of images that something is attached to
    QSet<Digest> m_local;
    QString m_newestVersion;
    int m_tagCount = 0;
};

} // namespace Tagboat
