// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "clitest.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randombytes.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/sabotageproxy/sabotageproxy.h"

#include <csignal>
#include <numeric>

namespace Tagboat::Testing {

inline constexpr int Kills = 20;
//! So slow that a program which is starting does not have it all before anybody looks.
inline constexpr qint64 KillRate = 60'000'000;
//! What may have been under way at a kill: in kernels, and in pieces that were not written yet.
inline constexpr qint64 UnderWay = 4'000'000;

[[nodiscard]] inline qint64 mostAllowed(qint64 size)
{
    return size + size / 20 + Kills * UnderWay;
}

//! 300 MB in six layers, as a layout in a folder.
struct KillImage
{
    QTemporaryDir folder;
    Digest target;
    qint64 size = 0;

    explicit KillImage(quint64 seed)
    {
        RandomImageOptions options;
        options.layerSizes = QList<qint64>(6, 50'000'000);
        options.compression = {RandomImageOptions::Compression::None};
        options.isCompressible = false;
        const RandomImage image = randomImage(seed, options);
        image.writeLayout(folder.filePath(QStringLiteral("image")), {QStringLiteral("it")});
        target = image.target.digest;
        size = std::accumulate(image.blobs.cbegin(), image.blobs.cend(), size,
                               [](qint64 sum, const RandomBlob& blob) { return sum + blob.descriptor.size; });
    }

    [[nodiscard]] QString place() const
    {
        return QStringLiteral("oci:") + folder.filePath(QStringLiteral("image:it"));
    }
    [[nodiscard]] static QString at(const QString& host)
    {
        return QStringLiteral("docker://") + host + QStringLiteral("/kill/ui:v1");
    }
    [[nodiscard]] bool skopeoPush(const QString& host) const
    {
        return !runTool(QStringLiteral("skopeo"),
                        {QStringLiteral("copy"), QStringLiteral("--preserve-digests"),
                         QStringLiteral("--dest-tls-verify=false"), place(), at(host)})
                    .isEmpty();
    }
    //! skopeo gets every byte of it from there.
    [[nodiscard]] bool isWholeAt(const QString& host) const
    {
        const QString copy = folder.filePath(QStringLiteral("copy"));
        return !runTool(QStringLiteral("skopeo"),
                        {QStringLiteral("copy"), QStringLiteral("--preserve-digests"),
                         QStringLiteral("--src-tls-verify=false"), at(host),
                         QStringLiteral("oci:") + copy + QStringLiteral(":it")})
                    .isEmpty()
            && checkLayout(copy, target).isEmpty();
    }
    //! Brings it into the store of the command line.
    [[nodiscard]] bool store(const CliProcess& cli, const QString& name) const
    {
        const QString file = folder.filePath(QStringLiteral("image.tar"));
        const CliRun run = runTool(QStringLiteral("tar"),
                                   {QStringLiteral("-C"), folder.filePath(QStringLiteral("image")),
                                    QStringLiteral("-cf"), file, QStringLiteral(".")})
                               .isEmpty()
            ? CliRun()
            : cli.run({QStringLiteral("import"), QStringLiteral("--name"), name, file});
        if (run.exitCode != 0)
            qWarning("%s", run.all().constData());
        return run.exitCode == 0;
    }
};

//! Bytes of blobs that passed the line, either way.
[[nodiscard]] inline qint64 bytesPassed(const SabotageProxy& proxy)
{
    const QList<ProxiedRequest> requests = proxy.requests();
    return std::accumulate(
        requests.cbegin(), requests.cend(), qint64(0), [](qint64 sum, const ProxiedRequest& request) {
            return request.path().contains("/blobs/") ? sum + request.requestBytes + request.replyBytes : sum;
        });
}

//! Starts the program and kills it when \a after more bytes have passed.
[[nodiscard]] inline bool isKilled(const CliProcess& cli, const QStringList& arguments,
                                   const SabotageProxy& proxy, qint64 after)
{
    const qint64 before = bytesPassed(proxy);
    const CliRun run = cli.interrupt(arguments, SIGKILL,
                                     [&](const QByteArray&) { return bytesPassed(proxy) - before >= after; });
    if (run.exitCode >= 0)
        qWarning("ended before it was killed: %s", run.all().constData());
    return run.exitCode < 0;
}

inline void report(const char* what, qint64 size, qint64 passed)
{
    qInfo("%s of %lld MB killed %d times: %lld MB passed, %.2f %% twice", what, size / 1'000'000, Kills,
          passed / 1'000'000, 100.0 * static_cast<double>(passed - size) / static_cast<double>(size));
}

} // namespace Tagboat::Testing
