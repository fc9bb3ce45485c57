// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <QVariantList>

#include <functional>
#include <memory>

namespace Tagboat {

/*!
 * \brief One SQLite file in WAL mode with a versioned schema, shared by several processes.
 *
 * A file that is broken is moved aside as `FILE.broken-TIME` and begun anew, when it is opened or whenever a
 * statement finds out. One that a newer Tagboat made is left alone: Unsupported. Used on the thread that
 * opened it.
 */
class SqliteFile
{
public:
    //! \a schema holds, for each version from 1 on, the statements that lead to it, separated by `;`.
    [[nodiscard]] static Result<std::unique_ptr<SqliteFile>> open(const QString& path, QStringList schema);
    ~SqliteFile();
    Q_DISABLE_COPY_MOVE(SqliteFile)

    using Work = std::function<Result<void>()>;
    //! Runs \a work, which calls run(); once more where the file had to be begun anew in between.
    [[nodiscard]] Result<void> guarded(const Work& work);
    //! As guarded(), in one transaction that writes: all or nothing.
    [[nodiscard]] Result<void> transaction(const Work& work);
    //! Runs one statement; the query stands before its first row.
    [[nodiscard]] Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});

private:
    SqliteFile(QString path, QStringList schema);
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<void> migrate();
    [[nodiscard]] Result<void> beginAnew();
    [[nodiscard]] bool isWhole();
    void rollBack();
    [[nodiscard]] Error failure(const QSqlError& error, const QString& doing) const;

    QString m_path;
    QStringList m_schema;
    QString m_connection;
    QSqlDatabase m_database;
};

} // namespace Tagboat
