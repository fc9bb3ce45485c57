// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/namesmodel.h"

#include "models/rowdiff.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

NamesModel::NamesModel(QObject* parent) : QAbstractListModel(parent) { }

void NamesModel::setNames(const QList<ShownName>& names)
{
    RowChanges changes;
    changes.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [](int) { };
    const auto key = [](const ShownName& name) { return name.canonical; };
    updateRows(
        m_names, names, key, key, [](const ShownName& name) { return name; },
        [](ShownName&, const ShownName&) { return false; }, changes);
}

QString NamesModel::canonicalName(const QModelIndex& index) const
{
    return index.isValid() ? m_names[std::size_t(index.row())].canonical : QString();
}

int NamesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_names.size());
}

QVariant NamesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ShownName& name = m_names[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return name.familiar;
    case Qt::ToolTipRole:
        return name.canonical;
    case Role::IconName:
        return u"tag"_s;
    case Role::BoldRange:
        return QVariant::fromValue(boldTag(name));
    case Role::CopyText:
        return name.familiar;
    default:
        return {};
    }
}

} // namespace Tagboat
