// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/filelistings.h"

#include "filetreetext.h"
#include "scratchfolder.h"
#include "tarbuilder.h"

#include "support/randomimage/layeredimage.h"
#include "support/randomimage/randombytes.h"
#include "support/resulttest.h"

#include <QCoro/QCoroTask>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::imageOf;
using Testing::layerOf;
using Testing::RandomBlob;
using Testing::RandomImage;
using Compression = Testing::RandomImageOptions::Compression;

namespace {

const QString Name = u"docker.io/alice/ui:v1"_s;

} // namespace

//! Images of a real store: listed, compared, their files read.
class FileListingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void listsLayersAndWhatComesOfThem();
    void secondLookReadsNoLayer();
    void brokenIndexIsMadeAnew();
    void missingLayerSaysSo();
    void brokenLayerGivesWhatWasRead();
    void twoCallsShareOneListing();
    void stoppedListingEndsAsCancelled();
    void stopSparesWhoeverNeedsIt();
    void progressIsTold();
    void repeatedLayersAreReadOnce();
    void platformsAreChosen();
    void artifactsAreUnsupported();
    void cacheIsTidied();
    void readsAFile_data();
    void readsAFile();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void readsAFileOfALayer();
    void savesAFile();
    void brokenLayerIsNotSavedHalf();
    void sparseFilesAreWhole();
    void comparesByContent();
    void comparisonReadsNoSharedLayer();

private:
    //! Puts the image into the store.
    FilesOf put(const RandomImage& image, const QString& name = Name);
    FilesOf put(const QList<TarBuilder>& layers, Compression compression = Compression::Gzip);
    [[nodiscard]] std::shared_ptr<FileListings> listings() const
    {
        return std::make_shared<FileListings>(m_store, m_folder->path());
    }
    [[nodiscard]] Result<ListedImagePtr> list(const FilesOf& of) const
    {
        const auto files = listings();
        return QCoro::waitFor(files->list(of, {}, {}));
    }
    [[nodiscard]] QString blobPath(const Digest& digest) const { return m_store->blobPath(digest); }
    [[nodiscard]] QStringList cached() const
    {
        return QDir(m_folder->path(u"cache/layers/sha256"_s)).entryList(QDir::Files);
    }
    void damage(const QString& path, qsizetype from) const;

    std::unique_ptr<ScratchFolder> m_folder;
    std::shared_ptr<ImageStore> m_store;
};

void FileListingsTest::init()
{
    m_folder = std::make_unique<ScratchFolder>();
    m_store.reset();
}

FilesOf FileListingsTest::put(const RandomImage& image, const QString& name)
{
    image.writeLayout(m_folder->path(u"images"_s), {name});
    const auto store = ImageStore::open(m_folder->path(u"images"_s));
    if (!store)
        qFatal("no store: %s", qPrintable(store.error().toString()));
    m_store = *store;
    return {image.target.digest, {}};
}

FilesOf FileListingsTest::put(const QList<TarBuilder>& layers, Compression compression)
{
    QList<RandomBlob> blobs;
    for (TarBuilder layer : layers)
        blobs.append(layerOf(layer.end().bytes(), compression));
    return put(imageOf(blobs));
}

void FileListingsTest::damage(const QString& path, qsizetype from) const
{
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || !file.seek(from))
        qFatal("cannot damage %s", qPrintable(path));
    const QByteArray rest = file.peek(2000);
    QByteArray changed = rest;
    for (char& byte : changed)
        byte = static_cast<char>(byte ^ 0x5a);
    file.write(changed);
}

void FileListingsTest::listsLayersAndWhatComesOfThem()
{
    const FilesOf of = put({TarBuilder().file("etc/a", "12345").file("etc/b", "1"),
                            TarBuilder().file("etc/.wh.a", "").file("usr/c", "22")});
    const auto listed = list(of);
    VERIFY_RESULT(listed);
    const ImageFiles& files = (*listed)->files;
    QCOMPARE(textOf(*files.merged, false), (QStringList{u"etc/"_s, u"etc/b 1"_s, u"usr/"_s, u"usr/c 2"_s}));
    QCOMPARE(files.layers.size(), 2);
    QCOMPARE(textOf(*files.layers[1].tree),
             (QStringList{u"  etc/"_s, u"D etc/a -5"_s, u"A usr/"_s, u"A usr/c 2"_s}));
    QCOMPARE(files.layers[0].digest, (*listed)->layers[0].digest);
    QCOMPARE(files.layers[0].problem, QString());
    QCOMPARE(files.wasted, 5);
    QVERIFY((*listed)->isWhole);
    QCOMPARE(cached().size(), 2);
}

void FileListingsTest::secondLookReadsNoLayer()
{
    const FilesOf of = put({TarBuilder().file("a", "12345"), TarBuilder().file("b", "1")});
    const auto first = list(of);
    VERIFY_RESULT(first);
    // If it read them again it would see this.
    for (const Descriptor& layer : (*first)->layers)
        damage(blobPath(layer.digest), 10);
    const auto second = list(of);
    VERIFY_RESULT(second);
    QVERIFY((*second)->isWhole);
    QCOMPARE(textOf(*(*second)->files.merged), textOf(*(*first)->files.merged));
    QVERIFY(*first != *second);
    // The same object even remembers the result.
    const auto files = listings();
    const auto third = QCoro::waitFor(files->list(of, {}, {}));
    const auto fourth = QCoro::waitFor(files->list(of, {}, {}));
    QVERIFY(third && fourth);
    QCOMPARE(*third, *fourth);
}

void FileListingsTest::brokenIndexIsMadeAnew()
{
    const FilesOf of = put({TarBuilder().file("a", "12345")});
    VERIFY_RESULT(list(of));
    QCOMPARE(cached().size(), 1);
    const QString path = m_folder->path(u"cache/layers/sha256/"_s + cached().first());
    const QByteArray right = contentOf(path);
    for (const QByteArray& wrong : {QByteArray(), QByteArray("nonsense"), right.first(right.size() - 1)}) {
        m_folder->write(u"cache/layers/sha256/"_s + cached().first(), wrong);
        const auto listed = list(of);
        VERIFY_RESULT(listed);
        QCOMPARE(textOf(*(*listed)->files.merged, false), QStringList{u"a 5"_s});
        QCOMPARE(contentOf(path), right);
    }
}

void FileListingsTest::missingLayerSaysSo()
{
    const FilesOf of = put({TarBuilder().file("a", "12345"), TarBuilder().file("b", "1")});
    const auto whole = list(of);
    VERIFY_RESULT(whole);
    QVERIFY(QFile::remove(blobPath((*whole)->layers[0].digest)));
    const auto files = listings();
    const auto listed = QCoro::waitFor(files->list(of, {}, {}));
    VERIFY_RESULT(listed);
    QVERIFY(!(*listed)->isWhole);
    const ImageFiles::Layer& layer = (*listed)->files.layers[0];
    QVERIFY(!layer.isPresent);
    QVERIFY(!layer.tree);
    QVERIFY(!layer.problem.isEmpty());
    QCOMPARE(textOf(*(*listed)->files.merged, false), QStringList{u"b 1"_s});
    // It is not remembered: the layer may come.
    const auto again = QCoro::waitFor(files->list(of, {}, {}));
    VERIFY_RESULT(again);
    QVERIFY(*again != *listed);
    const auto read = QCoro::waitFor(files->read({of, u"a"_s, 0}, 10, {}));
    COMPARE_ERROR(read, Error::Code::NotFound);
}

void FileListingsTest::brokenLayerGivesWhatWasRead()
{
    Testing::RandomBytes random(8);
    TarBuilder tar;
    tar.file("first", "1");
    for (int i = 0; i < 20; ++i)
        tar.file("f" + QByteArray::number(i), random.noise(10'000));
    const FilesOf of = put({tar}, Compression::None);
    const auto whole = list(of);
    VERIFY_RESULT(whole);
    const QString path = blobPath((*whole)->layers[0].digest);
    QVERIFY(QDir(m_folder->path(u"cache"_s)).removeRecursively());
    damage(path, 1024 + 10 * (512 + 10'240) - 100); // a header
    const auto listed = list(of);
    VERIFY_RESULT(listed);
    QVERIFY(!(*listed)->isWhole);
    QVERIFY((*listed)->files.layers[0].isPresent);
    QVERIFY(!(*listed)->files.layers[0].problem.isEmpty());
    QVERIFY((*listed)->files.merged->find(u"first"_s) > 0);
    QVERIFY((*listed)->files.merged->find(u"f19"_s) < 0);
    QVERIFY2(cached().isEmpty(), "what is broken is not kept");
}

void FileListingsTest::twoCallsShareOneListing()
{
    const FilesOf of = put({TarBuilder().file("a", QByteArray(3'000'000, 'x'))});
    const auto files = listings();
    std::optional<Result<ListedImagePtr>> results[2];
    const auto run = [](std::shared_ptr<FileListings> listings, FilesOf which,
                        std::optional<Result<ListedImagePtr>>* to) -> Task<void> {
        auto listed = co_await listings->list(which, {}, {});
        *to = std::move(listed);
    };
    std::ignore = run(files, of, &results[0]);
    std::ignore = run(files, of, &results[1]);
    QTRY_VERIFY(results[0] && results[1]);
    VERIFY_RESULT(*results[0]);
    VERIFY_RESULT(*results[1]);
    QCOMPARE(**results[0], **results[1]);
}

void FileListingsTest::stoppedListingEndsAsCancelled()
{
    const FilesOf of = put({TarBuilder().file("zeros", QByteArray(60'000'000, '\0'))});
    const auto files = listings();
    QTimer::singleShot(0, [files, of] { files->stop(of); });
    const auto listed = QCoro::waitFor(files->list(of, {}, {}));
    COMPARE_ERROR(listed, Error::Code::Cancelled);
    QVERIFY2(cached().isEmpty(), "what was not read is not kept");
    // A look after it begins anew.
    VERIFY_RESULT(QCoro::waitFor(files->list(of, {}, {})));
}

void FileListingsTest::stopSparesWhoeverNeedsIt()
{
    const FilesOf of = put({TarBuilder().file("zeros", QByteArray(20'000'000, '\0')).file("a", "12345")});
    const auto files = listings();
    QTimer::singleShot(0, [files, of] { files->stop(of); });
    const auto read = QCoro::waitFor(files->read({of, u"a"_s}, 10, {}));
    VERIFY_RESULT(read);
    QCOMPARE(*read, QByteArray("12345"));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = QCoro::waitFor(files->read({of, u"a"_s}, 10, stop.get_token()));
    COMPARE_ERROR(stopped, Error::Code::Cancelled);
}

void FileListingsTest::progressIsTold()
{
    Testing::RandomBytes random(4);
    const FilesOf of = put({TarBuilder().file("a", random.noise(2'000'000)), TarBuilder().file("b", "1")});
    const auto files = listings();
    QList<FilesProgress> told;
    const auto listed =
        QCoro::waitFor(files->list(of, [&](const FilesProgress& progress) { told.append(progress); }, {}));
    VERIFY_RESULT(listed);
    QVERIFY(!told.isEmpty());
    QCOMPARE(told.last().bytesDone, told.last().bytesTotal);
    QCOMPARE(told.last().bytesTotal, (*listed)->layers[0].size + (*listed)->layers[1].size);
    QCOMPARE(told.last().of, of);
    for (qsizetype i = 1; i < told.size(); ++i)
        QVERIFY(told[i].bytesDone >= told[i - 1].bytesDone);
}

void FileListingsTest::repeatedLayersAreReadOnce()
{
    const RandomBlob base = layerOf(TarBuilder().file("a", "12345").end().bytes());
    const RandomBlob empty = layerOf(TarBuilder().end().bytes());
    const FilesOf of = put(imageOf({base, empty, empty, base}));
    const auto listed = list(of);
    VERIFY_RESULT(listed);
    QCOMPARE((*listed)->files.layers.size(), 4);
    QCOMPARE(textOf(*(*listed)->files.layers[3].tree), QStringList{u"C a 5 -5"_s});
    QCOMPARE(textOf(*(*listed)->files.layers[1].tree), QStringList());
    QCOMPARE((*listed)->files.wasted, 5);
    QCOMPARE(cached().size(), 2);
}

void FileListingsTest::platformsAreChosen()
{
    Platform amd = *Platform::parse(u"linux/amd64"), arm = *Platform::parse(u"linux/arm64");
    const RandomImage image = Testing::randomImage(5, {.platforms = {amd, arm}, .hasAttestation = true});
    const FilesOf of = put(image);
    const auto byHost = list(of);
    VERIFY_RESULT(byHost);
    for (qsizetype i = 0; i < 2; ++i) {
        const auto listed = list({of.target, i == 0 ? amd : arm});
        VERIFY_RESULT(listed);
        QCOMPARE((*listed)->manifest, image.manifests[i].descriptor.digest);
        // And by the manifest itself.
        const auto alone = list({image.manifests[i].descriptor.digest, {}});
        VERIFY_RESULT(alone);
        QCOMPARE((*alone)->manifest, image.manifests[i].descriptor.digest);
    }
    const auto other = list({of.target, *Platform::parse(u"windows/amd64")});
    COMPARE_ERROR(other, Error::Code::NotFound);
    const auto nothing = list({Digest::ofBytes("nothing"), {}});
    COMPARE_ERROR(nothing, Error::Code::NotFound);
}

void FileListingsTest::artifactsAreUnsupported()
{
    RandomImage image = imageOf({layerOf("no tar", Compression::None)});
    QByteArray& bytes = image.bytes;
    bytes.replace("application/vnd.oci.image.config.v1+json", "application/vnd.example.sbom+json");
    image.target.digest = Digest::ofBytes(bytes);
    image.target.size = bytes.size();
    image.manifests = {{image.target, bytes}};
    const auto listed = list(put(image));
    COMPARE_ERROR(listed, Error::Code::Unsupported);
}

void FileListingsTest::cacheIsTidied()
{
    const FilesOf of = put({TarBuilder().file("a", "12345")});
    VERIFY_RESULT(list(of));
    const QString folder = u"cache/layers/sha256/"_s;
    m_folder->write(folder + QString::fromLatin1(QByteArray(64, 'a')), "of a blob that is gone");
    m_folder->write(folder + u"foreign.txt"_s, "x");
    const FilesOf other =
        put(imageOf({layerOf(TarBuilder().file("b", "1").end().bytes())}), u"docker.io/a/b:2"_s);
    VERIFY_RESULT(list(other));
    QCOMPARE(cached().size(), 2);
}

void FileListingsTest::readsAFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("file") << u"usr/file"_s << QByteArray("content");
    QTest::newRow("with a slash") << u"/usr/file"_s << QByteArray("content");
    QTest::newRow("of the upper layer") << u"usr/changed"_s << QByteArray("new one");
    QTest::newRow("last of two entries") << u"twice"_s << QByteArray("second");
    QTest::newRow("hard link") << u"hard"_s << QByteArray("content");
    QTest::newRow("hard link whose file is gone") << u"heir"_s << QByteArray("inherit");
    QTest::newRow("relative link") << u"usr/relative"_s << QByteArray("content");
    QTest::newRow("absolute link") << u"absolute"_s << QByteArray("content");
    QTest::newRow("link in the way") << u"lib/file"_s << QByteArray("content");
    QTest::newRow("link that would leave") << u"outside"_s << QByteArray("of image");
    QTest::newRow("link to a link") << u"chain"_s << QByteArray("content");
    QTest::newRow("empty") << u"empty"_s << QByteArray();
    QTest::newRow("limited") << u"long"_s << QByteArray(10, 'l');
}

void FileListingsTest::readsAFile()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, content);
    for (const Compression compression : {Compression::None, Compression::Gzip, Compression::Zstd}) {
        const FilesOf of = put({TarBuilder()
                                    .file("usr/file", "content")
                                    .file("usr/changed", "old")
                                    .file("twice", "first")
                                    .file("twice", "second")
                                    .hardLink("hard", "usr/file")
                                    .file("gone", "inherit")
                                    .hardLink("heir", "gone")
                                    .symLink("usr/relative", "../usr/./file")
                                    .symLink("absolute", "/usr/file")
                                    .symLink("lib", "usr")
                                    .symLink("outside", "../../../../etc/passwd")
                                    .file("etc/passwd", "of image")
                                    .symLink("chain", "absolute")
                                    .file("empty", "")
                                    .file("long", QByteArray(5'000'000, 'l')),
                                TarBuilder().file("usr/changed", "new one").file(".wh.gone", "")},
                               compression);
        const auto files = listings();
        const auto read = QCoro::waitFor(files->read({of, path}, 10, {}));
        VERIFY_RESULT(read);
        QCOMPARE(*read, content);
    }
}

void FileListingsTest::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Error::Code>("code");
    QTest::newRow("folder") << u"folder"_s << Error::Code::InvalidInput;
    QTest::newRow("device") << u"device"_s << Error::Code::InvalidInput;
    QTest::newRow("nothing") << u"nothing"_s << Error::Code::NotFound;
    QTest::newRow("below a file") << u"file/x"_s << Error::Code::NotFound;
    QTest::newRow("broken link") << u"broken"_s << Error::Code::NotFound;
    QTest::newRow("broken hard link") << u"hard"_s << Error::Code::NotFound;
    QTest::newRow("circle") << u"circle"_s << Error::Code::InvalidInput;
    QTest::newRow("hidden") << u"hidden"_s << Error::Code::NotFound;
}

void FileListingsTest::refusesWhatIsNoFile()
{
    QFETCH(QString, path);
    QFETCH(Error::Code, code);
    const FilesOf of = put({TarBuilder().file("hidden", "1"),
                            TarBuilder()
                                .folder("folder/")
                                .header("device", '3', 0)
                                .file("file", "1")
                                .symLink("broken", "nowhere")
                                .hardLink("hard", "nowhere")
                                .symLink("circle", "elcric")
                                .symLink("elcric", "circle")
                                .file(".wh.hidden", "")});
    const auto files = listings();
    const auto read = QCoro::waitFor(files->read({of, path}, 10, {}));
    COMPARE_ERROR(read, code);
    const auto saved = QCoro::waitFor(files->save({of, path}, m_folder->path(u"out"_s), {}));
    COMPARE_ERROR(saved, code);
    QVERIFY(!QFile::exists(m_folder->path(u"out"_s)));
}

void FileListingsTest::readsAFileOfALayer()
{
    const FilesOf of = put({TarBuilder().file("a", "first").file("b", "b"), TarBuilder().file("a", "second"),
                            TarBuilder().file(".wh.a", "")});
    const auto files = listings();
    const auto at = [&](int layer) { return QCoro::waitFor(files->read({of, u"a"_s, layer}, 10, {})); };
    const auto first = at(0);
    VERIFY_RESULT(first);
    QCOMPARE(*first, QByteArray("first"));
    const auto second = at(1);
    VERIFY_RESULT(second);
    QCOMPARE(*second, QByteArray("second"));
    // What a layer deletes can be seen there, as it was.
    const auto deleted = at(2);
    VERIFY_RESULT(deleted);
    QCOMPARE(*deleted, QByteArray("second"));
    COMPARE_ERROR(at(-1), Error::Code::NotFound);
    COMPARE_ERROR(at(7), Error::Code::NotFound);
    const auto untouched = QCoro::waitFor(files->read({of, u"b"_s, 1}, 10, {}));
    COMPARE_ERROR(untouched, Error::Code::NotFound);
}

void FileListingsTest::savesAFile()
{
    Testing::RandomBytes random(6);
    const QByteArray content = random.noise(3'000'000);
    TarBuilder tar;
    tar.file("program", content).attributes(06777).file("secret", "s").attributes(0);
    const FilesOf of = put({tar});
    const auto files = listings();
    const QString path = m_folder->write(u"out"_s, "what was there");
    VERIFY_RESULT(QCoro::waitFor(files->save({of, u"program"_s}, path, {})));
    QCOMPARE(contentOf(path), content);
    constexpr auto Owner = QFile::ReadOwner | QFile::WriteOwner;
    constexpr auto All =
        Owner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    const auto permissionsOf = [](const QString& file) {
        return QFileInfo(file).permissions()
            & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser); // the same once more
    };
    QCOMPARE(permissionsOf(path), All);
    VERIFY_RESULT(QCoro::waitFor(files->save({of, u"secret"_s}, m_folder->path(u"secret"_s), {})));
    QCOMPARE(permissionsOf(m_folder->path(u"secret"_s)), QFile::Permissions(Owner));

    const auto toFolder = QCoro::waitFor(files->save({of, u"program"_s}, m_folder->path(), {}));
    COMPARE_ERROR(toFolder, Error::Code::InvalidInput);
    const auto nowhere = QCoro::waitFor(files->save({of, u"program"_s}, m_folder->path(u"no/such/x"_s), {}));
    COMPARE_ERROR(nowhere, Error::Code::NotFound);
}

void FileListingsTest::brokenLayerIsNotSavedHalf()
{
    Testing::RandomBytes random(7);
    const FilesOf of = put({TarBuilder().file("large", random.noise(3'000'000))});
    const auto files = listings();
    const auto listed = QCoro::waitFor(files->list(of, {}, {}));
    VERIFY_RESULT(listed);
    QFile blob(blobPath((*listed)->layers[0].digest));
    QVERIFY(blob.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(blob.resize(blob.size() - 100'000));
    const QString path = m_folder->write(u"out"_s, "what was there");
    const auto saved = QCoro::waitFor(files->save({of, u"large"_s}, path, {}));
    COMPARE_ERROR(saved, Error::Code::Corrupt);
    QCOMPARE(contentOf(path), QByteArray("what was there"));
    QCOMPARE(m_folder->files(), (QStringList{u"cache"_s, u"images"_s, u"out"_s}));
}

void FileListingsTest::sparseFilesAreWhole()
{
    QCOMPARE(m_folder->run(
                 u"truncate -s 3000000 sparse; printf middle | dd of=sparse bs=1 seek=1500000 conv=notrunc "
                 "status=none; tar --sparse -cf sparse.tar sparse; cp sparse expected"_s),
             QString());
    const FilesOf of = put(imageOf({layerOf(contentOf(m_folder->path(u"sparse.tar"_s)))}));
    const auto files = listings();
    const QByteArray expected = contentOf(m_folder->path(u"expected"_s));
    QCOMPARE(expected.size(), 3'000'000);
    VERIFY_RESULT(QCoro::waitFor(files->save({of, u"sparse"_s}, m_folder->path(u"out"_s), {})));
    QCOMPARE(contentOf(m_folder->path(u"out"_s)), expected);
    const auto read = QCoro::waitFor(files->read({of, u"sparse"_s}, 2'000'000, {}));
    VERIFY_RESULT(read);
    QCOMPARE(*read, expected.first(2'000'000));
    const auto listed = QCoro::waitFor(files->list(of, {}, {}));
    VERIFY_RESULT(listed);
    QCOMPARE((*listed)->files.merged->node(1).size, 3'000'000);
}

void FileListingsTest::comparesByContent()
{
    const FilesOf left = put({TarBuilder().file("same", "12345").file("other", "12345").file("moved", "1")});
    TarBuilder second;
    second.file("same", "12345").attributes(0644, 0, 0, 77).file("other", "54321").file("new", "1");
    const RandomImage image = imageOf({layerOf(second.end().bytes(), Compression::Zstd)});
    const FilesOf right = put(image, u"docker.io/alice/ui:v2"_s);
    const auto files = listings();
    const auto tree = QCoro::waitFor(files->compare(left, right, {}, {}));
    VERIFY_RESULT(tree);
    QCOMPARE(textOf(**tree), (QStringList{u"D moved -1"_s, u"A new 1"_s, u"C other 5 -5"_s}));
    const auto same = QCoro::waitFor(files->compare(left, left, {}, {}));
    VERIFY_RESULT(same);
    QCOMPARE(textOf(**same), QStringList());
}

void FileListingsTest::comparisonReadsNoSharedLayer()
{
    const RandomBlob base = layerOf(TarBuilder().file("a", "12345").file("b", "1").end().bytes());
    const RandomBlob top = layerOf(TarBuilder().file("c", "1").end().bytes());
    const FilesOf left = put(imageOf({base}));
    const FilesOf right = put(imageOf({base, top}), u"docker.io/alice/ui:v2"_s);
    const auto files = listings();
    VERIFY_RESULT(QCoro::waitFor(files->list(left, {}, {})));
    VERIFY_RESULT(QCoro::waitFor(files->list(right, {}, {})));
    damage(blobPath(base.descriptor.digest), 10);
    const auto tree = QCoro::waitFor(files->compare(left, right, {}, {}));
    VERIFY_RESULT(tree);
    QCOMPARE(textOf(**tree), QStringList{u"A c 1"_s});
}

QTEST_GUILESS_MAIN(FileListingsTest)
#include "tst_filelistings.moc"
