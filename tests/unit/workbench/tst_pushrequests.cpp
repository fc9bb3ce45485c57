// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/recipes.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

Reference reference(const QString& text)
{
    return Reference::parse(text).value();
}

PushRequest sampleRequest()
{
    PushRequest request;
    request.image = u"docker.io/alice/ui:v1"_s;
    request.destination = reference(u"localhost:5000/gallery/ui:v1"_s);
    request.moreTags = {u"latest"_s};
    request.profile = u"lab"_s;
    return request;
}

} // namespace

//! Requests to push to several places, and their recipes.
class TestPushRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDestinationIsKept()
    {
        PushRequest request = sampleRequest();
        request.further = {{reference(u"localhost:5001/mirror/ui:v1"_s), {u"stable"_s}, u"mirror"_s},
                           {reference(u"localhost:5000/other/ui:v2"_s), {}, {}}};
        const auto again = pushFromRecipe(recipeOf(request));
        QVERIFY(again);
        QCOMPARE(again->further.size(), 2);
        QCOMPARE(again->further[0].destination.canonical(), u"localhost:5001/mirror/ui:v1"_s);
        QCOMPARE(again->further[0].moreTags, QStringList{u"stable"_s});
        QCOMPARE(again->further[0].profile, u"mirror"_s);
        QCOMPARE(recipeOf(*again), recipeOf(request));
    }

    void aRecipeOfBeforeThereWereSeveralIsRead()
    {
        const QJsonObject recipe{{u"what"_s, u"push"_s},
                                 {u"image"_s, u"docker.io/alice/ui:v1"_s},
                                 {u"label"_s, u"alice/ui:v1"_s},
                                 {u"destination"_s, u"localhost:5000/gallery/ui:v1"_s},
                                 {u"moreTags"_s, QJsonArray{u"latest"_s}},
                                 {u"profile"_s, u"lab"_s},
                                 {u"store"_s, QString()},
                                 {u"referrers"_s, true}};
        const auto request = pushFromRecipe(recipe);
        QVERIFY(request);
        QVERIFY(request->further.isEmpty());
        QCOMPARE(request->moreTags, QStringList{u"latest"_s});
        QVERIFY(request->referrers);
        QVERIFY(!recipeOf(sampleRequest()).contains("further"_L1));
    }

    void aRecipeWithABrokenDestinationIsNone()
    {
        QJsonObject recipe = recipeOf(sampleRequest());
        recipe[u"further"] = QJsonArray{QJsonObject{{u"destination"_s, u"UPPER CASE"_s}}};
        QVERIFY(!pushFromRecipe(recipe));
    }

    void aRepositoryThatIsNamedTwiceGetsAllItsTagsAtOnce()
    {
        PushRequest request = sampleRequest();
        request.further = {{reference(u"localhost:5000/gallery/ui:v2"_s), {u"v1"_s}, u"lab"_s},
                           {reference(u"localhost:5000/gallery/ui:v3"_s), {}, u"somebody else"_s},
                           {reference(u"localhost:5001/gallery/ui:v1"_s), {}, {}}};
        const QList<PushTarget> targets = request.targets();
        QCOMPARE(targets.size(), 3);
        QCOMPARE(targets[0].destination.tag(), u"v1"_s);
        QCOMPARE(targets[0].moreTags, (QStringList{u"latest"_s, u"v2"_s, u"v1"_s}));
        QCOMPARE(targets[1].profile, u"somebody else"_s);
        const QList<PushRequest> apart = request.apart();
        QCOMPARE(apart.size(), 3);
        QCOMPARE(apart[2].destination.registry(), u"localhost:5001"_s);
        QCOMPARE(apart[2].image, request.image);
        QVERIFY(apart[0].further.isEmpty());
    }

    void archivePushesAreUnderstoodAgain()
    {
        ArchivePushRequest request;
        request.file = u"/home/alice/ui.tar"_s;
        request.only = u"docker.io/alice/ui:2"_s;
        request.destination = *Reference::parse(u"registry.example.org/alice/ui:2"_s);
        request.moreTags = {u"2.1"_s, u"latest"_s};
        request.profile = u"work"_s;
        request.compression = LayerCompression::parse(u"zstd:9"_s).value();
        const auto back = archivePushFromRecipe(recipeOf(request));
        QVERIFY(back);
        QCOMPARE(back->file, request.file);
        QCOMPARE(back->only, request.only);
        QCOMPARE(back->destination.canonical(), request.destination.canonical());
        QCOMPARE(back->moreTags, request.moreTags);
        QCOMPARE(back->profile, request.profile);
        QVERIFY(back->compression == request.compression);

        request.compression.reset();
        QVERIFY(!archivePushFromRecipe(recipeOf(request))->compression);
    }

    void eachKindKnowsItsOwn()
    {
        PushRequest push;
        push.image = u"a"_s;
        push.destination = *Reference::parse(u"localhost:5000/a:b"_s);
        ArchivePushRequest archive;
        archive.destination = push.destination;
        QVERIFY(pushFromRecipe(recipeOf(push)) && !archivePushFromRecipe(recipeOf(push)));
        QVERIFY(archivePushFromRecipe(recipeOf(archive)) && !pushFromRecipe(recipeOf(archive)));
        QJsonObject broken = recipeOf(archive);
        broken[u"compression"_s] = u"of a later version"_s;
        QVERIFY(!archivePushFromRecipe(broken));
    }
};

QTEST_GUILESS_MAIN(TestPushRequests)
#include "tst_pushrequests.moc"
