// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QStringList>

#include <vector>

namespace Tagboat {

//! Repositories of one registry by name, each with the number of its tags once that is known.
class RepositoriesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRepositories(QStringList repositories); //!< keeps rows and counts that stay
    void clear();
    //! Adds one that the registry does not list (opened by name); nothing happens where it is there.
    QModelIndex add(const QString& repository);
    void setTagCount(const QString& repository, int count);
    [[nodiscard]] QModelIndex indexOf(const QString& repository) const;
    [[nodiscard]] QString repository(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<QString> m_rows;
    QHash<QString, int> m_counts;
};

} // namespace Tagboat
