// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbench.h"

#include "auth/profilestore.h"
#include "support/goldenbase.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/takefuture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

/*!
 * \brief The golden base radar against a real registry, with a proxy between them that counts: a base is
 * pulled, images stand on it, its tag moves on.
 */
class TestRadarRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aBaseThatMovesOnIsFoundByHeadsAlone();
    void aNewOneUnderItsOwnNameIsFound();
    void afterThePullOfTheNewBaseTheImageStillStandsOnTheOldOne();
    void onePlatformOfAnIndexIsNotTakenForAnother();
    void anIndexNeverSeenIsReadOnceAndOnlyWhereNothingElseTells();
    void dockerHubIsReadOnlyForImagesThatSomebodyChose();
    void whatIsKnownIsThereAtTheNextStart();
    void silenceIsNoNews();
    void aRegistryThatSaysToWaitIsLeftAlone();
    void aTagThatWentIsGone();
    void aPrivateRegistryIsAskedAsWhoeverActsThere();
    void aWrongPasswordIsTriedOnce();
    void aCheckCanBeStopped();
    void namesGivenHereAreToldToNobody();

private:
    void open() { m_workbench = std::make_unique<Workbench>(m_paths); }
    void close() { m_workbench.reset(); }
    [[nodiscard]] bool pull(const QString& name, bool allPlatforms = false);
    [[nodiscard]] bool push(const QString& image, const QString& name);
    //! Lists the images and waits until their news are known.
    [[nodiscard]] bool look();
    //! Asks the registries, and waits for the end.
    [[nodiscard]] bool check(const NewsQuestion& question = {});
    [[nodiscard]] ImageNews newsOf(const RandomImage& image) const
    {
        return m_workbench->news().value(image.target.digest);
    }
    //! The only tag of the only base; an empty one where there is another number of them.
    [[nodiscard]] TagNews baseTag(const RandomImage& image) const;
    [[nodiscard]] QString base() const { return m_proxy->host() + u"/golden/python:3.13"_s; }
    [[nodiscard]] QString storedAt(const QString& name) const
    {
        return QString(name).replace(m_proxy->host(), m_registry->host());
    }
    //! Methods and paths that were asked for, sorted.
    [[nodiscard]] QStringList asked() const;
    void write(const RandomImage& image, const QStringList& names) const
    {
        image.writeLayout(m_paths.dataDirectory + u"/images"_s, names);
    }

    static inline const QString App = u"docker.io/team/app:v1"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<SabotageProxy> m_proxy;
    SessionPaths m_paths;
    std::unique_ptr<Workbench> m_workbench;
    NewsReport m_report;
};

void TestRadarRegistry::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_paths = {m_folder->filePath(u"data"_s), m_folder->filePath(u"config"_s)};
    m_registry = std::make_unique<RegistryProcess>();
    QVERIFY(m_registry->start());
    m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
    QVERIFY(m_proxy->start());
}

void TestRadarRegistry::cleanup()
{
    m_workbench.reset();
    m_proxy.reset();
    m_registry.reset();
}

bool TestRadarRegistry::pull(const QString& name, bool allPlatforms)
{
    QSignalSpy finished(m_workbench.get(), &Workbench::jobFinished);
    PullRequest request;
    request.source = *Reference::parse(name);
    request.allPlatforms = allPlatforms;
    if (!take(m_workbench->pull(request)))
        return false;
    return QTest::qWaitFor([&] { return !finished.isEmpty(); }, 60'000)
        && finished.first().first().value<JobSnapshot>().state == JobState::Done && look();
}

bool TestRadarRegistry::push(const QString& image, const QString& name)
{
    QSignalSpy finished(m_workbench.get(), &Workbench::jobFinished);
    PushRequest request;
    request.image = image;
    request.destination = *Reference::parse(name);
    if (!take(m_workbench->push(request)))
        return false;
    return QTest::qWaitFor([&] { return !finished.isEmpty(); }, 60'000)
        && finished.first().first().value<JobSnapshot>().state == JobState::Done && look();
}

bool TestRadarRegistry::look()
{
    // A check of nothing ends when what is known has been looked at.
    if (!take(m_workbench->images()))
        return false;
    return check({.images = {Digest::ofBytes("no image")}});
}

bool TestRadarRegistry::check(const NewsQuestion& question)
{
    QSignalSpy checked(m_workbench.get(), &Workbench::newsChecked);
    m_workbench->checkForNews(question);
    if (!QTest::qWaitFor([&] { return !checked.isEmpty(); }, 60'000))
        return false;
    m_report = checked.first().first().value<NewsReport>();
    return true;
}

TagNews TestRadarRegistry::baseTag(const RandomImage& image) const
{
    const ImageNews news = newsOf(image);
    return news.bases.size() == 1 && news.bases.first().tags.size() == 1 ? news.bases.first().tags.first()
                                                                         : TagNews();
}

QStringList TestRadarRegistry::asked() const
{
    QStringList lines;
    const auto requests = m_proxy->requests();
    for (const ProxiedRequest& request : requests)
        lines.append(QString::fromLatin1(request.method + ' ' + request.path()));
    lines.sort();
    return lines;
}

void TestRadarRegistry::aBaseThatMovesOnIsFoundByHeadsAlone()
{
    const RandomImage golden = baseImage();
    const RandomImage app = imageOnBase(1);
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(look());
    QVERIFY(pull(base()));

    // Known before anybody is asked; the pull has seen what the tag points at.
    const ImageNews before = newsOf(app);
    QCOMPARE(before.bases.size(), 1);
    QVERIFY(before.bases.first().source == BaseSource::Layers);
    QCOMPARE(before.bases.first().layers, 2);
    QCOMPARE(before.bases.first().name, base());
    QCOMPARE(before.bases.first().digest, golden.target.digest);
    QVERIFY(baseTag(app).state == NewsState::UpToDate);
    QVERIFY(!before.isOutdated());

    const RandomImage newer = newerBaseImage();
    QVERIFY(putIntoRegistry(newer, storedAt(base())));
    m_proxy->forgetRequests();
    QSignalSpy changed(m_workbench.get(), &Workbench::newsChanged);
    QVERIFY(check());
    QCOMPARE(m_report.asked, 1);
    QCOMPARE(m_report.failed, 0);
    QVERIFY(!changed.isEmpty());
    const TagNews tag = baseTag(app);
    QVERIFY(tag.state == NewsState::MovedOn);
    QCOMPARE(tag.from, golden.target.digest);
    QCOMPARE(tag.to, newer.target.digest);
    QVERIFY(tag.checked.secsTo(QDateTime::currentDateTimeUtc()) < 60);
    QVERIFY(newsOf(app).isBaseOutdated());
    QVERIFY(!newsOf(app).isNewerInRegistry());
    QVERIFY(newsOf(golden).isNewerInRegistry()); // the base itself, under its own name
    // One reference, one HEAD, whoever wants to know it; and not a byte of a pull.
    QCOMPARE(asked(), (QStringList{u"HEAD /v2/golden/python/manifests/3.13"_s}));
}

void TestRadarRegistry::aNewOneUnderItsOwnNameIsFound()
{
    const RandomImage mine = imageOnBase(2);
    write(mine, {App});
    open();
    const QString name = m_proxy->host() + u"/team/app:v1"_s;
    VERIFY_RESULT(take(m_workbench->tag(App, {name})));
    QVERIFY(push(App, name));
    QVERIFY(check());
    QCOMPARE(newsOf(mine).tags.size(), 1);
    QVERIFY(newsOf(mine).tags.first().state == NewsState::UpToDate);
    const RandomImage theirs = imageOnBase(3);
    QVERIFY(putIntoRegistry(theirs, storedAt(name)));
    QVERIFY(check());
    const ImageNews news = newsOf(mine);
    QVERIFY(news.isNewerInRegistry());
    QVERIFY(news.isNewerInRegistry(name));
    QVERIFY(!news.isNewerInRegistry(App));
    QCOMPARE(news.tags.first().to, theirs.target.digest);
    // Pushing one's own over it settles that, without another check.
    QVERIFY(push(App, name));
    QVERIFY(!newsOf(mine).isNewerInRegistry());
}

void TestRadarRegistry::afterThePullOfTheNewBaseTheImageStillStandsOnTheOldOne()
{
    const RandomImage golden = baseImage();
    const RandomImage app = imageOnBase(1);
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(pull(base()));
    const RandomImage newer = newerBaseImage();
    QVERIFY(putIntoRegistry(newer, storedAt(base())));
    QVERIFY(pull(base())); // and the old one has no name any more
    QVERIFY(baseTag(app).state == NewsState::MovedOn);
    QCOMPARE(baseTag(app).reference, base());
    QCOMPARE(baseTag(app).to, newer.target.digest);
    QVERIFY(!newsOf(newer).isOutdated());
    // Nor where it is gone altogether.
    VERIFY_RESULT(take(m_workbench->removeImages({golden.target.digest})));
    QVERIFY(look());
    QVERIFY(baseTag(app).state == NewsState::MovedOn);
    QCOMPARE(baseTag(app).from, golden.target.digest);
}

void TestRadarRegistry::onePlatformOfAnIndexIsNotTakenForAnother()
{
    const auto index = [](quint64 seed) {
        return randomImage(seed,
                           {.layerSizes = {20'000, 60'000},
                            .platforms = {*Platform::parse(u"linux/amd64"), *Platform::parse(u"linux/arm64")},
                            .sharedLayers = 2,
                            .sharedSeed = 77});
    };
    const RandomImage golden = index(7003);
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(pull(base())); // one platform: its manifest is what is kept
    const auto images = take(m_workbench->images());
    VERIFY_RESULT(images);
    QCOMPARE(images->images.size(), 1);
    const Digest kept = images->images.first().target.digest;
    QVERIFY(kept != golden.target.digest);
    m_proxy->forgetRequests();
    QVERIFY(check());
    QVERIFY(m_workbench->news().value(kept).tags.value(0).state == NewsState::UpToDate);
    QVERIFY(putIntoRegistry(index(7004), storedAt(base())));
    QVERIFY(check());
    QVERIFY(m_workbench->news().value(kept).tags.value(0).state == NewsState::MovedOn);
    QCOMPARE(asked(), QStringList(2, u"HEAD /v2/golden/python/manifests/3.13"_s));
}

void TestRadarRegistry::anIndexNeverSeenIsReadOnceAndOnlyWhereNothingElseTells()
{
    const auto index = [](quint64 seed) {
        return randomImage(
            seed,
            {.layerSizes = {9'000},
             .platforms = {*Platform::parse(u"linux/amd64"), *Platform::parse(u"linux/arm64")}});
    };
    const RandomImage golden = index(7005);
    const Digest amd64 = golden.manifests.first().descriptor.digest;
    // Somebody else built it, and noted the manifest of the platform.
    const RandomImage app = annotated(imageOnBase(5), baseAnnotations(base(), amd64));
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(look());
    QVERIFY(newsOf(app).bases.value(0).source == BaseSource::Annotation);
    QVERIFY(baseTag(app).state == NewsState::NotAsked);
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::UpToDate);
    const QString tag = u" /v2/golden/python/manifests/3.13"_s;
    const QString path = u" /v2/golden/python/manifests/"_s;
    QCOMPARE(asked(),
             (QStringList{u"GET"_s + path + golden.target.digest.toString(), u"HEAD"_s + tag,
                          u"HEAD"_s + path + amd64.toString()}));
    m_proxy->forgetRequests();
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::UpToDate);
    QCOMPARE(asked(), QStringList{u"HEAD"_s + tag});
    m_proxy->forgetRequests();
    QVERIFY(putIntoRegistry(index(7006), storedAt(base())));
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::MovedOn);
    QCOMPARE(baseTag(app).from, amd64);
    QCOMPARE(asked(), QStringList{u"HEAD"_s + tag}); // it came from another index: that is enough
}

//! A registry with Docker Hub's name, which settings lead to this computer.
void TestRadarRegistry::dockerHubIsReadOnlyForImagesThatSomebodyChose()
{
    RegistryProcess hub({.tlsNames = {u"DNS:registry-1.docker.io"_s, u"IP:127.0.0.1"_s}});
    QVERIFY(hub.start());
    const QString authority = m_folder->filePath(u"ca.pem"_s);
    QFile file(authority);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(hub.certificate().certificate.toPem());
    file.close();
    VERIFY_RESULT(ProfileStore(m_paths.configDirectory)
                      .saveSettings(u"docker.io"_s, {.caFile = authority, .connectTo = hub.host()}));
    const RandomImage golden =
        randomImage(7007,
                    {.layerSizes = {9'000},
                     .platforms = {*Platform::parse(u"linux/amd64"), *Platform::parse(u"linux/arm64")}});
    const RandomImage app = annotated(
        imageOnBase(5),
        baseAnnotations(u"docker.io/library/python:3.13"_s, golden.manifests.first().descriptor.digest));
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, hub.host() + u"/library/python:3.13"_s));
    const auto reads = [&hub] {
        const QList<QByteArray> lines = hub.log().split('\n');
        return std::ranges::count_if(lines, [](const QByteArray& line) {
            return line.contains("http.request.method=GET") && line.contains("/manifests/")
                && line.contains("response completed");
        });
    };
    const auto before = reads();
    open();
    QVERIFY(look());
    QVERIFY(check());
    QCOMPARE(m_report.failed, 0);
    QVERIFY(baseTag(app).state == NewsState::Unknown);
    QVERIFY(baseTag(app).doubt == TagNews::Doubt::CostsPull);
    QCOMPARE(reads(), before);
    QVERIFY(check({.images = {app.target.digest}, .mayCostPulls = true}));
    QVERIFY(baseTag(app).state == NewsState::UpToDate);
    QTRY_COMPARE(reads(), before + 1);
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::UpToDate); // and that is remembered
    QCOMPARE(reads(), before + 1);
}

void TestRadarRegistry::whatIsKnownIsThereAtTheNextStart()
{
    const RandomImage golden = baseImage();
    const RandomImage app = imageOnBase(1);
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(pull(base()));
    QVERIFY(putIntoRegistry(newerBaseImage(), storedAt(base())));
    QVERIFY(!m_workbench->newsCheckedAll().isValid());
    QVERIFY(check());
    const QDateTime checked = baseTag(app).checked;
    QVERIFY(checked.isValid());
    QVERIFY(m_workbench->newsCheckedAll().isValid());
    close();
    m_proxy->forgetRequests();
    open();
    QSignalSpy changed(m_workbench.get(), &Workbench::newsChanged);
    QVERIFY(take(m_workbench->images()));
    QTRY_VERIFY(!changed.isEmpty());
    QVERIFY(baseTag(app).state == NewsState::MovedOn);
    QCOMPARE(baseTag(app).checked, checked);
    QVERIFY(m_workbench->newsCheckedAll().isValid());
    QVERIFY(asked().isEmpty());
}

void TestRadarRegistry::silenceIsNoNews()
{
    const RandomImage golden = baseImage();
    const RandomImage app = imageOnBase(1);
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(look());
    QVERIFY(pull(base()));
    m_proxy.reset(); // nobody listens there any more
    const QString gone = newsOf(app).bases.first().name;
    QVERIFY(check());
    QCOMPARE(m_report.failed, 1);
    const TagNews tag = baseTag(app);
    QCOMPARE(tag.reference, gone);
    QVERIFY(tag.state == NewsState::Unknown);
    QVERIFY(tag.doubt == TagNews::Doubt::Failed);
    QVERIFY(tag.error && tag.error->code == Error::Code::Network);
    QVERIFY(tag.checked.isValid()); // when it was known last
    QVERIFY(!newsOf(app).isOutdated());
}

void TestRadarRegistry::aRegistryThatSaysToWaitIsLeftAlone()
{
    const RandomImage golden = baseImage();
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    for (const QString& tag : {u"3.13"_s, u"3"_s, u"latest"_s, u"a"_s, u"b"_s, u"c"_s, u"d"_s}) {
        const QString name = m_proxy->host() + u"/golden/python:"_s + tag;
        QVERIFY(putIntoRegistry(golden, storedAt(name)));
        QVERIFY(pull(name));
    }
    m_proxy->forgetRequests();
    m_proxy->add({.action = Sabotage::Action::Answer,
                  .method = "HEAD",
                  .times = -1,
                  .status = 429,
                  .headers = "Retry-After: 300\r\n"});
    QVERIFY(check());
    QVERIFY2(asked().size() == 1, qPrintable(asked().join(u'\n')));
    QCOMPARE(m_report.failed, 7);
    QVERIFY(m_report.resting.contains(m_proxy->host()));
    const qint64 rest = QDateTime::currentDateTimeUtc().secsTo(m_report.resting.value(m_proxy->host()));
    QVERIFY2(rest > 200 && rest <= 300, qPrintable(QString::number(rest)));
    for (const TagNews& tag : newsOf(golden).tags) {
        QVERIFY(tag.state == NewsState::Unknown);
        QVERIFY(tag.error && tag.error->code == Error::Code::RateLimited);
    }
    // Not even in another process, before the time has come.
    m_proxy->clear();
    m_proxy->forgetRequests();
    close();
    open();
    QVERIFY(look());
    QVERIFY(check());
    QVERIFY(m_report.resting.contains(m_proxy->host()));
    QVERIFY(asked().isEmpty());
}

void TestRadarRegistry::aTagThatWentIsGone()
{
    const RandomImage golden = baseImage();
    const RandomImage app = imageOnBase(1);
    write(app, {App});
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(pull(base()));
    QVERIFY(
        QDir(m_registry->storage() + u"/docker/registry/v2/repositories/golden/python/_manifests/tags/3.13"_s)
            .removeRecursively());
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::Gone);
    QVERIFY(baseTag(app).to.isNull());
    QVERIFY(!newsOf(app).isOutdated());
}

void TestRadarRegistry::aPrivateRegistryIsAskedAsWhoeverActsThere()
{
    m_registry =
        std::make_unique<RegistryProcess>(RegistryOptions{.users = {{u"alice"_s, u"word-of-alice"_s}}});
    QVERIFY(m_registry->start());
    m_proxy->setServerPort(m_registry->port());
    const RandomImage golden = baseImage();
    const RandomImage app = annotated(imageOnBase(1), baseAnnotations(base(), golden.target.digest));
    write(app, {App});
    QVERIFY(putIntoRegistry(newerBaseImage(), storedAt(base()), u"alice:word-of-alice"_s));
    open();
    QVERIFY(look());
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::Unknown);
    QVERIFY(baseTag(app).error && baseTag(app).error->code == Error::Code::Unauthorized);

    LoginRequest login;
    login.profile.name = u"Lab"_s;
    login.profile.registry = m_proxy->host();
    login.profile.user = u"alice"_s;
    login.secret = u"word-of-alice"_s;
    login.keepForThisRun = true;
    VERIFY_RESULT(take(m_workbench->saveLogin(login)));
    QVERIFY(check());
    QVERIFY(baseTag(app).state == NewsState::MovedOn);
    // What was kept has no word of it.
    QFile memory(m_paths.dataDirectory + u"/news.db"_s);
    QVERIFY(memory.open(QIODevice::ReadOnly));
    QVERIFY(!memory.readAll().contains("word-of-alice"));
}

void TestRadarRegistry::aWrongPasswordIsTriedOnce()
{
    m_registry =
        std::make_unique<RegistryProcess>(RegistryOptions{.users = {{u"alice"_s, u"word-of-alice"_s}}});
    QVERIFY(m_registry->start());
    m_proxy->setServerPort(m_registry->port());
    for (int i = 0; i < 20; ++i) {
        const QString name = m_proxy->host() + u"/golden/base%1:1"_s.arg(i);
        write(annotated(imageOnBase(100 + quint64(i)), baseAnnotations(name, Digest::ofBytes("base"))),
              {u"docker.io/team/app%1:v1"_s.arg(i)});
    }
    open();
    LoginRequest login;
    login.profile.name = u"Lab"_s;
    login.profile.registry = m_proxy->host();
    login.profile.user = u"alice"_s;
    login.secret = u"an old word"_s;
    login.keepForThisRun = true;
    VERIFY_RESULT(take(m_workbench->saveLogin(login)));
    QVERIFY(look());
    m_proxy->forgetRequests();
    QVERIFY(check());
    QCOMPARE(m_report.failed, 20);
    // Without the word, with it, and once more for the registry's own words: for one of them, and not for
    // all.
    QVERIFY2(asked().size() <= 4, qPrintable(asked().join(u'\n')));
}

void TestRadarRegistry::aCheckCanBeStopped()
{
    const RandomImage golden = baseImage();
    QVERIFY(putIntoRegistry(golden, storedAt(base())));
    open();
    QVERIFY(look());
    QVERIFY(pull(base()));
    m_proxy->forgetRequests();
    m_proxy->add({.action = Sabotage::Action::StallReplyHead, .method = "HEAD", .times = -1});
    QSignalSpy checked(m_workbench.get(), &Workbench::newsChecked);
    QSignalSpy changed(m_workbench.get(), &Workbench::newsCheckChanged);
    m_workbench->checkForNews();
    QVERIFY(m_workbench->isCheckingForNews());
    QTRY_VERIFY(m_proxy->stalled() > 0);
    QCOMPARE(m_workbench->newsProgress().total, 1);
    m_workbench->stopNewsCheck();
    QTRY_VERIFY(!m_workbench->isCheckingForNews());
    QVERIFY(!changed.isEmpty());
    QVERIFY(checked.isEmpty());
    QVERIFY(newsOf(golden).tags.value(0).state == NewsState::UpToDate); // as it was known before
    m_proxy->release();
    // And one that is under way ends with the program.
    m_proxy->add({.action = Sabotage::Action::StallReplyHead, .method = "HEAD", .times = -1});
    m_workbench->checkForNews();
    QTRY_VERIFY(m_proxy->requests().size() > 1);
    m_workbench->shutdown();
}

void TestRadarRegistry::namesGivenHereAreToldToNobody()
{
    const RandomImage golden = baseImage();
    const RandomImage app = imageOnBase(1);
    const QString secret = m_proxy->host() + u"/secret/project:dev"_s;
    const QString local = m_proxy->host() + u"/golden/of-my-own:1"_s;
    write(golden, {local});
    write(app, {secret});
    open();
    QVERIFY(look());
    QCOMPARE(newsOf(app).bases.value(0).name, local); // known to be its base all the same
    QVERIFY(newsOf(app).bases.value(0).tags.isEmpty());
    QVERIFY(check());
    QCOMPARE(m_report.asked, 0);
    QVERIFY(asked().isEmpty());
}

QTEST_GUILESS_MAIN(TestRadarRegistry)
#include "tst_radarregistry.moc"
