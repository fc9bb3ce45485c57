// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/registryprocess/registryprocess.h"

#include <QFile>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! How a registry with TLS of its own is to be spoken to, said once with `login` and kept.
class TestCliTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_cli = std::make_unique<CliProcess>(); }

    void pinnedCertificateIsAcceptedFromThenOn();
    void otherFingerprintIsNot();
    void clientCertificateIsKept();
    void badValuesAreNamed_data();
    void badValuesAreNamed();

private:
    [[nodiscard]] QString write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(m_cli->path(name));
        return file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    [[nodiscard]] static QString fingerprint(const RegistryProcess& registry)
    {
        return QString::fromLatin1(
            registry.certificate().certificate.digest(QCryptographicHash::Sha256).toHex(':'));
    }
    [[nodiscard]] CliRun login(const RegistryProcess& registry, const QStringList& options) const
    {
        return m_cli->run(QStringList{u"--json"_s, u"login"_s, registry.host(), u"--anonymous"_s} + options);
    }

    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<RegistryProcess> m_closed; //!< to all but the owner of m_own
    TestCertificate m_own;
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliTls::initTestCase()
{
    m_own = TestCertificate::make({u"DNS:client.test"_s});
    RegistryOptions options;
    options.tlsNames = {u"DNS:elsewhere.test"_s};
    m_registry = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_registry->start());
    options.tlsNames = {u"IP:127.0.0.1"_s};
    options.clientCa = m_own.certificate;
    m_closed = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_closed->start());
}

void TestCliTls::pinnedCertificateIsAcceptedFromThenOn()
{
    COMPARE_CODE(login(*m_registry, {}), "Tls");
    COMPARE_EXIT(login(*m_registry, {u"--pin"_s, fingerprint(*m_registry)}), 0);
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry->host()}), 0);
    // And taken back.
    COMPARE_CODE(login(*m_registry, {u"--pin"_s, QString()}), "Tls");
}

void TestCliTls::otherFingerprintIsNot()
{
    const CliRun run = login(*m_registry, {u"--pin"_s, fingerprint(*m_closed)});
    COMPARE_CODE(run, "Tls");
    QVERIFY2(run.last().value("message"_L1).toString().contains("another certificate"_L1),
             run.all().constData());
}

void TestCliTls::clientCertificateIsKept()
{
    const QString ca = write(u"ca.pem"_s, m_closed->certificate().certificate.toPem());
    const CliRun without = login(*m_closed, {u"--ca-file"_s, ca});
    COMPARE_CODE(without, "Tls");
    QVERIFY2(without.last().value("message"_L1).toString().contains("client certificate"_L1),
             without.all().constData());
    COMPARE_EXIT(
        login(*m_closed,
              {u"--ca-file"_s, ca, u"--client-cert"_s, write(u"own.pem"_s, m_own.certificate.toPem()),
               u"--client-key"_s, write(u"own.key"_s, m_own.key.toPem())}),
        0);
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_closed->host()}), 0);
}

void TestCliTls::badValuesAreNamed_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("code");
    QTest::newRow("pin") << QStringList{u"--pin"_s, u"12:34"_s} << u"InvalidInput"_s;
    QTest::newRow("no file") << QStringList{u"--client-cert"_s, u"/nowhere.pem"_s} << u"NotFound"_s;
    QTest::newRow("no certificate") << QStringList{u"--ca-file"_s, u"/etc/passwd"_s} << u"InvalidInput"_s;
}

void TestCliTls::badValuesAreNamed()
{
    QFETCH(const QStringList, options);
    QFETCH(const QString, code);
    const CliRun run = login(*m_registry, options);
    COMPARE_CODE(run, qPrintable(code));
    QCOMPARE(run.last().value("subject"_L1).toString(), options.last());
}

QTEST_GUILESS_MAIN(TestCliTls)
#include "tst_clitls.moc"
