// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "support/resulttest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

class TestStoreOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void makesALayoutWhereNothingIs()
    {
        const QString path = m_folder->filePath(u"deep/down/images"_s);
        const auto store = ImageStore::open(path);
        VERIFY_RESULT(store);
        QCOMPARE((*store)->directory(), path);
        QCOMPARE(contentOf(path + u"/oci-layout"_s), QByteArray(R"({"imageLayoutVersion":"1.0.0"})"));
        QVERIFY(QDir(path + u"/blobs/sha256"_s).exists());
        const auto snapshot = (*store)->snapshot();
        VERIFY_RESULT(snapshot);
        QVERIFY(snapshot->images.isEmpty());
        QCOMPARE(snapshot->usage.total, 0);
        QCOMPARE(filesIn(path), (QStringList{u".lock"_s, u"index.json"_s, u"oci-layout"_s}));
    }

    void takesAnEmptyFolder()
    {
        VERIFY_RESULT(ImageStore::open(m_folder->path()));
        VERIFY_RESULT(ImageStore::open(m_folder->path()));
    }

    void folderMayBeALink()
    {
        const QString link = m_folder->filePath(u"link"_s);
        QVERIFY(QDir().mkpath(m_folder->filePath(u"real"_s)));
        QVERIFY(QFile::link(m_folder->filePath(u"real"_s), link));
        const auto store = ImageStore::open(link);
        VERIFY_RESULT(store);
        VERIFY_RESULT(pushImage(*store, imageOf({layerOf("a", 100)}, u"amd64"_s), {u"a:1"_s}));
        VERIFY_RESULT(ImageStore::open(link));
        VERIFY_RESULT((*store)->image(u"a:1"_s));
    }

    void finishesACreationThatWasCutOff()
    {
        {
            VERIFY_RESULT(ImageStore::open(m_folder->path()));
        }
        QVERIFY(QFile::remove(m_folder->filePath(u"oci-layout"_s)));
        QVERIFY(writeFile(m_folder->filePath(u"ingest/tagboat-1.tmp"_s), "{\"imageL"));
        const auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        const auto swept = (*store)->collectGarbage(false, false);
        VERIFY_RESULT(swept);
        QCOMPARE(swept->ingestFiles, 1);
        QCOMPARE(swept->bytes, 8);
    }

    void leavesForeignFoldersUntouched_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a letter") << u"letter.txt"_s << QByteArray("dear");
        QTest::newRow("a hidden file") << u".profile"_s << QByteArray("x");
        QTest::newRow("blobs of a lost layout") << u"blobs/sha256/abc"_s << QByteArray("x");
        QTest::newRow("an index with images")
            << u"index.json"_s << QByteArray(R"({"schemaVersion":2,"manifests":[{}]})");
        QTest::newRow("somebody's web page") << u"index.json"_s << QByteArray("[]");
        QTest::newRow("a lock that says something") << u".lock"_s << QByteArray("pid 12");
    }

    void leavesForeignFoldersUntouched()
    {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, content);
        QVERIFY(writeFile(m_folder->filePath(file), content));
        const QStringList before = filesIn(m_folder->path());
        const auto store = ImageStore::open(m_folder->path());
        COMPARE_ERROR(store, Error::Code::InvalidInput);
        QCOMPARE(store.error().subject, m_folder->path());
        QCOMPARE(filesIn(m_folder->path()), before);
        QCOMPARE(contentOf(m_folder->filePath(file)), content);
    }

    void refusesAFileInPlaceOfAFolder()
    {
        QVERIFY(writeFile(m_folder->filePath(u"images"_s), "a file"));
        COMPARE_ERROR(ImageStore::open(m_folder->filePath(u"images"_s)), Error::Code::InvalidInput);
        COMPARE_ERROR(ImageStore::open(QString()), Error::Code::InvalidInput);
    }

    void brokenIndexIsCorruptAndUntouched_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"schemaVersion\":2,\"manifests\":[{\"mediaTy");
    }

    void brokenIndexIsCorruptAndUntouched()
    {
        QFETCH(const QByteArray, content);
        const auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        VERIFY_RESULT(pushImage(*store, imageOf({layerOf("a", 100)}, u"amd64"_s), {u"a:1"_s}));
        const QString index = m_folder->filePath(u"index.json"_s);
        QVERIFY(writeFile(index, content));
        const QStringList before = filesIn(m_folder->path());

        const auto snapshot = (*store)->snapshot();
        COMPARE_ERROR(snapshot, Error::Code::Corrupt);
        QCOMPARE(snapshot.error().subject, index);
        COMPARE_ERROR((*store)->removeNames({u"a:1"_s}), Error::Code::Corrupt);
        COMPARE_ERROR((*store)->collectGarbage(false, true, std::chrono::seconds(0)), Error::Code::Corrupt);
        COMPARE_ERROR(ImageStore::open(m_folder->path()), Error::Code::Corrupt);
        QCOMPARE(filesIn(m_folder->path()), before);
        QCOMPARE(contentOf(index), content);
    }

    void missingIndexIsCorruptAndNothingIsSwept()
    {
        const auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        VERIFY_RESULT(pushImage(*store, imageOf({layerOf("a", 100)}, u"amd64"_s), {u"a:1"_s}));
        QVERIFY(QFile::remove(m_folder->filePath(u"index.json"_s)));
        const qint64 bytes = bytesOfBlobs(m_folder->path());
        COMPARE_ERROR(ImageStore::open(m_folder->path()), Error::Code::Corrupt);
        COMPARE_ERROR((*store)->collectGarbage(false, true, std::chrono::seconds(0)), Error::Code::Corrupt);
        QCOMPARE(bytesOfBlobs(m_folder->path()), bytes);
    }

    void layoutOfAVersionToComeIsUnsupported()
    {
        QVERIFY(writeFile(m_folder->filePath(u"oci-layout"_s), R"({"imageLayoutVersion":"2.0.0"})"));
        COMPARE_ERROR(ImageStore::open(m_folder->path()), Error::Code::Unsupported);
        QVERIFY(writeFile(m_folder->filePath(u"oci-layout"_s), "{}"));
        COMPARE_ERROR(ImageStore::open(m_folder->path()), Error::Code::Corrupt);
        QCOMPARE(filesIn(m_folder->path()), QStringList{u"oci-layout"_s});
    }

    void linksInALayoutAreRefused_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("blobs") << u"blobs"_s;
        QTest::newRow("one algorithm") << u"blobs/sha256"_s;
        QTest::newRow("ingest") << u"ingest"_s;
        QTest::newRow("index.json") << u"index.json"_s;
        QTest::newRow("oci-layout") << u"oci-layout"_s;
    }

    void linksInALayoutAreRefused()
    {
        QFETCH(const QString, where);
        const QString path = m_folder->filePath(u"layout"_s);
        {
            VERIFY_RESULT(ImageStore::open(path));
        }
        QVERIFY(QDir().mkpath(path + u"/ingest"_s));
        const QString moved = m_folder->filePath(u"elsewhere"_s);
        QVERIFY(QFile::rename(path + u'/' + where, moved));
        QVERIFY(QFile::link(moved, path + u'/' + where));
        const auto store = ImageStore::open(path);
        QVERIFY(!store);
        QVERIFY2(store.error().code == Error::Code::InvalidInput
                     || store.error().code == Error::Code::Corrupt,
                 qPrintable(store.error().toString()));
        QVERIFY(store.error().subject.startsWith(path));
    }

    void linkedBlobIsNoBlob()
    {
        const QString path = m_folder->filePath(u"layout"_s);
        const auto store = ImageStore::open(path);
        VERIFY_RESULT(store);
        const Blob secret = layerOf("secret", 50);
        QVERIFY(writeFile(m_folder->filePath(u"secret"_s), secret.bytes));
        QVERIFY(QFile::link(m_folder->filePath(u"secret"_s), (*store)->blobPath(secret.digest())));
        QVERIFY(!(*store)->hasBlob(secret.descriptor));
        COMPARE_ERROR((*store)->readBlob(secret.descriptor), Error::Code::Corrupt);
        COMPARE_ERROR(QCoro::waitFor((*store)->reader()->openBlob(secret.descriptor, 0, {})),
                      Error::Code::NotFound);
        const auto swept = (*store)->collectGarbage(false, true, std::chrono::seconds(0));
        VERIFY_RESULT(swept);
        QCOMPARE(swept->blobs, 0);
        QCOMPARE(contentOf(m_folder->filePath(u"secret"_s)), secret.bytes);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestStoreOpening)
#include "tst_storeopening.moc"
