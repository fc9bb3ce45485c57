// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "store/storelock.h"
#include "support/resulttest.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <random>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

//! A running storeagent, killed at the end of its life.
class Agent
{
public:
    Agent() = default;
    ~Agent()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Agent)

    static QString program() { return QCoreApplication::applicationDirPath() + u"/storeagent"_s; }

    void start(const QStringList& arguments) { start(program(), arguments); }
    void start(const QString& program, const QStringList& arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, arguments);
    }
    //! The next line it prints.
    QString line()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(60'000))
                return u"nothing: "_s + m_process.errorString();
        }
        return QString::fromUtf8(m_process.readLine()).trimmed();
    }
    //! All it prints from here to its end.
    QStringList linesToTheEnd()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(120'000))
            return {u"does not end"_s};
        return QString::fromUtf8(m_process.readAll()).trimmed().split(u'\n');
    }
    void kill()
    {
        m_process.kill();
        QVERIFY(m_process.waitForFinished());
    }
    void closeInput() { m_process.closeWriteChannel(); }
    bool ends() { return m_process.waitForFinished(60'000) && m_process.exitCode() == 0; }

private:
    QProcess m_process;
};

//! Permission bits are nothing to root; in a user namespace of its own they bind it like anybody else.
void startUnprivileged(Agent& agent, const QStringList& arguments)
{
    if (::geteuid() == 0)
        agent.start(u"unshare"_s, QStringList{u"--user"_s, Agent::program()} + arguments);
    else
        agent.start(arguments);
}

} // namespace

class TestStoreProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"images"_s);
        auto store = ImageStore::open(m_path);
        VERIFY_RESULT(store);
        m_store = *store;
        m_first = imageOf({layerOf("base", 5000), layerOf("first", 700)}, u"amd64"_s);
        m_second = imageOf({layerOf("base", 5000), layerOf("second", 900)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, m_first, {u"first"_s}));
        VERIFY_RESULT(pushImage(m_store, m_second, {u"second"_s}));
    }

    void cleanup() { m_store.reset(); }

    void lockExcludesOtherProcesses()
    {
        const LayoutFiles files(m_path);
        Agent reader;
        reader.start({u"share"_s, m_path});
        QCOMPARE(reader.line(), u"locked"_s);
        VERIFY_RESULT(StoreLock::acquire(files, StoreLock::Kind::Shared, 0ms));
        COMPARE_ERROR(StoreLock::acquire(files, StoreLock::Kind::Exclusive, 20ms), Error::Code::Timeout);
        reader.kill();
        Agent writer;
        writer.start({u"lock"_s, m_path});
        QCOMPARE(writer.line(), u"locked"_s);
        const auto refused = StoreLock::acquire(files, StoreLock::Kind::Shared, 20ms);
        COMPARE_ERROR(refused, Error::Code::Timeout);
        QCOMPARE(refused.error().subject, m_path);
        writer.closeInput();
        VERIFY_RESULT(StoreLock::acquire(files, StoreLock::Kind::Exclusive));
        QVERIFY(writer.ends());
    }

    void lockExcludesWithinOneProcess()
    {
        const LayoutFiles files(m_path);
        {
            const auto first = StoreLock::acquire(files, StoreLock::Kind::Shared);
            VERIFY_RESULT(first);
            VERIFY_RESULT(StoreLock::acquire(files, StoreLock::Kind::Shared, 0ms));
            COMPARE_ERROR(StoreLock::acquire(files, StoreLock::Kind::Exclusive, 5ms), Error::Code::Timeout);
        }
        const auto exclusive = StoreLock::acquire(files, StoreLock::Kind::Exclusive, 0ms);
        VERIFY_RESULT(exclusive);
        COMPARE_ERROR(StoreLock::acquire(files, StoreLock::Kind::Exclusive, 5ms), Error::Code::Timeout);
    }

    void lockFileMayBeTidiedAway()
    {
        QVERIFY(QFile::remove(m_path + u"/.lock"_s));
        VERIFY_RESULT(m_store->snapshot());
        VERIFY_RESULT(m_store->removeNames({u"first"_s}));
    }

    void processKilledWhileWritingABlobLeavesAWholeStore()
    {
        Agent agent;
        agent.start({u"begin"_s, m_path, u"3000000"_s});
        QCOMPARE(agent.line(), u"writing"_s);
        // While it lives, what it writes is spared, however old.
        const QStringList unfinished = unfinishedIn(m_path);
        QCOMPARE(unfinished.size(), 1);
        QVERIFY(makeOlder(m_path + u"/ingest/"_s + unfinished.first(), 48h));
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->ingestFiles, 0);
        QCOMPARE(m_store->diskUsage()->reclaimable, 0);
        agent.kill();

        const auto reopened = ImageStore::open(m_path);
        VERIFY_RESULT(reopened);
        QCOMPARE((*reopened)->snapshot()->images.size(), 2);
        QVERIFY((*reopened)->verify({}, {})->problems.isEmpty());
        const qint64 kept = (*reopened)->diskUsage()->unfinished;
        QVERIFY(kept >= 1'500'000 - 2 * 256 * 1024);
        const auto report = (*reopened)->collectGarbage(false, false);
        VERIFY_RESULT(report);
        QCOMPARE(report->ingestFiles, 1); // the lease
        QCOMPARE(filesIn(m_path + u"/ingest"_s), unfinished);
        // A later process goes on with the blob.
        const Blob blob = layerOf("never finished", 3'000'000);
        QList<qint64> opened;
        const SourceFactory open = [&](qint64 offset, std::stop_token stop) {
            opened.append(offset);
            return sourceOf(blob.bytes)(offset, std::move(stop));
        };
        VERIFY_RESULT(QCoro::waitFor((*reopened)->writer()->pushBlob(blob.descriptor, open, {}, {})));
        QCOMPARE(opened, QList<qint64>{kept});
        QCOMPARE(filesIn(m_path + u"/ingest"_s), QStringList());
        QVERIFY((*reopened)->verify({}, {})->problems.isEmpty());
    }

    void processKilledWhileNamingLeavesAWholeIndex()
    {
        std::mt19937 random(20240506);
        for (int round = 0; round < 25; ++round) {
            Agent agent;
            agent.start({u"retag"_s, m_path, u"first"_s, u"second"_s});
            QCOMPARE(agent.line(), u"started"_s);
            // At any moment of its loop: this is the sabotage, not a wait for something.
            QTest::qSleep(static_cast<int>(random() % 20));
            agent.kill();
            const auto reopened = ImageStore::open(m_path);
            VERIFY_RESULT(reopened);
            const auto snapshot = (*reopened)->snapshot();
            VERIFY_RESULT(snapshot);
            QCOMPARE(snapshot->images.size(), 2);
            QVERIFY(snapshot->warnings.isEmpty());
            VERIFY_RESULT((*reopened)->resolve(u"moving:0"_s));
        }
        VERIFY_RESULT(m_store->collectGarbage(false, false));
        QCOMPARE(filesIn(m_path + u"/ingest"_s), QStringList());
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

    void anotherProcessSparesWhatWeHold()
    {
        const Blob blob = layerOf("held", 4000);
        QVERIFY(writeFile(m_store->blobPath(blob.digest()), blob.bytes));
        Agent holder;
        holder.start({u"hold"_s, m_path, blob.digest().toString()});
        QCOMPARE(holder.line(), u"present"_s);
        QVERIFY(makeBlobsOlder(m_path, 48h));
        Agent sweeper;
        sweeper.start({u"sweep"_s, m_path});
        QCOMPARE(sweeper.line(), u"swept 0"_s);
        QVERIFY(m_store->hasBlob(blob.descriptor));
        holder.closeInput();
        QVERIFY(holder.ends());
        Agent again;
        again.start({u"sweep"_s, m_path});
        QCOMPARE(again.line(), u"swept 4000"_s);
    }

    void removalSparesWhatAnotherProcessHolds()
    {
        Agent holder;
        holder.start({u"hold"_s, m_path, m_first.layers.at(1).digest().toString()});
        QCOMPARE(holder.line(), u"present"_s);
        const auto plan = m_store->planRemoval({}, {m_first.config.digest()});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->bytesFreed, m_first.size() - 5000 - 700);
        QCOMPARE(m_store->removeImages({m_first.config.digest()})->bytes, plan->bytesFreed);
        QVERIFY(m_store->hasBlob(m_first.layers.at(1).descriptor));
        holder.kill(); // a lease of the dead holds nothing
        QCOMPARE(m_store->collectGarbage(false, false, 0s)->blobs, 1);
        QVERIFY(!m_store->hasBlob(m_first.layers.at(1).descriptor));
    }

    void manyProcessesAtOnceKeepEveryImageWhole()
    {
        constexpr int Steps = 60;
        std::array<Agent, 3> agents;
        for (size_t i = 0; i < agents.size(); ++i)
            agents[i].start({u"churn"_s, m_path, QString::number(i + 1), QString::number(Steps)});
        for (Agent& agent : agents)
            QCOMPARE(agent.linesToTheEnd(), QStringList{u"ok"_s});
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
        VERIFY_RESULT(m_store->resolve(u"first"_s));
        VERIFY_RESULT(m_store->collectGarbage(false, true, 0s));
        const auto usage = m_store->diskUsage();
        VERIFY_RESULT(usage);
        QCOMPARE(usage->reclaimable, 0);
        QCOMPARE(usage->total, usage->unique + usage->shared);
        QCOMPARE(usage->total, bytesOfBlobs(m_path));
        QCOMPARE(filesIn(m_path + u"/ingest"_s), QStringList());
    }

    void fullDiskLeavesNothingHalfWritten()
    {
        const QString disk = m_folder->filePath(u"disk"_s);
        QVERIFY(QDir().mkpath(disk));
        // A disk of its own in a mount namespace of its own: gone with the process.
        QStringList arguments = {u"--mount"_s};
        if (::geteuid() != 0)
            arguments += {u"--map-root-user"_s};
        arguments +=
            {u"sh"_s, u"-c"_s, u"mount -t tmpfs -o size=2m tmpfs \"$1\" && exec \"$2\" fill \"$1/images\""_s,
             u"sh"_s, disk,    Agent::program()};
        Agent agent;
        agent.start(u"unshare"_s, arguments);
        // Known before the first byte where the size is, at the last one where it is not.
        const QString expected = u"error DiskFull %1/images"_s.arg(disk);
        QCOMPARE(agent.line(), expected);
        QCOMPARE(agent.line(), expected);
        QCOMPARE(agent.line(), u"unfinished 0 blobs 0"_s);
        QCOMPARE(agent.line(), u"ok"_s);
        QCOMPARE(agent.line(), expected);
        QCOMPARE(agent.line(), u"untouched"_s);
        // A full disk is the very reason to remove something: it must work.
        QCOMPARE(agent.line(), u"ok"_s);
        QCOMPARE(agent.line(), u"unfinished 0 blobs 0"_s);
        QVERIFY(agent.ends());
    }

    void limitOnFileSizeIsADiskFullToo()
    {
        Agent agent;
        agent.start(u"sh"_s,
                    {u"-c"_s, u"trap '' XFSZ; ulimit -f 2; exec \"$0\" push \"$1\" large"_s, Agent::program(),
                     m_path});
        QVERIFY(agent.line().startsWith("error DiskFull "_L1));
        QCOMPARE(unfinishedIn(m_path), QStringList());
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

    void folderThatCannotBeWrittenIsReadAndNamed()
    {
        const auto setWritable = [&](bool isWritable) {
            const auto bits = QFile::ReadOwner | QFile::ExeOwner;
            const QStringList folders = {m_path, m_path + u"/ingest"_s, m_path + u"/blobs"_s,
                                         m_path + u"/blobs/sha256"_s};
            for (const QString& folder : folders)
                QVERIFY(QFile::setPermissions(folder, isWritable ? bits | QFile::WriteOwner : bits));
        };
        const QString expected = u"error Io "_s + m_path;
        for (const bool hasLock : {true, false}) {
            if (!hasLock)
                QVERIFY(QFile::remove(m_path + u"/.lock"_s));
            setWritable(false);
            Agent pusher;
            startUnprivileged(pusher, {u"push"_s, m_path, u"new"_s});
            const QString pushed = pusher.line();
            Agent namer;
            startUnprivileged(namer, {u"name"_s, m_path, u"first"_s, u"other:name"_s});
            const QString named = namer.line();
            Agent sweeper;
            startUnprivileged(sweeper, {u"sweep"_s, m_path});
            const QString swept = sweeper.line();
            Agent reader;
            startUnprivileged(reader, {u"open"_s, m_path});
            const QString read = reader.line();
            setWritable(true);
            QCOMPARE(read, u"ok"_s);
            QCOMPARE(pushed, expected);
            QCOMPARE(named, expected);
            QVERIFY2(swept == expected || swept == u"swept 0"_s,
                     qPrintable(swept)); // there is nothing to sweep
            QVERIFY(m_store->verify({}, {})->problems.isEmpty());
            QCOMPARE(m_store->snapshot()->usage.names, 2);
        }
    }

    void storeCannotBeMadeWhereNothingMayBeWritten()
    {
        const QString closed = m_folder->filePath(u"closed"_s);
        QVERIFY(QDir().mkpath(closed));
        QVERIFY(QFile::setPermissions(closed, QFile::ReadOwner | QFile::ExeOwner));
        for (const QString& path : {closed, QString(closed + u"/images"_s)}) {
            Agent agent;
            startUnprivileged(agent, {u"open"_s, path});
            QCOMPARE(agent.line(), u"error Io "_s + path);
        }
        QCOMPARE(filesIn(closed), QStringList());
    }

    void manifestThatCannotBeReadStopsTheSweep()
    {
        const QString manifest = m_store->blobPath(m_first.manifest.digest());
        QVERIFY(QFile::setPermissions(manifest, QFile::WriteOwner));
        QVERIFY(makeBlobsOlder(m_path, 48h));
        Agent agent;
        startUnprivileged(agent, {u"sweep"_s, m_path});
        const QString said = agent.line();
        QVERIFY(QFile::setPermissions(manifest, QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(said, u"error Io "_s + manifest);
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<ImageStore> m_store;
    Image m_first;
    Image m_second;
};

QTEST_GUILESS_MAIN(TestStoreProcesses)
#include "tst_storeprocesses.moc"
