// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imageslistmodel.h"

#include "models/rowdiff.h"

namespace Tagboat {

ImagesListModel::ImagesListModel(QObject* parent) : QAbstractTableModel(parent) { }

void ImagesListModel::setImages(const QList<StoredImage>& images)
{
    QList<Row> wanted;
    for (const StoredImage& image : images) {
        const auto names = shownNames(image);
        if (names.isEmpty())
            wanted.append(Row{image, names, -1});
        for (int i = 0; i < names.size(); ++i)
            wanted.append(Row{image, names, i});
    }
    RowChanges changes;
    changes.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [this](int row) {
        Q_EMIT dataChanged(index(row, 0), index(row, ImageColumn::Count - 1));
    };
    const auto key = [](const Row& row) { return row.key(); };
    updateRows(
        m_rows, wanted, key, key, [](const Row& row) { return row; },
        [](Row& row, const Row& fresh) {
            const bool differs = row.name != fresh.name || !looksSame(row.image, fresh.image);
            row = fresh;
            return differs;
        },
        changes);
}

void ImagesListModel::setNews(const ImageNewsMap& news)
{
    const QSet<Digest> changed = m_news.set(news);
    if (changed.isEmpty())
        return;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (changed.contains(m_rows[i].image.target.digest))
            Q_EMIT dataChanged(index(int(i), 0), index(int(i), 0));
    }
}

const StoredImage* ImagesListModel::image(const QModelIndex& index) const
{
    return index.isValid() ? &m_rows[std::size_t(index.row())].image : nullptr;
}

QModelIndex ImagesListModel::indexOfName(const QString& canonicalName) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].name >= 0 && m_rows[i].key() == canonicalName)
            return index(int(i), 0);
    }
    return {};
}

QModelIndex ImagesListModel::indexOfImage(const Digest& id) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].image.id == id)
            return index(int(i), 0);
    }
    return {};
}

void ImagesListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ImageColumn::Count - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ImageColumn::Count - 1));
}

int ImagesListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ImagesListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ImageColumn::Count);
}

QVariant ImagesListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    if (row.name < 0) {
        return m_news.with(imageCell(row.image, row.names, index.column(), role), row.image,
                           NewsCells::Row::Image, {}, index.column(), role);
    }
    const ShownName& name = row.names[row.name];
    return m_news.with(tagCell(row.image, row.names, name, index.column(), role), row.image,
                       NewsCells::Row::Tag, name.canonical, index.column(), role);
}

QVariant ImagesListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? imageHeader(section, role) : QVariant();
}

} // namespace Tagboat
