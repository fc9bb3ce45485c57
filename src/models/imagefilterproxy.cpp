// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagefilterproxy.h"

#include "models/imagecolumns.h"
#include "models/imagerows.h"

#include <algorithm>
#include <map>

namespace Tagboat {

namespace {

//! More changed rows than these are announced as one change of the layout.
constexpr int MostSingleRows = 64;

} // namespace

ImageFilterProxy::ImageFilterProxy(QObject* parent) : QAbstractProxyModel(parent) { }

ImageFilterProxy::~ImageFilterProxy() = default;

void ImageFilterProxy::setFilter(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    ImageFilter filter = ImageFilter::parse(text);
    const bool isSame = filter == m_filter;
    m_filter = std::move(filter); // its hints may differ
    if (!isSame)
        rearrange(false);
}

void ImageFilterProxy::setSourceModel(QAbstractItemModel* model)
{
    beginResetModel();
    if (sourceModel())
        sourceModel()->disconnect(this);
    QAbstractProxyModel::setSourceModel(model);
    m_rows = dynamic_cast<ImageRowSource*>(model);
    Q_ASSERT(m_rows || !model);
    if (m_rows)
        connectSource();
    rebuild();
    endResetModel();
}

void ImageFilterProxy::connectSource()
{
    using Model = QAbstractItemModel;
    const Model* source = sourceModel();
    connect(source, &Model::rowsAboutToBeInserted, this, &ImageFilterProxy::rowsComing);
    connect(source, &Model::rowsInserted, this, &ImageFilterProxy::rowsCame);
    connect(source, &Model::rowsAboutToBeRemoved, this, &ImageFilterProxy::rowsGoing);
    connect(source, &Model::rowsRemoved, this, &ImageFilterProxy::rowsGone);
    connect(source, &Model::rowsMoved, this,
            [this](const QModelIndex& parent, int first, int last, const QModelIndex&, int to) {
                rowMoved(parent, first, last, to);
            });
    connect(source, &Model::dataChanged, this, &ImageFilterProxy::rowsChanged);
    connect(source, &Model::headerDataChanged, this, &Model::headerDataChanged);
    connect(source, &Model::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(source, &Model::modelReset, this, [this] {
        rebuild();
        endResetModel();
    });
}

//! Everything from the source; within a reset.
void ImageFilterProxy::rebuild()
{
    m_branches.clear();
    const int rows = m_rows ? sourceModel()->rowCount() : 0;
    m_branches.reserve(std::size_t(rows));
    for (int row = 0; row < rows; ++row) {
        auto branch = std::make_unique<Branch>();
        branch->source = row;
        keyOf(*branch);
        m_branches.push_back(std::move(branch));
    }
    sortAll();
    show();
}

void ImageFilterProxy::keyOf(Branch& branch) const
{
    const ImageRow& row = m_rows->imageRow(branch.source);
    const ShownName* name = m_rows->nameOfRow(branch.source);
    if (!name && !row.names.isEmpty())
        name = &row.names.front();
    branch.name = name ? name->canonical : QString();
    const StoredImage& image = row.image;
    switch (m_column) {
    case ImageColumn::ImageId:
        branch.key = row.idOrder;
        break;
    case ImageColumn::Created:
        branch.key = image.created.isValid() ? image.created.toSecsSinceEpoch() : -1;
        break;
    case ImageColumn::Size:
        branch.key = image.size;
        break;
    case ImageColumn::Unique:
        branch.key = image.unique;
        break;
    case ImageColumn::Shared:
        branch.key = image.shared;
        break;
    default:
        branch.key = 0;
        break;
    }
}

//! For a row among sorted ones; says the same as sortAll().
bool ImageFilterProxy::isBefore(const Branch& a, const Branch& b) const
{
    const bool isAscending = m_order == Qt::AscendingOrder;
    if (m_column == ImageColumn::Name) {
        const auto nameOf = [this](const Branch& branch) {
            const ShownName* name = m_rows->nameOfRow(branch.source);
            const auto& names = m_rows->imageRow(branch.source).names;
            return name || names.isEmpty() ? name : &names.front();
        };
        const ShownName* left = nameOf(a);
        const ShownName* right = nameOf(b);
        if (!left || !right)
            return left && !right; // untagged images last, whichever way
        return isAscending ? nameLessThan(*left, *right) : nameLessThan(*right, *left);
    }
    if (m_column == ImageColumn::Platform) {
        const QString& left = m_rows->imageRow(a.source).platform;
        const QString& right = m_rows->imageRow(b.source).platform;
        return isAscending ? left < right : right < left;
    }
    return isAscending ? a.key < b.key : b.key < a.key;
}

void ImageFilterProxy::sortAll()
{
    m_sorted.clear();
    m_sorted.reserve(m_branches.size());
    std::vector<std::pair<qint64, Branch*>> keyed;
    keyed.reserve(m_branches.size());
    const bool isAscending = m_order == Qt::AscendingOrder;
    if (m_column == ImageColumn::Name) {
        const std::vector<int> places = m_rows->namePlaces();
        for (const BranchPtr& branch : m_branches) {
            const int place = places[std::size_t(branch->source)];
            keyed.emplace_back(place >= 0        ? place
                                   : isAscending ? std::numeric_limits<qint64>::max()
                                                 : std::numeric_limits<qint64>::min(),
                               branch.get());
        }
    } else if (m_column == ImageColumn::Platform) {
        std::map<QString, qint64> texts; // few
        std::vector<const qint64*> found;
        for (const BranchPtr& branch : m_branches)
            found.push_back(&texts[m_rows->imageRow(branch->source).platform]);
        qint64 next = 0;
        for (auto& [text, place] : texts)
            place = next++;
        for (const BranchPtr& branch : m_branches)
            keyed.emplace_back(*found[keyed.size()], branch.get());
    } else {
        for (const BranchPtr& branch : m_branches)
            keyed.emplace_back(branch->key, branch.get());
    }
    const auto key = [](const auto& pair) { return pair.first; };
    if (m_column >= 0 && isAscending)
        std::ranges::stable_sort(keyed, std::ranges::less(), key);
    else if (m_column >= 0)
        std::ranges::stable_sort(keyed, std::ranges::greater(), key);
    for (const auto& [ignored, branch] : keyed)
        m_sorted.push_back(branch);
}

bool ImageFilterProxy::accepts(ImageMatcher& matcher, int source) const
{
    // Asked of the model only where it matters: that is a QVariant a row.
    const bool isOutdated = m_filter.asksFor(FilterTerm::Kind::Outdated)
        && sourceModel()->index(source, 0).data(ImageRole::IsOutdated).toBool();
    if (!matcher.setImage(m_rows->imageRow(source), isOutdated))
        return false;
    const ShownName* name = m_rows->nameOfRow(source);
    return name ? matcher.accepts(name) : matcher.acceptsAny();
}

//! Chooses among the sorted ones.
void ImageFilterProxy::show()
{
    m_shown.clear();
    if (m_filter.isEmpty()) {
        m_shown = m_sorted;
    } else {
        // In the order of the source: names of one image stand side by side there.
        ImageMatcher matcher(m_filter);
        for (const BranchPtr& branch : m_branches)
            branch->place = accepts(matcher, branch->source) ? 0 : -1;
        std::ranges::copy_if(m_sorted, std::back_inserter(m_shown),
                             [](const Branch* branch) { return branch->place >= 0; });
    }
    for (const BranchPtr& branch : m_branches)
        branch->isFilled = false;
    renumber();
}

void ImageFilterProxy::renumber(std::size_t from)
{
    for (std::size_t place = from; place < m_shown.size(); ++place)
        m_shown[place]->place = int(place);
}

void ImageFilterProxy::fill(Branch& branch) const
{
    branch.isFilled = true;
    branch.below.clear();
    const int count = m_rows->namesBelow(branch.source);
    if (count == 0)
        return;
    ImageMatcher matcher(m_filter);
    if (!matcher.setImage(m_rows->imageRow(branch.source), true))
        return;
    for (int row = 0; row < count; ++row) {
        if (matcher.accepts(&m_rows->nameBelow(branch.source, row)))
            branch.below.push_back(row);
    }
    if (m_column != ImageColumn::Name)
        return;
    std::ranges::stable_sort(branch.below, [&](int a, int b) {
        if (m_order == Qt::DescendingOrder)
            std::swap(a, b);
        return nameLessThan(m_rows->nameBelow(branch.source, a), m_rows->nameBelow(branch.source, b));
    });
}

//! Filters anew, and sorts where \a isSorted; indexes that somebody holds go along with their rows.
void ImageFilterProxy::rearrange(bool isSorted)
{
    if (!m_rows)
        return;
    Q_EMIT layoutAboutToBeChanged();
    struct Held
    {
        QModelIndex index;
        Branch* branch = nullptr;
        int below = -1; // source row; -1: the branch itself
    };
    const QModelIndexList persistent = persistentIndexList();
    std::vector<Held> held;
    held.reserve(std::size_t(persistent.size()));
    for (const QModelIndex& index : persistent) {
        if (auto* branch = static_cast<Branch*>(index.internalPointer()))
            held.push_back({index, branch, branch->below[std::size_t(index.row())]});
        else
            held.push_back({index, m_shown[std::size_t(index.row())], -1});
    }
    if (isSorted)
        sortAll();
    show();
    QModelIndexList now;
    now.reserve(persistent.size());
    for (const Held& each : held) {
        if (each.branch->place < 0) {
            now.append(QModelIndex());
        } else if (each.below < 0) {
            now.append(createIndex(each.branch->place, each.index.column(), nullptr));
        } else {
            if (!each.branch->isFilled)
                fill(*each.branch);
            const auto& below = each.branch->below;
            const auto found = std::ranges::find(below, each.below);
            now.append(found == below.end()
                           ? QModelIndex()
                           : createIndex(int(found - below.begin()), each.index.column(), each.branch));
        }
    }
    changePersistentIndexList(persistent, now);
    Q_EMIT layoutChanged();
}

void ImageFilterProxy::sort(int column, Qt::SortOrder order)
{
    if (column == m_column && order == m_order)
        return;
    m_column = column;
    m_order = order;
    if (!m_rows)
        return;
    for (const BranchPtr& branch : m_branches)
        keyOf(*branch);
    rearrange();
}

ImageFilterProxy::Branch* ImageFilterProxy::branchOf(const QModelIndex& sourceTop) const
{
    return m_branches[std::size_t(sourceTop.row())].get();
}

QModelIndex ImageFilterProxy::indexOf(const Branch& branch) const
{
    return branch.place < 0 ? QModelIndex() : createIndex(branch.place, 0, nullptr);
}

void ImageFilterProxy::rowsComing(const QModelIndex& parent)
{
    if (parent.isValid() && !branchOf(parent)->isFilled)
        fill(*branchOf(parent)); // as long as the source still is what it was
}

void ImageFilterProxy::rowsCame(const QModelIndex& parent, int first, int last)
{
    const int count = last - first + 1;
    if (parent.isValid()) {
        Branch& branch = *branchOf(parent);
        for (int& row : branch.below) {
            if (row >= first)
                row += count;
        }
        std::vector<int> before = branch.below;
        fill(branch);
        const std::vector<int> now = std::exchange(branch.below, std::move(before));
        const QModelIndex top = indexOf(branch);
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (now[i] < first || now[i] > last)
                continue;
            if (top.isValid())
                beginInsertRows(top, int(i), int(i));
            branch.below.insert(branch.below.begin() + std::ptrdiff_t(i), now[i]);
            if (top.isValid())
                endInsertRows();
        }
        return;
    }
    std::vector<BranchPtr> made;
    for (int row = first; row <= last; ++row) {
        auto branch = std::make_unique<Branch>();
        branch->source = row;
        keyOf(*branch);
        made.push_back(std::move(branch));
    }
    m_branches.insert(m_branches.begin() + first, std::make_move_iterator(made.begin()),
                      std::make_move_iterator(made.end()));
    for (std::size_t row = std::size_t(last) + 1; row < m_branches.size(); ++row)
        m_branches[row]->source += count;
    if (m_shown.empty()) {
        // The first images of all, as a rule. What they add is known before anybody is told.
        sortAll();
        std::vector<Branch*> none;
        show();
        std::swap(none, m_shown);
        if (none.empty())
            return;
        beginInsertRows({}, 0, int(none.size()) - 1);
        std::swap(none, m_shown);
        endInsertRows();
        return;
    }
    if (count > MostSingleRows) {
        rearrange();
        return;
    }
    ImageMatcher matcher(m_filter);
    for (int row = first; row <= last; ++row) {
        Branch* branch = m_branches[std::size_t(row)].get();
        const auto before = [this](const Branch* a, const Branch* b) {
            return isBefore(*a, *b) || (!isBefore(*b, *a) && a->source < b->source);
        };
        m_sorted.insert(std::ranges::upper_bound(m_sorted, branch, before), branch);
        if (!accepts(matcher, row))
            continue;
        const auto at = std::ranges::upper_bound(m_shown, branch, before) - m_shown.begin();
        beginInsertRows({}, int(at), int(at));
        m_shown.insert(m_shown.begin() + at, branch);
        renumber(std::size_t(at));
        endInsertRows();
    }
}

void ImageFilterProxy::rowsGoing(const QModelIndex& parent, int first, int last)
{
    if (parent.isValid()) {
        Branch& branch = *branchOf(parent);
        if (!branch.isFilled)
            fill(branch);
        const QModelIndex top = indexOf(branch);
        for (int i = int(branch.below.size()) - 1; i >= 0; --i) {
            if (branch.below[std::size_t(i)] < first || branch.below[std::size_t(i)] > last)
                continue;
            if (top.isValid())
                beginRemoveRows(top, i, i);
            branch.below.erase(branch.below.begin() + i);
            if (top.isValid())
                endRemoveRows();
        }
        return;
    }
    const auto goes = [first, last](const Branch* branch) {
        return branch->source >= first && branch->source <= last;
    };
    // Rows that stand side by side go together.
    for (int end = int(m_shown.size()) - 1; end >= 0; --end) {
        if (!goes(m_shown[std::size_t(end)]))
            continue;
        int begin = end;
        while (begin > 0 && goes(m_shown[std::size_t(begin) - 1]))
            --begin;
        beginRemoveRows({}, begin, end);
        m_shown.erase(m_shown.begin() + begin, m_shown.begin() + end + 1);
        renumber(std::size_t(begin));
        endRemoveRows();
        end = begin;
    }
    std::erase_if(m_sorted, goes);
}

void ImageFilterProxy::rowsGone(const QModelIndex& parent, int first, int last)
{
    const int count = last - first + 1;
    if (parent.isValid()) {
        for (int& row : branchOf(parent)->below) {
            if (row > last)
                row -= count;
        }
        return;
    }
    m_branches.erase(m_branches.begin() + first, m_branches.begin() + last + 1);
    for (std::size_t row = std::size_t(first); row < m_branches.size(); ++row)
        m_branches[row]->source -= count;
}

//! Other numbers in the source, the same order here.
void ImageFilterProxy::rowMoved(const QModelIndex& parent, int first, int last, int to)
{
    const auto moved = [first, last, to](int row) {
        const int count = last - first + 1;
        if (row >= first && row <= last)
            return to > last ? row + (to - last - 1) : row - (first - to);
        if (to <= row && row < first)
            return row + count;
        return last < row && row < to ? row - count : row;
    };
    if (parent.isValid()) {
        for (int& row : branchOf(parent)->below)
            row = moved(row);
        return;
    }
    std::vector<BranchPtr> ordered(m_branches.size());
    for (BranchPtr& branch : m_branches) {
        branch->source = moved(branch->source);
        ordered[std::size_t(branch->source)] = std::move(branch);
    }
    m_branches = std::move(ordered);
}

void ImageFilterProxy::rowsChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles)
{
    if (!first.isValid())
        return;
    if (first.parent().isValid()) {
        const Branch& branch = *branchOf(first.parent());
        if (branch.place < 0 || !branch.isFilled || branch.below.empty())
            return;
        const auto* parent = &branch;
        Q_EMIT dataChanged(createIndex(0, first.column(), parent),
                           createIndex(int(branch.below.size()) - 1, last.column(), parent), roles);
        return;
    }
    bool isMoved = false;
    int least = int(m_shown.size());
    int most = -1;
    ImageMatcher matcher(m_filter);
    for (int row = first.row(); row <= last.row(); ++row) {
        Branch& branch = *m_branches[std::size_t(row)];
        const qint64 key = branch.key;
        const QString name = branch.name;
        keyOf(branch);
        const bool isShown = branch.place >= 0;
        isMoved = isMoved || branch.key != key || branch.name != name || m_column == ImageColumn::Platform
            || (isFiltering() && accepts(matcher, row) != isShown);
        if (isShown) {
            least = qMin(least, branch.place);
            most = qMax(most, branch.place);
        }
    }
    if (most >= 0)
        Q_EMIT dataChanged(createIndex(least, first.column(), nullptr),
                           createIndex(most, last.column(), nullptr), roles);
    if (isMoved)
        rearrange();
}

QModelIndex ImageFilterProxy::mapToSource(const QModelIndex& index) const
{
    if (!index.isValid() || !m_rows)
        return {};
    const auto row = std::size_t(index.row());
    if (const auto* branch = static_cast<const Branch*>(index.internalPointer())) {
        const QModelIndex top = sourceModel()->index(branch->source, 0);
        return sourceModel()->index(branch->below[row], index.column(), top);
    }
    return sourceModel()->index(m_shown[row]->source, index.column());
}

QModelIndex ImageFilterProxy::mapFromSource(const QModelIndex& index) const
{
    if (!index.isValid() || !m_rows)
        return {};
    const QModelIndex above = index.parent();
    Branch* branch = branchOf(above.isValid() ? above : index);
    if (branch->place < 0)
        return {};
    if (!above.isValid())
        return createIndex(branch->place, index.column(), nullptr);
    if (!branch->isFilled)
        fill(*branch);
    const auto found = std::ranges::find(branch->below, index.row());
    return found == branch->below.end()
        ? QModelIndex()
        : createIndex(int(found - branch->below.begin()), index.column(), branch);
}

QModelIndex ImageFilterProxy::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent))
        return {};
    return createIndex(row, column, parent.isValid() ? m_shown[std::size_t(parent.row())] : nullptr);
}

QModelIndex ImageFilterProxy::parent(const QModelIndex& child) const
{
    const auto* branch = static_cast<const Branch*>(child.internalPointer());
    return branch ? createIndex(branch->place, 0, nullptr) : QModelIndex();
}

QModelIndex ImageFilterProxy::sibling(int row, int column, const QModelIndex& index) const
{
    return this->index(row, column, index.parent());
}

int ImageFilterProxy::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_shown.size());
    if (parent.column() != 0 || parent.internalPointer())
        return 0;
    Branch& branch = *m_shown[std::size_t(parent.row())];
    if (!branch.isFilled)
        fill(branch);
    return int(branch.below.size());
}

int ImageFilterProxy::columnCount(const QModelIndex&) const
{
    return ImageColumn::Count;
}

bool ImageFilterProxy::hasChildren(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return !m_shown.empty();
    if (parent.column() != 0 || parent.internalPointer())
        return false;
    // A row that is shown has at least one name that matches; which ones are needs no answer yet.
    const Branch& branch = *m_shown[std::size_t(parent.row())];
    return branch.isFilled ? !branch.below.empty() : m_rows->namesBelow(branch.source) > 0;
}

Qt::ItemFlags ImageFilterProxy::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool isBranch =
        !index.internalPointer() && m_rows->namesBelow(m_shown[std::size_t(index.row())]->source) > 0;
    return isBranch ? all : all | Qt::ItemNeverHasChildren;
}

QVariant ImageFilterProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    return sourceModel() ? sourceModel()->headerData(section, orientation, role) : QVariant();
}

} // namespace Tagboat
