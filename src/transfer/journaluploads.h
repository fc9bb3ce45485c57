// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/uploadledger.h"
#include "transfer/sqlitefile.h"

#include <chrono>

namespace Tagboat {

//! An upload that was left behind, taken out of the journal to be cancelled at its registry.
struct StaleUpload
{
    QString repository;
    QUrl location;
};

/*!
 * \brief The upload sessions of all processes, in the journal.
 *
 * A session belongs to the process that noted it while that lives, so that two processes never feed the same
 * one. Its Location is no password, but whoever has it may add to that upload; the file is readable for its
 * owner only.
 */
class JournalUploads : public UploadLedger
{
public:
    //! \a marks and \a owner as in the journal: who lives.
    JournalUploads(std::shared_ptr<SqliteFile> file, QString marks, QString owner);

    void note(const UploadKey& key, const QUrl& location) override;
    [[nodiscard]] std::optional<QUrl> find(const UploadKey& key) override;
    void forget(const UploadKey& key) override;

    //! One that a process that is gone left behind at \a registry for longer than \a age; it is forgotten
    //! here.
    [[nodiscard]] std::optional<StaleUpload> takeStale(const QString& registry, std::chrono::hours age);

private:
    struct Entry
    {
        QUrl location;
        QString owner;
    };
    [[nodiscard]] Result<std::optional<Entry>> entry(const UploadKey& key);
    [[nodiscard]] Result<void> write(const UploadKey& key, const QUrl& location);
    [[nodiscard]] bool isFree(const QString& owner) const;
    static void warnUnless(const Result<void>& done);

    std::shared_ptr<SqliteFile> m_file;
    QString m_marks;
    QString m_owner;
};

} // namespace Tagboat
