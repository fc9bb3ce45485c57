// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagenames.h"
#include "models/roles.h"

#include <QAbstractListModel>

#include <vector>

namespace Tagboat {

//! The names of one image. Merged, never reset.
class NamesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit NamesModel(QObject* parent = nullptr);
    void setNames(const QList<ShownName>& names);
    [[nodiscard]] QString canonicalName(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<ShownName> m_names;
};

} // namespace Tagboat
