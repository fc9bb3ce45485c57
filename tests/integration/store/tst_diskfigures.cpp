// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judges.h"
#include "oci/mediatype.h"
#include "support/dockerdprocess/dockerdprocess.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;
using namespace Tagboat::Testing;

namespace {

//! A layer with what each program counts of it.
struct Layer
{
    RandomBlob blob;    //!< its compressed size is what Tagboat counts
    qint64 content = 0; //!< bytes of its files: what Docker counts; blob.tarSize is what Podman counts
};

struct Sample
{
    QString name;
    QStringList tags;
    QList<char> layers;
    RandomImage image;
};

Layer makeLayer(char letter, qint64 size)
{
    RandomImageOptions options;
    options.layerSizes = {size};
    const RandomImage image = randomImage(quint64(letter), options);
    const auto layer =
        std::ranges::find_if(image.blobs, [](const RandomBlob& blob) { return !blob.diffId.isNull(); });
    // What is in it by the word of another program; the fifth column is the size.
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"layer"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(layer->read()) != layer->descriptor.size)
        qFatal("cannot write a layer");
    file.close();
    const auto listing = judge(u"bsdtar"_s, {u"-tvf"_s, file.fileName()});
    if (!listing)
        qFatal("%s", qPrintable(listing.error().toString()));
    Layer made{*layer, 0};
    for (const QByteArray& line : listing->trimmed().split('\n'))
        made.content += line.simplified().split(' ').at(4).toLongLong();
    return made;
}

RandomBlob documentOf(const QJsonObject& json, QLatin1StringView mediaType)
{
    RandomBlob blob;
    blob.bytes = QJsonDocument(json).toJson(QJsonDocument::Compact);
    blob.descriptor.mediaType = mediaType;
    blob.descriptor.digest = Digest::ofBytes(blob.bytes);
    blob.descriptor.size = blob.bytes.size();
    return blob;
}

RandomImage stacked(const QList<Layer>& layers, const QString& author)
{
    QJsonArray diffIds;
    QJsonArray history; // without it Podman sees no image on another one
    QJsonArray list;
    RandomImage image;
    for (const Layer& layer : layers) {
        diffIds.append(layer.blob.diffId.toString());
        history.append(QJsonObject{{u"created_by"_s, u"ADD %1 /"_s.arg(layer.blob.diffId.shortHex())}});
        list.append(layer.blob.descriptor.toJson());
        image.blobs.append(layer.blob);
    }
    const RandomBlob config =
        documentOf({{u"architecture"_s, u"amd64"_s},
                    {u"os"_s, u"linux"_s},
                    {u"author"_s, author},
                    {u"created"_s, u"2024-05-06T07:08:09Z"_s},
                    {u"config"_s, QJsonObject()},
                    {u"history"_s, history},
                    {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}}},
                   MediaType::OciConfig);
    const RandomBlob manifest = documentOf({{u"schemaVersion"_s, 2},
                                            {u"mediaType"_s, MediaType::OciManifest},
                                            {u"config"_s, config.descriptor.toJson()},
                                            {u"layers"_s, list}},
                                           MediaType::OciManifest);
    image.blobs.append(config);
    image.target = manifest.descriptor;
    image.bytes = manifest.bytes;
    image.manifests = {{manifest.descriptor, manifest.bytes}};
    return image;
}

qint64 bytesBelow(const QString& folder)
{
    qint64 bytes = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext())
        bytes += files.nextFileInfo().size();
    return bytes;
}

} // namespace

/*!
 * \brief The same images in Tagboat, dockerd and podman: what each says of unique, shared and total bytes,
 * and that every difference is one that ARCHITECTURE.md explains ("Disk usage: what the figures mean").
 */
class TestDiskFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void filesOnTheDiskAddUp();
    void dockerAgrees();
    void podmanAgrees();
    void untaggedImagesFreeTheSameEverywhere();

private:
    //! Puts an image into the registry and lets all three have it from there.
    [[nodiscard]] Result<void> provide(const Sample& sample);
    [[nodiscard]] Result<QByteArray> podman(const QStringList& arguments) const
    {
        return judge(u"podman"_s,
                     QStringList{u"--root"_s, m_folder.filePath(u"podman"_s), u"--runroot"_s,
                                 m_folder.filePath(u"podmanrun"_s), u"--storage-driver"_s, u"vfs"_s}
                         + arguments);
    }
    [[nodiscard]] Result<QJsonObject> dockersUsage() const
    {
        return judge(u"curl"_s,
                     {u"-sf"_s, u"--unix-socket"_s, m_dockerd.socketPath(), u"http://docker/system/df"_s})
            .transform([](const QByteArray& json) { return QJsonDocument::fromJson(json).object(); });
    }
    [[nodiscard]] const Layer& layer(char letter) const { return m_layers.constFind(letter).value(); }
    [[nodiscard]] int usersOfBlob(char letter) const
    {
        return int(std::ranges::count_if(
            m_samples, [letter](const Sample& sample) { return sample.layers.contains(letter); }));
    }
    //! Docker knows a layer by itself and all below it.
    [[nodiscard]] int usersOfChain(const QList<char>& chain) const
    {
        return int(std::ranges::count_if(m_samples, [&chain](const Sample& sample) {
            return sample.layers.first(std::min(chain.size(), sample.layers.size())) == chain;
        }));
    }

    QTemporaryDir m_folder;
    RegistryProcess m_registry;
    DockerdProcess m_dockerd;
    std::shared_ptr<ImageStore> m_store;
    QMap<char, Layer> m_layers;
    QList<Sample> m_samples;
};

void TestDiskFigures::initTestCase()
{
    QVERIFY(m_registry.start());
    QVERIFY(m_dockerd.start());
    const auto store = ImageStore::open(m_folder.filePath(u"images"_s));
    VERIFY_RESULT(store);
    m_store = *store;
    for (const auto& [letter, size] : QMap<char, qint64>{{'A', 50'000},
                                                         {'B', 30'000},
                                                         {'C', 20'000},
                                                         {'E', 7'000},
                                                         {'F', 11'000},
                                                         {'G', 13'000},
                                                         {'H', 17'000}}
                                          .asKeyValueRange())
        m_layers.insert(letter, makeLayer(letter, size));
    m_samples = {
        {u"one"_s, {u"1"_s, u"latest"_s}, {'A', 'B'}, {}},
        {u"two"_s, {u"1"_s}, {'A', 'C'}, {}},
        {u"three"_s, {u"1"_s}, {'A', 'B', 'E'}, {}}, // all of "one" and more
        {u"four"_s, {u"1"_s}, {'C', 'B'}, {}},       // known layers on another base
        {u"alone"_s, {u"1"_s}, {'F'}, {}},
        {u"moved"_s, {u"1"_s}, {'A', 'G'}, {}}, // the next one takes its name away
        {u"moved"_s, {u"1"_s}, {'A', 'H'}, {}},
    };
    for (Sample& sample : m_samples) {
        QList<Layer> layers;
        for (const char letter : std::as_const(sample.layers))
            layers.append(layer(letter));
        sample.image = stacked(layers, sample.name);
        VERIFY_RESULT(provide(sample));
    }
}

Result<void> TestDiskFigures::provide(const Sample& sample)
{
    QStringList names;
    for (const QString& tag : sample.tags)
        names.append(u"%1/t/%2:%3"_s.arg(m_registry.host(), sample.name, tag));
    if (auto stored = store(m_store, sample.image, names); !stored)
        return stored;
    for (const QString& name : std::as_const(names)) {
        const auto pushed = judge(u"skopeo"_s,
                                  {u"copy"_s, u"--dest-tls-verify=false"_s, u"--preserve-digests"_s,
                                   u"oci:"_s + m_store->directory() + u':' + name, u"docker://"_s + name});
        if (!pushed)
            return std::unexpected(pushed.error());
        if (const DockerReply pulled = m_dockerd.docker({u"pull"_s, u"-q"_s, name}); !pulled.isDone())
            return fail(Error::Code::Io, name, QString::fromUtf8(pulled.errors));
        if (const auto pulled = podman({u"pull"_s, u"-q"_s, u"--tls-verify=false"_s, name}); !pulled)
            return std::unexpected(pulled.error());
    }
    return {};
}

void TestDiskFigures::filesOnTheDiskAddUp()
{
    const auto snapshot = m_store->snapshot();
    VERIFY_RESULT(snapshot);
    QCOMPARE(snapshot->images.size(), m_samples.size());
    const auto onDisk = [this](const Digest& digest) { return QFileInfo(m_store->blobPath(digest)).size(); };
    qint64 unique = 0;
    qint64 shared = 0;
    QSet<char> seen;
    for (const Sample& sample : std::as_const(m_samples)) {
        const auto found = std::ranges::find(snapshot->images, sample.image.target.digest,
                                             [](const StoredImage& image) { return image.target.digest; });
        QVERIFY(found != snapshot->images.end());
        // Manifest and config are its own; a layer is shared when any other image has the blob.
        qint64 own = onDisk(sample.image.target.digest) + onDisk(found->id);
        qint64 common = 0;
        for (const char letter : sample.layers) {
            const qint64 bytes = onDisk(layer(letter).blob.descriptor.digest);
            QCOMPARE(bytes, layer(letter).blob.descriptor.size);
            (usersOfBlob(letter) > 1 ? common : own) += bytes;
            if (usersOfBlob(letter) > 1 && !seen.contains(letter))
                shared += bytes;
            seen.insert(letter);
        }
        QCOMPARE(found->unique, own);
        QCOMPARE(found->shared, common);
        QCOMPARE(found->size, own + common);
        unique += own;
        // Two tags count once, and a removal frees what is unique.
        const auto plan = m_store->planRemoval({}, {found->target.digest});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->bytesFreed, found->unique);
    }
    QCOMPARE(snapshot->usage.unique, unique);
    QCOMPARE(snapshot->usage.shared, shared);
    QCOMPARE(snapshot->usage.total, unique + shared);
    QCOMPARE(snapshot->usage.total, bytesBelow(m_store->directory() + u"/blobs"_s));
    QCOMPARE(bytesBelow(m_store->directory() + u"/ingest"_s), 0);
}

void TestDiskFigures::dockerAgrees()
{
    const auto usage = dockersUsage();
    VERIFY_RESULT(usage);
    QHash<QString, QJsonObject> docker;
    for (const QJsonValue& image : usage->value("Images"_L1).toArray())
        docker.insert(image["Id"_L1].toString(), image.toObject());
    QCOMPARE(docker.size(), m_samples.size()); // tags of one image count once there, too

    QStringList otherwise; // layers that only we know to be shared
    QHash<QString, qint64> chains;
    for (const Sample& sample : std::as_const(m_samples)) {
        const QJsonObject image = docker.value(sample.image.id().toString());
        qint64 size = 0;
        qint64 shared = 0;
        for (qsizetype depth = 1; depth <= sample.layers.size(); ++depth) {
            const QList<char> chain = sample.layers.first(depth);
            const char letter = chain.last();
            size += layer(letter).content;
            const bool isShared = usersOfChain(chain) > 1;
            if (isShared)
                shared += layer(letter).content;
            else if (usersOfBlob(letter) > 1)
                otherwise.append(sample.name + u' ' + QLatin1Char(letter));
            // What Docker shares, we share.
            QVERIFY(!isShared || usersOfBlob(letter) > 1);
            chains.insert(QString::fromLatin1(QByteArray(chain.constData(), chain.size())),
                          layer(letter).content);
        }
        QCOMPARE(image["Size"_L1].toInteger(), size);
        QCOMPARE(image["SharedSize"_L1].toInteger(), shared);
        QCOMPARE(image["RepoTags"_L1].toArray().size(),
                 sample.image.target.digest == m_samples.at(5).image.target.digest ? 0 : sample.tags.size());
    }
    QCOMPARE(otherwise, (QStringList{u"two C"_s, u"four C"_s, u"four B"_s}));
    qint64 total = 0;
    for (const qint64 bytes : std::as_const(chains))
        total += bytes;
    QCOMPARE(usage->value("LayersSize"_L1).toInteger(), total);
}

void TestDiskFigures::podmanAgrees()
{
    const auto listed = podman({u"images"_s, u"--all"_s, u"--format"_s, u"json"_s});
    VERIFY_RESULT(listed);
    QHash<QString, QJsonObject> images;
    for (const QJsonValue& image : QJsonDocument::fromJson(*listed).array())
        images.insert(u"sha256:"_s + image["Id"_L1].toString(), image.toObject());
    QCOMPARE(images.size(), m_samples.size());
    for (const Sample& sample : std::as_const(m_samples)) {
        const QJsonObject image = images.value(sample.image.id().toString());
        qint64 tars = 0;
        for (const char letter : sample.layers)
            tars += layer(letter).blob.tarSize;
        // Whole tar files, and some documents beside them.
        const qint64 documents = image["Size"_L1].toInteger() - tars;
        const qint64 ours = sample.image.target.size + sample.image.blobs.last().descriptor.size;
        QVERIFY2(documents >= ours && documents <= 4 * ours,
                 qPrintable(
                     u"%1: %2 beside %3, ours are %4"_s.arg(sample.name).arg(documents).arg(tars).arg(ours)));
    }

    // Podman calls shared only what is another image as a whole, and lists a line for each tag.
    const auto usage = podman({u"system"_s, u"df"_s, u"-v"_s});
    VERIFY_RESULT(usage);
    QMap<QString, QStringList> shares;
    for (const QByteArray& line : usage->split('\n')) {
        const QStringList words = QString::fromUtf8(line).simplified().split(u' ');
        if (words.size() > 5 && words.at(0).contains(u"/t/"_s))
            shares[words.at(0).section(u'/', -1)].append(words.at(words.size() - 3));
    }
    QCOMPARE(shares.value(u"one"_s).size(), 2);
    QVERIFY(shares.value(u"three"_s).value(0) != u"0B"_s);
    QCOMPARE(shares.value(u"two"_s), QStringList{u"0B"_s});
    QCOMPARE(shares.value(u"four"_s), QStringList{u"0B"_s});
}

void TestDiskFigures::untaggedImagesFreeTheSameEverywhere()
{
    const auto before = dockersUsage();
    VERIFY_RESULT(before);
    const qint64 disk = bytesBelow(m_store->directory() + u"/blobs"_s);
    const auto dry = m_store->collectGarbage(true, true);
    VERIFY_RESULT(dry);
    const Sample& untagged = m_samples.at(5);
    QCOMPARE(dry->images, QList<Digest>{untagged.image.id()});
    QCOMPARE(m_store->diskUsage()->reclaimable, dry->bytes);
    const auto done = m_store->collectGarbage(false, true);
    VERIFY_RESULT(done);
    QCOMPARE(done->bytes, dry->bytes);
    QCOMPARE(bytesBelow(m_store->directory() + u"/blobs"_s), disk - done->bytes);
    QCOMPARE(done->bytes,
             layer('G').blob.descriptor.size + untagged.image.target.size
                 + untagged.image.blobs.last().descriptor.size);

    const DockerReply pruned = m_dockerd.docker({u"image"_s, u"prune"_s, u"-f"_s});
    QVERIFY2(pruned.isDone(), pruned.errors.constData());
    const auto after = dockersUsage();
    VERIFY_RESULT(after);
    QCOMPARE(before->value("LayersSize"_L1).toInteger() - after->value("LayersSize"_L1).toInteger(),
             layer('G').content);
    // "Total reclaimed space: 13.8kB"
    const QByteArray told = QByteArray::number(double(layer('G').content) / 1000, 'g', 4) + "kB";
    QVERIFY2(pruned.output.contains(told), pruned.output.constData());
    const auto images = podman({u"image"_s, u"prune"_s, u"-f"_s});
    VERIFY_RESULT(images);
    QVERIFY2(images->contains(untagged.image.id().hex().toLatin1()), images->constData());
}

QTEST_GUILESS_MAIN(TestDiskFigures)
#include "tst_diskfigures.moc"
