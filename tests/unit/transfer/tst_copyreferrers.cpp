// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/mediatype.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Spdx = "application/spdx+json"_L1;
constexpr auto Notary = "application/vnd.cncf.notary.signature"_L1;

//! A place whose lists of referrers are what a test says, and whose documents and blobs are by digest.
class ListingPlace : public ContentReader
{
public:
    explicit ListingPlace(const RandomImage& image) : m_image(image.reader({u"it"_s})) { }

    //! An artifact about \a subject, listed as one about \a listedAt.
    Descriptor add(const Descriptor& subject, QLatin1StringView type, const QByteArray& text,
                   const Digest& listedAt)
    {
        const Descriptor empty = blob("{}", MediaType::OciEmpty);
        const QByteArray bytes =
            QJsonDocument({{u"schemaVersion"_s, 2},
                           {u"mediaType"_s, MediaType::OciManifest},
                           {u"artifactType"_s, type},
                           {u"config"_s, empty.toJson()},
                           {u"layers"_s, QJsonArray{blob(text, u"text/plain"_s).toJson()}},
                           {u"subject"_s, subject.toJson()}})
                .toJson(QJsonDocument::Compact);
        Descriptor entry = blob(bytes, MediaType::OciManifest);
        entry.platform = Platform::parse(u"linux/s390x"_s).value(); // a lie
        lists[listedAt].append(entry);
        return entry;
    }
    Descriptor add(const Descriptor& subject, QLatin1StringView type, const QByteArray& text)
    {
        return add(subject, type, text, subject.digest);
    }

    Task<Result<Descriptor>> resolve(QString name, std::stop_token stop) override
    {
        return m_image->resolve(std::move(name), std::move(stop));
    }
    Task<Result<ManifestContent>> fetchManifest(QString name, std::stop_token stop) override
    {
        const auto digest = Digest::parse(name);
        if (!digest || !m_blobs.contains(*digest))
            return m_image->fetchManifest(std::move(name), std::move(stop));
        ManifestContent content;
        content.bytes = m_blobs.value(*digest);
        content.descriptor.mediaType = MediaType::OciManifest;
        content.descriptor.digest = *digest;
        content.descriptor.size = content.bytes.size();
        return given<ManifestContent>(content);
    }
    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset, std::stop_token stop) override
    {
        if (!m_blobs.contains(blob.digest))
            return m_image->openBlob(std::move(blob), offset, std::move(stop));
        return given<ByteSourcePtr>(memorySource(m_blobs.value(blob.digest).sliced(offset)));
    }
    Task<Result<QList<Descriptor>>> referrers(Digest subject, std::stop_token) override
    {
        return given<QList<Descriptor>>(lists.value(subject));
    }

    QHash<Digest, QList<Descriptor>> lists;

private:
    template<typename T>
    static Task<Result<T>> given(T value)
    {
        co_return Result<T>(std::move(value));
    }
    Descriptor blob(const QByteArray& bytes, const QString& type)
    {
        Descriptor descriptor;
        descriptor.mediaType = type;
        descriptor.digest = Digest::ofBytes(bytes);
        descriptor.size = bytes.size();
        m_blobs.insert(descriptor.digest, bytes);
        return descriptor;
    }

    std::shared_ptr<ContentReader> m_image;
    QHash<Digest, QByteArray> m_blobs;
};

//! Notes in which order manifests come, and with which names.
class OrderWriter : public ContentWriter
{
public:
    explicit OrderWriter(std::shared_ptr<ContentWriter> to) : m_to(std::move(to)) { }
    QList<std::pair<Digest, QStringList>> pushed;

    Task<Result<Presence>> blobPresence(Descriptor blob, std::stop_token stop) override
    {
        return m_to->blobPresence(std::move(blob), std::move(stop));
    }
    Task<Result<Presence>> manifestPresence(Descriptor manifest, std::stop_token stop) override
    {
        return m_to->manifestPresence(std::move(manifest), std::move(stop));
    }
    Task<Result<std::optional<Descriptor>>> current(QString name, std::stop_token stop) override
    {
        return m_to->current(std::move(name), std::move(stop));
    }
    Task<Result<void>> pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                std::stop_token stop) override
    {
        return m_to->pushBlob(std::move(blob), std::move(open), std::move(progress), std::move(stop));
    }
    Task<Result<Descriptor>> pushStream(StreamedBlob stream, ProgressCallback progress,
                                        std::stop_token stop) override
    {
        return m_to->pushStream(std::move(stream), std::move(progress), std::move(stop));
    }
    Task<Result<bool>> mountBlob(Descriptor blob, QString from, std::stop_token stop) override
    {
        return m_to->mountBlob(std::move(blob), std::move(from), std::move(stop));
    }
    Task<Result<void>> pushManifest(ManifestContent manifest, QStringList names,
                                    std::stop_token stop) override
    {
        pushed.append({manifest.descriptor.digest, names});
        return m_to->pushManifest(std::move(manifest), std::move(names), std::move(stop));
    }

private:
    std::shared_ptr<ContentWriter> m_to;
};

} // namespace

//! What refers to an image in plans and copies.
class TestCopyReferrers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(m_folder->path());
        m_writer = std::make_shared<OrderWriter>(m_store->writer());
        m_place = std::make_shared<ListingPlace>(m_image);
    }
    void cleanup()
    {
        m_writer.reset();
        m_store.reset();
    }

    void comeOnlyOnRequest()
    {
        m_place->add(m_image.target, Spdx, "sbom");
        const auto plan = planFor(false);
        VERIFY_RESULT(plan);
        QVERIFY(plan->referrers.isEmpty());
        QCOMPARE(plan->blobs.size(), m_image.blobs.size());
    }

    void areNoPartOfTheImage()
    {
        m_place->add(m_image.target, Spdx, "sbom");
        const auto without = planFor(false);
        VERIFY_RESULT(without);
        const auto with = planFor(true);
        VERIFY_RESULT(with);
        QCOMPARE(with->root, without->root);
        QCOMPARE(with->imageId, without->imageId);
        QCOMPARE(with->platforms, without->platforms);
        QCOMPARE(with->manifests.size(), without->manifests.size());
        QCOMPARE(with->referrers.size(), 1);
        QCOMPARE(with->referrers.first().kind, u"SBOM"_s);
        QCOMPARE(with->blobs.size(), without->blobs.size() + 2);
        const PlannedBlob& layer = with->blobs.at(with->blobs.size() - 2);
        QCOMPARE(layer.step, u"SBOM"_s);
        QVERIFY(layer.isOfReferrer && !layer.isConfig);
    }

    void ofEveryManifestAndOfEachOtherAreFound()
    {
        const RandomImage index = randomImage(5,
                                              {.platforms = {Platform::parse(u"linux/amd64"_s).value(),
                                                             Platform::parse(u"linux/arm64"_s).value()}});
        m_place = std::make_shared<ListingPlace>(index);
        const Descriptor ofIndex = m_place->add(index.target, Notary, "signature of all");
        const Descriptor ofChild = m_place->add(index.manifests.last().descriptor, Spdx, "sbom of one");
        const Descriptor ofSbom = m_place->add(ofChild, Notary, "signature of the sbom");
        const auto plan = planFor(true);
        VERIFY_RESULT(plan);
        QSet<Digest> found;
        for (const PlannedReferrer& referrer : plan->referrers)
            found.insert(referrer.manifest.descriptor.digest);
        QCOMPARE(found, (QSet<Digest>{ofIndex.digest, ofChild.digest, ofSbom.digest}));
        QCOMPARE(plan->referrers.last().manifest.descriptor.digest, ofSbom.digest);
        QCOMPARE(plan->platforms.size(), 2);

        CopyOptions options = quickOptions();
        options.referrers = true;
        options.platform = Platform::parse(u"linux/amd64"_s).value();
        const auto single = QCoro::waitFor(makePlan(source(), destination(), options, {}));
        VERIFY_RESULT(single);
        QVERIFY(single->referrers.isEmpty()); // those were of the index and of the other one
    }

    void wrongEntriesOfAListAreLeftOut()
    {
        m_place->add(m_image.target, Spdx, "sbom");
        Descriptor stranger = m_image.target;
        stranger.digest = Digest::ofBytes("stranger");
        m_place->add(stranger, Notary, "about something else", m_image.target.digest);
        Descriptor gone = m_image.target;
        gone.digest = Digest::ofBytes("gone");
        m_place->lists[m_image.target.digest].append(gone);
        m_place->lists[m_image.target.digest].append(m_image.target);
        const auto plan = planFor(true);
        VERIFY_RESULT(plan);
        QCOMPARE(plan->referrers.size(), 1);
        QVERIFY(plan->missing.isEmpty());
    }

    void endlessChainIsRefused()
    {
        Descriptor last = m_image.target;
        for (int i = 0; i < 12; ++i)
            last = m_place->add(last, Notary, "signature " + QByteArray::number(i));
        COMPARE_ERROR(planFor(true), Error::Code::Unsupported);
    }

    void areCopiedAfterTheRootAndBeforeTheName()
    {
        const Descriptor sbom = m_place->add(m_image.target, Spdx, "sbom");
        const Descriptor signature = m_place->add(sbom, Notary, "signature");
        VERIFY_RESULT(copy());
        QCOMPARE(m_writer->pushed,
                 (QList<std::pair<Digest, QStringList>>{{m_image.target.digest, {}},
                                                        {sbom.digest, {}},
                                                        {signature.digest, {}},
                                                        {m_image.target.digest, {Name}}}));
        const auto reader = m_store->reader();
        const auto stored = QCoro::waitFor(reader->referrers(sbom.digest, {}));
        VERIFY_RESULT(stored);
        QCOMPARE(stored->size(), 1);
    }

    void areBroughtLaterWhereTheImageIsAlready()
    {
        VERIFY_RESULT(copy());
        const Descriptor sbom = m_place->add(m_image.target, Spdx, "sbom");
        m_writer->pushed.clear();
        const auto report = copy();
        VERIFY_RESULT(report);
        QCOMPARE(m_writer->pushed, (QList<std::pair<Digest, QStringList>>{{sbom.digest, {}}}));
        QCOMPARE(report->blobsTransferred, 2);
        QVERIFY(m_store->image(Name).has_value());
    }

private:
    [[nodiscard]] CopySource source() const { return sourceOf(m_place, u"it"_s); }
    [[nodiscard]] CopyDestination destination() const
    {
        CopyDestination destination = destinationOf(m_store, {Name});
        destination.writer = m_writer;
        return destination;
    }
    [[nodiscard]] Result<Plan> planFor(bool areWanted) const
    {
        CopyOptions options = quickOptions();
        options.referrers = areWanted;
        return QCoro::waitFor(makePlan(source(), destination(), options, {}));
    }
    [[nodiscard]] Result<CopyReport> copy() const
    {
        CopyOptions options = quickOptions();
        options.referrers = true;
        return QCoro::waitFor(planAndCopy(source(), destination(), options, {}, {}));
    }

    const QString Name = u"docker.io/library/sample:v1"_s;
    const RandomImage m_image = randomImage(3);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::shared_ptr<OrderWriter> m_writer;
    std::shared_ptr<ListingPlace> m_place;
};

QTEST_GUILESS_MAIN(TestCopyReferrers)
#include "tst_copyreferrers.moc"
