// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QDir>
#include <QFile>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Plain HTTP where podman has been told that a registry has no TLS, and only there.
class TestCliInsecure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_cli = std::make_unique<CliProcess>(); }

    void whatPodmanMayDoWeMayToo();
    void tlsIsSpokenWhereItIs();

private:
    [[nodiscard]] bool writeEntry(const QString& registry) const
    {
        QFile file(m_cli->path(u".config/containers/registries.conf"_s));
        const QByteArray text = "[[registry]]\nlocation = \"" + registry.toUtf8() + "\"\ninsecure = true\n";
        return QDir().mkpath(m_cli->path(u".config/containers"_s)) && file.open(QFile::WriteOnly)
            && file.write(text) == text.size();
    }
    [[nodiscard]] CliRun login(const RegistryProcess& registry) const
    {
        return m_cli->run({u"--json"_s, u"login"_s, nameOf(registry), u"--anonymous"_s, u"--connect-to"_s,
                           registry.host()});
    }
    [[nodiscard]] static QString nameOf(const RegistryProcess& registry)
    {
        return u"registry.tagboat.test:%1"_s.arg(registry.port());
    }

    std::unique_ptr<RegistryProcess> m_plain, m_tls;
    RandomImage m_image = randomImage(72);
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliInsecure::initTestCase()
{
    m_plain = std::make_unique<RegistryProcess>();
    RegistryOptions options;
    options.tlsNames = {u"DNS:registry.tagboat.test"_s};
    m_tls = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_plain->start() && m_tls->start());
    const QTemporaryDir folder;
    m_image.writeSkopeoFolder(folder.path());
    QVERIFY(!runTool(u"skopeo"_s,
                     {u"copy"_s, u"--preserve-digests"_s, u"--dest-tls-verify=false"_s,
                      u"dir:"_s + folder.path(), u"docker://%1/gallery/ui:v1"_s.arg(m_plain->host())})
                 .isEmpty());
}

void TestCliInsecure::whatPodmanMayDoWeMayToo()
{
    COMPARE_CODE(login(*m_plain), "PlainHttpServer");
    QVERIFY(writeEntry(nameOf(*m_plain)));
    const CliRun run = login(*m_plain);
    COMPARE_EXIT(run, 0);
    QVERIFY(run.last().value("plainHttp"_L1).toBool());
    const QString image = nameOf(*m_plain) + u"/gallery/ui:v1"_s;
    COMPARE_EXIT(m_cli->run({u"pull"_s, image}), 0);
    QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, m_image.target.digest), QStringList());
    // It was no choice of ours that could outlive theirs.
    QVERIFY(writeEntry(u"other.tagboat.test"_s));
    COMPARE_CODE(m_cli->run({u"--json"_s, u"pull"_s, image}), "PlainHttpServer");
}

void TestCliInsecure::tlsIsSpokenWhereItIs()
{
    // They would take any certificate then; here it is still a question.
    QVERIFY(writeEntry(nameOf(*m_tls)));
    COMPARE_CODE(login(*m_tls), "Tls");
}

QTEST_GUILESS_MAIN(TestCliInsecure)
#include "tst_cliinsecure.moc"
