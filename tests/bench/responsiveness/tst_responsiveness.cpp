// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/verify.h"
#include "oci/mediatype.h"
#include "support/registryprocess/registryprocess.h"
#include "support/timedapplication.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "workbench/workbench.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Testing::TimedApplication;

namespace {

constexpr qint64 LayerSize = 4'000'000'000;
constexpr std::chrono::milliseconds MostPerEvent{100};

//! So many bytes that no compression takes away, made on the way.
class RandomSource : public ByteSource
{
public:
    explicit RandomSource(qint64 size) : m_left(size) { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token) override
    {
        QByteArray piece(qMin(qMin(m_left, maxSize), PieceSize), Qt::Uninitialized);
        auto* words = reinterpret_cast<quint32*>(piece.data());
        m_random.fillRange(words, piece.size() / qsizetype(sizeof(quint32)));
        m_left -= piece.size();
        return answer(std::move(piece));
    }
    [[nodiscard]] qint64 size() const override { return m_left; }

private:
    static Task<Result<QByteArray>> answer(QByteArray piece)
    {
        co_return Result<QByteArray>(std::move(piece));
    }

    qint64 m_left;
    QRandomGenerator m_random{20260512};
};

//! An image of one layer in the store at \a directory.
Result<Descriptor> makeImage(const QString& directory, const QString& name)
{
    auto store = ImageStore::open(directory);
    if (!store)
        return std::unexpected(store.error());
    const auto writer = (*store)->writer();
    auto layer = QCoro::waitFor(writer->pushStream(
        StreamedBlob::once(MediaType::OciLayer, std::make_shared<RandomSource>(LayerSize)), {}, {}));
    if (!layer)
        return layer;
    const QJsonObject rootfs{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, QJsonArray{layer->digest.toString()}}};
    const QJsonObject config{{u"os"_s, u"linux"_s}, {u"architecture"_s, u"amd64"_s}, {u"rootfs"_s, rootfs}};
    const QByteArray configBytes = QJsonDocument(config).toJson(QJsonDocument::Compact);
    auto configBlob = QCoro::waitFor(
        writer->pushStream(StreamedBlob::once(MediaType::OciConfig, memorySource(configBytes)), {}, {}));
    if (!configBlob)
        return configBlob;
    const QJsonObject manifest{{u"schemaVersion"_s, 2},
                               {u"mediaType"_s, QString(MediaType::OciManifest)},
                               {u"config"_s, configBlob->toJson()},
                               {u"layers"_s, QJsonArray{layer->toJson()}}};
    ManifestContent content;
    content.bytes = QJsonDocument(manifest).toJson(QJsonDocument::Compact);
    content.descriptor.mediaType = MediaType::OciManifest;
    content.descriptor.digest = Digest::ofBytes(content.bytes);
    content.descriptor.size = content.bytes.size();
    const auto pushed = QCoro::waitFor(writer->pushManifest(content, {name}, {}));
    return pushed ? Result<Descriptor>(content.descriptor) : std::unexpected(pushed.error());
}

} // namespace

class TestResponsiveness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noEventHoldsTheWindowUpWhileALargeLayerTravels()
    {
        auto& app = *static_cast<TimedApplication*>(qApp);
        QTemporaryDir folder;
        RegistryProcess registry;
        QVERIFY(registry.start());
        const SessionPaths paths{folder.filePath(u"data"_s), folder.filePath(u"config"_s)};
        const QString name = u"docker.io/library/large:v1"_s;
        const auto made = makeImage(paths.dataDirectory + u"/images"_s, name);
        QVERIFY2(made, made ? "" : qPrintable(made.error().toString()));

        UiSettings settings(paths.configDirectory);
        Theme theme;
        Language language;
        Workbench workbench(paths);
        MainWindow window(workbench, settings, theme, language, paths.dataDirectory);
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.showPlace(SidebarModel::Place::Transfers);

        QSignalSpy finished(&workbench, &Workbench::jobFinished);
        QSignalSpy changed(&workbench, &Workbench::jobChanged);
        const auto remote = Reference::parse(QString(registry.host() + u"/large:v1"_s));
        QVERIFY(remote);
        PushRequest push;
        push.image = name;
        push.destination = *remote;
        app.reset();
        workbench.push(push);
        QVERIFY(finished.wait(600'000));
        QVERIFY(finished.takeFirst().first().value<JobSnapshot>().state == JobState::Done);
        report("push", app, changed.size());
        QVERIFY2(app.longest < std::chrono::nanoseconds(MostPerEvent).count(), app.longestEvent.constData());

        // The same layer comes back into a folder of its own, so that it has to travel.
        changed.clear();
        PullRequest pull;
        pull.source = *remote;
        pull.allPlatforms = true;
        pull.storeDirectory = folder.filePath(u"other"_s);
        app.reset();
        workbench.pull(pull);
        QVERIFY(finished.wait(600'000));
        const auto pulled = finished.takeFirst().first().value<JobSnapshot>();
        QVERIFY(pulled.state == JobState::Done);
        QCOMPARE(pulled.rootDigest, made->digest);
        report("pull", app, changed.size());
        QVERIFY2(app.longest < std::chrono::nanoseconds(MostPerEvent).count(), app.longestEvent.constData());
        window.quitNow();
    }

private:
    static void report(const char* what, const TimedApplication& app, qsizetype snapshots)
    {
        qInfo("%s of %lld MB: longest of %lld events %.1f ms (%s), %lld snapshots", what,
              LayerSize / 1'000'000, app.events, double(app.longest) / 1e6, app.longestEvent.constData(),
              qint64(snapshots));
        QVERIFY2(snapshots > 3, "the window was told of progress");
    }
};

int main(int argc, char* argv[])
{
    TimedApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestResponsiveness test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_responsiveness.moc"
