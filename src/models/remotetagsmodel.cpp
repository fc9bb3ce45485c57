// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/remotetagsmodel.h"

#include "models/roles.h"
#include "models/rowdiff.h"
#include "models/text.h"
#include "oci/referrer.h"
#include "oci/tagversion.h"

#include <QHash>
#include <QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString platformsText(const RemoteImage& image)
{
    QStringList names;
    for (const RemoteImage::Entry& entry : image.entries) {
        const QString name = entry.platform.toString();
        if (!name.isEmpty())
            names.append(name);
    }
    names.removeDuplicates();
    return names.join(u", "_s);
}

qint64 sizeOf(const RemoteImage& image)
{
    qint64 size = 0;
    for (const RemoteImage::Entry& entry : image.entries)
        size += entry.size;
    return size;
}

struct Grouped
{
    QList<RemoteTagsModel::Group> groups; //!< in the order they are shown: by their newest tag, newest first
    QString newestVersion;
};

Grouped grouped(const QList<TagInfo>& targets)
{
    struct Tag
    {
        TagOrder order;
        std::optional<Digest> subject;
        qsizetype target;
    };
    std::vector<Tag> tags;
    tags.reserve(std::size_t(targets.size()));
    for (qsizetype i = 0; i < targets.size(); ++i)
        tags.push_back({TagOrder(targets[i].tag), subjectOfTag(targets[i].tag), i});
    std::ranges::sort(tags, [](const Tag& a, const Tag& b) {
        return a.subject.has_value() != b.subject.has_value() ? b.subject.has_value() : b.order < a.order;
    });

    Grouped result;
    QHash<Digest, qsizetype> places;
    for (const Tag& tag : tags) {
        const Descriptor& target = targets[tag.target].target;
        const auto known = places.constFind(target.digest);
        if (known == places.cend()) {
            places.insert(target.digest, result.groups.size());
            result.groups.append({.target = target,
                                  .tags = {tag.order.tag()},
                                  .subject = tag.subject.value_or(Digest()),
                                  .image = {}});
        } else {
            result.groups[*known].tags.append(tag.order.tag());
        }
        const auto& version = tag.order.version();
        if (result.newestVersion.isEmpty() && version && !version->isPrerelease())
            result.newestVersion = tag.order.tag();
    }
    return result;
}

} // namespace

void RemoteTagsModel::setTargets(const QList<TagInfo>& targets)
{
    const auto key = [](const Group& group) { return group.target.digest; };
    const auto assign = [](Group& row, const Group& wanted) {
        if (row.tags == wanted.tags && row.target == wanted.target)
            return false;
        row.tags = wanted.tags;
        row.target = wanted.target;
        row.subject = wanted.subject;
        return true;
    };
    const Grouped wanted = grouped(targets);
    m_newestVersion = wanted.newestVersion;
    m_tagCount = int(targets.size());
    updateRows(
        m_groups, wanted.groups, key, key, [](const Group& group) { return group; }, assign,
        {.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
         .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
         .endInsert = [this] { endInsertRows(); },
         .endRemove = [this] { endRemoveRows(); },
         .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
         .endMove = [this] { endMoveRows(); },
         .changed = [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); }});
    nameSubjects();
}

//! Which image something is attached to may be known only now.
void RemoteTagsModel::nameSubjects()
{
    QSet<Digest> subjects;
    for (const Group& group : m_groups)
        subjects.insert(group.subject);
    QHash<Digest, QString> names;
    for (const Group& group : m_groups) {
        if (subjects.contains(group.target.digest))
            names.insert(group.target.digest, group.tags.first());
    }
    if (names == m_firstTags)
        return;
    m_firstTags = names;
    for (int row = 0; row < rowCount(); ++row) {
        if (!m_groups[std::size_t(row)].subject.isNull())
            Q_EMIT dataChanged(index(row, TagsColumn), index(row, TagsColumn));
    }
}

QString RemoteTagsModel::attachedText(const Group& group) const
{
    const QString name = m_firstTags.value(group.subject);
    return tr("attached to %1", "a tag or digest").arg(name.isEmpty() ? group.subject.shortHex() : name);
}

void RemoteTagsModel::clear()
{
    setTargets({});
}

void RemoteTagsModel::setDescription(const Digest& digest, const RemoteImage& image)
{
    const QModelIndex row = indexOf(digest);
    if (!row.isValid())
        return;
    m_groups[std::size_t(row.row())].image = image;
    Q_EMIT dataChanged(row, row.siblingAtColumn(ColumnCount - 1));
}

void RemoteTagsModel::setLocalDigests(const QSet<Digest>& digests)
{
    if (m_local == digests)
        return;
    m_local = digests;
    if (!m_groups.empty())
        Q_EMIT dataChanged(index(0, HereColumn), index(rowCount() - 1, HereColumn));
}

const RemoteTagsModel::Group* RemoteTagsModel::group(const QModelIndex& index) const
{
    return (index.isValid() && checkIndex(index)) ? &m_groups[std::size_t(index.row())] : nullptr;
}

QModelIndex RemoteTagsModel::indexOf(const Digest& digest) const
{
    const auto found =
        std::ranges::find(m_groups, digest, [](const Group& group) { return group.target.digest; });
    return found == m_groups.end() ? QModelIndex() : index(int(found - m_groups.begin()), 0);
}

QList<Digest> RemoteTagsModel::undescribed() const
{
    QList<Digest> digests;
    for (const Group& group : m_groups) {
        if (!group.image)
            digests.append(group.target.digest);
    }
    return digests;
}

LocalPresence RemoteTagsModel::presence(const Group& group) const
{
    if (m_local.contains(group.target.digest))
        return LocalPresence::SameImage;
    if (group.image) {
        for (const RemoteImage::Entry& entry : group.image->entries) {
            if (m_local.contains(entry.manifest.digest) || m_local.contains(entry.configDigest))
                return LocalPresence::SameImage;
        }
    }
    return LocalPresence::Absent;
}

int RemoteTagsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_groups.size());
}

int RemoteTagsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RemoteTagsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == SizeColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TagsColumn:
        return tr("Tags of one image stand together");
    case DigestColumn:
        return tr("Digest");
    case PlatformsColumn:
        return tr("Platforms");
    case SizeColumn:
        return tr("Size");
    case CreatedColumn:
        return tr("Created");
    case HereColumn:
        return tr("Here", "on this computer");
    default:
        return {};
    }
}

QVariant RemoteTagsModel::data(const QModelIndex& index, int role) const
{
    const Group* row = group(index);
    if (!row)
        return {};
    if (role == Role::SortKey)
        return sortKey(*row, index.column());
    if (role == Role::CopyText && index.column() == DigestColumn)
        return row->target.digest.toString();
    if (role == Role::CopyText && index.column() == TagsColumn)
        return row->tags.join(u' ');
    switch (index.column()) {
    case TagsColumn:
        if (role == Role::Badges && !row->subject.isNull())
            return QVariant::fromValue(QList<Badge>{{attachedText(*row), Tone::Normal}});
        if (role == Role::Badges) {
            QList<Badge> badges;
            for (const QString& tag : row->tags)
                badges.append({tag, Tone::Info});
            return QVariant::fromValue(badges);
        }
        // Shown by the badges; needed for search, copy and screen readers.
        if (role == Qt::AccessibleTextRole && !row->subject.isNull())
            return QString(attachedText(*row) + u", "_s + row->tags.join(u", "_s));
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
            return row->tags.join(u", "_s);
        break;
    case DigestColumn:
        if (role == Qt::DisplayRole)
            return row->target.digest.shortHex();
        if (role == Qt::ToolTipRole)
            return row->target.digest.toString();
        if (role == Role::Monospace)
            return true;
        break;
    case PlatformsColumn:
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
            if (!row->image)
                return role == Qt::DisplayRole ? u"…"_s : QString();
            return row->image->isArtifact ? row->image->artifactType : platformsText(*row->image);
        }
        break;
    case SizeColumn:
        if (role == Qt::DisplayRole)
            return row->image ? formatBytes(sizeOf(*row->image)) : u"…"_s;
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        break;
    case CreatedColumn:
        if (role == Qt::DisplayRole)
            return row->image ? formatAge(row->image->created) : u"…"_s;
        if (role == Qt::ToolTipRole && row->image)
            return formatMoment(row->image->created);
        break;
    case HereColumn:
        if (role == Qt::DisplayRole)
            return presence(*row) == LocalPresence::SameImage ? tr("✓ same") : u"–"_s;
        if (role == Qt::ToolTipRole && presence(*row) == LocalPresence::SameImage)
            return tr("The same image is on this computer");
        break;
    default:
        break;
    }
    return {};
}

QVariant RemoteTagsModel::sortKey(const Group& group, int column) const
{
    switch (column) {
    case DigestColumn:
        return group.target.digest.toString();
    case PlatformsColumn:
        return group.image ? platformsText(*group.image) : QString();
    case SizeColumn:
        return group.image ? sizeOf(*group.image) : qint64(-1);
    case CreatedColumn:
        return group.image ? group.image->created : QDateTime();
    case HereColumn:
        return int(presence(group));
    default:
        return group.tags.first();
    }
}

} // namespace Tagboat
