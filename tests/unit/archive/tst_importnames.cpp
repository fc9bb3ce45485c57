// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"

#include "archive/imagenames.h"
#include "support/resulttest.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::RandomImage;
using Testing::randomImage;

namespace {

const QString Name = u"docker.io/alice/ui:v1"_s;
const QString Other = u"docker.io/library/web:2"_s;

} // namespace

//! Which names images get that come out of archives.
class ImportNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNames_data();
    void readsNames();
    void setsTheNamesAskedFor();
    void keepsTheFirstOfTwoEqualNames();
    void keepsTheFirstOfContradictingNames();
    void leavesUnnamedImagesWithoutName();
};

void ImportNamesTest::readsNames_data()
{
    QTest::addColumn<QString>("imageName");
    QTest::addColumn<QString>("refName");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* what, const QString& imageName, const QString& refName,
                        const QString& expected) { QTest::newRow(what) << imageName << refName << expected; };
    row("Docker", u"docker.io/alice/ui:v1"_s, u"v1"_s, Name);
    row("full name as tag of the user", {}, u"docker.io/alice/ui:v1"_s, Name);
    row("familiar name", {}, u"alice/ui:v1"_s, Name);
    row("one word with tag", {}, u"web:2"_s, Other);
    row("local name of podman", {}, u"localhost/ui:v1"_s, u"localhost/ui:v1"_s);
    row("no tag but a slash", {}, u"alice/ui"_s, u"docker.io/alice/ui:latest"_s);
    row("bare tag", {}, u"v1"_s, {});
    row("bare word", {}, u"latest"_s, {});
    row("none", {}, {}, {});
    row("containerd's name wins", u"docker.io/alice/ui:v1"_s, u"web:2"_s, Name);
    row("containerd's name cannot be read", u"Alice/UI"_s, u"web:2"_s, Other);
    row("digest alone", u"alice/ui@sha256:"_s + QString(64, u'a'), {}, {});
    row("tag and digest", u"alice/ui:v1@sha256:"_s + QString(64, u'a'), {}, Name);
    row("no reference", {}, u"what is this: a/b"_s, {});
}

void ImportNamesTest::readsNames()
{
    QFETCH(QString, imageName);
    QFETCH(QString, refName);
    QFETCH(QString, expected);
    Descriptor descriptor;
    if (!imageName.isEmpty())
        descriptor.annotations.insert(ImageNameAnnotation, imageName);
    if (!refName.isEmpty())
        descriptor.annotations.insert(RefNameAnnotation, refName);
    QCOMPARE(annotatedName(descriptor), expected);
}

void ImportNamesTest::setsTheNamesAskedFor()
{
    StoreFixture fixture;
    const QList<Saved> one{{randomImage(11), {u"alice/ui:v1"_s}}};
    QVERIFY(dockerArchive(one).write(fixture.path(u"one.tar"_s)));
    QVERIFY(dockerArchive(one + QList<Saved>{{randomImage(12), {}}}).write(fixture.path(u"two.tar"_s)));
    COMPARE_ERROR(fixture.import(u"two.tar"_s, {u"web:2"_s}), Error::Code::InvalidInput);
    COMPARE_ERROR(fixture.import(u"one.tar"_s, {u"Not A Name"_s}), Error::Code::InvalidInput);
    QCOMPARE(fixture.names(), QStringList());
    const auto imported = fixture.import(u"one.tar"_s, {u"web:2"_s, u"ghcr.io/a/b:c"_s});
    VERIFY_RESULT(imported);
    QCOMPARE(fixture.names(), QStringList({Other, u"ghcr.io/a/b:c"_s}));
    QCOMPARE(imported->constFirst().names, QStringList({Other, u"ghcr.io/a/b:c"_s}));
}

void ImportNamesTest::keepsTheFirstOfTwoEqualNames()
{
    StoreFixture fixture;
    const RandomImage first = randomImage(13);
    const RandomImage second = randomImage(14);
    for (const auto& make : {dockerArchive, ociArchive}) {
        QVERIFY(make({{first, {u"a/b:1"_s}}, {second, {u"a/b:1"_s}}}).write(fixture.path(u"a.tar"_s)));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a/b:1"_s));
        VERIFY_RESULT(fixture.import(u"a.tar"_s));
        const auto stored = fixture.store->image(u"a/b:1"_s);
        VERIFY_RESULT(stored);
        QCOMPARE(stored->id, first.id());
    }
}

void ImportNamesTest::keepsTheFirstOfContradictingNames()
{
    // index.json and manifest.json give the names the other way round.
    StoreFixture fixture;
    Members members =
        hybridArchive({{randomImage(22), {u"alice/ui:v1"_s}}, {randomImage(23), {u"library/web:2"_s}}});
    editManifests(members, [](QJsonArray& manifests) {
        QJsonObject first = manifests.at(0).toObject();
        QJsonObject second = manifests.at(1).toObject();
        const QJsonValue tags = first["RepoTags"_L1];
        first.insert("RepoTags"_L1, second["RepoTags"_L1]);
        second.insert("RepoTags"_L1, tags);
        manifests = {first, second};
    });
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));
    const auto imported = fixture.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->at(0).names.size() + imported->at(1).names.size(), 2);
    QCOMPARE(fixture.names(), QStringList({Name, Other}));
    for (const ArchivedImage& image : *imported) {
        for (const QString& name : image.names) // what was said of it is so
            QCOMPARE(fixture.store->image(name).value_or(StoredImage()).id, image.id);
    }
}

void ImportNamesTest::leavesUnnamedImagesWithoutName()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(15);
    QVERIFY(dockerArchive({{image, {}}}).write(fixture.path(u"a.tar"_s)));
    const auto imported = fixture.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().names, QStringList());
    QCOMPARE(fixture.names(), QStringList());
    QCOMPARE(fixture.check(imported->constFirst().target.digest.toString()), QStringList());
    VERIFY_RESULT(fixture.store->setNames(imported->constFirst().target, {}));
    const auto snapshot = fixture.store->snapshot();
    VERIFY_RESULT(snapshot);
    QCOMPARE(snapshot->images.size(), 1);
    QCOMPARE(snapshot->images.constFirst().id, image.id());
}

QTEST_GUILESS_MAIN(ImportNamesTest)
#include "tst_importnames.moc"
