// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/cleanup.h"

#include <QAbstractTableModel>

namespace Tagboat {

/*!
 * \brief What a clean-up would remove, a row an image, a name or a kind of files, each to be kept by taking
 * its check mark away.
 *
 * A new plan for other rules keeps the marks that were taken away. Rows of what is attached to other images
 * follow those and cannot be marked by themselves. Entries for single platforms have no row: they are no
 * images to anybody's eyes.
 */
class CleanUpModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, WhyColumn, CreatedColumn, SizeColumn, FreesColumn, ColumnCount };

    explicit CleanUpModel(QObject* parent = nullptr);

    void setPlan(const CleanUpPlan& plan);
    [[nodiscard]] const CleanUpPlan& plan() const { return m_plan; }
    //! A flag for each item of the plan.
    [[nodiscard]] std::vector<bool> chosen() const;
    void setAllChosen(bool chosen);
    //! What removing the marked rows would do, to the byte.
    [[nodiscard]] const CleanUpSum& sum() const { return m_sum; }
    //! Bytes that come free, but that no single row shows, since several of the marked ones share them.
    [[nodiscard]] qint64 sharedBytes() const { return m_shared; }
    //! Rows with a mark, and all.
    [[nodiscard]] int chosenRows() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    //! The marks or the plan changed; sum() is new.
    void sumChanged();

private:
    struct Row
    {
        QString key;
        int item = -1;
        bool isChosen = true;
        CleanUpItem shown; //!< as of the plan it came with
        //! Familiar, as lists show them; read when asked for, of thousands of rows only few are seen.
        [[nodiscard]] QStringList names() const;
    };
    [[nodiscard]] QVariant what(const Row& row, int role) const;
    [[nodiscard]] QVariant why(const Row& row, int role) const;
    [[nodiscard]] QVariant figure(const Row& row, int column, int role) const;
    void recount();

    CleanUpPlan m_plan;
    std::vector<Row> m_rows;
    QSet<QString> m_kept;       //!< keys of rows whose mark was taken away
    std::vector<bool> m_closed; //!< of items, as CleanUpPlan::closed()
    CleanUpSum m_sum;
    qint64 m_shared = 0;
};

} // namespace Tagboat
