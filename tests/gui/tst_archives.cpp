// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfercards.h"
#include "windowfixture.h"

#include "support/artifactlayout.h"
#include "ui/dropzone.h"
#include "ui/exportdialog.h"
#include "ui/imagedrag.h"
#include "ui/importdialog.h"
#include "ui/messagestrip.h"

#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

const QString Gallery = u"docker.io/alice/gallery:v1"_s;
const QString Latest = u"docker.io/alice/gallery:latest"_s;
const QString Nginx = u"docker.io/library/nginx:1.27"_s;

RandomImage sample(quint64 seed)
{
    return randomImage(seed, {.sharedLayers = 1});
}

//! Runs a judge; its standard output, or what it complained of.
QByteArray judged(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60000) || process.exitCode() != 0)
        return "FAILED: " + process.readAllStandardError();
    return process.readAllStandardOutput();
}

//! On its mark: a row of a form is wider than its words.
void clickRadio(QRadioButton* button)
{
    QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(button->height() / 2, button->height() / 2));
    QVERIFY(button->isChecked());
}

QStringList namesIn(WindowFixture& app)
{
    auto future = app.workbench().images();
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, Patience) || !future.result())
        return {};
    const StoreSnapshot snapshot = *future.result();
    QStringList names;
    for (const StoredImage& image : snapshot.images)
        names += image.names;
    names.sort();
    return names;
}

} // namespace

//! Images come in by drops and go out by the export dialog, by real clicks; skopeo judges what was written.
class TestArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_out = m_home->filePath(u"out"_s);
        QVERIFY(QDir().mkpath(m_out));
    }

    void severalImagesGoIntoOneArchive_data();
    void severalImagesGoIntoOneArchive();
    void everyImageGetsAFileOfItsOwn();
    void onlyTheChosenNamesAreWritten();
    void anExistingFileIsAskedAbout();
    void whatADockerArchiveCannotHoldIsSaidBefore();
    void theEndingAndTheCompressionAgree();
    void aFolderThatIsNotThereIsSaidBefore();
    void aCancelledExportLeavesNoFile();

    void aDroppedArchiveIsImportedAtOnce();
    void aDroppedLayoutFolderIsImported();
    void whatIsNoArchiveIsRefusedByNameAndTheOthersComeIn();
    void ofSeveralImagesSomeAreChosenAndRenamed();
    void aNameThatWouldMoveIsAskedAbout();
    void theWindowShowsWhatADropWouldDo();
    void fieldsOfTheWindowDoNotSwallowDrops();

    void anImageIsDraggedOutAsAnArchive();
    void severalImagesAreDraggedOutTogether();
    void whatIsNoFileIsNoDrop();

private:
    void fill();
    [[nodiscard]] static QTreeView* tree(WindowFixture& app)
    {
        return app.find<QTreeView>(u"imagesPage/tree"_s);
    }
    //! Chooses all images by keyboard, and opens the dialog by its shortcut.
    [[nodiscard]] static ExportDialog* openExport(WindowFixture& app, bool all);
    static void setFile(ExportDialog* dialog, const QString& path);
    [[nodiscard]] QString saved(const QString& name,
                                const QList<std::pair<RandomImage, QStringList>>& images);
    static void drop(QWidget* target, const QStringList& files);
    [[nodiscard]] static QString stripTitle(const QWidget* parent, const QString& strip);

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_out;
};

void TestArchives::fill()
{
    const QString store = WindowFixture::storeOf(m_home->path());
    sample(1).writeLayout(store, {Gallery, Latest});
    sample(2).writeLayout(store, {Nginx});
}

ExportDialog* TestArchives::openExport(WindowFixture& app, bool all)
{
    QTreeView* const view = tree(app);
    if (!QTest::qWaitFor([view] { return view->model()->rowCount() == 2; }, Patience))
        return nullptr;
    view->setFocus();
    const QModelIndex first = view->model()->index(0, 0);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(first).center());
    if (all)
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          view->visualRect(view->model()->index(1, 0)).center());
    QTest::keyClick(&app.window(), Qt::Key_S, Qt::ControlModifier);
    auto* const dialog = app.window().findChild<ExportDialog*>();
    return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
}

void TestArchives::setFile(ExportDialog* dialog, const QString& path)
{
    auto* const edit = part<QLineEdit>(dialog, u"fileEdit"_s);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, path);
}

//! An archive that this program wrote: what others write is the business of the judges' tests.
QString TestArchives::saved(const QString& name, const QList<std::pair<RandomImage, QStringList>>& images)
{
    const QTemporaryDir other;
    for (const auto& [image, names] : images)
        image.writeLayout(other.filePath(u"layout"_s), names);
    const QString path = m_home->filePath(name);
    QProcess tar;
    tar.setWorkingDirectory(other.filePath(u"layout"_s));
    tar.start(u"tar"_s, {u"-cf"_s, path, u"oci-layout"_s, u"index.json"_s, u"blobs"_s});
    return tar.waitForFinished(60000) && tar.exitCode() == 0 ? path : QString();
}

void TestArchives::drop(QWidget* target, const QStringList& files)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files)
        urls.append(QUrl::fromLocalFile(file));
    data.setUrls(urls);
    data.setText(files.join(u'\n')); // as file managers do
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &drop);
    QVERIFY(drop.isAccepted());
    QCOMPARE(drop.dropAction(), Qt::CopyAction);
}

QString TestArchives::stripTitle(const QWidget* parent, const QString& strip)
{
    const auto* const page = strip.contains(u'/') ? part<QWidget>(parent, strip.section(u'/', 0, 0)) : parent;
    const auto* const shown = part<MessageStrip>(page, strip.section(u'/', -1));
    return shown->isVisible() ? part<QLabel>(shown, u"stripTitle"_s)->text() : QString();
}

void TestArchives::severalImagesGoIntoOneArchive_data()
{
    QTest::addColumn<bool>("oci");
    QTest::addColumn<QString>("compression");
    QTest::addColumn<QString>("ending");
    QTest::newRow("docker") << false << u"None"_s << u".tar"_s;
    QTest::newRow("docker, gzip") << false << u"gzip"_s << u".tar.gz"_s;
    QTest::newRow("OCI, zstd") << true << u"zstd"_s << u".tar.zst"_s;
}

void TestArchives::severalImagesGoIntoOneArchive()
{
    QFETCH(bool, oci);
    QFETCH(QString, compression);
    QFETCH(QString, ending);
    fill();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ExportDialog* const dialog = openExport(app, true);
    QVERIFY(dialog);
    QCOMPARE(part<QTreeWidget>(dialog, u"imageList"_s)->topLevelItemCount(), 2);
    QVERIFY(part<QRadioButton>(dialog, u"oneFileButton"_s)->isVisible());
    setFile(dialog, m_out + u"/both.tar"_s);
    clickRadio(part<QRadioButton>(dialog, oci ? u"ociButton"_s : u"dockerButton"_s));
    auto* const box = part<QComboBox>(dialog, u"compressionBox"_s);
    box->setFocus();
    QTest::keyClicks(box, compression.first(1));
    QCOMPARE(box->currentText(), compression);
    QCOMPARE(part<QLineEdit>(dialog, u"fileEdit"_s)->text(), QString(m_out + u"/both"_s + ending));
    auto* const button = part<QPushButton>(dialog, u"exportButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
    QVERIFY(button->text().startsWith(u"Export 2 image"_s));
    QVERIFY(part<QLabel>(dialog, u"sizeLabel"_s)->text().startsWith(u"About "_s));
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    const auto job = finished.front().front().value<JobSnapshot>();
    QVERIFY2(job.state == JobState::Done, qPrintable(job.error ? job.error->toString() : QString()));

    const QString place =
        (oci ? u"oci-archive:"_s : u"docker-archive:"_s) + m_out + u"/both"_s + ending + u':';
    for (const auto& [name, image] : {std::pair(Nginx, sample(2)), std::pair(Gallery, sample(1))}) {
        const QByteArray inspected =
            judged(u"skopeo"_s, {u"inspect"_s, u"--config"_s, u"--raw"_s, place + name});
        QCOMPARE(Digest::ofBytes(inspected), image.id());
    }
}

void TestArchives::everyImageGetsAFileOfItsOwn()
{
    fill();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ExportDialog* const dialog = openExport(app, true);
    QVERIFY(dialog);
    clickRadio(part<QRadioButton>(dialog, u"fileEachButton"_s));
    setFile(dialog, m_out + u'/');
    auto* const button = part<QPushButton>(dialog, u"exportButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, Patience);
    for (const auto& arguments : finished) {
        const auto job = arguments.front().value<JobSnapshot>();
        QVERIFY2(job.state == JobState::Done && job.to.startsWith(m_out),
                 qPrintable(job.to + u' ' + (job.error ? job.error->toString() : QString())));
    }
    QStringList files = QDir(m_out).entryList(QDir::Files);
    QCOMPARE(files, (QStringList{u"alice_gallery_latest.tar"_s, u"nginx_1.27.tar"_s}));
    QVERIFY(judged(u"skopeo"_s, {u"inspect"_s, u"docker-archive:"_s + m_out + u"/nginx_1.27.tar"_s})
                .contains("linux"));
}

void TestArchives::onlyTheChosenNamesAreWritten()
{
    fill();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QVERIFY(openExport(app, true));
    auto* const dialog = app.window().findChild<ExportDialog*>();
    auto* const list = part<QTreeWidget>(dialog, u"imageList"_s);
    // Without the second image, and without one of the names of the first.
    QTreeWidgetItem* gallery = nullptr;
    for (int i = 0; i < 2; ++i) {
        QTreeWidgetItem* const item = list->topLevelItem(i);
        if (item->childCount() == 2)
            gallery = item;
        else
            item->setCheckState(0, Qt::Unchecked);
    }
    QVERIFY(gallery);
    QTreeWidgetItem* const latest =
        gallery->child(0)->text(0).endsWith(u"latest"_s) ? gallery->child(0) : gallery->child(1);
    list->setCurrentItem(latest);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(latest->checkState(0), Qt::Unchecked);
    setFile(dialog, m_out + u"/one.tar"_s);
    auto* const button = part<QPushButton>(dialog, u"exportButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    auto contents = app.workbench().inspectArchive(m_out + u"/one.tar"_s);
    QTRY_VERIFY_WITH_TIMEOUT(contents.isFinished(), Patience);
    QVERIFY(contents.result().has_value());
    QCOMPARE(contents.result()->images.size(), 1);
    QCOMPARE(contents.result()->images.first().names, QStringList(Gallery));
}

void TestArchives::anExistingFileIsAskedAbout()
{
    fill();
    const QString path = m_out + u"/here.tar"_s;
    Testing::writeFile(path, "what was here");
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ExportDialog* const dialog = openExport(app, false);
    QVERIFY(dialog);
    setFile(dialog, path);
    auto* const button = part<QPushButton>(dialog, u"exportButton"_s);
    QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"Replace and export"_s, Patience);
    QCOMPARE(stripTitle(dialog, u"strip"_s), u"here.tar exists already and would be replaced."_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!app.window().findChild<ExportDialog*>());
    QCOMPARE(Testing::readFile(path), "what was here"_ba);
}

void TestArchives::whatADockerArchiveCannotHoldIsSaidBefore()
{
    const QString store = WindowFixture::storeOf(m_home->path());
    sample(2).writeLayout(store, {Nginx});
    writeArtifact(
        store, u"docker.io/alice/chart:1"_s,
        {.configType = u"application/vnd.cncf.helm.config.v1+json"_s,
         .config = R"({"name":"chart","version":"1"})",
         .layers = {writeBlob(store, u"application/vnd.cncf.helm.chart.content.v1.tar+gzip"_s, "chart")}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ExportDialog* const dialog = openExport(app, true);
    QVERIFY(dialog);
    QVERIFY(part<QRadioButton>(dialog, u"ociButton"_s)->isChecked()); // it fits what was chosen
    clickRadio(part<QRadioButton>(dialog, u"dockerButton"_s));
    QTRY_COMPARE_WITH_TIMEOUT(stripTitle(dialog, u"strip"_s),
                              u"A Docker archive cannot hold alice/chart:1."_s, Patience);
    QVERIFY(!part<QPushButton>(dialog, u"exportButton"_s)->isEnabled());
}

void TestArchives::theEndingAndTheCompressionAgree()
{
    fill();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ExportDialog* const dialog = openExport(app, false);
    QVERIFY(dialog);
    setFile(dialog, m_out + u"/a.tar.zst"_s);
    auto* const box = part<QComboBox>(dialog, u"compressionBox"_s);
    QTRY_COMPARE_WITH_TIMEOUT(box->currentText(), u"zstd"_s, Patience);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    QCOMPARE(part<QLineEdit>(dialog, u"fileEdit"_s)->text(), QString(m_out + u"/a.tar"_s));
}

void TestArchives::aFolderThatIsNotThereIsSaidBefore()
{
    fill();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ExportDialog* const dialog = openExport(app, false);
    QVERIFY(dialog);
    setFile(dialog, m_out + u"/nowhere/a.tar"_s);
    QTRY_VERIFY_WITH_TIMEOUT(stripTitle(dialog, u"strip"_s).contains(u"nowhere"_s), Patience);
    QVERIFY(!part<QPushButton>(dialog, u"exportButton"_s)->isEnabled());
}

void TestArchives::aCancelledExportLeavesNoFile()
{
    const QString store = WindowFixture::storeOf(m_home->path());
    const RandomImage image =
        randomImage(5, {.layerSizes = {4'000'000, 4'000'000, 4'000'000}, .isCompressible = false});
    image.writeLayout(store, {Nginx});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QTRY_COMPARE_WITH_TIMEOUT(tree(app)->model()->rowCount(), 1, Patience);
    ExportRequest request;
    request.items = {{image.target, {Nginx}}};
    request.file = m_out + u"/a.tar.xz"_s; // the slowest there is
    QSignalSpy changed(&app.workbench(), &Workbench::jobChanged);
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    auto queued = app.workbench().exportImages(request);
    app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Transfers);
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() && changed.last().first().value<JobSnapshot>().bytesDone > 0,
                             Patience);
    QTRY_COMPARE(cardsOf(app).size(), 1);
    click(cardsOf(app).first());
    QTest::keyClick(&app.window(), Qt::Key_Period, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QCOMPARE(stateOf(finished.front().front().value<JobSnapshot>()), u"Cancelled"_s);
    QCOMPARE(QDir(m_out).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

void TestArchives::aDroppedArchiveIsImportedAtOnce()
{
    const QString file = saved(u"gallery.tar"_s, {{sample(1), {Gallery}}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    drop(&app.window(), {file});
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QVERIFY(finished.front().front().value<JobSnapshot>().state == JobState::Done);
    QVERIFY(!app.window().findChild<ImportDialog*>());
    QCOMPARE(app.find<QStackedWidget>(u"pages"_s)->currentWidget()->objectName(), u"transfersPage"_s);
    QCOMPARE(namesIn(app), QStringList(Gallery));
}

void TestArchives::aDroppedLayoutFolderIsImported()
{
    const QString folder = m_home->filePath(u"layout"_s);
    sample(1).writeLayout(folder, {Gallery});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    drop(&app.window(), {folder + u'/'});
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QVERIFY(finished.front().front().value<JobSnapshot>().state == JobState::Done);
    QCOMPARE(namesIn(app), QStringList(Gallery));
}

void TestArchives::whatIsNoArchiveIsRefusedByNameAndTheOthersComeIn()
{
    const QString file = saved(u"gallery.tar"_s, {{sample(1), {Gallery}}});
    const QString picture = m_home->filePath(u"picture.png"_s);
    Testing::writeFile(picture, "\x89PNG\r\n\x1a\n" + QByteArray(5000, 'x'));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    drop(&app.window(), {picture, file});
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QTRY_COMPARE(stripTitle(&app.window(), u"windowStrip"_s), u"“picture.png” is no image archive."_s);
    QCOMPARE(namesIn(app), QStringList(Gallery));
}

void TestArchives::ofSeveralImagesSomeAreChosenAndRenamed()
{
    const QString file =
        saved(u"many.tar"_s, {{sample(1), {Gallery}}, {sample(2), {Nginx}}, {sample(3), {Latest}}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    drop(&app.window(), {file});
    QTRY_VERIFY_WITH_TIMEOUT(app.window().findChild<ImportDialog*>(), Patience);
    auto* const dialog = app.window().findChild<ImportDialog*>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    auto* const list = part<QTreeWidget>(dialog, u"imageList"_s);
    QTreeWidgetItem* const top = list->topLevelItem(0);
    QCOMPARE(top->text(0), u"many.tar"_s);
    QCOMPARE(top->childCount(), 3);
    auto* const button = part<QPushButton>(dialog, u"importButton"_s);
    QVERIFY(button->text().startsWith(u"Import 3 image"_s));
    QTreeWidgetItem* nginx = nullptr;
    for (int i = 0; i < 3; ++i) {
        if (top->child(i)->text(0) == u"nginx:1.27"_s)
            nginx = top->child(i);
        if (top->child(i)->text(0) == u"alice/gallery:latest"_s) {
            list->setCurrentItem(top->child(i));
            list->setFocus();
            QTest::keyClick(list, Qt::Key_Space); // without this one
        }
    }
    QVERIFY(nginx);
    QVERIFY(button->text().startsWith(u"Import 2 image"_s));
    list->setCurrentItem(nginx);
    click(part<QPushButton>(dialog, u"renameButton"_s));
    const auto rename = [&](const QString& names) {
        auto* const editor = list->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, names);
        QTest::keyClick(editor, Qt::Key_Return);
    };
    rename(u"Not A Name"_s);
    QTRY_VERIFY(!button->isEnabled());
    QVERIFY(stripTitle(dialog, u"strip"_s).contains(u"Not"_s));
    QTRY_VERIFY(!list->findChild<QLineEdit*>());
    QTest::keyClick(list, Qt::Key_F2);
    rename(u"web:2 web:latest"_s);
    QTRY_VERIFY(button->isEnabled());
    QVERIFY(stripTitle(dialog, u"strip"_s).isEmpty());
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    const auto job = finished.front().front().value<JobSnapshot>();
    QVERIFY2(job.state == JobState::Done, qPrintable(job.error ? job.error->toString() : QString()));
    QCOMPARE(namesIn(app),
             (QStringList{Gallery, u"docker.io/library/web:2"_s, u"docker.io/library/web:latest"_s}));
}

void TestArchives::aNameThatWouldMoveIsAskedAbout()
{
    fill();
    const QString file = saved(u"newer.tar"_s, {{sample(9), {Nginx}}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    drop(&app.window(), {file});
    QTRY_VERIFY_WITH_TIMEOUT(app.window().findChild<ImportDialog*>(), Patience);
    auto* const dialog = app.window().findChild<ImportDialog*>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    QCOMPARE(part<QTreeWidget>(dialog, u"imageList"_s)->topLevelItem(0)->child(0)->text(4),
             u"moves nginx:1.27"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!app.window().findChild<ImportDialog*>());
    QCOMPARE(namesIn(app), (QStringList{Latest, Gallery, Nginx}));
}

void TestArchives::theWindowShowsWhatADropWouldDo()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    auto* const zone = app.window().findChild<DropZone*>();
    QVERIFY(zone && !zone->isVisible());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_home->filePath(u"ui.tar"_s))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&app.window(), &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(zone->isVisible());
    QCOMPARE(zone->geometry(), app.window().rect());
    QCOMPARE(zone->accessibleName(), u"Drop to import ui.tar"_s);
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(&app.window(), &leave);
    QVERIFY(!zone->isVisible());

    QMimeData link;
    link.setUrls({QUrl(u"https://example.org/ui.tar"_s)});
    QDragEnterEvent other(QPoint(50, 50), Qt::CopyAction, &link, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&app.window(), &other);
    QVERIFY(!other.isAccepted());
    QVERIFY(!zone->isVisible());
}

void TestArchives::fieldsOfTheWindowDoNotSwallowDrops()
{
    fill();
    const QString file = saved(u"third.tar"_s, {{sample(3), {u"docker.io/library/third:1"_s}}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QTRY_COMPARE_WITH_TIMEOUT(tree(app)->model()->rowCount(), 2, Patience);
    auto* const filter = app.find<QLineEdit>(u"imagesPage/filter"_s);
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    drop(filter, {file});
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QCOMPARE(filter->text(), QString());
    QVERIFY(namesIn(app).contains(u"docker.io/library/third:1"_s));
}

void TestArchives::anImageIsDraggedOutAsAnArchive()
{
    fill();
    QString file;
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QTreeView* const view = tree(app);
        QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 2, Patience);
        auto* const drag = view->findChild<ImageDrag*>();
        QVERIFY(drag);
        QSignalSpy started(drag, &ImageDrag::started);
        const QModelIndex nginx =
            view->model()->match(view->model()->index(0, 0), Qt::DisplayRole, u"nginx:1.27"_s).value(0);
        QVERIFY(nginx.isValid());
        const QPoint from = view->visualRect(nginx).center();
        // Let go before the archive is there, it is told that it is ready; held, or dragged again, it comes
        // along.
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view->viewport(), from + QPoint(3, 0));
        QTest::mouseMove(view->viewport(), from + QPoint(60, 5));
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from + QPoint(60, 5));
        QTRY_VERIFY_WITH_TIMEOUT(stripTitle(&app.window(), u"imagesPage/strip"_s).contains(u"ready"_s)
                                     || !started.isEmpty(),
                                 Patience);
        if (started.isEmpty()) {
            QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
            QTest::mouseMove(view->viewport(), from + QPoint(60, 5));
            QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, Patience);
            QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from + QPoint(60, 5));
        }
        const QStringList files = started.first().at(0).toStringList();
        QCOMPARE(files.size(), 1);
        file = files.first();
        QVERIFY(file.endsWith(u"/nginx_1.27.tar"_s));
        QCOMPARE(started.first().at(1).toString(),
                 QString(u"nginx:1.27@"_s + sample(2).target.digest.toString()));
        const QByteArray config =
            judged(u"skopeo"_s,
                   {u"inspect"_s, u"--config"_s, u"--raw"_s, u"docker-archive:"_s + file + u":nginx:1.27"_s});
        QCOMPARE(Digest::ofBytes(config), sample(2).id());
    }
    QVERIFY(!QFile::exists(file)); // it goes with the window
}

void TestArchives::severalImagesAreDraggedOutTogether()
{
    fill();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    QTreeView* const view = tree(app);
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 2, Patience);
    auto* const drag = view->findChild<ImageDrag*>();
    QSignalSpy started(drag, &ImageDrag::started);
    QSignalSpy told(drag, &ImageDrag::told);
    const QPoint from = view->visualRect(view->model()->index(0, 0)).center();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      view->visualRect(view->model()->index(1, 0)).center());
    QCOMPARE(view->selectionModel()->selectedRows().size(), 2);
    const auto pull = [&] {
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        QCOMPARE(view->selectionModel()->selectedRows().size(), 2); // a press must not undo the choice
        QTest::mouseMove(view->viewport(), from + QPoint(50, 5));
        QTRY_VERIFY_WITH_TIMEOUT(!started.isEmpty() || !told.isEmpty(), Patience);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from + QPoint(50, 5));
    };
    pull();
    if (started.isEmpty())
        pull();
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(started.first().at(0).toStringList().size(), 2);
    QCOMPARE(view->selectionModel()->selectedRows().size(), 2);
    // A click without a drag chooses the one row.
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, from);
    QCOMPARE(view->selectionModel()->selectedRows().size(), 1);
}

void TestArchives::whatIsNoFileIsNoDrop()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    auto* const zone = app.window().findChild<DropZone*>();
    QSignalSpy dropped(zone, &DropZone::dropped);
    QVERIFY(dropped.isEmpty());
    QMimeData text;
    text.setText(u"just words"_s);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&app.window(), &enter);
    QVERIFY(!enter.isAccepted());
    QVERIFY(dropped.isEmpty());
}

QTEST_MAIN(TestArchives)
#include "tst_archives.moc"
