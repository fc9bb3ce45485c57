// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/sqlitefile.h"

#include "base/logging.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlError>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// Result codes of SQLite (sqlite.org/rescode.html); the low byte of an extended code.
enum SqliteCode {
    SqliteBusy = 5,
    SqliteLocked = 6,
    SqliteCorrupt = 11,
    SqliteFull = 13,
    SqliteNotADatabase = 26,
};

Error::Code codeOf(const QSqlError& error)
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case SqliteBusy:
    case SqliteLocked:
        return Error::Code::Conflict;
    case SqliteCorrupt:
    case SqliteNotADatabase:
        return Error::Code::Corrupt;
    case SqliteFull:
        return Error::Code::DiskFull;
    default:
        return Error::Code::Io;
    }
}

} // namespace

SqliteFile::SqliteFile(QString path, QStringList schema)
    : m_path(std::move(path)), m_schema(std::move(schema)),
      m_connection(u"tagboat-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{ }

SqliteFile::~SqliteFile()
{
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<SqliteFile>> SqliteFile::open(const QString& path, QStringList schema)
{
    const QFileInfo info(path);
    if (!QDir().mkpath(info.absolutePath())) {
        return fail(Error::make(Error::Code::Io, info.absolutePath(), u"the folder cannot be made"_s)
                        .during(u"open journal"_s));
    }
    std::unique_ptr<SqliteFile> file(new SqliteFile(info.absoluteFilePath(), std::move(schema)));
    Result<void> opened = file->connect();
    if (!opened && opened.error().code == Error::Code::Corrupt)
        opened = file->beginAnew();
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    return file;
}

Result<void> SqliteFile::connect()
{
    m_database = {};
    if (QSqlDatabase::contains(m_connection))
        QSqlDatabase::removeDatabase(m_connection);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    if (!m_database.isValid()) {
        return fail(Error::Code::Unsupported, m_path,
                    u"the SQLite driver of Qt (libqt6sql6-sqlite) is not installed"_s);
    }
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!m_database.open())
        return fail(failure(m_database.lastError(), u"open journal"_s));
    return prepare();
}

Result<void> SqliteFile::prepare()
{
    // Not secret, but nobody else's business.
    QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    // A file system that cannot do WAL keeps the old journal mode and works all the same.
    for (const auto& pragma : {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=NORMAL"_s}) {
        const auto set = run(pragma);
        if (!set && set.error().code == Error::Code::Corrupt)
            return std::unexpected(set.error());
    }
    return migrate();
}

Result<void> SqliteFile::migrate()
{
    const auto version = [this]() -> Result<int> {
        auto query = run(u"PRAGMA user_version"_s);
        if (!query)
            return std::unexpected(std::move(query.error()));
        return query->next() ? query->value(0).toInt() : 0;
    };
    auto found = version();
    if (!found)
        return std::unexpected(std::move(found.error()));
    if (*found > m_schema.size()) {
        return fail(
            Error::make(Error::Code::Unsupported, m_path, u"it was made by a newer version of Tagboat"_s)
                .during(u"open journal"_s));
    }
    // Reads the schema itself, which version 0 of a foreign file and a torn first page do not survive.
    if (auto tables = run(u"SELECT count(*) FROM sqlite_master"_s); !tables)
        return std::unexpected(std::move(tables.error()));
    if (*found == m_schema.size())
        return {};

    if (auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return std::unexpected(std::move(begun.error()));
    const auto steps = [this, &version]() -> Result<void> {
        const auto now = version(); // another process may have been quicker
        if (!now)
            return std::unexpected(now.error());
        for (qsizetype i = *now; i < m_schema.size(); ++i) {
            const QStringList statements = m_schema[i].split(u';', Qt::SkipEmptyParts);
            for (const QString& statement : statements) {
                if (statement.trimmed().isEmpty())
                    continue;
                if (auto done = run(statement); !done)
                    return std::unexpected(std::move(done.error()));
            }
        }
        if (auto set = run(u"PRAGMA user_version=%1"_s.arg(m_schema.size())); !set)
            return std::unexpected(std::move(set.error()));
        return {};
    };
    auto migrated = steps();
    if (migrated) {
        if (auto committed = run(u"COMMIT"_s); !committed)
            migrated = std::unexpected(std::move(committed.error()));
    }
    if (!migrated)
        rollBack();
    return migrated;
}

bool SqliteFile::isWhole()
{
    // Reads every page: only for a file that has given offence.
    auto check = run(u"PRAGMA quick_check(1)"_s);
    return check && check->next() && check->value(0).toString() == "ok"_L1;
}

Result<void> SqliteFile::beginAnew()
{
    m_database.close();
    // Two processes may find the damage at once; the second must not move the new file away.
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(5000))
        return fail(Error::Code::Io, m_path, u"it is broken and another program is mending it"_s);
    auto again = connect();
    if (again && isWhole())
        return {};
    if (!again && again.error().code != Error::Code::Corrupt)
        return again;
    m_database.close();

    const QString aside =
        m_path + u".broken-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    qCWarning(lcTransfer).noquote() << m_path << "is broken; it is kept as" << aside;
    if (!QFile::rename(m_path, aside))
        return fail(Error::Code::Io, m_path, u"it is broken and cannot be moved aside"_s);
    // A log that belongs to the old file would be replayed into the new one.
    for (const auto& suffix : {u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(m_path + suffix) && !QFile::rename(m_path + suffix, aside + suffix))
            return fail(Error::Code::Io, m_path + suffix, u"it is broken and cannot be moved aside"_s);
    }
    return connect();
}

Error SqliteFile::failure(const QSqlError& error, const QString& doing) const
{
    return Error::make(codeOf(error), m_path, error.databaseText()).during(doing);
}

Result<QSqlQuery> SqliteFile::run(const QString& sql, const QVariantList& values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return fail(failure(query.lastError(), u"use journal"_s));
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return fail(failure(query.lastError(), u"use journal"_s));
    return query;
}

//! What is left undone here is undone by SQLite when the file is next opened.
void SqliteFile::rollBack()
{
    if (const auto undone = run(u"ROLLBACK"_s); !undone)
        qCDebug(lcTransfer).noquote() << undone.error().toString();
}

Result<void> SqliteFile::guarded(const Work& work)
{
    Result<void> done = work();
    if (done || done.error().code != Error::Code::Corrupt)
        return done;
    if (auto anew = beginAnew(); !anew)
        return anew;
    return work();
}

Result<void> SqliteFile::transaction(const Work& work)
{
    return guarded([this, &work]() -> Result<void> {
        // IMMEDIATE: a transaction that starts by reading could not be made a writer while another one
        // writes.
        if (auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
            return std::unexpected(std::move(begun.error()));
        Result<void> done = work();
        if (done) {
            if (auto committed = run(u"COMMIT"_s); !committed)
                done = std::unexpected(std::move(committed.error()));
        }
        if (!done)
            rollBack();
        return done;
    });
}

} // namespace Tagboat
