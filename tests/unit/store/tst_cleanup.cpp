// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "store/cleanup.h"
#include "support/resulttest.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

CleanUpRules noRule()
{
    CleanUpRules rules;
    rules.unreferenced = false;
    rules.grace = 0s;
    return rules;
}

CleanUpRules untaggedOnly()
{
    CleanUpRules rules = noRule();
    rules.untagged = true;
    return rules;
}

CleanUpRules keeping(int count)
{
    CleanUpRules rules = noRule();
    rules.keepLast = count;
    return rules;
}

QString canonical(const QString& name)
{
    return u"docker.io/library/"_s + name;
}

const CleanUpItem* itemOf(const CleanUpPlan& plan, const Image& image)
{
    const auto found = std::ranges::find(plan.items, image.manifest.digest(), &CleanUpItem::target);
    return found == plan.items.end() ? nullptr : &*found;
}

} // namespace

class TestCleanUp : public QObject
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

    void aPlanChangesNothingAndIsKeptToTheByte()
    {
        const Blob base = layerOf("base", 5000);
        const Blob common = layerOf("common to the old", 1300);
        const Image newest = imageOf({base, layerOf("3", 300)}, u"amd64"_s);
        const Image second = imageOf({base, common, layerOf("2", 200)}, u"amd64"_s);
        const Image first = imageOf({base, common, layerOf("1", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, newest, {u"app:3.0"_s, u"app:latest"_s}));
        VERIFY_RESULT(pushImage(m_store, second, {u"app:2.0"_s, u"app:2"_s}));
        VERIFY_RESULT(pushImage(m_store, first, {u"app:1.0"_s}));

        const QStringList before = filesIn(m_folder->path());
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        QCOMPARE(filesIn(m_folder->path()), before);
        QCOMPARE(plan->items.size(), 2);
        const CleanUpItem* item = itemOf(*plan, second);
        QVERIFY(item);
        QCOMPARE(item->kind, CleanUpItem::Kind::Image);
        QCOMPARE(item->reasons, CleanUpReasons(CleanUpReason::OldVersion));
        QCOMPARE(item->names, (QStringList{canonical(u"app:2"_s), canonical(u"app:2.0"_s)}));
        QCOMPARE(item->size, second.size());
        QCOMPARE(item->bytes, second.size() - 5000 - 1300);

        // What both hold comes free only when both go.
        const CleanUpSum all = plan->sumOf(plan->all());
        QCOMPARE(all.bytes, second.size() + first.size() - 2 * 5000 - 1300);
        QCOMPARE(all.images, 2);
        QCOMPARE(all.names, 3);
        QCOMPARE(all.blobs, 7);
        std::vector<bool> one = plan->all();
        one[size_t(item - plan->items.constData())] = false;
        QCOMPARE(plan->sumOf(one).bytes, first.size() - 5000 - 1300);

        const qint64 bytes = bytesOfBlobs(m_folder->path());
        const auto some = m_store->cleanUp(*plan, one);
        VERIFY_RESULT(some);
        QCOMPARE(some->done.bytes, first.size() - 5000 - 1300);
        QCOMPARE(some->images, QList<Digest>{first.config.digest()});
        QCOMPARE(some->names.keys(), QStringList{canonical(u"app:1.0"_s)});
        QVERIFY(some->left.isEmpty());
        QCOMPARE(bytesOfBlobs(m_folder->path()), bytes - some->done.bytes);
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());

        // The rest of it, with the figures as they are now.
        const auto rest = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(rest);
        const CleanUpSum sum = rest->sumOf(rest->all());
        const auto done = m_store->cleanUp(*rest, rest->all());
        VERIFY_RESULT(done);
        QCOMPARE(done->done.bytes, sum.bytes);
        QCOMPARE(done->done.blobs, sum.blobs);
        QCOMPARE(bytesOfBlobs(m_folder->path()), newest.size());
        QCOMPARE(m_store->snapshot()->images.size(), 1);
    }

    void aNameGoesAndTheImageStays()
    {
        const Image image = imageOf({layerOf("a", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, image, {u"app:1.0"_s, u"app:stable"_s}));
        VERIFY_RESULT(pushImage(m_store, imageOf({layerOf("b", 100)}, u"amd64"_s), {u"app:2.0"_s}));
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 1);
        const CleanUpItem& item = plan->items.first();
        QCOMPARE(item.kind, CleanUpItem::Kind::Name);
        QCOMPARE(item.names, QStringList{canonical(u"app:1.0"_s)});
        QCOMPARE(item.keptNames, QStringList{canonical(u"app:stable"_s)});
        QCOMPARE(plan->sumOf(plan->all()).bytes, 0);
        const auto report = m_store->cleanUp(*plan, plan->all());
        VERIFY_RESULT(report);
        QCOMPARE(report->done.names, 1);
        QCOMPARE(report->done.images, 0);
        QCOMPARE(report->names.value(canonical(u"app:1.0"_s)), image.manifest.digest());
        COMPARE_ERROR(m_store->resolve(u"app:1.0"_s), Error::Code::NotFound);
        VERIFY_RESULT(m_store->resolve(u"app:stable"_s));
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

    void untaggedImagesGoWithWhatIsAttachedToThem()
    {
        const Image kept = imageOf({layerOf("kept", 900)}, u"amd64"_s);
        const Image image = imageOf({layerOf("image", 1000)}, u"amd64"_s);
        const Image signature = artifactOf(layerOf("signature", 50), image.manifest.descriptor);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, kept, {u"kept:1"_s}));
        VERIFY_RESULT(pushImage(writer, image, {u"signed:1"_s}));
        VERIFY_RESULT(pushImage(writer, signature, {}));
        writer.reset();
        QVERIFY(m_store->planCleanUp(untaggedOnly())->items.isEmpty());
        VERIFY_RESULT(m_store->removeNames({u"signed:1"_s}));

        const auto plan = m_store->planCleanUp(untaggedOnly());
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 2);
        const CleanUpItem* attached = itemOf(*plan, signature);
        QVERIFY(attached);
        QCOMPARE(attached->reasons, CleanUpReasons(CleanUpReason::Attached));
        QCOMPARE(attached->hosts.size(), 1);
        QVERIFY(attached->isArtifact);
        QCOMPARE(itemOf(*plan, image)->reasons, CleanUpReasons(CleanUpReason::Untagged));
        QCOMPARE(plan->sumOf(plan->all()).bytes, image.size() + signature.size());
        // Without what it is attached to it stays.
        std::vector<bool> none(2);
        none[size_t(attached - plan->items.constData())] = true;
        QCOMPARE(plan->sumOf(none).images, 0);
        QCOMPARE(m_store->cleanUp(*plan, none)->done.bytes, 0);
        QCOMPARE(m_store->snapshot()->images.size(), 3);

        const auto report = m_store->cleanUp(*plan, plan->all());
        VERIFY_RESULT(report);
        QCOMPARE(report->done.bytes, image.size() + signature.size());
        QCOMPARE(report->done.images, 2);
        QCOMPARE(bytesOfBlobs(m_folder->path()), kept.size());
    }

    void whatOtherNamesReachStays()
    {
        // The platform has a name of its own, and an index that stays leads to it.
        const Image amd = imageOf({layerOf("amd", 100)}, u"amd64"_s);
        const Image arm = imageOf({layerOf("arm", 100)}, u"arm64"_s);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, amd, {u"app:1.0"_s}));
        VERIFY_RESULT(pushImage(writer, arm, {}));
        VERIFY_RESULT(pushManifest(writer, indexOf({amd, arm}), {u"app:2.0"_s}));
        writer.reset();
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 1);
        QCOMPARE(plan->sumOf(plan->all()).bytes, 0);
        VERIFY_RESULT(m_store->cleanUp(*plan, plan->all()));
        COMPARE_ERROR(m_store->resolve(u"app:1.0"_s), Error::Code::NotFound);
        QVERIFY(m_store->verify(u"app:2.0"_s, {})->problems.isEmpty());
    }

    void anIndexGoesWithItsNamelessParts()
    {
        const Image amd = imageOf({layerOf("amd", 100)}, u"amd64"_s);
        const Image arm = imageOf({layerOf("arm", 100)}, u"arm64"_s);
        const Blob index = indexOf({amd, arm});
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, amd, {u"part:1"_s}));
        VERIFY_RESULT(pushImage(writer, arm, {}));
        VERIFY_RESULT(pushManifest(writer, index, {u"app:1.0"_s}));
        VERIFY_RESULT(pushImage(writer, imageOf({layerOf("new", 100)}, u"amd64"_s), {u"app:2.0"_s}));
        writer.reset();
        VERIFY_RESULT(m_store->removeNames({u"part:1"_s})); // a nameless entry is left
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        const CleanUpSum sum = plan->sumOf(plan->all());
        QCOMPARE(sum.images, 1);
        QCOMPARE(sum.bytes, index.size() + amd.size() + arm.size());
        const auto report = m_store->cleanUp(*plan, plan->all());
        VERIFY_RESULT(report);
        QCOMPARE(report->done.bytes, sum.bytes);
        QCOMPARE(report->done.images, 1);
        QCOMPARE(m_store->snapshot()->images.size(), 1);
        QCOMPARE(m_store->diskUsage()->unreferenced, 0);
    }

    void filesOfNobodyGoByTheirRules()
    {
        const Blob old = layerOf("old", 700);
        VERIFY_RESULT(pushBlob(m_store->writer(), old));
        VERIFY_RESULT(pushBlob(m_store->writer(), layerOf("young", 300)));
        QVERIFY(makeOlder(m_store->blobPath(old.digest()), 61min));
        const QString ingest = m_folder->filePath(u"ingest/"_s);
        QVERIFY(writeFile(ingest + u"tagboat-1.part"_s, QByteArray(1000, 'x')));
        const Digest wanted = layerOf("wanted", 1).digest();
        const QString partial = ingest + u"tagboat-sha256-%1.part"_s.arg(wanted.hex());
        QVERIFY(writeFile(partial, QByteArray(100'000, 'x')));

        const auto plan = m_store->planCleanUp({});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 2);
        CleanUpSum sum = plan->sumOf(plan->all());
        QCOMPARE(sum.bytes, 1700);
        QCOMPARE(sum.blobs, 1);
        QCOMPARE(sum.ingestFiles, 1);
        const auto dry = m_store->collectGarbage(true, false);
        VERIFY_RESULT(dry);
        QCOMPARE(dry->bytes, sum.bytes);

        CleanUpRules rules;
        rules.unfinished = true;
        const auto more = m_store->planCleanUp(rules);
        VERIFY_RESULT(more);
        QCOMPARE(more->items.size(), 3);
        QCOMPARE(more->items.last().reasons, CleanUpReasons(CleanUpReason::Unfinished));
        QCOMPARE(more->items.last().files.first().digest, wanted);
        sum = more->sumOf(more->all());
        QCOMPARE(sum.bytes, 101'700);
        // A download that somebody has gone on with meanwhile is another one.
        QVERIFY(writeFile(partial, QByteArray(120'000, 'x')));
        const auto report = m_store->cleanUp(*more, more->all());
        VERIFY_RESULT(report);
        QCOMPARE(report->done.bytes, 1700);
        QVERIFY(QFile::exists(partial));
        QCOMPARE(bytesOfBlobs(m_folder->path()), 300);
    }

    void whatChangedMeanwhileStays_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("another name") << u"name"_s;
        QTest::newRow("pulled again") << u"pull"_s;
        QTest::newRow("a signature came") << u"sign"_s;
        QTest::newRow("gone already") << u"remove"_s;
        QTest::newRow("its name moved on") << u"move"_s;
    }

    void whatChangedMeanwhileStays()
    {
        QFETCH(const QString, change);
        const Image old = imageOf({layerOf("old", 400)}, u"amd64"_s);
        const Image older = imageOf({layerOf("older", 300)}, u"amd64"_s);
        const Image newest = imageOf({layerOf("new", 500)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, old, {u"app:1.1"_s}));
        VERIFY_RESULT(pushImage(m_store, older, {u"app:1.0"_s}));
        VERIFY_RESULT(pushImage(m_store, newest, {u"app:2.0"_s}));
        QVERIFY(makeBlobsOlder(m_folder->path(), 2h));
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 2);

        if (change == "name"_L1)
            VERIFY_RESULT(m_store->setNames(old.manifest.descriptor, {u"mine:1"_s}));
        else if (change == "pull"_L1)
            VERIFY_RESULT(pushImage(m_store, old, {u"app:1.1"_s}));
        else if (change == "sign"_L1)
            VERIFY_RESULT(pushImage(m_store, artifactOf(layerOf("s", 50), old.manifest.descriptor), {}));
        else if (change == "remove"_L1)
            VERIFY_RESULT(m_store->removeImages({old.manifest.digest()}));
        else
            VERIFY_RESULT(m_store->setNames(newest.manifest.descriptor, {u"app:1.1"_s}));
        const bool isThere = change != "remove"_L1;

        const auto report = m_store->cleanUp(*plan, plan->all());
        VERIFY_RESULT(report);
        QCOMPARE(report->done.bytes, older.size());
        QCOMPARE(report->names.keys(), QStringList{canonical(u"app:1.0"_s)});
        QCOMPARE(report->left.size(), 1);
        QCOMPARE(report->left.first().target, old.manifest.digest());
        QCOMPARE(m_store->hasBlob(old.manifest.descriptor), isThere);
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
    }

    void aNameThatBecameTheLastStays()
    {
        const Image image = imageOf({layerOf("a", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, image, {u"app:1.0"_s, u"app:stable"_s}));
        VERIFY_RESULT(pushImage(m_store, imageOf({layerOf("b", 100)}, u"amd64"_s), {u"app:2.0"_s}));
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        VERIFY_RESULT(m_store->removeNames({u"app:stable"_s}));
        const auto report = m_store->cleanUp(*plan, plan->all());
        VERIFY_RESULT(report);
        QVERIFY(report->names.isEmpty());
        QCOMPARE(report->left.size(), 1);
        VERIFY_RESULT(m_store->resolve(u"app:1.0"_s));
    }

    void anUntaggedImageThatGotANameStays()
    {
        const Image image = imageOf({layerOf("a", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushUntagged(image));
        const auto plan = m_store->planCleanUp(untaggedOnly());
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 1);
        VERIFY_RESULT(m_store->setNames(image.manifest.descriptor, {u"saved:1"_s}));
        QCOMPARE(m_store->cleanUp(*plan, plan->all())->done.bytes, 0);
        QVERIFY(m_store->verify(u"saved:1"_s, {})->problems.isEmpty());
    }

    void whatARunningPullHoldsIsNotCounted()
    {
        const Image image = imageOf({layerOf("a", 100)}, u"amd64"_s);
        VERIFY_RESULT(pushUntagged(image));
        auto writer = m_store->writer();
        QCOMPARE(*QCoro::waitFor(writer->blobPresence(image.layers.first().descriptor, {})),
                 Presence::Present);
        const auto plan = m_store->planCleanUp(untaggedOnly());
        VERIFY_RESULT(plan);
        QCOMPARE(plan->sumOf(plan->all()).bytes, image.size() - 100);
        QCOMPARE(m_store->cleanUp(*plan, plan->all())->done.bytes, image.size() - 100);
        QVERIFY(m_store->hasBlob(image.layers.first().descriptor));
    }

    void signaturesByTagGoWithTheirImage()
    {
        const Image image = imageOf({layerOf("old", 400)}, u"amd64"_s);
        const Image signature = artifactOf(layerOf("s", 50), {});
        const QString tag = u"app:sha256-%1.sig"_s.arg(image.manifest.digest().hex());
        VERIFY_RESULT(pushImage(m_store, image, {u"app:1.0"_s}));
        VERIFY_RESULT(pushImage(m_store, signature, {tag}));
        VERIFY_RESULT(pushImage(m_store, imageOf({layerOf("new", 500)}, u"amd64"_s), {u"app:2.0"_s}));
        const auto plan = m_store->planCleanUp(keeping(1));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 2);
        QCOMPARE(itemOf(*plan, signature)->hosts.size(), 1);
        std::vector<bool> none(2, false);
        none[1] = true;
        QCOMPARE(plan->sumOf(none).names, 0);
        const auto report = m_store->cleanUp(*plan, plan->all());
        VERIFY_RESULT(report);
        QCOMPARE(report->done.bytes, image.size() + signature.size());
        QCOMPARE(report->done.names, 2);
    }

private:
    [[nodiscard]] Result<void> pushUntagged(const Image& image) const
    {
        return pushImage(m_store, image, {u"lost:1"_s}).and_then([this] {
            return m_store->removeNames({u"lost:1"_s});
        });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
};

QTEST_GUILESS_MAIN(TestCleanUp)
#include "tst_cleanup.moc"
