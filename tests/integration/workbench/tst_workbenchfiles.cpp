// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbench.h"

#include "tarbuilder.h"

#include "support/randomimage/layeredimage.h"
#include "support/randomimage/randombytes.h"
#include "support/resulttest.h"
#include "support/takefuture.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using namespace Tagboat::Testing;

//! Files of images through the window's door to the engine.
class TestWorkbenchFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        RandomBytes random(12);
        const RandomBlob base = layerOf(TarBuilder()
                                            .file("etc/motd", "hello")
                                            .file("large", random.noise(8'000'000))
                                            .file("zeros", QByteArray(100'000'000, '\0'))
                                            .end()
                                            .bytes());
        const RandomBlob top = layerOf(TarBuilder().file("etc/motd", "changed").end().bytes());
        m_paths = {m_folder.filePath(u"data"_s), m_folder.filePath(u"config"_s)};
        const RandomImage first = imageOf({base}), second = imageOf({base, top});
        first.writeLayout(m_paths.dataDirectory + u"/images"_s, {u"docker.io/alice/ui:v1"_s});
        second.writeLayout(m_paths.dataDirectory + u"/images"_s, {u"docker.io/alice/ui:v2"_s});
        TarBuilder many; // takes a while to list
        for (int i = 0; i < 200'000; ++i)
            many.file("many/" + QByteArray::number(i), {});
        const RandomImage slow = imageOf({layerOf(many.end().bytes()), base});
        slow.writeLayout(m_paths.dataDirectory + u"/images"_s, {u"docker.io/alice/slow:v1"_s});
        m_slow = {slow.target.digest, {}};
        m_first = {first.target.digest, {}};
        m_second = {second.target.digest, {}};
    }

    void stopsWhenNobodyLooks()
    {
        Workbench workbench(m_paths);
        QSignalSpy progress(&workbench, &Workbench::filesProgress);
        auto listing = workbench.imageFiles(m_slow);
        QTRY_VERIFY(!progress.isEmpty());
        workbench.stopImageFiles(m_slow);
        const auto listed = take(listing);
        COMPARE_ERROR(listed, Error::Code::Cancelled);
        const auto told = progress.constFirst().constFirst().value<FilesProgress>();
        QCOMPARE(told.of, m_slow);
        QVERIFY(told.bytesTotal > 8'000'000);
    }

    void listsComparesAndReads()
    {
        Workbench workbench(m_paths);
        const auto files = take(workbench.imageFiles(m_second));
        VERIFY_RESULT(files);
        QCOMPARE((*files)->layers.size(), 2);
        QCOMPARE((*files)->merged->root().files, 3);
        QCOMPARE((*files)->wasted, 5);
        const auto again = take(workbench.imageFiles(m_second));
        VERIFY_RESULT(again);
        QVERIFY2(again->get() == files->get(), "the result is kept");

        const auto changes = take(workbench.compareFiles(m_first, m_second));
        VERIFY_RESULT(changes);
        QCOMPARE((*changes)->nodes().size(), size_t(3));
        const FileNode& changed = (*changes)->node((*changes)->find(u"etc/motd"_s));
        QCOMPARE(changed.change, FileNode::Change::Changed);
        QCOMPARE(changed.size, 7);
        QCOMPARE(changed.sizeBefore, 5);

        const auto text = take(workbench.readFile({m_second, u"etc/motd"_s}, 100));
        VERIFY_RESULT(text);
        QCOMPARE(*text, QByteArray("changed"));
        const auto before = take(workbench.readFile({m_second, u"etc/motd"_s, 0}, 4));
        VERIFY_RESULT(before);
        QCOMPARE(*before, QByteArray("hell"));
        VERIFY_RESULT(take(workbench.saveFile({m_second, u"/etc/motd"_s}, m_folder.filePath(u"motd"_s))));
        QFile saved(m_folder.filePath(u"motd"_s));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), QByteArray("changed"));
        const auto missing = take(workbench.readFile({m_second, u"etc/none"_s}, 100));
        COMPARE_ERROR(missing, Error::Code::NotFound);
    }

    void shutdownEndsAListing()
    {
        QVERIFY(QDir(m_paths.dataDirectory + u"/cache"_s).removeRecursively());
        Workbench workbench(m_paths);
        QSignalSpy progress(&workbench, &Workbench::filesProgress);
        auto listing = workbench.imageFiles(m_slow);
        QTRY_VERIFY(!progress.isEmpty());
        workbench.shutdown();
        const auto listed = take(listing);
        COMPARE_ERROR(listed, Error::Code::Cancelled);
        const auto after = take(workbench.imageFiles(m_slow));
        COMPARE_ERROR(after, Error::Code::Cancelled);
    }

private:
    QTemporaryDir m_folder;
    SessionPaths m_paths;
    FilesOf m_first, m_second, m_slow;
};

QTEST_GUILESS_MAIN(TestWorkbenchFiles)
#include "tst_workbenchfiles.moc"
