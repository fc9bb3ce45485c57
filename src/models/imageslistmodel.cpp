// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imageslistmodel.h"

#include "models/rowdiff.h"

namespace Tagboat {

ImagesListModel::ImagesListModel(QObject* parent) : QAbstractTableModel(parent) { }

void ImagesListModel::setImages(const QList<StoredImage>& images)
{
    setRows(ImageRows::make(images, m_prepared));
}

void ImagesListModel::setRows(const ImageRows::Ptr& rows)
{
    QList<Row> wanted;
    for (const ImageRowPtr& row : rows->rows()) {
        if (row->names.isEmpty())
            wanted.append(Row{row, -1});
        for (int i = 0; i < row->names.size(); ++i)
            wanted.append(Row{row, i});
    }
    std::vector<int> changed;
    RowChanges changes;
    changes.beginInsert = [&](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [&](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [&](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [&changed](int row) { changed.push_back(row); };
    const auto key = [](const Row& row) -> const QString& { return row.key(); };
    m_prepared = rows;
    updateRows(
        m_rows, wanted, key, key, [](const Row& row) { return row; },
        [](Row& row, const Row& fresh) {
            const bool differs = row.row != fresh.row
                && (row.name != fresh.name || !looksSame(row.row->image, fresh.row->image));
            row = fresh;
            return differs;
        },
        changes);
    forRuns(changed, [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, ImageColumn::Count - 1));
    });
}

void ImagesListModel::setNews(const ImageNewsMap& news)
{
    const QSet<Digest> changed = m_news.set(news);
    if (changed.isEmpty())
        return;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (changed.contains(m_rows[i].row->image.target.digest))
            Q_EMIT dataChanged(index(int(i), 0), index(int(i), 0));
    }
}

const StoredImage* ImagesListModel::image(const QModelIndex& index) const
{
    return index.isValid() ? &m_rows[std::size_t(index.row())].row->image : nullptr;
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
        if (m_rows[i].row->image.id == id)
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
    const auto& names = row.row->names;
    const StoredImage& image = row.row->image;
    if (row.name < 0) {
        return m_news.with(imageCell(image, names, index.column(), role), image, NewsCells::Row::Image, {},
                           index.column(), role);
    }
    const ShownName& name = names[row.name];
    return m_news.with(tagCell(image, names, name, index.column(), role), image, NewsCells::Row::Tag,
                       name.canonical, index.column(), role);
}

QVariant ImagesListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? imageHeader(section, role) : QVariant();
}

const ImageRow& ImagesListModel::imageRow(int row) const
{
    return *m_rows[std::size_t(row)].row;
}

const ShownName* ImagesListModel::nameOfRow(int row) const
{
    const Row& found = m_rows[std::size_t(row)];
    return found.name < 0 ? nullptr : &found.row->names.at(found.name);
}

const ShownName& ImagesListModel::nameBelow(int row, int child) const
{
    return m_rows[std::size_t(row)].row->names.at(child);
}

std::vector<int> ImagesListModel::namePlaces() const
{
    std::vector<int> places;
    places.reserve(m_rows.size());
    for (const auto& ofImage : m_prepared->namePlaces()) {
        if (ofImage.empty())
            places.push_back(-1);
        places.insert(places.end(), ofImage.begin(), ofImage.end());
    }
    return places;
}

} // namespace Tagboat
