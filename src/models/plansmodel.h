// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/planmodel.h"
#include "models/roles.h"

#include <memory>
#include <vector>

namespace Tagboat {

//! What a push to one destination will do, and the heading above it.
struct TitledPlan
{
    QString title; //!< empty: no heading, where there is one destination
    Badge badge{}; //!< how it stands with the destination
    std::optional<Plan> plan = {};
};

/*!
 * \brief The plans of a push to several destinations below each other, each with a heading.
 *
 * Columns and rows are those of PlanModel, as it has them for each. Set as a whole, like that.
 */
class PlansModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit PlansModel(PlanModel::Direction direction, QObject* parent = nullptr);

    void setPlans(const QList<TitledPlan>& plans);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Section
    {
        QString title;
        Badge badge;
        std::unique_ptr<PlanModel> model;

        [[nodiscard]] int heading() const { return title.isEmpty() ? 0 : 1; }
        [[nodiscard]] int rows() const { return heading() + model->rowCount(); }
    };
    [[nodiscard]] static QVariant headingData(const Section& section, int column, int role);

    PlanModel::Direction m_direction;
    PlanModel m_words; //!< for the header
    std::vector<Section> m_sections;
};

} // namespace Tagboat
