// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "transfer/journal.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

Digest digestOf(int number)
{
    return Digest::ofBytes(QByteArray::number(number));
}

JobSnapshot sampleJob(const QString& id, JobState state, qint64 queued = 1'700'000'000'000)
{
    JobSnapshot job;
    job.id = id;
    job.kind = JobKind::Push;
    job.state = state;
    job.image = u"alice/ui:"_s + id;
    job.queuedAt = QDateTime::fromMSecsSinceEpoch(queued, QTimeZone::UTC);
    JobLayer layer;
    layer.digest = digestOf(1);
    layer.size = 1000;
    layer.bytesDone = 500;
    layer.state = BlobState::Running;
    layer.step = u"RUN make"_s;
    job.layers = {layer};
    return job;
}

bool execute(const QString& file, const QString& sql)
{
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tst"_s);
        database.setDatabaseName(file);
        done = database.open() && QSqlQuery(database).exec(sql);
    }
    QSqlDatabase::removeDatabase(u"tst"_s);
    return done;
}

QStringList brokenFiles(const QString& folder)
{
    QStringList files = QDir(folder).entryList({u"tagboat.db.broken-*"_s}, QDir::Files);
    files.removeIf([](const QString& file) { return file.endsWith("-wal"_L1) || file.endsWith("-shm"_L1); });
    return files;
}

bool writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

//! What the test program does when it runs as a second process: "write FILE COUNT NAME" or "hold FILE NAME".
int childMain(const QStringList& arguments)
{
    const auto journal = Journal::open(arguments.value(3));
    if (!journal) {
        std::fprintf(stderr, "%s\n", qPrintable(journal.error().toString()));
        return 1;
    }
    if (arguments.value(2) == "write"_L1) {
        for (int i = 0; i < arguments.value(4).toInt(); ++i) {
            const QString id = u"%1-%2"_s.arg(arguments.value(5)).arg(i);
            const auto saved = (*journal)->saveJob(sampleJob(id, JobState::Done));
            const auto noted = (*journal)->noteBlobs(u"localhost:5000"_s, id, {digestOf(1), digestOf(2)});
            if (!saved || !noted) {
                std::fprintf(stderr, "%s\n", qPrintable((saved ? noted : saved).error().toString()));
                return 1;
            }
        }
        return 0;
    }
    if (!(*journal)->saveJob(sampleJob(arguments.value(4), JobState::Running)))
        return 1;
    std::puts("holding");
    std::fflush(stdout);
    std::getchar(); // until the parent closes the pipe, or kills
    return 0;
}

} // namespace

class tst_Journal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_file = m_folder->filePath(u"tagboat.db"_s);
    }

    void jobsComeBackAsTheyWereSavedNewestFirst()
    {
        {
            const auto journal = open();
            VERIFY_RESULT(journal->saveJob(sampleJob(u"old"_s, JobState::Done, 1000)));
            VERIFY_RESULT(journal->saveJob(sampleJob(u"new"_s, JobState::Failed, 3000)));
            VERIFY_RESULT(journal->saveJob(sampleJob(u"middle"_s, JobState::Cancelled, 2000)));
        }
        const auto jobs = open()->jobs();
        VERIFY_RESULT(jobs);
        QCOMPARE(idsOf(*jobs), (QStringList{u"new"_s, u"middle"_s, u"old"_s}));
        QVERIFY(jobs->at(0).state == JobState::Failed);
        QCOMPARE(jobs->at(0).layers.size(), 1);
        QCOMPARE(jobs->at(0).layers.at(0).step, u"RUN make"_s);
        QCOMPARE(idsOf(*open()->jobs(2)), (QStringList{u"new"_s, u"middle"_s}));
    }

    void savingAgainReplaces()
    {
        const auto journal = open();
        VERIFY_RESULT(journal->saveJob(sampleJob(u"one"_s, JobState::Running)));
        VERIFY_RESULT(journal->saveJob(sampleJob(u"one"_s, JobState::Done)));
        const auto jobs = journal->jobs();
        QCOMPARE(jobs->size(), 1);
        QVERIFY(jobs->at(0).state == JobState::Done);
    }

    void theNumberOfFinishedJobsIsBounded()
    {
        const auto journal = open();
        VERIFY_RESULT(journal->saveJob(sampleJob(u"active"_s, JobState::Running, 1)));
        for (int i = 0; i < 510; ++i)
            VERIFY_RESULT(journal->saveJob(sampleJob(QString::number(i), JobState::Done, 1000 + i)));
        const auto jobs = journal->jobs(10'000);
        QCOMPARE(jobs->size(), 501);
        QCOMPARE(jobs->constFirst().id, u"509"_s);
        QCOMPARE(jobs->constLast().id, u"active"_s);
    }

    void clearingKeepsWhatStillRuns()
    {
        const auto journal = open();
        VERIFY_RESULT(journal->saveJob(sampleJob(u"done"_s, JobState::Done)));
        VERIFY_RESULT(journal->saveJob(sampleJob(u"running"_s, JobState::Running)));
        VERIFY_RESULT(journal->removeFinishedJobs());
        QCOMPARE(idsOf(*journal->jobs()), QStringList{u"running"_s});
    }

    void aTagsHistoryIsKept()
    {
        const QString name = u"localhost:5000/gallery/ui:v1"_s;
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);
        {
            const auto journal = open();
            VERIFY_RESULT(journal->noteTagMoves({{name, {}, digestOf(1), when}}));
            VERIFY_RESULT(journal->noteTagMoves({{name, digestOf(1), digestOf(2), when.addSecs(1)},
                                                 {u"other:latest"_s, {}, digestOf(9), when}}));
            VERIFY_RESULT(journal->noteTagMoves({{name, digestOf(2), {}, when.addSecs(2)}}));
        }
        const auto moves = open()->tagHistory(name);
        VERIFY_RESULT(moves);
        QCOMPARE(moves->size(), 3);
        QVERIFY(moves->at(0).current.isNull());
        QCOMPARE(moves->at(0).previous, digestOf(2));
        QCOMPARE(moves->at(1).current, digestOf(2));
        QVERIFY(moves->at(2).previous.isNull());
        QCOMPARE(moves->at(2).when, when);
        QCOMPARE(open()->tagHistory(name, 1)->size(), 1);
        QVERIFY(open()->tagHistory(u"unknown"_s)->isEmpty());
    }

    void whereBlobsAreIsKnownPerRegistry()
    {
        const auto journal = open();
        VERIFY_RESULT(journal->noteBlobs(u"localhost:5000"_s, u"gallery/ui"_s, {digestOf(1), digestOf(2)}));
        VERIFY_RESULT(journal->noteBlobs(u"localhost:5000"_s, u"gallery/db"_s, {digestOf(1)}));
        VERIFY_RESULT(journal->noteBlobs(u"localhost:5000"_s, u"gallery/db"_s, {digestOf(1)}));
        VERIFY_RESULT(journal->noteBlobs(u"ghcr.io"_s, u"elsewhere"_s, {digestOf(1)}));
        const auto known = journal->knownAt(u"localhost:5000"_s, {digestOf(1), digestOf(2), digestOf(3)});
        VERIFY_RESULT(known);
        QCOMPARE(known->size(), 2);
        QStringList repositories = known->value(digestOf(1));
        repositories.sort();
        QCOMPARE(repositories, (QStringList{u"gallery/db"_s, u"gallery/ui"_s}));
        QCOMPARE(known->value(digestOf(2)), QStringList{u"gallery/ui"_s});
        QVERIFY(journal->knownAt(u"localhost:5000"_s, {})->isEmpty());
    }

    void thousandsOfBlobsCanBeAskedForAtOnce()
    {
        QList<Digest> digests;
        for (int i = 0; i < 3000; ++i)
            digests.append(digestOf(i));
        const auto journal = open();
        VERIFY_RESULT(journal->noteBlobs(u"r"_s, u"a"_s, digests));
        QCOMPARE(journal->knownAt(u"r"_s, digests)->size(), 3000);
    }

    void whatALayerWasCompressedToIsKept()
    {
        Descriptor compressed;
        compressed.digest = digestOf(7);
        compressed.size = 1234;
        compressed.mediaType = u"application/vnd.oci.image.layer.v1.tar+gzip"_s;
        VERIFY_RESULT(open()->noteDiffId(digestOf(6), compressed));
        const auto found = open()->compressedOf(digestOf(6));
        VERIFY_RESULT(found);
        QCOMPARE(found->size(), 1);
        QVERIFY(found->at(0) == compressed);
        QVERIFY(open()->compressedOf(digestOf(7))->isEmpty());
    }

    void aBrokenFileIsMovedAsideAndBegunAnew_data()
    {
        QTest::addColumn<bool>("isTorn");
        QTest::newRow("not a database") << false;
        QTest::newRow("torn") << true;
    }

    void aBrokenFileIsMovedAsideAndBegunAnew()
    {
        QFETCH(const bool, isTorn);
        QByteArray bytes("this is no database, and it is longer than the header of one would be, by far; "
                         "so nobody may take it for an empty one");
        if (isTorn) {
            VERIFY_RESULT(open()->saveJob(sampleJob(u"lost"_s, JobState::Done)));
            QFile file(m_file);
            QVERIFY(file.open(QIODevice::ReadOnly));
            bytes = file.readAll();
            bytes.replace(100, 3000, QByteArray(3000, '\xff'));
            bytes.truncate(bytes.size() / 2);
        }
        QVERIFY(writeFile(m_file, bytes));
        const auto journal = open();
        QVERIFY(journal->jobs()->isEmpty());
        VERIFY_RESULT(journal->saveJob(sampleJob(u"one"_s, JobState::Done)));
        QCOMPARE(journal->jobs()->size(), 1);
        const QStringList aside = brokenFiles(m_folder->path());
        QCOMPARE(aside.size(), 1);
        QFile kept(m_folder->filePath(aside.constFirst()));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), bytes);
    }

    void damageThatShowsLaterIsMendedToo()
    {
        const auto journal = open();
        for (int i = 0; i < 100; ++i)
            VERIFY_RESULT(journal->saveJob(sampleJob(QString::number(i), JobState::Done, i)));
        QVERIFY(execute(m_file, u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 8192);
        QVERIFY(file.seek(4096)); // the schema on page 1 stays whole
        file.write(QByteArray(static_cast<qsizetype>(file.size() - 4096), '\xff'));
        file.close();
        VERIFY_RESULT(open()->saveJob(sampleJob(u"one"_s, JobState::Done)));
        QCOMPARE(idsOf(*open()->jobs()), QStringList{u"one"_s});
        QCOMPARE(brokenFiles(m_folder->path()).size(), 1);
    }

    void aFileOfANewerTagboatIsLeftAlone()
    {
        VERIFY_RESULT(open()->saveJob(sampleJob(u"one"_s, JobState::Done)));
        QVERIFY(execute(m_file, u"PRAGMA user_version=999"_s));
        COMPARE_ERROR(Journal::open(m_file), Error::Code::Unsupported);
        QVERIFY(brokenFiles(m_folder->path()).isEmpty());
        QVERIFY(execute(m_file, u"PRAGMA user_version=3"_s));
        QCOMPARE(open()->jobs()->size(), 1);
    }

    void aFolderThatIsAFileIsAClearError()
    {
        QVERIFY(writeFile(m_folder->filePath(u"data"_s), "x"));
        const auto journal = Journal::open(m_folder->filePath(u"data/tagboat.db"_s));
        COMPARE_ERROR(journal, Error::Code::Io);
        QVERIFY(journal.error().subject.contains("data"_L1));
    }

    void othersMayNotReadIt()
    {
        const auto journal = open();
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFile::permissions(m_file) & others));
    }

    void twoProcessesWriteAtOnceAndNothingIsLost()
    {
        const auto journal = open();
        QProcess one, two;
        startChild(one, {u"write"_s, m_file, u"100"_s, u"one"_s});
        startChild(two, {u"write"_s, m_file, u"100"_s, u"two"_s});
        for (int i = 0; i < 100; ++i)
            VERIFY_RESULT(journal->saveJob(sampleJob(u"here-%1"_s.arg(i), JobState::Done)));
        for (QProcess* child : {&one, &two}) {
            QVERIFY(child->waitForFinished(60'000));
            QVERIFY2(child->exitCode() == 0, child->readAllStandardError().constData());
        }
        QCOMPARE(journal->jobs(1000)->size(), 300);
        QCOMPARE(journal->knownAt(u"localhost:5000"_s, {digestOf(1)})->value(digestOf(1)).size(), 200);
    }

    void aJobOfAProcessThatWasKilledComesAsInterrupted()
    {
        QProcess child;
        startChild(child, {u"hold"_s, m_file, u"one"_s});
        QVERIFY(child.waitForReadyRead(60'000));
        const auto journal = open();
        QVERIFY(journal->jobs()->at(0).state == JobState::Running);
        VERIFY_RESULT(journal->removeFinishedJobs());
        QCOMPARE(journal->jobs()->size(), 1);

        child.kill();
        QVERIFY(child.waitForFinished(60'000));
        const auto jobs = journal->jobs();
        QVERIFY(jobs->at(0).state == JobState::Interrupted);
        QCOMPARE(jobs->at(0).layers.at(0).bytesDone, 500);
        QVERIFY(open()->jobs()->at(0).state == JobState::Interrupted);
        VERIFY_RESULT(journal->removeFinishedJobs());
        QVERIFY(journal->jobs()->isEmpty());
    }

    void aProcessThatEndedWithoutAWordLeavesInterruptedJobs()
    {
        JobSnapshot job = sampleJob(u"one"_s, JobState::Preparing);
        job.targets.resize(2);
        job.targets[0].state = JobState::Done;
        job.targets[1].state = JobState::Running;
        VERIFY_RESULT(open()->saveJob(job));
        QVERIFY(open()->jobs()->at(0).state == JobState::Interrupted);
        QVERIFY(open()->jobs()->at(0).targets.at(0).state == JobState::Done);
        QVERIFY(open()->jobs()->at(0).targets.at(1).state == JobState::Interrupted);
    }

    void marksOfDeadProcessesAreSweptAway()
    {
        QProcess child;
        startChild(child, {u"hold"_s, m_file, u"one"_s});
        QVERIFY(child.waitForReadyRead(60'000));
        child.kill();
        QVERIFY(child.waitForFinished(60'000));
        const QDir marks(m_file + u".processes"_s);
        QCOMPARE(marks.entryList(QDir::Files).size(), 1);
        {
            const auto journal = open();
            QCOMPARE(marks.entryList(QDir::Files).size(), 1);
        }
        QVERIFY(marks.entryList(QDir::Files).isEmpty());
    }

private:
    std::shared_ptr<Journal> open() const
    {
        auto journal = Journal::open(m_file);
        if (!journal) {
            qCritical("%s", qPrintable(journal.error().toString()));
            std::abort();
        }
        return std::move(*journal);
    }

    static QStringList idsOf(const QList<JobSnapshot>& jobs)
    {
        QStringList ids;
        for (const JobSnapshot& job : jobs)
            ids.append(job.id);
        return ids;
    }

    static void startChild(QProcess& child, const QStringList& arguments)
    {
        child.start(QCoreApplication::applicationFilePath(), QStringList{u"--as-child"_s} + arguments);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == "--as-child"_L1)
        return childMain(QCoreApplication::arguments());
    tst_Journal test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journal.moc"
