// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/plan.h"

#include <QAbstractTableModel>

#include <optional>

namespace Tagboat {

/*!
 * \brief What a push or pull will do, a row a blob and a row a name: the table in the dialogs.
 *
 * A plan is made anew as a whole whenever something in the dialog changes, so setting one resets the model;
 * there is nothing to select in it.
 */
class PlanModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, SizeColumn, ActionColumn, ColumnCount };
    //! Words differ: a blob is uploaded or downloaded, a name is a tag or a local name.
    enum class Direction { Push, Pull };

    explicit PlanModel(Direction direction, QObject* parent = nullptr);

    void setPlan(const std::optional<Plan>& plan);
    [[nodiscard]] const std::optional<Plan>& plan() const { return m_plan; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant blobData(const PlannedBlob& blob, int column, int role) const;
    [[nodiscard]] QVariant nameData(const PlannedName& name, int column, int role) const;

    Direction m_direction;
    std::optional<Plan> m_plan;
};

} // namespace Tagboat
