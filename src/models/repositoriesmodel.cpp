// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/repositoriesmodel.h"

#include "models/roles.h"
#include "models/rowdiff.h"
#include "models/text.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

void RepositoriesModel::setRepositories(QStringList repositories)
{
    repositories.sort();
    repositories.removeDuplicates();
    const auto same = [](const QString& name) { return name; };
    updateRows(m_rows, repositories, same, same, same, [](QString&, const QString&) { return false; },
               {.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
                .beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
                .endInsert = [this] { endInsertRows(); },
                .endRemove = [this] { endRemoveRows(); },
                .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
                .endMove = [this] { endMoveRows(); },
                .changed = [](int) {}});
}

void RepositoriesModel::clear()
{
    setRepositories({});
    m_counts.clear();
}

QModelIndex RepositoriesModel::add(const QString& repository)
{
    const auto place = std::ranges::lower_bound(m_rows, repository);
    const int row = int(place - m_rows.begin());
    if (place == m_rows.end() || *place != repository) {
        beginInsertRows({}, row, row);
        m_rows.insert(place, repository);
        endInsertRows();
    }
    return index(row);
}

void RepositoriesModel::setTagCount(const QString& repository, int count)
{
    m_counts.insert(repository, count);
    const QModelIndex changed = indexOf(repository);
    if (changed.isValid())
        Q_EMIT dataChanged(changed, changed, {Role::Count});
}

QModelIndex RepositoriesModel::indexOf(const QString& repository) const
{
    const auto place = std::ranges::lower_bound(m_rows, repository);
    return place != m_rows.end() && *place == repository ? index(int(place - m_rows.begin())) : QModelIndex();
}

QString RepositoriesModel::repository(const QModelIndex& index) const
{
    return (index.isValid() && checkIndex(index)) ? m_rows[std::size_t(index.row())] : QString();
}

int RepositoriesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RepositoriesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const QString& name = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Role::CopyText:
    case Role::SortKey:
        return name;
    case Role::IconName:
        return u"repository"_s;
    case Role::Count: {
        const auto count = m_counts.constFind(name);
        return count == m_counts.cend() ? QString() : formatTagCount(*count);
    }
    default:
        return {};
    }
}

} // namespace Tagboat
