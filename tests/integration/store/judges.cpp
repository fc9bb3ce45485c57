// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judges.h"

using namespace Qt::StringLiterals;

namespace Tagboat::StoreTest {

Result<QByteArray> judge(const QString& program, const QStringList& arguments)
{
    const QString line = program + u' ' + arguments.join(u' ');
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished(120'000))
        return fail(Error::Code::Io, line, process.errorString());
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return fail(Error::Code::Io, line, QString::fromUtf8(process.readAllStandardError()));
    return process.readAllStandardOutput();
}

Result<void> store(const std::shared_ptr<ImageStore>& into, const Testing::RandomImage& image,
                   const QStringList& names)
{
    const auto writer = into->writer();
    for (const Testing::RandomBlob& blob : image.blobs) {
        auto pushed = QCoro::waitFor(writer->pushBlob(blob.descriptor, blob.factory(), {}, {}));
        if (!pushed)
            return pushed;
    }
    for (const ManifestContent& manifest : image.manifests) {
        auto pushed = QCoro::waitFor(writer->pushManifest(manifest, {}, {}));
        if (!pushed)
            return pushed;
    }
    return QCoro::waitFor(writer->pushManifest(image.root(), names, {}));
}

} // namespace Tagboat::StoreTest
