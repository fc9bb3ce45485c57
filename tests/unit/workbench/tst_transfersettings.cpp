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
    void nothingIsChosenAtFirst()
    {
        const QTemporaryDir folder;
        const TransferSettings settings(folder.path());
        QCOMPARE(settings.bytesPerSecond(), 0);
        const auto compression = settings.compression();
        VERIFY_RESULT(compression);
        QVERIFY(!compression->has_value());
    }

    void whatWasChosenIsKept()
    {
        const QTemporaryDir folder;
        TransferSettings(folder.path()).setCompression(LayerCompression::parse(u"zstd:7"_s).value());
        TransferSettings(folder.path()).setBytesPerSecond(1000);
        const auto compression = TransferSettings(folder.path()).compression();
        VERIFY_RESULT(compression);
        QCOMPARE((*compression)->toString(), u"zstd:7"_s);
        TransferSettings(folder.path()).setCompression(std::nullopt);
        QVERIFY(!TransferSettings(folder.path()).compression()->has_value());
        QCOMPARE(TransferSettings(folder.path()).bytesPerSecond(), 1000);
    }

    void nonsenseNamesTheFile()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[transfers]\ncompression=brotli:11\n");
        file.close();
        const auto compression = TransferSettings(folder.path()).compression();
        COMPARE_ERROR(compression, Error::Code::InvalidInput);
        QCOMPARE(compression.error().subject, file.fileName());
        QVERIFY(compression.error().message.contains(u"brotli:11"_s));
    }
};

QTEST_GUILESS_MAIN(TestTransferSettings)
#include "tst_transfersettings.moc"
