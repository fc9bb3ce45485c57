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

Result<std::optional<JournalUploads::Entry>> JournalUploads::entry(const UploadKey& key)
{
    auto rows = m_file->run(u"SELECT location, owner FROM uploads"
                            " WHERE registry = ? AND repository = ? AND digest = ?"_s,
                            {key.registry, key.repository, key.digest.toString()});
    if (!rows)
        return std::unexpected(std::move(rows.error()));
    if (!rows->next())
        return std::optional<Entry>();
    return Entry{QUrl::fromEncoded(rows->value(0).toString().toLatin1()), rows->value(1).toString()};
}

Result<void> JournalUploads::write(const UploadKey& key, const QUrl& location)
{
    const auto noted =
        m_file->run(u"INSERT OR REPLACE INTO uploads (registry, repository, digest, location, owner, noted)"
                    " VALUES (?, ?, ?, ?, ?, ?)"_s,
                    {key.registry, key.repository, key.digest.toString(),
                     location.toString(QUrl::FullyEncoded), m_owner, QDateTime::currentMSecsSinceEpoch()});
    return noted ? Result<void>() : std::unexpected(noted.error());
}

void JournalUploads::note(const UploadKey& key, const QUrl& location)
{
    warnUnless(m_file->transaction([&]() -> Result<void> {
        const auto known = entry(key);
        if (!known)
            return std::unexpected(known.error());
        // Another process sends the same: its session is the one to be found.
        return *known && !isFree((*known)->owner) ? Result<void>() : write(key, location);
    }));
}

std::optional<QUrl> JournalUploads::find(const UploadKey& key)
{
    std::optional<QUrl> found;
    // In one, so that of two processes only one takes over what a third left.
    warnUnless(m_file->transaction([&]() -> Result<void> {
        found.reset();
        const auto known = entry(key);
        if (!known)
            return std::unexpected(known.error());
        if (!*known || !isFree((*known)->owner))
            return {};
        found = (*known)->location;
        return write(key, *found);
    }));
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

std::optional<StaleUpload> JournalUploads::takeStale(const QString& registry, std::chrono::hours age)
{
    std::optional<StaleUpload> stale;
    const qint64 before = QDateTime::currentMSecsSinceEpoch() - std::chrono::milliseconds(age).count();
    warnUnless(m_file->transaction([&]() -> Result<void> {
        stale.reset();
        auto rows = m_file->run(
            u"SELECT rowid, repository, location, owner FROM uploads WHERE registry = ? AND noted < ?"_s,
            {registry, before});
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        qint64 id = -1;
        while (id < 0 && rows->next()) {
            if (!ProcessMark::isGone(m_marks, rows->value(3).toString()))
                continue;
            id = rows->value(0).toLongLong();
            stale = {rows->value(1).toString(), QUrl::fromEncoded(rows->value(2).toString().toLatin1())};
        }
        rows->finish();
        const auto gone = m_file->run(u"DELETE FROM uploads WHERE rowid = ?"_s, {id});
        return gone ? Result<void>() : std::unexpected(gone.error());
    }));
    return stale;
}

} // namespace Tagboat
