// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbench.h"

#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/takefuture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

class TestWorkbench : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_paths = {m_folder->filePath(u"data"_s), m_folder->filePath(u"config"_s)};
        m_image = std::make_unique<RandomImage>(randomImage(7));
        m_image->writeLayout(m_paths.dataDirectory + u"/images"_s, {Name});
    }

    void anImageGoesToARegistryAndComesBack()
    {
        RegistryProcess registry;
        QVERIFY(registry.start());
        Workbench workbench(m_paths);
        const Profile profile = anonymousAt(workbench, registry);
        QVERIFY(!profile.id.isEmpty());
        const auto images = take(workbench.images());
        VERIFY_RESULT(images);
        QCOMPARE(images->images.size(), 1);
        QCOMPARE(images->images.first().names, QStringList{Name});

        PushRequest push;
        push.image = Name;
        push.destination = *Reference::parse(QString(registry.host() + u"/gallery/ui:2.1.106"_s));
        push.moreTags = {u"2.1"_s, u"latest"_s};
        const auto preview = take(workbench.planPush(push));
        VERIFY_RESULT(preview);
        QVERIFY(preview->mayPush());
        QVERIFY(preview->plan.bytesToTransfer() > 0);
        QCOMPARE(preview->plan.names.size(), 3);

        QSignalSpy finished(&workbench, &Workbench::jobFinished);
        QSignalSpy repository(&workbench, &Workbench::repositoryChanged);
        VERIFY_RESULT(take(workbench.push(push)));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
        QVERIFY(finished.first().first().value<JobSnapshot>().state == JobState::Done);
        QCOMPARE(repository.size(), 1);

        const auto tags = take(workbench.tags(profile.id, u"gallery/ui"_s));
        VERIFY_RESULT(tags);
        QCOMPARE(QSet<QString>(tags->begin(), tags->end()),
                 (QSet<QString>{u"2.1.106"_s, u"2.1"_s, u"latest"_s}));
        const auto targets = take(workbench.tagTargets(profile.id, u"gallery/ui"_s, *tags));
        VERIFY_RESULT(targets);
        for (const TagInfo& info : *targets)
            QCOMPARE(info.target.digest, m_image->target.digest);
        const auto again = take(workbench.planPush(push));
        VERIFY_RESULT(again);
        QVERIFY(again->plan.rootIsPresent);
        QCOMPARE(again->plan.bytesToTransfer(), 0);
        const auto history = take(workbench.tagHistory(push.destination.canonical()));
        VERIFY_RESULT(history);
        QCOMPARE(history->size(), 1);
        QCOMPARE(history->first().current, m_image->target.digest);

        // Away with it here, and back from there.
        VERIFY_RESULT(take(workbench.removeImages({m_image->id()})));
        QCOMPARE(take(workbench.images())->images.size(), 0);
        QSignalSpy store(&workbench, &Workbench::storeChanged);
        PullRequest pull;
        pull.source = push.destination;
        pull.allPlatforms = true;
        VERIFY_RESULT(take(workbench.pull(pull)));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 60'000);
        QVERIFY(finished.last().first().value<JobSnapshot>().state == JobState::Done);
        QTRY_VERIFY(store.size() > 0);
        const auto back = take(workbench.images());
        VERIFY_RESULT(back);
        QCOMPARE(back->images.size(), 1);
        QCOMPARE(back->images.first().target.digest, m_image->target.digest);
    }

    void whatAnotherProcessDoesToTheStoreIsNoticed()
    {
        Workbench workbench(m_paths);
        QSignalSpy opened(&workbench, &Workbench::opened);
        QVERIFY(opened.wait());
        QSignalSpy changed(&workbench, &Workbench::storeChanged);
        auto other = ImageStore::open(m_paths.dataDirectory + u"/images"_s);
        VERIFY_RESULT(other);
        const auto target = (*other)->resolve(Name);
        VERIFY_RESULT(target);
        VERIFY_RESULT((*other)->setNames(*target, {u"docker.io/alice/ui:v2"_s}));
        QTRY_VERIFY(changed.size() > 0);
        const auto images = take(workbench.images());
        VERIFY_RESULT(images);
        QCOMPARE(images->images.first().names.size(), 2);
    }

    void anAccountThatCannotKeepItsPasswordIsNotSaved()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        Workbench workbench(m_paths);
        LoginRequest login;
        login.profile.name = u"Lab"_s;
        login.profile.registry = u"127.0.0.1:5999"_s;
        login.profile.user = u"alice"_s;
        login.secret = u"the-secret-of-alice"_s;
        const auto saved = take(workbench.saveLogin(login));
        COMPARE_ERROR(saved, Error::Code::KeychainUnavailable);
        QVERIFY(workbench.profiles().isEmpty());
        login.keepForThisRun = true;
        VERIFY_RESULT(take(workbench.saveLogin(login)));
        QCOMPARE(workbench.profiles().size(), 1);
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    }

    void aLoginThatFailsLeavesNothingBehind()
    {
        RegistryProcess registry({.users = {{u"alice"_s, u"right"_s}}});
        QVERIFY(registry.start());
        Workbench workbench(m_paths);
        LoginRequest login;
        login.profile.name = u"Lab"_s;
        login.profile.registry = registry.host();
        login.profile.user = u"alice"_s;
        login.secret = u"wrong"_s;
        const auto refused = take(workbench.testLogin(login));
        COMPARE_ERROR(refused, Error::Code::Unauthorized);
        login.secret = u"right"_s;
        const auto accepted = take(workbench.testLogin(login));
        VERIFY_RESULT(accepted);
        QVERIFY(accepted->isLoggedIn);
        QVERIFY(workbench.profiles().isEmpty());
    }

    void endingInTheMiddleOfAPushLosesNothing()
    {
        RegistryProcess registry;
        QVERIFY(registry.start());
        {
            Workbench workbench(m_paths);
            PushRequest push;
            push.image = Name;
            push.destination = *Reference::parse(QString(registry.host() + u"/gallery/ui:v1"_s));
            QSignalSpy changed(&workbench, &Workbench::jobChanged);
            registry.pause(); // the push hangs at its first request, for as long as we like
            VERIFY_RESULT(take(workbench.push(push)));
            QTRY_VERIFY(changed.size() > 0);
            workbench.shutdown();
            registry.resume();
        }
        Workbench workbench(m_paths);
        const auto images = take(workbench.images());
        VERIFY_RESULT(images);
        QCOMPARE(images->images.size(), 1);
        const auto jobs = take(workbench.jobs());
        VERIFY_RESULT(jobs);
        QCOMPARE(jobs->size(), 1);
        QVERIFY(jobs->first().state == JobState::Interrupted || jobs->first().state == JobState::Cancelled);
    }

    void aFolderThatIsNoStoreIsRefusedAndUntouched()
    {
        const QString data = m_folder->filePath(u"foreign"_s);
        QVERIFY(QDir().mkpath(data + u"/images"_s));
        QFile precious(data + u"/images/thesis.txt"_s);
        QVERIFY(precious.open(QIODevice::WriteOnly));
        precious.write("years of work");
        precious.close();
        Workbench workbench({data, m_paths.configDirectory});
        QSignalSpy failed(&workbench, &Workbench::openFailed);
        QVERIFY(failed.wait());
        QVERIFY(failed.first().first().value<Error>().code == Error::Code::InvalidInput);
        COMPARE_ERROR(take(workbench.images()), Error::Code::InvalidInput);
        QCOMPARE(QDir(data + u"/images"_s).entryList(QDir::Files), QStringList{u"thesis.txt"_s});
    }

private:
    Profile anonymousAt(Workbench& workbench, const RegistryProcess& registry)
    {
        LoginRequest login;
        login.profile.name = u"Lab"_s;
        login.profile.registry = registry.host();
        login.profile.type = RegistryType::SelfHosted;
        const auto saved = take(workbench.saveLogin(login));
        return saved ? *saved : Profile();
    }

    static inline const QString Name = u"docker.io/library/image-gallery:v1"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    SessionPaths m_paths;
    std::unique_ptr<RandomImage> m_image;
};

QTEST_GUILESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
