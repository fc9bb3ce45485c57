// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QDirIterator>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Floors = QSet<QString>;

//! The table of ARCHITECTURE.md: what each folder of src may include besides itself.
const QHash<QString, Floors>& table()
{
    static const QHash<QString, Floors> made = [] {
        QHash<QString, Floors> floors{
            {u"base"_s, {}},
            {u"oci"_s, {u"base"_s}},
            {u"net"_s, {u"base"_s}},
            {u"content"_s, {u"base"_s, u"oci"_s}},
            {u"store"_s, {u"base"_s, u"oci"_s, u"content"_s}},
            {u"archive"_s, {u"base"_s, u"oci"_s, u"content"_s}},
            {u"auth"_s, {u"base"_s, u"oci"_s, u"net"_s}},
            {u"registry"_s, {u"base"_s, u"oci"_s, u"net"_s, u"content"_s, u"auth"_s}},
            {u"engine"_s, {u"base"_s, u"oci"_s, u"net"_s, u"content"_s, u"archive"_s}},
        };
        const auto addAbove = [&floors](const QString& floor) {
            const auto below = floors.keys();
            floors.insert(floor, Floors(below.begin(), below.end()));
        };
        addAbove(u"transfer"_s);
        addAbove(u"workbench"_s);
        const Floors withoutWindow = [&floors] {
            const auto below = floors.keys();
            return Floors(below.begin(), below.end());
        }();
        addAbove(u"models"_s);
        addAbove(u"ui"_s);
        addAbove(u"app"_s);
        floors.insert(u"cli"_s, withoutWindow);
        floors.insert(u"helper"_s, {u"base"_s, u"oci"_s, u"net"_s, u"auth"_s});
        return floors;
    }();
    return made;
}

bool maySeeWidgets(const QString& floor)
{
    return floor == "ui"_L1 || floor == "app"_L1;
}

//! "QWidget", "qwidget.h", "QtWidgets": what a header of that module may be called.
const QSet<QString>& widgetHeaders()
{
    static const QSet<QString> names = [] {
        QSet<QString> found{u"QtWidgets"_s};
        for (const QString& path : QStringLiteral(QT_WIDGETS_INCLUDES).split(u':')) {
            if (!path.endsWith("/QtWidgets"_L1))
                continue;
            const QStringList files = QDir(path).entryList(QDir::Files);
            found.unite(QSet<QString>(files.begin(), files.end()));
        }
        return found;
    }();
    return names;
}

QString readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

//! What is wrong with an include of \a header, given in quotes or angles, in \a floor; empty where nothing
//! is.
QString faultOfInclude(const QString& floor, const QString& header, bool isQuoted)
{
    const qsizetype slash = header.indexOf(u'/');
    if (isQuoted) {
        if (slash < 0) {
            const bool isGenerated =
                header.endsWith(".moc"_L1) || (floor == "ui"_L1 && header.startsWith("ui_"_L1));
            return isGenerated ? QString() : u"is not named by its folder"_s;
        }
        const QString other = header.first(slash);
        if (other == floor)
            return {};
        if (!table().contains(other))
            return u"is in no known folder"_s;
        return table().value(floor).contains(other) ? QString() : floor + u" may not use "_s + other;
    }
    const QString module = slash < 0 ? QString() : header.first(slash);
    const QString name = header.sliced(slash + 1);
    const bool isWidgets = module == "QtWidgets"_L1 || (module.isEmpty() && widgetHeaders().contains(name));
    if (isWidgets && !maySeeWidgets(floor))
        return u"belongs to Qt Widgets, which only ui and app may use"_s;
    static const QSet<QString> makers{u"QNetworkAccessManager"_s, u"QNetworkReply"_s, u"QNetworkRequest"_s,
                                      u"QtNetwork"_s};
    if (makers.contains(name) && floor != "net"_L1)
        return u"makes HTTP requests, which only net may do"_s;
    return {};
}

QStringList faultsOfSource(const QString& floor, const QString& text)
{
    static const QRegularExpression include(uR"re(^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">])re"_s,
                                            QRegularExpression::MultilineOption);
    QStringList faults;
    for (const auto& match : include.globalMatch(text)) {
        const QString fault = faultOfInclude(floor, match.captured(2), match.captured(1) == "\""_L1);
        if (!fault.isEmpty())
            faults += match.captured(2) + u": "_s + fault;
    }
    return faults;
}

//! Libraries that a floor's CMakeLists.txt links.
QStringList faultsOfBuild(const QString& floor, const QString& text)
{
    static const QRegularExpression comment(u"#[^\n]*"_s);
    static const QRegularExpression target(uR"re(\b(Tagboat|Qt6|KF6)::(\w+))re"_s);
    QString code = text;
    code.remove(comment);
    QStringList faults;
    for (const auto& match : target.globalMatch(code)) {
        const QString library = match.captured(2);
        if (match.captured(1) == "Tagboat"_L1) {
            if (library != floor && !table().value(floor).contains(library))
                faults += match.captured() + u": "_s + floor + u" may not link it"_s;
        } else if (library.contains("Widgets"_L1) && !maySeeWidgets(floor)) {
            faults += match.captured() + u": only ui and app may link it"_s;
        }
    }
    return faults;
}

} // namespace

//! Holds the sources against the table, so that it cannot rot.
class TestLayering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFolderIsInTheTable();
    void includesKeepTheTable_data();
    void includesKeepTheTable();
    void linksKeepTheTable_data();
    void linksKeepTheTable();
    void aBreachIsSeen_data();
    void aBreachIsSeen();
    void aBreachOfTheBuildIsSeen();

private:
    static void addFloors();
};

void TestLayering::everyFolderIsInTheTable()
{
    const QDir sources(QStringLiteral(TAGBOAT_SOURCES));
    const QStringList folders = sources.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(folders.size() >= 10);
    for (const QString& folder : folders)
        QVERIFY2(table().contains(folder), qPrintable(u"src/%1 is not in the table"_s.arg(folder)));
    QCOMPARE(sources.entryList(QDir::Files), QStringList{u"CMakeLists.txt"_s});
}

void TestLayering::addFloors()
{
    QTest::addColumn<QString>("floor");
    const QStringList floors =
        QDir(QStringLiteral(TAGBOAT_SOURCES)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString& floor : floors)
        QTest::newRow(qPrintable(floor)) << floor;
}

void TestLayering::includesKeepTheTable_data()
{
    addFloors();
}

void TestLayering::includesKeepTheTable()
{
    QFETCH(QString, floor);
    QStringList faults;
    QDirIterator files(QStringLiteral(TAGBOAT_SOURCES) + u'/' + floor,
                       {u"*.h"_s, u"*.cpp"_s, u"*.hpp"_s, u"*.cc"_s, u"*.in"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        for (const QString& fault : faultsOfSource(floor, readFile(path)))
            faults += path.sliced(QStringLiteral(TAGBOAT_SOURCES).size() + 1) + u" includes "_s + fault;
    }
    QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
}

void TestLayering::linksKeepTheTable_data()
{
    addFloors();
}

void TestLayering::linksKeepTheTable()
{
    QFETCH(QString, floor);
    const QString path = QStringLiteral(TAGBOAT_SOURCES) + u'/' + floor + u"/CMakeLists.txt"_s;
    if (!QFile::exists(path))
        return; // a folder that is not built yet
    const QStringList faults = faultsOfBuild(floor, readFile(path));
    QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
}

void TestLayering::aBreachIsSeen_data()
{
    QTest::addColumn<QString>("floor");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isBreach");
    const auto add = [](const char* floor, const char* line, bool isBreach) {
        QTest::addRow("%s %s", floor, line)
            << QString::fromLatin1(floor) << QString::fromLatin1(line) << isBreach;
    };
    add("net", "#include \"base/error.h\"", false);
    add("net", "#include \"net/origin.h\"", false);
    add("net", "#include \"oci/digest.h\"", true);
    add("base", "#include \"net/origin.h\"", true);
    add("base", "  #  include  \"net/origin.h\"", true);
    add("store", "#include \"archive/archive.h\"", true);
    add("registry", "#include \"store/imagestore.h\"", true);
    add("transfer", "#include \"engine/engine.h\"", false);
    add("transfer", "#include \"workbench/workbench.h\"", true);
    add("models", "#include \"ui/mainwindow.h\"", true);
    add("cli", "#include \"workbench/workbench.h\"", false);
    add("cli", "#include \"models/imagesmodel.h\"", true);
    add("cli", "#include \"ui/mainwindow.h\"", true);
    add("app", "#include \"cli/commands.h\"", true);
    add("helper", "#include \"auth/keychain.h\"", false);
    add("helper", "#include \"workbench/session.h\"", true);
    add("auth", "#include \"helper/credentialhelper.h\"", true);
    add("app", "#include \"ui/mainwindow.h\"", false);
    add("net", "#include \"elsewhere/x.h\"", true);
    add("net", "#include \"origin.h\"", true);
    add("net", "#include \"tst_x.moc\"", false);
    add("ui", "#include \"ui_mainwindow.h\"", false);
    add("models", "#include <QWidget>", true);
    add("models", "#include <QApplication>", true);
    add("models", "#include <QtWidgets/QLabel>", true);
    add("models", "#include <QtWidgets>", true);
    add("models", "#include <qtreeview.h>", true);
    add("models", "#include <QAbstractItemModel>", false);
    add("ui", "#include <QWidget>", false);
    add("registry", "#include <QNetworkAccessManager>", true);
    add("registry", "#include <QtNetwork/QNetworkReply>", true);
    add("net", "#include <QNetworkAccessManager>", false);
}

void TestLayering::aBreachIsSeen()
{
    QFETCH(QString, floor);
    QFETCH(QString, line);
    QFETCH(bool, isBreach);
    const QStringList faults =
        faultsOfSource(floor, u"// a file\n#include <memory>\n"_s + line + u"\nint x;\n"_s);
    QCOMPARE(faults.size(), isBreach ? 1 : 0);
}

void TestLayering::aBreachOfTheBuildIsSeen()
{
    const QString good =
        u"tagboat_floor(store LINKS Tagboat::base Tagboat::content Qt6::Core) # not Tagboat::ui"_s;
    QVERIFY(faultsOfBuild(u"store"_s, good).isEmpty());
    QCOMPARE(faultsOfBuild(u"oci"_s, good).size(), 1);
    QCOMPARE(faultsOfBuild(u"models"_s, u"LINKS Qt6::Widgets KF6::WidgetsAddons"_s).size(), 2);
    QVERIFY(faultsOfBuild(u"ui"_s, u"LINKS Qt6::Widgets"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
