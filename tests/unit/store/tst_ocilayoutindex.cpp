// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ocilayoutindex.h"
#include "support/resulttest.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

constexpr QLatin1StringView RefName("org.opencontainers.image.ref.name");
constexpr QLatin1StringView ContainerdName("io.containerd.image.name");

Descriptor target(char letter)
{
    Descriptor descriptor;
    descriptor.mediaType = u"application/vnd.oci.image.manifest.v1+json"_s;
    descriptor.digest = *Digest::parse(QString(u"sha256:"_s + QString(64, QLatin1Char(letter))));
    descriptor.size = 100;
    return descriptor;
}

QJsonObject entry(char letter, const QJsonObject& annotations = {})
{
    QJsonObject json = target(letter).toJson();
    if (!annotations.isEmpty())
        json.insert("annotations"_L1, annotations);
    return json;
}

QByteArray document(const QJsonArray& manifests, QJsonObject json = {})
{
    json.insert("schemaVersion"_L1, 2);
    json.insert("manifests"_L1, manifests);
    return QJsonDocument(json).toJson();
}

QJsonArray manifestsOf(const OciLayoutIndex& index)
{
    return QJsonDocument::fromJson(index.toBytes()).object().value("manifests"_L1).toArray();
}

} // namespace

class TestOciLayoutIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyIndexIsWhatTheSpecWants()
    {
        const auto json = QJsonDocument::fromJson(OciLayoutIndex::empty().toBytes()).object();
        QCOMPARE(json.value("schemaVersion"_L1).toInt(), 2);
        QCOMPARE(json.value("mediaType"_L1).toString(), u"application/vnd.oci.image.index.v1+json"_s);
        QVERIFY(json.value("manifests"_L1).isArray());
    }

    void keepsWhatItDoesNotKnow()
    {
        const QJsonObject stranger = {{u"mediaType"_s, u"application/x-of-tomorrow"_s}, {u"weight"_s, 12}};
        QJsonObject named =
            entry('a', {{RefName, u"docker.io/library/a:1"_s}, {u"org.example.mood"_s, u"fine"_s}});
        named.insert(u"orgExample"_s, QJsonArray{1, 2, 3});
        const auto bytes = document({named, stranger, entry('b')},
                                    {{u"annotations"_s, QJsonObject{{u"k"_s, u"v"_s}}},
                                     {u"org.example.big"_s, qint64(9007199254740993)}});
        auto index = OciLayoutIndex::parse(bytes, u"index.json"_s);
        VERIFY_RESULT(index);
        QCOMPARE(index->warnings().size(), 1);
        QVERIFY(index->warnings().first().contains(u"entry 2"_s));
        index->setName(u"docker.io/library/c:1"_s, target('c'));
        QVERIFY(index->removeName(u"docker.io/library/a:1"_s));

        const auto json = QJsonDocument::fromJson(index->toBytes()).object();
        QCOMPARE(json.value("annotations"_L1).toObject().value("k"_L1).toString(), u"v"_s);
        QCOMPARE(json.value("org.example.big"_L1).toInteger(), qint64(9007199254740993));
        const auto manifests = json.value("manifests"_L1).toArray();
        QCOMPARE(manifests.size(), 4);
        QCOMPARE(manifests.at(1).toObject(), stranger);
        const auto former = manifests.at(0).toObject();
        QCOMPARE(former.value("orgExample"_L1).toArray().size(), 3);
        QCOMPARE(former.value("annotations"_L1).toObject(),
                 (QJsonObject{{u"org.example.mood"_s, u"fine"_s}}));
    }

    void refusesWhatIsNoIndex_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no json") << QByteArray("{\"schemaVersion\":2,");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("another version") << QByteArray(R"({"schemaVersion":1,"manifests":[]})");
        QTest::newRow("manifests no list") << QByteArray(R"({"schemaVersion":2,"manifests":{}})");
        QTest::newRow("an entry no object") << QByteArray(R"({"schemaVersion":2,"manifests":["a"]})");
    }

    void refusesWhatIsNoIndex()
    {
        QFETCH(const QByteArray, bytes);
        const auto index = OciLayoutIndex::parse(bytes, u"/there/index.json"_s);
        COMPARE_ERROR(index, Error::Code::Corrupt);
        QCOMPARE(index.error().subject, u"/there/index.json"_s);
    }

    void missingOrNullListIsEmpty()
    {
        for (const QByteArray bytes : {R"({"schemaVersion":2})", R"({"schemaVersion":2,"manifests":null})"}) {
            const auto index = OciLayoutIndex::parse(bytes, u"index.json"_s);
            VERIFY_RESULT(index);
            QVERIFY(index->entries().isEmpty());
        }
    }

    void prefersTheFullNameOfContainerd()
    {
        const auto index = OciLayoutIndex::parse(
            document(
                {entry('a', {{RefName, u"3.20"_s}, {ContainerdName, u"docker.io/library/alpine:3.20"_s}})}),
            u"index.json"_s);
        VERIFY_RESULT(index);
        QCOMPARE(index->entries().first().name, u"docker.io/library/alpine:3.20"_s);
        QCOMPARE(index->entries().first().refName, u"3.20"_s);
        QVERIFY(index->entries().first().target->annotations.isEmpty());
        QVERIFY(index->named(u"docker.io/library/alpine:3.20"_s));
        QVERIFY(!index->named(u"3.20"_s));
    }

    void findsFamiliarNamesByWhatTheyMean()
    {
        const auto index = OciLayoutIndex::parse(
            document({entry('a', {{RefName, u"alpine:3"_s}}), entry('b', {{RefName, u"v1"_s}}),
                      entry('c', {{RefName, u"index.docker.io/library/debian:12"_s}})}),
            u"index.json"_s);
        VERIFY_RESULT(index);
        const auto* meant = index->named(u"docker.io/library/alpine:3"_s);
        QVERIFY(meant);
        QCOMPARE(meant->name, u"alpine:3"_s);
        QVERIFY(index->named(u"docker.io/library/debian:12"_s));
        // A bare word is a tag to those who wrote it, not an image of Docker Hub.
        QVERIFY(!index->named(u"docker.io/library/v1:latest"_s));
        QVERIFY(index->named(u"v1"_s));
        QVERIFY(!index->named(QString()));
    }

    void firstOfTwoEqualNamesCounts()
    {
        auto index = OciLayoutIndex::parse(document({entry('a', {{RefName, u"docker.io/library/x:1"_s}}),
                                                     entry('b', {{RefName, u"docker.io/library/x:1"_s}})}),
                                           u"index.json"_s);
        VERIFY_RESULT(index);
        QCOMPARE(index->warnings().size(), 1);
        QVERIFY(index->warnings().first().contains(u"docker.io/library/x:1"_s));
        QCOMPARE(index->named(u"docker.io/library/x:1"_s)->target->digest, target('a').digest);
        QVERIFY(index->entries().at(1).name.isEmpty());

        // Taking the name away takes it from both; neither image is forgotten.
        QVERIFY(index->removeName(u"docker.io/library/x:1"_s));
        QVERIFY(!index->named(u"docker.io/library/x:1"_s));
        QCOMPARE(manifestsOf(*index).size(), 2);
        QVERIFY(index->warnings().isEmpty());
        QVERIFY(!index->toBytes().contains("x:1"));
    }

    void newNameIsAnEntryOfItsOwn()
    {
        OciLayoutIndex index = OciLayoutIndex::empty();
        QVERIFY(!index.setName(u"docker.io/library/a:1"_s, target('a')));
        QVERIFY(!index.setName(u"docker.io/library/a:latest"_s, target('a')));
        const auto manifests = manifestsOf(index);
        QCOMPARE(manifests.size(), 2);
        QCOMPARE(manifests.at(0).toObject().value("digest"_L1),
                 manifests.at(1).toObject().value("digest"_L1));
        QCOMPARE(manifests.at(1).toObject().value("annotations"_L1).toObject(),
                 (QJsonObject{{RefName, u"docker.io/library/a:latest"_s}}));
    }

    void namelessEntryIsGivenTheName()
    {
        auto index = OciLayoutIndex::parse(document({entry('a', {{u"k"_s, u"v"_s}})}), u"index.json"_s);
        VERIFY_RESULT(index);
        index->setName(u"docker.io/library/a:1"_s, target('a'));
        QCOMPARE(manifestsOf(*index).size(), 1);
        QCOMPARE(manifestsOf(*index).first().toObject().value("annotations"_L1).toObject(),
                 (QJsonObject{{u"k"_s, u"v"_s}, {RefName, u"docker.io/library/a:1"_s}}));
    }

    void movedNameLeavesTheImageUntagged()
    {
        OciLayoutIndex index = OciLayoutIndex::empty();
        index.setName(u"docker.io/library/a:1"_s, target('a'));
        const auto before = index.setName(u"docker.io/library/a:1"_s, target('b'));
        QVERIFY(before);
        QCOMPARE(before->digest, target('a').digest);
        QCOMPARE(index.named(u"docker.io/library/a:1"_s)->target->digest, target('b').digest);
        const auto manifests = manifestsOf(index);
        QCOMPARE(manifests.size(), 2);
        QVERIFY(!manifests.at(0).toObject().contains("annotations"_L1));

        // Back again, and the entry without a name is not left behind a second time.
        index.setName(u"docker.io/library/a:1"_s, target('a'));
        QCOMPARE(manifestsOf(index).size(), 2);
    }

    void movedNameOfATwiceNamedImageLeavesNoTrace()
    {
        OciLayoutIndex index = OciLayoutIndex::empty();
        index.setName(u"docker.io/library/a:1"_s, target('a'));
        index.setName(u"docker.io/library/a:latest"_s, target('a'));
        index.setName(u"docker.io/library/a:latest"_s, target('b'));
        QCOMPARE(manifestsOf(index).size(), 2);
        QVERIFY(index.removeName(u"docker.io/library/a:latest"_s));
        QVERIFY(!index.removeName(u"docker.io/library/a:latest"_s));
        QCOMPARE(manifestsOf(index).size(), 2);
        QVERIFY(index.named(u"docker.io/library/a:1"_s));
    }

    void familiarNameOfOthersMovesToo()
    {
        auto index =
            OciLayoutIndex::parse(document({entry('a', {{RefName, u"alpine:3"_s}})}), u"index.json"_s);
        VERIFY_RESULT(index);
        const auto before = index->setName(u"docker.io/library/alpine:3"_s, target('b'));
        QVERIFY(before);
        QCOMPARE(before->digest, target('a').digest);
        QVERIFY(!index->toBytes().contains("\"alpine:3\""));
        QCOMPARE(index->named(u"alpine:3"_s)->target->digest, target('b').digest);
    }

    void descriptorsCarryNoForeignName()
    {
        OciLayoutIndex index = OciLayoutIndex::empty();
        Descriptor decorated = target('a');
        decorated.annotations = {{RefName, u"docker.io/library/old:1"_s},
                                 {ContainerdName, u"docker.io/library/old:1"_s},
                                 {u"org.example.keep"_s, u"yes"_s}};
        index.setName(u"docker.io/library/new:1"_s, decorated);
        QVERIFY(!index.toBytes().contains("old"));
        QVERIFY(index.toBytes().contains("org.example.keep"));
    }

    void removesImagesWithAllNames()
    {
        OciLayoutIndex index = OciLayoutIndex::empty();
        index.setName(u"docker.io/library/a:1"_s, target('a'));
        index.setName(u"docker.io/library/a:2"_s, target('a'));
        index.setName(u"docker.io/library/b:1"_s, target('b'));
        index.keep(target('c'));
        index.keep(target('b'));
        QCOMPARE(manifestsOf(index).size(), 4);
        index.removeTargets({target('a').digest, target('c').digest});
        QCOMPARE(manifestsOf(index).size(), 1);
        QVERIFY(index.named(u"docker.io/library/b:1"_s));
    }
};

QTEST_GUILESS_MAIN(TestOciLayoutIndex)
#include "tst_ocilayoutindex.moc"
