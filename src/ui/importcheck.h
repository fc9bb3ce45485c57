// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"
#include "ui/importdialog.h"

#include <QObject>
#include <QTimer>

namespace Tagboat {

//! Who is told how an import begins. Either may be empty.
struct ImportListener
{
    std::function<void(const ErrorText&)> failed = {}; //!< something was refused, or takes a while
    std::function<void()> queued = {};                 //!< there are jobs now
    std::function<void()> quiet = {};                  //!< what was told of the looking is over
};

/*!
 * \brief Looks into files that somebody dropped or chose, before they become jobs.
 *
 * One at a time: what needs no question is imported at once, what is no archive is refused by name without
 * keeping up the others, and what remains is asked for in one dialog. Belongs to \a parent and deletes itself
 * when all is said.
 */
class ImportCheck : public QObject
{
    Q_OBJECT

public:
    ImportCheck(Workbench& workbench, QWidget* parent, const QStringList& files, ImportListener listener);

private:
    void next();
    void take(const QString& file, const ArchiveContents& contents);
    void conclude();
    [[nodiscard]] ErrorText refusal() const;

    Workbench& m_workbench;
    QWidget* m_parent;
    ImportListener m_listener;
    QStringList m_files; //!< still to be looked into
    int m_count = 0;
    QList<StoredImage> m_here;
    QList<InspectedArchive> m_toAsk;
    QList<std::pair<QString, Error>> m_refused;
    QTimer m_patience;
    bool m_isTold = false; //!< that it takes a while
    bool m_isQueued = false;
};

} // namespace Tagboat
