// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/vendor.h"
#include "resumebench.h"

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Uploads to registries, and through proxies, that do not take a blob as it comes.
class TestUploadChunks : public QObject, private ResumeBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { prepare(); }
    void cleanup() { clear(); }

    void lostSessionsLeadToChunks();
    void chunksThatAreTooLargeForTheRegistryBecomeSmaller();
    void aBodyThatIsTooLargeBecomesSmaller();
    void aCutBetweenSmallChunksRepeatsNothing();
    void aSessionForgottenBetweenChunksIsBegunAnew();
    void vendorsKeepToWhatIsKnownOfThem_data();
    void vendorsKeepToWhatIsKnownOfThem();
    void vendorsAreKnownByTheirHosts_data();
    void vendorsAreKnownByTheirHosts();
    void whatCannotMountIsNotAsked();
};

void TestUploadChunks::lostSessionsLeadToChunks()
{
    // As distribution before version 3 behind a proxy that gathers a request before it passes it on: what
    // broke off in between requests can go on.
    make(40 * MiB);
    m_registry->setOptions({.losesSessions = true});
    cutAt(1 * MiB);
    cutAt(2 * MiB);
    QVERIFY(!push());
    QVERIFY(!push());
    QCOMPARE(m_registry->requestCount("PATCH"), 0);
    cutAt(0, "PATCH", 1);
    QVERIFY(!push());
    QCOMPARE(m_registry->bytesInSessions() / MiB, 2 + 1 + 16);
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), (1 + 2) * MiB + m_bytes.size());
}

void TestUploadChunks::chunksThatAreTooLargeForTheRegistryBecomeSmaller()
{
    make(20 * MiB);
    m_registry->setOptions({.largestPatch = 4 * MiB, .losesSessions = true});
    cutAt(1 * MiB);
    cutAt(2 * MiB);
    QVERIFY(!push());
    QVERIFY(!push());
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QVERIFY(m_registry->requestCount("PATCH") >= 4);
}

void TestUploadChunks::aBodyThatIsTooLargeBecomesSmaller()
{
    m_registry->setOptions({.largestBody = 1 * MiB});
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->requestCount("PUT"), 2);
    QCOMPARE(m_registry->requestCount("PATCH"), 1 + 5); // one of 4 MiB that was refused, too
    QCOMPARE(m_registry->openSessions(), 0);
}

void TestUploadChunks::aCutBetweenSmallChunksRepeatsNothing()
{
    make(12 * MiB);
    m_registry->setOptions({.largestBody = 4 * MiB});
    cutAt(1 * MiB, "PATCH", 1);
    COMPARE_ERROR(push(), Error::Code::Network);
    QCOMPARE(m_registry->bytesInSessions(), 5 * MiB);
    const int puts = m_registry->requestCount("PUT");
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_offsets->constLast(), 5 * MiB);
    QCOMPARE(m_registry->requestCount("POST"), 1);
    QCOMPARE(m_registry->requestCount("PUT"), puts + 1); // what was refused once is not tried again
}

void TestUploadChunks::aSessionForgottenBetweenChunksIsBegunAnew()
{
    make(12 * MiB);
    m_registry->setOptions({.largestBody = 4 * MiB});
    m_proxy->add(
        {.action = Sabotage::Action::Answer, .method = "PATCH", .path = "/blobs/", .skip = 1, .status = 404});
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->requestCount("POST"), 2);
    QVERIFY(m_registry->requestCount("PATCH") >= 3); // still in chunks
}

void TestUploadChunks::vendorsKeepToWhatIsKnownOfThem_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<int>("patches"); // of a blob of 9 MiB where a body may have 4 MiB
    QTest::newRow("GHCR") << u"ghcr.io"_s << 2;
    QTest::newRow("ECR") << u"1.dkr.ecr.eu-west-1.amazonaws.com"_s << 0;
    QTest::newRow("Artifact Registry") << u"europe-docker.pkg.dev"_s << 0;
}

void TestUploadChunks::vendorsKeepToWhatIsKnownOfThem()
{
    QFETCH(const QString, registry);
    QFETCH(const int, patches);
    make(9 * MiB);
    rename(registry);
    // In one piece; and what broke off is begun anew, whatever the status might say.
    m_registry->setOptions({.largestPatch = 4 * MiB, .relativeLocation = true});
    cutAt(1 * MiB);
    QVERIFY(!push());
    VERIFY_RESULT(push());
    QVERIFY(arrived());
    QCOMPARE(m_registry->bytesReceived(), 1 * MiB + m_bytes.size());
    QCOMPARE(m_registry->requestCount("GET"), 0);
    QCOMPARE(m_registry->requestCount("PATCH"), 0);
    // Refused as a whole: in chunks only where there is any hope.
    make(9 * MiB + 1);
    m_registry->setOptions({.largestPatch = 4 * MiB, .largestBody = 4 * MiB, .relativeLocation = true});
    QCOMPARE(push().has_value(), patches > 0);
    QCOMPARE(m_registry->requestCount("PATCH"), patches);
    m_repository.reset();
}

void TestUploadChunks::vendorsAreKnownByTheirHosts_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("product");
    const auto row = [](const char* registry, const char* product) {
        QTest::newRow(registry) << QString::fromLatin1(registry) << QString::fromLatin1(product);
    };
    row("ghcr.io", "GHCR");
    row("GHCR.io:443", "GHCR");
    row("ghcr.io.evil.example", "");
    row("xghcr.io", "");
    row("gcr.io", "Artifact Registry");
    row("eu.gcr.io", "Artifact Registry");
    row("eu.gcr.io:443", "Artifact Registry");
    row("notgcr.io", "");
    row("gcr.io.evil.example", "");
    row("europe-west3-docker.pkg.dev", "Artifact Registry");
    row("docker.pkg.dev", "");
    row("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "ECR");
    row("123456789012.dkr.ecr.eu-west-1.amazonaws.com:443", "ECR");
    row("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "ECR");
    row("123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example", "");
    row("s3.eu-west-1.amazonaws.com", "");
    row("public.ecr.aws", "ECR Public");
    row("docker.io", "");
    row("localhost:5000", "");
    row("[::1]:5000", "");
    row("", "");
}

void TestUploadChunks::vendorsAreKnownByTheirHosts()
{
    QFETCH(const QString, registry);
    QFETCH(const QString, product);
    const VendorTraits& traits = vendorTraits(registry);
    QCOMPARE(QString(traits.product), product);
    QCOMPARE(traits.resumesUploads, product.isEmpty());
    QCOMPARE(traits.takesChunks, product.isEmpty() || product == "GHCR"_L1);
    QCOMPARE(traits.mounts, !product.startsWith("ECR"_L1));
    QCOMPARE(traits.largestChunk <= 4 * MiB, product == "GHCR"_L1);
}

void TestUploadChunks::whatCannotMountIsNotAsked()
{
    // Nothing is sent: that host could not be reached.
    const auto ecr = std::make_shared<RegistryClient>(m_http, u"1.dkr.ecr.nowhere.amazonaws.com"_s,
                                                      noCredential(), RegistryClient::Options{});
    const auto mounted = QCoro::waitFor(ecr->repository(u"a/b"_s)->mountBlob(m_blob, u"a/c"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(!*mounted);
}

QTEST_GUILESS_MAIN(TestUploadChunks)
#include "tst_uploadchunks.moc"
