// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/storeplaces.h"
#include "support/uploadsregistry/uploadsregistry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr int Cuts = 300;
constexpr int Images = 3;
constexpr qint64 LayerSize = 20'000'000;
constexpr int Layers = 8;
//! So much of a body passes between two cuts, on average. With the images above there are bytes enough for
//! all cuts.
constexpr qint64 Distance = 700'000;
//! Of a hundred requests so many are cut in the reply's head, or before it. An upload passes whole then.
constexpr int InHeads = 5;

QString nameOf(int number)
{
    return u"docker.io/library/cut-%1:v1"_s.arg(number);
}

QString repositoryOf(int number)
{
    return u"gallery/cut-%1"_s.arg(number);
}

} // namespace

/*!
 * \brief A line that breaks three hundred times, each way: every job ends well, and hardly a byte goes twice.
 *
 * Cuts fall on bodies in the middle, on replies before their first byte (the server has done its work, and
 * nobody hears of it) and within their heads, for every kind of request. What is counted is what passed the
 * line and arrived.
 */
class tst_Cuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        RandomImageOptions options;
        options.layerSizes = QList<qint64>(Layers, LayerSize);
        options.compression = {RandomImageOptions::Compression::None};
        options.isCompressible = false;
        for (int i = 0; i < Images; ++i) {
            const RandomImage image = randomImage(static_cast<quint64>(900 + i), options);
            m_targets.append(image.target);
            m_size = std::accumulate(
                image.blobs.cbegin(), image.blobs.cend(), m_size,
                [](qint64 sum, const RandomBlob& blob) { return sum + blob.descriptor.size; });
            image.writeLayout(m_folder->filePath(u"images"_s), {nameOf(i)});
        }
        m_store = openStore(m_folder->filePath(u"images"_s));
    }

    void cleanupTestCase() { m_store.reset(); }

    void pushesGetThrough()
    {
        UploadsRegistry registry;
        QVERIFY(registry.start());
        SabotageProxy proxy(registry.port());
        QVERIFY(proxy.start());
        proxy.cutAtRandom({.seed = 11,
                           .count = Cuts,
                           .action = Sabotage::Action::CutRequest,
                           .distance = Distance,
                           .inHeads = InHeads});
        const Remote direct(registry.host());
        const Remote remote(proxy.host());
        QElapsedTimer time;
        time.start();
        for (int i = 0; i < Images; ++i)
            VERIFY_RESULT(
                copy(sourceOf(m_store->reader(), nameOf(i)), remote.destination(repositoryOf(i), {u"v1"_s})));
        report("pushed", registry.bytesReceived(), time.elapsed(), proxy);
        QCOMPARE(proxy.struck(), Cuts);
        QVERIFY(isSparing(registry.bytesReceived()));
        for (int i = 0; i < Images; ++i) {
            QCOMPARE(direct.resolve(repositoryOf(i), u"v1"_s)->digest, m_targets.at(i).digest);
            QCOMPARE(checkImage(direct.repository(repositoryOf(i)), u"v1"_s), QStringList());
        }
    }

    void pullsGetThrough()
    {
        RegistryProcess registry;
        QVERIFY(registry.start());
        SabotageProxy proxy(registry.port());
        QVERIFY(proxy.start());
        const Remote direct(registry.host());
        for (int i = 0; i < Images; ++i)
            VERIFY_RESULT(
                copy(sourceOf(m_store->reader(), nameOf(i)), direct.destination(repositoryOf(i), {u"v1"_s})));
        proxy.cutAtRandom({.seed = 12, .count = Cuts, .distance = Distance, .inHeads = InHeads});
        const Remote remote(proxy.host());
        const auto store = openStore(m_folder->filePath(u"pulled"_s));
        QElapsedTimer time;
        time.start();
        for (int i = 0; i < Images; ++i)
            VERIFY_RESULT(copy(remote.source(repositoryOf(i), u"v1"_s), destinationOf(store, {nameOf(i)})));
        const QList<ProxiedRequest> requests = proxy.requests();
        const qint64 passed = std::accumulate(
            requests.cbegin(), requests.cend(), qint64(0), [](qint64 sum, const auto& request) {
                return sum + (request.path().contains("/blobs/") ? request.replyBytes : 0);
            });
        report("pulled", passed, time.elapsed(), proxy);
        QCOMPARE(proxy.struck(), Cuts);
        QVERIFY(isSparing(passed));
        for (int i = 0; i < Images; ++i) {
            QCOMPARE(store->resolve(nameOf(i))->digest, m_targets.at(i).digest);
            QCOMPARE(checkLayout(store->directory(), m_targets.at(i).digest), QStringList());
        }
        QCOMPARE(leftovers(store), QStringList());
    }

private:
    static Result<CopyReport> copy(const CopySource& source, const CopyDestination& destination)
    {
        // As patient as jobs are, only that nothing is waited for.
        CopyOptions options = quickOptions();
        RetryPolicy policy = *options.retry;
        policy.patience = options.patience;
        options.retry = std::make_shared<const RetryPolicy>(policy);
        return QCoro::waitFor(
            planAndCopy(source, destination, options, std::make_shared<NotingObserver>(), {}));
    }

    [[nodiscard]] bool isSparing(qint64 bytes) const
    {
        return bytes >= m_size && bytes <= m_size + m_size / 20;
    }

    void report(const char* what, qint64 bytes, qint64 milliseconds, const SabotageProxy& proxy) const
    {
        qInfo("%s %lld MB by %lld MB over %d cuts and %lld requests in %.1f s: %.2f %% twice", what,
              m_size / 1'000'000, bytes / 1'000'000, proxy.struck(), qint64(proxy.requests().size()),
              static_cast<double>(milliseconds) / 1000,
              100.0 * static_cast<double>(bytes - m_size) / static_cast<double>(m_size));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    QList<Descriptor> m_targets;
    qint64 m_size = 0;
};

QTEST_GUILESS_MAIN(tst_Cuts)
#include "tst_cuts.moc"
