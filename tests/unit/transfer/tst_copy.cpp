// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"
#include "troubledreader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto First = "docker.io/library/first:v1"_L1;
constexpr auto Second = "docker.io/library/second:v1"_L1;

//! A copy that runs beside the test.
struct Running
{
    std::optional<Result<CopyReport>> result;
    std::shared_ptr<NotingObserver> observer = std::make_shared<NotingObserver>();
    std::stop_source stop;

    static Task<void> drive(std::shared_ptr<Running> self, CopySource source, CopyDestination destination,
                            CopyOptions options)
    {
        auto result =
            co_await planAndCopy(source, destination, options, self->observer, self->stop.get_token());
        self->result.emplace(std::move(result));
    }
};
using RunningPtr = std::shared_ptr<Running>;

} // namespace

class tst_Copy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_there = openStore(m_folder->filePath(u"there"_s));
        m_here = openStore(m_folder->filePath(u"here"_s));
        m_observer = std::make_shared<NotingObserver>();
    }

    void cleanup()
    {
        m_there.reset();
        m_here.reset();
    }

    void everyByteArrives_data()
    {
        QTest::addColumn<bool>("isIndex");
        QTest::addColumn<RandomImageOptions::Format>("format");
        QTest::addColumn<RandomImageOptions::Compression>("compression");
        using Format = RandomImageOptions::Format;
        using Compression = RandomImageOptions::Compression;
        QTest::newRow("oci gzip") << false << Format::Oci << Compression::Gzip;
        QTest::newRow("oci zstd") << false << Format::Oci << Compression::Zstd;
        QTest::newRow("oci plain") << false << Format::Oci << Compression::None;
        QTest::newRow("docker gzip") << false << Format::Docker << Compression::Gzip;
        QTest::newRow("index") << true << Format::Oci << Compression::Gzip;
        QTest::newRow("docker list") << true << Format::Docker << Compression::Gzip;
    }

    void everyByteArrives()
    {
        QFETCH(const bool, isIndex);
        QFETCH(const RandomImageOptions::Format, format);
        QFETCH(const RandomImageOptions::Compression, compression);
        RandomImageOptions options;
        options.format = format;
        options.compression = {compression};
        if (isIndex)
            options.platforms = {Platform::parse(u"linux/amd64"_s).value(),
                                 Platform::parse(u"linux/arm64"_s).value()};
        const RandomImage image = randomImage(1, options);

        VERIFY_RESULT(copy(sourceOf(image.reader({First}), First), {First}));
        VERIFY_RESULT(m_here->resolve(First));
        QCOMPARE(m_here->resolve(First)->digest, image.target.digest);
        QCOMPARE(checkImage(m_here->reader(), First), QStringList());
        QCOMPARE(checkLayout(m_here->directory(), image.target.digest), QStringList());
        QVERIFY(leftovers(m_here).isEmpty());
        QVERIFY(m_observer->isFinishing);
    }

    void theReportSaysWhatWasDone()
    {
        RandomImageOptions options;
        options.sharedLayers = 1;
        const RandomImage first = randomImage(1, options);
        const RandomImage second = randomImage(2, options);
        const auto one = copy(sourceOf(first.reader({First}), First), {First});
        VERIFY_RESULT(one);
        QCOMPARE(one->blobsTransferred, 4);
        QCOMPARE(one->blobsPresent, 0);
        QCOMPARE(one->bytesTransferred, contentSize(first));
        QVERIFY(one->root.isSameContent(first.target));
        QCOMPARE(one->names.size(), 1);

        const auto two = copy(sourceOf(second.reader({Second}), Second), {Second});
        VERIFY_RESULT(two);
        QCOMPARE(two->blobsTransferred, 3);
        QCOMPARE(two->blobsPresent, 1);
        QVERIFY(two->bytesTransferred < contentSize(second));

        const auto again = copy(sourceOf(second.reader({Second}), Second), {Second});
        VERIFY_RESULT(again);
        QCOMPARE(again->blobsTransferred, 0);
        QCOMPARE(again->blobsPresent, 4);
    }

    void severalNamesPointAtOneImage()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(copy(sourceOf(image.reader({First}), First), {First, Second}));
        const auto stored = m_here->image(First);
        VERIFY_RESULT(stored);
        QCOMPARE(stored->names, (QStringList{First, Second}));
    }

    void aNameMovesToTheNewImage()
    {
        VERIFY_RESULT(copy(sourceOf(randomImage(1).reader({First}), First), {First}));
        VERIFY_RESULT(copy(sourceOf(randomImage(2).reader({First}), First), {First}));
        QCOMPARE(m_here->resolve(First)->digest, randomImage(2).target.digest);
    }

    void theLargestBlobStartsFirst()
    {
        RandomImageOptions options;
        options.layerSizes = {1'000, 90'000, 20'000, 50'000};
        options.isCompressible = false;
        const RandomImage image = randomImage(1, options);
        CopyOptions one = quickOptions();
        one.parallelBlobs = 1;
        VERIFY_RESULT(copy(sourceOf(image.reader({First}), First), {First}, one));
        QList<qint64> sizes;
        for (const Digest& digest : std::as_const(m_observer->started))
            sizes.append(image.blob(digest).descriptor.size);
        QCOMPARE(sizes.size(), 5);
        QVERIFY(std::ranges::is_sorted(sizes, std::ranges::greater()));
    }

    void blobsTravelSideBySideUpToTheLimit()
    {
        RandomImageOptions options;
        options.layerSizes = QList<qint64>(8, 20'000);
        options.isCompressible = false;
        const auto reader = store(randomImage(1, options), First);
        reader->trouble().gate = std::make_shared<Gate>();
        CopyOptions three = quickOptions();
        three.parallelBlobs = 3;
        const RunningPtr running = start(sourceOf(reader, First), {First}, three);
        QTRY_COMPARE(reader->trouble().gate->waiting(), 3);
        QTest::qWait(50); // long enough for a fourth to show up
        QCOMPARE(reader->trouble().gate->waiting(), 3);
        reader->trouble().gate->open();
        QTRY_VERIFY(running->result);
        VERIFY_RESULT(*running->result);
    }

    void aLayerThatTwoCopiesWantTravelsOnce()
    {
        RandomImageOptions options;
        options.sharedLayers = 2;
        options.isCompressible = false;
        const RandomImage firstImage = randomImage(1, options);
        const auto first = store(firstImage, First);
        const auto second = store(randomImage(2, options), Second);
        first->trouble().gate = std::make_shared<Gate>();
        const RunningPtr one = start(sourceOf(first, First), {First});
        QTRY_VERIFY(first->trouble().gate->waiting() >= 3);
        const RunningPtr two = start(sourceOf(second, Second), {Second});
        // The second is done with all that is its own, and waits for the first to bring the rest.
        QTRY_COMPARE(two->observer->started.size(), 2);
        QTest::qWait(50);
        QVERIFY(!two->result);
        first->trouble().gate->open();
        QTRY_VERIFY(one->result && two->result);
        VERIFY_RESULT(*one->result);
        VERIFY_RESULT(*two->result);
        QCOMPARE((*two->result)->blobsPresent, 2);
        QCOMPARE((*two->result)->blobsTransferred, 2);
        for (const RandomBlob& blob : firstImage.blobs) {
            const Digest& digest = blob.descriptor.digest;
            QVERIFY(first->trouble().opened.value(digest) + second->trouble().opened.value(digest) <= 2);
            QVERIFY(!two->observer->hasRun(digest));
        }
        QCOMPARE(checkImage(m_here->reader(), First), QStringList());
        QCOMPARE(checkImage(m_here->reader(), Second), QStringList());
    }

    void whoWaitedTakesOverWhenTheCarrierIsStopped()
    {
        RandomImageOptions options;
        options.isCompressible = false;
        const RandomImage image = randomImage(1, options);
        const auto first = store(image, First);
        first->trouble().gate = std::make_shared<Gate>();
        const RunningPtr one = start(sourceOf(first, First), {First});
        QTRY_VERIFY(first->trouble().gate->waiting() >= 3);
        const RunningPtr two = start(sourceOf(image.reader({Second}), Second), {Second});
        QTest::qWait(50);
        QVERIFY(!two->result);
        one->stop.request_stop();
        QTRY_VERIFY(one->result && two->result);
        COMPARE_ERROR(*one->result, Error::Code::Cancelled);
        VERIFY_RESULT(*two->result);
        QCOMPARE(checkImage(m_here->reader(), Second), QStringList());
        COMPARE_ERROR(m_here->resolve(First), Error::Code::NotFound);
    }

    void aLineThatFailsIsTriedAgain_data()
    {
        QTest::addColumn<int>("failuresToOpen");
        QTest::addColumn<int>("cuts");
        QTest::newRow("cannot be opened twice") << 2 << 0;
        QTest::newRow("cut in the middle") << 0 << 1;
        QTest::newRow("cut three times") << 0 << 3;
    }

    void aLineThatFailsIsTriedAgain()
    {
        QFETCH(const int, failuresToOpen);
        QFETCH(const int, cuts);
        RandomImageOptions options;
        options.isCompressible = false;
        const auto reader = store(randomImage(1, options), First);
        const auto source = sourceOf(reader, First);
        const auto destination = destinationOf(m_here, {First});
        const auto plan = QCoro::waitFor(makePlan(source, destination, quickOptions(), {}));
        VERIFY_RESULT(plan);
        reader->trouble().failuresToOpen = failuresToOpen;
        reader->trouble().cuts = cuts;
        reader->trouble().cutAfter = 3000;
        const auto copied =
            QCoro::waitFor(copyImage(*plan, source, destination, quickOptions(), m_observer, {}));
        VERIFY_RESULT(copied);
        QCOMPARE(m_observer->retried.size(), failuresToOpen + cuts);
        for (const Error& error : std::as_const(m_observer->retried)) {
            QVERIFY(error.code == Error::Code::Network);
            QCOMPARE(error.origin, Error::Origin::Source);
        }
        QCOMPARE(checkImage(m_here->reader(), First), QStringList());
        QVERIFY(leftovers(m_here).isEmpty());
    }

    void whatFailsForGoodStopsTheOthersAndLeavesNothing()
    {
        const RandomImage image = randomImage(1);
        const auto reader = store(image, First);
        const auto source = sourceOf(reader, First);
        const auto destination = destinationOf(m_here, {First});
        const auto plan = QCoro::waitFor(makePlan(source, destination, quickOptions(), {}));
        reader->trouble().failuresToOpen = 1000;
        const auto copied =
            QCoro::waitFor(copyImage(*plan, source, destination, quickOptions(3), m_observer, {}));
        COMPARE_ERROR(copied, Error::Code::Network);
        QCOMPARE(copied.error().origin, Error::Origin::Source);
        QVERIFY(m_observer->retried.size() >= 2);
        QVERIFY(!m_observer->isFinishing);
        COMPARE_ERROR(m_here->resolve(First), Error::Code::NotFound);
        QVERIFY(leftovers(m_here).isEmpty());
    }

    void wrongBytesNeverGetTheirName_data()
    {
        QTest::addColumn<bool>("isLengthWrong");
        QTest::newRow("one bit") << false;
        QTest::newRow("too long") << true;
    }

    void wrongBytesNeverGetTheirName()
    {
        QFETCH(const bool, isLengthWrong);
        RandomImageOptions options;
        options.isCompressible = false;
        const RandomImage image = randomImage(1, options);
        const auto reader = store(image, First);
        const Digest victim = largestLayer(image);
        const QString path = m_there->blobPath(victim);
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (isLengthWrong) {
            QVERIFY(file.seek(file.size()));
            file.write("x");
        } else {
            QVERIFY(file.seek(file.size() / 2));
            const char byte = file.peek(1).at(0);
            file.putChar(static_cast<char>(byte ^ 1));
        }
        file.close();

        const auto copied = copy(sourceOf(reader, First), {First});
        COMPARE_ERROR(copied, isLengthWrong ? Error::Code::Corrupt : Error::Code::DigestMismatch);
        QCOMPARE(copied.error().origin, Error::Origin::Source);
        QVERIFY(copied.error().subject.contains(victim.toString()));
        QVERIFY(m_observer->isLast(victim, BlobState::Failed));
        COMPARE_ERROR(m_here->resolve(First), Error::Code::NotFound);
        QVERIFY(!QFile::exists(m_here->blobPath(victim)));
        QVERIFY(leftovers(m_here).isEmpty());
    }

    void aStopInTheMiddleLeavesNoNameAndNoHalfFile()
    {
        RandomImageOptions options;
        options.isCompressible = false;
        const auto reader = store(randomImage(1, options), First);
        reader->trouble().gate = std::make_shared<Gate>();
        const RunningPtr running = start(sourceOf(reader, First), {First});
        QTRY_VERIFY(reader->trouble().gate->waiting() >= 3);
        running->stop.request_stop();
        QTRY_VERIFY(running->result);
        COMPARE_ERROR(*running->result, Error::Code::Cancelled);
        COMPARE_ERROR(m_here->resolve(First), Error::Code::NotFound);
        QVERIFY(leftovers(m_here).isEmpty());
        QVERIFY(!running->observer->isFinishing);
    }

    void namesThatAreRightAreNotTouched()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(copy(sourceOf(image.reader({First}), First), {First}));
        QFile index(m_here->directory() + u"/index.json"_s);
        QVERIFY(index.open(QIODevice::ReadOnly));
        const auto before = QFileInfo(index).fileTime(QFile::FileModificationTime);
        VERIFY_RESULT(copy(sourceOf(image.reader({First}), First), {First}));
        QCOMPARE(QFileInfo(index.fileName()).fileTime(QFile::FileModificationTime), before);
    }

    void aPresentImageGetsANewNameWithoutMovingAByte()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(copy(sourceOf(image.reader({First}), First), {First}));
        m_observer->started.clear();
        const auto report = copy(sourceOf(image.reader({First}), First), {First, Second});
        VERIFY_RESULT(report);
        QCOMPARE(report->bytesTransferred, 0);
        QVERIFY(m_observer->started.isEmpty());
        QCOMPARE(m_here->resolve(Second)->digest, image.target.digest);
    }

    void configsThatWereReadForThePlanAreNotReadAgain()
    {
        const RandomImage image = randomImage(1);
        const auto reader = store(image, First);
        VERIFY_RESULT(copy(sourceOf(reader, First), {First}));
        for (const RandomBlob& blob : image.blobs)
            QCOMPARE(reader->trouble().opened.value(blob.descriptor.digest), 1);
    }

private:
    std::shared_ptr<TroubledReader> store(const RandomImage& image, const QString& name)
    {
        const auto stored = QCoro::waitFor(planAndCopy(
            sourceOf(image.reader({name}), name), destinationOf(m_there, {name}), quickOptions(), {}, {}));
        if (!stored)
            qFatal("%s", qPrintable(stored.error().toString()));
        return std::make_shared<TroubledReader>(m_there->reader());
    }

    Result<CopyReport> copy(const CopySource& source, const QStringList& names,
                            const CopyOptions& options = quickOptions())
    {
        return QCoro::waitFor(planAndCopy(source, destinationOf(m_here, names), options, m_observer, {}));
    }

    RunningPtr start(const CopySource& source, const QStringList& names,
                     const CopyOptions& options = quickOptions())
    {
        auto running = std::make_shared<Running>();
        Running::drive(running, source, destinationOf(m_here, names), options);
        return running;
    }

    static qint64 contentSize(const RandomImage& image)
    {
        qint64 sum = 0;
        for (const RandomBlob& blob : image.blobs)
            sum += blob.descriptor.size;
        return sum;
    }

    static Digest largestLayer(const RandomImage& image)
    {
        return std::ranges::max(image.blobs, {}, [](const RandomBlob& blob) { return blob.descriptor.size; })
            .descriptor.digest;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_there, m_here;
    std::shared_ptr<NotingObserver> m_observer;
};

QTEST_GUILESS_MAIN(tst_Copy)
#include "tst_copy.moc"
