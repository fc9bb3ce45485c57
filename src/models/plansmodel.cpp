// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/plansmodel.h"

namespace Tagboat {

PlansModel::PlansModel(PlanModel::Direction direction, QObject* parent)
    : QAbstractTableModel(parent), m_direction(direction), m_words(direction)
{ }

void PlansModel::setPlans(const QList<TitledPlan>& plans)
{
    beginResetModel();
    m_sections.clear();
    for (const TitledPlan& titled : plans) {
        Section section{titled.title, titled.badge, std::make_unique<PlanModel>(m_direction)};
        section.model->setPlan(titled.plan);
        m_sections.push_back(std::move(section));
    }
    endResetModel();
}

int PlansModel::rowCount(const QModelIndex& parent) const
{
    int rows = 0;
    if (!parent.isValid()) {
        for (const Section& section : m_sections)
            rows += section.rows();
    }
    return rows;
}

int PlansModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(PlanModel::ColumnCount);
}

QVariant PlansModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_words.headerData(section, orientation, role);
}

QVariant PlansModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    int row = index.row();
    for (const Section& section : m_sections) {
        if (row >= section.rows()) {
            row -= section.rows();
            continue;
        }
        if (row < section.heading())
            return headingData(section, index.column(), role);
        return section.model->index(row - section.heading(), index.column()).data(role);
    }
    return {};
}

QVariant PlansModel::headingData(const Section& section, int column, int role)
{
    if (role == Role::IsGroup)
        return true;
    if (column == PlanModel::WhatColumn) {
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return section.title;
        if (role == Role::BoldRange)
            return QVariant::fromValue(Emphasis{0, int(section.title.size())});
    }
    if (column == PlanModel::ActionColumn && !section.badge.text.isEmpty()) {
        if (role == Role::Badges)
            return QVariant::fromValue(QList<Badge>{section.badge});
        if (role == Qt::AccessibleTextRole)
            return section.badge.text;
        if (role == Qt::ToolTipRole)
            return section.badge.toolTip;
    }
    return {};
}

} // namespace Tagboat
