// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/remotetagsmodel.h"
#include "ui/remotetagloader.h"

#include <QObject>
#include <QTimer>

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace Tagboat {

class UiSettings;

/*!
 * \brief The table of the registry page: the tags of one repository, sorted and filtered, each row described
 * when it comes to rest on the screen.
 */
class RemoteTagsPane : public QObject
{
    Q_OBJECT

public:
    //! Columns are as \a settings remember them.
    RemoteTagsPane(Workbench& workbench, const UiSettings& settings, QTreeView* view, QLineEdit* filter,
                   QObject* parent);
    void saveState(UiSettings& settings) const;

    //! See RemoteTagLoader; what comes of it is told by `progressed` and `failed`.
    [[nodiscard]] RemoteTagLoader& loader() { return *m_loader; }
    [[nodiscard]] const RemoteTagsModel& model() const { return m_model; }
    void setLocalDigests(const QSet<Digest>& digests) { m_model.setLocalDigests(digests); }

    //! The row that is chosen; null where there is none.
    [[nodiscard]] const RemoteTagsModel::Group* current() const;
    //! Chooses the first row where none is chosen.
    void chooseAny();
    //! Rows have come to rest: those that are seen are described.
    void describeSoon() { m_describeTimer.start(); }

Q_SIGNALS:
    void chosen();    //!< another row is the current one
    void described(); //!< more is known of some rows
    void progressed();
    void failed(const Tagboat::Error& error);

private:
    void describeVisible();

    RemoteTagsModel m_model;
    QSortFilterProxyModel* m_proxy;
    RemoteTagLoader* m_loader;
    QTreeView* m_view;
    QTimer m_describeTimer;
};

} // namespace Tagboat
