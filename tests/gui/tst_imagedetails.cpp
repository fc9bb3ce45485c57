// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "menuclicks.h"
#include "transfercards.h"
#include "windowfixture.h"

#include "support/artifactlayout.h"
#include "support/registryprocess/registryprocess.h"
#include "ui/badge.h"
#include "ui/elidedlabel.h"
#include "ui/factsview.h"
#include "ui/pulldialog.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

const QString Name = u"docker.io/alice/ui:v1"_s;

//! Takes what the window would open in a browser.
class Browser : public QObject
{
    Q_OBJECT

public:
    Browser() { QDesktopServices::setUrlHandler(u"https"_s, this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(u"https"_s); }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl& url) { opened.append(url); }
};

Platform platform(const QString& text)
{
    return *Platform::parse(text);
}

} // namespace

//! What an image holds inside, by real clicks: overview, build steps, documents, platforms, artifacts.
class TestImageDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void overviewTellsHowItRunsAndWhatItIs();
    void buildStepsStandBesideTheirLayers();
    void documentsAreShownToTheByte();
    void damageIsSeen();
    void findWorksInsideTheDocument();
    void platformsAreRowsAndChooseForAllTabs();
    void missingPlatformIsPulledFromItsRow();
    void artifactsAreNamedAsWhatTheyAre();
    void signatureLeadsToWhatItSigns();

private:
    [[nodiscard]] QString store() const { return WindowFixture::storeOf(m_home->path()); }
    //! An image whose config is all that a config can be; its layers are those of a random image.
    Descriptor writeImage(const QByteArray& config, QList<Descriptor> layers);
    //! Clicks the row with this text.
    static void choose(WindowFixture& app, const QString& text);
    static void openTab(WindowFixture& app, const QString& tab);
    [[nodiscard]] static QString fact(WindowFixture& app, const QString& key);

    std::unique_ptr<QTemporaryDir> m_home;
};

Descriptor TestImageDetails::writeImage(const QByteArray& config, QList<Descriptor> layers)
{
    return writeArtifact(store(), Name,
                         {.configType = QString(MediaType::OciConfig),
                          .config = config,
                          .layers = std::move(layers),
                          .annotations = {{u"org.opencontainers.image.vendor"_s, u"Example"_s},
                                          {u"com.example.pipeline"_s, u"42"_s}}});
}

void TestImageDetails::choose(WindowFixture& app, const QString& text)
{
    auto* const tree = app.find<QTreeView>(u"imagesPage/tree"_s);
    const auto row = [tree, &text] {
        for (int i = 0; i < tree->model()->rowCount(); ++i) {
            const QModelIndex index = tree->model()->index(i, 0);
            if (index.data().toString() == text)
                return index;
        }
        return QModelIndex();
    };
    QTRY_VERIFY_WITH_TIMEOUT(row().isValid(), Patience);
    tree->scrollTo(row());
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(row()).center());
}

void TestImageDetails::openTab(WindowFixture& app, const QString& tab)
{
    auto* const tabs = app.find<QTabWidget>(u"imagesPage/tabs"_s);
    const int index = tabs->indexOf(app.find<QWidget>(u"imagesPage/"_s + tab));
    QVERIFY(tabs->isTabVisible(index));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(index).center());
    QCOMPARE(tabs->currentIndex(), index);
}

QString TestImageDetails::fact(WindowFixture& app, const QString& key)
{
    const auto* const label = app.window().findChild<QLabel*>(key);
    return label && !label->isHidden() ? label->text() : QString();
}

void TestImageDetails::overviewTellsHowItRunsAndWhatItIs()
{
    const QByteArray config = R"({"architecture":"amd64","os":"linux","author":"Alice",
        "config":{"Env":["PATH=/bin","LONG=)"
        + QByteArray(400, 'x') + R"json("],"Entrypoint":["/app","--serve it"],"Cmd":["x"],
        "ExposedPorts":{"80/tcp":{}},"Volumes":{"/data":{}},"User":"1000:1000","WorkingDir":"/srv",
        "StopSignal":"SIGINT","Shell":["/bin/bash","-c"],"OnBuild":["RUN make"],
        "Healthcheck":{"Test":["CMD-SHELL","curl -f http://localhost/"],"Interval":30000000000,
                       "Timeout":1500000000,"StartPeriod":90000000000,"Retries":3},
        "Labels":{"org.opencontainers.image.title":"The UI","org.opencontainers.image.version":"1.2.3",
                  "org.opencontainers.image.source":"https://example.org/ui?a=1&b=2",
                  "org.opencontainers.image.documentation":"javascript:alert(1)",
                  "org.opencontainers.image.licenses":"MIT","zeta":"last","alpha":"first"}},
        "rootfs":{"type":"layers","diff_ids":[]},"history":[]})json";
    writeImage(config, {});
    Browser browser;
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:v1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(fact(app, u"factEntrypoint"_s), uR"(["/app", "--serve it"])"_s, Patience);
    QCOMPARE(fact(app, u"factCommand"_s), uR"(["x"])"_s);
    QCOMPARE(fact(app, u"factPorts"_s), u"80/tcp"_s);
    QCOMPARE(fact(app, u"factVolumes"_s), u"/data"_s);
    QCOMPARE(fact(app, u"factUser"_s), u"1000:1000"_s);
    QCOMPARE(fact(app, u"factWorkingDirectory"_s), u"/srv"_s);
    QCOMPARE(fact(app, u"factStopSignal"_s), u"SIGINT"_s);
    QCOMPARE(fact(app, u"factShell"_s), uR"(["/bin/bash", "-c"])"_s);
    QCOMPARE(fact(app, u"factOnBuild"_s), u"RUN make"_s);
    QVERIFY(fact(app, u"factHealthCheck"_s)
                .startsWith(
                    u"curl -f http://localhost/\nevery 30 s · gives up after 1,500 ms · 1:30 min to start · "
                    "ill after 3 failure"_s));
    QCOMPARE(fact(app, u"fact:title"_s), u"The UI"_s);
    QCOMPARE(fact(app, u"fact:version"_s), u"1.2.3"_s);
    QCOMPARE(fact(app, u"fact:licenses"_s), u"MIT"_s);
    QCOMPARE(fact(app, u"fact:vendor"_s), u"Example"_s); // an annotation says as much as a label
    QVERIFY(fact(app, u"factLabels"_s).startsWith(u"alpha=first\n"_s));
    QVERIFY(fact(app, u"factLabels"_s).endsWith(u"\nzeta=last"_s));
    QVERIFY(fact(app, u"factAnnotations"_s).contains(u"com.example.pipeline=42"_s));

    // A long value is cut on the screen, and whole on the clipboard.
    const QString shown = fact(app, u"factEnvironment"_s);
    QVERIFY(shown.contains(u'…') && shown.size() < 300);
    QTest::mouseClick(app.find<QAbstractButton>(u"factEnvironmentCopy"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString(u"PATH=/bin\nLONG="_s + QString(400, u'x')));

    // A link is one to the web only.
    QVERIFY(!fact(app, u"fact:documentation"_s).contains(u"<a"_s));
    auto* const source = app.find<QLabel>(u"fact:source"_s);
    QVERIFY(source->text().contains(u"&amp;b=2"_s));
    app.find<FactsView>(u"imagesPage/overviewTab"_s)->ensureWidgetVisible(source);
    QTest::mouseClick(source, Qt::LeftButton, {},
                      QPoint(source->fontMetrics().averageCharWidth() * 3, source->height() / 2));
    QTRY_COMPARE(browser.opened, QList<QUrl>{QUrl(u"https://example.org/ui?a=1&b=2"_s, QUrl::StrictMode)});
}

void TestImageDetails::buildStepsStandBesideTheirLayers()
{
    const RandomImage image = randomImage(3, {.layerSizes = {90'000, 10'000}});
    image.writeLayout(store(), {});
    const QList<RandomBlob> blobs = image.blobsOf();
    const Descriptor first = blobs[1].descriptor;
    const Descriptor second = blobs[2].descriptor;
    QJsonObject config{
        {u"architecture"_s, u"amd64"_s},
        {u"os"_s, u"linux"_s},
        {u"rootfs"_s,
         QJsonObject{{u"type"_s, u"layers"_s},
                     {u"diff_ids"_s, QJsonArray{blobs[1].diffId.toString(), blobs[2].diffId.toString()}}}},
        {u"history"_s,
         QJsonArray{QJsonObject{{u"created"_s, u"2024-01-02T03:04:05Z"_s},
                                {u"created_by"_s, u"/bin/sh -c #(nop) ADD file:abc in / "_s}},
                    QJsonObject{{u"created_by"_s, u"/bin/sh -c #(nop)  ENV A=b"_s}, {u"empty_layer"_s, true}},
                    QJsonObject{{u"created_by"_s, u"RUN /bin/sh -c make   all # buildkit"_s},
                                {u"author"_s, u"Alice"_s},
                                {u"comment"_s, u"by hand"_s}}}}};
    writeImage(QJsonDocument(config).toJson(), {first, second});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:v1"_s);
    openTab(app, u"layersTab"_s);
    auto* const view = app.find<QTreeView>(u"imagesPage/layersTab"_s);
    const QAbstractItemModel& model = *view->model();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, Patience);
    enum { Number, Step, Layer, Size, SharedWith, Type, Created };
    QCOMPARE(model.index(0, Step).data().toString(), u"ADD file:abc in /"_s);
    QVERIFY(model.index(0, Step).data(Qt::ToolTipRole).toString().contains(u"#(nop)"_s));
    QCOMPARE(model.index(0, Type).data().toString(), u"gzip"_s);
    QVERIFY(!model.index(0, Created).data().toString().isEmpty());
    QCOMPARE(model.index(1, Layer).data().toString(), u"no layer"_s);
    QCOMPARE(model.index(2, Step).data().toString(), u"RUN make all"_s);
    QCOMPARE(model.index(2, Step).data(Role::Badges).value<QList<Badge>>().value(0).text, u"by hand"_s);
    const QString tip = model.index(2, Step).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(u"Author: Alice"_s) && tip.contains(u"# buildkit"_s));
    const double share = model.index(0, Size).data(Role::Progress).toDouble();
    QCOMPARE(share, double(first.size) / double(first.size + second.size));
    QVERIFY(!model.index(1, Size).data(Role::Progress).isValid());
    QVERIFY(model.index(2, Layer).data(Qt::ToolTipRole).toString().contains(blobs[2].diffId.toString()));

    // By the context menu, as people do.
    chooseFromNextMenu({u"copyDiffId"_s});
    Q_EMIT view->customContextMenuRequested(view->visualRect(model.index(2, Step)).center());
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), blobs[2].diffId.toString());
}

void TestImageDetails::documentsAreShownToTheByte()
{
    const RandomImage image = randomImage(
        4, {.platforms = {platform(u"linux/amd64"_s), platform(u"linux/arm64"_s)}, .hasAttestation = true});
    image.writeLayout(store(), {Name});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:v1"_s);
    openTab(app, u"jsonTab"_s);
    auto* const chooser = app.find<QComboBox>(u"imagesPage/jsonChooser"_s);
    QStringList listed;
    QTRY_VERIFY_WITH_TIMEOUT(chooser->count() >= 7, Patience);
    for (int i = 0; i < chooser->count(); ++i)
        listed.append(chooser->itemText(i));
    QCOMPARE(listed.first(), u"Index"_s);
    for (const QString& name : {u"Manifest of linux/amd64"_s, u"Config of linux/amd64"_s,
                                u"Manifest of linux/arm64"_s, u"Config of linux/arm64"_s})
        QVERIFY2(listed.contains(name), qPrintable(listed.join(u'|')));
    QVERIFY2(listed.filter(u"attestation of linux/amd64"_s).size() >= 1, qPrintable(listed.join(u'|')));

    auto* const view = app.find<QPlainTextEdit>(u"imagesPage/jsonView"_s);
    const auto* const mark = app.find<BadgeLabel>(u"imagesPage/jsonMark"_s);
    const auto check = [&](const QString& name, const Descriptor& descriptor, const QByteArray& bytes) {
        chooser->setFocus();
        while (chooser->currentText() != name && chooser->currentIndex() + 1 < chooser->count())
            QTest::keyClick(chooser, Qt::Key_Down);
        QCOMPARE(chooser->currentText(), name);
        QCOMPARE(app.find<ElidedLabel>(u"imagesPage/jsonDigest"_s)->text(), descriptor.digest.toString());
        QTRY_COMPARE_WITH_TIMEOUT(mark->badge().text, u"✓ digest matches"_s, Patience);
        QTest::mouseClick(app.find<QAbstractButton>(u"imagesPage/jsonCopyButton"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), bytes);
    };
    check(u"Index"_s, image.target, image.bytes);
    check(u"Manifest of linux/amd64"_s, image.manifests[0].descriptor, image.manifests[0].bytes);
    const RandomBlob config = image.blobsOf(1).first();
    check(u"Config of linux/arm64"_s, config.descriptor, config.read());

    // Indented for reading, or as it is.
    QVERIFY(view->toPlainText().contains(u"\n  \""_s));
    auto* const form = app.find<QComboBox>(u"imagesPage/jsonFormBox"_s);
    form->setFocus();
    QTest::keyClick(form, Qt::Key_Down);
    QCOMPARE(view->toPlainText().toUtf8(), config.read());

    QTest::mouseClick(app.find<QAbstractButton>(u"imagesPage/jsonSaveButton"_s), Qt::LeftButton);
    auto* const dialog = app.window().findChild<QFileDialog*>(u"saveDocumentDialog"_s);
    QVERIFY(dialog);
    const QString path = m_home->filePath(u"config.json"_s);
    auto* const edit = dialog->findChild<QLineEdit*>(u"fileNameEdit"_s);
    QVERIFY(edit);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, path);
    QCOMPARE(edit->text(), path);
    if (QWidget* const names = QApplication::activePopupWidget())
        names->close(); // what the dialog proposes lies over its buttons
    auto* const box = dialog->findChild<QDialogButtonBox*>();
    QVERIFY(box);
    click(box->button(QDialogButtonBox::Save));
    QTRY_COMPARE(Testing::readFile(path), config.read());
}

void TestImageDetails::damageIsSeen()
{
    const RandomImage image = randomImage(4);
    image.writeLayout(store(), {Name});
    const Digest config = image.id();
    QByteArray bytes = Testing::readFile(blobFile(store(), config));
    bytes.replace("linux", "linuz");
    QFile::setPermissions(blobFile(store(), config), QFile::ReadOwner | QFile::WriteOwner);
    Testing::writeFile(blobFile(store(), config), bytes);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:v1"_s);
    openTab(app, u"jsonTab"_s);
    auto* const chooser = app.find<QComboBox>(u"imagesPage/jsonChooser"_s);
    QTRY_COMPARE_WITH_TIMEOUT(chooser->count(), 2, Patience);
    chooser->setFocus();
    QTest::keyClick(chooser, Qt::Key_Down);
    const auto* const mark = app.find<BadgeLabel>(u"imagesPage/jsonMark"_s);
    QTRY_COMPARE_WITH_TIMEOUT(mark->badge().text, u"digest does not match"_s, Patience);
    QVERIFY(mark->badge().toolTip.contains(Digest::ofBytes(bytes).toString()));
}

void TestImageDetails::findWorksInsideTheDocument()
{
    const RandomImage image = randomImage(4);
    image.writeLayout(store(), {Name});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:v1"_s);
    openTab(app, u"jsonTab"_s);
    auto* const view = app.find<QPlainTextEdit>(u"imagesPage/jsonView"_s);
    QTRY_VERIFY_WITH_TIMEOUT(view->toPlainText().contains(u"sha256"_s), Patience);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier);
    auto* const edit = app.find<QLineEdit>(u"imagesPage/findEdit"_s);
    QTRY_VERIFY(edit->hasFocus()); // and not the list's filter
    QTest::keyClicks(edit, u"sha256"_s);
    const auto count = image.bytes.count("sha256");
    QVERIFY(app.find<QLabel>(u"imagesPage/findCount"_s)->text().startsWith(u"%1 match"_s.arg(count)));
    QCOMPARE(view->textCursor().selectedText(), u"sha256"_s);
    const int first = view->textCursor().position();
    QTest::keyClick(edit, Qt::Key_F3);
    QVERIFY(view->textCursor().position() > first);
    QTest::keyClick(edit, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(view->textCursor().position(), first);
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());
    QVERIFY(app.find<QLineEdit>(u"imagesPage/filter"_s)->text().isEmpty());
}

void TestImageDetails::platformsAreRowsAndChooseForAllTabs()
{
    const RandomImage image = randomImage(
        6,
        {.platforms = {platform(u"linux/amd64"_s), platform(u"linux/arm64"_s), platform(u"linux/s390x"_s)},
         .hasAttestation = true});
    image.writeLayout(store(), {Name});
    // As after a pull of some of them.
    const Digest missing = image.manifests[2].descriptor.digest;
    QVERIFY(QFile::remove(blobFile(store(), missing)));
    randomImage(7).writeLayout(store(), {u"docker.io/library/other:1"_s});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:v1"_s);
    openTab(app, u"platformsTab"_s);
    auto* const view = app.find<QTreeView>(u"imagesPage/platformsView"_s);
    QAbstractItemModel* const model = view->model();
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() >= 4, Patience);
    const auto rowOf = [model](const QString& text) {
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString().trimmed() == text)
                return row;
        }
        return -1;
    };
    const auto stateOf = [&](const QString& text) {
        return model->index(rowOf(text), 3).data(Role::Badges).value<QList<Badge>>().value(0).text;
    };
    QCOMPARE(stateOf(u"linux/amd64"_s), u"here"_s);
    QCOMPARE(stateOf(u"linux/s390x"_s), u"not here"_s);
    QCOMPARE(rowOf(u"attestation of linux/amd64"_s), rowOf(u"linux/amd64"_s) + 1);

    const auto chooseRow = [&](const QString& text) {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(model->index(rowOf(text), 0)).center());
    };
    auto* const chooser = app.find<QComboBox>(u"imagesPage/platformChooser"_s);
    chooseRow(u"linux/arm64"_s);
    QCOMPARE(chooser->currentText(), u"linux/arm64"_s);
    auto* const pull = app.find<QAbstractButton>(u"imagesPage/pullPlatformButton"_s);
    QVERIFY(!pull->isEnabled());
    openTab(app, u"layersTab"_s);
    const auto layers = image.blobsOf(1);
    QTRY_COMPARE_WITH_TIMEOUT(
        app.find<QTreeView>(u"imagesPage/layersTab"_s)->model()->index(0, 2).data(Role::CopyText).toString(),
        layers[1].descriptor.digest.toString(), Patience);

    // Another image has no platforms to choose from, and this one comes back as it was left.
    choose(app, u"other:1"_s);
    auto* const tabs = app.find<QTabWidget>(u"imagesPage/tabs"_s);
    QTRY_VERIFY(!tabs->isTabVisible(tabs->indexOf(app.find<QWidget>(u"imagesPage/platformsTab"_s))));
    choose(app, u"alice/ui:v1"_s);
    QCOMPARE(chooser->currentText(), u"linux/arm64"_s);
}

void TestImageDetails::missingPlatformIsPulledFromItsRow()
{
    RegistryProcess registry;
    QVERIFY(registry.start());
    const RandomImage image =
        randomImage(6, {.platforms = {platform(u"linux/amd64"_s), platform(u"linux/s390x"_s)}});
    const QString name = registry.host() + u"/alice/ui:v1"_s;
    image.writeLayout(m_home->filePath(u"whole"_s), {u"x"_s});
    QProcess skopeo;
    skopeo.start(u"skopeo"_s,
                 {u"copy"_s, u"-q"_s, u"--all"_s, u"--dest-tls-verify=false"_s,
                  u"oci:"_s + m_home->filePath(u"whole"_s) + u":x"_s, u"docker://"_s + name});
    QVERIFY(skopeo.waitForFinished(60000));
    QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
    // Here is what a pull of one platform leaves.
    image.writeLayout(store(), {name});
    QSet<Digest> kept;
    for (const RandomBlob& blob : image.blobsOf(0))
        kept.insert(blob.descriptor.digest);
    for (const RandomBlob& blob : image.blobsOf(1)) {
        if (!kept.contains(blob.descriptor.digest))
            QVERIFY(QFile::remove(blobFile(store(), blob.descriptor.digest)));
    }
    QVERIFY(QFile::remove(blobFile(store(), image.manifests[1].descriptor.digest)));

    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, name);
    openTab(app, u"platformsTab"_s);
    auto* const view = app.find<QTreeView>(u"imagesPage/platformsView"_s);
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 2, Patience);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      view->visualRect(view->model()->index(1, 0)).center());
    const auto state = [view] {
        return view->model()->index(1, 3).data(Role::Badges).value<QList<Badge>>().value(0).text;
    };
    QCOMPARE(state(), u"not here"_s);
    auto* const pull = app.find<QAbstractButton>(u"imagesPage/pullPlatformButton"_s);
    QVERIFY(pull->isEnabled());
    QTest::mouseClick(pull, Qt::LeftButton);
    auto* const dialog = app.window().findChild<PullDialog*>();
    QVERIFY(dialog);
    QVERIFY(part<QLineEdit>(dialog, u"referenceEdit"_s)
                ->text()
                .endsWith(u'@' + image.manifests[1].descriptor.digest.toString()));
    QCOMPARE(part<QComboBox>(dialog, u"platformBox"_s)->currentText(), u"linux/s390x"_s);
    auto* const button = part<QAbstractButton>(dialog, u"pullButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
    QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QCOMPARE(stateOf(finished.first().first().value<JobSnapshot>()), u"Done"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(), u"here"_s, Patience);
    QVERIFY(!pull->isEnabled());
    // The index is whole now, under its own name, and there is no other image.
    QCOMPARE(app.find<QTreeView>(u"imagesPage/tree"_s)->model()->rowCount(), 1);
    QCOMPARE(fact(app, u"factDigest"_s), image.target.digest.toString());
}

void TestImageDetails::artifactsAreNamedAsWhatTheyAre()
{
    const QString sbomType = u"application/spdx+json"_s;
    writeArtifact(
        store(), u"docker.io/alice/chart:1"_s,
        {.configType = u"application/vnd.cncf.helm.config.v1+json"_s,
         .config = R"({"name":"gallery","version":"4.5.6","appVersion":"7","description":"Shows pictures"})",
         .layers = {writeBlob(store(), u"application/vnd.cncf.helm.chart.content.v1.tar+gzip"_s, "c")}});
    writeArtifact(store(), u"docker.io/alice/sbom:1"_s,
                  {.artifactType = sbomType,
                   .layers = {writeBlob(store(), sbomType,
                                        R"({"spdxVersion":"SPDX-2.3","name":"ui","packages":[{},{},{}]})")}});
    writeArtifact(store(), u"docker.io/alice/files:1"_s,
                  {.artifactType = u"application/vnd.unknown.artifact.v1"_s,
                   .layers = {writeBlob(store(), u"text/plain"_s, "hello",
                                        {{u"org.opencontainers.image.title"_s, u"readme.txt"_s}})}});
    writeArtifact(store(), u"docker.io/alice/wasm:1"_s,
                  {.configType = u"application/vnd.wasm.config.v0+json"_s,
                   .layers = {writeBlob(store(), u"application/wasm"_s, "asm")}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    const auto* const model = app.find<QTreeView>(u"imagesPage/tree"_s)->model();
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 4, Patience);
    QMap<QString, QString> badges;
    for (int row = 0; row < 4; ++row)
        badges.insert(model->index(row, 0).data().toString(),
                      model->index(row, 0).data(Role::Badges).value<QList<Badge>>().value(0).text);
    QCOMPARE(badges,
             (QMap<QString, QString>{{u"alice/chart:1"_s, u"Helm chart"_s},
                                     {u"alice/sbom:1"_s, u"SBOM"_s},
                                     {u"alice/files:1"_s, u"files"_s},
                                     {u"alice/wasm:1"_s, u"WebAssembly module"_s}}));

    choose(app, u"alice/chart:1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(fact(app, u"factChartVersion"_s), u"4.5.6"_s, Patience);
    QCOMPARE(fact(app, u"factArtifactKind"_s), u"Helm chart"_s);
    QCOMPARE(fact(app, u"factChart"_s), u"gallery"_s);
    choose(app, u"alice/sbom:1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(fact(app, u"factPackages"_s), u"3"_s, Patience);
    QCOMPARE(fact(app, u"factArtifactKind"_s), u"SBOM (SPDX-2.3)"_s);
    QVERIFY(fact(app, u"factEntrypoint"_s).isEmpty());
    // Its payload is a document like the others.
    openTab(app, u"jsonTab"_s);
    auto* const chooser = app.find<QComboBox>(u"imagesPage/jsonChooser"_s);
    QTRY_COMPARE_WITH_TIMEOUT(chooser->count(), 3, Patience);
    chooser->setFocus();
    QTest::keyClick(chooser, Qt::Key_End);
    QTRY_VERIFY_WITH_TIMEOUT(
        app.find<QPlainTextEdit>(u"imagesPage/jsonView"_s)->toPlainText().contains(u"SPDX-2.3"_s), Patience);
    choose(app, u"alice/files:1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(fact(app, u"factFiles"_s).startsWith(u"readme.txt"_s), Patience);
}

void TestImageDetails::signatureLeadsToWhatItSigns()
{
    const RandomImage image = randomImage(8);
    image.writeLayout(store(), {Name});
    const Digest digest = image.target.digest;
    // As cosign wrote them for years: an image's config, the subject in the tag.
    const QByteArray payload =
        R"({"critical":{"identity":{"docker-reference":"alice/ui"},"image":{"docker-manifest-digest":")"
        + digest.toString().toLatin1() + R"("},"type":"cosign container image signature"},"optional":null})";
    const QString tag = u"docker.io/alice/ui:sha256-"_s + digest.hex() + u".sig"_s;
    writeArtifact(
        store(), tag,
        {.configType = QString(MediaType::OciConfig),
         .config = R"({"architecture":"","os":"","rootfs":{"type":"layers","diff_ids":[]},"config":{}})",
         .layers = {writeBlob(store(), u"application/vnd.dev.cosign.simplesigning.v1+json"_s, payload)}});
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    choose(app, u"alice/ui:sha256-"_s + digest.hex() + u".sig"_s);
    QTRY_COMPARE_WITH_TIMEOUT(fact(app, u"factArtifactKind"_s), u"signature (cosign)"_s, Patience);
    auto* const subject = app.find<QLabel>(u"factSubject"_s);
    QVERIFY(subject->text().contains(u"alice/ui:v1"_s));
    QTest::mouseClick(subject, Qt::LeftButton, {},
                      QPoint(subject->fontMetrics().averageCharWidth() * 3, subject->height() / 2));
    QTRY_COMPARE(fact(app, u"factDigest"_s), digest.toString());
}

QTEST_MAIN(TestImageDetails)
#include "tst_imagedetails.moc"
