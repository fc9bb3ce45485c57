// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filesview.h"

#include "ui/itemdelegate.h"
#include "ui/metrics.h"
#include "ui/widgettools.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Column = FilesModel::Column;

//! Columns that say something about such a tree, the most dispensable last.
QList<Column> columnsFor(const FilesModel& model)
{
    using enum FilesModel::Column;
    const bool isWasteful = model.tree() && model.tree()->root().wasted > 0;
    QList<Column> columns{Name};
    switch (model.kind()) {
    case FilesModel::Kind::Comparison:
        return {Name, Change, Size, Before, Permissions, Modified, Owner};
    case FilesModel::Kind::Wasted:
        return {Name, Wasted, Layer, Modified, Permissions, Owner};
    case FilesModel::Kind::Layer:
        columns += {Size, Change};
        if (isWasteful)
            columns += Wasted;
        return columns + QList<Column>{Permissions, Modified, Owner};
    case FilesModel::Kind::Image:
        columns += {Size, Layer};
        if (isWasteful)
            columns += Wasted;
        return columns + QList<Column>{Permissions, Modified, Owner};
    }
    return columns;
}

} // namespace

FilesView::FilesView(QWidget* parent) : QTreeView(parent)
{
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSortingEnabled(true);
    setExpandsOnDoubleClick(false); // activation does it, by mouse and keyboard alike
    setIndentation(Metrics(fontMetrics()).line);
    auto* delegate = new ItemDelegate(this);
    delegate->setIconsShown(true);
    setItemDelegate(delegate);
    makeCopyable(this);
    connect(this, &QTreeView::activated, this, [this](const QModelIndex& index) {
        const FileNode* node = m_files->node(index);
        if (!node)
            return;
        const QModelIndex row = index.siblingAtColumn(0);
        if (m_files->hasChildren(row))
            setExpanded(row, !isExpanded(row));
        else if (node->kind != FileNode::Kind::Folder)
            Q_EMIT fileActivated(m_files->position(index));
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (!m_isRestoring && !m_files->hits())
            m_open.insert(m_files->position(index));
    });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (!m_isRestoring && !m_files->hits())
            m_open.remove(m_files->position(index));
    });
}

void FilesView::setFiles(FilesModel* model)
{
    m_files = model;
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &FilesView::rememberState);
    setModel(model);
    // Behind the view's own, which forgets everything.
    connect(model, &QAbstractItemModel::modelReset, this, &FilesView::restoreState);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(false);
    header()->setStretchLastSection(false);
    setColumnWidths(header(), {30, 12, 12, 18, 13, 9, 14, 12, 20});
    sortByColumn(FilesModel::Name, Qt::AscendingOrder);
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        if (!m_isLayingOut && section != FilesModel::Name)
            layoutColumns();
    });
    layoutColumns();
}

void FilesView::setChangesShown(bool shown)
{
    if (m_showsChanges == shown)
        return;
    m_showsChanges = shown;
    layoutColumns();
}

QList<int> FilesView::selectedPositions() const
{
    QList<int> positions;
    const auto rows = selectionModel()->selectedRows();
    positions.reserve(rows.size());
    for (const QModelIndex& row : rows)
        positions.append(m_files->position(row));
    std::ranges::sort(positions);
    return positions;
}

int FilesView::currentPosition() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() && selectionModel()->isRowSelected(index.row(), index.parent())
        ? m_files->position(index)
        : -1;
}

QString FilesView::selectedPaths() const
{
    QStringList paths;
    for (const int position : selectedPositions())
        paths.append(u'/' + m_files->tree()->pathOf(position));
    return paths.join(u'\n');
}

void FilesView::choose(int position)
{
    const QModelIndex index = m_files->indexOf(position);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void FilesView::openAll(const std::vector<int>& folders)
{
    // With a layout to come anyway, each is only noted: else every one of them would be laid out.
    scheduleDelayedItemsLayout();
    for (const int folder : folders)
        expand(m_files->indexOf(folder));
}

void FilesView::expandMore()
{
    if (!m_files->tree() || m_files->arrangement() == FilesModel::Arrangement::List)
        return;
    const QModelIndex top = currentIndex().siblingAtColumn(0);
    std::deque<QModelIndex> folders;
    std::vector<int> opened;
    int rows = 0;
    const auto addBelow = [&](const QModelIndex& parent) {
        const int count = m_files->rowCount(parent);
        rows += count;
        for (int row = 0; row < count && folders.size() < size_t(MostRowsOpened); ++row) {
            const QModelIndex child = m_files->index(row, 0, parent);
            if (m_files->hasChildren(child))
                folders.push_back(child);
        }
    };
    if (top.isValid() && m_files->hasChildren(top))
        folders.push_back(top);
    else
        addBelow(top.parent());
    rows = 0;
    // Level by level; the first folder is opened however long it is.
    while (!folders.empty()) {
        const QModelIndex folder = folders.front();
        folders.pop_front();
        if (!opened.empty() && rows + m_files->rowCount(folder) > MostRowsOpened)
            continue;
        opened.push_back(m_files->position(folder));
        addBelow(folder);
    }
    openAll(opened);
}

void FilesView::collapseMore()
{
    QModelIndex top = currentIndex().siblingAtColumn(0);
    if (top.isValid() && !(m_files->hasChildren(top) && isExpanded(top)))
        top = top.parent();
    if (!top.isValid()) {
        collapseAll();
        m_open.clear();
        return;
    }
    setCurrentIndex(top);
    collapse(top);
}

void FilesView::rememberState()
{
    m_keptCurrent = m_files->position(currentIndex());
    m_keptOf = m_files->tree();
}

void FilesView::restoreState()
{
    const FileTreePtr tree = m_files->tree();
    if (tree != m_openOf) {
        m_open.clear();
        m_openOf = tree;
    }
    m_isRestoring = true;
    if (const FileHits* hits = m_files->hits())
        openAll(hits->toOpen);
    else
        openAll({m_open.begin(), m_open.end()});
    if (tree && tree == m_keptOf && m_keptCurrent > 0)
        choose(m_keptCurrent);
    m_isRestoring = false;
    m_keptOf.reset();
    setRootIsDecorated(m_files->arrangement() == FilesModel::Arrangement::Tree);
    layoutColumns();
}

void FilesView::layoutColumns()
{
    if (!m_files || m_isLayingOut)
        return;
    m_isLayingOut = true;
    auto columns = columnsFor(*m_files);
    if (!m_showsChanges)
        columns.removeOne(FilesModel::Change);
    const bool isList = m_files->arrangement() == FilesModel::Arrangement::List;
    const int least = fontMetrics().averageCharWidth() * (isList ? 34 : 26);
    int room = viewport()->width() - least;
    for (int column = FilesModel::Name + 1; column < FilesModel::ColumnCount; ++column) {
        if (!columns.contains(Column(column)))
            header()->setSectionHidden(column, true);
    }
    // The first few are worth scrolling sideways for.
    static constexpr qsizetype Indispensable = 3;
    bool isFull = false; // what stands behind a column that does not fit is worth less still
    for (qsizetype i = 1; i < columns.size(); ++i) {
        header()->setSectionHidden(columns[i], false);
        const int width = header()->sectionSize(columns[i]);
        const bool fits = (width <= room && !isFull) || i < Indispensable;
        header()->setSectionHidden(columns[i], !fits);
        isFull = isFull || !fits;
        room -= fits ? width : 0;
    }
    header()->resizeSection(FilesModel::Name, least + qMax(0, room));
    m_isLayingOut = false;
}

void FilesView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    layoutColumns();
}

void FilesView::keyPressEvent(QKeyEvent* event)
{
    // The view's own way opens everything below, a hundred thousand rows if need be.
    if (event->key() == Qt::Key_Asterisk) {
        expandMore();
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void FilesView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    Q_EMIT selectionChangedByUser();
}

} // namespace Tagboat
