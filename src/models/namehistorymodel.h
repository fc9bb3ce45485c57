// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagenames.h"
#include "models/roles.h"
#include "workbench/namehistory.h"

#include <QAbstractTableModel>

#include <vector>

namespace Tagboat {

//! What happened to the names on this computer, newest first. Merged, never reset.
class NameHistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, Name, From, To, What, Undo, ColumnCount };
    static constexpr int MoveId = Role::FirstOwnRole;    //!< qint64
    static constexpr int State = Role::FirstOwnRole + 1; //!< int, UndoState

    explicit NameHistoryModel(QObject* parent = nullptr);
    void setHistory(const NameHistory& history);
    [[nodiscard]] const NameMove* move(const QModelIndex& index) const; //!< until the next setHistory()
    [[nodiscard]] const NamesNow& now() const { return m_now; }
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        NameMove move;
        QString familiar;
        UndoState state = UndoState::Possible;
    };
    [[nodiscard]] QString target(const Digest& digest) const;
    std::vector<Row> m_rows;
    NamesNow m_now;
};

//! Why a move cannot be undone, in a sentence; empty where it can.
[[nodiscard]] QString undoReason(const NameMove& move, UndoState state);

} // namespace Tagboat
