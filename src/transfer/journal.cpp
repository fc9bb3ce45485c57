// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/journal.h"

#include "transfer/jobjson.h"
#include "transfer/journalnames.h"
#include "transfer/journaluploads.h"
#include "transfer/processmark.h"
#include "transfer/sqlitefile.h"

#include <QJsonDocument>
#include <QTimeZone>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// How many finished transfers are remembered.
constexpr int KeptJobs = 500;
// SQLite takes at least this many bound values in a statement.
constexpr qsizetype MaxBound = 500;

QStringList schema()
{
    return {
        // 1
        u"CREATE TABLE jobs (id TEXT PRIMARY KEY, active INTEGER NOT NULL, owner TEXT NOT NULL,"
        " queued INTEGER NOT NULL, data BLOB NOT NULL);"
        "CREATE INDEX jobs_by_time ON jobs (active, queued);"
        "CREATE TABLE tag_moves (id INTEGER PRIMARY KEY, name TEXT NOT NULL, previous TEXT NOT NULL,"
        " current TEXT NOT NULL, at INTEGER NOT NULL);"
        "CREATE INDEX tag_moves_by_name ON tag_moves (name, id);"
        "CREATE TABLE blobs (registry TEXT NOT NULL, digest TEXT NOT NULL, repository TEXT NOT NULL,"
        " seen INTEGER NOT NULL, PRIMARY KEY (registry, digest, repository)) WITHOUT ROWID;"
        "CREATE TABLE compressed (diff_id TEXT NOT NULL, digest TEXT NOT NULL, media_type TEXT NOT NULL,"
        " size INTEGER NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (diff_id, digest)) WITHOUT ROWID"_s,
        // 2
        u"CREATE TABLE uploads (registry TEXT NOT NULL, repository TEXT NOT NULL, digest TEXT NOT NULL,"
        " location TEXT NOT NULL, owner TEXT NOT NULL, noted INTEGER NOT NULL,"
        " PRIMARY KEY (registry, repository, digest))"_s,
        // 3
        u"CREATE TABLE name_moves (id INTEGER PRIMARY KEY AUTOINCREMENT, batch TEXT NOT NULL,"
        " name TEXT NOT NULL, previous TEXT NOT NULL, current TEXT NOT NULL, at INTEGER NOT NULL,"
        " cause TEXT NOT NULL, program TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);"
        "CREATE INDEX name_moves_by_name ON name_moves (name, id)"_s,
    };
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

Digest digestOf(const QVariant& value)
{
    return Digest::parse(value.toString()).value_or(Digest());
}

// An empty QString is bound as NULL where it is a null one.
QString text(const QString& string)
{
    return string.isNull() ? u""_s : string;
}

} // namespace

struct Journal::Private
{
    std::shared_ptr<SqliteFile> file;
    std::shared_ptr<JournalUploads> uploads;
    std::unique_ptr<JournalNames> names;
    QString marks; //!< folder of the process marks
    QString owner; //!< this process
    std::unique_ptr<ProcessMark> mark;

    [[nodiscard]] Result<void> pruneJobs() const
    {
        const auto pruned =
            file->run(u"DELETE FROM jobs WHERE active = 0 AND id NOT IN"
                      " (SELECT id FROM jobs WHERE active = 0 ORDER BY queued DESC LIMIT ?)"_s,
                      {KeptJobs});
        return pruned ? Result<void>() : std::unexpected(pruned.error());
    }
};

Journal::Journal(std::unique_ptr<Private> priv) : d(std::move(priv)) { }

Journal::~Journal() = default;

Result<std::shared_ptr<Journal>> Journal::open(const QString& file)
{
    auto opened = SqliteFile::open(file, schema());
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    auto priv = std::make_unique<Private>();
    priv->file = std::move(*opened);
    priv->marks = file + u".processes"_s;
    priv->owner = QUuid::createUuid().toString(QUuid::WithoutBraces);
    ProcessMark::sweep(priv->marks);
    auto mark = ProcessMark::make(priv->marks, priv->owner);
    if (!mark)
        return std::unexpected(std::move(mark.error()).during(u"open journal"_s));
    priv->mark = std::move(*mark);
    priv->uploads = std::make_shared<JournalUploads>(priv->file, priv->marks, priv->owner);
    priv->names = std::make_unique<JournalNames>(priv->file);
    return std::shared_ptr<Journal>(new Journal(std::move(priv)));
}

Result<void> Journal::saveJob(const JobSnapshot& job)
{
    const QByteArray data = QJsonDocument(toJson(job)).toJson(QJsonDocument::Compact);
    const qint64 queued = job.queuedAt.isValid() ? job.queuedAt.toMSecsSinceEpoch() : now();
    return d->file->transaction([&]() -> Result<void> {
        const auto saved =
            d->file->run(u"INSERT INTO jobs (id, active, owner, queued, data) VALUES (?, ?, ?, ?, ?)"
                         " ON CONFLICT (id) DO UPDATE SET active = excluded.active, owner = excluded.owner,"
                         " queued = excluded.queued, data = excluded.data"_s,
                         {job.id, job.isActive() ? 1 : 0, d->owner, queued, data});
        if (!saved)
            return std::unexpected(saved.error());
        return job.isActive() ? Result<void>() : d->pruneJobs();
    });
}

Result<void> Journal::removeFinishedJobs()
{
    return d->file->transaction([this]() -> Result<void> {
        // Jobs that died with their process are finished, too.
        auto active = d->file->run(u"SELECT id, owner FROM jobs WHERE active = 1"_s);
        if (!active)
            return std::unexpected(std::move(active.error()));
        QStringList dead;
        while (active->next()) {
            const QString owner = active->value(1).toString();
            if (owner != d->owner && ProcessMark::isGone(d->marks, owner))
                dead.append(active->value(0).toString());
        }
        active->finish();
        for (const QString& id : std::as_const(dead)) {
            if (const auto gone = d->file->run(u"DELETE FROM jobs WHERE id = ?"_s, {id}); !gone)
                return std::unexpected(gone.error());
        }
        const auto removed = d->file->run(u"DELETE FROM jobs WHERE active = 0"_s);
        return removed ? Result<void>() : std::unexpected(removed.error());
    });
}

Result<QList<JobSnapshot>> Journal::jobs(int limit) const
{
    QList<JobSnapshot> jobs;
    const auto read = d->file->guarded([&]() -> Result<void> {
        jobs.clear();
        auto rows = d->file->run(
            u"SELECT active, owner, data FROM jobs ORDER BY queued DESC, rowid DESC LIMIT ?"_s, {limit});
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        while (rows->next()) {
            JobSnapshot job = jobFromJson(QJsonDocument::fromJson(rows->value(2).toByteArray()).object());
            const QString owner = rows->value(1).toString();
            if (job.isActive() && owner != d->owner && ProcessMark::isGone(d->marks, owner))
                job.interrupt();
            jobs.append(std::move(job));
        }
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    return jobs;
}

Result<void> Journal::noteTagMoves(const QList<TagMove>& moves)
{
    return d->file->transaction([&]() -> Result<void> {
        for (const TagMove& move : moves) {
            const qint64 when = move.when.isValid() ? move.when.toMSecsSinceEpoch() : now();
            const auto noted = d->file->run(
                u"INSERT INTO tag_moves (name, previous, current, at) VALUES (?, ?, ?, ?)"_s,
                {move.name, text(move.previous.toString()), text(move.current.toString()), when});
            if (!noted)
                return std::unexpected(noted.error());
        }
        return {};
    });
}

Result<QList<TagMove>> Journal::tagHistory(const QString& name, int limit) const
{
    QList<TagMove> moves;
    const auto read = d->file->guarded([&]() -> Result<void> {
        moves.clear();
        auto rows = d->file->run(
            u"SELECT previous, current, at FROM tag_moves WHERE name = ? ORDER BY id DESC LIMIT ?"_s,
            {name, limit});
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        while (rows->next()) {
            moves.append({name, digestOf(rows->value(0)), digestOf(rows->value(1)),
                          QDateTime::fromMSecsSinceEpoch(rows->value(2).toLongLong(), QTimeZone::UTC)});
        }
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    return moves;
}

Result<void> Journal::noteBlobs(const QString& registry, const QString& repository,
                                const QList<Digest>& blobs)
{
    return d->file->transaction([&]() -> Result<void> {
        for (const Digest& digest : blobs) {
            const auto noted =
                d->file->run(u"INSERT OR REPLACE INTO blobs (registry, digest, repository, seen)"
                             " VALUES (?, ?, ?, ?)"_s,
                             {registry, digest.toString(), repository, now()});
            if (!noted)
                return std::unexpected(noted.error());
        }
        return {};
    });
}

Result<QHash<Digest, QStringList>> Journal::knownAt(const QString& registry, const QList<Digest>& blobs) const
{
    QHash<Digest, QStringList> known;
    const auto read = d->file->guarded([&]() -> Result<void> {
        known.clear();
        for (qsizetype begin = 0; begin < blobs.size(); begin += MaxBound) {
            const QList<Digest> some = blobs.mid(begin, MaxBound);
            QVariantList values{registry};
            for (const Digest& digest : some)
                values.append(digest.toString());
            const QString marks = QStringList(some.size(), u"?"_s).join(u',');
            auto rows =
                d->file->run(u"SELECT digest, repository FROM blobs WHERE registry = ? AND digest IN (%1)"
                             " ORDER BY seen DESC, repository"_s.arg(marks),
                             values);
            if (!rows)
                return std::unexpected(std::move(rows.error()));
            while (rows->next())
                known[digestOf(rows->value(0))].append(rows->value(1).toString());
        }
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    return known;
}

std::shared_ptr<JournalUploads> Journal::uploads() const
{
    return d->uploads;
}

JournalNames& Journal::names() const
{
    return *d->names;
}

Result<void> Journal::noteDiffId(const Digest& diffId, const Descriptor& compressed)
{
    return d->file->transaction([&]() -> Result<void> {
        const auto noted = d->file->run(
            u"INSERT OR REPLACE INTO compressed (diff_id, digest, media_type, size, seen) VALUES (?, ?, ?, ?, ?)"_s,
            {diffId.toString(), compressed.digest.toString(), text(compressed.mediaType), compressed.size,
             now()});
        return noted ? Result<void>() : std::unexpected(noted.error());
    });
}

Result<QList<Descriptor>> Journal::compressedOf(const Digest& diffId) const
{
    QList<Descriptor> found;
    const auto read = d->file->guarded([&]() -> Result<void> {
        found.clear();
        auto rows = d->file->run(
            u"SELECT digest, media_type, size FROM compressed WHERE diff_id = ? ORDER BY seen DESC, digest"_s,
            {diffId.toString()});
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        while (rows->next()) {
            Descriptor descriptor;
            descriptor.digest = digestOf(rows->value(0));
            descriptor.mediaType = rows->value(1).toString();
            descriptor.size = rows->value(2).toLongLong();
            found.append(std::move(descriptor));
        }
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    return found;
}

} // namespace Tagboat
