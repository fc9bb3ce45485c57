// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/importinto.h"

#include "savedimage.h"
#include "storefixture.h"
#include "support/resulttest.h"

#include <QCoro/QCoroTask>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::randomImage;

class TestImportInto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imagesWithoutANameAreListed()
    {
        StoreFixture fixture;
        const auto image = randomImage(61);
        QVERIFY(ociArchive({{image, {}}}).write(fixture.path(u"a.tar"_s)));
        VERIFY_RESULT(QCoro::waitFor(importInto(fixture.store, fixture.path(u"a.tar"_s), {}, {}, {})));
        const auto snapshot = fixture.store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->images.size(), 1);
        QCOMPARE(snapshot->images.first().target.digest, image.target.digest);
    }

    //! Another process may collect garbage at any time, and knows no grace for what it takes for abandoned.
    void noSweepComesBetweenAnImageAndItsListing()
    {
        constexpr int Images = 10;
        StoreFixture fixture;
        QStringList failures;
        for (int i = 0; i < Images; ++i) {
            const QString file = fixture.path(u"%1.tar"_s.arg(i));
            const auto image = randomImage(100 + quint64(i), {.layerSizes = {100}});
            if (!ociArchive({{image, {}}}).write(file))
                failures.append(u"cannot write "_s + file);
            std::atomic_bool isOver = false;
            std::thread sweeper([&] {
                while (!isOver && !fixture.store->hasBlob(image.target))
                    std::this_thread::yield();
                while (!isOver) {
                    if (const auto swept = fixture.store->collectGarbage(false, false, 0s); !swept)
                        qWarning().noquote() << swept.error().toString();
                }
            });
            const auto imported = QCoro::waitFor(importInto(fixture.store, file, {}, {}, {}));
            isOver = true;
            sweeper.join();
            if (!imported)
                failures.append(imported.error().toString());
        }
        QCOMPARE(failures, QStringList());
        QCOMPARE(fixture.store->snapshot()->images.size(), Images);
        const auto report = fixture.store->verify({}, {});
        VERIFY_RESULT(report);
        QVERIFY(report->problems.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestImportInto)
#include "tst_importinto.moc"
