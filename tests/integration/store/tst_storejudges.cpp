// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judges.h"
#include "support/randomimage/checkimage.h"

#include "support/resulttest.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;
using namespace Tagboat::Testing;

namespace {

using Compression = RandomImageOptions::Compression;

RandomImageOptions withCompression(Compression compression)
{
    RandomImageOptions options;
    options.compression = {compression};
    return options;
}

RandomImageOptions manyPlatforms()
{
    RandomImageOptions options;
    for (const QString& name : {u"linux/amd64"_s, u"linux/arm64"_s, u"linux/arm/v7"_s})
        options.platforms.append(Platform::parse(name).value());
    options.hasAttestation = true;
    return options;
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

//! What we write, others read; what others write, we read.
class TestStoreJudges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"images"_s);
        auto opened = ImageStore::open(m_path);
        VERIFY_RESULT(opened);
        m_store = *opened;
    }

    void cleanup() { m_store.reset(); }

    void skopeoReadsAndCopiesOurImages_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        QTest::newRow("gzip, Docker Hub") << u"docker.io/library/sample:latest"_s << 0;
        QTest::newRow("zstd, registry with a port") << u"localhost:5000/alice/ui:v1.2.3"_s << 1;
        QTest::newRow("plain, long path") << u"registry.example.com/a/b/c/d_e--f:1.0_rc.1-x"_s << 2;
        QTest::newRow("several platforms") << u"ghcr.io/alice/multi:2"_s << 3;
    }

    void skopeoReadsAndCopiesOurImages()
    {
        QFETCH(const QString, name);
        QFETCH(const int, kind);
        const auto options = kind == 3
            ? manyPlatforms()
            : withCompression(std::array{Compression::Gzip, Compression::Zstd,
                                         Compression::None}[static_cast<size_t>(kind)]);
        const RandomImage image = randomImage(100 + static_cast<quint64>(kind), options);
        VERIFY_RESULT(store(m_store, image, {name, u"docker.io/other/name:1"_s}));
        const QString from = u"oci:"_s + m_path + u':' + name;

        const auto raw = judge(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, from});
        VERIFY_RESULT(raw);
        QCOMPARE(*raw, image.bytes);
        if (kind != 3) {
            const auto inspected = judge(u"skopeo"_s, {u"inspect"_s, from});
            VERIFY_RESULT(inspected);
            const auto json = QJsonDocument::fromJson(*inspected).object();
            QCOMPARE(json.value("Digest"_L1).toString(), image.target.digest.toString());
            QCOMPARE(json.value("Layers"_L1).toArray().size(), image.blobs.size() - 1);
        }
        const QString copy = m_folder->filePath(u"copy"_s);
        VERIFY_RESULT(
            judge(u"skopeo"_s,
                  {u"copy"_s, u"--all"_s, u"--preserve-digests"_s, from, u"oci:"_s + copy + u":copied"_s}));
        QCOMPARE(checkLayout(copy, image.target.digest), QStringList());
    }

    void umociListsAndUnpacksOurImages()
    {
        const RandomImage image = randomImage(7);
        VERIFY_RESULT(store(m_store, image, {u"docker.io/library/one:1"_s, u"localhost:5000/two:2"_s}));
        const auto listed = judge(u"umoci"_s, {u"ls"_s, u"--layout"_s, m_path});
        VERIFY_RESULT(listed);
        QStringList names = QString::fromUtf8(*listed).split(u'\n', Qt::SkipEmptyParts);
        names.sort();
        QCOMPARE(names, (QStringList{u"docker.io/library/one:1"_s, u"localhost:5000/two:2"_s}));

        const QString bundle = m_folder->filePath(u"bundle"_s);
        QStringList arguments = {u"unpack"_s, u"--image"_s, m_path + u":localhost:5000/two:2"_s, bundle};
        if (::geteuid() != 0)
            arguments.insert(1, u"--rootless"_s);
        VERIFY_RESULT(judge(u"umoci"_s, arguments));
        QVERIFY(QFile::exists(bundle + u"/config.json"_s));
        QVERIFY(!QDir(bundle + u"/rootfs"_s).isEmpty());
    }

    void orasReadsAndCopiesOurImages()
    {
        const RandomImage image = randomImage(8, manyPlatforms());
        VERIFY_RESULT(store(m_store, image, {u"docker.io/library/one:1"_s}));
        const auto tags = judge(u"oras"_s, {u"repo"_s, u"tags"_s, u"--oci-layout"_s, m_path});
        VERIFY_RESULT(tags);
        QCOMPARE(tags->trimmed(), QByteArray("docker.io/library/one:1"));
        const QString byDigest = m_path + u'@' + image.target.digest.toString();
        const auto manifest = judge(u"oras"_s, {u"manifest"_s, u"fetch"_s, u"--oci-layout"_s, byDigest});
        VERIFY_RESULT(manifest);
        QCOMPARE(*manifest, image.bytes);
        const QString copy = m_folder->filePath(u"copy"_s);
        VERIFY_RESULT(
            judge(u"oras"_s,
                  {u"copy"_s, u"--from-oci-layout"_s, byDigest, u"--to-oci-layout"_s, copy + u":copied"_s}));
        QCOMPARE(checkLayout(copy, image.target.digest), QStringList());
    }

    void weReadWhatSkopeoWrote()
    {
        const RandomImage image = randomImage(9);
        const QString source = m_folder->filePath(u"source"_s);
        image.writeSkopeoFolder(source);
        const QString layout = m_folder->filePath(u"layout"_s);
        for (const QString& name : {u"alpine:3"_s, u"justatag"_s})
            VERIFY_RESULT(
                judge(u"skopeo"_s, {u"copy"_s, u"dir:"_s + source, u"oci:"_s + layout + u':' + name}));
        VERIFY_RESULT(judge(u"skopeo"_s, {u"copy"_s, u"--all"_s, u"dir:"_s + source, u"oci:"_s + layout}));

        const auto opened = ImageStore::open(layout);
        VERIFY_RESULT(opened);
        const auto snapshot = (*opened)->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QCOMPARE(snapshot->images.size(), 1);
        QCOMPARE(snapshot->images.first().names, (QStringList{u"alpine:3"_s, u"justatag"_s}));
        QCOMPARE(snapshot->usage.reclaimable, 0);
        for (const QString& name : {u"docker.io/library/alpine:3"_s, u"alpine:3"_s, u"justatag"_s}) {
            VERIFY_RESULT((*opened)->resolve(name));
            QCOMPARE(checkImage((*opened)->reader(), name), QStringList());
        }
        // A name of ours beside theirs, and theirs still work.
        VERIFY_RESULT((*opened)->setNames(snapshot->images.first().target, {u"docker.io/library/mine:1"_s}));
        for (const QString& name : {u"alpine:3"_s, u"justatag"_s, u"docker.io/library/mine:1"_s})
            VERIFY_RESULT(judge(u"skopeo"_s, {u"inspect"_s, u"oci:"_s + layout + u':' + name}));
    }

    void weReadWhatUmociWrote()
    {
        const QString layout = m_folder->filePath(u"layout"_s);
        VERIFY_RESULT(judge(u"umoci"_s, {u"init"_s, u"--layout"_s, layout}));
        const auto empty = ImageStore::open(layout);
        VERIFY_RESULT(empty);
        QCOMPARE((*empty)->snapshot()->images.size(), 0);
        VERIFY_RESULT(judge(u"umoci"_s, {u"new"_s, u"--image"_s, layout + u":fresh"_s}));
        QVERIFY(writeFile(m_folder->filePath(u"file"_s), "content"));
        VERIFY_RESULT(judge(
            u"umoci"_s,
            {u"insert"_s, u"--image"_s, layout + u":fresh"_s, m_folder->filePath(u"file"_s), u"/file"_s}));
        VERIFY_RESULT(judge(u"umoci"_s, {u"tag"_s, u"--image"_s, layout + u":fresh"_s, u"second"_s}));
        const auto image = (*empty)->image(u"second"_s);
        VERIFY_RESULT(image);
        QCOMPARE(image->names, (QStringList{u"fresh"_s, u"second"_s}));
        QCOMPARE(image->platforms.first().layers.size(), 1);
        QCOMPARE(checkImage((*empty)->reader(), u"fresh"_s), QStringList());
        // What umoci's steps left behind goes, what the tags need stays.
        VERIFY_RESULT((*empty)->collectGarbage(false, true, 0s));
        QCOMPARE((*empty)->diskUsage()->reclaimable, 0);
        VERIFY_RESULT(judge(u"umoci"_s, {u"stat"_s, u"--image"_s, layout + u":second"_s}));
        VERIFY_RESULT((*empty)->removeNames({u"fresh"_s}));
        VERIFY_RESULT(judge(u"umoci"_s, {u"stat"_s, u"--image"_s, layout + u":second"_s}));
    }

    void weReadWhatOrasWrote()
    {
        const QString layout = m_folder->filePath(u"layout"_s);
        QVERIFY(writeFile(m_folder->filePath(u"note.txt"_s), "a note"));
        QVERIFY(writeFile(m_folder->filePath(u"signature.txt"_s), "signed"));
        QDir::setCurrent(m_folder->path()); // oras wants relative paths
        VERIFY_RESULT(judge(u"oras"_s,
                            {u"push"_s, u"--oci-layout"_s, layout + u":v1"_s, u"--artifact-type"_s,
                             u"application/vnd.example.note"_s, u"note.txt"_s}));
        VERIFY_RESULT(judge(u"oras"_s,
                            {u"attach"_s, u"--oci-layout"_s, layout + u":v1"_s, u"--artifact-type"_s,
                             u"application/vnd.example.signature"_s, u"signature.txt"_s}));
        QDir::setCurrent(u"/"_s);
        const auto opened = ImageStore::open(layout);
        VERIFY_RESULT(opened);
        const auto snapshot = (*opened)->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QCOMPARE(snapshot->images.size(), 2);
        QCOMPARE(snapshot->usage.reclaimable, 0);
        const auto note = (*opened)->image(u"v1"_s);
        VERIFY_RESULT(note);
        QVERIFY(note->isArtifact);
        QCOMPARE(note->artifactType, u"application/vnd.example.note"_s);

        // The signature has no name, and is no rubbish.
        QCOMPARE((*opened)->collectGarbage(false, true, 0s)->blobs, 0);
        const auto referrers = judge(u"oras"_s, {u"discover"_s, u"--oci-layout"_s, layout + u":v1"_s});
        VERIFY_RESULT(referrers);
        QVERIFY2(referrers->contains("application/vnd.example.signature"), referrers->constData());
        QVERIFY((*opened)->verify({}, {})->problems.isEmpty());
        VERIFY_RESULT((*opened)->removeImages({note->id}));
        QCOMPARE((*opened)->diskUsage()->total, 0);
    }

    void orasSeesTheReferrersWeStored()
    {
        const RandomImage image = randomImage(10);
        VERIFY_RESULT(store(m_store, image, {u"docker.io/library/signed:1"_s}));
        QVERIFY(writeFile(m_folder->filePath(u"signature.txt"_s), "signed"));
        const QString byDigest = m_path + u'@' + image.target.digest.toString();
        QDir::setCurrent(m_folder->path());
        VERIFY_RESULT(judge(u"oras"_s,
                            {u"attach"_s, u"--oci-layout"_s, byDigest, u"--artifact-type"_s,
                             u"application/vnd.example.signature"_s, u"signature.txt"_s}));
        QDir::setCurrent(u"/"_s);
        VERIFY_RESULT(m_store->setNames(image.target, {u"docker.io/library/signed:2"_s}));
        QCOMPARE(m_store->collectGarbage(false, true, 0s)->blobs, 0);
        const auto referrers = judge(u"oras"_s, {u"discover"_s, u"--oci-layout"_s, byDigest});
        VERIFY_RESULT(referrers);
        QVERIFY2(referrers->contains("application/vnd.example.signature"), referrers->constData());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<ImageStore> m_store;
};

QTEST_GUILESS_MAIN(TestStoreJudges)
#include "tst_storejudges.moc"
