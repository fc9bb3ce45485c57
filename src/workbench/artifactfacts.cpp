// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/artifactfacts.h"

#include "oci/mediatype.h"
#include "oci/reference.h"
#include "oci/referrer.h"
#include "store/imagestore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate certificateOf(const QByteArray& pemOrDer)
{
    if (pemOrDer.startsWith("-----BEGIN")) {
        const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
            BIO_new_mem_buf(pemOrDer.constData(), static_cast<int>(pemOrDer.size())), &BIO_free);
        return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free};
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(pemOrDer.constData());
    return {d2i_X509(nullptr, &bytes, static_cast<long>(pemOrDer.size())), &X509_free};
}

QString textOf(const ASN1_STRING* text)
{
    return QString::fromUtf8(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                             ASN1_STRING_length(text));
}

QString commonName(const X509_NAME* name)
{
    for (const int part : {NID_commonName, NID_organizationName}) {
        const int at = X509_NAME_get_index_by_NID(name, part, -1);
        if (at >= 0)
            return textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    }
    return {};
}

//! The mail address or URI that Fulcio certifies (sigstore certificate-specification), else the common name.
QString identityOf(X509* certificate)
{
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        &GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_EMAIL || name->type == GEN_URI)
            return textOf(name->d.ia5);
    }
    return commonName(X509_get_subject_name(certificate));
}

//! The provider that knew the person: Fulcio's extension 1.3.6.1.4.1.57264.1.1, plain text; else the
//! authority.
QString issuerOf(X509* certificate)
{
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> id(
        OBJ_txt2obj("1.3.6.1.4.1.57264.1.1", 1), &ASN1_OBJECT_free);
    const int at = X509_get_ext_by_OBJ(certificate, id.get(), -1);
    if (at >= 0)
        return textOf(X509_EXTENSION_get_data(X509_get_ext(certificate, at)));
    return commonName(X509_get_issuer_name(certificate));
}

void readSigner(ArtifactFacts& facts, const QByteArray& pemOrDer)
{
    if (pemOrDer.isEmpty())
        return;
    const Certificate certificate = certificateOf(pemOrDer);
    if (!certificate)
        return;
    facts.identity = identityOf(certificate.get());
    facts.issuer = issuerOf(certificate.get());
}

QByteArray decoded(const QJsonValue& base64)
{
    return QByteArray::fromBase64(base64.toString().toLatin1());
}

//! An in-toto statement (in-toto attestation spec v1): what it says, and about what.
void readStatement(ArtifactFacts& facts, const QJsonObject& statement)
{
    if (const QString predicate = statement["predicateType"_L1].toString(); !predicate.isEmpty())
        facts.predicate = predicate;
    if (facts.subject.isNull()) {
        const QString sha256 = statement["subject"_L1][0]["digest"_L1]["sha256"_L1].toString();
        facts.subject = Digest::parse(QString(u"sha256:"_s + sha256)).value_or(Digest());
    }
}

//! SLSA provenance, versions 0.2 and 1 (slsa.dev/spec).
void readProvenance(ArtifactFacts& facts, const QJsonObject& predicate)
{
    const QJsonObject definition = predicate["buildDefinition"_L1].toObject();
    facts.builder = predicate["builder"_L1]["id"_L1].toString();
    if (facts.builder.isEmpty())
        facts.builder = predicate["runDetails"_L1]["builder"_L1]["id"_L1].toString();
    facts.buildType = predicate["buildType"_L1].toString(definition["buildType"_L1].toString());
    facts.buildSource = predicate["invocation"_L1]["configSource"_L1]["uri"_L1].toString();
    if (facts.buildSource.isEmpty())
        facts.buildSource = definition["externalParameters"_L1]["workflow"_L1]["repository"_L1].toString();
}

bool readSbom(ArtifactFacts& facts, const QJsonObject& sbom)
{
    if (const QString spdx = sbom["spdxVersion"_L1].toString(); !spdx.isEmpty()) {
        facts.format = spdx;
        facts.documentName = sbom["name"_L1].toString();
        facts.packages = int(sbom["packages"_L1].toArray().size());
        return true;
    }
    if (sbom["bomFormat"_L1].toString() == "CycloneDX"_L1) {
        facts.format = u"CycloneDX "_s + sbom["specVersion"_L1].toString();
        facts.documentName = sbom["metadata"_L1]["component"_L1]["name"_L1].toString();
        facts.packages = int(sbom["components"_L1].toArray().size());
        return true;
    }
    if (sbom.contains("artifacts"_L1) && sbom["schema"_L1]["url"_L1].toString().contains("syft"_L1)) {
        facts.format = u"Syft "_s + sbom["schema"_L1]["version"_L1].toString();
        facts.documentName = sbom["source"_L1]["name"_L1].toString();
        facts.packages = int(sbom["artifacts"_L1].toArray().size());
        return true;
    }
    return false;
}

void readPredicate(ArtifactFacts& facts, const QJsonObject& statement)
{
    readStatement(facts, statement);
    const QJsonValue predicate = statement["predicate"_L1];
    // cosign wraps what it is given as `Data` where it does not know it.
    const QJsonObject content =
        predicate["Data"_L1].isObject() ? predicate["Data"_L1].toObject() : predicate.toObject();
    if (!readSbom(facts, content))
        readProvenance(facts, content);
}

//! A payload of any of the kinds, told apart by what it has.
void readPayload(ArtifactFacts& facts, const QJsonObject& payload)
{
    // Sigstore bundle (sigstore_bundle.proto): certificate beside a DSSE envelope or a signature.
    if (const QJsonObject material = payload["verificationMaterial"_L1].toObject(); !material.isEmpty()) {
        facts.format = u"Sigstore bundle"_s;
        QByteArray certificate = decoded(material["certificate"_L1]["rawBytes"_L1]);
        if (certificate.isEmpty())
            certificate = decoded(material["x509CertificateChain"_L1]["certificates"_L1][0]["rawBytes"_L1]);
        readSigner(facts, certificate);
        readPredicate(facts,
                      QJsonDocument::fromJson(decoded(payload["dsseEnvelope"_L1]["payload"_L1])).object());
        return;
    }
    // DSSE envelope (secure-systems-lab/dsse envelope.md), as cosign attests.
    if (payload.contains("payloadType"_L1)) {
        readPredicate(facts, QJsonDocument::fromJson(decoded(payload["payload"_L1])).object());
        return;
    }
    // Notary Project: a JSON Web Signature with its certificates.
    if (payload.contains("signature"_L1) && payload["header"_L1]["x5c"_L1].isArray()) {
        readSigner(facts, decoded(payload["header"_L1]["x5c"_L1][0]));
        return;
    }
    // Red Hat's simple signing, as cosign signs.
    if (payload.contains("critical"_L1)) {
        const QString digest = payload["critical"_L1]["image"_L1]["docker-manifest-digest"_L1].toString();
        if (facts.subject.isNull())
            facts.subject = Digest::parse(digest).value_or(Digest());
        return;
    }
    if (payload.contains("predicateType"_L1))
        readPredicate(facts, payload);
    else
        readSbom(facts, payload);
}

QString formatOf(const ArtifactFacts& facts, const Descriptor& layer)
{
    if (!facts.format.isEmpty())
        return facts.format;
    if (facts.type.contains("notary"_L1))
        return u"Notary Project"_s;
    if (facts.type.contains("cosign"_L1) || layer.mediaType.contains("cosign"_L1))
        return u"cosign"_s;
    if (facts.type.contains("sigstore"_L1))
        return u"Sigstore bundle"_s;
    return layer.mediaType.contains("in-toto"_L1) || layer.mediaType.contains("dsse"_L1) ? u"in-toto"_s
                                                                                         : QString();
}

void readChart(ArtifactFacts& facts, const QJsonObject& config)
{
    facts.name = config["name"_L1].toString();
    facts.version = config["version"_L1].toString();
    facts.appVersion = config["appVersion"_L1].toString();
    facts.description = config["description"_L1].toString();
}

//! JSON of a blob; nothing where it is too large, missing or no JSON.
QJsonObject jsonOf(const ImageStore& store, const Descriptor& blob)
{
    if (blob.size > LargestPayload || blob.digest.isNull())
        return {};
    const auto bytes = store.readBlob(blob, LargestPayload);
    return bytes ? QJsonDocument::fromJson(*bytes).object() : QJsonObject();
}

void findSubject(ArtifactFacts& facts, const ImageStore& store, const Manifest& manifest,
                 const QStringList& names)
{
    if (manifest.subject())
        facts.subject = manifest.subject()->digest;
    for (const QString& name : names) {
        if (!facts.subject.isNull())
            break;
        const auto reference = Reference::parse(name);
        const auto digest = reference ? subjectOfTag(reference->tag()) : std::nullopt;
        if (digest)
            facts.subject = *digest;
    }
    if (facts.subject.isNull())
        return;
    if (const auto image = store.image(facts.subject.toString())) {
        facts.isSubjectHere = true;
        facts.subjectName = image->names.value(0);
    }
}

} // namespace

ArtifactFacts artifactFacts(const ImageStore& store, const Manifest& manifest, const QStringList& names)
{
    ArtifactFacts facts;
    facts.kind = artifactKind(manifest);
    if (facts.kind == ArtifactKind::None)
        return facts;
    facts.type = manifest.artifactType().isEmpty() ? manifest.config().mediaType : manifest.artifactType();
    const QList<Descriptor> layers = manifest.layers();
    for (const Descriptor& layer : layers)
        facts.files.append({layer.annotations.value(u"org.opencontainers.image.title"_s), layer});
    const Descriptor first = layers.value(0);
    if (MediaType::isImageConfig(facts.type))
        facts.type = first.mediaType; // cosign's older forms: the config says nothing
    facts.predicate = predicateOf(first.annotations);
    if (facts.predicate.isEmpty())
        facts.predicate = predicateOf(manifest.annotations());
    if (facts.kind == ArtifactKind::HelmChart)
        readChart(facts, jsonOf(store, manifest.config()));
    else if (isTextual(first.mediaType))
        readPayload(facts, jsonOf(store, first));
    // cosign specs/SIGNATURE_SPEC.md: the certificate stands beside the layer.
    readSigner(facts, first.annotations.value(u"dev.sigstore.cosign/certificate"_s).toUtf8());
    facts.format = formatOf(facts, first);
    findSubject(facts, store, manifest, names);
    return facts;
}

} // namespace Tagboat
