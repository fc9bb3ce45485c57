// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/repositorypane.h"

#include "ui/icons.h"
#include "ui/itemdelegate.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include <QLineEdit>
#include <QListView>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>

using namespace Qt::StringLiterals;

namespace Tagboat {

RepositoryPane::RepositoryPane(Workbench& workbench, QListView* view, QLineEdit* filter, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_view(view), m_filter(filter),
      m_proxy(new QSortFilterProxyModel(this))
{
    m_filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_proxy->setSourceModel(&m_repositories);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new ItemDelegate(m_view));
    makeCopyable(m_view);
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_repositories, change, this, [this] { retranslate(); });
    connect(m_filter, &QLineEdit::textChanged, this, &RepositoryPane::filterBy);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &RepositoryPane::rowChosen);
    retranslate();
}

void RepositoryPane::setProfile(const Profile& profile)
{
    ++m_asked;
    m_profile = profile;
    m_isListed = true;
    m_filter->clear();
    {
        const QScopedValueRollback quiet(m_isQuiet, true);
        m_repositories.clear();
    }
    rowChosen({});
    setState(State::Idle);
}

void RepositoryPane::load(const QStringList& known)
{
    const int question = ++m_asked;
    setState(State::Asking);
    m_workbench.repositories(m_profile.id)
        .then(this, [this, question, known](const Result<QStringList>& names) {
            if (question != m_asked)
                return;
            using Code = Error::Code;
            // No catalog is the usual case with hosted registries, no failure.
            const bool hasNone = !names
                && (names.error().code == Code::Unsupported || names.error().code == Code::Denied
                    || names.error().code == Code::NotFound);
            if (!names && !hasNone) {
                setState(State::Failed);
                Q_EMIT failed(names.error());
                return;
            }
            m_isListed = names.has_value();
            if (names)
                m_repositories.setRepositories(*names);
            for (const QString& path : hasNone ? known : QStringList())
                m_repositories.add(path);
            setState(State::Loaded);
            if (m_current.isEmpty() && m_proxy->rowCount() > 0)
                m_view->setCurrentIndex(m_proxy->index(0, 0));
        });
}

void RepositoryPane::open(const QString& path)
{
    m_filter->clear();
    m_view->setCurrentIndex(m_proxy->mapFromSource(m_repositories.add(path)));
}

void RepositoryPane::add(const QString& path)
{
    m_repositories.add(path);
}

void RepositoryPane::retranslate()
{
    m_filter->setPlaceholderText(tr("%n repositories", nullptr, count()));
}

void RepositoryPane::rowChosen(const QModelIndex& row)
{
    if (m_isQuiet)
        return;
    const QString path = m_repositories.repository(m_proxy->mapToSource(row));
    if (path == m_current)
        return;
    m_current = path;
    Q_EMIT opened(path);
}

void RepositoryPane::filterBy(const QString& text)
{
    // The view makes another row the current one when that goes out of sight: nobody has chosen it.
    const QScopedValueRollback quiet(m_isQuiet, true);
    m_proxy->setFilterFixedString(text);
    m_view->setCurrentIndex(m_proxy->mapFromSource(m_repositories.indexOf(m_current)));
}

void RepositoryPane::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace Tagboat
