// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judges.h"
#include "support/randomimage/checkimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <array>
#include <random>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;
using namespace Tagboat::Testing;

namespace {

constexpr int StepsOfEach = 500;

//! Images that share layers, among them some of several platforms.
RandomImage picture(quint64 seed, quint64 number)
{
    RandomImageOptions options;
    options.layerSizes = {4000, 3000, 2000};
    options.sharedLayers = int(number % 3);
    options.sharedSeed = seed + number % 2;
    if (number % 5 == 0) {
        for (const QString& name : {u"linux/amd64"_s, u"linux/arm64"_s})
            options.platforms.append(Platform::parse(name).value());
    }
    return randomImage(seed * 100 + number, options);
}

QSet<Digest> blobsIn(const QString& layout)
{
    QSet<Digest> digests;
    QDirIterator files(layout + u"/blobs"_s, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QFileInfo file = files.nextFileInfo();
        digests.insert(
            Digest::parse(QString(file.dir().dirName() + u':' + file.fileName())).value_or(Digest()));
    }
    return digests;
}

//! Everything a document leads to, read from the files by nothing of the store.
void collect(const QString& layout, const QJsonObject& descriptor, QSet<Digest>& digests)
{
    const Digest digest = Digest::parse(descriptor["digest"_L1].toString()).value_or(Digest());
    digests.insert(digest);
    if (!descriptor["mediaType"_L1].toString().contains(QRegularExpression(u"manifest|index"_s)))
        return;
    QFile file(layout + u"/blobs/sha256/"_s + digest.hex());
    if (!file.open(QIODevice::ReadOnly))
        return; // checkImage() is going to say so
    const QJsonObject document = QJsonDocument::fromJson(file.readAll()).object();
    QJsonArray below = document["manifests"_L1].toArray();
    for (const QJsonValue& layer : document["layers"_L1].toArray())
        below.append(layer);
    if (document.contains("config"_L1))
        below.append(document["config"_L1]);
    for (const QJsonValue& value : std::as_const(below))
        collect(layout, value.toObject(), digests);
}

} // namespace

//! A thousand random operations from two processes at once, and then every judge there is.
class TestTwoLives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_registry.start()); }

    void everyImageStaysWholeAndNoBlobIsLost()
    {
        const quint64 seed = qEnvironmentVariableIsSet("TAGBOAT_SEED")
            ? qEnvironmentVariable("TAGBOAT_SEED").toULongLong()
            : std::random_device()();
        qInfo("TAGBOAT_SEED=%llu", seed);
        const QTemporaryDir folder;
        const QString images = folder.filePath(u"images"_s);
        const QString archives = folder.filePath(u"archives"_s);
        VERIFY_RESULT(provide(archives, seed % 10'000));

        std::array<QProcess, 2> agents;
        for (size_t i = 0; i < agents.size(); ++i) {
            agents[i].setProcessChannelMode(QProcess::ForwardedErrorChannel);
            agents[i].start(QCoreApplication::applicationDirPath() + u"/lifeagent"_s,
                            {images, m_registry.host(), archives, QString::number(seed + i),
                             QString::number(StepsOfEach)});
        }
        VERIFY_RESULT(watch(images, agents));
        for (QProcess& agent : agents) {
            const QByteArray said = agent.readAllStandardOutput();
            qInfo("%s", said.constData());
            QVERIFY2(agent.exitCode() == 0 && said.endsWith("ok\n"), said.constData());
        }
        judgeAll(images);
    }

private:
    //! Fills the registry, and makes archives of other images: of both formats.
    [[nodiscard]] Result<void> provide(const QString& archives, quint64 seed)
    {
        const QTemporaryDir folder;
        QByteArray pulls;
        QDir().mkpath(archives);
        for (quint64 number = 0; number < 10; ++number) {
            const RandomImage image = picture(seed, number);
            const QString layout = folder.filePath(u"layout%1"_s.arg(number));
            image.writeLayout(layout, {u"it"_s});
            const QString from = u"oci:"_s + layout + u":it"_s;
            QString to = u"docker://%1/life/%2:v%3"_s.arg(m_registry.host()).arg(number % 3).arg(number);
            if (number >= 7)
                to = u"oci-archive:%1/oci%2.tar:it"_s.arg(archives).arg(number);
            if (number == 9)
                to = u"docker-archive:%1/docker.tar:registry.example:5000/life/saved:1"_s.arg(archives);
            else if (number < 7)
                pulls += u"life/%1 v%2\n"_s.arg(number % 3).arg(number).toUtf8();
            auto copied = judge(u"skopeo"_s, {u"copy"_s, u"--all"_s, u"--dest-tls-verify=false"_s, from, to});
            if (!copied)
                return std::unexpected(std::move(copied.error()));
        }
        QFile list(archives + u"/pulls"_s);
        if (!list.open(QIODevice::WriteOnly) || list.write(pulls) != pulls.size())
            return fail(Error::Code::Io, list.fileName(), u"cannot write"_s);
        return {};
    }

    //! While they live: at no moment is there a name without its whole image.
    [[nodiscard]] static Result<void> watch(const QString& images, std::array<QProcess, 2>& agents)
    {
        const auto isAnyAlive = [&] {
            for (QProcess& agent : agents)
                agent.waitForFinished(20);
            const auto isAlive = [](const QProcess& agent) { return agent.state() != QProcess::NotRunning; };
            return std::ranges::any_of(agents, isAlive);
        };
        std::shared_ptr<ImageStore> store;
        int looks = 0;
        while (isAnyAlive()) {
            if (!store) {
                auto opened = ImageStore::open(images);
                if (!opened)
                    return std::unexpected(std::move(opened.error()));
                store = *opened;
            }
            const auto snapshot = store->snapshot();
            if (!snapshot)
                return std::unexpected(snapshot.error());
            if (!snapshot->warnings.isEmpty())
                return fail(Error::Code::Corrupt, images, snapshot->warnings.join(u'\n'));
            for (const StoredImage& image : snapshot->images) {
                for (const StoredPlatform& platform : image.platforms) {
                    if (!platform.isPresent)
                        return fail(Error::Code::Corrupt, image.names.join(u' '),
                                    u"blobs of it are missing: "_s + image.target.digest.toString());
                }
            }
            ++looks;
        }
        return looks > 10 ? Result<void>() : fail(Error::Code::Internal, images, u"was hardly looked at"_s);
    }

    static void judgeAll(const QString& images)
    {
        const auto store = ImageStore::open(images);
        VERIFY_RESULT(store);
        // What the two have left over by the way, no matter how young: then nothing is there for nobody.
        VERIFY_RESULT((*store)->collectGarbage(false, true, 0s, true));
        const auto snapshot = (*store)->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QCOMPARE(snapshot->usage.reclaimable, 0);
        QCOMPARE(snapshot->usage.unfinished, 0);
        QCOMPARE(snapshot->usage.total, snapshot->usage.unique + snapshot->usage.shared);
        QCOMPARE(QDir(images + u"/ingest"_s).entryList(QDir::Files | QDir::Hidden), QStringList());

        QFile index(images + u"/index.json"_s);
        QVERIFY(index.open(QIODevice::ReadOnly));
        QSet<Digest> needed;
        const QJsonArray entries =
            QJsonDocument::fromJson(index.readAll()).object().value("manifests"_L1).toArray();
        for (const QJsonValue& entry : entries)
            collect(images, entry.toObject(), needed);
        QCOMPARE(blobsIn(images), needed); // none orphaned, none missing

        const QTemporaryDir copies;
        int names = 0;
        for (const StoredImage& image : snapshot->images) {
            for (const QString& name : image.names) {
                QCOMPARE(checkImage((*store)->reader(), name), QStringList());
                VERIFY_RESULT(
                    judge(u"skopeo"_s,
                          {u"copy"_s, u"--all"_s, u"--preserve-digests"_s, u"oci:"_s + images + u':' + name,
                           u"dir:"_s + copies.filePath(QString::number(++names))}));
            }
        }
        qInfo("%d names of %lld images", names, qint64(snapshot->images.size()));
    }

    RegistryProcess m_registry;
};

QTEST_GUILESS_MAIN(TestTwoLives)
#include "tst_twolives.moc"
