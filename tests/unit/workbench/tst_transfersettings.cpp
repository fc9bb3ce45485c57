// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/transfersettings.h"

#include "support/resulttest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class TestTransferSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void withoutAFileThereIsNoLimit()
    {
        QCOMPARE(settings().bytesPerSecond(), 0);
        QCOMPARE(settings().registryBytesPerSecond(u"docker.io"_s), 0);
        QVERIFY(settings().registryRates().isEmpty());
    }

    void eachRegistryHasItsOwn()
    {
        settings().setBytesPerSecond(9'000'000);
        settings().setRegistryBytesPerSecond(u"docker.io"_s, 512'000);
        settings().setRegistryBytesPerSecond(u"[::1]:5000"_s, 5'000'000'000);
        QCOMPARE(settings().bytesPerSecond(), 9'000'000);
        QCOMPARE(settings().registryBytesPerSecond(u"docker.io"_s), 512'000);
        QCOMPARE(settings().registryBytesPerSecond(u"[::1]:5000"_s), 5'000'000'000);
        QCOMPARE(settings().registryBytesPerSecond(u"ghcr.io"_s), 0);
        const QHash<QString, qint64> rates{{u"docker.io"_s, 512'000}, {u"[::1]:5000"_s, 5'000'000'000}};
        QCOMPARE(settings().registryRates(), rates);

        settings().setRegistryBytesPerSecond(u"docker.io"_s, 0);
        QCOMPARE(settings().registryBytesPerSecond(u"docker.io"_s), 0);
        QCOMPARE(settings().registryRates().keys(), QStringList{u"[::1]:5000"_s});
        QCOMPARE(settings().bytesPerSecond(), 9'000'000);
    }

    void nonsenseIsNoLimit()
    {
        QFile file(m_folder->filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[transfers]\nbytesPerSecond=fast\nregistries\\docker.io\\bytesPerSecond=-3\n"
                   "registries\\ghcr.io\\other=1\n");
        file.close();
        QCOMPARE(settings().bytesPerSecond(), 0);
        QCOMPARE(settings().registryBytesPerSecond(u"docker.io"_s), 0);
        QVERIFY(settings().registryRates().isEmpty());
    }

    void noCompressionIsChosenAtFirst()
    {
        const auto compression = settings().compression();
        VERIFY_RESULT(compression);
        QVERIFY(!compression->has_value());
    }

    void aChosenCompressionIsKept()
    {
        settings().setCompression(LayerCompression::parse(u"zstd:7"_s).value());
        settings().setBytesPerSecond(1000);
        const auto compression = settings().compression();
        VERIFY_RESULT(compression);
        QCOMPARE((*compression)->toString(), u"zstd:7"_s);
        settings().setCompression(std::nullopt);
        QVERIFY(!settings().compression()->has_value());
        QCOMPARE(settings().bytesPerSecond(), 1000);
    }

    void aCompressionThatIsNoneNamesTheFile()
    {
        QFile file(m_folder->filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[transfers]\ncompression=brotli:11\n");
        file.close();
        const auto compression = settings().compression();
        COMPARE_ERROR(compression, Error::Code::InvalidInput);
        QCOMPARE(compression.error().subject, file.fileName());
        QVERIFY(compression.error().message.contains(u"brotli:11"_s));
    }

private:
    [[nodiscard]] TransferSettings settings() const { return TransferSettings(m_folder->path()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestTransferSettings)
#include "tst_transfersettings.moc"
