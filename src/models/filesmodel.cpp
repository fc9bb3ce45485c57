// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filesmodel.h"

#include "models/filetext.h"
#include "models/inbackground.h"
#include "models/text.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr QChar EnDash(0x2013);

bool isFolder(const FileNode& node)
{
    return node.kind == FileNode::Kind::Folder;
}

//! Signed numbers in an order of unsigned ones.
quint64 ordered(qint64 value)
{
    return quint64(value) ^ (quint64(1) << 63);
}

//! Where folders stand among files by their own figure and not before them.
bool mixesFolders(int column)
{
    return column == FilesModel::Size || column == FilesModel::Before || column == FilesModel::Wasted;
}

} // namespace

FilesModel::FilesModel(QObject* parent) : QAbstractItemModel(parent) { }

FilesModel::~FilesModel()
{
    m_stop.request_stop();
}

void FilesModel::setTree(FileTreePtr tree, Kind kind)
{
    show(std::move(tree), kind, m_wanted.filter, m_wanted.arrangement);
}

void FilesModel::setFilter(const FileFilter& filter)
{
    show(m_wanted.tree, m_wanted.kind, filter, m_wanted.arrangement);
}

void FilesModel::setArrangement(Arrangement arrangement)
{
    show(m_wanted.tree, m_wanted.kind, m_wanted.filter, arrangement);
}

void FilesModel::show(FileTreePtr tree, Kind kind, const FileFilter& filter, Arrangement arrangement)
{
    m_wanted = {std::move(tree), kind, filter, arrangement};
    if (m_wanted.tree && m_wanted.tree->nodes().empty())
        m_wanted.tree.reset();
    apply();
}

void FilesModel::apply()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    if (!m_wanted.tree || (m_wanted.filter.isEmpty() && m_wanted.arrangement == Arrangement::Tree)) {
        take(nullptr);
        return;
    }
    m_isApplying = true;
    inBackground([tree = m_wanted.tree, filter = m_wanted.filter, stop = m_stop.get_token()] {
        return std::make_shared<const FileHits>(findFiles(*tree, filter, stop));
    }).then(this, [this, stop = m_stop.get_token()](const std::shared_ptr<const FileHits>& hits) {
        if (!stop.stop_requested())
            take(hits);
    });
}

void FilesModel::take(std::shared_ptr<const FileHits> hits)
{
    m_isApplying = false;
    beginResetModel();
    m_tree = m_wanted.tree;
    m_kind = m_wanted.kind;
    m_filter = m_wanted.filter;
    m_arrangement = m_wanted.arrangement;
    m_hits = std::move(hits);
    m_marked = m_filter.plainWord();
    m_orders.clear();
    m_rows.clear();
    endResetModel();
    Q_EMIT applied();
}

void FilesModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (const int rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
}

bool FilesModel::isNatural() const
{
    return !m_hits && m_sortColumn == Name && m_sortOrder == Qt::AscendingOrder;
}

quint64 FilesModel::keyOf(const FileNode& node) const
{
    switch (m_sortColumn) {
    case Before:
        return ordered(node.sizeBefore);
    case Size:
        return ordered(m_kind == Kind::Comparison ? node.size : bytesOf(node));
    case Change:
        return quint64(node.change);
    case Wasted:
        return ordered(node.wasted);
    case Layer:
        return ordered(node.layer);
    case Permissions:
        return node.mode;
    case Owner:
        return quint64(node.user) << 32 | node.group;
    case Modified:
        return ordered(node.modified);
    default:
        return 0; // the tree's own order is by name
    }
}

void FilesModel::sortPositions(std::vector<int>& positions) const
{
    // Numbers alone are compared, and equal ones stay in the order of names.
    struct Row
    {
        int group;
        quint64 key;
        int place;
        int position;
    };
    const bool isDescending = m_sortOrder == Qt::DescendingOrder;
    const bool isGrouped = m_arrangement == Arrangement::Tree && !mixesFolders(m_sortColumn);
    std::vector<Row> rows;
    rows.reserve(positions.size());
    for (int place = 0; const int position : positions) {
        const FileNode& node = m_tree->node(position);
        const quint64 key = keyOf(node);
        const bool isReversedName = isDescending && m_sortColumn == Name;
        rows.push_back({isGrouped && !isFolder(node) ? 1 : 0, isDescending ? ~key : key,
                        isReversedName ? -place : place, position});
        ++place;
    }
    std::ranges::sort(rows, [](const Row& a, const Row& b) {
        return std::tie(a.group, a.key, a.place) < std::tie(b.group, b.key, b.place);
    });
    std::ranges::transform(rows, positions.begin(), &Row::position);
}

const std::vector<int>& FilesModel::orderOf(int folder) const
{
    if (const auto found = m_orders.find(folder); found != m_orders.end())
        return found->second;
    std::vector<int> order;
    if (m_arrangement == Arrangement::List) {
        order = m_hits->list;
    } else {
        const FileNode& node = m_tree->node(folder);
        order.reserve(size_t(node.childCount));
        for (int child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            if (!m_hits || m_hits->isShown(child))
                order.push_back(child);
        }
    }
    sortPositions(order);
    if (m_rows.empty())
        m_rows.resize(m_tree->nodes().size());
    for (int row = 0; const int position : order)
        m_rows[size_t(position)] = row++;
    return m_orders.emplace(folder, std::move(order)).first->second;
}

int FilesModel::childAt(int folder, int row) const
{
    return isNatural() ? m_tree->node(folder).firstChild + row : orderOf(folder)[size_t(row)];
}

int FilesModel::rowOf(int position) const
{
    const int folder = m_arrangement == Arrangement::List ? 0 : m_tree->node(position).parent;
    if (isNatural())
        return position - m_tree->node(folder).firstChild;
    static_cast<void>(orderOf(folder)); // fills m_rows
    return m_rows[size_t(position)];
}

int FilesModel::position(const QModelIndex& index) const
{
    return index.isValid() && index.model() == this ? int(index.internalId()) : -1;
}

const FileNode* FilesModel::node(const QModelIndex& index) const
{
    const int at = position(index);
    return at < 0 ? nullptr : &m_tree->node(at);
}

QModelIndex FilesModel::indexOf(int position) const
{
    if (!m_tree || position <= 0 || size_t(position) >= m_tree->nodes().size())
        return {};
    if (m_arrangement == Arrangement::List) {
        const int row = rowOf(position);
        const std::vector<int>& order = orderOf(0);
        if (size_t(row) >= order.size() || order[size_t(row)] != position)
            return {};
        return createIndex(row, 0, quintptr(position));
    }
    if (m_hits && !m_hits->isShown(position))
        return {};
    return createIndex(rowOf(position), 0, quintptr(position));
}

QModelIndex FilesModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(childAt(qMax(0, position(parent)), row)));
}

QModelIndex FilesModel::parent(const QModelIndex& child) const
{
    const int at = position(child);
    if (at < 0 || m_arrangement == Arrangement::List)
        return {};
    const int folder = m_tree->node(at).parent;
    return folder <= 0 ? QModelIndex() : createIndex(rowOf(folder), 0, quintptr(folder));
}

int FilesModel::rowCount(const QModelIndex& parent) const
{
    if (!m_tree || parent.column() > 0)
        return 0;
    if (m_arrangement == Arrangement::List)
        return parent.isValid() ? 0 : int(m_hits->list.size());
    const int folder = qMax(0, position(parent));
    return m_hits ? qMax(0, m_hits->shownChildren[size_t(folder)]) : m_tree->node(folder).childCount;
}

int FilesModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool FilesModel::hasChildren(const QModelIndex& parent) const
{
    return rowCount(parent) > 0;
}

void FilesModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        column = Name;
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    m_sortColumn = column;
    m_sortOrder = order;
    m_orders.clear();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& index : before)
        after.append(createIndex(rowOf(position(index)), index.column(), index.internalId()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

QString FilesModel::displayText(int position, const FileNode& node, int column) const
{
    switch (column) {
    case Name: {
        QString name =
            shownFileName(m_arrangement == Arrangement::List ? m_tree->pathOf(position) : node.name);
        if (!node.linkTarget.isEmpty())
            name += u" \u2192 "_s + shownFileName(node.linkTarget);
        return name;
    }
    case Before:
        return node.change == FileNode::Change::Added ? QString(EnDash) : formatBytes(node.sizeBefore);
    case Size:
        if (m_kind == Kind::Comparison)
            return node.change == FileNode::Change::Deleted ? QString(EnDash) : formatBytes(node.size);
        if (!isFolder(node) && node.kind != FileNode::Kind::File && bytesOf(node) == 0)
            return {};
        return formatBytes(bytesOf(node));
    case Wasted:
        return node.wasted > 0 ? formatBytes(node.wasted) : QString();
    case Layer:
        return node.layer >= 0 ? QString::number(node.layer + 1) : QString();
    case Permissions:
        return node.change == FileNode::Change::Deleted && node.mode == 0 ? QString()
                                                                          : formatPermissions(node.mode);
    case Owner:
        return u"%1:%2"_s.arg(node.user).arg(node.group);
    case Modified:
        return formatFileTime(node.modified);
    default:
        return {};
    }
}

QVariant FilesModel::toolTip(int position, const FileNode& node, int column) const
{
    switch (column) {
    case Name: {
        QString tip = u'/' + shownFileName(m_tree->pathOf(position));
        if (!node.linkTarget.isEmpty())
            tip += u'\n' + tr("leads to %1", "a link").arg(shownFileName(node.linkTarget));
        return tip;
    }
    case Size:
    case Before:
        return isFolder(node) ? QVariant(formatFileCount(node.files)) : QVariant();
    case Change:
        return node.isOpaque
            ? QVariant(tr("All that layers below have in this folder is hidden by this layer."))
            : QVariant();
    case Wasted:
        return node.wasted > 0
            ? QVariant(
                  tr("Bytes that stay in a layer although a later layer deletes them or writes them anew"))
            : QVariant();
    case Layer:
        return m_layerTitles.value(node.layer);
    case Owner:
        return tr("User %1, group %2").arg(node.user).arg(node.group);
    case Modified:
        return node.modified > 0 ? formatMoment(QDateTime::fromSecsSinceEpoch(node.modified)) : QVariant();
    default:
        return {};
    }
}

QString FilesModel::copyText(int position, const FileNode& node, int column) const
{
    switch (column) {
    case Name:
        return u'/' + m_tree->pathOf(position);
    case Before:
        return QString::number(node.sizeBefore);
    case Size:
        return QString::number(m_kind == Kind::Comparison ? node.size : bytesOf(node));
    case Change:
        return formatFileChange(node.change);
    case Wasted:
        return QString::number(node.wasted);
    case Modified:
        return QDateTime::fromSecsSinceEpoch(node.modified, QTimeZone::UTC).toString(Qt::ISODate);
    default:
        return displayText(position, node, column);
    }
}

QVariant FilesModel::sortKey(int position, const FileNode& node, int column) const
{
    switch (column) {
    case Before:
        return node.sizeBefore;
    case Size:
        return m_kind == Kind::Comparison ? node.size : bytesOf(node);
    case Change:
        return int(node.change);
    case Wasted:
        return node.wasted;
    case Layer:
        return node.layer;
    case Permissions:
        return node.mode;
    case Owner:
        return quint64(node.user) << 32 | node.group;
    case Modified:
        return node.modified;
    default:
        return m_tree->pathOf(position);
    }
}

QList<Badge> FilesModel::badges(const FileNode& node) const
{
    QList<Badge> badges;
    if (node.change != FileNode::Change::None)
        badges.append({formatFileChange(node.change), toneOf(node.change)});
    if (node.isOpaque)
        badges.append({tr("replaced", "a folder whose former content is hidden"), Tone::Warning});
    return badges;
}

QString FilesModel::accessibleName(int position, const FileNode& node) const
{
    QStringList parts{displayText(position, node, Name), formatFileKind(node.kind)};
    if (node.change != FileNode::Change::None)
        parts.append(formatFileChange(node.change));
    return parts.join(u", "_s);
}

QVariant FilesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int at = position(index);
    const FileNode& node = m_tree->node(at);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return displayText(at, node, column);
    case Qt::ToolTipRole:
        return toolTip(at, node, column);
    case Qt::AccessibleTextRole:
        if (column == Name)
            return accessibleName(at, node);
        return column == Change ? QVariant(formatFileChange(node.change)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Size || column == Before || column == Wasted
            ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
            : QVariant();
    case Role::Monospace:
        return column == Permissions;
    case Role::BoldRange: {
        if (column != Name || m_marked.isEmpty())
            return {};
        const auto found = displayText(at, node, Name).indexOf(m_marked, 0, Qt::CaseInsensitive);
        return found < 0 ? QVariant() : QVariant::fromValue(Emphasis{int(found), int(m_marked.size())});
    }
    case Role::TextTone: {
        const bool isGone = node.change == FileNode::Change::Deleted;
        const bool isQuiet = column != Name && column != Size && column != Wasted && column != Before;
        return QVariant::fromValue(isGone || isQuiet ? Tone::Muted : Tone::Normal);
    }
    case Role::Badges:
        return column == Change ? QVariant::fromValue(badges(node)) : QVariant();
    case Role::IconName:
        if (column != Name)
            return {};
        switch (node.kind) {
        case FileNode::Kind::Folder:
            return u"folder"_s;
        case FileNode::Kind::SymbolicLink:
        case FileNode::Kind::HardLink:
            return u"link"_s;
        default:
            return u"file"_s;
        }
    case Role::SortKey:
        return sortKey(at, node, column);
    case Role::CopyText:
        return copyText(at, node, column);
    default:
        return {};
    }
}

QVariant FilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isFigure = section == Size || section == Before || section == Wasted;
    if (role == Qt::TextAlignmentRole)
        return int((isFigure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::InitialSortOrderRole) // what is large or new is looked for
        return int(isFigure || section == Modified ? Qt::DescendingOrder : Qt::AscendingOrder);
    if (role == Qt::ToolTipRole && section == Wasted)
        return tr("Bytes that stay in a layer although a later layer deletes them or writes them anew");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return m_arrangement == Arrangement::List ? tr("Path") : tr("Name");
    case Before:
        return tr("Before");
    case Size:
        return m_kind == Kind::Comparison ? tr("After") : tr("Size");
    case Change:
        return tr("Change");
    case Wasted:
        return tr("Wasted");
    case Layer:
        return tr("Layer");
    case Permissions:
        return tr("Permissions");
    case Owner:
        return tr("Owner");
    case Modified:
        return tr("Modified");
    default:
        return {};
    }
}

} // namespace Tagboat
