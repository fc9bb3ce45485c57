// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/namechange.h"
#include "transfer/sqlitefile.h"

#include <QDateTime>
#include <QMetaType>

namespace Tagboat {

//! A name on this computer that was given, moved or taken away, and by what.
struct NameMove
{
    qint64 id = 0;
    QString batch;            //!< the same for all that one action changed
    QString name;             //!< canonical
    Digest previous, current; //!< root digests; null: there was no such name, there is none any more
    QDateTime when;
    NameCause cause = NameCause::Other;
    QString program;       //!< "tagboat", "tagboat-cli"
    bool isUndone = false; //!< by a later action
};

/*!
 * \brief History of the names on this computer, of all processes, in the journal.
 *
 * Registry tags are not here: see Journal::noteTagMoves(). Used on the journal's thread.
 */
class JournalNames
{
public:
    explicit JournalNames(std::shared_ptr<SqliteFile> file) : m_file(std::move(file)) { }

    //! Gives the moves as they were noted; the oldest of more than KeptMoves are forgotten.
    [[nodiscard]] Result<QList<NameMove>> note(const NameChanges& changes);
    //! Newest first; of all names where none is given.
    [[nodiscard]] Result<QList<NameMove>> moves(const QString& name = {}, int limit = 2000) const;
    //! Those of \a ids that are still known, newest first.
    [[nodiscard]] Result<QList<NameMove>> withIds(const QList<qint64>& ids) const;
    //! What the newest action changed that is neither undone nor itself an undo; only \a name of it where one
    //! is given. Empty where there is none.
    [[nodiscard]] Result<QList<NameMove>> last(const QString& name = {}) const;
    [[nodiscard]] Result<void> markUndone(const QList<qint64>& ids);

    static constexpr int KeptMoves = 20'000;

private:
    [[nodiscard]] Result<QList<NameMove>> read(const QString& condition, const QVariantList& values) const;

    std::shared_ptr<SqliteFile> m_file;
};

} // namespace Tagboat

Q_DECLARE_METATYPE(Tagboat::NameMove)
