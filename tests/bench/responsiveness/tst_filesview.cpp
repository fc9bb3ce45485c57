// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/timedapplication.h"
#include "support/treebuilder.h"
#include "ui/filesview.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using Testing::TimedApplication;
using Testing::TreeBuilder;

namespace {

constexpr int Files = 100'000;
constexpr double MostPerEvent = 16; //!< milliseconds, at the 95th percentile: a frame

//! As many as an image with a few language runtimes has: few per folder, some folders with thousands.
FileTreePtr largeTree()
{
    QRandomGenerator random(20261122);
    TreeBuilder builder;
    for (int i = 0; i < Files; ++i) {
        const QString folder = i % 10 == 0
            ? u"usr/share/many%1"_s.arg(i % 3)
            : u"app/node_modules/package%1/lib/part%2"_s.arg(i / 60).arg(i % 5);
        builder.file(u"%1/file%2.%3"_s.arg(folder).arg(i).arg(i % 3 ? u"js"_s : u"json"_s),
                     random.bounded(200'000), FileNode::Change::Added);
    }
    return builder.take();
}

} // namespace

class TestFilesView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHundredThousandFilesNeverHoldUpAFrame()
    {
        Theme theme;
        FilesModel model;
        FilesView view;
        view.setFiles(&model);
        view.resize(1000, 700);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const FileTreePtr tree = largeTree();
        QVERIFY(int(tree->nodes().size()) > Files);

        act("show", [&] { model.setTree(tree, FilesModel::Kind::Image); });
        for (const QString& path :
             {u"app"_s, u"app/node_modules"_s, u"app/node_modules/package7"_s, u"usr"_s})
            act("expand", [&] { view.expand(model.indexOf(tree->find(path))); });
        for (int column = 0; column < FilesModel::ColumnCount; ++column) {
            for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder})
                act("sort", [&] { view.sortByColumn(column, order); });
        }
        for (const QString& text : {u"f"_s, u"fi"_s, u"fil"_s, u"file9"_s, u"file99"_s, u"*.json"_s,
                                    u"package1 json"_s, u"app/**/file4*"_s, u"nothing"_s, u""_s}) {
            QSignalSpy applied(&model, &FilesModel::applied);
            act("search", [&] { model.setFilter({text, {}}); }, [&] { return !applied.isEmpty(); });
        }
        for (const auto arrangement : {FilesModel::Arrangement::List, FilesModel::Arrangement::Tree}) {
            QSignalSpy applied(&model, &FilesModel::applied);
            act("list", [&] { model.setArrangement(arrangement); }, [&] { return !applied.isEmpty(); });
        }
        view.setCurrentIndex(model.indexOf(tree->find(u"app"_s)));
        for (int i = 0; i < 3; ++i)
            act("expand more", [&] { view.expandMore(); });
        act("collapse", [&] { view.collapseMore(); });

        std::ranges::sort(m_times);
        const double p95 = m_times[m_times.size() * 95 / 100].first;
        qInfo("%zu actions on %d files: 95 %% below %.1f ms, longest %.1f ms (%s)", m_times.size(), Files,
              p95, m_times.back().first, m_times.back().second);
        QVERIFY2(p95 < MostPerEvent, qPrintable(QString::number(p95)));
    }

private:
    //! Runs \a action as one event, then all that follows from it, and notes the longest time without a
    //! pause.
    void act(
        const char* what, const std::function<void()>& action,
        const std::function<bool()>& isDone = [] { return true; })
    {
        auto& app = *static_cast<TimedApplication*>(qApp);
        app.reset();
        bool ran = false;
        QMetaObject::invokeMethod(
            this,
            [&] {
                action();
                ran = true;
            },
            Qt::QueuedConnection);
        QVERIFY(QTest::qWaitFor([&] { return ran && isDone(); }));
        QTest::qWait(1); // layouts and painting that were put off
        QCoreApplication::processEvents();
        m_times.emplace_back(double(app.longest) / 1e6, what);
        qDebug("%-12s %6.2f ms", what, double(app.longest) / 1e6);
    }

    std::vector<std::pair<double, const char*>> m_times;
};

int main(int argc, char* argv[])
{
    TimedApplication app(argc, argv);
    TestFilesView test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_filesview.moc"
