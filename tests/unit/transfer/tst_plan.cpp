// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/mediatype.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"
#include "transfer/presence.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;

Platform platform(const QString& text)
{
    return Platform::parse(text).value();
}

QList<Digest> digestsOf(const QList<PlannedBlob>& blobs)
{
    QList<Digest> digests;
    for (const PlannedBlob& blob : blobs)
        digests.append(blob.descriptor.digest);
    return digests;
}

//! Puts documents written by hand into a store.
class HandMade
{
public:
    explicit HandMade(std::shared_ptr<ImageStore> store)
        : m_store(std::move(store)), m_writer(m_store->writer())
    { }

    Descriptor blob(const QByteArray& bytes, const QString& mediaType)
    {
        Descriptor descriptor;
        descriptor.mediaType = mediaType;
        descriptor.digest = Digest::ofBytes(bytes);
        descriptor.size = bytes.size();
        const SourceFactory open = [bytes](qint64, const std::stop_token&) { return opened(bytes); };
        const auto pushed = QCoro::waitFor(m_writer->pushBlob(descriptor, open, {}, {}));
        if (!pushed)
            qFatal("%s", qPrintable(pushed.error().toString()));
        return descriptor;
    }

    Descriptor document(const QJsonObject& object, const QString& mediaType, const QStringList& names = {})
    {
        ManifestContent content;
        content.bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
        content.descriptor.mediaType = mediaType;
        content.descriptor.digest = Digest::ofBytes(content.bytes);
        content.descriptor.size = content.bytes.size();
        const auto pushed = QCoro::waitFor(m_writer->pushManifest(content, names, {}));
        if (!pushed)
            qFatal("%s", qPrintable(pushed.error().toString()));
        return content.descriptor;
    }

    Descriptor index(const QList<Descriptor>& children, const QStringList& names = {})
    {
        QJsonArray manifests;
        for (const Descriptor& child : children)
            manifests.append(child.toJson());
        return document(
            {{u"schemaVersion"_s, 2}, {u"mediaType"_s, MediaType::OciIndex}, {u"manifests"_s, manifests}},
            MediaType::OciIndex, names);
    }

    Descriptor manifest(const Descriptor& config, const QList<Descriptor>& layers,
                        const QStringList& names = {})
    {
        QJsonArray array;
        for (const Descriptor& layer : layers)
            array.append(layer.toJson());
        return document({{u"schemaVersion"_s, 2},
                         {u"mediaType"_s, MediaType::OciManifest},
                         {u"config"_s, config.toJson()},
                         {u"layers"_s, array}},
                        MediaType::OciManifest, names);
    }

    //! An image of one layer for a platform, told by its config alone.
    Descriptor image(const QString& text, const QStringList& names = {})
    {
        const QJsonObject config{
            {u"os"_s, platform(text).os},
            {u"architecture"_s, platform(text).architecture},
            {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, QJsonArray()}}}};
        return manifest(blob(QJsonDocument(config).toJson(), MediaType::OciConfig),
                        {blob(text.toUtf8(), MediaType::OciLayer)}, names);
    }

private:
    static Task<Result<ByteSourcePtr>> opened(QByteArray bytes)
    {
        co_return Result<ByteSourcePtr>(memorySource(std::move(bytes)));
    }

    std::shared_ptr<ImageStore> m_store;
    std::shared_ptr<ContentWriter> m_writer;
};

} // namespace

class tst_Plan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_there = openStore(m_folder->filePath(u"there"_s));
        m_here = openStore(m_folder->filePath(u"here"_s));
    }

    void cleanup()
    {
        m_there.reset();
        m_here.reset();
    }

    void anImageIsListedBaseFirstAndConfigLast()
    {
        const RandomImage image = randomImage(1);
        const auto plan = planFrom(image);
        VERIFY_RESULT(plan);
        QVERIFY(plan->root.isSameContent(image.target));
        QCOMPARE(plan->imageId, image.id());
        QCOMPARE(plan->manifests.size(), 1);
        QCOMPARE(plan->manifests[0].bytes, image.bytes);

        const Manifest manifest = Manifest::parse(image.bytes, {}, u"it"_s).value();
        QList<Digest> expected;
        for (const Descriptor& layer : manifest.layers())
            expected.append(layer.digest);
        expected.append(manifest.config().digest);
        QCOMPARE(digestsOf(plan->blobs), expected);
        QVERIFY(plan->blobs.constLast().isConfig);
        QCOMPARE(plan->blobs.constLast().step, u"config"_s);
        QVERIFY(!plan->blobs.constFirst().step.isEmpty());
        QCOMPARE(plan->platforms, QList<Platform>{platform(u"linux/amd64"_s)});
        QCOMPARE(plan->bytesToTransfer(), manifest.contentSize());
        QCOMPARE(plan->bytesPresent(), 0);
        QVERIFY(!plan->rootIsPresent);
        QVERIFY(plan->missing.isEmpty());
    }

    void stepsAreEmptyWhereTheConfigHasNoHistory()
    {
        RandomImageOptions options;
        options.hasHistory = false;
        const auto plan = planFrom(randomImage(2, options));
        VERIFY_RESULT(plan);
        QVERIFY(plan->blobs.constFirst().step.isEmpty());
        QCOMPARE(plan->blobs.constLast().step, u"config"_s);
    }

    void whatIsThereIsPresentAndSharedLayersAreSeen()
    {
        RandomImageOptions options;
        options.sharedLayers = 2;
        VERIFY_RESULT(copyFrom(randomImage(1, options), u"docker.io/library/first:v1"_s));
        const RandomImage second = randomImage(2, options);
        const auto plan = planFrom(second);
        VERIFY_RESULT(plan);
        QCOMPARE(plan->count(PlannedBlob::Action::Present), 2);
        QCOMPARE(plan->count(PlannedBlob::Action::Transfer), 2);
        QCOMPARE(plan->blobs[0].action, PlannedBlob::Action::Present);
        QCOMPARE(plan->blobs[1].action, PlannedBlob::Action::Present);
        QCOMPARE(plan->bytesPresent(), plan->blobs[0].descriptor.size + plan->blobs[1].descriptor.size);
        QVERIFY(!plan->rootIsPresent);
    }

    void anImageThatIsThereHasNothingToMove()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(copyFrom(image, Name));
        const auto plan = planFrom(image);
        VERIFY_RESULT(plan);
        QVERIFY(plan->rootIsPresent);
        QCOMPARE(plan->bytesToTransfer(), 0);
        QCOMPARE(plan->count(PlannedBlob::Action::Present), 4);
        QVERIFY(plan->names[0].previous);
        QVERIFY(!plan->names[0].moves(plan->root));
    }

    void aFolderThatLostABlobGetsItAgain()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(copyFrom(image, Name));
        const Descriptor lost = image.blobsOf().constLast().descriptor;
        QVERIFY(QFile::remove(m_here->blobPath(lost.digest)));
        const auto plan = planFrom(image);
        VERIFY_RESULT(plan);
        QVERIFY(!plan->rootIsPresent);
        QCOMPARE(plan->bytesToTransfer(), lost.size);
    }

    void namesTellWhereTheyPointNow()
    {
        VERIFY_RESULT(copyFrom(randomImage(1), Name));
        auto source = sourceOf(randomImage(2).reader({Name}), Name);
        const auto destination = destinationOf(m_here, {Name, u"docker.io/library/sample:v2"_s});
        const auto plan = QCoro::waitFor(makePlan(source, destination, quickOptions(), {}));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->names.size(), 2);
        QVERIFY(plan->names[0].moves(plan->root));
        QCOMPARE(plan->names[0].previous->digest, randomImage(1).target.digest);
        QVERIFY(!plan->names[1].previous);
        QVERIFY(!plan->names[1].moves(plan->root));
    }

    void anIndexComesWholeChildrenBeforeTheRoot()
    {
        const RandomImage image = multiImage();
        const auto plan = planFrom(image);
        VERIFY_RESULT(plan);
        QVERIFY(plan->root.isSameContent(image.target));
        QCOMPARE(plan->imageId, image.target.digest);
        QCOMPARE(plan->manifests.size(), image.manifests.size() + 1);
        QCOMPARE(plan->manifests.constLast().descriptor.digest, image.target.digest);
        QCOMPARE(plan->blobs.size(), image.blobs.size());
        // The attestation comes along and is no platform.
        QCOMPARE(plan->platforms, (QList<Platform>{platform(u"linux/amd64"_s), platform(u"linux/arm64"_s)}));
    }

    void onePlatformOfAnIndexBecomesTheRoot()
    {
        const RandomImage image = multiImage();
        const auto plan = planFrom(image, platform(u"linux/arm64"_s));
        VERIFY_RESULT(plan);
        QVERIFY(plan->root.isSameContent(image.manifests[1].descriptor));
        QCOMPARE(plan->manifests.size(), 1);
        QCOMPARE(plan->blobs.size(), image.blobsOf(1).size());
        QCOMPARE(plan->platforms, QList<Platform>{platform(u"linux/arm64"_s)});
        QVERIFY(plan->missing.isEmpty());
    }

    void aPlatformNobodyMadeIsNotFoundAndTheOthersAreNamed()
    {
        const auto plan = planFrom(multiImage(), platform(u"linux/s390x"_s));
        COMPARE_ERROR(plan, Error::Code::NotFound);
        QCOMPARE(plan.error().origin, Error::Origin::Source);
        QVERIFY2(plan.error().message.contains("linux/s390x"_L1), qPrintable(plan.error().message));
        QVERIFY2(plan.error().message.contains("linux/amd64, linux/arm64"_L1),
                 qPrintable(plan.error().message));
    }

    void aSingleImageIsTakenWhateverThePlatformPreferred()
    {
        const auto plan = planFrom(randomImage(1), platform(u"linux/arm64"_s));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->root.digest, randomImage(1).target.digest);
    }

    void aSingleImageIsNotTakenForAPlatformThatMustFit()
    {
        HandMade made(m_there);
        const Descriptor amd = made.image(u"linux/amd64"_s, {Name});
        CopyOptions options = quickOptions();
        options.platformMustFit = true;
        const auto planFor = [&](const std::optional<Platform>& wanted) {
            options.platform = wanted;
            return QCoro::waitFor(
                makePlan(sourceOf(m_there->reader(), Name), destinationOf(m_here, {Name}), options, {}));
        };
        const auto refused = planFor(platform(u"linux/arm64"_s));
        COMPARE_ERROR(refused, Error::Code::NotFound);
        QCOMPARE(refused.error().origin, Error::Origin::Source);
        QVERIFY2(refused.error().message.contains("linux/arm64; there is: linux/amd64"_L1),
                 qPrintable(refused.error().message));
        for (const std::optional<Platform>& wanted : {std::optional(platform(u"linux/amd64"_s)), {}}) {
            const auto plan = planFor(wanted);
            VERIFY_RESULT(plan);
            QCOMPARE(plan->root.digest, amd.digest);
        }
        // Of an index what fits is taken, and of an image that says nothing nobody knows better.
        const Descriptor config = made.blob("{}", MediaType::OciConfig);
        const Descriptor silent = made.manifest(config, {}, {Name});
        QCOMPARE(planFor(platform(u"linux/arm64"_s))->root.digest, silent.digest);
    }

    void anIndexWithOneImageHereIsCopiedAsThatImage()
    {
        HandMade made(m_there);
        const Descriptor here = withPlatform(made.image(u"linux/amd64"_s), u"linux/amd64"_s);
        const Descriptor gone = strange(u"linux/arm64"_s);
        made.index({here, gone}, {Name});
        const auto plan = planOfThere(Name);
        VERIFY_RESULT(plan);
        QCOMPARE(plan->root.digest, here.digest);
        QCOMPARE(plan->manifests.size(), 1);
        QCOMPARE(plan->missing.size(), 1);
        QCOMPARE(plan->missing[0].digest, gone.digest);
    }

    void aChildWhoseConfigIsNotHereIsMissingToo()
    {
        HandMade made(m_there);
        const Descriptor here = withPlatform(made.image(u"linux/amd64"_s), u"linux/amd64"_s);
        Descriptor config = strange({});
        config.mediaType = MediaType::OciConfig;
        const Descriptor half = withPlatform(made.manifest(config, {}), u"linux/arm64"_s);
        made.index({here, half}, {Name});
        const auto plan = planOfThere(Name);
        VERIFY_RESULT(plan);
        QCOMPARE(plan->root.digest, here.digest);
        QCOMPARE(plan->missing.size(), 1);
        QCOMPARE(plan->missing[0].digest, half.digest);
        COMPARE_ERROR(planOfThere(Name, platform(u"linux/arm64"_s)), Error::Code::NotFound);
    }

    void aChildOfAnotherSizeThanPromisedIsRefused()
    {
        HandMade made(m_there);
        Descriptor child = withPlatform(made.image(u"linux/amd64"_s), u"linux/amd64"_s);
        ++child.size;
        made.index({child}, {Name});
        const auto plan = planOfThere(Name);
        QVERIFY(!plan);
        QVERIFY2(plan.error().code == Error::Code::DigestMismatch
                     || plan.error().code == Error::Code::Corrupt,
                 qPrintable(plan.error().toString()));
    }

    void anIndexWithSomeImagesHereAsksToChoose()
    {
        HandMade made(m_there);
        const Descriptor one = withPlatform(made.image(u"linux/amd64"_s), u"linux/amd64"_s);
        const Descriptor two = withPlatform(made.image(u"linux/arm64"_s), u"linux/arm64"_s);
        made.index({one, strange(u"linux/s390x"_s), two}, {Name});
        const auto plan = planOfThere(Name);
        COMPARE_ERROR(plan, Error::Code::NotFound);
        QVERIFY2(plan.error().message.contains("not here: linux/s390x"_L1), qPrintable(plan.error().message));
        QVERIFY2(plan.error().message.contains("linux/amd64, linux/arm64"_L1),
                 qPrintable(plan.error().message));
        VERIFY_RESULT(planOfThere(Name, platform(u"linux/arm64"_s)));
        COMPARE_ERROR(planOfThere(Name, platform(u"linux/s390x"_s)), Error::Code::NotFound);
    }

    void anIndexWithNoImageHereIsNotFound()
    {
        HandMade made(m_there);
        made.index({strange(u"linux/s390x"_s)}, {Name});
        COMPARE_ERROR(planOfThere(Name), Error::Code::NotFound);
    }

    void entriesWithoutPlatformAreToldApartByTheirConfigs()
    {
        HandMade made(m_there);
        const Descriptor one = made.image(u"linux/amd64"_s);
        const Descriptor two = made.image(u"linux/arm64"_s);
        made.index({one, two}, {Name});
        const auto plan = planOfThere(Name, platform(u"linux/arm64"_s));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->root.digest, two.digest);
        QCOMPARE(plan->manifests.size(), 1);
        const auto none = planOfThere(Name, platform(u"linux/s390x"_s));
        COMPARE_ERROR(none, Error::Code::NotFound);
        QVERIFY2(none.error().message.contains("linux/amd64, linux/arm64"_L1),
                 qPrintable(none.error().message));
    }

    void indexesMayNest()
    {
        HandMade made(m_there);
        const Descriptor image = withPlatform(made.image(u"linux/amd64"_s), u"linux/amd64"_s);
        const Descriptor inner = made.index({image});
        const Descriptor root = made.index({inner}, {Name});
        const auto whole = planOfThere(Name);
        VERIFY_RESULT(whole);
        QList<Digest> order;
        for (const ManifestContent& manifest : whole->manifests)
            order.append(manifest.descriptor.digest);
        QCOMPARE(order, (QList<Digest>{image.digest, inner.digest, root.digest}));
        const auto one = planOfThere(Name, platform(u"linux/amd64"_s));
        VERIFY_RESULT(one);
        QCOMPARE(one->root.digest, image.digest);
    }

    void nestingHasALimit()
    {
        HandMade made(m_there);
        Descriptor inner = made.image(u"linux/amd64"_s);
        for (int i = 0; i < 6; ++i)
            inner = made.index({inner}, {Name});
        COMPARE_ERROR(planOfThere(Name), Error::Code::Unsupported);
        COMPARE_ERROR(planOfThere(Name, platform(u"linux/amd64"_s)), Error::Code::Unsupported);
    }

    void aBlobThatOccursTwiceIsPlannedOnce()
    {
        HandMade made(m_there);
        const Descriptor config = made.blob("{}", MediaType::OciConfig);
        const Descriptor layer = made.blob("layer", MediaType::OciLayer);
        made.manifest(config, {layer, layer}, {Name});
        const auto plan = planOfThere(Name);
        VERIFY_RESULT(plan);
        QCOMPARE(digestsOf(plan->blobs), (QList<Digest>{layer.digest, config.digest}));
    }

    void layersThatMayNotBePassedOnAreLeftOut()
    {
        HandMade made(m_there);
        const Descriptor config = made.blob("{}", MediaType::OciConfig);
        Descriptor foreign = strange({});
        foreign.mediaType = u"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"_s;
        foreign.urls = {u"https://example.org/layer"_s};
        const Descriptor layer = made.blob("layer", MediaType::OciLayer);
        made.manifest(config, {foreign, layer}, {Name});
        const auto plan = planOfThere(Name);
        VERIFY_RESULT(plan);
        QCOMPARE(digestsOf(plan->blobs), (QList<Digest>{layer.digest, config.digest}));
    }

    void artifactsAreCopiedWithoutLookingInside()
    {
        HandMade made(m_there);
        const Descriptor config = made.blob("not json", u"application/vnd.example.chart.config"_s);
        const Descriptor file = made.blob("a chart", u"application/vnd.example.chart"_s);
        const Descriptor root = made.manifest(config, {file}, {Name});
        const auto plan = planOfThere(Name);
        VERIFY_RESULT(plan);
        QCOMPARE(plan->root.digest, root.digest);
        QCOMPARE(plan->blobs.size(), 2);
        QVERIFY(plan->platforms.isEmpty());
        QVERIFY(plan->configs.isEmpty());
    }

    void aConfigThatIsNoJsonCostsOnlyTheWords()
    {
        HandMade made(m_there);
        const Descriptor config = made.blob("not json", MediaType::OciConfig);
        const Descriptor layer = made.blob("layer", MediaType::OciLayer);
        made.manifest(config, {layer}, {Name});
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"config cannot be read"_s));
        const auto plan = planOfThere(Name);
        VERIFY_RESULT(plan);
        QCOMPARE(plan->blobs.size(), 2);
    }

    void aNameThatDoesNotExistIsNotFoundAtTheSource()
    {
        const auto plan = planOfThere(u"docker.io/library/nothing:here"_s);
        COMPARE_ERROR(plan, Error::Code::NotFound);
        QCOMPARE(plan.error().origin, Error::Origin::Source);
    }

    void aTargetKnownBeforehandIsNotResolvedAgain()
    {
        const RandomImage image = randomImage(1);
        auto source = sourceOf(image.reader({}), u"a name that moved away"_s);
        source.target = image.target;
        const auto plan = QCoro::waitFor(makePlan(source, destinationOf(m_here, {Name}), quickOptions(), {}));
        VERIFY_RESULT(plan);
        QCOMPARE(plan->root.digest, image.target.digest);
    }

    void aStopEndsPlanning()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto plan =
            QCoro::waitFor(makePlan(sourceOf(randomImage(1).reader({Name}), Name),
                                    destinationOf(m_here, {Name}), quickOptions(), stop.get_token()));
        COMPARE_ERROR(plan, Error::Code::Cancelled);
    }

    void planningChangesNothing()
    {
        VERIFY_RESULT(planFrom(randomImage(1)));
        const auto snapshot = m_here->snapshot();
        VERIFY_RESULT(snapshot);
        QVERIFY(snapshot->images.isEmpty());
        QCOMPARE(snapshot->usage.total, 0);
        QVERIFY(leftovers(m_here).isEmpty());
    }

    void mountsAreTriedBestRepositoryFirst()
    {
        CopySource source;
        source.registry = u"localhost:5000"_s;
        source.repository = u"gallery/source"_s;
        CopyDestination destination;
        destination.registry = u"localhost:5000"_s;
        destination.repository = u"gallery/ui"_s;
        destination.mountCandidates = {u"guess/one"_s, u"guess/two"_s};
        PlannedBlob blob;
        blob.descriptor.digest = Digest::ofBytes("layer");
        destination.knownAt[blob.descriptor.digest] = {u"gallery/ui"_s, u"gallery/known"_s};

        QCOMPARE(mountSources(source, destination, blob),
                 (QStringList{u"gallery/source"_s, u"gallery/known"_s, u"guess/one"_s}));
        blob.isConfig = true; // guesses are not worth a request for it
        QCOMPARE(mountSources(source, destination, blob),
                 (QStringList{u"gallery/source"_s, u"gallery/known"_s}));
        source.registry = u"elsewhere:5000"_s;
        QCOMPARE(mountSources(source, destination, blob), QStringList{u"gallery/known"_s});
        destination.registry.clear();
        QVERIFY(mountSources(source, destination, blob).isEmpty());
    }

private:
    static RandomImage multiImage()
    {
        RandomImageOptions options;
        options.platforms = {platform(u"linux/amd64"_s), platform(u"linux/arm64"_s)};
        options.hasAttestation = true;
        return randomImage(3, options);
    }

    static Descriptor withPlatform(Descriptor descriptor, const QString& text)
    {
        descriptor.platform = platform(text);
        return descriptor;
    }

    //! A manifest that is nowhere.
    static Descriptor strange(const QString& text)
    {
        Descriptor descriptor;
        descriptor.mediaType = MediaType::OciManifest;
        descriptor.digest = Digest::ofBytes(QByteArray("nowhere " + text.toUtf8()));
        descriptor.size = 123;
        if (!text.isEmpty())
            descriptor.platform = platform(text);
        return descriptor;
    }

    Result<Plan> planFrom(const RandomImage& image, const std::optional<Platform>& only = {}) const
    {
        CopyOptions options = quickOptions();
        options.platform = only;
        return QCoro::waitFor(
            makePlan(sourceOf(image.reader({Name}), Name), destinationOf(m_here, {Name}), options, {}));
    }

    Result<Plan> planOfThere(const QString& name, const std::optional<Platform>& only = {}) const
    {
        CopyOptions options = quickOptions();
        options.platform = only;
        return QCoro::waitFor(
            makePlan(sourceOf(m_there->reader(), name), destinationOf(m_here, {Name}), options, {}));
    }

    Result<CopyReport> copyFrom(const RandomImage& image, const QString& name) const
    {
        return QCoro::waitFor(planAndCopy(sourceOf(image.reader({name}), name), destinationOf(m_here, {name}),
                                          quickOptions(), {}, {}));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_there, m_here;
};

QTEST_GUILESS_MAIN(tst_Plan)
#include "tst_plan.moc"
