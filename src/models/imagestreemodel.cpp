// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagestreemodel.h"

#include "models/rowdiff.h"

namespace Tagboat {

//! One image. Rows below it carry a pointer to it, so it keeps its address while rows move.
struct ImagesTreeModel::Node
{
    ImageRowPtr image;
    std::vector<ShownName> aliases; //!< the rows below: the names where there are several, else none
    int row = 0;
};

namespace {

QList<ShownName> rowsBelow(const QList<ShownName>& names)
{
    return names.size() > 1 ? names : QList<ShownName>();
}

} // namespace

ImagesTreeModel::ImagesTreeModel(QObject* parent) : QAbstractItemModel(parent) { }

ImagesTreeModel::~ImagesTreeModel() = default;

void ImagesTreeModel::renumber()
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        m_nodes[i]->row = int(i);
}

void ImagesTreeModel::setImages(const QList<StoredImage>& images)
{
    setRows(ImageRows::make(images, m_prepared));
}

void ImagesTreeModel::setRows(const ImageRows::Ptr& rows)
{
    std::vector<int> changed;
    RowChanges changes;
    changes.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] {
        renumber();
        endInsertRows();
    };
    changes.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] {
        renumber();
        endRemoveRows();
    };
    changes.beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] {
        renumber();
        endMoveRows();
    };
    changes.changed = [&](int row) {
        changed.push_back(row);
        updateAliases(row, m_nodes[std::size_t(row)]->image->names);
    };
    m_prepared = rows;
    updateRows(
        m_nodes, rows->rows(),
        [](const std::unique_ptr<Node>& node) -> const QString& {
            return node->image->image.target.digest.toString();
        },
        [](const ImageRowPtr& row) -> const QString& { return row->image.target.digest.toString(); },
        [](const ImageRowPtr& row) {
            auto node = std::make_unique<Node>();
            node->image = row;
            const auto below = rowsBelow(row->names);
            node->aliases.assign(below.begin(), below.end());
            return node;
        },
        [](std::unique_ptr<Node>& node, const ImageRowPtr& row) {
            const bool differs = node->image != row && !looksSame(node->image->image, row->image);
            node->image = row;
            return differs;
        },
        changes);
    forRuns(changed, [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, ImageColumn::Count - 1));
        for (int row = first; row <= last; ++row) {
            const QModelIndex top = index(row, 0);
            if (const int below = rowCount(top); below > 0)
                Q_EMIT dataChanged(index(0, 0, top), index(below - 1, ImageColumn::Count - 1, top));
        }
    });
}

void ImagesTreeModel::updateAliases(int row, const QList<ShownName>& names)
{
    const QPersistentModelIndex parent = index(row, 0);
    RowChanges changes;
    changes.beginInsert = [&](int first, int last) { beginInsertRows(parent, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [&](int first, int last) { beginRemoveRows(parent, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [&](int from, int to) { beginMoveRows(parent, from, from, parent, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [](int) { };
    const auto key = [](const ShownName& name) { return name.canonical; };
    updateRows(
        m_nodes[std::size_t(row)]->aliases, rowsBelow(names), key, key,
        [](const ShownName& name) { return name; }, [](ShownName&, const ShownName&) { return false; },
        changes);
}

void ImagesTreeModel::setNews(const ImageNewsMap& news)
{
    const QSet<Digest> changed = m_news.set(news);
    if (changed.isEmpty())
        return;
    for (const auto& node : m_nodes) {
        if (!changed.contains(node->image->image.target.digest))
            continue;
        const QModelIndex top = index(node->row, 0);
        Q_EMIT dataChanged(top, top);
        if (const int below = rowCount(top); below > 0)
            Q_EMIT dataChanged(index(0, 0, top), index(below - 1, 0, top));
    }
}

const StoredImage* ImagesTreeModel::image(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    const auto* above = static_cast<const Node*>(index.internalPointer());
    return above ? &above->image->image : &m_nodes[std::size_t(index.row())]->image->image;
}

QModelIndex ImagesTreeModel::indexOfName(const QString& canonicalName) const
{
    for (const auto& node : m_nodes) {
        if (!node->image->image.names.contains(canonicalName))
            continue;
        const QModelIndex top = index(node->row, 0);
        for (std::size_t i = 0; i < node->aliases.size(); ++i) {
            if (node->aliases[i].canonical == canonicalName)
                return index(int(i), 0, top);
        }
        return top;
    }
    return {};
}

QModelIndex ImagesTreeModel::indexOfImage(const Digest& id) const
{
    for (const auto& node : m_nodes) {
        if (node->image->image.id == id)
            return index(node->row, 0);
    }
    return {};
}

void ImagesTreeModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ImageColumn::Count - 1);
    if (m_nodes.empty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(int(m_nodes.size()) - 1, ImageColumn::Count - 1));
    for (const auto& node : m_nodes) {
        const QModelIndex top = index(node->row, 0);
        if (const int below = rowCount(top); below > 0)
            Q_EMIT dataChanged(index(0, 0, top), index(below - 1, ImageColumn::Count - 1, top));
    }
}

QModelIndex ImagesTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, nullptr);
    return createIndex(row, column, m_nodes[std::size_t(parent.row())].get());
}

QModelIndex ImagesTreeModel::parent(const QModelIndex& child) const
{
    const auto* above = static_cast<const Node*>(child.internalPointer());
    return above ? createIndex(above->row, 0, nullptr) : QModelIndex();
}

int ImagesTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_nodes.size());
    if (parent.column() != 0 || parent.internalPointer())
        return 0;
    return int(m_nodes[std::size_t(parent.row())]->aliases.size());
}

int ImagesTreeModel::columnCount(const QModelIndex&) const
{
    return ImageColumn::Count;
}

QVariant ImagesTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const auto* above = static_cast<const Node*>(index.internalPointer())) {
        const ShownName& name = above->aliases[std::size_t(index.row())];
        const StoredImage& image = above->image->image;
        return m_news.with(aliasCell(image, name, index.column(), role), image, NewsCells::Row::Alias,
                           name.canonical, index.column(), role);
    }
    const Node& node = *m_nodes[std::size_t(index.row())];
    const StoredImage& image = node.image->image;
    return m_news.with(imageCell(image, node.image->names, index.column(), role), image,
                       NewsCells::Row::Image, {}, index.column(), role);
}

QVariant ImagesTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? imageHeader(section, role) : QVariant();
}

const ImageRow& ImagesTreeModel::imageRow(int row) const
{
    return *m_nodes[std::size_t(row)]->image;
}

int ImagesTreeModel::namesBelow(int row) const
{
    return int(m_nodes[std::size_t(row)]->aliases.size());
}

const ShownName& ImagesTreeModel::nameBelow(int row, int child) const
{
    return m_nodes[std::size_t(row)]->aliases[std::size_t(child)];
}

std::vector<int> ImagesTreeModel::namePlaces() const
{
    std::vector<int> places;
    places.reserve(m_nodes.size());
    for (const auto& ofImage : m_prepared->namePlaces())
        places.push_back(ofImage.empty() ? -1 : ofImage.front());
    return places;
}

} // namespace Tagboat
