// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filecontent.h"

#include "models/comparisonlist.h"
#include "models/hexmodel.h"
#include "support/treebuilder.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Testing::TreeBuilder;

class TestFileContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsKnownByItsBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isCutOff");
        QTest::addColumn<QString>("text"); // null: no text
        QTest::newRow("empty") << ""_ba << false << u""_s;
        QTest::newRow("ascii") << "root:x:0:0\r\nnobody\rend\n"_ba << false << u"root:x:0:0\nnobody\nend\n"_s;
        QTest::newRow("korean") << u"이미지"_s.toUtf8() << false << u"이미지"_s;
        QTest::newRow("cut in a character") << u"a이"_s.toUtf8().chopped(1) << true << u"a"_s;
        QTest::newRow("cut behind one") << u"a이"_s.toUtf8() << true << u"a이"_s;
        QTest::newRow("broken end") << u"a이"_s.toUtf8().chopped(1) << false << QString();
        QTest::newRow("nul") << "ab\0cd"_ba.append('\0') << false << QString();
        QTest::newRow("elf") << "\x7f\x45LF\x02\x01\x01"_ba + QByteArray(9, '\0') << false << QString();
        QTest::newRow("latin 1") << "caf\xe9 au lait"_ba << false << QString();
        QTest::newRow("utf-16 le") << "\xff\xfeh\0i\0"_ba.append('\0').first(6) << false << u"hi"_s;
        QTest::newRow("utf-16 be") << QByteArray("\xfe\xff\0h\0i", 6) << false << u"hi"_s;
    }
    void textIsKnownByItsBytes()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, isCutOff);
        QFETCH(const QString, text);
        const auto found = textOf(bytes, isCutOff);
        QCOMPARE(found.has_value(), !text.isNull());
        if (found)
            QCOMPARE(found->text, text);
    }

    void linesThatTakeTooLongToDrawAreBroken()
    {
        const auto found = textOf(QByteArray(FileText::MaxLine * 2 + 1, 'x') + "\nshort", false);
        QVERIFY(found);
        QVERIFY(found->hasBrokenLines);
        const QStringList lines = found->text.split(u'\n');
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0].size(), FileText::MaxLine);
        QCOMPARE(lines[2], u"x"_s);
        QCOMPARE(lines[3], u"short"_s);
        QVERIFY(!textOf(QByteArray(FileText::MaxLine, 'x') + '\n', false)->hasBrokenLines);
    }

    void bytesAreLinesOfADump()
    {
        HexModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setBytes(QByteArray("\x7f"
                                  "ELF\0\1",
                                  6)
                       + QByteArray(10, '.') + "~\xff");
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data().toString(),
                 u"00000000  7f 45 4c 46 00 01 2e 2e  2e 2e 2e 2e 2e 2e 2e 2e  |.ELF............|"_s);
        QCOMPARE(model.index(1).data().toString(),
                 u"00000010  7e ff                                             |~.|"_s);
        model.setBytes({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aComparisonIsSummedUpAndWritten()
    {
        using Change = FileNode::Change;
        FileNode changed;
        changed.change = Change::Changed;
        changed.sizeBefore = 100;
        changed.size = 40;
        FileNode gone;
        gone.change = Change::Deleted;
        gone.sizeBefore = 7;
        const FileTreePtr tree = TreeBuilder()
                                     .file(u"etc/new"_s, 5, Change::Added)
                                     .add(u"etc/other"_s, changed)
                                     .add(u"old"_s, gone)
                                     .take();
        const ComparisonSums sums = sumUpComparison(*tree);
        QCOMPARE(sums.added, 1);
        QCOMPARE(sums.changed, 1);
        QCOMPARE(sums.deleted, 1);
        QCOMPARE(sums.bytesAdded, 5);
        QCOMPARE(sums.growth, -60);
        QCOMPARE(sums.bytesDeleted, 7);
        QCOMPARE(comparisonList(*tree, {}),
                 "change\tpath\tbytes before\tbytes after\n"
                 "added\t/etc/new\t\t5\n"
                 "changed\t/etc/other\t100\t40\n"
                 "deleted\t/old\t7\t\n"_ba);
        QCOMPARE(comparisonList(*tree, {u"etc"_s, {Change::Changed}}).count('\n'), 1);
        QCOMPARE(comparisonList(*tree, {{}, {Change::Changed}}).count('\n'), 2);
    }
};

QTEST_GUILESS_MAIN(TestFileContent)
#include "tst_filecontent.moc"
