// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registrywindow.h"
#include "transfercards.h"

#include "ui/dialogs.h"
#include "ui/pulldialog.h"
#include "ui/pushdialog.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Signatures and SBOMs go along where the box in the pull and push dialogs says so; oras made them, and
//! finds them.
class TestReferrersBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        m_name = m_registry.host() + u"/signed/ui:1"_s;
        QVERIFY(pushBySkopeo(randomImage(1), m_name));
        QVERIFY(attach(u"sbom.json"_s, u"application/spdx+json"_s));
        QVERIFY(attach(u"image.sig"_s, u"application/vnd.cncf.notary.signature"_s));
        QVERIFY(pushBySkopeo(randomImage(2), m_registry.host() + u"/plain/ui:1"_s));
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void aPullBringsThemAndAPushTakesThemOn()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);

        openPullDialog(app.workbench(), &app.window(), m_name);
        auto* pull = openDialog(app.window());
        QVERIFY(pull);
        auto* button = part<QAbstractButton>(pull, u"pullButton"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
        auto* box = part<QCheckBox>(pull, u"referrersBox"_s);
        const int rows = part<QTreeView>(pull, u"planView"_s)->model()->rowCount();
        QVERIFY(box->isVisible() && !box->isChecked()); // other tools do not, either
        clickBox(box);
        QVERIFY(!button->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
        QVERIFY2(status(pull).contains(u"With 1 signature, 1 SBOM"_s), qPrintable(status(pull)));
        QVERIFY(part<QTreeView>(pull, u"planView"_s)->model()->rowCount() >= rows + 2);
        QVERIFY(!rowsOf(pull).filter(u"SBOM"_s).isEmpty());
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        QCOMPARE(stateOf(finished.last().first().value<JobSnapshot>()), u"Done"_s);

        // It is remembered.
        openPullDialog(app.workbench(), &app.window(), m_name);
        pull = openDialog(app.window());
        QVERIFY(pull && part<QCheckBox>(pull, u"referrersBox"_s)->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(status(pull).contains(u"1 SBOM"_s), Patience);
        pull->reject();

        const auto image = stored(app, m_name);
        QVERIFY(image);
        QCOMPARE(image->referrers, 2);
        openPushDialog(app.workbench(), &app.window(), *image, m_name);
        auto* push = openDialog(app.window());
        QVERIFY(push);
        auto* repository = part<QLineEdit>(push, u"repositoryEdit"_s);
        repository->selectAll();
        QTest::keyClicks(repository, u"copied/ui"_s);
        button = part<QAbstractButton>(push, u"pushButton"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
        box = part<QCheckBox>(push, u"referrersBox"_s);
        QVERIFY(box->isVisible() && box->isChecked()); // somebody wanted them here
        QVERIFY2(status(push).contains(u"With 1 signature, 1 SBOM"_s), qPrintable(status(push)));
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, Patience);
        QCOMPARE(stateOf(finished.last().first().value<JobSnapshot>()), u"Done"_s);
        QCOMPARE(discovered(u"copied/ui"_s), 2);
    }

    void aPushLeavesThemBehindWhereToldTo()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        PullRequest request;
        request.source = *Reference::parse(m_name);
        request.referrers = true;
        app.workbench().pull(request);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto image = stored(app, m_name);
        QVERIFY(image);
        openPushDialog(app.workbench(), &app.window(), *image, m_name);
        auto* push = openDialog(app.window());
        QVERIFY(push);
        auto* repository = part<QLineEdit>(push, u"repositoryEdit"_s);
        repository->selectAll();
        QTest::keyClicks(repository, u"bare/ui"_s);
        clickBox(part<QCheckBox>(push, u"referrersBox"_s));
        auto* button = part<QAbstractButton>(push, u"pushButton"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
        QVERIFY(rowsOf(push).filter(u"SBOM"_s).isEmpty());
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, Patience);
        QCOMPARE(stateOf(finished.last().first().value<JobSnapshot>()), u"Done"_s);
        QCOMPARE(discovered(u"bare/ui"_s), 0);

        openPushDialog(app.workbench(), &app.window(), *image, m_name);
        push = openDialog(app.window());
        QVERIFY(push && !part<QCheckBox>(push, u"referrersBox"_s)->isChecked()); // remembered
    }

    void withoutAnyThereIsNothingToChooseForAPush()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        const QString plain = m_registry.host() + u"/plain/ui:1"_s;
        openPullDialog(app.workbench(), &app.window(), plain);
        auto* pull = openDialog(app.window());
        QVERIFY(pull);
        clickBox(part<QCheckBox>(pull, u"referrersBox"_s));
        QTRY_VERIFY_WITH_TIMEOUT(status(pull).contains(u"No signatures or SBOMs"_s), Patience);
        click(part<QAbstractButton>(pull, u"pullButton"_s));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto image = stored(app, plain);
        QVERIFY(image);
        openPushDialog(app.workbench(), &app.window(), *image, plain);
        auto* push = openDialog(app.window());
        QVERIFY(push && !part<QCheckBox>(push, u"referrersBox"_s)->isVisible());
    }

private:
    static void clickBox(QCheckBox* box)
    {
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(5, box->height() / 2));
    }
    static QString status(const QDialog* dialog) { return part<QLabel>(dialog, u"statusLabel"_s)->text(); }
    static QStringList rowsOf(const QDialog* dialog)
    {
        const auto* model = part<QTreeView>(dialog, u"planView"_s)->model();
        QStringList rows;
        for (int row = 0; row < model->rowCount(); ++row)
            rows.append(model->index(row, 0).data().toString());
        return rows;
    }
    [[nodiscard]] static std::optional<StoredImage> stored(WindowFixture& app, const QString& name)
    {
        const auto images = app.workbench().images();
        if (!QTest::qWaitFor([&] { return images.isFinished(); }, Patience))
            return {};
        const auto snapshot = images.result();
        const QList<StoredImage> all = snapshot ? snapshot->images : QList<StoredImage>();
        for (const StoredImage& image : all) {
            if (image.names.contains(name))
                return image;
        }
        return {};
    }
    [[nodiscard]] bool attach(const QString& file, const QString& type) const
    {
        QFile content(m_files.filePath(file));
        if (!content.open(QFile::WriteOnly) || content.write(file.toUtf8()) < 0)
            return false;
        content.close();
        QProcess oras;
        oras.setWorkingDirectory(m_files.path()); // it wants relative paths
        oras.start(u"oras"_s, {u"attach"_s, u"--plain-http"_s, u"--artifact-type"_s, type, m_name, file});
        return oras.waitForFinished(60'000) && oras.exitCode() == 0;
    }
    //! How many things refer to the image there; -1 where that cannot be told.
    [[nodiscard]] int discovered(const QString& repository) const
    {
        QProcess oras;
        oras.start(u"oras"_s,
                   {u"discover"_s, u"--plain-http"_s, u"--format"_s, u"json"_s,
                    m_registry.host() + u'/' + repository + u":1"_s});
        if (!oras.waitForFinished(60'000) || oras.exitCode() != 0)
            return -1;
        const QJsonObject answer = QJsonDocument::fromJson(oras.readAllStandardOutput()).object();
        const QString list = answer.contains("manifests"_L1) ? u"manifests"_s : u"referrers"_s;
        return int(answer[list].toArray().size());
    }

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    QString m_name;
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestReferrersBox)
#include "tst_referrersbox.moc"
