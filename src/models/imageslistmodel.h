// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagecolumns.h"
#include "models/imagerows.h"
#include "models/newscells.h"

#include <QAbstractTableModel>

#include <vector>

namespace Tagboat {

//! Images of a store as a flat list: one row per name, and one per untagged image. Merged, never reset.
class ImagesListModel : public QAbstractTableModel, public ImageRowSource
{
    Q_OBJECT

public:
    explicit ImagesListModel(QObject* parent = nullptr);

    void setRows(const ImageRows::Ptr& rows);
    void setImages(const QList<StoredImage>& images); //!< setRows() of what is prepared here and now
    //! What registries have that is not here: badges and ImageRole::IsOutdated.
    void setNews(const ImageNewsMap& news);
    [[nodiscard]] const StoredImage*
    image(const QModelIndex& index) const; //!< valid until the next setRows()
    [[nodiscard]] QModelIndex indexOfName(const QString& canonicalName) const;
    [[nodiscard]] QModelIndex indexOfImage(const Digest& id) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] const ImageRow& imageRow(int row) const override;
    [[nodiscard]] const ShownName* nameOfRow(int row) const override;
    [[nodiscard]] int namesBelow(int) const override { return 0; }
    [[nodiscard]] const ShownName& nameBelow(int row, int child) const override;
    [[nodiscard]] std::vector<int> namePlaces() const override;

private:
    struct Row
    {
        ImageRowPtr row;
        int name = -1; //!< -1: untagged
        [[nodiscard]] const QString& key() const
        {
            return name < 0 ? row->image.target.digest.toString() : row->names.at(name).canonical;
        }
    };
    ImageRows::Ptr m_prepared = ImageRows::make({});
    std::vector<Row> m_rows;
    NewsCells m_news;
};

} // namespace Tagboat
