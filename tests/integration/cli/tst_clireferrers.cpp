// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Signatures and SBOMs that come along, between registries that keep no list of referrers
//! (distribution 2.8); made and found by oras.
class TestCliReferrers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void attachedFilesArePulledPushedAndDiscovered();
    void withoutTheOptionTheyStayBehind();
    void whatIsInTheStoreAlreadyGoesAlongToo();

private:
    struct Reply
    {
        bool isGood = false;
        QByteArray out;
    };
    [[nodiscard]] Reply oras(const QStringList& arguments) const;
    [[nodiscard]] Reply attach(const QString& to, const QString& file, const QString& type) const;
    //! What oras finds, by artifact type → digest.
    [[nodiscard]] QMap<QString, QString> discovered(const QString& reference) const;

    RegistryProcess m_from;
    RegistryProcess m_to;
    QTemporaryDir m_files;
    RandomImage m_image = randomImage(57);
    QString m_source;
    QString m_sbom; //!< digest
};

TestCliReferrers::Reply TestCliReferrers::oras(const QStringList& arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_files.path()); // oras wants relative paths
    process.start(u"oras"_s, arguments);
    const bool isOver = process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit;
    Reply reply{isOver && process.exitCode() == 0, process.readAllStandardOutput()};
    if (!reply.isGood)
        qWarning("%s", process.readAllStandardError().constData());
    return reply;
}

TestCliReferrers::Reply TestCliReferrers::attach(const QString& to, const QString& file,
                                                 const QString& type) const
{
    QFile content(m_files.filePath(file));
    if (!content.open(QFile::WriteOnly) || content.write(file.toUtf8()) < 0)
        return {};
    content.close();
    return oras(
        {u"attach"_s, u"--plain-http"_s, u"--format"_s, u"json"_s, u"--artifact-type"_s, type, to, file});
}

QMap<QString, QString> TestCliReferrers::discovered(const QString& reference) const
{
    QMap<QString, QString> found;
    const Reply reply = oras({u"discover"_s, u"--plain-http"_s, u"--format"_s, u"json"_s, reference});
    const QJsonObject answer = QJsonDocument::fromJson(reply.out).object();
    const QJsonArray entries =
        (answer.contains("manifests"_L1) ? answer[u"manifests"] : answer[u"referrers"]).toArray();
    for (const QJsonValue& entry : entries)
        found.insert(entry[u"artifactType"].toString(), entry[u"digest"].toString());
    return found;
}

void TestCliReferrers::initTestCase()
{
    QVERIFY(m_from.start());
    QVERIFY(m_to.start());
    m_source = m_from.host() + u"/signed/ui:v1"_s;
    const QString folder = m_files.filePath(u"layout"_s);
    m_image.writeLayout(folder, {u"v1"_s});
    QVERIFY(oras({u"cp"_s, u"--from-oci-layout"_s, u"--to-plain-http"_s, u"layout:v1"_s, m_source}).isGood);
    const Reply sbom = attach(m_source, u"sbom.json"_s, u"application/spdx+json"_s);
    QVERIFY(sbom.isGood);
    m_sbom = QJsonDocument::fromJson(sbom.out)[u"digest"].toString();
    QVERIFY(!m_sbom.isEmpty());
    QVERIFY(attach(m_source, u"image.sig"_s, u"application/vnd.cncf.notary.signature"_s).isGood);
    QVERIFY(attach(m_from.host() + u"/signed/ui@"_s + m_sbom, u"sbom.sig"_s,
                   u"application/vnd.cncf.notary.signature"_s)
                .isGood);
    QCOMPARE(discovered(m_source).size(), 2);
}

void TestCliReferrers::attachedFilesArePulledPushedAndDiscovered()
{
    const CliProcess cli;
    const CliRun listed = cli.run({u"--json"_s, u"referrers"_s, m_source});
    COMPARE_EXIT(listed, 0);
    QCOMPARE(listed.last().value("referrers"_L1).toArray().size(), 2);
    const CliRun text = cli.run({u"referrers"_s, m_source});
    COMPARE_EXIT(text, 0);
    QVERIFY2(text.out.contains(m_sbom.toLatin1()) && text.out.contains("application/spdx+json"),
             text.all().constData());

    COMPARE_EXIT(cli.run({u"pull"_s, u"--referrers"_s, m_source}), 0);
    const QString target = m_to.host() + u"/copied/ui:v1"_s;
    const CliRun plan = cli.run({u"--json"_s, u"push"_s, u"--referrers"_s, u"--plan"_s, m_source, target});
    COMPARE_EXIT(plan, 0);
    const QJsonObject planned = plan.last().value("plans"_L1)[0].toObject();
    QCOMPARE(planned.value("referrers"_L1).toArray().size(), 3);
    QCOMPARE(planned.value("platforms"_L1).toArray().size(), 1);
    QCOMPARE(planned.value("id"_L1).toString(), m_image.id().toString());

    const CliRun pushed = cli.run({u"--json"_s, u"push"_s, u"--referrers"_s, m_source, target});
    COMPARE_EXIT(pushed, 0);
    QCOMPARE(pushed.last().value("jobs"_L1)[0][u"digest"].toString(), m_image.target.digest.toString());
    QCOMPARE(discovered(target), discovered(m_source));
    const QString sbom = u"@"_s + m_sbom;
    const auto ofSbom = discovered(m_to.host() + u"/copied/ui"_s + sbom);
    QCOMPARE(ofSbom.size(), 1);
    QCOMPARE(ofSbom, discovered(m_from.host() + u"/signed/ui"_s + sbom));
    QVERIFY(oras({u"pull"_s, u"--plain-http"_s, m_to.host() + u"/copied/ui"_s + sbom}).isGood);

    // Entries of others stay where the image is pushed again.
    QVERIFY(attach(target, u"more.txt"_s, u"text/x.more"_s).isGood);
    COMPARE_EXIT(cli.run({u"push"_s, u"--referrers"_s, m_source, target}), 0);
    QCOMPARE(discovered(target).size(), 3);
}

void TestCliReferrers::withoutTheOptionTheyStayBehind()
{
    const CliProcess cli;
    COMPARE_EXIT(cli.run({u"pull"_s, m_source}), 0);
    const QString target = m_to.host() + u"/plain/ui:v1"_s;
    COMPARE_EXIT(cli.run({u"push"_s, u"--referrers"_s, m_source, target}), 0); // the store has none
    QVERIFY(discovered(target).isEmpty());
}

void TestCliReferrers::whatIsInTheStoreAlreadyGoesAlongToo()
{
    const CliProcess cli;
    const QString target = m_to.host() + u"/later/ui:v1"_s;
    COMPARE_EXIT(cli.run({u"pull"_s, m_source}), 0);
    COMPARE_EXIT(cli.run({u"push"_s, m_source, target}), 0);
    // Removed behind the back of the list: the registry takes no index that still names it.
    const Reply other = attach(target, u"other.txt"_s, u"text/x.other"_s);
    QVERIFY(other.isGood);
    const QString gone = QJsonDocument::fromJson(other.out)[u"digest"].toString();
    QProcess skopeo;
    skopeo.start(
        u"skopeo"_s,
        {u"delete"_s, u"--tls-verify=false"_s, u"docker://"_s + m_to.host() + u"/later/ui@"_s + gone});
    QVERIFY(skopeo.waitForFinished(60'000));
    QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
    // The image is in both places by now: only what refers to it is missing.
    COMPARE_EXIT(cli.run({u"pull"_s, u"--referrers"_s, m_source}), 0);
    COMPARE_EXIT(cli.run({u"push"_s, u"--referrers"_s, m_source, target}), 0);
    QCOMPARE(discovered(target), discovered(m_source));
}

QTEST_GUILESS_MAIN(TestCliReferrers)
#include "tst_clireferrers.moc"
