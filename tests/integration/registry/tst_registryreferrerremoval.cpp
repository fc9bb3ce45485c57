// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/referrer.h"
#include "registryhelpers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Against the real docker-registry 2.8, which keeps no list of referrers and takes no index with an entry
//! that it lacks; oras is the judge of what is listed.
class TestRegistryReferrerRemoval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void removedReferrersLeaveTheList();
    void whatWasRemovedBehindTheListsBackIsNoHindrance();
    void removedImageTakesNoListAlong();

private:
    struct Place
    {
        std::shared_ptr<Repository> repository;
        RandomImage image;
        QList<Digest> referrers;

        [[nodiscard]] const Digest& subject() const { return image.target.digest; }
        [[nodiscard]] QString listTag() const { return referrersTag(subject()); }
        //! In the order listed; nothing where the list cannot be read.
        [[nodiscard]] std::optional<QList<Digest>> listed() const;
        [[nodiscard]] Result<void> remove(const Digest& digest) const
        {
            return QCoro::waitFor(repository->removeManifest(digest, Go));
        }
        [[nodiscard]] Result<Descriptor> find(const QString& name) const
        {
            return QCoro::waitFor(repository->resolve(name, Go));
        }
    };
    //! An image with \a count things that refer to it.
    [[nodiscard]] Result<Place> place(const QString& path, int count) const;
    [[nodiscard]] QStringList discovered(const Place& place) const;

    RegistryProcess m_registry;
    std::shared_ptr<HttpClient> m_http = std::make_shared<HttpClient>();
};

namespace {

Result<Digest> pushReferrer(const std::shared_ptr<Repository>& to, const Descriptor& subject,
                            const QByteArray& text)
{
    const QByteArray empty("{}");
    Descriptor config = blobOf(empty);
    config.mediaType = MediaType::OciEmpty;
    const QJsonObject document{{"schemaVersion"_L1, 2},
                               {"mediaType"_L1, MediaType::OciManifest},
                               {"artifactType"_L1, "application/spdx+json"_L1},
                               {"config"_L1, config.toJson()},
                               {"layers"_L1, QJsonArray{blobOf(text).toJson()}},
                               {"subject"_L1, subject.toJson()}};
    ManifestContent manifest;
    manifest.bytes = QJsonDocument(document).toJson(QJsonDocument::Compact);
    manifest.descriptor = blobOf(manifest.bytes);
    manifest.descriptor.mediaType = MediaType::OciManifest;
    for (const QByteArray& bytes : {empty, text}) {
        if (auto pushed = pushBytes(to, bytes); !pushed)
            return std::unexpected(pushed.error());
    }
    if (auto pushed = QCoro::waitFor(to->pushManifest(manifest, {}, Go)); !pushed)
        return std::unexpected(pushed.error());
    return manifest.descriptor.digest;
}

} // namespace

std::optional<QList<Digest>> TestRegistryReferrerRemoval::Place::listed() const
{
    const auto entries = QCoro::waitFor(repository->referrers(subject(), Go));
    if (!entries)
        return std::nullopt;
    QList<Digest> digests;
    for (const Descriptor& entry : *entries)
        digests.append(entry.digest);
    return digests;
}

Result<TestRegistryReferrerRemoval::Place> TestRegistryReferrerRemoval::place(const QString& path,
                                                                              int count) const
{
    Place made{anonymousClient(m_http, m_registry.host())->repository(path), randomImage(31), {}};
    if (auto pushed = pushImage(made.repository, made.image, {u"v1"_s}); !pushed)
        return std::unexpected(pushed.error());
    for (int i = 0; i < count; ++i) {
        auto referrer = pushReferrer(made.repository, made.image.target, "SBOM " + QByteArray::number(i));
        if (!referrer)
            return std::unexpected(referrer.error());
        made.referrers.append(*referrer);
    }
    return made;
}

QStringList TestRegistryReferrerRemoval::discovered(const Place& place) const
{
    QProcess oras;
    oras.start(u"oras"_s,
               {u"discover"_s, u"--plain-http"_s, u"--format"_s, u"json"_s,
                m_registry.host() + u'/' + place.repository->path() + u":v1"_s});
    if (!oras.waitForFinished(60'000) || oras.exitCode() != 0)
        return {QString::fromUtf8(oras.readAllStandardError())};
    const QJsonObject answer = QJsonDocument::fromJson(oras.readAllStandardOutput()).object();
    const QJsonArray entries =
        (answer.contains("manifests"_L1) ? answer[u"manifests"] : answer[u"referrers"]).toArray();
    QStringList digests;
    for (const QJsonValue& entry : entries)
        digests.append(entry[u"digest"].toString());
    return digests;
}

void TestRegistryReferrerRemoval::initTestCase()
{
    QVERIFY(m_registry.start());
}

void TestRegistryReferrerRemoval::removedReferrersLeaveTheList()
{
    const auto place = this->place(u"signed/ui"_s, 2);
    VERIFY_RESULT(place);
    QCOMPARE(place->listed(), place->referrers);

    VERIFY_RESULT(place->remove(place->referrers.first()));
    QCOMPARE(place->listed(), QList<Digest>{place->referrers.last()});
    QCOMPARE(discovered(*place), QStringList{place->referrers.last().toString()});
    COMPARE_ERROR(place->find(place->referrers.first().toString()), Error::Code::NotFound);

    // The last takes the list itself along, so that no tag is left of it.
    VERIFY_RESULT(place->remove(place->referrers.last()));
    QCOMPARE(place->listed(), QList<Digest>());
    COMPARE_ERROR(place->find(place->listTag()), Error::Code::NotFound);
    const auto tags = QCoro::waitFor(place->repository->allTags(Go));
    VERIFY_RESULT(tags);
    QCOMPARE(*tags, QStringList{u"v1"_s});
    QCOMPARE(discovered(*place), QStringList());
    VERIFY_RESULT(place->find(u"v1"_s));

    // And it begins anew with the next.
    const auto again = pushReferrer(place->repository, place->image.target, "another SBOM");
    VERIFY_RESULT(again);
    QCOMPARE(place->listed(), QList<Digest>{*again});
}

void TestRegistryReferrerRemoval::whatWasRemovedBehindTheListsBackIsNoHindrance()
{
    const auto place = this->place(u"careless/ui"_s, 3);
    VERIFY_RESULT(place);
    QProcess skopeo;
    skopeo.start(u"skopeo"_s,
                 {u"delete"_s, u"--tls-verify=false"_s,
                  u"docker://%1/careless/ui@%2"_s.arg(m_registry.host(), place->referrers[1].toString())});
    QVERIFY(skopeo.waitForFinished(60'000));
    QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
    VERIFY_RESULT(place->remove(place->referrers[0]));
    QCOMPARE(place->listed(), QList<Digest>{place->referrers[2]});
}

void TestRegistryReferrerRemoval::removedImageTakesNoListAlong()
{
    const auto place = this->place(u"kept/ui"_s, 1);
    VERIFY_RESULT(place);
    VERIFY_RESULT(place->remove(place->subject()));
    COMPARE_ERROR(place->find(u"v1"_s), Error::Code::NotFound);
    QCOMPARE(place->listed(), place->referrers); // pushed again, the image has them still
}

QTEST_GUILESS_MAIN(TestRegistryReferrerRemoval)
#include "tst_registryreferrerremoval.moc"
