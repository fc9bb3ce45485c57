// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/journaluploads.h"

#include "base/logging.h"
#include "transfer/processmark.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Tagboat {

JournalUploads::JournalUploads(std::shared_ptr<SqliteFile> file, QString marks, QString owner)
    : m_file(std::move(file)), m_marks(std::move(marks)), m_owner(std::move(owner))
{ }

void JournalUploads::warnUnless(const Result<void>& done)
{
    if (!done)
        qCWarning(lcTransfer).noquote() << "journal:" << done.error().toString();
}

bool JournalUploads::isFree(const QString& owner) const
{
    return owner == m_owner || ProcessMark::isGone(m_marks, owner);
}

void JournalUploads::note(const UploadKey& key, const QUrl& location)
{
    warnUnless(m_file->guarded([&]() -> Result<void> {
        const auto noted = m_file->run(
            u"INSERT OR REPLACE INTO uploads (registry, repository, digest, location, owner, noted)"
            " VALUES (?, ?, ?, ?, ?, ?)"_s,
            {key.registry, key.repository, key.digest.toString(), location.toString(QUrl::FullyEncoded),
             m_owner, QDateTime::currentMSecsSinceEpoch()});
        return noted ? Result<void>() : std::unexpected(noted.error());
    }));
}

std::optional<QUrl> JournalUploads::find(const UploadKey& key)
{
    std::optional<QUrl> found;
    warnUnless(m_file->guarded([&]() -> Result<void> {
        found.reset();
        auto rows = m_file->run(u"SELECT location, owner FROM uploads"
                                " WHERE registry = ? AND repository = ? AND digest = ?"_s,
                                {key.registry, key.repository, key.digest.toString()});
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        if (rows->next() && isFree(rows->value(1).toString()))
            found = QUrl::fromEncoded(rows->value(0).toString().toLatin1());
        return {};
    }));
    if (found)
        note(key, *found); // ours from now on
    return found;
}

void JournalUploads::forget(const UploadKey& key)
{
    warnUnless(m_file->guarded([&]() -> Result<void> {
        const auto gone = m_file->run(u"DELETE FROM uploads WHERE registry = ? AND repository = ?"
                                      " AND digest = ? AND owner = ?"_s,
                                      {key.registry, key.repository, key.digest.toString(), m_owner});
        return gone ? Result<void>() : std::unexpected(gone.error());
    }));
}

QList<StaleUpload> JournalUploads::takeStale(const QString& registry, std::chrono::hours age)
{
    QList<StaleUpload> stale;
    const qint64 before = QDateTime::currentMSecsSinceEpoch() - std::chrono::milliseconds(age).count();
    warnUnless(m_file->transaction([&]() -> Result<void> {
        stale.clear();
        auto rows = m_file->run(
            u"SELECT rowid, repository, location, owner FROM uploads WHERE registry = ? AND noted < ?"_s,
            {registry, before});
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        QList<qint64> ids;
        while (rows->next()) {
            if (!isFree(rows->value(3).toString()))
                continue;
            ids.append(rows->value(0).toLongLong());
            stale.append(
                {rows->value(1).toString(), QUrl::fromEncoded(rows->value(2).toString().toLatin1())});
        }
        rows->finish();
        for (const qint64 id : std::as_const(ids)) {
            if (const auto gone = m_file->run(u"DELETE FROM uploads WHERE rowid = ?"_s, {id}); !gone)
                return std::unexpected(gone.error());
        }
        return {};
    }));
    return stale;
}

} // namespace Tagboat
