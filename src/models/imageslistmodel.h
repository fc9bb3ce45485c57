// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagecolumns.h"
#include "models/newscells.h"

#include <QAbstractTableModel>

#include <vector>

namespace Tagboat {

//! Images of a store as a flat list: one row per name, and one per untagged image. Merged, never reset.
class ImagesListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit ImagesListModel(QObject* parent = nullptr);

    void setImages(const QList<StoredImage>& images);
    //! What registries have that is not here: badges and ImageRole::IsOutdated.
    void setNews(const ImageNewsMap& news);
    [[nodiscard]] const StoredImage*
    image(const QModelIndex& index) const; //!< valid until the next setImages()
    [[nodiscard]] QModelIndex indexOfName(const QString& canonicalName) const;
    [[nodiscard]] QModelIndex indexOfImage(const Digest& id) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        StoredImage image;
        QList<ShownName> names;
        int name = -1; //!< -1: untagged
        [[nodiscard]] QString key() const
        {
            return name < 0 ? image.target.digest.toString() : names[name].canonical;
        }
    };
    std::vector<Row> m_rows;
    NewsCells m_news;
};

} // namespace Tagboat
