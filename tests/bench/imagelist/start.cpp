// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens the window on the folder that is named, and ends as soon as its list of images is painted. Prints a
// line: milliseconds from the start of the process to the first row, and the most memory it took, in kB.

#include "base/memory.h"
#include "support/timedapplication.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "workbench/workbench.h"

#include <QFile>
#include <QTreeView>

#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

//! Since this process was begun, loading of its libraries included.
double millisecondsOfLife()
{
    QFile file(u"/proc/self/stat"_s);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray stat = file.readAll();
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const double begun = fields.value(19).toDouble() / double(sysconf(_SC_CLK_TCK)); // proc(5): starttime
    timespec now = {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - begun) * 1e3;
}

qint64 mostMemory()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return -1;
}

//! Tells when a view with rows has been painted.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QTreeView* view) : m_view(view) { view->viewport()->installEventFilter(this); }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_view->model()->rowCount() > 0)
            QMetaObject::invokeMethod(qApp, [] { QCoreApplication::exit(); }, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }

private:
    QTreeView* m_view;
};

} // namespace

int main(int argc, char* argv[])
{
    keepFreedMemory(); // as the program does
    Testing::TimedApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const SessionPaths paths{arguments.value(1) + u"/data"_s, arguments.value(1) + u"/config"_s};
    UiSettings settings(paths.configDirectory);
    Theme theme;
    Language language;
    Workbench workbench(paths);
    MainWindow window(workbench, settings, theme, language, paths.dataDirectory);
    window.resize(1280, 800);
    auto* page = window.findChild<QWidget*>(u"imagesPage"_s);
    const PaintWatch watch(page->findChild<QTreeView*>(u"tree"_s));
    window.show();
    QCoreApplication::exec();
    const double took = millisecondsOfLife();
    const auto [longest, event] = app.takeLongest();
    std::printf("%.1f %lld %.1f %s\n", took, static_cast<long long>(mostMemory()), longest,
                event.constData());
    std::fflush(stdout);
    workbench.shutdown();
    return 0;
}
