// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/forwardproxy.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QFile>
#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! A proxy for each registry, said once with `login` and kept. The registries' names lead nowhere but through
//! it.
class TestCliProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void eachRegistryIsReachedByItsOwn();
    void passwordStaysInsideTheTunnel();
    void noneComesBeforeTheEnvironment();
    void plainHttpIsPassedOn();
    void choiceIsShownAndTakenBack();
    void passwordOfAProxyIsRefused();

private:
    [[nodiscard]] CliRun login(const QString& registry, const QStringList& options) const
    {
        return m_cli->run(QStringList{u"--json"_s, u"login"_s, registry, u"--anonymous"_s} + options);
    }
    [[nodiscard]] QString caFile(const RegistryProcess& registry) const
    {
        QFile file(m_cli->path(u"ca.pem"_s));
        return file.open(QFile::WriteOnly) && file.write(registry.certificate().certificate.toPem()) > 0
            ? file.fileName()
            : QString();
    }
    void storeImage() const;

    std::unique_ptr<RegistryProcess> m_tls, m_plain;
    std::unique_ptr<RegistryProcess> m_closed; //!< to all but alice
    std::unique_ptr<ForwardProxy> m_one, m_two;
    RandomImage m_image = randomImage(71);
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliProxies::initTestCase()
{
    RegistryOptions options;
    options.tlsNames = {u"DNS:one.tagboat.test"_s, u"DNS:two.tagboat.test"_s};
    m_tls = std::make_unique<RegistryProcess>(options);
    options.tlsNames = {u"DNS:closed.tagboat.test"_s};
    options.users = {{u"alice"_s, u"hunter2"_s}};
    m_closed = std::make_unique<RegistryProcess>(options);
    m_plain = std::make_unique<RegistryProcess>();
    QVERIFY(m_tls->start() && m_closed->start() && m_plain->start());
}

void TestCliProxies::init()
{
    m_cli = std::make_unique<CliProcess>();
    m_one = std::make_unique<ForwardProxy>();
    m_two = std::make_unique<ForwardProxy>();
    QVERIFY(m_one->listen() && m_two->listen());
    for (ForwardProxy* const proxy : {m_one.get(), m_two.get()}) {
        proxy->lead(u"one.tagboat.test:443"_s, m_tls->port());
        proxy->lead(u"two.tagboat.test:443"_s, m_tls->port());
        proxy->lead(u"closed.tagboat.test:443"_s, m_closed->port());
        proxy->lead(u"plain.tagboat.test:80"_s, m_plain->port());
    }
}

void TestCliProxies::storeImage() const
{
    const QString folder = m_cli->path(u"image"_s);
    m_image.writeLayout(folder, {u"it"_s});
    const QString file = m_cli->path(u"image.tar"_s);
    QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, file, u"."_s}).isEmpty());
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"gallery/ui:v1"_s, file}), 0);
}

void TestCliProxies::eachRegistryIsReachedByItsOwn()
{
    const QString ca = caFile(*m_tls);
    COMPARE_EXIT(login(u"one.tagboat.test"_s, {u"--ca-file"_s, ca, u"--proxy"_s, m_one->url()}), 0);
    COMPARE_EXIT(login(u"two.tagboat.test"_s, {u"--ca-file"_s, ca, u"--proxy"_s, m_two->socksUrl()}), 0);
    storeImage();
    m_one->forget();
    m_two->forget();
    m_cli->setVariable(u"NO_PROXY"_s, u"*"_s); // whatever it says
    COMPARE_EXIT(m_cli->run({u"push"_s, u"gallery/ui:v1"_s, u"one.tagboat.test/a/ui:v1"_s,
                             u"two.tagboat.test/b/ui:v1"_s}),
                 0);
    QVERIFY(!m_one->ways().isEmpty() && !m_two->ways().isEmpty());
    for (const QString& way : m_one->ways())
        QCOMPARE(way, u"CONNECT one.tagboat.test:443"_s);
    for (const QString& way : m_two->ways())
        QCOMPARE(way, u"SOCKS two.tagboat.test:443"_s);
    COMPARE_EXIT(m_cli->run({u"rm"_s, u"gallery/ui:v1"_s}), 0);
    COMPARE_EXIT(m_cli->run({u"pull"_s, u"two.tagboat.test/b/ui:v1"_s}), 0);
    QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, m_image.target.digest), QStringList());
}

void TestCliProxies::passwordStaysInsideTheTunnel()
{
    COMPARE_EXIT(
        login(u"closed.tagboat.test"_s, {u"--ca-file"_s, caFile(*m_closed), u"--proxy"_s, m_one->url()}), 0);
    COMPARE_EXIT(
        m_cli->run({u"repos"_s, u"closed.tagboat.test"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s},
                   "hunter2\n"),
        0);
    QVERIFY(m_one->heard().contains("CONNECT closed.tagboat.test:443"));
    for (const QByteArray& secret :
         {"alice"_ba, "hunter2"_ba, "alice:hunter2"_ba.toBase64(), "Authorization"_ba, "/v2/"_ba})
        QVERIFY2(!m_one->heard().contains(secret), secret.constData());
}

void TestCliProxies::noneComesBeforeTheEnvironment()
{
    m_cli->setVariable(u"HTTPS_PROXY"_s, m_one->url());
    const QStringList way{u"--ca-file"_s, caFile(*m_tls), u"--connect-to"_s, m_tls->host()};
    COMPARE_EXIT(login(u"one.tagboat.test"_s, way + QStringList{u"--proxy"_s, u"none"_s}), 0);
    QCOMPARE(m_one->ways(), QStringList());
    m_one->lead(m_tls->host(), m_tls->port());
    COMPARE_EXIT(login(u"one.tagboat.test"_s, way + QStringList{u"--proxy"_s, QString()}), 0);
    QVERIFY(m_one->ways().contains(u"CONNECT "_s + m_tls->host()));
}

void TestCliProxies::plainHttpIsPassedOn()
{
    COMPARE_EXIT(login(u"plain.tagboat.test"_s, {u"--plain-http"_s, u"--proxy"_s, m_one->url()}), 0);
    COMPARE_EXIT(m_cli->run({u"repos"_s, u"plain.tagboat.test"_s}), 0);
    QVERIFY(m_one->ways().contains(u"GET http://plain.tagboat.test/v2/"_s));
}

void TestCliProxies::choiceIsShownAndTakenBack()
{
    const auto shown = [this] {
        const CliRun run = m_cli->run({u"--json"_s, u"profiles"_s});
        return run.last().value("profiles"_L1).toArray().at(0).toObject().value("proxy"_L1);
    };
    COMPARE_EXIT(login(m_plain->host(), {u"--proxy"_s, u"none"_s}), 0);
    QCOMPARE(shown().toString(), u"none"_s);
    COMPARE_EXIT(login(m_plain->host(), {u"--proxy"_s, QString()}), 0);
    QVERIFY(shown().isUndefined());
}

void TestCliProxies::passwordOfAProxyIsRefused()
{
    const CliRun run = login(u"one.tagboat.test"_s, {u"--proxy"_s, u"http://bob:s3cret@proxy.test:3128"_s});
    COMPARE_CODE(run, "InvalidInput");
    QCOMPARE(run.last().value("subject"_L1).toString(), u"one.tagboat.test"_s);
    QVERIFY2(!run.all().contains("s3cret"), run.all().constData());
    QFile file(m_cli->configDirectory() + u"/profiles.ini"_s);
    QVERIFY(!file.exists() || (file.open(QFile::ReadOnly) && !file.readAll().contains("s3cret")));
}

QTEST_GUILESS_MAIN(TestCliProxies)
#include "tst_cliproxies.moc"
