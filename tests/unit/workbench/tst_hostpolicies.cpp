// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "workbench/hostpolicies.h"
#include "workbench/session.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class TestHostPolicies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangeIsInForceForTheNextRequest()
    {
        QTemporaryDir folder;
        auto profiles = std::make_shared<ProfileStore>(folder.path());
        const HostPolicies policies = savedHostPolicies(profiles);
        QVERIFY(!policies(u"lab.example:5000"_s).allowPlainHttp);
        QVERIFY(profiles->saveSettings(u"lab.example:5000"_s,
                                       {.plainHttp = true, .caFile = {}, .connectTo = u"127.0.0.1"_s}));
        QVERIFY(policies(u"lab.example:5000"_s).allowPlainHttp);
        QCOMPARE(policies(u"lab.example:5000"_s).connectTo, u"127.0.0.1"_s);
        QVERIFY(!policies(u"other.example:5000"_s).allowPlainHttp);
    }

    void theUsualPortIsNoOtherHost()
    {
        QTemporaryDir folder;
        auto profiles = std::make_shared<ProfileStore>(folder.path());
        QVERIFY(profiles->saveSettings(u"lab.example"_s, {.plainHttp = true, .caFile = {}, .connectTo = {}}));
        const HostPolicies policies = savedHostPolicies(profiles);
        QVERIFY(policies(u"lab.example:80"_s).allowPlainHttp);
        QVERIFY(!policies(u"lab.example:8080"_s).allowPlainHttp);
    }

    void dockerHubIsOneHostUnderTwoNames()
    {
        QTemporaryDir folder;
        auto profiles = std::make_shared<ProfileStore>(folder.path());
        QVERIFY(profiles->saveSettings(u"docker.io"_s,
                                       {.plainHttp = false, .caFile = {}, .connectTo = u"10.0.0.9"_s}));
        QCOMPARE(savedHostPolicies(profiles)(u"registry-1.docker.io"_s).connectTo, u"10.0.0.9"_s);
    }

    void aDraftIsForItsOwnRegistryOnly()
    {
        QTemporaryDir folder;
        auto profiles = std::make_shared<ProfileStore>(folder.path());
        const HostPolicies policies = draftHostPolicies(
            u"lab.example:5000"_s, {.plainHttp = true, .caFile = {}, .connectTo = {}}, profiles);
        QVERIFY(policies(u"lab.example:5000"_s).allowPlainHttp);
        QVERIFY(!policies(u"auth.example"_s).allowPlainHttp);
        QVERIFY(!profiles->settings(u"lab.example:5000"_s).plainHttp);
    }

    void aDraftOfDockerHubIsForItsOtherName()
    {
        QTemporaryDir folder;
        auto profiles = std::make_shared<ProfileStore>(folder.path());
        RegistrySettings draft;
        draft.proxy = u"http://proxy.example:3128"_s;
        const HostPolicies policies = draftHostPolicies(u"docker.io"_s, draft, profiles);
        QCOMPARE(policies(u"registry-1.docker.io"_s).proxy, draft.proxy);
        QCOMPARE(policies(u"auth.docker.io"_s).proxy, QString());
        VERIFY_RESULT(profiles->saveSettings(u"docker.io"_s, draft));
        QCOMPARE(savedHostPolicies(profiles)(u"registry-1.docker.io"_s).proxy, draft.proxy);
    }

    void whatOthersCallInsecureMayBeAskedInClear()
    {
        QTemporaryDir folder;
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(folder.path()));
        QVERIFY(QDir().mkpath(folder.filePath(u"containers"_s)));
        QFile file(folder.filePath(u"containers/registries.conf"_s));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("[registries.insecure]\nregistries = ['lab.example', 'lab.example:5000']\n");
        file.close();
        auto profiles = std::make_shared<ProfileStore>(folder.filePath(u"tagboat"_s));
        const HostPolicies policies = savedHostPolicies(profiles);
        const auto isAllowed = [&](const RegistrySettings& settings) {
            const bool isSaved = profiles->saveSettings(u"lab.example:5000"_s, settings).has_value();
            return isSaved && policies(u"lab.example:5000"_s).allowPlainHttp
                && draftHostPolicies(u"lab.example:5000"_s, settings, profiles)(u"lab.example:5000"_s)
                       .allowPlainHttp;
        };
        QVERIFY(isAllowed({}));
        QVERIFY(policies(u"lab.example"_s).allowPlainHttp);
        QVERIFY(policies(u"lab.example:80"_s).allowPlainHttp);
        QVERIFY(!policies(u"lab.example:5001"_s).allowPlainHttp);
        RegistrySettings settings;
        settings.connectTo = u"10.0.0.9"_s; // says nothing about TLS
        settings.proxy = u"none"_s;
        QVERIFY(isAllowed(settings));
        settings.pinnedSha256 = u"ab"_s.repeated(32);
        QVERIFY(!isAllowed(settings));
        settings.pinnedSha256.clear();
        settings.caFile = u"/ca.pem"_s;
        QVERIFY(!isAllowed(settings));
        qunsetenv("XDG_CONFIG_HOME");
    }

    void foldersCanBePutElsewhere()
    {
        qputenv("TAGBOAT_DATA_DIR", "somewhere/data");
        qputenv("TAGBOAT_CONFIG_DIR", "/etc/tagboat-test");
        const SessionPaths paths = SessionPaths::standard();
        QCOMPARE(paths.dataDirectory, QDir::current().absoluteFilePath(u"somewhere/data"_s));
        QCOMPARE(paths.configDirectory, u"/etc/tagboat-test"_s);
        qunsetenv("TAGBOAT_DATA_DIR");
        qunsetenv("TAGBOAT_CONFIG_DIR");
        QVERIFY(SessionPaths::standard().dataDirectory.endsWith(u"/tagboat"_s));
    }
};

QTEST_GUILESS_MAIN(TestHostPolicies)
#include "tst_hostpolicies.moc"
