// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profilestore.h"
#include "support/resulttest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestProfileStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void whatIsSavedIsReadBack();
    void fileIsPrivateFromTheFirstByte();
    void anotherInstanceSeesEveryChange();
    void profilesAreSortedByName();
    void firstProfileOfARegistryIsItsDefault();
    void defaultIsUniquePerRegistry();
    void chooseFindsTheRightProfile();
    void nameInUseIsAConflict();
    void badProfilesAreRefused_data();
    void badProfilesAreRefused();
    void removedProfileIsGone();
    void touchRemembersTheTime();
    void settingsArePerHostAndPort();
    void proxyIsKeptWithoutAPassword();
    void damagedFileIsKeptAsideAndItsReadablePartSurvives();
    void garbageIsNeverSilentlyReplaced();
    void folderThatCannotBeMadeIsAnIoError();
    void whatCouldNotBeWrittenIsNotThere();
    void savesFromManyThreadsAreAllKept();
    void registryNamesAreNormalized_data();
    void registryNamesAreNormalized();
    void registryTypeIsGuessedFromTheHost_data();
    void registryTypeIsGuessedFromTheHost();

private:
    [[nodiscard]] QString directory() const { return m_directory->filePath(u"config/tagboat"_s); }
    [[nodiscard]] QString file() const { return directory() + u"/profiles.ini"_s; }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

Profile profileOf(const QString& name, const QString& registry, const QString& user = u"alice"_s)
{
    Profile profile;
    profile.name = name;
    profile.registry = registry;
    profile.user = user;
    return profile;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QStringList namesOf(const QList<Profile>& profiles)
{
    QStringList names;
    for (const Profile& profile : profiles)
        names.append(profile.name);
    return names;
}

} // namespace

void TestProfileStore::whatIsSavedIsReadBack()
{
    ProfileStore store(directory());
    QVERIFY(store.profiles().isEmpty());
    Profile profile = profileOf(u"집/Home = \"quoted\"; #1"_s, u"localhost:5000"_s, u"앨리스@example.com"_s);
    profile.type = RegistryType::Harbor;
    profile.lastUsed = QDateTime::fromString(u"2026-03-04T05:06:07.089Z"_s, Qt::ISODateWithMs);

    const auto saved = store.save(profile);
    VERIFY_RESULT(saved);
    QVERIFY(!saved->id.isEmpty());
    QVERIFY(!saved->id.contains(u'{'));
    profile.id = saved->id;
    profile.isDefault = true;
    QCOMPARE(*saved, profile);

    QCOMPARE(ProfileStore(directory()).profiles(), QList<Profile>{profile});
    QCOMPARE(store.profile(profile.id), profile);
    QCOMPARE(store.profile(profile.name), profile);
    QCOMPARE(store.profile(u"nobody"_s), std::nullopt);
}

void TestProfileStore::fileIsPrivateFromTheFirstByte()
{
    ProfileStore store(directory());
    VERIFY_RESULT(store.save(profileOf(u"one"_s, u"docker.io"_s)));
    constexpr QFile::Permissions Others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(file()) & Others, QFile::Permissions());

    // A file that came from elsewhere (a backup, an editor) is made private again.
    QVERIFY(QFile::setPermissions(
        file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    VERIFY_RESULT(store.save(profileOf(u"two"_s, u"docker.io"_s)));
    QCOMPARE(QFile::permissions(file()) & Others, QFile::Permissions());
    QCOMPARE(QDir(directory()).entryList({u"*.ini*"_s}, QDir::Files), QStringList{u"profiles.ini"_s});
}

void TestProfileStore::anotherInstanceSeesEveryChange()
{
    ProfileStore window(directory());
    ProfileStore commandLine(directory());
    const auto one = window.save(profileOf(u"one"_s, u"docker.io"_s));
    VERIFY_RESULT(one);
    QCOMPARE(namesOf(commandLine.profiles()), QStringList{u"one"_s});
    VERIFY_RESULT(commandLine.save(profileOf(u"two"_s, u"docker.io"_s)));
    QCOMPARE(namesOf(window.profiles()), (QStringList{u"one"_s, u"two"_s}));
    Profile renamed = *one;
    renamed.name = u"uno"_s; // the file keeps its size
    VERIFY_RESULT(commandLine.save(renamed));
    QCOMPARE(namesOf(window.profiles()), (QStringList{u"two"_s, u"uno"_s}));
    VERIFY_RESULT(window.remove(one->id));
    QCOMPARE(namesOf(commandLine.profiles()), QStringList{u"two"_s});
}

void TestProfileStore::profilesAreSortedByName()
{
    ProfileStore store(directory());
    for (const QString& name : {u"work"_s, u"Home"_s, u"archive"_s, u"Zoo"_s})
        VERIFY_RESULT(store.save(profileOf(name, u"docker.io"_s)));
    QCOMPARE(namesOf(store.profiles()), (QStringList{u"archive"_s, u"Home"_s, u"work"_s, u"Zoo"_s}));
}

void TestProfileStore::firstProfileOfARegistryIsItsDefault()
{
    ProfileStore store(directory());
    const auto first = store.save(profileOf(u"first"_s, u"docker.io"_s));
    const auto second = store.save(profileOf(u"second"_s, u"docker.io"_s));
    const auto elsewhere = store.save(profileOf(u"elsewhere"_s, u"ghcr.io"_s));
    QVERIFY(first && first->isDefault);
    QVERIFY(second && !second->isDefault);
    QVERIFY(elsewhere && elsewhere->isDefault);
}

void TestProfileStore::defaultIsUniquePerRegistry()
{
    ProfileStore store(directory());
    VERIFY_RESULT(store.save(profileOf(u"first"_s, u"docker.io"_s)));
    VERIFY_RESULT(store.save(profileOf(u"other"_s, u"ghcr.io"_s)));
    Profile second = profileOf(u"second"_s, u"docker.io"_s);
    second.isDefault = true;
    VERIFY_RESULT(store.save(second));
    QVERIFY(!store.profile(u"first"_s)->isDefault);
    QVERIFY(store.profile(u"second"_s)->isDefault);
    QVERIFY(store.profile(u"other"_s)->isDefault);
}

void TestProfileStore::chooseFindsTheRightProfile()
{
    ProfileStore store(directory());
    VERIFY_RESULT(store.save(profileOf(u"a-robot"_s, u"registry.example.com:5000"_s, u"robot"_s)));
    Profile own = profileOf(u"b-own"_s, u"registry.example.com:5000"_s);
    own.isDefault = true;
    VERIFY_RESULT(store.save(own));

    const auto byDefault = store.choose(u"registry.example.com:5000"_s);
    VERIFY_RESULT(byDefault);
    QVERIFY(byDefault->has_value());
    QCOMPARE((*byDefault)->name, u"b-own"_s);
    const auto anyCase = store.choose(u"Registry.Example.com:5000"_s);
    VERIFY_RESULT(anyCase);
    QVERIFY(anyCase->has_value());

    const auto named = store.choose(u"registry.example.com:5000"_s, u"a-robot"_s);
    VERIFY_RESULT(named);
    QVERIFY(named->has_value());
    QCOMPARE((*named)->user, u"robot"_s);

    const auto nobody = store.choose(u"ghcr.io"_s);
    VERIFY_RESULT(nobody);
    QVERIFY(!nobody->has_value());
    COMPARE_ERROR(store.choose(u"ghcr.io"_s, u"a-robot"_s), Error::Code::InvalidInput);
    COMPARE_ERROR(store.choose(u"ghcr.io"_s, u"missing"_s), Error::Code::NotFound);

    // Without a default the only one is used.
    VERIFY_RESULT(store.remove(store.profile(u"b-own"_s)->id));
    const auto only = store.choose(u"registry.example.com:5000"_s);
    VERIFY_RESULT(only);
    QVERIFY(only->has_value());
    QCOMPARE((*only)->name, u"a-robot"_s);
}

void TestProfileStore::nameInUseIsAConflict()
{
    ProfileStore store(directory());
    VERIFY_RESULT(store.save(profileOf(u"Work"_s, u"docker.io"_s)));
    const auto again = store.save(profileOf(u"work"_s, u"ghcr.io"_s));
    COMPARE_ERROR(again, Error::Code::Conflict);
    QCOMPARE(again.error().subject, u"work"_s);
    Profile same = *store.profile(u"Work"_s);
    same.user = u"bob"_s;
    VERIFY_RESULT(store.save(same));
    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(store.profile(u"Work"_s)->user, u"bob"_s);
}

void TestProfileStore::badProfilesAreRefused_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::newRow("no registry") << profileOf(u"x"_s, u""_s);
    QTest::newRow("registry with a path") << profileOf(u"x"_s, u"ghcr.io/alice"_s);
    QTest::newRow("registry no reference can name") << profileOf(u"x"_s, u"myhost"_s);
    QTest::newRow("registry with a blank") << profileOf(u"x"_s, u"my host.example"_s);
    QTest::newRow("colon in the user name") << profileOf(u"x"_s, u"ghcr.io"_s, u"al:ice"_s);
    Profile strange = profileOf(u"x"_s, u"ghcr.io"_s);
    strange.id = u"../../etc"_s;
    QTest::newRow("an ID that is none") << strange;
}

void TestProfileStore::badProfilesAreRefused()
{
    QFETCH(const Profile, profile);
    ProfileStore store(directory());
    COMPARE_ERROR(store.save(profile), Error::Code::InvalidInput);
    QVERIFY(store.profiles().isEmpty());
}

void TestProfileStore::removedProfileIsGone()
{
    ProfileStore store(directory());
    const auto saved = store.save(profileOf(u"one"_s, u"docker.io"_s));
    VERIFY_RESULT(saved);
    VERIFY_RESULT(store.remove(saved->id));
    QVERIFY(store.profiles().isEmpty());
    QVERIFY(!contentOf(file()).contains("alice"));
    COMPARE_ERROR(store.remove(saved->id), Error::Code::NotFound);
}

void TestProfileStore::touchRemembersTheTime()
{
    ProfileStore store(directory());
    const auto saved = store.save(profileOf(u"one"_s, u"docker.io"_s));
    VERIFY_RESULT(saved);
    QVERIFY(!saved->lastUsed.isValid());
    const QDateTime before = QDateTime::currentDateTimeUtc();
    store.touch(saved->id);
    const QDateTime touched = store.profile(saved->id)->lastUsed;
    QVERIFY(touched >= before);
    QVERIFY(touched <= QDateTime::currentDateTimeUtc());
    store.touch(u"unknown"_s);
    QCOMPARE(store.profiles().size(), 1);
}

void TestProfileStore::settingsArePerHostAndPort()
{
    ProfileStore store(directory());
    const RegistrySettings settings{true, u"/etc/ssl/own ca.pem"_s, u"192.0.2.1:8443"_s};
    VERIFY_RESULT(store.saveSettings(u"registry.example.com:5000"_s, settings));
    VERIFY_RESULT(store.saveSettings(u"[fc00::1]:5000"_s, {true, {}, {}}));
    ProfileStore other(directory());
    QCOMPARE(other.settings(u"registry.example.com:5000"_s), settings);
    QCOMPARE(other.settings(u"Registry.Example.com:5000"_s), settings);
    QCOMPARE(other.settings(u"registry.example.com"_s), RegistrySettings());
    QVERIFY(other.settings(u"[fc00::1]:5000"_s).plainHttp);
    VERIFY_RESULT(store.saveSettings(u"registry.example.com:5000"_s, {}));
    QCOMPARE(other.settings(u"registry.example.com:5000"_s), RegistrySettings());
    QVERIFY(!contentOf(file()).contains("example"));
    COMPARE_ERROR(store.saveSettings(u"a/b"_s, settings), Error::Code::InvalidInput);
}

void TestProfileStore::proxyIsKeptWithoutAPassword()
{
    ProfileStore store(directory());
    RegistrySettings settings;
    settings.proxy = u"socks5://proxy.example:1080"_s;
    VERIFY_RESULT(store.saveSettings(u"reg.example"_s, settings));
    QCOMPARE(ProfileStore(directory()).settings(u"reg.example"_s), settings);
    settings.proxy = u"http://alice:hunter2@proxy.example:3128"_s;
    const auto refused = store.saveSettings(u"reg.example"_s, settings);
    COMPARE_ERROR(refused, Error::Code::InvalidInput);
    QCOMPARE(refused.error().subject, u"reg.example"_s);
    QVERIFY(!refused.error().toString().contains(u"hunter2"_s));
    QVERIFY(!contentOf(file()).contains("hunter2"));
    QCOMPARE(store.settings(u"reg.example"_s).proxy, u"socks5://proxy.example:1080"_s);
}

void TestProfileStore::damagedFileIsKeptAsideAndItsReadablePartSurvives()
{
    QByteArray damaged;
    {
        ProfileStore store(directory());
        VERIFY_RESULT(store.save(profileOf(u"one"_s, u"docker.io"_s)));
        VERIFY_RESULT(store.saveSettings(u"reg.example:5000"_s, {true, {}, {}}));
        damaged = contentOf(file()) + "\n[profiles\nthis line is neither key nor section\n";
        write(file(), damaged);
    }
    ProfileStore store(directory());
    QCOMPARE(namesOf(store.profiles()), QStringList{u"one"_s});
    QCOMPARE(contentOf(file()), damaged); // reading changes nothing

    VERIFY_RESULT(store.save(profileOf(u"two"_s, u"docker.io"_s)));
    QCOMPARE(namesOf(ProfileStore(directory()).profiles()), (QStringList{u"one"_s, u"two"_s}));
    QVERIFY(store.settings(u"reg.example:5000"_s).plainHttp);
    const QStringList aside = QDir(directory()).entryList({u"profiles.ini.damaged-*"_s}, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(contentOf(directory() + u'/' + aside.first()), damaged);

    VERIFY_RESULT(store.save(profileOf(u"three"_s, u"docker.io"_s)));
    QCOMPARE(QDir(directory()).entryList({u"profiles.ini.damaged-*"_s}, QDir::Files).size(), 1);
}

void TestProfileStore::garbageIsNeverSilentlyReplaced()
{
    QVERIFY(QDir().mkpath(directory()));
    const QByteArray garbage(4096, '\0');
    write(file(), garbage);
    ProfileStore store(directory());
    QVERIFY(store.profiles().isEmpty());
    VERIFY_RESULT(store.save(profileOf(u"one"_s, u"docker.io"_s)));
    const QStringList aside = QDir(directory()).entryList({u"profiles.ini.damaged-*"_s}, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(contentOf(directory() + u'/' + aside.first()), garbage);
}

void TestProfileStore::folderThatCannotBeMadeIsAnIoError()
{
    const QString blocked = m_directory->filePath(u"blocked"_s);
    write(blocked, "a file stands where the folder should be");
    ProfileStore store(blocked + u"/tagboat"_s);
    QVERIFY(store.profiles().isEmpty());
    const auto saved = store.save(profileOf(u"one"_s, u"docker.io"_s));
    COMPARE_ERROR(saved, Error::Code::Io);
    QVERIFY(saved.error().subject.startsWith(blocked));
}

void TestProfileStore::whatCouldNotBeWrittenIsNotThere()
{
    ProfileStore store(directory());
    VERIFY_RESULT(store.save(profileOf(u"one"_s, u"docker.io"_s)));
    const QString elsewhere = file() + u".elsewhere"_s;
    QVERIFY(QFile::rename(file(), elsewhere));
    QVERIFY(QDir().mkdir(file())); // nobody can write a file of this name now, not even root
    const auto saved = store.save(profileOf(u"two"_s, u"docker.io"_s));
    COMPARE_ERROR(saved, Error::Code::Io);
    QCOMPARE(saved.error().subject, file());
    QVERIFY(QDir().rmdir(file()));
    QVERIFY(QFile::rename(elsewhere, file()));
    QCOMPARE(namesOf(store.profiles()), QStringList{u"one"_s});
    VERIFY_RESULT(store.save(profileOf(u"three"_s, u"docker.io"_s)));
    QCOMPARE(namesOf(store.profiles()), (QStringList{u"one"_s, u"three"_s}));
}

void TestProfileStore::savesFromManyThreadsAreAllKept()
{
    constexpr int Threads = 4;
    constexpr int Each = 8;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int thread = 0; thread < Threads; ++thread) {
        threads.emplace_back(QThread::create([this, thread] {
            ProfileStore store(directory()); // as another process would
            for (int i = 0; i < Each; ++i)
                (void)store.save(profileOf(u"t%1-%2"_s.arg(thread).arg(i), u"docker.io"_s));
        }));
        threads.back()->start();
    }
    for (const auto& thread : threads)
        QVERIFY(thread->wait(60'000));
    const QList<Profile> profiles = ProfileStore(directory()).profiles();
    QCOMPARE(profiles.size(), Threads * Each);
    QCOMPARE(std::ranges::count(profiles, true, &Profile::isDefault), 1);
}

void TestProfileStore::registryNamesAreNormalized_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("host") << u"ghcr.io"_s << u"ghcr.io"_s;
    QTest::newRow("blanks") << u"  ghcr.io\n"_s << u"ghcr.io"_s;
    QTest::newRow("port") << u"localhost:5000"_s << u"localhost:5000"_s;
    QTest::newRow("localhost") << u"localhost"_s << u"localhost"_s;
    QTest::newRow("URL") << u"https://registry.example.com/"_s << u"registry.example.com"_s;
    QTest::newRow("docker's key") << u"https://index.docker.io/v1/"_s << u"docker.io"_s;
    QTest::newRow("API base") << u"http://127.0.0.1:5000/v2/"_s << u"127.0.0.1:5000"_s;
    QTest::newRow("IPv6") << u"[::1]:5000"_s << u"[::1]:5000"_s;
    QTest::newRow("docker.io") << u"docker.io"_s << u"docker.io"_s;
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("scheme only") << u"https://"_s << u""_s;
    QTest::newRow("path") << u"https://gitlab.com/group/project"_s << u""_s;
    QTest::newRow("user info") << u"https://alice:secret@host.example/"_s << u""_s;
    QTest::newRow("plain word") << u"registry"_s << u""_s;
    QTest::newRow("underscore") << u"my_host.example"_s << u""_s;
}

void TestProfileStore::registryNamesAreNormalized()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, expected);
    const auto registry = normalizedRegistry(typed);
    if (expected.isEmpty()) {
        COMPARE_ERROR(registry, Error::Code::InvalidInput);
        QVERIFY(!registry.error().toString().contains(u"secret"_s));
        return;
    }
    VERIFY_RESULT(registry);
    QCOMPARE(*registry, expected);
}

void TestProfileStore::registryTypeIsGuessedFromTheHost_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("type");
    const auto row = [](const QString& registry, const QString& type) {
        QTest::newRow(qPrintable(registry)) << registry << type;
    };
    row(u"docker.io"_s, u"dockerhub"_s);
    row(u"ghcr.io"_s, u"github"_s);
    row(u"GHCR.io"_s, u"github"_s);
    row(u"123456789012.dkr.ecr.eu-west-1.amazonaws.com"_s, u"amazon"_s);
    row(u"public.ecr.aws"_s, u"amazon"_s);
    row(u"example.azurecr.io"_s, u"azure"_s);
    row(u"europe-docker.pkg.dev"_s, u"google"_s);
    row(u"eu.gcr.io"_s, u"google"_s);
    row(u"quay.io"_s, u"quay"_s);
    row(u"registry.gitlab.com"_s, u"gitlab"_s);
    row(u"harbor.example.com:8443"_s, u"harbor"_s);
    row(u"localhost:5000"_s, u"selfhosted"_s);
    row(u"127.0.0.1"_s, u"selfhosted"_s);
    row(u"[::1]:5000"_s, u"selfhosted"_s);
    row(u"registry.example.com"_s, u"other"_s);
    row(u"notghcr.io"_s, u"other"_s);
}

void TestProfileStore::registryTypeIsGuessedFromTheHost()
{
    QFETCH(const QString, registry);
    QFETCH(const QString, type);
    const RegistryType guessed = guessRegistryType(registry);
    QCOMPARE(QString(toString(guessed)), type);
    QVERIFY(registryTypeFromString(type) == guessed);
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
