// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "support/resulttest.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <random>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

constexpr int Kills = 20;
constexpr qint64 Pieces = 3000;
//! What a killed process may have read in vain: two batches of twenty milliseconds, a piece takes one or
//! more.
constexpr qint64 InFlight = 2 * 21 + 1;

} // namespace

class TestStoreKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtAnyMomentAReceptionGoesOn()
    {
        const quint64 seed = qEnvironmentVariableIsSet("TAGBOAT_SEED")
            ? qEnvironmentVariable("TAGBOAT_SEED").toULongLong()
            : std::random_device()();
        qInfo("TAGBOAT_SEED=%llu", seed);
        std::mt19937_64 random(seed);

        const QTemporaryDir folder;
        const QString store = folder.filePath(u"images"_s);
        const QString meter = folder.filePath(u"meter"_s);
        const QString path = folder.filePath(u"layer"_s);
        QByteArray bytes((Pieces - 1) * SlowPiece + 77, Qt::Uninitialized);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>((i % 251) ^ (i >> 12));
        const Blob blob = blobOf("application/vnd.oci.image.layer.v1.tar"_L1, bytes);
        QVERIFY(writeFile(path, bytes));
        VERIFY_RESULT(ImageStore::open(store));

        qint64 lastOffset = 0;
        for (int round = 0; round <= Kills; ++round) {
            QProcess agent;
            agent.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            agent.start(QCoreApplication::applicationDirPath() + u"/storeagent"_s,
                        {u"receive"_s, store, path, blob.digest().toString(), meter});
            QVERIFY(agent.waitForStarted());
            if (round == Kills) {
                QVERIFY(agent.waitForFinished(120'000));
                QCOMPARE(agent.exitCode(), 0);
            } else {
                // Some pieces further, and then at any moment of handling one.
                const qint64 until = QFileInfo(meter).size() + static_cast<qint64>(random() % 130);
                while (QFileInfo(meter).size() < until && agent.state() == QProcess::Running)
                    agent.waitForFinished(1);
                QTest::qSleep(static_cast<int>(random() % 3));
                QCOMPARE(agent.state(), QProcess::Running);
                agent.kill();
                QVERIFY(agent.waitForFinished());
            }
            const QString said = QString::fromUtf8(agent.readAllStandardOutput()).section(u'\n', 0, 0);
            if (said.isEmpty()) // killed before it got so far
                continue;
            QVERIFY2(said.startsWith("from "_L1), qPrintable(said));
            const qint64 offset = said.sliced(5).toLongLong();
            QVERIFY(offset >= lastOffset);
            lastOffset = offset;
        }
        QVERIFY(lastOffset > 0);

        const qint64 read = QFileInfo(meter).size();
        qInfo("%lld pieces read for %lld after %d kills", read, Pieces, Kills);
        QVERIFY2(read <= Pieces * 105 / 100 + Kills * InFlight, qPrintable(QString::number(read)));
        const auto opened = ImageStore::open(store);
        VERIFY_RESULT(opened);
        QVERIFY((*opened)->hasBlob(blob.descriptor));
        QCOMPARE(contentOf((*opened)->blobPath(blob.digest())), bytes);
        QCOMPARE(unfinishedIn(store), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestStoreKill)
#include "tst_storekill.moc"
