// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "store/blockwriter.h"
#include "support/resulttest.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <csignal>
#include <random>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

class TestBlockWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_bytes = layerOf("blocks", 5'000'000).bytes; }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"file"_s);
    }

    void anyPiecesMakeTheSameFile_data()
    {
        QTest::addColumn<bool>("isInMemory");
        QTest::newRow("on disk") << false;
        QTest::newRow("in memory") << true;
    }

    void anyPiecesMakeTheSameFile()
    {
        QFETCH(const bool, isInMemory);
        const QTemporaryDir memory(u"/dev/shm/tagboat-XXXXXX"_s);
        const QString path = isInMemory ? memory.filePath(u"file"_s) : m_path;
        std::mt19937 random(20240506);
        for (int round = 0; round < 6; ++round) {
            auto file = DiskFile::openToContinue(path);
            VERIFY_RESULT(file);
            VERIFY_RESULT(file->truncate(0));
            qint64 done = 0;
            // With breaks in between, as a download that is gone on with has them.
            while (done < m_bytes.size()) {
                BlockWriter writer(done);
                const int pieces = 1 + static_cast<int>(random() % 12);
                for (int i = 0; i < pieces && done < m_bytes.size(); ++i) {
                    qint64 size = std::min<qint64>(m_bytes.size() - done, random() % 600'000);
                    const bool isAligned = random() % 2 == 0;
                    if (isAligned && random() % 2 == 0)
                        size -= size % DiskFile::DirectBlock;
                    QByteArray piece = isAligned ? alignedRoom(size) : QByteArray();
                    piece += QByteArrayView(m_bytes).sliced(done, size);
                    VERIFY_RESULT(writer.write(*file, piece));
                    done += size;
                    if (random() % 2 == 0) {
                        VERIFY_RESULT(writer.writeBlocks(*file));
                        QVERIFY(done - QFileInfo(path).size() < DiskFile::DirectBlock);
                    }
                    // Whatever is in the file is right: it may be killed now.
                    const QByteArray there = contentOf(path);
                    QVERIFY(there == m_bytes.first(there.size()));
                }
                VERIFY_RESULT(writer.flush(*file));
                QCOMPARE(QFileInfo(path).size(), done);
            }
            QVERIFY(contentOf(path) == m_bytes);
        }
    }

    void alignedPiecesNeedNoCopy()
    {
        auto file = DiskFile::create(m_path);
        VERIFY_RESULT(file);
        BlockWriter writer(0);
        QByteArray piece = alignedRoom(100'000);
        piece += QByteArrayView(m_bytes).first(100'000);
        VERIFY_RESULT(writer.write(*file, piece));
        // What is copied waits for writeBlocks(); only the rest was.
        QCOMPARE(QFileInfo(m_path).size(), 100'000 - 100'000 % DiskFile::DirectBlock);
        VERIFY_RESULT(writer.flush(*file));
        QVERIFY(contentOf(m_path) == m_bytes.first(100'000));
    }

    void directWritingIsUsedWhereItCanBe()
    {
        auto file = DiskFile::create(m_path);
        VERIFY_RESULT(file);
        alignas(DiskFile::DirectBlock) static std::array<char, 3 * DiskFile::DirectBlock> block;
        block.fill('b');
        const auto written = file->writeDirect(QByteArrayView(block.data(), 2 * DiskFile::DirectBlock));
        VERIFY_RESULT(written);
        QCOMPARE(*written, 2 * DiskFile::DirectBlock);
        // And what is no block goes the ordinary way, over the same descriptor.
        VERIFY_RESULT(file->write("end"));
        QCOMPARE(contentOf(m_path), QByteArray(2 * DiskFile::DirectBlock, 'b') + "end");
        QCOMPARE(*file->writeDirect(QByteArrayView(block.data(), DiskFile::DirectBlock)), 0);
        QCOMPARE(QFileInfo(m_path).size(), 2 * DiskFile::DirectBlock + 3);
    }

    void fileThatMayNotGrowIsADiskFull()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit limit = before;
        limit.rlim_cur = 1'500'000;
        auto file = DiskFile::create(m_path);
        VERIFY_RESULT(file);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        BlockWriter writer(0);
        auto written = writer.write(*file, m_bytes);
        if (written)
            written = writer.flush(*file);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        COMPARE_ERROR(written, Error::Code::DiskFull);
    }

private:
    QByteArray m_bytes;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestBlockWriter)
#include "tst_blockwriter.moc"
