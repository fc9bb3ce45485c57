// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

//! Another image of the same config, hence of the same ID: what compressing layers anew makes.
Image repacked(const Image& image, const QList<Blob>& layers)
{
    QJsonArray list;
    for (const Blob& layer : layers)
        list.append(layer.descriptor.toJson());
    QJsonObject json = QJsonDocument::fromJson(image.manifest.bytes).object();
    json.insert("layers"_L1, list);
    const QByteArray bytes = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return {blobOf(MediaType::OciManifest, bytes), image.config, layers};
}

} // namespace

class TestStoreGarbage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        m_store = *store;
    }

    void cleanup() { m_store.reset(); }

    void youngBlobsAreSpared()
    {
        const Blob young = layerOf("young", 100);
        const Blob old = layerOf("old", 200);
        VERIFY_RESULT(pushBlob(m_store->writer(), young));
        VERIFY_RESULT(pushBlob(m_store->writer(), old));
        QVERIFY(makeOlder(m_store->blobPath(old.digest()), 61min));
        const auto report = m_store->collectGarbage(false, false);
        VERIFY_RESULT(report);
        QCOMPARE(report->blobs, 1);
        QCOMPARE(report->bytes, 200);
        QVERIFY(m_store->hasBlob(young.descriptor));
        QVERIFY(!m_store->hasBlob(old.descriptor));
        QCOMPARE(m_store->collectGarbage(false, false, 0s)->bytes, 100);
    }

    void whatAnImageNeedsIsSparedAtAnyAge()
    {
        const Image amd = imageOf({layerOf("amd", 100)}, u"amd64"_s);
        const Image arm = imageOf({layerOf("arm", 100)}, u"arm64"_s);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, amd, {}));
        VERIFY_RESULT(pushImage(writer, arm, {}));
        VERIFY_RESULT(pushManifest(writer, indexOf({amd, arm}), {u"multi"_s}));
        writer.reset();
        QVERIFY(makeBlobsOlder(m_folder->path(), 24h * 365));
        const qint64 before = bytesOfBlobs(m_folder->path());
        const auto report = m_store->collectGarbage(false, true, 0s);
        VERIFY_RESULT(report);
        QCOMPARE(report->blobs, 0);
        QCOMPARE(bytesOfBlobs(m_folder->path()), before);
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

    void whatARunningPushHoldsIsSpared()
    {
        const Image image = imageOf({layerOf("a", 100), layerOf("b", 200)}, u"amd64"_s);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushBlob(writer, image.layers.first()));
        // The second layer lay here already; this push has only found it.
        QVERIFY(writeFile(m_store->blobPath(image.layers.at(1).digest()), image.layers.at(1).bytes));
        QCOMPARE(*QCoro::waitFor(writer->blobPresence(image.layers.at(1).descriptor, {})), Presence::Present);
        QVERIFY(makeBlobsOlder(m_folder->path(), 24h));
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->blobs, 0);
        VERIFY_RESULT(pushImage(writer, image, {u"a"_s}));
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());

        // A push that comes to nothing holds nothing.
        VERIFY_RESULT(pushBlob(writer, layerOf("lost", 300)));
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->blobs, 0);
        writer.reset();
        const auto report = m_store->collectGarbage(false, true, 0s);
        VERIFY_RESULT(report);
        QCOMPARE(report->bytes, 300);
        QCOMPARE(report->ingestFiles, 0);
    }

    void manifestThatAPushHasFoundKeepsAllItLeadsTo()
    {
        const Image image = imageOf({layerOf("a", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, image, {u"a"_s}));
        auto writer = m_store->writer();
        QCOMPARE(*QCoro::waitFor(writer->manifestPresence(image.manifest.descriptor, {})), Presence::Present);
        const auto report = m_store->removeImages({image.config.digest()});
        VERIFY_RESULT(report);
        QCOMPARE(report->bytes, 0);
        QVERIFY(m_store->snapshot()->images.isEmpty());
        VERIFY_RESULT(pushManifest(writer, image.manifest, {u"b"_s}));
        QVERIFY(m_store->verify(u"b"_s, {})->problems.isEmpty());
        // With its name given the writer lets go, even while it lives.
        QCOMPARE(m_store->removeImages({image.config.digest()})->bytes, image.size());
    }

    void removalTakesOnlyWhatNobodyElseNeeds()
    {
        const Blob base = layerOf("base", 5000);
        const Image first = imageOf({base, layerOf("first", 700)}, u"amd64"_s);
        const Image second = imageOf({base, layerOf("second", 900)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, first, {u"first:1"_s, u"first:latest"_s}));
        VERIFY_RESULT(pushImage(m_store, second, {u"second"_s}));

        const auto plan = m_store->planRemoval({}, {first.config.digest()});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->names,
                 (QStringList{u"docker.io/library/first:1"_s, u"docker.io/library/first:latest"_s}));
        QCOMPARE(plan->images, QList<Digest>{first.config.digest()});
        QCOMPARE(plan->keptNames, QStringList());
        QCOMPARE(plan->bytesFreed, first.size() - 5000);

        const qint64 before = bytesOfBlobs(m_folder->path());
        const auto report = m_store->removeImages({first.config.digest()});
        VERIFY_RESULT(report);
        QCOMPARE(report->bytes, plan->bytesFreed);
        QCOMPARE(report->blobs, 3);
        QCOMPARE(report->images, plan->images);
        QCOMPARE(bytesOfBlobs(m_folder->path()), before - plan->bytesFreed);
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
        COMPARE_ERROR(m_store->resolve(u"first:1"_s), Error::Code::NotFound);
        COMPARE_ERROR(m_store->removeImages({first.config.digest()}), Error::Code::NotFound);
    }

    void planTellsWhichNamesHoldAnImage()
    {
        const Image image = imageOf({layerOf("a", 100)}, u"amd64"_s);
        const Image other = imageOf({layerOf("b", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, image, {u"a:1"_s, u"a:2"_s}));
        VERIFY_RESULT(pushImage(m_store, other, {u"b"_s}));
        const auto one = m_store->planRemoval({u"a:1"_s}, {});
        VERIFY_RESULT(one);
        QCOMPARE(one->names, QStringList{u"docker.io/library/a:1"_s});
        QCOMPARE(one->keptNames, QStringList{u"docker.io/library/a:2"_s});
        QVERIFY(one->images.isEmpty());
        QCOMPARE(one->bytesFreed, 0);
        const auto both = m_store->planRemoval({u"a:1"_s, u"docker.io/library/a:2"_s}, {});
        VERIFY_RESULT(both);
        QVERIFY(both->keptNames.isEmpty());
        QCOMPARE(both->images, QList<Digest>{image.config.digest()});
        QCOMPARE(both->bytesFreed, image.size());
        const auto mixed = m_store->planRemoval({u"a:1"_s}, {other.manifest.digest()});
        VERIFY_RESULT(mixed);
        QCOMPARE(mixed->names, (QStringList{u"docker.io/library/a:1"_s, u"docker.io/library/b:latest"_s}));
        QCOMPARE(mixed->images, QList<Digest>{other.config.digest()});
        QCOMPARE(mixed->bytesFreed, other.size());
        COMPARE_ERROR(m_store->planRemoval({u"c"_s}, {}), Error::Code::NotFound);
        COMPARE_ERROR(m_store->planRemoval({}, {layerOf("x", 1).digest()}), Error::Code::NotFound);
        // A plan is only a plan.
        QCOMPARE(m_store->snapshot()->usage.names, 3);
    }

    void imagesOfOneIdAreRemovedOneByOne()
    {
        const Image first = imageOf({layerOf("packed", 700)}, u"amd64"_s);
        const Image second = repacked(first, {layerOf("packed otherwise", 900)});
        VERIFY_RESULT(pushImage(m_store, first, {u"first:1"_s}));
        VERIFY_RESULT(pushImage(m_store, second, {u"keep:1"_s}));

        const auto plan = m_store->planRemoval({u"first:1"_s}, {});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->targets, QList<Digest>{first.manifest.digest()});
        QCOMPARE(plan->images, QList<Digest>{first.config.digest()});
        QCOMPARE(plan->names, QStringList{u"docker.io/library/first:1"_s});
        QCOMPARE(plan->bytesFreed, 700 + first.manifest.size());
        const auto byDigest = m_store->planRemoval({}, plan->targets);
        VERIFY_RESULT(byDigest);
        QCOMPARE(byDigest->targets, plan->targets);
        QCOMPARE(byDigest->names, plan->names);

        const auto report = m_store->removeImages(plan->targets);
        VERIFY_RESULT(report);
        QCOMPARE(report->bytes, plan->bytesFreed);
        COMPARE_ERROR(m_store->resolve(u"first:1"_s), Error::Code::NotFound);
        QCOMPARE(m_store->image(u"keep:1"_s)->target, second.manifest.descriptor);
        QVERIFY(m_store->verify(u"keep:1"_s, {})->problems.isEmpty());

        // The ID means both.
        VERIFY_RESULT(pushImage(m_store, first, {u"first:1"_s}));
        QCOMPARE(m_store->planRemoval({}, {first.config.digest()})->targets.size(), 2);
        VERIFY_RESULT(m_store->removeImages({first.config.digest()}));
        QVERIFY(m_store->snapshot()->images.isEmpty());
    }

    void untaggedImagesGoOnlyWhenAskedFor()
    {
        const Blob base = layerOf("base", 5000);
        const Image kept = imageOf({base}, u"amd64"_s);
        const Image untagged = imageOf({base, layerOf("old", 700)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, kept, {u"a"_s}));
        VERIFY_RESULT(pushImage(m_store, untagged, {u"b"_s}));
        VERIFY_RESULT(m_store->removeNames({u"b"_s}));
        QCOMPARE(m_store->collectGarbage(false, false, 0s)->bytes, 0);

        const QStringList before = filesIn(m_folder->path());
        const auto dry = m_store->collectGarbage(true, true);
        VERIFY_RESULT(dry);
        QCOMPARE(dry->images, QList<Digest>{untagged.config.digest()});
        QCOMPARE(dry->bytes, untagged.size() - 5000);
        QCOMPARE(filesIn(m_folder->path()), before);
        QCOMPARE(m_store->snapshot()->images.size(), 2);

        const auto real = m_store->collectGarbage(false, true);
        VERIFY_RESULT(real);
        QCOMPARE(real->bytes, dry->bytes);
        QCOMPARE(real->images, dry->images);
        QCOMPARE(m_store->snapshot()->images.size(), 1);
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

    void namelessChildrenStandAndFallWithTheirIndex()
    {
        const Image amd = imageOf({layerOf("amd", 100)}, u"amd64"_s);
        const Image arm = imageOf({layerOf("arm", 100)}, u"arm64"_s);
        const Blob index = indexOf({amd, arm});
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, amd, {}));
        VERIFY_RESULT(pushImage(writer, arm, {}));
        VERIFY_RESULT(pushManifest(writer, index, {u"multi"_s}));
        VERIFY_RESULT(addNamelessEntry(amd.manifest));
        writer.reset();
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->images.size(), 1);
        QCOMPARE(snapshot->usage.reclaimable, 0);
        QCOMPARE(snapshot->usage.shared, 0);
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->blobs, 0);
        const qint64 all = index.size() + amd.size() + arm.size();
        QCOMPARE(m_store->planRemoval({}, {index.digest()})->bytesFreed, all);
        QCOMPARE(m_store->removeImages({index.digest()})->bytes, all);
        QCOMPARE(bytesOfBlobs(m_folder->path()), 0);
        QVERIFY(m_store->snapshot()->images.isEmpty());
    }

    void namedChildOutlivesItsIndex()
    {
        const Image amd = imageOf({layerOf("amd", 100)}, u"amd64"_s);
        const Image arm = imageOf({layerOf("arm", 100)}, u"arm64"_s);
        const Blob index = indexOf({amd, arm});
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, amd, {u"amd"_s}));
        VERIFY_RESULT(pushImage(writer, arm, {}));
        VERIFY_RESULT(pushManifest(writer, index, {u"multi"_s}));
        QCOMPARE(m_store->snapshot()->images.size(), 2);
        QCOMPARE(m_store->removeImages({index.digest()})->bytes, index.size() + arm.size());
        QVERIFY(m_store->verify(u"amd"_s, {})->problems.isEmpty());
    }

    void referrersStandAndFallWithTheirSubject()
    {
        const Image image = imageOf({layerOf("image", 1000)}, u"amd64"_s);
        const Image signature = artifactOf(layerOf("signature", 50), image.manifest.descriptor);
        const Image report = artifactOf(layerOf("report", 60), image.manifest.descriptor);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, image, {u"signed"_s}));
        VERIFY_RESULT(pushImage(writer, signature, {}));
        VERIFY_RESULT(pushImage(writer, report, {}));
        writer.reset();
        QVERIFY(makeBlobsOlder(m_folder->path(), 24h));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->images.size(), 3);
        QCOMPARE(snapshot->usage.reclaimable, 0);
        // The signature's size is its own, not that of what it signs.
        QCOMPARE(findImage(*snapshot, signature.manifest.digest())->size, signature.size());
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->blobs, 0);

        // Without its name the image is untagged, and so are its referrers.
        VERIFY_RESULT(m_store->removeNames({u"signed"_s}));
        const qint64 all = bytesOfBlobs(m_folder->path());
        QCOMPARE(m_store->diskUsage()->reclaimable, all);
        const auto plan = m_store->planRemoval({}, {image.config.digest()});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->images.size(), 3);
        QCOMPARE(plan->bytesFreed, all);
        QCOMPARE(m_store->removeImages({image.config.digest()})->bytes, all);
        QCOMPARE(bytesOfBlobs(m_folder->path()), 0);
    }

    void namedReferrerKeepsItsSubject()
    {
        const Image image = imageOf({layerOf("image", 1000)}, u"amd64"_s);
        const Image signature = artifactOf(layerOf("signature", 50), image.manifest.descriptor);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, image, {u"signed"_s}));
        VERIFY_RESULT(pushImage(writer, signature, {u"signature"_s}));
        writer.reset();
        QCOMPARE(m_store->planRemoval({}, {image.config.digest()})->bytesFreed, 0);
        QCOMPARE(m_store->removeImages({image.config.digest()})->bytes, 0);
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->images.size(), 1);
        // Every byte that is kept is counted with somebody.
        QCOMPARE(snapshot->images.first().size, image.size() + signature.size());
        QCOMPARE(snapshot->usage.unique, snapshot->usage.total);
        QCOMPARE(m_store->removeImages({signature.manifest.digest()})->bytes,
                 image.size() + signature.size());
        QCOMPARE(bytesOfBlobs(m_folder->path()), 0);
    }

    void whatAnUnknownDocumentMentionsIsKept()
    {
        const Image inner = imageOf({layerOf("inner", 100)}, u"amd64"_s);
        const Blob blob = layerOf("blob", 200);
        const QJsonObject json = {{u"things"_s,
                                   QJsonArray{QJsonObject{{u"blobSum"_s, blob.digest().toString()}},
                                              inner.manifest.descriptor.toJson()}}};
        const Blob strange = blobOf("application/vnd.example.thing+json"_L1, QJsonDocument(json).toJson());
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, inner, {}));
        VERIFY_RESULT(pushBlob(writer, blob));
        VERIFY_RESULT(pushManifest(writer, strange, {u"strange"_s}));
        writer.reset();
        QVERIFY(makeBlobsOlder(m_folder->path(), 24h));
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->blobs, 0);
        QCOMPARE(m_store->removeImages({strange.digest()})->bytes,
                 inner.size() + blob.size() + strange.size());
    }

    void damagedManifestDoesNotStopTheSweep()
    {
        const Image good = imageOf({layerOf("good", 100)}, u"amd64"_s);
        const Image bad = imageOf({layerOf("bad", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, good, {u"good"_s}));
        VERIFY_RESULT(pushImage(m_store, bad, {u"bad"_s}));
        QVERIFY(writeFile(m_store->blobPath(bad.manifest.digest()), "no manifest"));
        const auto fresh = ImageStore::open(m_folder->path());
        VERIFY_RESULT(fresh);
        VERIFY_RESULT((*fresh)->collectGarbage(false, true, 1h));
        QVERIFY((*fresh)->verify(u"good"_s, {})->problems.isEmpty());
        VERIFY_RESULT((*fresh)->removeImages({bad.manifest.digest()}));
        QCOMPARE((*fresh)->snapshot()->images.size(), 1);
    }

    void leftoversOfTheDeadAreSweptAndOthersSpared()
    {
        const QString ingest = m_folder->filePath(u"ingest/"_s);
        QVERIFY(writeFile(ingest + u"tagboat-1.part"_s, QByteArray(1000, 'x')));
        QVERIFY(writeFile(ingest + u"tagboat-2.lease"_s, "blob sha256:\n"));
        QVERIFY(writeFile(ingest + u"tagboat-3.tmp"_s, "{"));
        QVERIFY(writeFile(ingest + u"oras_1234"_s, QByteArray(20, 'x')));
        QVERIFY(writeFile(ingest + u"oras_5678"_s, QByteArray(30, 'x')));
        QVERIFY(makeOlder(ingest + u"oras_5678"_s, 25h));
        auto writer = m_store->writer();
        VERIFY_RESULT(pushBlob(writer, layerOf("live", 10)));
        QCOMPARE(m_store->diskUsage()->reclaimable, 1000 + 13 + 1 + 30);
        const auto report = m_store->collectGarbage(false, false);
        VERIFY_RESULT(report);
        QCOMPARE(report->ingestFiles, 4);
        QCOMPARE(report->bytes, 1000 + 13 + 1 + 30);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList{u"oras_1234"_s});
        QCOMPARE(filesIn(ingest).size(), 2); // with the living lease
    }

private:
    Result<void> addNamelessEntry(const Blob& manifest)
    {
        const QString path = m_folder->filePath(u"index.json"_s);
        QJsonObject json = QJsonDocument::fromJson(contentOf(path)).object();
        QJsonArray manifests = json.value("manifests"_L1).toArray();
        manifests.append(manifest.descriptor.toJson());
        json.insert("manifests"_L1, manifests);
        if (!writeFile(path, QJsonDocument(json).toJson()))
            return fail(Error::Code::Io, path, u"cannot write"_s);
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
};

QTEST_GUILESS_MAIN(TestStoreGarbage)
#include "tst_storegarbage.moc"
