// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/artifact.h"

#include "oci/referrer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class ArtifactTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldByItsTypes_data();
    void isToldByItsTypes();
    void predicatesAreFoundWhoeverWroteThem();
    void onlyTextIsText();
    void wordsOfListsAreThoseOfKinds();
};

void ArtifactTest::isToldByItsTypes_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("predicate");
    QTest::addColumn<QString>("word");
    const QString image = u"application/vnd.oci.image.config.v1+json"_s;
    const QString slsa = u"https://slsa.dev/provenance/v1"_s;
    QTest::newRow("image") << image << u"application/vnd.oci.image.layer.v1.tar+gzip"_s << QString()
                           << QString();
    QTest::newRow("image without layers") << image << QString() << QString() << QString();
    QTest::newRow("cosign, older") << image << u"application/vnd.dev.cosign.simplesigning.v1+json"_s
                                   << QString() << u"signature"_s;
    QTest::newRow("cosign, as a referrer")
        << u"application/vnd.dev.cosign.artifact.sig.v1+json"_s
        << u"application/vnd.dev.cosign.simplesigning.v1+json"_s << QString() << u"signature"_s;
    QTest::newRow("cosign attestation, older")
        << image << u"application/vnd.dsse.envelope.v1+json"_s << slsa << u"provenance"_s;
    QTest::newRow("cosign SBOM, older") << image << u"text/spdx+json"_s << QString() << u"SBOM"_s;
    QTest::newRow("bundle of a signature") << u"application/vnd.dev.sigstore.bundle.v0.3+json"_s
                                           << u"application/vnd.dev.sigstore.bundle.v0.3+json"_s
                                           << u"https://sigstore.dev/cosign/sign/v1"_s << u"signature"_s;
    QTest::newRow("bundle of provenance")
        << u"application/vnd.dev.sigstore.bundle.v0.3+json"_s << QString() << slsa << u"provenance"_s;
    QTest::newRow("BuildKit, SBOM") << image << u"application/vnd.in-toto+json"_s
                                    << u"https://spdx.dev/Document"_s << u"SBOM"_s;
    QTest::newRow("BuildKit, something else")
        << image << u"application/vnd.in-toto+json"_s << u"https://example.org/v1"_s << u"attestation"_s;
    QTest::newRow("Notary Project") << u"application/vnd.cncf.notary.signature"_s
                                    << u"application/jose+json"_s << QString() << u"signature"_s;
    QTest::newRow("SPDX") << u"application/spdx+json"_s << QString() << QString() << u"SBOM"_s;
    QTest::newRow("CycloneDX") << u"application/vnd.cyclonedx+json"_s << QString() << QString() << u"SBOM"_s;
    QTest::newRow("Helm") << u"application/vnd.cncf.helm.config.v1+json"_s
                          << u"application/vnd.cncf.helm.chart.content.v1.tar+gzip"_s << QString()
                          << u"Helm chart"_s;
    QTest::newRow("WebAssembly") << u"application/vnd.wasm.config.v0+json"_s << u"application/wasm"_s
                                 << QString() << u"WebAssembly module"_s;
    QTest::newRow("OPA") << u"application/vnd.cncf.openpolicyagent.config.v1+json"_s << QString() << QString()
                         << u"policy"_s;
    QTest::newRow("Kyverno") << u"application/vnd.cncf.kyverno.config.v1+json"_s << QString() << QString()
                             << u"policy"_s;
    QTest::newRow("oras") << u"application/vnd.unknown.artifact.v1"_s << u"text/plain"_s << QString()
                          << u"files"_s;
    QTest::newRow("oras, older") << u"application/vnd.unknown.config.v1+json"_s << u"text/plain"_s
                                 << QString() << u"files"_s;
    QTest::newRow("model") << u"application/vnd.docker.ai.model.config.v0.1+json"_s << QString() << QString()
                           << u"model"_s;
    QTest::newRow("nobody knows") << u"application/vnd.example.thing"_s << u"application/octet-stream"_s
                                  << QString() << QString();
}

void ArtifactTest::isToldByItsTypes()
{
    QFETCH(QString, type);
    QFETCH(QString, layer);
    QFETCH(QString, predicate);
    QFETCH(QString, word);
    QCOMPARE(toString(artifactKind(type, layer, predicate)), word);
}

void ArtifactTest::predicatesAreFoundWhoeverWroteThem()
{
    QCOMPARE(predicateOf({{u"in-toto.io/predicate-type"_s, u"a"_s}}), u"a"_s);
    QCOMPARE(predicateOf({{u"predicateType"_s, u"b"_s}}), u"b"_s);
    QCOMPARE(predicateOf({{u"dev.sigstore.bundle.predicateType"_s, u"c"_s}}), u"c"_s);
    QCOMPARE(predicateOf({{u"other"_s, u"d"_s}}), QString());
}

void ArtifactTest::onlyTextIsText()
{
    for (const QString& type : {u"application/vnd.in-toto+json"_s, u"application/json"_s, u"text/plain"_s,
                                u"text/spdx; charset=utf-8"_s, u"application/vnd.cyclonedx+xml"_s})
        QVERIFY2(isTextual(type), qPrintable(type));
    for (const QString& type : {u"application/vnd.oci.image.layer.v1.tar+gzip"_s, u"application/wasm"_s,
                                u"application/octet-stream"_s, QString()})
        QVERIFY2(!isTextual(type), qPrintable(type));
}

void ArtifactTest::wordsOfListsAreThoseOfKinds()
{
    QCOMPARE(referrerKind(u"application/vnd.cncf.kyverno.config.v1+json"_s), u"policy"_s);
    QCOMPARE(referrerKind(u"application/vnd.unknown.artifact.v1"_s),
             u"application/vnd.unknown.artifact.v1"_s);
}

QTEST_GUILESS_MAIN(ArtifactTest)
#include "tst_artifact.moc"
