// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"

#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QCoro/QCoroTask>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::randomImage;

namespace {

//! A writer whose disk is full for layers; passes all else on.
class FullDisk : public ContentWriter
{
public:
    explicit FullDisk(std::shared_ptr<ContentWriter> writer) : m_writer(std::move(writer)) { }
    Task<Result<Presence>> blobPresence(Descriptor blob, std::stop_token stop) override
    {
        return m_writer->blobPresence(std::move(blob), std::move(stop));
    }
    Task<Result<Presence>> manifestPresence(Descriptor manifest, std::stop_token stop) override
    {
        return m_writer->manifestPresence(std::move(manifest), std::move(stop));
    }
    Task<Result<std::optional<Descriptor>>> current(QString name, std::stop_token stop) override
    {
        return m_writer->current(std::move(name), std::move(stop));
    }
    Task<Result<void>> pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                std::stop_token stop) override
    {
        return blob.mediaType == MediaType::OciConfig
            ? m_writer->pushBlob(std::move(blob), std::move(open), std::move(progress), std::move(stop))
            : full<void>();
    }
    Task<Result<Descriptor>> pushStream(StreamedBlob, ProgressCallback, std::stop_token) override
    {
        return full<Descriptor>();
    }
    Task<Result<bool>> mountBlob(Descriptor blob, QString from, std::stop_token stop) override
    {
        return m_writer->mountBlob(std::move(blob), std::move(from), std::move(stop));
    }
    Task<Result<void>> pushManifest(ManifestContent manifest, QStringList names,
                                    std::stop_token stop) override
    {
        return m_writer->pushManifest(std::move(manifest), std::move(names), std::move(stop));
    }

private:
    template<typename T>
    static Task<Result<T>> full()
    {
        co_return fail(Error::Code::DiskFull, u"the store"_s, u"no space left"_s);
    }
    std::shared_ptr<ContentWriter> m_writer;
};

} // namespace

//! An import on its way: how it tells of itself, and what it leaves when it ends early.
class ImportStopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsProgressToTheEnd_data();
    void reportsProgressToTheEnd();
    void passesErrorsOfTheDestinationOn();
    void leavesNoNameWhenStopped_data();
    void leavesNoNameWhenStopped();
};

void ImportStopTest::reportsProgressToTheEnd_data()
{
    QTest::addColumn<bool>("isOci");
    QTest::addColumn<bool>("isPacked");
    QTest::newRow("docker") << false << false;
    QTest::newRow("OCI") << true << false;
    QTest::newRow("docker, packed") << false << true;
    QTest::newRow("OCI, packed") << true << true;
}

void ImportStopTest::reportsProgressToTheEnd()
{
    QFETCH(bool, isOci);
    QFETCH(bool, isPacked);
    StoreFixture fixture;
    const QList<Saved> saved{{randomImage(18, {.layerSizes = {4'000'000, 6'000'000}}), {u"a:1"_s}}};
    QVERIFY((isOci ? ociArchive(saved) : dockerArchive(saved)).write(fixture.path(u"a.tar"_s)));
    QCOMPARE(fixture.run(u"gzip -1k a.tar"_s), QString());
    qint64 walked = 0;
    QList<qint64> done;
    qint64 total = 0;
    const auto follow = [&](const ArchiveProgress& progress) {
        if (progress.bytesTotal == 0) {
            QVERIFY(done.isEmpty());
            walked = progress.bytesDone;
            return;
        }
        QVERIFY(total == 0 || total == progress.bytesTotal);
        total = progress.bytesTotal;
        done.append(progress.bytesDone);
    };
    VERIFY_RESULT(fixture.import(isPacked ? u"a.tar.gz"_s : u"a.tar"_s, {}, {}, follow));
    QVERIFY(walked > 0);
    QVERIFY(done.size() > 10);
    QVERIFY(std::ranges::is_sorted(done));
    QVERIFY(done.at(done.size() / 2) > 0 && done.at(done.size() / 2) < total);
    QCOMPARE(done.constLast(), total);
}

void ImportStopTest::passesErrorsOfTheDestinationOn()
{
    StoreFixture fixture;
    const QList<Saved> saved{{randomImage(19), {u"alice/ui:v1"_s}}};
    for (const auto& make : {dockerArchive, hybridArchive, ociArchive}) {
        QVERIFY(make(saved).write(fixture.path(u"a.tar"_s)));
        const auto writer = std::make_shared<FullDisk>(fixture.store->writer());
        const auto imported = QCoro::waitFor(importArchive(fixture.path(u"a.tar"_s), writer, {}, {}, {}));
        COMPARE_ERROR(imported, Error::Code::DiskFull);
        QCOMPARE(imported.error().subject, u"the store"_s);
        QCOMPARE(fixture.names(), QStringList());
    }
}

void ImportStopTest::leavesNoNameWhenStopped_data()
{
    reportsProgressToTheEnd_data();
}

void ImportStopTest::leavesNoNameWhenStopped()
{
    QFETCH(bool, isOci);
    QFETCH(bool, isPacked);
    const QList<Saved> saved{{randomImage(20, {.layerSizes = {700'000, 900'000}}), {u"a:1"_s}}};
    int stopped = 0;
    for (int after = 0; after < 40; ++after) {
        StoreFixture fixture;
        QVERIFY((isOci ? ociArchive(saved) : dockerArchive(saved)).write(fixture.path(u"a.tar"_s)));
        if (isPacked)
            QCOMPARE(fixture.run(u"gzip -1 a.tar; mv a.tar.gz a.tar"_s), QString());
        std::stop_source stop;
        int calls = 0;
        bool isLast = false;
        const auto imported =
            fixture.import(u"a.tar"_s, {}, stop.get_token(), [&](const ArchiveProgress& progress) {
                isLast = progress.bytesTotal > 0 && progress.bytesDone == progress.bytesTotal
                    && progress.member.isEmpty();
                if (calls++ == after && !isLast)
                    stop.request_stop();
            });
        if (stop.stop_requested()) {
            ++stopped;
            COMPARE_ERROR(imported, Error::Code::Cancelled);
            QCOMPARE(fixture.names(), QStringList());
            // What came of a blob whose digest is known beforehand is kept for the next try.
            QStringList unfinished = fixture.unfinished();
            unfinished.removeIf([](const QString& file) { return file.startsWith(u"tagboat-sha256-"_s); });
            QCOMPARE(unfinished, QStringList());
        } else {
            VERIFY_RESULT(imported);
            break;
        }
    }
    QVERIFY(stopped > 2);
}

QTEST_GUILESS_MAIN(ImportStopTest)
#include "tst_importstop.moc"
