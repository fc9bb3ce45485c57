// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

#include "ui/compressionmenu.h"
#include "workbench/transfersettings.h"

#include <QActionGroup>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! What the Settings menu offers besides theme and language.
class TestSettingsMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCompressionThatIsChosenStaysChosen()
    {
        const QTemporaryDir home;
        {
            WindowFixture app(home.path());
            QVERIFY(app.show());
            const auto* menu = app.find<CompressionMenu>(u"menuCompression"_s);
            QVERIFY(menu->findChild<QAction*>(u"compressionDefault"_s)->isChecked());
            QVERIFY(!menu->findChild<QAction*>(u"compressionOther"_s)->isVisible());
            menu->findChild<QAction*>(u"compression_zstd_3"_s)->trigger();
            QCOMPARE(app.workbench().layerCompression()->toString(), u"zstd:3"_s);
        }
        WindowFixture app(home.path());
        QVERIFY(app.show());
        const auto* menu = app.find<CompressionMenu>(u"menuCompression"_s);
        QVERIFY(menu->findChild<QAction*>(u"compression_zstd_3"_s)->isChecked());
        menu->findChild<QAction*>(u"compressionDefault"_s)->trigger();
        QVERIFY(!app.workbench().layerCompression());
    }

    void whatWasSetByHandIsShown()
    {
        const QTemporaryDir home;
        WindowFixture app(home.path());
        QVERIFY(app.show());
        auto* menu = app.find<CompressionMenu>(u"menuCompression"_s);
        // While the window is open, by somebody else.
        TransferSettings(home.filePath(u"config"_s))
            .setCompression(LayerCompression::parse(u"zstd:7"_s).value());
        menu->popup(app.window().mapToGlobal(QPoint(0, 0)));
        const auto* other = menu->findChild<QAction*>(u"compressionOther"_s);
        QVERIFY(other->isVisible() && other->isChecked());
        QCOMPARE(other->text(), u"Other (zstd:7)"_s);
        menu->close();
        menu->findChild<QAction*>(u"compression_gzip_6"_s)->trigger();
        QCOMPARE(app.workbench().layerCompression()->toString(), u"gzip:6"_s);
        QVERIFY(!other->isChecked());
    }
};

QTEST_MAIN(TestSettingsMenu)
#include "tst_settingsmenu.moc"
