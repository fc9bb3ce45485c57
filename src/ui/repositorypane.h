// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "base/result.h"
#include "models/repositoriesmodel.h"

#include <QObject>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace Tagboat {

class Workbench;

/*!
 * \brief The left side of the registry page: the repositories of one account with their filter.
 *
 * Filtering only hides rows: the repository that is open stays open, and is the current row again as soon as
 * it is to be seen.
 */
class RepositoryPane : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Asking, Failed, Loaded };

    RepositoryPane(Workbench& workbench, QListView* view, QLineEdit* filter, QObject* parent);

    //! Another account: nothing of the former is left.
    void setProfile(const Profile& profile);
    //! Asks the registry for its list; `changed` follows, and `failed` where it could not be read. Where it
    //! keeps none, the list is what \a known has of it, and isListed() is false.
    void load(const QStringList& known);
    //! Opens a repository by its path; it is added to the list where it is not in it.
    void open(const QString& path);
    void add(const QString& path);
    void setTagCount(const QString& path, int count) { m_repositories.setTagCount(path, count); }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isListed() const { return m_isListed; }
    [[nodiscard]] int count() const { return m_repositories.rowCount(); }
    [[nodiscard]] const QString& current() const { return m_current; }
    void retranslate();

Q_SIGNALS:
    void opened(const QString& path); //!< empty: none
    void changed();
    void failed(const Tagboat::Error& error);

private:
    void rowChosen(const QModelIndex& row);
    void filterBy(const QString& text);
    void setState(State state);

    Workbench& m_workbench;
    QListView* m_view;
    QLineEdit* m_filter;
    RepositoriesModel m_repositories;
    QSortFilterProxyModel* m_proxy;
    Profile m_profile;
    QString m_current;
    State m_state = State::Idle;
    bool m_isListed = true;
    bool m_isQuiet = false; //!< rows come and go without anybody choosing one
    int m_asked = 0;        //!< answers for another account are dropped
};

} // namespace Tagboat
