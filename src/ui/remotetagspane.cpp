// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/remotetagspane.h"

#include "models/roles.h"
#include "ui/icons.h"
#include "ui/itemdelegate.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

const QString ColumnsState = u"registry/columns"_s;

//! Sorts by SortKey and filters by the words of a row's tags.
class TagsProxy : public QSortFilterProxyModel
{
public:
    explicit TagsProxy(QObject* parent) : QSortFilterProxyModel(parent)
    {
        setSortRole(Role::SortKey);
        setFilterRole(Qt::AccessibleTextRole);
        setFilterKeyColumn(RemoteTagsModel::TagsColumn);
        setFilterCaseSensitivity(Qt::CaseInsensitive);
    }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        if (left.column() == RemoteTagsModel::TagsColumn)
            return left.row() > right.row(); // the model has them newest first
        return QSortFilterProxyModel::lessThan(left, right);
    }
};

} // namespace

RemoteTagsPane::RemoteTagsPane(Workbench& workbench, const UiSettings& settings, QTreeView* view,
                               QLineEdit* filter, QObject* parent)
    : QObject(parent), m_proxy(new TagsProxy(this)), m_loader(new RemoteTagLoader(workbench, m_model, this)),
      m_view(view)
{
    m_proxy->setSourceModel(&m_model);
    view->setModel(m_proxy);
    view->setItemDelegate(new ItemDelegate(view));
    setColumnWidths(view->header(), {34, 16, 20, 11, 15, 10});
    view->header()->restoreState(settings.state(ColumnsState));
    stretchColumn(
        view, RemoteTagsModel::TagsColumn, 24,
        {RemoteTagsModel::DigestColumn, RemoteTagsModel::HereColumn, RemoteTagsModel::CreatedColumn});
    view->sortByColumn(RemoteTagsModel::TagsColumn, Qt::DescendingOrder);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    makeCopyable(view);
    filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    connect(filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, &RemoteTagsPane::chosen);
    connect(&m_model, &RemoteTagsModel::dataChanged, this, &RemoteTagsPane::described);
    connect(m_loader, &RemoteTagLoader::progressed, this, &RemoteTagsPane::progressed);
    connect(m_loader, &RemoteTagLoader::failed, this, &RemoteTagsPane::failed);

    // Rows scroll by faster than registries answer: only those that come to rest are asked for.
    m_describeTimer.setSingleShot(true);
    m_describeTimer.setInterval(60ms);
    connect(&m_describeTimer, &QTimer::timeout, this, &RemoteTagsPane::describeVisible);
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this, &RemoteTagsPane::describeSoon);
    connect(view->verticalScrollBar(), &QScrollBar::rangeChanged, this, &RemoteTagsPane::describeSoon);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, &RemoteTagsPane::describeSoon);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, &RemoteTagsPane::describeSoon);
    connect(m_proxy, &QAbstractItemModel::layoutChanged, this, &RemoteTagsPane::describeSoon);
}

void RemoteTagsPane::saveState(UiSettings& settings) const
{
    settings.setState(ColumnsState, m_view->header()->saveState());
}

const RemoteTagsModel::Group* RemoteTagsPane::current() const
{
    return m_model.group(m_proxy->mapToSource(m_view->currentIndex()));
}

void RemoteTagsPane::chooseAny()
{
    if (!m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_proxy->index(0, 0));
}

void RemoteTagsPane::describeVisible()
{
    QList<Digest> wanted;
    const QRect view = m_view->viewport()->rect();
    QModelIndex row = m_view->indexAt(view.topLeft());
    while (row.isValid() && m_view->visualRect(row).top() <= view.bottom()) {
        if (const RemoteTagsModel::Group* group = m_model.group(m_proxy->mapToSource(row)))
            wanted.append(group->target.digest);
        row = m_view->indexBelow(row);
    }
    m_loader->describe(wanted);
}

} // namespace Tagboat
