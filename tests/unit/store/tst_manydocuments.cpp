// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bench/imagelist/largestore.h"
#include "store/documentfile.h"
#include "store/imagestore.h"
#include "store/indextext.h"
#include "store/ocilayoutindex.h"
#include "support/resulttest.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

//! JSON with single quotes in place of double ones.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

//! All that a list shows, as text.
QStringList described(const StoreSnapshot& snapshot)
{
    QStringList lines;
    for (const StoredImage& image : snapshot.images) {
        QStringList parts{image.id.toString(), image.names.join(u' '),
                          image.created.toString(Qt::ISODateWithMs), QString::number(image.size),
                          QString::number(image.unique)};
        for (const StoredPlatform& platform : image.platforms) {
            parts.append(platform.platform.toString() + (platform.isPresent ? u" here"_s : u" gone"_s));
            for (const StoredLayer& layer : platform.layers)
                parts.append(layer.descriptor.digest.toString() + layer.diffId.toString() + layer.step
                             + QString::number(layer.sharerCount) + layer.descriptor.mediaType);
            for (const StoredLabel& label : platform.labels)
                parts.append(label.key + u'=' + label.value);
        }
        lines.append(parts.join(u'\n'));
    }
    return lines;
}

} // namespace

//! Stores that are large enough to be read side by side, and remembered in a file.
class TestManyDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_store = m_folder.filePath(u"images"_s);
        Testing::makeLargeStore(m_store, {.images = 600, .namesEach = 3, .bases = 10, .frameworks = 30});
        m_file = m_store + u"/.documents"_s;
        const auto first = snapshot();
        m_images = described(first);
        QCOMPARE(m_images.size(), 600);
        QCOMPARE(first.usage.names, 1800);
        QVERIFY(first.warnings.isEmpty());
        QCOMPARE(first.images.first().platforms.first().labels.size(), 5);
        m_kept = contentOf(m_file);
        QVERIFY(!m_kept.isEmpty());
    }

    void init() { write(m_file, m_kept); }

    void whatWasKeptIsTheSame()
    {
        QCOMPARE(described(snapshot()), m_images);
        QCOMPARE(contentOf(m_file), m_kept); // and is not written again
    }

    void whatIsKeptSparesTheDocuments()
    {
        // A manifest whose bytes are wrong, but not how many they are: whoever reads it says so.
        const auto image = snapshot().images.first();
        const QString path = m_store + u"/blobs/sha256/"_s + image.target.digest.hex();
        const QByteArray bytes = contentOf(path);
        QByteArray wrong = bytes;
        wrong[wrong.size() - 2] = ' ';
        write(path, wrong);
        QVERIFY(snapshot().warnings.isEmpty());
        QVERIFY(QFile::remove(m_file));
        QCOMPARE(snapshot().warnings.size(), 1);
        write(path, bytes);
    }

    void aDamagedFileIsAsGoodAsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("something else") << QByteArray("{}");
        QTest::newRow("cut off") << m_kept.first(m_kept.size() / 2);
        QTest::newRow("another version") << QByteArray("tagboat documents 0\n" + m_kept.sliced(20));
        QByteArray flipped = m_kept;
        flipped[flipped.size() / 3] = char(flipped[flipped.size() / 3] ^ 1);
        QTest::newRow("one bit") << flipped;
        QTest::newRow("more") << QByteArray(m_kept + "x");
    }

    void aDamagedFileIsAsGoodAsNone()
    {
        QFETCH(const QByteArray, bytes);
        QVERIFY(!unpackDocuments(bytes));
        write(m_file, bytes);
        QCOMPARE(described(snapshot()), m_images);
        QVERIFY(unpackDocuments(contentOf(m_file))); // it is made anew
    }

    void whatIsGoneIsForgotten()
    {
        const auto store = ImageStore::open(m_store);
        VERIFY_RESULT(store);
        const auto before = (*store)->snapshot();
        QList<Digest> half;
        for (qsizetype i = 0; i < 300; ++i)
            half.append(before->images.at(i).target.digest);
        VERIFY_RESULT((*store)->removeImages(half));
        QCOMPARE(snapshot().images.size(), 300);
        QVERIFY(QFile::remove(m_file));
        QCOMPARE(snapshot().images.size(), 300);
        QVERIFY(contentOf(m_file).size() < m_kept.size() * 2 / 3);
        // Back as it was.
        QVERIFY(QDir(m_store).removeRecursively());
        Testing::makeLargeStore(m_store, {.images = 600, .namesEach = 3, .bases = 10, .frameworks = 30});
        QCOMPARE(described(snapshot()), m_images);
    }

    void everyTextIsSplitAsTheParserReadsIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("entries"); // -1: for the full parser
        const auto row = [](const char* name, const QByteArray& text, int entries) {
            QTest::newRow(name) << text << entries;
        };
        row("plain", quoted("{'schemaVersion':2,'manifests':[{'size':1},{'size':2}]}"), 2);
        row("blanks", " {\n\"manifests\" : [ { } , {\"a\":[1,-2.5e+3,true,null]} ]\t}\r\n", 2);
        row("nothing", "{}", 0);
        row("no manifests", quoted("{'schemaVersion':2}"), 0);
        row("empty list", quoted("{'manifests':[],'x':{'manifests':[1]}}"), 0);
        row("escapes inside", quoted("{'manifests':[{'a\\'}':'\\u00e9]'}]}"), 1);
        row("no object", quoted("{'manifests':[1]}"), -1);
        row("null", quoted("{'manifests':null}"), -1);
        row("twice", quoted("{'manifests':[],'manifests':[]}"), -1);
        row("escaped name", quoted("{'manifest\\u0073':[]}"), -1);
        row("list", "[]", -1);
        row("cut off", quoted("{'manifests':[{'size':1}"), -1);
        row("more behind", quoted("{'manifests':[]} x"), -1);
        row("comma", quoted("{'manifests':[{},]}"), -1);
        row("comma behind", quoted("{'manifests':[],}"), -1);
        row("number", quoted("{'a':01}"), -1);
        row("bare word", quoted("{'a':nul}"), -1);
        row("control", "{\"a\":\"\n\"}", -1);
        row("bad escape", quoted("{'a':'\\x'}"), -1);
        row("bad UTF-8", "{\"a\":\"\xff\"}", -1);
        row("empty", "", -1);
        row("deep", "{\"a\":" + QByteArray(100, '[') + QByteArray(100, ']') + "}", -1);
    }

    void everyTextIsSplitAsTheParserReadsIt()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, entries);
        const auto parts = splitIndex(text);
        QCOMPARE(parts ? int(parts->entries.size()) : -1, entries);
        if (!parts)
            return;
        // What it takes is JSON to the full parser, too, and says the same.
        QJsonParseError problem;
        QJsonObject whole = QJsonDocument::fromJson(text, &problem).object();
        QVERIFY(problem.error == QJsonParseError::NoError);
        whole.remove(u"manifests"_s);
        QCOMPARE(QJsonDocument::fromJson(parts->frame).object(), whole);
    }

    void onlyPlainEntriesAreReadInHaste_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isPlain");
        const QByteArray digest = "sha256:" + QByteArray(64, 'a');
        const auto row = [](const char* name, const QByteArray& text, bool isPlain) {
            QTest::newRow(name) << text << isPlain;
        };
        const QByteArray begin = "{\"mediaType\":\"m\",\"digest\":\"" + digest + "\",\"size\":12";
        row("bare", begin + "}", true);
        row("named", begin + quoted(",'annotations':{'org.opencontainers.image.ref.name':'a:1'}}"), true);
        row("both names",
            begin
                + quoted(",'annotations':{'io.containerd.image.name':'b','org.opencontainers.image.ref.name':"
                         "'a'}}"),
            true);
        row("another note", begin + quoted(",'annotations':{'x':'y'}}"), false);
        row("platform", begin + quoted(",'platform':{'os':'linux'}}"), false);
        row("size twice", begin + quoted(",'size':13}"), false);
        row("escape", begin + quoted(",'annotations':{'org.opencontainers.image.ref.name':'a\\u003a1'}}"),
            false);
        row("fraction", "{\"digest\":\"" + digest + "\",\"size\":1.5}", false);
        row("negative", "{\"digest\":\"" + digest + "\",\"size\":-1}", false);
        row("no size", "{\"digest\":\"" + digest + "\"}", false);
        row("no digest", "{\"size\":1}", false);
    }

    void onlyPlainEntriesAreReadInHaste()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, isPlain);
        QCOMPARE(readPlainEntry(text).has_value(), isPlain);
        // Either way, the index knows what the entry says.
        const auto index = OciLayoutIndex::parse("{\"manifests\":[" + text + "]}", u"index.json"_s);
        VERIFY_RESULT(index);
        QCOMPARE(index->entries().size(), 1);
        const auto descriptor = Descriptor::fromJson(QJsonDocument::fromJson(text).object(), u"index.json"_s);
        const auto& target = index->entries().first().target;
        QCOMPARE(target.has_value(), descriptor.has_value());
        if (target) {
            QCOMPARE(target->digest, descriptor->digest);
            QCOMPARE(target->size, descriptor->size);
            QCOMPARE(target->mediaType, descriptor->mediaType);
        }
        QCOMPARE(QJsonDocument::fromJson(index->toBytes()),
                 QJsonDocument::fromJson("{\"manifests\":[" + text + "]}"));
    }

private:
    StoreSnapshot snapshot() const
    {
        const auto store = ImageStore::open(m_store); // a new one: it remembers nothing
        if (!store)
            qFatal("%s", qPrintable(store.error().toString()));
        auto taken = (*store)->snapshot();
        if (!taken)
            qFatal("%s", qPrintable(taken.error().toString()));
        return std::move(*taken);
    }

    QTemporaryDir m_folder;
    QString m_store, m_file;
    QStringList m_images;
    QByteArray m_kept;
};

QTEST_GUILESS_MAIN(TestManyDocuments)
#include "tst_manydocuments.moc"
