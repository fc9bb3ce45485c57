// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/quitsignals.h"
#include "base/memory.h"
#include "ui/icons.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "workbench/workbench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

struct Options
{
    QString dataDirectory, language, theme;
};

Options parse(const QCoreApplication& app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Push, pull, name and tidy container images by pointing and clicking."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(u"data-dir"_s, u"Keep images and history in <folder>."_s, u"folder"_s);
    const QCommandLineOption language(u"language"_s, u"Language of this run: en, ko or system."_s,
                                      u"language"_s);
    const QCommandLineOption theme(u"theme"_s, u"Colours of this run: light, dark or system."_s, u"theme"_s);
    parser.addOptions({data, language, theme});
    parser.process(app);
    return {parser.value(data), parser.value(language), parser.value(theme)};
}

} // namespace

int main(int argc, char* argv[])
{
    keepFreedMemory();
    QApplication app(argc, argv);
    QApplication::setOrganizationName(u"tagboat"_s);
    QApplication::setApplicationName(u"tagboat"_s);
    QApplication::setApplicationDisplayName(u"Tagboat"_s);
    QApplication::setApplicationVersion(QLatin1StringView(TAGBOAT_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.tagboat.Tagboat"_s);
    QApplication::setWindowIcon(appIcon());
    QApplication::setQuitOnLastWindowClosed(false); // the main window decides
    const Options options = parse(app);

    SessionPaths paths = SessionPaths::standard();
    if (!options.dataDirectory.isEmpty())
        paths.dataDirectory = QDir::cleanPath(QDir::current().absoluteFilePath(options.dataDirectory));
    UiSettings settings(paths.configDirectory);
    Language language;
    language.setChoice(options.language.isEmpty() ? settings.language() : options.language);
    Theme theme;
    theme.setChoice(Theme::fromString(options.theme.isEmpty() ? settings.theme() : options.theme));

    Workbench workbench(paths);
    int result = 0;
    {
        MainWindow window(workbench, settings, theme, language, paths.dataDirectory);
        const QuitSignals quitSignals;
        QObject::connect(&quitSignals, &QuitSignals::received, &window, &MainWindow::quitNow);
        window.show();
        result = QApplication::exec();
    }
    workbench.shutdown();
    return result;
}
