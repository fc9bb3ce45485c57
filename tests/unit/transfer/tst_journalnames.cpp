// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "transfer/journal.h"
#include "transfer/journalnames.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

const QString Web = u"docker.io/library/web:1"_s;
const QString Db = u"ghcr.io/acme/db:2"_s;

Digest digestOf(int number)
{
    return Digest::ofBytes(QByteArray::number(number));
}

} // namespace

class TestJournalNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void movesAreKeptWithWhatMadeThem()
    {
        {
            const auto journal = open();
            VERIFY_RESULT(journal->names().note({NameCause::Pull, {{Web, {}, digestOf(1)}}}));
            const auto noted = journal->names().note(
                {NameCause::Tag, {{Web, digestOf(1), digestOf(2)}, {Db, {}, digestOf(2)}}});
            VERIFY_RESULT(noted);
            QCOMPARE(noted->size(), 2);
            QCOMPARE(noted->at(0).batch, noted->at(1).batch);
            QVERIFY(noted->at(0).id < noted->at(1).id);
        }
        const auto journal = open(); // another run of the program
        const auto all = journal->names().moves();
        VERIFY_RESULT(all);
        QCOMPARE(all->size(), 3);
        QCOMPARE(all->at(0).name, Db); // the newest first
        QVERIFY(all->at(0).previous.isNull());
        QCOMPARE(all->at(1).previous, digestOf(1));
        QCOMPARE(all->at(1).current, digestOf(2));
        QVERIFY(all->at(1).cause == NameCause::Tag);
        QVERIFY(all->at(2).cause == NameCause::Pull);
        QCOMPARE(all->at(2).program, QCoreApplication::applicationName());
        QVERIFY(all->at(2).when.secsTo(QDateTime::currentDateTimeUtc()) < 60);
        QVERIFY(!all->at(2).isUndone);
        QCOMPARE(journal->names().moves(Web)->size(), 2);
        QCOMPARE(journal->names().moves(Web, 1)->size(), 1);
        QVERIFY(journal->names().moves(u"unknown"_s)->isEmpty());
        QCOMPARE(journal->names().withIds({all->at(0).id, all->at(2).id})->size(), 2);
        QVERIFY(journal->names().withIds({})->isEmpty());
    }

    void theLastActionIsTheOneToUndo()
    {
        const auto journal = open();
        JournalNames& names = journal->names();
        QVERIFY(names.last()->isEmpty());
        VERIFY_RESULT(names.note({NameCause::Tag, {{Web, {}, digestOf(1)}}}));
        VERIFY_RESULT(names.note({NameCause::Remove, {{Web, digestOf(1), {}}, {Db, digestOf(1), {}}}}));
        auto last = names.last();
        QCOMPARE(last->size(), 2);
        QCOMPARE(last->at(0).name, Db);
        QCOMPARE(names.last(Web)->size(), 1);
        QVERIFY(names.last(Web)->first().cause == NameCause::Remove);

        VERIFY_RESULT(names.note({NameCause::Undo, {{Web, {}, digestOf(1)}, {Db, {}, digestOf(1)}}}));
        VERIFY_RESULT(names.markUndone({last->at(0).id, last->at(1).id}));
        QVERIFY(names.moves(Db)->at(1).isUndone);
        last = names.last(); // neither the undo nor what it undid
        QCOMPARE(last->size(), 1);
        QVERIFY(last->first().cause == NameCause::Tag);
        VERIFY_RESULT(names.markUndone({last->first().id}));
        QVERIFY(names.last()->isEmpty());
        QVERIFY(names.last(Web)->isEmpty());
    }

    void tagsOfRegistriesStandApart()
    {
        const auto journal = open();
        VERIFY_RESULT(journal->noteTagMoves({{Web, {}, digestOf(1), QDateTime::currentDateTimeUtc()}}));
        QVERIFY(journal->names().moves()->isEmpty());
        VERIFY_RESULT(journal->names().note({NameCause::Tag, {{Db, {}, digestOf(1)}}}));
        QVERIFY(journal->tagHistory(Db)->isEmpty());
    }

private:
    [[nodiscard]] std::shared_ptr<Journal> open() const
    {
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        return journal ? *journal : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestJournalNames)
#include "tst_journalnames.moc"
