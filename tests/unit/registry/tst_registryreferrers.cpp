// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptlist.h"
#include "oci/referrer.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Lists of referrers, read from registries and kept in those that do not keep them.
class TestRegistryReferrers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry = std::make_unique<ScriptedRegistry>();
        QVERIFY(m_registry->start());
        m_kept = {};
        m_registry->server.on("PUT", "/v2/a/b/manifests/*", ScriptedAnswer::text(201, {}));
    }
    void cleanup() { m_registry.reset(); }

    void listComesPageByPage()
    {
        m_registry->server.on("GET", api(), [this](const ScriptedRequest& request) {
            if (request.target.contains("last="))
                return ScriptedAnswer::text(200, indexOf({"b", "c"}), IndexType);
            return ScriptedAnswer::text(200, indexOf({"a", "b"}), IndexType)
                .with("Link", '<' + api() + "?last=b>; rel=\"next\"");
        });
        const auto listed = list();
        VERIFY_RESULT(listed);
        QCOMPARE(digestsOf(*listed), namesOf({"a", "b", "c"}));
        QCOMPARE(listed->first().artifactType, u"application/spdx+json"_s);
        QCOMPARE(m_registry->requests("GET").size(), 2);
        QCOMPARE(m_registry->requests("GET").first().headers.value("Accept"), IndexType);
    }

    void registryWithoutTheApiIsReadByItsTag_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::newRow("404") << ScriptedAnswer::text(404, "404 page not found");
        QTest::newRow("400") << ScriptedAnswer::json(400, R"({"errors":[{"code":"UNSUPPORTED"}]})");
        QTest::newRow("405") << ScriptedAnswer::text(405, {});
        QTest::newRow("a web page") << ScriptedAnswer::text(200, "<html></html>", "text/html");
        QTest::newRow("some JSON") << ScriptedAnswer::json(200, indexOf({"x"}));
    }
    void registryWithoutTheApiIsReadByItsTag()
    {
        QFETCH(const ScriptedAnswer, answer);
        m_registry->server.on("GET", api(), answer);
        m_registry->server.on("GET", tag(), ScriptedAnswer::text(200, indexOf({"a", "b", "a"}), IndexType));
        const auto listed = list();
        VERIFY_RESULT(listed);
        QCOMPARE(digestsOf(*listed), namesOf({"a", "b"}));
    }

    void noTagOrSomethingElseThereIsNoReferrer()
    {
        auto listed = list();
        VERIFY_RESULT(listed);
        QVERIFY(listed->isEmpty());
        m_registry->server.on(
            "GET", tag(), ScriptedAnswer::text(200, smallManifest().bytes, MediaType::OciManifest.latin1()));
        listed = list();
        VERIFY_RESULT(listed);
        QVERIFY(listed->isEmpty());
    }

    void refusalIsNotTakenForNone()
    {
        m_registry->server.on("GET", api(), ScriptedAnswer::json(403, R"({"errors":[{"code":"DENIED"}]})"));
        COMPARE_ERROR(list(), Error::Code::Denied);
        m_registry->server.on("GET", api(), ScriptedAnswer::text(404, {}));
        m_registry->server.on("GET", tag(), ScriptedAnswer::json(403, R"({"errors":[{"code":"DENIED"}]})"));
        COMPARE_ERROR(list(), Error::Code::Denied);
    }

    void registryThatNotesTheSubjectIsLeftAlone()
    {
        const ManifestContent signature = referrerOf(m_subject, u"one"_s);
        m_registry->server.on(
            "PUT", "/v2/a/b/manifests/*",
            ScriptedAnswer::text(201, {}).with("OCI-Subject", m_subject.toString().toLatin1()));
        VERIFY_RESULT(push(signature));
        QCOMPARE(m_registry->server.requests().size(), 1);
    }

    void manifestWithoutSubjectEntersNoList()
    {
        VERIFY_RESULT(push(smallManifest()));
        QCOMPARE(m_registry->server.requests().size(), 1);
    }

    void listIsMadeWhereThereIsNone()
    {
        keepTag();
        const ManifestContent signature = referrerOf(m_subject, u"one"_s);
        VERIFY_RESULT(push(signature));
        const QJsonObject index = QJsonDocument::fromJson(m_kept.index).object();
        QCOMPARE(index[u"mediaType"].toString(), MediaType::OciIndex);
        const QJsonObject entry = index[u"manifests"][0].toObject();
        QCOMPARE(entry[u"digest"].toString(), signature.descriptor.digest.toString());
        QCOMPARE(entry[u"size"].toInteger(), signature.bytes.size());
        QCOMPARE(entry[u"artifactType"].toString(), u"application/vnd.dev.cosign.artifact.sig.v1+json"_s);
        QCOMPARE(entry[u"annotations"][u"note"].toString(), u"one"_s);
        QCOMPARE(m_registry->requests("PUT").last().headers.value("Content-Type"), IndexType);

        VERIFY_RESULT(push(signature)); // it is there: nothing is written
        QCOMPARE(m_kept.puts, 1);
    }

    void whatTheListHoldsStays()
    {
        QJsonObject before = QJsonDocument::fromJson(indexOf({"a"})).object();
        before.insert(u"annotations"_s, QJsonObject{{u"of"_s, u"others"_s}});
        m_kept.index = QJsonDocument(before).toJson();
        m_kept.etag = "\"v1\"";
        keepTag();
        const ManifestContent signature = referrerOf(m_subject, u"one"_s);
        VERIFY_RESULT(push(signature));
        QCOMPARE(digestsIn(m_kept.index), namesOf({"a"}) << signature.descriptor.digest.toString());
        QCOMPARE(QJsonDocument::fromJson(m_kept.index)[u"annotations"][u"of"].toString(), u"others"_s);
        QCOMPARE(m_registry->requests("PUT").last().headers.value("If-Match"), "\"v1\"");
    }

    void entriesLostToAnotherWriterAreWrittenAgain()
    {
        m_kept.index = indexOf({"a"});
        keepTag();
        m_kept.onPut = [this](const QByteArray& bytes) {
            // One who read before us, and who writes after us.
            m_kept.index = m_kept.puts == 1 ? indexOf({"b"}) : bytes;
            return 201;
        };
        const ManifestContent signature = referrerOf(m_subject, u"one"_s);
        VERIFY_RESULT(push(signature));
        QStringList all = namesOf({"a", "b"}) << signature.descriptor.digest.toString();
        QStringList there = digestsIn(m_kept.index);
        all.sort();
        there.sort();
        QCOMPARE(there, all);
    }

    void listThatWasChangedMeanwhileIsReadAgain()
    {
        m_kept.index = indexOf({"a"});
        m_kept.etag = "\"v1\"";
        keepTag();
        m_kept.onPut = [this](const QByteArray& bytes) {
            if (m_kept.puts == 1) {
                m_kept.index = indexOf({"a", "b"});
                return 412;
            }
            m_kept.index = bytes;
            return 201;
        };
        const ManifestContent signature = referrerOf(m_subject, u"one"_s);
        VERIFY_RESULT(push(signature));
        QCOMPARE(digestsIn(m_kept.index), namesOf({"a", "b"}) << signature.descriptor.digest.toString());
    }

    void entriesWhoseManifestIsGoneAreDroppedWhereTheRegistryInsists()
    {
        m_kept.index = indexOf({"a", "gone"});
        keepTag();
        m_registry->server.on("HEAD", "/v2/a/b/manifests/" + digestOf("a").toString().toLatin1(),
                              ScriptedAnswer::text(200, {}));
        m_kept.onPut = [this](const QByteArray& bytes) {
            if (digestsIn(bytes).contains(digestOf("gone").toString()))
                return 400;
            m_kept.index = bytes;
            return 201;
        };
        const ManifestContent signature = referrerOf(m_subject, u"one"_s);
        VERIFY_RESULT(push(signature));
        QCOMPARE(digestsIn(m_kept.index), namesOf({"a"}) << signature.descriptor.digest.toString());
    }

    void changesOfOneListWaitForEachOther()
    {
        keepTag();
        const auto one = std::make_shared<std::optional<Result<void>>>();
        const auto other = std::make_shared<std::optional<Result<void>>>();
        start(referrerOf(m_subject, u"one"_s), one);
        start(referrerOf(m_subject, u"other"_s), other);
        QTRY_VERIFY(one->has_value() && other->has_value());
        VERIFY_RESULT(one->value());
        VERIFY_RESULT(other->value());
        QCOMPARE(digestsIn(m_kept.index).size(), 2);
        QCOMPARE(m_kept.puts, 2); // none had to be repeated
    }

    void tagThatNamesAnImageIsNotOverwritten()
    {
        m_registry->server.on(
            "GET", tag(), ScriptedAnswer::text(200, smallManifest().bytes, MediaType::OciManifest.latin1()));
        COMPARE_ERROR(push(referrerOf(m_subject, u"one"_s)), Error::Code::Conflict);
        QCOMPARE(m_registry->requests("PUT").size(), 1);
    }

    void kindsAreToldByTheArtifactType()
    {
        QCOMPARE(referrerKind(u"application/vnd.dev.cosign.artifact.sig.v1+json"_s), u"signature"_s);
        QCOMPARE(referrerKind(u"application/vnd.cncf.notary.signature"_s), u"signature"_s);
        QCOMPARE(referrerKind(u"application/spdx+json"_s), u"SBOM"_s);
        QCOMPARE(referrerKind(u"application/vnd.cyclonedx+json"_s), u"SBOM"_s);
        QCOMPARE(referrerKind(u"application/vnd.in-toto+json"_s), u"attestation"_s);
        QCOMPARE(referrerKind(u"text/x.readme"_s), u"text/x.readme"_s);
        QCOMPARE(referrerKind({}), u"referrer"_s);
    }

    void longDigestsAreCutForTheTag()
    {
        const auto digest = Digest::parse(QString(u"sha512:"_s + QString(128, u'a')));
        VERIFY_RESULT(digest);
        QCOMPARE(referrersTag(*digest), u"sha512-"_s + QString(64, u'a'));
        QVERIFY(!subjectOfTag(referrersTag(*digest)));
    }

    void tagsOfAttachmentsTellWhatTheyAreAbout()
    {
        const QString list = referrersTag(m_subject);
        QVERIFY(subjectOfTag(list) == m_subject);
        for (const QString& ending : {u".sig"_s, u".att"_s, u".sbom"_s})
            QVERIFY(subjectOfTag(list + ending) == m_subject);
        const QStringList others{u"latest"_s, u"3.13-slim"_s, u"sha256-abc"_s, list + u".txt"_s, u"-"_s};
        for (const QString& other : others)
            QVERIFY2(!subjectOfTag(other), qPrintable(other));
    }

private:
    [[nodiscard]] QByteArray api() const { return "/v2/a/b/referrers/" + m_subject.toString().toLatin1(); }
    [[nodiscard]] QByteArray tag() const { return "/v2/a/b/manifests/sha256-" + m_subject.hex().toLatin1(); }
    [[nodiscard]] Result<QList<Descriptor>> list() const
    {
        return QCoro::waitFor(m_registry->repository()->referrers(m_subject, Go));
    }
    [[nodiscard]] Result<void> push(const ManifestContent& manifest) const
    {
        return QCoro::waitFor(m_registry->repository()->pushManifest(manifest, {}, Go));
    }
    void start(const ManifestContent& manifest, std::shared_ptr<std::optional<Result<void>>> outcome)
    {
        const auto run = [](std::shared_ptr<Repository> to, ManifestContent what,
                            std::shared_ptr<std::optional<Result<void>>> done) -> Task<void> {
            auto pushed = co_await to->pushManifest(what, {}, Go);
            *done = std::move(pushed);
        };
        run(m_registry->repository(), manifest, std::move(outcome));
    }
    void keepTag() { m_kept.serveOn(m_registry->server, tag()); }

    const Digest m_subject = digestOf("subject");
    KeptList m_kept;
    std::unique_ptr<ScriptedRegistry> m_registry;
};

QTEST_GUILESS_MAIN(TestRegistryReferrers)
#include "tst_registryreferrers.moc"
