// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/profilesmodel.h"

#include "models/rowdiff.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

QString accountAddress(const Profile& profile)
{
    return profile.isAnonymous() ? profile.registry : profile.user + u'@' + profile.registry;
}

ProfilesModel::ProfilesModel(QObject* parent) : QAbstractListModel(parent) { }

void ProfilesModel::setProfiles(const QList<Profile>& profiles)
{
    RowChanges changes;
    changes.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [this](int row) { Q_EMIT dataChanged(index(row), index(row)); };
    updateRows(
        m_profiles, profiles, [](const Profile& p) { return p.id; }, [](const Profile& p) { return p.id; },
        [](const Profile& p) { return p; },
        [](Profile& row, const Profile& fresh) {
            if (row == fresh)
                return false;
            row = fresh;
            return true;
        },
        changes);
}

const Profile* ProfilesModel::profile(const QModelIndex& index) const
{
    return index.isValid() ? &m_profiles[std::size_t(index.row())] : nullptr;
}

int ProfilesModel::rowOf(const QString& profileId) const
{
    const auto found = std::ranges::find(m_profiles, profileId, &Profile::id);
    return found == m_profiles.end() ? -1 : int(found - m_profiles.begin());
}

int ProfilesModel::rowForRegistry(const QString& registry) const
{
    int first = -1;
    for (std::size_t i = 0; i < m_profiles.size(); ++i) {
        if (m_profiles[i].registry != registry)
            continue;
        if (m_profiles[i].isDefault)
            return int(i);
        if (first < 0)
            first = int(i);
    }
    return first;
}

int ProfilesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_profiles.size());
}

QVariant ProfilesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Profile& profile = m_profiles[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return profile.isAnonymous() ? profile.name : u"%1 \u2014 %2"_s.arg(profile.name, profile.user);
    case Qt::ToolTipRole:
    case Role::Subtitle:
        return accountAddress(profile);
    case Role::IconName:
        return u"registry"_s;
    case ProfileId:
        return profile.id;
    case Registry:
        return profile.registry;
    default:
        return {};
    }
}

} // namespace Tagboat
