// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/newsjudge.h"

#include "oci/mediatype.h"
#include "support/goldenbase.h"
#include "transfer/job.h"
#include "workbench/declaredbases.h"
#include "workbench/outdated.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

const QString Python = u"docker.io/library/python:3.13"_s;
const QString Place = u"docker.io/library/python"_s;
const QString App = u"docker.io/team/app:v1"_s;

Digest digestOf(const QByteArray& text)
{
    return Digest::ofBytes(text);
}

RegistryAnswer answer(const Digest& digest, QLatin1StringView type = MediaType::OciManifest)
{
    return {digest, type, QDateTime::currentDateTimeUtc()};
}

Error silence()
{
    return Error::make(Error::Code::Network, u"docker.io"_s, u"nobody answers"_s);
}

RegistryAnswer unanswered()
{
    RegistryAnswer none;
    none.error = silence();
    return none;
}

//! One letter a layer; its config is "config of SEED".
StoredImage image(const QByteArray& seed, const QByteArray& layers, const QStringList& names = {})
{
    StoredImage made;
    made.target.digest = digestOf(seed);
    made.target.mediaType = MediaType::OciManifest;
    made.id = digestOf("config of " + seed);
    made.names = names;
    StoredPlatform platform;
    platform.manifest = made.target;
    platform.platform.os = u"linux"_s;
    platform.platform.architecture = u"amd64"_s;
    platform.configDigest = made.id;
    for (const char layer : layers) {
        StoredLayer one;
        one.diffId = digestOf(QByteArray(1, layer));
        platform.layers.append(one);
    }
    made.platforms = {platform};
    return made;
}

//! As if each of the images had been pulled by its names.
KnownPlaces pulled(const QList<StoredImage>& images)
{
    KnownPlaces places;
    for (const StoredImage& one : images) {
        for (const QString& name : one.names) {
            const QString place = placeOf(name);
            places[place.section(u'/', 0, 0)][one.id].append(place.section(u'/', 1));
        }
    }
    return places;
}

const TagNews& onlyTag(const ImageNews& news)
{
    static const TagNews none;
    const bool isOne = news.bases.size() == 1 && news.bases.first().tags.size() == 1;
    return isOne ? news.bases.first().tags.first() : none;
}

} // namespace

class TestNewsJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesOfNames()
    {
        QCOMPARE(placeOf(Python), Place);
        QCOMPARE(placeOf(u"localhost:5000/a/b"_s), u"localhost:5000/a/b"_s);
        QCOMPARE(placeOf(u"localhost:5000/a/b:1"_s), u"localhost:5000/a/b"_s);
        QCOMPARE(placeOf(QString(Place + u":3@"_s + digestOf("x").toString())), Place);
    }

    void tagsAreCompared_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<bool>("isIndex");
        QTest::addColumn<int>("verdict");
        // Known: index "i" of the place holds "a" and "b"; "other" is an index of elsewhere with "z".
        QTest::newRow("the same") << "a"_ba << "a"_ba << false << int(Verdict::Same);
        QTest::newRow("another") << "a"_ba << "c"_ba << false << int(Verdict::Other);
        QTest::newRow("index with it") << "a"_ba << "i"_ba << true << int(Verdict::Same);
        QTest::newRow("index without it") << "c"_ba << "i"_ba << true << int(Verdict::Other);
        QTest::newRow("index, then its part") << "i"_ba << "b"_ba << false << int(Verdict::Same);
        QTest::newRow("index, then another's part") << "i"_ba << "c"_ba << false << int(Verdict::Other);
        QTest::newRow("index, then an unknown one") << "i"_ba << "j"_ba << true << int(Verdict::Other);
        QTest::newRow("part, then an unknown index") << "a"_ba << "j"_ba << true << int(Verdict::Other);
        QTest::newRow("unknown, unknown index") << "c"_ba << "j"_ba << true << int(Verdict::AskDigest);
        // What is a part somewhere else says nothing about this repository.
        QTest::newRow("part of elsewhere") << "z"_ba << "j"_ba << true << int(Verdict::AskDigest);
        QTest::newRow("asked: is not there") << "gone"_ba << "j"_ba << true << int(Verdict::Other);
        QTest::newRow("asked: an index") << "asked index"_ba << "j"_ba << true << int(Verdict::Other);
        QTest::newRow("asked: a manifest")
            << "asked manifest"_ba << "j"_ba << true << int(Verdict::ReadIndex);
        QTest::newRow("nothing to compare") << QByteArray() << "j"_ba << true << int(Verdict::NoDigest);
    }

    void tagsAreCompared()
    {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QFETCH(const bool, isIndex);
        NewsKnowledge known;
        known.indexes.insert(digestOf("i"), {Place, {digestOf("a"), digestOf("b")}});
        known.homes.insert(digestOf("a"), {Place});
        known.homes.insert(digestOf("b"), {Place});
        known.indexes.insert(digestOf("other"), {u"ghcr.io/z"_s, {digestOf("z")}});
        known.homes.insert(digestOf("z"), {u"ghcr.io/z"_s});
        known.answers.insert(atPlace(Place, digestOf("gone")), answer(Digest()));
        known.answers.insert(atPlace(Place, digestOf("asked index")),
                             answer(digestOf("asked index"), MediaType::OciIndex));
        known.answers.insert(atPlace(Place, digestOf("asked manifest")), answer(digestOf("asked manifest")));
        const auto verdict =
            compareTag(Python, from.isEmpty() ? Digest() : digestOf(from),
                       answer(digestOf(to), isIndex ? MediaType::OciIndex : MediaType::OciManifest), known);
        QTEST(int(verdict), "verdict");
    }

    void silenceIsNeverTakenForAnAnswer()
    {
        const Digest old = digestOf("old");
        NewsKnowledge known;
        QVERIFY(judgeTag(Python, old, known).state == NewsState::NotAsked);
        known.answers.insert(Python, unanswered());
        QVERIFY(judgeTag(Python, old, known).state == NewsState::Unknown);
        QVERIFY(judgeTag(Python, old, known).doubt == TagNews::Doubt::Failed);
        // What was so need not be so any more; what has moved on has.
        known.answers[Python] = answer(old);
        QVERIFY(judgeTag(Python, old, known).state == NewsState::UpToDate);
        known.answers[Python].error = silence();
        QVERIFY(judgeTag(Python, old, known).state == NewsState::Unknown);
        known.answers[Python].digest = digestOf("new");
        QVERIFY(judgeTag(Python, old, known).state == NewsState::MovedOn);
        QVERIFY(judgeTag(Python, old, known).error);
        known.answers[Python] = answer(Digest());
        QVERIFY(judgeTag(Python, old, known).state == NewsState::Gone);
        known.answers[Python].error = silence();
        QVERIFY(judgeTag(Python, old, known).state == NewsState::Unknown);
        // Asked for the sake of another image: not yet for this one. Then only the index tells.
        known.answers[Python] = answer(digestOf("new"), MediaType::OciIndex);
        QVERIFY(judgeTag(Python, old, known).state == NewsState::NotAsked);
        known.answers.insert(atPlace(Place, old), answer(old));
        QVERIFY(judgeTag(Python, old, known).state == NewsState::Unknown);
        QVERIFY(judgeTag(Python, old, known).doubt == TagNews::Doubt::CostsPull);
        known.answers[Python] = answer(digestOf("new"));
        const TagNews nothing = judgeTag(Python, Digest(), known);
        QVERIFY(nothing.state == NewsState::Unknown && nothing.doubt == TagNews::Doubt::NoDigest);
    }

    void documentsComeBeforeLayers()
    {
        const QList<StoredImage> images{image("debian", "d", {u"docker.io/library/debian:13"_s}),
                                        image("app", "dx", {App})};
        NewsKnowledge known;
        auto view = judgeNews(images, known, pulled(images), {});
        QCOMPARE(view.unread.size(), 2);
        QCOMPARE(onlyTag(view.news.value(images.at(1).target.digest)).reference, images.at(0).names.first());
        known.declared.insert(images.at(1).target.digest,
                              DeclaredBase{BaseSource::Label, Python, digestOf("python")});
        known.declared.insert(images.at(0).target.digest, std::nullopt);
        view = judgeNews(images, known, pulled(images), {});
        QVERIFY(view.unread.isEmpty());
        const ImageNews news = view.news.value(images.at(1).target.digest);
        QVERIFY(news.bases.first().source == BaseSource::Label);
        QCOMPARE(onlyTag(news).reference, Python);
        QCOMPARE(onlyTag(news).from, digestOf("python"));
        QCOMPARE(view.questions.value(Python), QSet<Digest>{digestOf("python")});
    }

    void aNameWithoutADigestTakesThatOfTheImageHere()
    {
        const QList<StoredImage> images{image("python", "dp", {Python}), image("app", "dpx", {App}),
                                        image("stranger", "yz")};
        NewsKnowledge known;
        for (const qsizetype i : {1, 2})
            known.declared.insert(images.at(i).target.digest, DeclaredBase{BaseSource::Label, Python, {}});
        known.answers.insert(Python, answer(digestOf("new python")));
        const auto view = judgeNews(images, known, pulled(images), {});
        QVERIFY(onlyTag(view.news.value(images.at(1).target.digest)).state == NewsState::MovedOn);
        const TagNews unknown = onlyTag(view.news.value(images.at(2).target.digest));
        QVERIFY(unknown.state == NewsState::Unknown);
        QVERIFY(unknown.doubt == TagNews::Doubt::NoDigest);
    }

    void aBaseIsRememberedWhenItsNameHasGone()
    {
        QList<StoredImage> images{image("python", "dp", {Python}), image("app", "dpx", {App})};
        const Digest app = images.at(1).target.digest;
        NewsKnowledge known;
        known.answers.insert(Python, answer(images.at(0).target.digest));
        auto view = judgeNews(images, known, pulled(images), {});
        QCOMPARE(view.learnt.size(), 1);
        known.layerBases = view.learnt;
        QVERIFY(judgeNews(images, known, pulled(images), {}).learnt.isEmpty()); // once is enough

        images[0].names.clear();
        images.append(image("new python", "dq", {Python}));
        known.answers[Python] = answer(digestOf("new python"));
        const KnownPlaces places = pulled(images);
        QVERIFY(onlyTag(judgeNews(images, known, places, {}).news.value(app)).state == NewsState::MovedOn);
        images.removeFirst();
        QVERIFY(onlyTag(judgeNews(images, known, places, {}).news.value(app)).state == NewsState::MovedOn);
    }

    void aBaseNeverSeenUnderItsNameIsLookedUpInTheHistory()
    {
        const QList<StoredImage> images{image("python", "dp"), image("app", "dpx", {App})};
        const Digest python = images.at(0).target.digest;
        NewsKnowledge known;
        known.answers.insert(Python, answer(digestOf("new python")));
        const auto view = judgeNews(images, known, {}, {});
        QCOMPARE(view.nameless, QList<Digest>{python});
        QVERIFY(view.news.value(images.at(1).target.digest).bases.first().tags.isEmpty());
        const auto again = judgeNews(images, known, {}, {{python, {Python}}});
        QVERIFY(again.nameless.isEmpty());
        QVERIFY(onlyTag(again.news.value(images.at(1).target.digest)).state == NewsState::MovedOn);
    }

    void onlyNamesThatWereThereAreAskedFor()
    {
        const QString here = u"docker.io/library/secret-project:dev"_s;
        StoredImage mine = image("mine", "x", {here, Python});
        KnownPlaces places;
        places[u"docker.io"_s][mine.id] = {u"library/python"_s};
        const auto view = judgeNews({mine}, {}, places, {});
        QCOMPARE(view.questions.keys(), QStringList{Python});
        QCOMPARE(placesToKnow({mine}).value(u"docker.io"_s), QList<Digest>{mine.id});
        // Nor what is about all artifacts: their empty config was everywhere.
        mine.platforms[0].configDigest = digestOf("{}");
        QVERIFY(placesToKnow({mine}).isEmpty());
    }

    void theViewPutsTogetherWhatStandsOnOneBase()
    {
        QList<StoredImage> images{image("python", "dp", {Python})};
        for (const char one : {'a', 'b', 'c'}) {
            images.append(image(QByteArray(1, one), QByteArray("dp") + one,
                                {u"docker.io/team/%1:1"_s.arg(QLatin1Char(one))}));
        }
        NewsKnowledge known;
        known.answers.insert(Python, answer(digestOf("new python")));
        known.answers.insert(u"docker.io/team/a:1"_s, unanswered());
        known.answers.insert(u"docker.io/team/b:1"_s, answer(digestOf("b")));
        known.answers.insert(u"docker.io/team/c:1"_s, answer(Digest()));
        const auto news = judgeNews(images, known, pulled(images), {}).news;
        const OutdatedView view = outdatedView(images, news);
        QCOMPARE(view.bases.size(), 1);
        QCOMPARE(view.bases.first().images.size(), 3);
        QCOMPARE(view.names.size(), 1); // python itself
        QCOMPARE(view.names.first().tag.reference, Python);
        QCOMPARE(view.doubts.size(), 1);
        QCOMPARE(view.upToDate, 1);
        QCOMPARE(view.gone.size(), 1);
        QCOMPARE(view.notAsked, 0);
        QCOMPARE(view.outdatedImages(), 4);
    }

    void tenThousandImagesAreQuick()
    {
        QList<StoredImage> images;
        NewsKnowledge known;
        for (int i = 0; i < 10'000; ++i) {
            const QByteArray seed = "image " + QByteArray::number(i);
            StoredImage one = image(seed, "dp");
            StoredLayer own;
            own.diffId = digestOf(seed + " layer");
            one.platforms[0].layers.append(own);
            for (int n = 0; n < 5; ++n)
                one.names.append(u"registry.example.org/team/app%1:%2"_s.arg(i).arg(n));
            known.answers.insert(one.names.constFirst(), answer(digestOf(seed + " newer")));
            images.append(one);
        }
        images.append(image("python", "dp", {Python}));
        known.answers.insert(Python, answer(digestOf("new python")));
        const KnownPlaces places = pulled(images);
        const std::clock_t begun = std::clock();
        const NewsView view = judgeNews(images, known, places, {});
        const OutdatedView shown = outdatedView(images, view.news);
        const qint64 taken = qint64(std::clock() - begun) * 1000 / CLOCKS_PER_SEC;
        QCOMPARE(shown.bases.size(), 1);
        QCOMPARE(shown.bases.first().images.size(), 10'000);
        QCOMPARE(shown.names.size(), 10'001);
        QCOMPARE(shown.notAsked, 40'000);
        qInfo("10,000 images with 50,000 names: %lld ms", taken);
        QVERIFY2(taken < 10'000, qPrintable(QString::number(taken))); // under sanitizers
    }

    void documentsAreReadInOrder()
    {
        const QTemporaryDir folder;
        const QString layout = folder.path() + u"/images"_s;
        const RandomImage plain = randomImage(1);
        const RandomImage noted = annotated(randomImage(2), baseAnnotations(Python, digestOf("python")));
        const RandomImage index = randomImage(3, {.platforms = {*Platform::parse(u"linux/amd64")}});
        plain.writeLayout(layout, {u"docker.io/library/plain:1"_s});
        noted.writeLayout(layout, {App});
        index.writeLayout(layout, {u"docker.io/library/index:1"_s});
        const auto store = ImageStore::open(layout);
        QVERIFY(store);
        const auto snapshot = (*store)->snapshot();
        QVERIFY(snapshot);
        const DeclaredBases bases = readDeclaredBases(**store, snapshot->images, {}, {});
        QCOMPARE(bases.size(), 3);
        QVERIFY(!bases.value(plain.target.digest));
        const auto found = bases.value(noted.target.digest);
        QVERIFY(found && found->source == BaseSource::Annotation);
        QCOMPARE(found->reference, Python);
        QCOMPARE(found->digest, digestOf("python"));
        // What is known is not read again.
        QVERIFY(readDeclaredBases(**store, snapshot->images, bases, {}).isEmpty());
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(readDeclaredBases(**store, snapshot->images, {}, stopped.get_token()).isEmpty());
    }

    void whatIsRememberedComesBack()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"news.db"_s);
        const QDateTime when = QDateTime::fromSecsSinceEpoch(1'700'000'000, QTimeZone::UTC);
        const RandomImage index = randomImage(3, {.platforms = {*Platform::parse(u"linux/amd64")}});
        {
            NewsMemory memory(file);
            memory.noteAnswer(Python, {digestOf("a"), MediaType::OciIndex, when});
            memory.noteFailure(Python, silence());
            memory.noteFailure(App, silence());
            memory.noteFetched(Place, u"3.14"_s, index.root());
            memory.noteDeclared({{digestOf("m"), DeclaredBase{BaseSource::Label, Python, digestOf("b")}},
                                 {digestOf("n"), std::nullopt}});
            memory.noteLayerBases({{digestOf("m"), {{Python, App}, digestOf("b"), 3}}});
            memory.noteResting(u"docker.io"_s, when);
            memory.noteCheckedAll(when);
        }
        NewsMemory memory(file);
        const NewsKnowledge known = memory.knowledge();
        QCOMPARE(known.answers.value(Python).digest, digestOf("a"));
        QCOMPARE(known.answers.value(Python).checked, when);
        QVERIFY(known.answers.value(Python).error);
        QCOMPARE(known.answers.value(Python).error->toString(), silence().toString());
        QVERIFY(!known.answers.value(App).checked.isValid());
        QCOMPARE(known.answers.value(u"docker.io/library/python:3.14"_s).digest, index.target.digest);
        QCOMPARE(known.indexes.value(index.target.digest).place, Place);
        QCOMPARE(known.homes.value(index.manifests.first().descriptor.digest), QStringList{Place});
        QVERIFY(known.declared.value(digestOf("m"))
                == DeclaredBase(BaseSource::Label, Python, digestOf("b")));
        QVERIFY(known.declared.contains(digestOf("n")) && !known.declared.value(digestOf("n")));
        QVERIFY(known.layerBases.value(digestOf("m")) == LayerBase({Python, App}, digestOf("b"), 3));
        QCOMPARE(known.resting.value(u"docker.io"_s), when);
        QCOMPARE(known.checkedAll, when);
        // Another process's words are heard.
        NewsMemory other(file);
        other.noteAnswer(App, {digestOf("c"), MediaType::OciManifest, when});
        QCOMPARE(memory.knowledge().answers.value(App).digest, digestOf("c"));
        QVERIFY(!memory.knowledge().answers.value(App).error);
    }

    void whatNobodyAskedForCostsNothing()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"news.db"_s);
        NewsMemory memory(file);
        JobSnapshot push;
        push.kind = JobKind::Push;
        push.state = JobState::Done;
        push.registry = u"docker.io"_s;
        push.repository = u"team/app"_s;
        push.tags = {u"v1"_s};
        push.rootDigest = digestOf("a");
        memory.notePushed(push);
        memory.noteFetched(Place, u"3.13"_s, randomImage(1).root());
        QVERIFY(!QFile::exists(file));
        // An index is worth it: what it holds would cost a pull to find out later.
        memory.noteFetched(Place, u"3.13"_s,
                           randomImage(3, {.platforms = {*Platform::parse(u"linux/amd64")}}).root());
        QVERIFY(QFile::exists(file));
        memory.notePushed(push);
        QCOMPARE(memory.knowledge().answers.value(App).digest, digestOf("a"));
    }

    void aBrokenMemoryIsBegunAnew()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"news.db"_s);
        QFile broken(file);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write(QByteArray(8192, 'x'));
        broken.close();
        NewsMemory memory(file);
        QVERIFY(memory.knowledge().answers.isEmpty());
        memory.noteAnswer(App, answer(digestOf("c")));
        QCOMPARE(NewsMemory(file).knowledge().answers.value(App).digest, digestOf("c"));
    }
};

QTEST_GUILESS_MAIN(TestNewsJudge)
#include "tst_newsjudge.moc"
