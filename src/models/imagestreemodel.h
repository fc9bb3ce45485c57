// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagecolumns.h"
#include "models/imagerows.h"
#include "models/newscells.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace Tagboat {

/*!
 * \brief Images of a store, one row per image with its names below it.
 *
 * An image with a single name has no rows below: its own row shows that name. A new snapshot is merged row by
 * row, never by a reset. Columns: ImageColumn; roles: Role and ImageRole.
 */
class ImagesTreeModel : public QAbstractItemModel, public ImageRowSource
{
    Q_OBJECT

public:
    explicit ImagesTreeModel(QObject* parent = nullptr);
    ~ImagesTreeModel() override;

    void setRows(const ImageRows::Ptr& rows);
    void setImages(const QList<StoredImage>& images); //!< setRows() of what is prepared here and now
    //! What registries have that is not here: badges and ImageRole::IsOutdated.
    void setNews(const ImageNewsMap& news);
    //! The image a row stands for or belongs to; null for an invalid index. Valid until the next setRows().
    [[nodiscard]] const StoredImage* image(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfName(const QString& canonicalName) const;
    [[nodiscard]] QModelIndex indexOfImage(const Digest& id) const;
    void retranslate();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] const ImageRow& imageRow(int row) const override;
    [[nodiscard]] const ShownName* nameOfRow(int) const override { return nullptr; }
    [[nodiscard]] int namesBelow(int row) const override;
    [[nodiscard]] const ShownName& nameBelow(int row, int child) const override;
    [[nodiscard]] std::vector<int> namePlaces() const override;

private:
    struct Node;
    void updateAliases(int row, const QList<ShownName>& names);
    void renumber();
    ImageRows::Ptr m_prepared = ImageRows::make({});
    std::vector<std::unique_ptr<Node>> m_nodes;
    NewsCells m_news;
};

} // namespace Tagboat
