// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "transfer/journal.h"
#include "transfer/journaluploads.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

const QUrl Location = QUrl::fromEncoded("https://r.test/v2/a/b/blobs/uploads/1?_state=x%2Fy%2Bz%3D%3D&u=~");

UploadKey keyOf(int number)
{
    return {u"r.test"_s, u"a/b"_s, Digest::ofBytes(QByteArray::number(number))};
}

} // namespace

//! Upload sessions that outlive the process that opened them.
class TestJournalUploads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aSessionOutlivesItsProcess()
    {
        open()->uploads()->note(keyOf(1), Location);
        const auto journal = open();
        const auto found = journal->uploads()->find(keyOf(1));
        QVERIFY(found);
        QCOMPARE(found->toEncoded(), Location.toEncoded()); // to the byte: it may be signed
        QVERIFY(!journal->uploads()->find(keyOf(2)));
        UploadKey elsewhere = keyOf(1);
        elsewhere.repository = u"a/c"_s;
        QVERIFY(!journal->uploads()->find(elsewhere));
        journal->uploads()->forget(keyOf(1));
        QVERIFY(!open()->uploads()->find(keyOf(1)));
    }

    void whatAnotherProcessWorksOnIsItsOwn()
    {
        const auto one = open();
        const auto two = open();
        one->uploads()->note(keyOf(1), Location);
        QVERIFY(one->uploads()->find(keyOf(1)));
        QVERIFY(!two->uploads()->find(keyOf(1)));
        two->uploads()->note(keyOf(1), QUrl(u"https://r.test/2"_s)); // sends the same beside it
        two->uploads()->forget(keyOf(1));                            // not its own
        QCOMPARE(*one->uploads()->find(keyOf(1)), Location);
    }

    void theNewestLocationCounts()
    {
        const auto journal = open();
        journal->uploads()->note(keyOf(1), Location);
        journal->uploads()->note(keyOf(1), QUrl(u"https://r.test/2"_s));
        QCOMPARE(*journal->uploads()->find(keyOf(1)), QUrl(u"https://r.test/2"_s));
    }

    void onlyWhatWasLeftForLongIsStale()
    {
        open()->uploads()->note(keyOf(1), Location);
        open()->uploads()->note(keyOf(2), Location);
        age(keyOf(1), std::chrono::hours(80));
        const auto journal = open();
        QVERIFY(!journal->uploads()->takeStale(u"other.test"_s, std::chrono::hours(72)));
        const auto stale = journal->uploads()->takeStale(u"r.test"_s, std::chrono::hours(72));
        QVERIFY(stale);
        QCOMPARE(stale->repository, u"a/b"_s);
        QCOMPARE(stale->location.toEncoded(), Location.toEncoded());
        QVERIFY(!journal->uploads()->find(keyOf(1)));
        QVERIFY(journal->uploads()->find(keyOf(2)));
        QVERIFY(!journal->uploads()->takeStale(u"r.test"_s, std::chrono::hours(72)));
        age(keyOf(2),
            std::chrono::hours(80)); // of a job that has been paused for long in a process that lives
        QVERIFY(!journal->uploads()->takeStale(u"r.test"_s, std::chrono::hours(72)));
    }

private:
    [[nodiscard]] std::shared_ptr<Journal> open() const
    {
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        if (!journal)
            qFatal("%s", qPrintable(journal.error().toString()));
        return std::move(*journal);
    }

    void age(const UploadKey& key, std::chrono::milliseconds by) const
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tst"_s);
            database.setDatabaseName(m_folder->filePath(u"tagboat.db"_s));
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(query.exec(u"UPDATE uploads SET noted = noted - %1 WHERE digest = '%2'"_s.arg(by.count())
                                   .arg(key.digest.toString())));
            QCOMPARE(query.numRowsAffected(), 1);
        }
        QSqlDatabase::removeDatabase(u"tst"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestJournalUploads)
#include "tst_journaluploads.moc"
