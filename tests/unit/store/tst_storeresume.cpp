// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Downloads that break off and go on: what is kept, for whom and for how long.

#include "samples.h"

#include "base/stoppablesleep.h"
#include "oci/mediatype.h"
#include "store/ingest.h"
#include "store/ingestscan.h"
#include "store/storelock.h"
#include "support/resulttest.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QThread>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

//! Bytes behind a line that breaks; remembers what was asked of it.
struct Line
{
    QByteArray bytes;
    qint64 breaksAt = -1; //!< from the beginning of the blob; -1: never
    Error::Code breaksWith = Error::Code::Network;
    std::optional<Error> refusesOffsets;
    bool ignoresOffsets = false;
    QList<qint64> opened; //!< offsets
    qint64 bytesRead = 0;
};
using LinePtr = std::shared_ptr<Line>;

class LineSource : public ByteSource
{
public:
    LineSource(LinePtr line, qint64 offset) : m_line(std::move(line)), m_at(offset) { }
    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        const qint64 end = m_line->breaksAt < 0 ? m_line->bytes.size() : m_line->breaksAt;
        const qint64 size = std::clamp<qint64>(end - m_at, 0, std::min<qint64>(maxSize, 100'000));
        const QByteArray piece = m_line->bytes.sliced(m_at, size);
        m_at += size;
        m_line->bytesRead += size;
        return next(piece, m_line, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return -1; }

private:
    static Task<Result<QByteArray>> next(QByteArray piece, LinePtr line, std::stop_token stop)
    {
        if (!piece.isEmpty() || line->breaksAt < 0)
            co_return Result<QByteArray>(std::move(piece));
        if (line->breaksWith != Error::Code::Cancelled)
            co_return fail(line->breaksWith, u"registry.example"_s, u"line lost"_s);
        auto slept = co_await sleepFor(1h, std::move(stop)); // silence, until somebody stops us
        co_return std::unexpected(std::move(slept.error()));
    }
    LinePtr m_line;
    qint64 m_at;
};

Task<Result<ByteSourcePtr>> openLine(LinePtr line, qint64 offset)
{
    line->opened.append(offset);
    if (offset > 0 && line->refusesOffsets)
        co_return fail(*line->refusesOffsets);
    co_return ByteSourcePtr(std::make_shared<LineSource>(line, line->ignoresOffsets ? 0 : offset));
}

constexpr qint64 Size = 6 * 1024 * 1024 + 321; // large enough for direct writing, with an end that is not

} // namespace

class TestStoreResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_blob = layerOf("resumed", Size); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        m_store = *store;
        m_line = std::make_shared<Line>();
        m_line->bytes = m_blob.bytes;
        m_progress.clear();
    }

    void cleanup() { m_store.reset(); }

    void goesOnInOneWriter_data()
    {
        QTest::addColumn<QList<qint64>>("breaks");
        QTest::newRow("once") << QList<qint64>{3'000'000};
        QTest::newRow("at the end of a block") << QList<qint64>{4096 * 300};
        QTest::newRow("near a block's ends") << QList<qint64>{4096 * 30 - 1, 4096 * 30 + 1, 4096 * 31 + 5};
        QTest::newRow("often") << QList<qint64>{65'536, 65'537, 1'048'576, 1'048'579, 5'000'000, Size - 1};
    }

    void goesOnInOneWriter()
    {
        QFETCH(const QList<qint64>, breaks);
        const auto writer = m_store->writer();
        for (const qint64 at : breaks) {
            m_line->breaksAt = at;
            COMPARE_ERROR(push(writer), Error::Code::Network);
            QCOMPARE(QFileInfo(partial()).size(), at);
        }
        m_line->breaksAt = -1;
        m_progress.clear();
        VERIFY_RESULT(push(writer));
        QCOMPARE(m_line->opened, QList<qint64>{0} + breaks);
        QCOMPARE(m_line->bytesRead, Size);
        QCOMPARE(m_progress.first(), breaks.last());
        QCOMPARE(m_progress.last(), Size);
        checkWhole();
    }

    void anotherWriterGoesOn_data() { goesOnInOneWriter_data(); }

    void anotherWriterGoesOn()
    {
        QFETCH(const QList<qint64>, breaks);
        for (const qint64 at : breaks) {
            m_line->breaksAt = at;
            COMPARE_ERROR(push(m_store->writer()), Error::Code::Network);
            QCOMPARE(QFileInfo(partial()).size(), at);
        }
        m_line->breaksAt = -1;
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, QList<qint64>{0} + breaks);
        QCOMPARE(m_line->bytesRead, Size);
        checkWhole();
    }

    void stopKeepsWhatCame()
    {
        m_line->breaksAt = 2'000'000;
        m_line->breaksWith = Error::Code::Cancelled;
        std::stop_source stop;
        const auto writer = m_store->writer();
        const auto progress = [&](qint64 done) {
            if (done == 2'000'000)
                stop.request_stop();
        };
        COMPARE_ERROR(
            QCoro::waitFor(writer->pushBlob(m_blob.descriptor, factory(), progress, stop.get_token())),
            Error::Code::Cancelled);
        QCOMPARE(QFileInfo(partial()).size(), 2'000'000);
        // Whoever was stopped is in nobody's way.
        m_line->breaksAt = -1;
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened.last(), 2'000'000);
        checkWhole();
    }

    void wrongBeginningIsTransferredAnew()
    {
        QByteArray wrong = m_blob.bytes.first(3'000'000);
        wrong[77] = static_cast<char>(wrong[77] ^ 1);
        QVERIFY(writeFile(partial(), wrong));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, (QList<qint64>{3'000'000, 0}));
        checkWhole();

        // And what is wrong then is wrong.
        m_line->opened.clear();
        m_line->bytes[5] = 'x';
        QVERIFY(QFile::remove(m_store->blobPath(m_blob.digest())));
        QVERIFY(writeFile(partial(), wrong));
        COMPARE_ERROR(push(m_store->writer()), Error::Code::DigestMismatch);
        QCOMPARE(m_line->opened, (QList<qint64>{3'000'000, 0}));
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    void sourceWithoutOffsetsBeginsAnew()
    {
        for (const auto code : {Error::Code::Corrupt, Error::Code::Unsupported, Error::Code::InvalidInput,
                                Error::Code::Conflict}) {
            QFile::remove(m_store->blobPath(m_blob.digest()));
            m_line->opened.clear();
            m_line->refusesOffsets = Error::make(code, u"registry.example"_s, u"no ranges"_s);
            m_line->refusesOffsets->httpStatus = code == Error::Code::Conflict ? 416 : 0;
            QVERIFY(writeFile(partial(), m_blob.bytes.first(100'000)));
            VERIFY_RESULT(push(m_store->writer()));
            QCOMPARE(m_line->opened, (QList<qint64>{100'000, 0}));
            checkWhole();
        }
        // Anything else is no reason to give up what is here.
        QVERIFY(QFile::remove(m_store->blobPath(m_blob.digest())));
        m_line->refusesOffsets = Error::make(Error::Code::Network, u"registry.example"_s, u"line lost"_s);
        QVERIFY(writeFile(partial(), m_blob.bytes.first(100'000)));
        COMPARE_ERROR(push(m_store->writer()), Error::Code::Network);
        QCOMPARE(QFileInfo(partial()).size(), 100'000);
    }

    void sourceThatIgnoresTheOffsetIsFoundOut()
    {
        m_line->ignoresOffsets = true;
        QVERIFY(writeFile(partial(), m_blob.bytes.first(100'000)));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, (QList<qint64>{100'000, 0}));
        checkWhole();
    }

    void wholePartNeedsNoSource()
    {
        QVERIFY(writeFile(partial(), m_blob.bytes));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, QList<qint64>());
        QCOMPARE(m_progress.last(), Size);
        checkWhole();
        // Unless it is wrong.
        QVERIFY(QFile::remove(m_store->blobPath(m_blob.digest())));
        QVERIFY(writeFile(partial(), QByteArray(Size, 'x')));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, QList<qint64>{0});
        checkWhole();
    }

    void tooLongPartIsNoPart()
    {
        QVERIFY(writeFile(partial(), m_blob.bytes + 'x'));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, QList<qint64>{0});
        checkWhole();
    }

    void partThatIsNoFileIsPassedBy()
    {
        QVERIFY(writeFile(m_folder->filePath(u"precious"_s), "mine"));
        QVERIFY(QFile::link(m_folder->filePath(u"precious"_s), partial()));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(contentOf(m_store->blobPath(m_blob.digest())), m_blob.bytes);
        QCOMPARE(contentOf(m_folder->filePath(u"precious"_s)), QByteArray("mine"));
    }

    void lockedPartIsLeftToItsWriter()
    {
        const auto other = Ingest::take(LayoutFiles(m_folder->path()), m_blob.digest(), Size);
        VERIFY_RESULT(other);
        VERIFY_RESULT((*other)->write({m_blob.bytes.first(200'000)}));
        VERIFY_RESULT(push(m_store->writer()));
        QCOMPARE(m_line->opened, QList<qint64>{0});
        QCOMPARE(contentOf(m_store->blobPath(m_blob.digest())), m_blob.bytes);
        // The other finishes as if nothing had been; its place is taken over.
        VERIFY_RESULT((*other)->write({m_blob.bytes.sliced(200'000)}));
        PendingSync pending;
        VERIFY_RESULT((*other)->commit(m_blob.digest(), pending));
        checkWhole();
    }

    void lookingAtThePartKeepsNobodyFromIt()
    {
        QVERIFY(writeFile(partial(), m_blob.bytes.first(100'000)));
        const LayoutFiles files(m_folder->path());
        // As the scan does it: under the store's lock.
        std::optional<StoreLock> lock(StoreLock::acquire(files, StoreLock::Kind::Shared).value());
        std::optional<DiskFile> looking(DiskFile::open(partial()).value());
        QVERIFY(looking->lock(DiskFile::Lock::Shared).value());
        Result<std::shared_ptr<Ingest>> taken;
        const std::unique_ptr<QThread> taker(
            QThread::create([&] { taken = Ingest::take(files, m_blob.digest(), Size); }));
        taker->start();
        QVERIFY(!taker->wait(50)); // it is not satisfied with another file
        looking.reset();
        lock.reset();
        QVERIFY(taker->wait());
        VERIFY_RESULT(taken);
        QCOMPARE((*taken)->length(), 100'000);
    }

    void damageLeavesNothing()
    {
        m_line->bytes[4'000'000] = static_cast<char>(m_line->bytes[4'000'000] ^ 1);
        COMPARE_ERROR(push(m_store->writer()), Error::Code::DigestMismatch);
        QCOMPARE(m_line->opened, QList<qint64>{0});
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
        m_line->bytes = m_blob.bytes + 'x';
        COMPARE_ERROR(push(m_store->writer()), Error::Code::DigestMismatch);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    //! It may be what is here that the source disagrees with.
    void sourceThatIsStuckBehindThePartBeginsAnewNextTime()
    {
        const auto writer = m_store->writer();
        m_line->breaksWith = Error::Code::Corrupt;
        m_line->breaksAt = 500'000;
        COMPARE_ERROR(push(writer), Error::Code::Corrupt);
        QCOMPARE(QFileInfo(partial()).size(), 500'000);
        COMPARE_ERROR(push(writer), Error::Code::Corrupt);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
        m_line->breaksAt = -1;
        VERIFY_RESULT(push(writer));
        QCOMPARE(m_line->opened, (QList<qint64>{0, 500'000, 0}));
    }

    void partOfABlobThatCameOtherwiseGoes()
    {
        const auto writer = m_store->writer();
        m_line->breaksAt = 500'000;
        COMPARE_ERROR(push(writer), Error::Code::Network);
        m_line->breaksAt = -1;
        VERIFY_RESULT(push(m_store->writer())); // the first one has its file locked
        QCOMPARE(m_line->opened, (QList<qint64>{0, 0}));
        VERIFY_RESULT(push(writer));
        checkWhole();
    }

    void roomSetAsideIsGivenBack()
    {
        m_line->breaksAt = 100'000;
        COMPARE_ERROR(push(m_store->writer()), Error::Code::Network);
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(partial()).constData(), &status), 0);
        QVERIFY2(status.st_blocks * 512 < 1'000'000, qPrintable(QString::number(status.st_blocks)));
    }

    void youngPartsAreKeptAndOldOnesSwept()
    {
        QVERIFY(writeFile(partial(), m_blob.bytes.first(100'000)));
        const auto scan = scanIngest(LayoutFiles(m_folder->path()));
        VERIFY_RESULT(scan);
        QCOMPARE(scan->unfinished.first().digest, m_blob.digest());
        auto usage = m_store->diskUsage();
        VERIFY_RESULT(usage);
        QCOMPARE(usage->unfinished, 100'000);
        QCOMPARE(usage->reclaimable, 0);
        QCOMPARE(usage->unreferenced, 0);
        QCOMPARE(usage->total, 100'000);
        QVERIFY(makeOlder(partial(), UnfinishedGrace - 60s));
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->ingestFiles, 0);
        QVERIFY(QFile::exists(partial()));
        QCOMPARE(m_store->collectGarbage(true, false, 1h, true)->bytes, 100'000); // if asked

        QVERIFY(makeOlder(partial(), UnfinishedGrace + 60s));
        usage = m_store->diskUsage();
        VERIFY_RESULT(usage);
        QCOMPARE(usage->unfinished, 0);
        QCOMPARE(usage->unreferenced, 100'000);
        QCOMPARE(m_store->collectGarbage(false, false)->bytes, 100'000);
        QVERIFY(!QFile::exists(partial()));
    }

    void partsOfNoUseAreSweptAtAnyAge()
    {
        QVERIFY(writeFile(partial(), m_blob.bytes.first(Ingest::LeastKept - 1)));
        QCOMPARE(m_store->collectGarbage(false, false)->ingestFiles, 1);
        VERIFY_RESULT(push(m_store->writer()));
        QVERIFY(writeFile(partial(), m_blob.bytes.first(100'000)));
        QCOMPARE(m_store->collectGarbage(false, false)->ingestFiles, 1); // the blob is here
    }

private:
    [[nodiscard]] QString partial() const
    {
        return m_folder->filePath(u"ingest/tagboat-sha256-%1.part"_s.arg(m_blob.digest().hex()));
    }

    [[nodiscard]] SourceFactory factory() const
    {
        return [line = m_line](qint64 offset, std::stop_token) { return openLine(line, offset); };
    }

    Result<void> push(const std::shared_ptr<ContentWriter>& writer)
    {
        return QCoro::waitFor(writer->pushBlob(m_blob.descriptor, factory(),
                                               [this](qint64 done) { m_progress.append(done); }, {}));
    }

    void checkWhole() const
    {
        QCOMPARE(contentOf(m_store->blobPath(m_blob.digest())), m_blob.bytes);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    Blob m_blob;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    LinePtr m_line;
    QList<qint64> m_progress;
};

QTEST_GUILESS_MAIN(TestStoreResume)
#include "tst_storeresume.moc"
