// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "support/testcertificate.h"
#include "workbench/tlsfiles.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Certificates and keys out of files, those that docker keeps by registry included.
class TestTlsFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_one = TestCertificate::make({u"DNS:one.test"_s});
        m_two = TestCertificate::make({u"DNS:two.test"_s});
        QVERIFY(!m_one.key.isNull());
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void settingsNameFiles();
    void keyMayStandBesideTheCertificate();
    void changedFileIsReadAgain();
    void changeThatKeepsTimeAndSizeIsSeen();
    void foldersOfDockerAreLookedInto();
    void whatIsNamedAndMissingIsNotMadeUpFor();
    void hostsAreNoPaths();
    void ownSettingsComeBeforeFolders();
    void fingerprintsAreUnderstood_data();
    void fingerprintsAreUnderstood();
    void badSettingsAreRefused_data();
    void badSettingsAreRefused();
    void goodSettingsAreNot();

private:
    QString write(const QString& name, const QByteArray& bytes) const
    {
        const QString path = m_folder->filePath(name);
        QFile file(path);
        const bool isDone = QDir().mkpath(QFileInfo(path).path()) && file.open(QFile::WriteOnly)
            && file.write(bytes) == bytes.size();
        return isDone ? path : QString();
    }

    TestCertificate m_one, m_two;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTlsFiles::settingsNameFiles()
{
    RegistrySettings settings;
    settings.plainHttp = true;
    settings.connectTo = u"10.0.0.9"_s;
    settings.caFile = write(u"ca.pem"_s, m_one.certificate.toPem() + m_two.certificate.toPem());
    settings.certificateFile = write(u"own.pem"_s, m_two.certificate.toPem());
    settings.keyFile = write(u"own.key"_s, m_two.key.toPem());
    settings.pinnedSha256 = u"ab"_s.repeated(32);
    const HostPolicy policy = TlsFiles().policyOf(u"lab.example"_s, settings);
    QVERIFY(policy.allowPlainHttp);
    QCOMPARE(policy.connectTo, u"10.0.0.9"_s);
    QCOMPARE(policy.extraCa, (QList<QSslCertificate>{m_one.certificate, m_two.certificate}));
    QCOMPARE(policy.clientCertificates, QList<QSslCertificate>{m_two.certificate});
    QCOMPARE(policy.clientKey, m_two.key);
    QCOMPARE(policy.pinnedSha256, QByteArray(32, char(0xab)));
}

void TestTlsFiles::keyMayStandBesideTheCertificate()
{
    RegistrySettings settings;
    settings.certificateFile = write(u"own.pem"_s, m_one.certificate.toPem() + m_one.key.toPem());
    const HostPolicy policy = TlsFiles().policyOf(u"lab.example"_s, settings);
    QCOMPARE(policy.clientCertificates, QList<QSslCertificate>{m_one.certificate});
    QCOMPARE(policy.clientKey, m_one.key);
}

void TestTlsFiles::changedFileIsReadAgain()
{
    TlsFiles files;
    RegistrySettings settings;
    settings.caFile = write(u"ca.pem"_s, m_one.certificate.toPem());
    QCOMPARE(files.policyOf(u"lab.example"_s, settings).extraCa.constFirst(), m_one.certificate);
    QFile file(write(u"ca.pem"_s, m_two.certificate.toPem()));
    QVERIFY(file.open(QFile::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(5), QFile::FileModificationTime));
    QCOMPARE(files.policyOf(u"lab.example"_s, settings).extraCa.constFirst(), m_two.certificate);
}

void TestTlsFiles::changeThatKeepsTimeAndSizeIsSeen()
{
    // As by `cp -p`, or out of a package.
    TlsFiles files;
    RegistrySettings settings;
    const QByteArray text(4096, '\n');
    settings.caFile = write(u"ca.pem"_s, text);
    const QDateTime changed = QFileInfo(settings.caFile).lastModified();
    QVERIFY(files.policyOf(u"lab.example"_s, settings).extraCa.isEmpty());
    const QByteArray pem = m_one.certificate.toPem();
    QFile other(write(u"other.pem"_s, pem + text.sliced(pem.size())));
    QVERIFY(other.open(QFile::ReadWrite) && other.setFileTime(changed, QFile::FileModificationTime));
    QVERIFY(QFile::remove(settings.caFile) && other.rename(settings.caFile));
    QCOMPARE(QFileInfo(settings.caFile).lastModified(), changed);
    QCOMPARE(files.policyOf(u"lab.example"_s, settings).extraCa, QList<QSslCertificate>{m_one.certificate});
}

void TestTlsFiles::foldersOfDockerAreLookedInto()
{
    write(u"far/lab.example:5000/ca.crt"_s, m_one.certificate.toPem());
    write(u"far/lab.example:5000/client.cert"_s, m_one.certificate.toPem());
    write(u"far/lab.example:5000/client.key"_s, m_one.key.toPem());
    write(u"near/lab.example:5000/alone.cert"_s, m_two.certificate.toPem()); // without its key
    TlsFiles files({m_folder->filePath(u"near"_s), m_folder->filePath(u"far"_s)});
    const HostPolicy policy = files.policyOf(u"lab.example:5000"_s, {});
    QCOMPARE(policy.extraCa, QList<QSslCertificate>{m_one.certificate});
    QCOMPARE(policy.clientCertificates, QList<QSslCertificate>{m_one.certificate});
    QCOMPARE(policy.clientKey, m_one.key);
    QCOMPARE(files.policyOf(u"lab.example"_s, {}), HostPolicy());
}

void TestTlsFiles::ownSettingsComeBeforeFolders()
{
    write(u"certs/lab.example/ca.crt"_s, m_one.certificate.toPem());
    write(u"certs/lab.example/client.cert"_s, m_one.certificate.toPem());
    write(u"certs/lab.example/client.key"_s, m_one.key.toPem());
    RegistrySettings settings;
    settings.caFile = write(u"ca.pem"_s, m_two.certificate.toPem());
    settings.certificateFile = write(u"own.pem"_s, m_two.certificate.toPem() + m_two.key.toPem());
    TlsFiles files({m_folder->filePath(u"certs"_s)});
    const HostPolicy policy = files.policyOf(u"lab.example"_s, settings);
    QCOMPARE(policy.extraCa, QList<QSslCertificate>{m_two.certificate});
    QCOMPARE(policy.clientCertificates, QList<QSslCertificate>{m_two.certificate});
    QCOMPARE(policy.clientKey, m_two.key);
}

void TestTlsFiles::whatIsNamedAndMissingIsNotMadeUpFor()
{
    write(u"certs/lab.example/ca.crt"_s, m_one.certificate.toPem());
    write(u"certs/lab.example/client.cert"_s, m_one.certificate.toPem());
    write(u"certs/lab.example/client.key"_s, m_one.key.toPem());
    TlsFiles files({m_folder->filePath(u"certs"_s)});
    RegistrySettings settings;
    settings.caFile = m_folder->filePath(u"gone.pem"_s);
    settings.certificateFile = m_folder->filePath(u"gone too.pem"_s);
    QCOMPARE(files.policyOf(u"lab.example"_s, settings), HostPolicy());
}

void TestTlsFiles::hostsAreNoPaths()
{
    write(u"certs/ca.crt"_s, m_one.certificate.toPem());
    write(u"certs/lab.example/ca.crt"_s, m_one.certificate.toPem());
    write(u"ca.crt"_s, m_one.certificate.toPem());
    TlsFiles files({m_folder->filePath(u"certs"_s)});
    for (const QString& host : {QString(), u"."_s, u".."_s, u"lab.example/../lab.example"_s, u"../certs"_s})
        QCOMPARE(files.policyOf(host, {}), HostPolicy());
}

void TestTlsFiles::fingerprintsAreUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    const QString plain = u"0123456789abcdef"_s.repeated(4);
    QTest::newRow("plain") << plain << plain;
    QTest::newRow("capitals") << plain.toUpper() << plain;
    QTest::newRow("digest") << u"sha256:"_s + plain << plain;
    QTest::newRow("colons") << u" 01:23:45:67:89:AB:CD:EF"_s + u":01:23:45:67:89:AB:CD:EF"_s.repeated(3)
                            << plain;
    QTest::newRow("short") << plain.chopped(1) << QString();
    QTest::newRow("long") << plain + u"0"_s << QString();
    QTest::newRow("no hex") << u"g"_s + plain.sliced(1) << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestTlsFiles::fingerprintsAreUnderstood()
{
    QFETCH(const QString, text);
    QTEST(normalizedFingerprint(text), "plain");
}

void TestTlsFiles::badSettingsAreRefused_data()
{
    QTest::addColumn<QString>("ca");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("pin");
    QTest::addColumn<Error::Code>("code");
    const QString none, good = u"good"_s;
    QTest::newRow("no CA file") << u"missing"_s << none << none << none << Error::Code::NotFound;
    QTest::newRow("no certificate in it") << u"text"_s << none << none << none << Error::Code::InvalidInput;
    QTest::newRow("no client certificate") << none << u"text"_s << good << none << Error::Code::InvalidInput;
    QTest::newRow("no key") << none << u"certificate"_s << none << none << Error::Code::InvalidInput;
    QTest::newRow("key is none") << none << good << u"text"_s << none << Error::Code::InvalidInput;
    QTest::newRow("key of nothing") << none << none << good << none << Error::Code::InvalidInput;
    QTest::newRow("no fingerprint") << none << none << none << u"12:34"_s << Error::Code::InvalidInput;
}

void TestTlsFiles::badSettingsAreRefused()
{
    QFETCH(const QString, ca);
    QFETCH(const QString, certificate);
    QFETCH(const QString, key);
    QFETCH(const QString, pin);
    QFETCH(const Error::Code, code);
    write(u"text"_s, "no certificate");
    write(u"good"_s, m_one.certificate.toPem() + m_one.key.toPem());
    write(u"certificate"_s, m_one.certificate.toPem());
    const auto path = [this](const QString& name) {
        return name.isEmpty() ? name : m_folder->filePath(name);
    };
    RegistrySettings settings;
    settings.caFile = path(ca);
    settings.certificateFile = path(certificate);
    settings.keyFile = path(key);
    settings.pinnedSha256 = pin;
    const auto checked = checkTlsSettings(settings);
    COMPARE_ERROR(checked, code);
    QVERIFY(!checked.error().subject.isEmpty());
}

void TestTlsFiles::goodSettingsAreNot()
{
    VERIFY_RESULT(checkTlsSettings({}));
    RegistrySettings settings;
    settings.certificateFile = write(u"own.pem"_s, m_one.certificate.toPem() + m_one.key.toPem());
    settings.pinnedSha256 = u"ab"_s.repeated(32);
    VERIFY_RESULT(checkTlsSettings(settings));
}

QTEST_GUILESS_MAIN(TestTlsFiles)
#include "tst_tlsfiles.moc"
