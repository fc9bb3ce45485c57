// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registryhelpers.h"
#include "support/forwardproxy.h"
#include "support/randomimage/checkimage.h"

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! The real docker-registry behind TLS with a certificate of its own, and without where TLS is expected.
class TestRegistryTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_policies.clear(); }

    void knownCaIsTrusted();
    void unknownCaIsATlsError();
    void certificateForAnotherNameIsATlsError();
    void pinnedCertificateIsEnough();
    void pinnedCertificateIsTheOnlyOne();
    void pinnedLoopbackIsNotAskedInClear();
    void clientCertificateIsShown();
    void missingClientCertificateIsSaid_data();
    void missingClientCertificateIsSaid();
    void loopbackRegistryWithTlsIsFoundByItself();
    void plainHttpServerIsToldWhereTlsWasExpected();
    void plainHttpWorksByChoice();
    void plainHttpWorksWhereTlsIsNotSpoken();
    void plainHttpByChoiceOfATlsRegistryChangesToTls();
    void passwordNeverTravelsInClearUnasked();

private:
    [[nodiscard]] std::shared_ptr<RegistryClient> client(const QString& registry, bool plainHttp = false,
                                                         bool isPinned = false) const;
    //! "registry.test:PORT" leads to the process on loopback.
    [[nodiscard]] static QString nameOf(const RegistryProcess& registry,
                                        const QString& host = u"registry.test"_s)
    {
        return u"%1:%2"_s.arg(host).arg(registry.port());
    }

    std::unique_ptr<RegistryProcess> m_tls;
    std::unique_ptr<RegistryProcess> m_plain;
    QHash<QString, HostPolicy> m_policies;
};

namespace {

HostPolicy policyFor(const RegistryProcess& registry)
{
    HostPolicy policy;
    policy.connectTo = registry.host();
    return policy;
}

} // namespace

void TestRegistryTls::initTestCase()
{
    RegistryOptions options;
    options.tlsNames = {u"DNS:registry.test"_s, u"IP:127.0.0.1"_s};
    options.users = {{u"alice"_s, u"secret"_s}};
    m_tls = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_tls->start());
    m_plain = std::make_unique<RegistryProcess>();
    QVERIFY(m_plain->start());
}

std::shared_ptr<RegistryClient> TestRegistryTls::client(const QString& registry, bool plainHttp,
                                                        bool isPinned) const
{
    const auto policies = m_policies;
    const auto http =
        std::make_shared<HttpClient>([policies](const QString& host) { return policies.value(host); });
    return std::make_shared<RegistryClient>(
        http, registry, fixedCredential({u"alice"_s, u"secret"_s, false}),
        RegistryClient::Options{.plainHttp = plainHttp, .isPinned = isPinned});
}

void TestRegistryTls::knownCaIsTrusted()
{
    HostPolicy policy = policyFor(*m_tls);
    policy.extraCa = {m_tls->certificate().certificate};
    m_policies.insert(nameOf(*m_tls), policy);
    const auto client = this->client(nameOf(*m_tls));
    const auto status = QCoro::waitFor(client->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(!status->isPlainHttp);
    QVERIFY(status->isLoggedIn);

    const RandomImage image = randomImage(41);
    const auto repository = client->repository(u"team/app"_s);
    VERIFY_RESULT(pushImage(repository, image, {u"v1"_s}));
    QCOMPARE(checkImage(repository, u"v1"_s), QStringList());
}

void TestRegistryTls::unknownCaIsATlsError()
{
    m_policies.insert(nameOf(*m_tls), policyFor(*m_tls));
    const auto ping = QCoro::waitFor(client(nameOf(*m_tls))->ping(Go));
    COMPARE_ERROR(ping, Error::Code::Tls);
    QCOMPARE(ping.error().subject, nameOf(*m_tls));
    COMPARE_ERROR(QCoro::waitFor(client(nameOf(*m_tls))->repository(u"x"_s)->resolve(u"v1"_s, Go)),
                  Error::Code::Tls);
}

void TestRegistryTls::certificateForAnotherNameIsATlsError()
{
    const QString other = nameOf(*m_tls, u"other.test"_s);
    HostPolicy policy = policyFor(*m_tls);
    policy.extraCa = {m_tls->certificate().certificate};
    m_policies.insert(other, policy);
    COMPARE_ERROR(QCoro::waitFor(client(other)->ping(Go)), Error::Code::Tls);
}

void TestRegistryTls::pinnedCertificateIsEnough()
{
    // Neither its issuer nor its name is right, but somebody has looked at it and taken it.
    const QString other = nameOf(*m_tls, u"other.test"_s);
    HostPolicy policy = policyFor(*m_tls);
    policy.pinnedSha256 = m_tls->certificate().certificate.digest(QCryptographicHash::Sha256);
    m_policies.insert(other, policy);
    const auto status = QCoro::waitFor(client(other)->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(!status->isPlainHttp);
    QVERIFY(status->isLoggedIn);
    const auto repository = client(other)->repository(u"team/pinned"_s);
    VERIFY_RESULT(pushImage(repository, randomImage(42), {u"v1"_s}));
    QCOMPARE(checkImage(repository, u"v1"_s), QStringList());
}

void TestRegistryTls::pinnedCertificateIsTheOnlyOne()
{
    // As good as it is, it is not the one; and nothing is said to whoever shows it.
    const qsizetype before = m_tls->log().count("response completed");
    for (const bool isTrusted : {true, false}) {
        HostPolicy policy = policyFor(*m_tls);
        policy.pinnedSha256 = TestCertificate::forLoopback().certificate.digest(QCryptographicHash::Sha256);
        if (isTrusted)
            policy.extraCa = {m_tls->certificate().certificate};
        m_policies.insert(nameOf(*m_tls), policy);
        const auto ping = QCoro::waitFor(client(nameOf(*m_tls))->ping(Go));
        COMPARE_ERROR(ping, Error::Code::Tls);
        QVERIFY2(ping.error().message.contains(u"another certificate"_s), qPrintable(ping.error().message));
    }
    QCOMPARE(m_tls->log().count("response completed"), before);
}

void TestRegistryTls::pinnedLoopbackIsNotAskedInClear()
{
    // Somebody else listens there now.
    HostPolicy policy;
    policy.pinnedSha256 = m_tls->certificate().certificate.digest(QCryptographicHash::Sha256);
    const QString host = m_plain->host();
    const auto http = std::make_shared<HttpClient>(
        [host, policy](const QString& asked) { return asked == host ? policy : HostPolicy(); });
    for (const bool isPinned : {true, false}) {
        const auto client =
            std::make_shared<RegistryClient>(http, host, fixedCredential({u"alice"_s, u"secret"_s, false}),
                                             RegistryClient::Options{.isPinned = isPinned});
        COMPARE_ERROR(QCoro::waitFor(client->ping(Go)), Error::Code::PlainHttpServer);
    }
    policy.pinnedSha256 = m_tls->certificate().certificate.digest(QCryptographicHash::Sha256);
    m_policies.insert(m_tls->host(), policy);
    VERIFY_RESULT(QCoro::waitFor(client(m_tls->host(), false, true)->ping(Go)));
}

void TestRegistryTls::clientCertificateIsShown()
{
    const TestCertificate own = TestCertificate::make({u"DNS:client.test"_s});
    RegistryOptions options;
    options.tlsNames = {u"DNS:registry.test"_s};
    options.clientCa = own.certificate;
    RegistryProcess registry(options);
    QVERIFY(registry.start());
    HostPolicy policy = policyFor(registry);
    policy.extraCa = {registry.certificate().certificate};
    policy.clientCertificates = {own.certificate};
    policy.clientKey = own.key;
    m_policies.insert(nameOf(registry), policy);
    const auto repository = client(nameOf(registry))->repository(u"team/app"_s);
    VERIFY_RESULT(pushImage(repository, randomImage(43), {u"v1"_s}));
    QCOMPARE(checkImage(repository, u"v1"_s), QStringList());
}

void TestRegistryTls::missingClientCertificateIsSaid_data()
{
    QTest::addColumn<bool>("hasOne");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isProxied");
    const QString wanted = u"wants a client certificate"_s,
                  refused = u"does not accept the client certificate"_s;
    QTest::newRow("none") << false << wanted << false;
    QTest::newRow("a stranger's") << true << refused << false;
    QTest::newRow("none, through a proxy") << false << wanted << true;
    QTest::newRow("a stranger's, through a proxy") << true << refused << true;
}

void TestRegistryTls::missingClientCertificateIsSaid()
{
    QFETCH(const bool, hasOne);
    QFETCH(const QString, words);
    QFETCH(const bool, isProxied);
    RegistryOptions options;
    options.tlsNames = {u"DNS:registry.test"_s};
    options.clientCa = TestCertificate::make({u"DNS:client.test"_s}).certificate;
    RegistryProcess registry(options);
    QVERIFY(registry.start());
    HostPolicy policy = policyFor(registry);
    policy.extraCa = {registry.certificate().certificate};
    if (hasOne) {
        policy.clientCertificates = {TestCertificate::forLoopback().certificate};
        policy.clientKey = TestCertificate::forLoopback().key;
    }
    ForwardProxy proxy;
    if (isProxied) {
        QVERIFY(proxy.listen());
        proxy.lead(nameOf(registry), registry.port());
        policy.connectTo.clear();
        policy.proxy = proxy.url();
    }
    m_policies.insert(nameOf(registry), policy);
    const auto ping = QCoro::waitFor(client(nameOf(registry))->ping(Go));
    COMPARE_ERROR(ping, Error::Code::Tls);
    QVERIFY2(ping.error().message.contains(words), qPrintable(ping.error().message));
}

void TestRegistryTls::loopbackRegistryWithTlsIsFoundByItself()
{
    // Asked by http, as loopback is, it says that it wants https; then its certificate has to be right.
    COMPARE_ERROR(QCoro::waitFor(client(m_tls->host())->ping(Go)), Error::Code::Tls);
    HostPolicy policy;
    policy.extraCa = {m_tls->certificate().certificate};
    m_policies.insert(m_tls->host(), policy);
    const auto status = QCoro::waitFor(client(m_tls->host())->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(!status->isPlainHttp);
    QCOMPARE(status->url, m_tls->url());
    QVERIFY(status->isLoggedIn);
    // Also where the first request is another one, and where the reply is streamed.
    VERIFY_RESULT(QCoro::waitFor(client(m_tls->host())->repository(u"x"_s)->checkPush(Go)));
    COMPARE_ERROR(QCoro::waitFor(client(m_tls->host())->repository(u"x"_s)->fetchManifest(u"v1"_s, Go)),
                  Error::Code::NotFound);
}

void TestRegistryTls::plainHttpServerIsToldWhereTlsWasExpected()
{
    m_policies.insert(nameOf(*m_plain), policyFor(*m_plain));
    const auto ping = QCoro::waitFor(client(nameOf(*m_plain))->ping(Go));
    COMPARE_ERROR(ping, Error::Code::PlainHttpServer);
    QCOMPARE(ping.error().subject, nameOf(*m_plain));
    COMPARE_ERROR(QCoro::waitFor(client(nameOf(*m_plain))->repository(u"x"_s)->checkPush(Go)),
                  Error::Code::PlainHttpServer);
}

void TestRegistryTls::plainHttpWorksByChoice()
{
    HostPolicy policy = policyFor(*m_plain);
    policy.allowPlainHttp = true;
    m_policies.insert(nameOf(*m_plain), policy);
    const auto status = QCoro::waitFor(client(nameOf(*m_plain), true)->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->isPlainHttp);
    VERIFY_RESULT(QCoro::waitFor(client(nameOf(*m_plain), true)->repository(u"x"_s)->checkPush(Go)));
}

void TestRegistryTls::plainHttpWorksWhereTlsIsNotSpoken()
{
    // Allowed, but nobody has said that this registry is one of those: TLS is tried first.
    HostPolicy policy = policyFor(*m_plain);
    policy.allowPlainHttp = true;
    m_policies.insert(nameOf(*m_plain), policy);
    const auto repository = client(nameOf(*m_plain))->repository(u"team/plain"_s);
    VERIFY_RESULT(pushImage(repository, randomImage(44), {u"v1"_s}));
    QCOMPARE(checkImage(repository, u"v1"_s), QStringList());
    const auto status = QCoro::waitFor(client(nameOf(*m_plain))->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->isPlainHttp);
}

void TestRegistryTls::plainHttpByChoiceOfATlsRegistryChangesToTls()
{
    HostPolicy policy = policyFor(*m_tls);
    policy.allowPlainHttp = true;
    policy.extraCa = {m_tls->certificate().certificate};
    m_policies.insert(nameOf(*m_tls), policy);
    const auto status = QCoro::waitFor(client(nameOf(*m_tls), true)->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(!status->isPlainHttp);
}

void TestRegistryTls::passwordNeverTravelsInClearUnasked()
{
    // Plain HTTP is set for the registry, but the transport was not told that it may: nothing is sent at all.
    m_policies.insert(nameOf(*m_plain), policyFor(*m_plain));
    const qsizetype before = m_plain->log().count("response completed");
    const auto ping = QCoro::waitFor(client(nameOf(*m_plain), true)->ping(Go));
    QVERIFY(!ping);
    QCOMPARE(m_plain->log().count("response completed"), before);
}

QTEST_GUILESS_MAIN(TestRegistryTls)
#include "tst_registrytls.moc"
