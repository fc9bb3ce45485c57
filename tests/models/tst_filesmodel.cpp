// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filesmodel.h"

#include "models/filelayersmodel.h"
#include "models/filetext.h"
#include "support/treebuilder.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Change = FileNode::Change;
using Testing::TreeBuilder;

namespace {

FileTreePtr smallSystem()
{
    return TreeBuilder()
        .file(u"etc/passwd"_s, 700)
        .file(u"etc/ssl/openssl.cnf"_s, 11'000)
        .file(u"etc/ssl/certs/ca.pem"_s, 200'000)
        .file(u"usr/bin/bash"_s, 1'200'000)
        .file(u"usr/bin/ls"_s, 140'000)
        .file(u"usr/lib/libc.so.6"_s, 1'900'000)
        .file(u"usr/share/doc/bash/README"_s, 40'000)
        .file(u"boot.cfg"_s, 12)
        .take();
}

//! Paths of all rows, those below their folder, as they stand.
QStringList rows(const FilesModel& model, const QModelIndex& parent = {})
{
    QStringList paths;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        paths.append(model.tree()->pathOf(model.position(index)));
        paths += rows(model, index);
    }
    return paths;
}

QStringList names(const FilesModel& model, const QModelIndex& parent)
{
    QStringList found;
    for (int row = 0; row < model.rowCount(parent); ++row)
        found.append(model.index(row, 0, parent).data().toString());
    return found;
}

ImageFiles::Layer layerOf(FileTreePtr tree)
{
    ImageFiles::Layer layer;
    layer.isPresent = tree != nullptr;
    layer.tree = std::move(tree);
    return layer;
}

QModelIndex at(const FilesModel& model, const QString& path)
{
    return model.indexOf(model.tree()->find(path));
}

} // namespace

class TestFilesModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<FilesModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void aTreeIsShownAsItStands()
    {
        m_model->setTree(smallSystem(), FilesModel::Kind::Image);
        QCOMPARE(rows(*m_model),
                 (QStringList{u"etc"_s, u"etc/ssl"_s, u"etc/ssl/certs"_s, u"etc/ssl/certs/ca.pem"_s,
                              u"etc/ssl/openssl.cnf"_s, u"etc/passwd"_s, u"usr"_s, u"usr/bin"_s,
                              u"usr/bin/bash"_s, u"usr/bin/ls"_s, u"usr/lib"_s, u"usr/lib/libc.so.6"_s,
                              u"usr/share"_s, u"usr/share/doc"_s, u"usr/share/doc/bash"_s,
                              u"usr/share/doc/bash/README"_s, u"boot.cfg"_s}));
        const QModelIndex bash = at(*m_model, u"/usr/bin/bash"_s);
        QCOMPARE(bash.siblingAtColumn(FilesModel::Size).data().toString(), u"1.2 MB"_s);
        QCOMPARE(bash.siblingAtColumn(FilesModel::Permissions).data().toString(), u"rw-r--r--"_s);
        QCOMPARE(bash.data(Role::CopyText).toString(), u"/usr/bin/bash"_s);
        QCOMPARE(bash.siblingAtColumn(FilesModel::Size).data(Role::CopyText).toString(), u"1200000"_s);
        QCOMPARE(bash.data(Qt::AccessibleTextRole).toString(), u"bash, file"_s);
        QCOMPARE(at(*m_model, u"usr"_s).data(Role::IconName).toString(), u"folder"_s);
        m_model->setTree(nullptr, FilesModel::Kind::Image);
        QCOMPARE(m_model->rowCount(), 0);
    }

    void foldersAreSortedEachForItself()
    {
        m_model->setTree(smallSystem(), FilesModel::Kind::Image);
        const QPersistentModelIndex kept = at(*m_model, u"usr/bin/ls"_s);
        m_model->sort(FilesModel::Size, Qt::DescendingOrder);
        QCOMPARE(names(*m_model, {}), (QStringList{u"usr"_s, u"etc"_s, u"boot.cfg"_s}));
        QCOMPARE(names(*m_model, at(*m_model, u"usr/bin"_s)), (QStringList{u"bash"_s, u"ls"_s}));
        m_model->sort(FilesModel::Size, Qt::AscendingOrder);
        QCOMPARE(names(*m_model, {}), (QStringList{u"boot.cfg"_s, u"etc"_s, u"usr"_s}));
        QCOMPARE(names(*m_model, at(*m_model, u"usr/bin"_s)), (QStringList{u"ls"_s, u"bash"_s}));
        // Folders stay above files where the column is no figure that folders have, too.
        m_model->sort(FilesModel::Name, Qt::DescendingOrder);
        QCOMPARE(names(*m_model, {}), (QStringList{u"usr"_s, u"etc"_s, u"boot.cfg"_s}));
        m_model->sort(FilesModel::Permissions, Qt::AscendingOrder);
        QCOMPARE(names(*m_model, at(*m_model, u"etc"_s)), (QStringList{u"ssl"_s, u"passwd"_s}));
        QCOMPARE(kept.data().toString(), u"ls"_s);
        QCOMPARE(kept.row(), 1);
    }

    void wordsLeaveMatchesAndTheirFolders()
    {
        m_model->setTree(smallSystem(), FilesModel::Kind::Image);
        search(u"bash"_s);
        // A folder that is found shows what it holds.
        QCOMPARE(rows(*m_model),
                 (QStringList{u"usr"_s, u"usr/bin"_s, u"usr/bin/bash"_s, u"usr/share"_s, u"usr/share/doc"_s,
                              u"usr/share/doc/bash"_s, u"usr/share/doc/bash/README"_s}));
        QCOMPARE(m_model->hits()->list.size(), 2U);
        QCOMPARE(m_model->hits()->files, 1);
        QCOMPARE(m_model->hits()->bytes, 1'200'000);
        const QModelIndex bash = at(*m_model, u"usr/bin/bash"_s);
        QCOMPARE(bash.data(Role::BoldRange).value<Emphasis>(), (Emphasis{0, 4}));
        // Several words: all in the path, one of them in the name.
        search(u"SHARE bash"_s);
        QCOMPARE(rows(*m_model).last(), u"usr/share/doc/bash/README"_s);
        QVERIFY(!rows(*m_model).contains(u"usr/bin"_s));
        search(u"usr passwd"_s);
        QCOMPARE(m_model->rowCount(), 0);
        search(u"ssl/open"_s);
        QCOMPARE(rows(*m_model).last(), u"etc/ssl/openssl.cnf"_s);
        search({});
        QCOMPARE(rows(*m_model).size(), 17);
        QVERIFY(!m_model->hits());
    }

    void patternsAreForNamesOrPaths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("name") << u"*.c*"_s << QStringList{u"etc/ssl/openssl.cnf"_s, u"boot.cfg"_s};
        QTest::newRow("one letter") << u"l?"_s << QStringList{u"usr/bin/ls"_s};
        QTest::newRow("whole name") << u"bas*h"_s << QStringList{u"usr/bin/bash"_s, u"usr/share/doc/bash"_s};
        QTest::newRow("not a part") << u"as*"_s << QStringList{};
        QTest::newRow("path") << u"/usr/*/bash"_s << QStringList{u"usr/bin/bash"_s};
        QTest::newRow("any depth") << u"usr/**/bash"_s
                                   << QStringList{u"usr/bin/bash"_s, u"usr/share/doc/bash"_s};
        QTest::newRow("all below") << u"usr/b*/**"_s << QStringList{u"usr/bin/bash"_s, u"usr/bin/ls"_s};
        QTest::newRow("set") << u"[lp]*s*d"_s << QStringList{u"etc/passwd"_s};
        QTest::newRow("not in a set") << u"[!lu]s*"_s << QStringList{u"etc/ssl"_s};
        QTest::newRow("with a word") << u"*.pem certs"_s << QStringList{u"etc/ssl/certs/ca.pem"_s};
        QTest::newRow("broken set") << u"[x"_s << QStringList{};
    }
    void patternsAreForNamesOrPaths()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, found);
        const FileTreePtr tree = smallSystem();
        QStringList paths;
        for (const int position : findFiles(*tree, {text, {}}, {}).list)
            paths.append(tree->pathOf(position));
        QCOMPARE(paths, found);
    }

    void aListHasPathsAndAnOrderOfItsOwn()
    {
        m_model->setTree(smallSystem(), FilesModel::Kind::Image);
        QSignalSpy applied(m_model.get(), &FilesModel::applied);
        m_model->setArrangement(FilesModel::Arrangement::List);
        QTRY_COMPARE(applied.size(), 1);
        QCOMPARE(m_model->rowCount(), 8); // files alone
        m_model->sort(FilesModel::Size, Qt::DescendingOrder);
        QCOMPARE(names(*m_model, {}).first(3),
                 (QStringList{u"usr/lib/libc.so.6"_s, u"usr/bin/bash"_s, u"etc/ssl/certs/ca.pem"_s}));
        QVERIFY(at(*m_model, u"usr/bin/bash"_s).isValid());
        QVERIFY(!at(*m_model, u"usr/bin"_s).isValid());
        QVERIFY(!m_model->index(0, 0).parent().isValid());
        search(u"usr"_s); // the folder is what was asked for
        QCOMPARE(names(*m_model, {}), QStringList{u"usr"_s});
    }

    void changesOfALayerAreToldAndFiltered()
    {
        FileNode changed;
        changed.change = Change::Changed;
        changed.size = 10;
        changed.sizeBefore = 700;
        FileNode gone;
        gone.change = Change::Deleted;
        gone.sizeBefore = 5'000'000;
        FileNode opaque;
        opaque.kind = FileNode::Kind::Folder;
        opaque.isOpaque = true;
        const FileTreePtr tree = TreeBuilder()
                                     .add(u"etc/passwd"_s, changed)
                                     .add(u"var/cache/big"_s, gone)
                                     .add(u"srv"_s, opaque)
                                     .file(u"srv/new"_s, 3, Change::Added)
                                     .take();
        m_model->setTree(tree, FilesModel::Kind::Layer);
        const QModelIndex big = at(*m_model, u"var/cache/big"_s);
        QCOMPARE(big.siblingAtColumn(FilesModel::Change).data(Role::Badges).value<QList<Badge>>(),
                 (QList<Badge>{{u"deleted"_s, Tone::Error}}));
        QCOMPARE(big.siblingAtColumn(FilesModel::Size).data().toString(), u"5.0 MB"_s);
        QCOMPARE(big.data(Role::TextTone).value<Tone>(), Tone::Muted);
        QVERIFY(big.data(Qt::AccessibleTextRole).toString().contains(u"deleted"_s));
        const auto badges = at(*m_model, u"srv"_s)
                                .siblingAtColumn(FilesModel::Change)
                                .data(Role::Badges)
                                .value<QList<Badge>>();
        QCOMPARE(badges.size(), 1);
        QCOMPARE(badges.first().tone, Tone::Warning);

        QSignalSpy applied(m_model.get(), &FilesModel::applied);
        m_model->setFilter({{}, {Change::Deleted}});
        QTRY_COMPARE(applied.size(), 1);
        QCOMPARE(rows(*m_model), (QStringList{u"var"_s, u"var/cache"_s, u"var/cache/big"_s}));
        QCOMPARE(m_model->hits()->bytes, 5'000'000);
        QCOMPARE(m_model->hits()->toOpen.size(), 2U);
    }

    void theLastFilterCounts()
    {
        m_model->setTree(smallSystem(), FilesModel::Kind::Image);
        QSignalSpy applied(m_model.get(), &FilesModel::applied);
        m_model->setFilter({u"bash"_s, {}});
        m_model->setFilter({u"pass"_s, {}});
        m_model->setFilter({u"passwd"_s, {}});
        // A search that is over at once shows itself, before the next one is asked for.
        QTRY_VERIFY(!m_model->isApplying() && !applied.isEmpty());
        QCOMPARE(rows(*m_model), (QStringList{u"etc"_s, u"etc/passwd"_s}));
        QCOMPARE(m_model->filter().text, u"passwd"_s);
        // A tree that comes while one filters is filtered as well.
        m_model->setTree(TreeBuilder().file(u"x/passwd"_s, 1).file(u"y"_s, 1).take(),
                         FilesModel::Kind::Image);
        QTRY_COMPARE(rows(*m_model), (QStringList{u"x"_s, u"x/passwd"_s}));
    }

    void namesCannotPretendToBeOthers()
    {
        QCOMPARE(shownFileName(u"a\nb"_s), u"a\\x0ab"_s);
        QCOMPARE(shownFileName(u"exe\u202Egpj.txt"_s), u"exe\\u202egpj.txt"_s);
        QCOMPARE(shownFileName(u"이미지.png"_s), u"이미지.png"_s);
        QCOMPARE(formatPermissions(04755), u"rwsr-xr-x"_s);
        QCOMPARE(formatPermissions(01777), u"rwxrwxrwt"_s);
        QCOMPARE(formatPermissions(02640), u"rw-r-S---"_s);
    }

    void wastedFilesOfAllLayersAreOneTree()
    {
        FileNode old;
        old.layer = 0;
        old.size = old.wasted = 900;
        old.change = Change::Added;
        FileNode again = old;
        again.layer = 1;
        again.size = again.wasted = 400;
        FileNode gone;
        gone.layer = 2;
        gone.change = Change::Deleted;
        ImageFiles files;
        files.layers = {
            layerOf(TreeBuilder().add(u"var/log/x"_s, old).file(u"keep"_s, 5, Change::Added).take()),
            layerOf(TreeBuilder().add(u"var/log/x"_s, again).take()),
            layerOf(TreeBuilder().add(u"var/log/x"_s, gone).take())};
        const FileSums sums = sumUp(files);
        QCOMPARE(sums.layers.size(), 3);
        QCOMPARE(sums.layers[0].added, 2);
        QCOMPARE(sums.layers[0].wasted, 900);
        QCOMPARE(sums.layers[2].deleted, 1);
        QVERIFY(sums.wasted);
        QCOMPARE(sums.wasted->root().wasted, 1300);
        m_model->show(sums.wasted, FilesModel::Kind::Wasted, {}, FilesModel::Arrangement::List);
        m_model->sort(FilesModel::Wasted, Qt::DescendingOrder);
        QTRY_COMPARE(m_model->rowCount(), 2);
        QCOMPARE(names(*m_model, {}), (QStringList{u"var/log/x"_s, u"var/log/x"_s}));
        QCOMPARE(m_model->node(m_model->index(0, 0))->layer, 0);
        QCOMPARE(m_model->node(m_model->index(1, 0))->layer, 1);
        files.layers = {layerOf(smallSystem())};
        QVERIFY(!sumUp(files).wasted);
    }

    void layersAreChosenFromWhatIsKnownOfThem()
    {
        FileLayersModel layers;
        QAbstractItemModelTester tester(&layers, QAbstractItemModelTester::FailureReportingMode::QtTest);
        StoredLayer base;
        base.descriptor.size = 3'600'000;
        base.step = u"ADD rootfs.tar /"_s;
        StoredLayer missing;
        missing.isPresent = false;
        layers.setLayers({base, missing});
        QCOMPARE(layers.rowCount(), 3);
        QCOMPARE(layers.index(0, 0).data().toString(), u"Whole image"_s);
        QCOMPARE(layers.index(1, 0).data().toString(), u"1  ADD rootfs.tar /"_s);
        QCOMPARE(layers.index(2, 0).data(Role::Badges).value<QList<Badge>>().first().text, u"missing"_s);
        QCOMPARE(layers.choiceOf(2), 1);
        QCOMPARE(layers.rowOf(FileLayersModel::WastedFiles), -1);

        FileNode old;
        old.size = old.wasted = 900;
        old.change = Change::Added;
        auto files = std::make_shared<ImageFiles>();
        files->merged = smallSystem();
        files->layers = {layerOf(TreeBuilder().add(u"x"_s, old).take()), layerOf(nullptr)};
        layers.setFiles(files, std::make_shared<FileSums>(sumUp(*files)));
        QCOMPARE(layers.rowCount(), 4);
        QCOMPARE(layers.index(1, FileLayersModel::Changes).data().toString(), u"+1"_s);
        QCOMPARE(layers.choiceOf(3), int(FileLayersModel::WastedFiles));
        QCOMPARE(layers.index(3, FileLayersModel::Size).data().toString(), u"900 B"_s);
        layers.setLayers({base});
        QCOMPARE(layers.rowCount(), 2);
    }

    void aTreeOfAHundredThousandNamesIsThereAtOnce()
    {
        TreeBuilder builder;
        for (int i = 0; i < 100'000; ++i)
            builder.file(u"usr/lib/%1/%2"_s.arg(i / 250).arg(i % 250), i);
        const FileTreePtr tree = builder.take();
        m_tester.reset(); // walks over all of it after each change
        m_model->setTree(tree, FilesModel::Kind::Image);
        QCOMPARE(m_model->rowCount(at(*m_model, u"usr/lib"_s)), 400);
        m_model->sort(FilesModel::Size, Qt::DescendingOrder);
        QCOMPARE(m_model->index(0, 0, at(*m_model, u"usr/lib"_s)).data().toString(), u"399"_s);
        search(u"lib *99"_s);
        QCOMPARE(m_model->hits()->list.size(), 4U + 400U * 2U);
        QVERIFY(m_model->hits()->toOpen.size() <= size_t(FileHits::MostOpened) * 3);
    }

private:
    void search(const QString& text)
    {
        QSignalSpy applied(m_model.get(), &FilesModel::applied);
        m_model->setFilter({text, {}});
        QTRY_VERIFY(!applied.isEmpty());
    }

    std::unique_ptr<FilesModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestFilesModel)
#include "tst_filesmodel.moc"
