// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptlist.h"
#include "oci/referrer.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! What is removed leaves the list of referrers at registries that keep none themselves.
class TestReferrerRemoval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry = std::make_unique<ScriptedRegistry>();
        QVERIFY(m_registry->start());
        m_kept = {};
        m_kept.serveOn(m_registry->server, tag());
        m_removed.clear();
        m_registry->server.on("DELETE", "/v2/a/b/manifests/*", [this](const ScriptedRequest& request) {
            m_removed.append(QString::fromLatin1(request.target.split('/').last()));
            return ScriptedAnswer::text(202, {});
        });
        m_registry->server.on("GET", pathOf(m_signature.descriptor.digest),
                              ScriptedAnswer::text(200, m_signature.bytes, MediaType::OciManifest.latin1()));
    }
    void cleanup() { m_registry.reset(); }

    void entryLeavesTheList()
    {
        m_kept.index = indexOf({"a", m_signature.bytes, "b"});
        m_kept.etag = "\"v1\"";
        VERIFY_RESULT(remove());
        QCOMPARE(m_removed, QStringList{name()});
        QCOMPARE(digestsIn(m_kept.index), namesOf({"a", "b"}));
        QCOMPARE(m_kept.puts, 1);
        QCOMPARE(m_registry->requests("PUT").last().headers.value("If-Match"), "\"v1\"");
    }

    void listThatGotEmptyIsRemovedByItsDigest()
    {
        m_kept.index = indexOf({m_signature.bytes});
        const Digest list = digestOf(m_kept.index);
        m_registry->server.on("DELETE", pathOf(list), [this](const ScriptedRequest&) {
            m_kept.index.clear();
            return ScriptedAnswer::text(202, {});
        });
        VERIFY_RESULT(remove());
        QVERIFY(m_kept.index.isEmpty());
        QCOMPARE(m_kept.puts, 0);
    }

    void listThatMayNotBeRemovedIsKeptEmpty()
    {
        m_kept.index = indexOf({m_signature.bytes});
        m_registry->server.on("DELETE", pathOf(digestOf(m_kept.index)), ScriptedAnswer::text(405, {}));
        VERIFY_RESULT(remove());
        QCOMPARE(m_kept.puts, 1);
        QVERIFY(!m_kept.index.isEmpty());
        QVERIFY(digestsIn(m_kept.index).isEmpty());
    }

    void listIsNotTouchedWhereNothingIsRemoved()
    {
        m_kept.index = indexOf({m_signature.bytes});
        m_registry->server.on("DELETE", "/v2/a/b/manifests/*", ScriptedAnswer::text(405, {}));
        COMPARE_ERROR(remove(), Error::Code::Unsupported);
        QCOMPARE(digestsIn(m_kept.index), QStringList{name()});
        QCOMPARE(m_kept.puts, 0);
        QCOMPARE(m_registry->requests("DELETE").size(), 1);
    }

    void registryWithoutSuchAListHasNothingMoreToDo()
    {
        VERIFY_RESULT(remove());
        QCOMPARE(m_removed, QStringList{name()});
        QCOMPARE(m_kept.puts, 0);
    }

    void tagThatNamesAnImageIsLeftAlone()
    {
        m_registry->server.on(
            "GET", tag(), ScriptedAnswer::text(200, smallManifest().bytes, MediaType::OciManifest.latin1()));
        VERIFY_RESULT(remove());
        QCOMPARE(m_removed, QStringList{name()});
        QCOMPARE(m_kept.puts, 0);
    }

    void imageWithoutSubjectConcernsNoList()
    {
        const ManifestContent image = smallManifest();
        m_registry->server.on("GET", pathOf(image.descriptor.digest),
                              ScriptedAnswer::text(200, image.bytes, MediaType::OciManifest.latin1()));
        VERIFY_RESULT(remove(image.descriptor.digest));
        QCOMPARE(m_registry->server.requests().size(), 2);
    }

    void manifestThatCannotBeReadIsRemovedAllTheSame()
    {
        m_registry->server.on("GET", pathOf(m_signature.descriptor.digest),
                              ScriptedAnswer::text(200, "{", MediaType::OciManifest.latin1()));
        VERIFY_RESULT(remove());
        QCOMPARE(m_removed, QStringList{name()});
    }

    void nothingIsRemovedWhileItIsNotKnownWhatItIsAbout()
    {
        m_registry->server.on("GET", pathOf(m_signature.descriptor.digest), ScriptedAnswer::text(503, {}));
        COMPARE_ERROR(remove(), Error::Code::Network);
        QVERIFY(m_removed.isEmpty());
    }

    void entryThatAnotherWriterBroughtBackGoesAgain()
    {
        m_kept.index = indexOf({"a", m_signature.bytes});
        m_kept.onPut = [this](const QByteArray& bytes) {
            // One who read before us, and who writes after us.
            m_kept.index = m_kept.puts == 1 ? indexOf({"a", m_signature.bytes, "b"}) : bytes;
            return 201;
        };
        VERIFY_RESULT(remove());
        QCOMPARE(digestsIn(m_kept.index), namesOf({"a", "b"}));
    }

    void entriesWhoseManifestIsGoneAreDroppedWhereTheRegistryInsists()
    {
        m_kept.index = indexOf({"a", "gone", m_signature.bytes});
        m_registry->server.on("HEAD", pathOf(digestOf("a")), ScriptedAnswer::text(200, {}));
        m_kept.onPut = [this](const QByteArray& bytes) {
            if (digestsIn(bytes).contains(digestOf("gone").toString()))
                return 400;
            m_kept.index = bytes;
            return 201;
        };
        VERIFY_RESULT(remove());
        QCOMPARE(digestsIn(m_kept.index), namesOf({"a"}));
    }

    void listThatCannotBeWrittenIsTold()
    {
        m_kept.index = indexOf({"a", m_signature.bytes});
        m_kept.onPut = [](const QByteArray&) { return 403; };
        const auto removed = remove();
        COMPARE_ERROR(removed, Error::Code::Denied);
        QCOMPARE(removed.error().operation, u"write list of referrers"_s);
    }

private:
    [[nodiscard]] static QByteArray pathOf(const Digest& digest)
    {
        return "/v2/a/b/manifests/" + digest.toString().toLatin1();
    }
    [[nodiscard]] QByteArray tag() const { return "/v2/a/b/manifests/sha256-" + m_subject.hex().toLatin1(); }
    [[nodiscard]] QString name() const { return m_signature.descriptor.digest.toString(); }
    [[nodiscard]] Result<void> remove() const { return remove(m_signature.descriptor.digest); }
    [[nodiscard]] Result<void> remove(const Digest& digest) const
    {
        return QCoro::waitFor(m_registry->repository()->removeManifest(digest, Go));
    }

    const Digest m_subject = digestOf("subject");
    const ManifestContent m_signature = referrerOf(m_subject, u"one"_s);
    KeptList m_kept;
    QStringList m_removed;
    std::unique_ptr<ScriptedRegistry> m_registry;
};

QTEST_GUILESS_MAIN(TestReferrerRemoval)
#include "tst_referrerremoval.moc"
