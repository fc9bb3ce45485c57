// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/repositoriesmodel.h"

#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class TestRepositoriesModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreSortedAndKeptApart()
    {
        RepositoriesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRepositories({u"start/hello"_s, u"gallery/ui"_s, u"gallery/api"_s, u"gallery/ui"_s});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0).data().toString(), u"gallery/api"_s);
        QPersistentModelIndex followed = model.indexOf(u"start/hello"_s);
        model.setTagCount(u"start/hello"_s, 1);
        model.setRepositories({u"start/hello"_s, u"new/one"_s});
        QCOMPARE(model.repository(followed), u"start/hello"_s);
        QVERIFY(!followed.data(Role::Count).toString().isEmpty());
    }

    void oneOpenedByNameIsAddedOnce()
    {
        RepositoriesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRepositories({u"a/a"_s, u"c/c"_s});
        QCOMPARE(model.add(u"b/b"_s).row(), 1);
        QCOMPARE(model.add(u"b/b"_s).row(), 1);
        QCOMPARE(model.rowCount(), 3);
    }
};

QTEST_GUILESS_MAIN(TestRepositoriesModel)
#include "tst_repositoriesmodel.moc"
