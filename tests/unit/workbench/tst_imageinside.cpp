// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/imageinside.h"

#include "storefixture.h"
#include "support/artifactlayout.h"
#include "support/resulttest.h"
#include "support/testcertificate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using namespace Tagboat::Testing;

namespace {

const QString Name = u"docker.io/alice/ui:v1"_s;

QByteArray base64(const QByteArray& bytes)
{
    return bytes.toBase64();
}

//! An attestation as a DSSE envelope.
QByteArray envelope(const QByteArray& statement)
{
    return R"({"payloadType":"application/vnd.in-toto+json","payload":")" + base64(statement)
        + R"(","signatures":[{"sig":"x"}]})";
}

} // namespace

//! What is inside an image of a store, and what artifacts tell in plain words.
class TestImageInside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        m_folder = m_fixture->path(u"layout"_s);
    }

    void documentsOfAnIndexAreListed();
    void missingPlatformsAreListedAsSuch();
    void bytesAreGivenAsTheyLie();
    void identityIsThatOfTheCertificate();
    void bundlesTellSignerAndPredicate();
    void provenanceTellsItsBuilder_data();
    void provenanceTellsItsBuilder();
    void sbomsAreCounted_data();
    void sbomsAreCounted();
    void subjectIsFoundBySubjectTagOrPayload();
    void hostilePayloadsTellNothing();

private:
    [[nodiscard]] Result<std::shared_ptr<ImageStore>> store() const { return ImageStore::open(m_folder); }
    //! Facts of an artifact with one layer of this payload.
    [[nodiscard]] ArtifactFacts factsOf(const QString& type, const QByteArray& payload,
                                        const QMap<QString, QString>& annotations = {});

    std::unique_ptr<StoreFixture> m_fixture;
    QString m_folder;
};

ArtifactFacts TestImageInside::factsOf(const QString& type, const QByteArray& payload,
                                       const QMap<QString, QString>& annotations)
{
    const Descriptor target =
        writeArtifact(m_folder, u"docker.io/alice/it:%1"_s.arg(qHash(payload)),
                      {.artifactType = type, .layers = {writeBlob(m_folder, type, payload, annotations)}});
    const auto inside = readInside(**store(), target.digest, {});
    return inside ? inside->artifact : ArtifactFacts();
}

void TestImageInside::documentsOfAnIndexAreListed()
{
    const Platform amd = *Platform::parse(u"linux/amd64");
    const Platform arm = *Platform::parse(u"linux/arm64");
    const RandomImage image = randomImage(91, {.platforms = {amd, arm}, .hasAttestation = true});
    image.writeLayout(m_folder, {Name});
    const auto inside = readInside(**store(), image.target.digest, image.manifests[1].descriptor.digest);
    VERIFY_RESULT(inside);
    QVERIFY(inside->isIndex);
    QCOMPARE(inside->manifest.digest, image.manifests[1].descriptor.digest);
    QCOMPARE(inside->config.platform, arm);
    QCOMPARE(inside->platforms.size(), 2);
    QCOMPARE(inside->platforms[0].platform, amd);
    const qsizetype attestations =
        inside->platforms[0].attestations.size() + inside->platforms[1].attestations.size();
    QVERIFY(attestations >= 1);
    QVERIFY(inside->attestations.isEmpty());
    QCOMPARE(inside->documents.first().descriptor.digest, image.target.digest);
    QVERIFY(inside->documents.first().kind == ImageDocument::Kind::Index);
    for (const ManifestContent& manifest : image.manifests) {
        const auto found = std::ranges::find_if(inside->documents, [&](const ImageDocument& document) {
            return document.descriptor.digest == manifest.descriptor.digest;
        });
        QVERIFY(found != inside->documents.end());
        QVERIFY(found->isPresent);
        const auto bytes = readDocument(**store(), found->descriptor);
        VERIFY_RESULT(bytes);
        QCOMPARE(bytes->bytes, manifest.bytes);
        QVERIFY(bytes->isSound() && bytes->isWhole());
    }
}

void TestImageInside::missingPlatformsAreListedAsSuch()
{
    const RandomImage image =
        randomImage(92, {.platforms = {*Platform::parse(u"linux/amd64"), *Platform::parse(u"linux/arm64")}});
    image.writeLayout(m_folder, {Name});
    const Digest layer = image.blobsOf(0).last().descriptor.digest;
    QVERIFY(QFile::remove(blobFile(m_folder, image.manifests[1].descriptor.digest)));
    QVERIFY(QFile::remove(blobFile(m_folder, layer)));
    const auto inside = readInside(**store(), image.target.digest, image.manifests[1].descriptor.digest);
    VERIFY_RESULT(inside);
    QVERIFY(!inside->hasConfig);
    QVERIFY(inside->manifest.digest.isNull());
    QVERIFY(inside->platforms[0].hasManifest && !inside->platforms[0].isPresent);
    QVERIFY(!inside->platforms[1].hasManifest && !inside->platforms[1].isPresent);
    const auto missing = std::ranges::find_if(
        inside->documents, [](const ImageDocument& document) { return !document.isPresent; });
    QVERIFY(missing != inside->documents.end());
    COMPARE_ERROR(readDocument(**store(), missing->descriptor), Error::Code::NotFound);
}

void TestImageInside::bytesAreGivenAsTheyLie()
{
    const RandomImage image = randomImage(93);
    image.writeLayout(m_folder, {Name});
    const RandomBlob config = image.blobsOf().first();
    Testing::writeFile(blobFile(m_folder, config.descriptor.digest), "{\"changed\":true}");
    const auto bytes = readDocument(**store(), config.descriptor);
    VERIFY_RESULT(bytes);
    QCOMPARE(bytes->bytes, "{\"changed\":true}"_ba);
    QVERIFY(!bytes->isSound());
    QCOMPARE(bytes->digest, Digest::ofBytes("{\"changed\":true}"));
    // The rest of the image is told all the same.
    const auto inside = readInside(**store(), image.target.digest, {});
    VERIFY_RESULT(inside);
    QVERIFY(!inside->hasConfig);
    QCOMPARE(inside->documents.size(), 2);

    const QByteArray large(DocumentBytes::MostBytes + 5, ' ');
    const Descriptor blob = writeBlob(m_folder, u"text/plain"_s, large);
    const auto cut = readDocument(**store(), blob);
    VERIFY_RESULT(cut);
    QVERIFY(!cut->isWhole() && cut->isSound());
    QCOMPARE(cut->bytes.size(), DocumentBytes::MostBytes);
}

void TestImageInside::identityIsThatOfTheCertificate()
{
    const TestCertificate certificate = TestCertificate::make({u"email:alice@example.org"_s});
    const QString type = u"application/vnd.dev.cosign.simplesigning.v1+json"_s;
    const ArtifactFacts facts = factsOf(
        type, R"({"critical":{}})",
        {{u"dev.sigstore.cosign/certificate"_s, QString::fromLatin1(certificate.certificate.toPem())}});
    QVERIFY(facts.kind == ArtifactKind::Signature);
    QCOMPARE(facts.identity, u"alice@example.org"_s);
    QVERIFY(!facts.issuer.isEmpty());
    // Notary Project signs as JSON Web Signature with its certificates.
    const ArtifactFacts notation =
        factsOf(u"application/vnd.cncf.notary.signature"_s,
                R"({"payload":"x","protected":"y","signature":"z","header":{"x5c":[")"
                    + base64(certificate.certificate.toDer()) + R"("]}})");
    QVERIFY(notation.kind == ArtifactKind::Signature);
}

void TestImageInside::bundlesTellSignerAndPredicate()
{
    const TestCertificate certificate = TestCertificate::make(
        {u"URI:https://github.com/alice/ui/.github/workflows/build.yml@refs/heads/main"_s});
    const QByteArray statement =
        R"({"predicateType":"https://slsa.dev/provenance/v1","subject":[{"name":"ui","digest":{"sha256":")"
        + QByteArray(64, 'a')
        + R"("}}],"predicate":{"runDetails":{"builder":{"id":"https://builder.example"}},"buildDefinition":{}}})";
    const QByteArray bundle = R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial":{"certificate":{"rawBytes":")"
        + base64(certificate.certificate.toDer()) + R"("}},"dsseEnvelope":)" + envelope(statement) + "}";
    const ArtifactFacts facts =
        factsOf(u"application/vnd.dev.sigstore.bundle.v0.3+json"_s, bundle,
                {{u"dev.sigstore.bundle.predicateType"_s, u"https://slsa.dev/provenance/v1"_s}});
    QVERIFY(facts.kind == ArtifactKind::Provenance);
    QCOMPARE(facts.format, u"Sigstore bundle"_s);
    QCOMPARE(facts.identity, u"https://github.com/alice/ui/.github/workflows/build.yml@refs/heads/main"_s);
    QCOMPARE(facts.predicate, u"https://slsa.dev/provenance/v1"_s);
    QCOMPARE(facts.builder, u"https://builder.example"_s);
    QCOMPARE(facts.subject.toString(), QString(u"sha256:"_s + QString(64, u'a')));
    QVERIFY(!facts.isSubjectHere);
}

void TestImageInside::provenanceTellsItsBuilder_data()
{
    QTest::addColumn<QByteArray>("predicate");
    QTest::newRow("0.2") << R"({"builder":{"id":"https://b"},"buildType":"https://t",
        "invocation":{"configSource":{"uri":"git+https://s"}}})"_ba;
    QTest::newRow("1")
        << R"({"runDetails":{"builder":{"id":"https://b"}},"buildDefinition":{"buildType":"https://t",
        "externalParameters":{"workflow":{"repository":"git+https://s"}}}})"_ba;
}

void TestImageInside::provenanceTellsItsBuilder()
{
    QFETCH(const QByteArray, predicate);
    const ArtifactFacts facts =
        factsOf(u"application/vnd.in-toto+json"_s,
                R"({"predicateType":"https://slsa.dev/provenance/v1","predicate":)" + predicate + "}",
                {{u"in-toto.io/predicate-type"_s, u"https://slsa.dev/provenance/v1"_s}});
    QVERIFY(facts.kind == ArtifactKind::Provenance);
    QCOMPARE(facts.builder, u"https://b"_s);
    QCOMPARE(facts.buildType, u"https://t"_s);
    QCOMPARE(facts.buildSource, u"git+https://s"_s);
}

void TestImageInside::sbomsAreCounted_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("format");
    const QByteArray spdx = R"({"spdxVersion":"SPDX-2.3","name":"ui","packages":[{},{}]})";
    QTest::newRow("SPDX") << u"application/spdx+json"_s << spdx << u"SPDX-2.3"_s;
    QTest::newRow("CycloneDX")
        << u"application/vnd.cyclonedx+json"_s
        << R"({"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"component":{"name":"ui"}},
               "components":[{},{}]})"_ba
        << u"CycloneDX 1.5"_s;
    QTest::newRow("in an attestation")
        << u"application/vnd.in-toto+json"_s
        << QByteArray(R"({"predicateType":"https://spdx.dev/Document","predicate":)" + spdx + "}")
        << u"SPDX-2.3"_s;
    QTest::newRow("in an envelope") << u"application/vnd.dsse.envelope.v1+json"_s
                                    << envelope(R"({"predicateType":"https://spdx.dev/Document","predicate":)"
                                                + spdx + "}")
                                    << u"SPDX-2.3"_s;
}

void TestImageInside::sbomsAreCounted()
{
    QFETCH(const QString, type);
    QFETCH(const QByteArray, payload);
    QFETCH(const QString, format);
    const ArtifactFacts facts = factsOf(type, payload);
    QCOMPARE(facts.format, format);
    QCOMPARE(facts.packages, 2);
    QCOMPARE(facts.documentName, u"ui"_s);
}

void TestImageInside::subjectIsFoundBySubjectTagOrPayload()
{
    const RandomImage image = randomImage(94);
    image.writeLayout(m_folder, {Name});
    const Digest digest = image.target.digest;
    const QString type = u"application/vnd.dev.cosign.simplesigning.v1+json"_s;
    const Descriptor blob = writeBlob(m_folder, type, "{}");
    const Descriptor bySubject =
        writeArtifact(m_folder, {}, {.artifactType = type, .layers = {blob}, .subject = image.target});
    const Descriptor byTag =
        writeArtifact(m_folder, u"docker.io/alice/ui:sha256-"_s + digest.hex() + u".sig"_s,
                      {.configType = QString(MediaType::OciConfig), .config = "{}", .layers = {blob}});
    for (const Descriptor& target : {bySubject, byTag}) {
        const auto inside = readInside(**store(), target.digest, {});
        VERIFY_RESULT(inside);
        QVERIFY(inside->artifact.kind == ArtifactKind::Signature);
        QCOMPARE(inside->artifact.subject, digest);
        QVERIFY(inside->artifact.isSubjectHere);
        QCOMPARE(inside->artifact.subjectName, Name);
    }
    const ArtifactFacts byPayload = factsOf(type,
                                            R"({"critical":{"image":{"docker-manifest-digest":")"
                                                + digest.toString().toLatin1() + R"("}}})");
    QCOMPARE(byPayload.subjectName, Name);
}

void TestImageInside::hostilePayloadsTellNothing()
{
    const QString type = u"application/vnd.dev.cosign.simplesigning.v1+json"_s;
    for (const QByteArray& payload :
         {QByteArray(), "[]"_ba, QByteArray("{\"critical\":7}"), QByteArray("{\"verificationMaterial\":[1]}"),
          QByteArray(100'000, '['), R"({"verificationMaterial":{"certificate":{"rawBytes":"AAAA"}}})"_ba}) {
        const ArtifactFacts facts =
            factsOf(type, payload, {{u"dev.sigstore.cosign/certificate"_s, u"-----BEGIN nonsense"_s}});
        QVERIFY(facts.identity.isEmpty());
        QVERIFY(facts.subject.isNull());
        QCOMPARE(facts.packages, -1);
    }
}

QTEST_GUILESS_MAIN(TestImageInside)
#include "tst_imageinside.moc"
