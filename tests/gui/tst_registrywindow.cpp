// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registrywindow.h"

#include "ui/addaccountdialog.h"
#include "ui/dialogs.h"
#include "ui/sidebar.h"
#include "ui/tagcascade.h"
#include "ui/transfercard.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

QStringList texts(const QAbstractItemModel* model)
{
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row)
        texts.append(model->index(row, 0).data(Qt::AccessibleTextRole).toString());
    return texts;
}

} // namespace

//! The window in front of a real registry.
class TestRegistryWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        QVERIFY(push(Testing::randomImage(1), u"gallery/ui:2.1"_s));
        QVERIFY(push(Testing::randomImage(2), u"gallery/ui:2.0"_s));
        QVERIFY(push(Testing::randomImage(3), u"hello-world:1"_s));
        Testing::RandomImageOptions options;
        options.platforms = {*Platform::parse(u"linux/s390x")};
        options.hasAttestation = true;
        QVERIFY(push(Testing::randomImage(4, options), u"mainframe/only:1"_s));
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void filteringRepositoriesOpensNone()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(openRegistry(app, m_registry.host()));
        auto* repositories = app.find<QAbstractItemView>(u"registryPage/repositoryView"_s);
        QTRY_COMPARE(repositories->model()->rowCount(), 3);
        QTRY_COMPARE(repositories->currentIndex().data().toString(), u"gallery/ui"_s);
        auto* tags = app.find<QTreeView>(u"registryPage/tagView"_s);
        const QStringList shown{u"2.1"_s, u"2.0"_s};
        QTRY_COMPARE(texts(tags->model()), shown);

        auto* filter = app.find<QLineEdit>(u"registryPage/repositoryFilter"_s);
        QTest::keyClicks(filter, u"hello"_s);
        QCOMPARE(repositories->model()->rowCount(), 1);
        QCOMPARE(texts(tags->model()), shown);
        QTest::keyClicks(filter, u"x"_s);
        QCOMPARE(repositories->model()->rowCount(), 0);
        QCOMPARE(texts(tags->model()), shown);
        filter->clear();
        QCOMPARE(repositories->currentIndex().data().toString(), u"gallery/ui"_s);
        QCOMPARE(texts(tags->model()), shown);
    }

    void filteredTagsAreDescribed()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(openRegistry(app, m_registry.host()));
        auto* tags = app.find<QTreeView>(u"registryPage/tagView"_s);
        QTRY_COMPARE(tags->model()->rowCount(), 2);
        for (int row = 0; row < 2; ++row)
            QTRY_COMPARE(tags->model()->index(row, 2).data().toString(), u"linux/amd64"_s);
    }

    void aCopiedRowOfTagsTellsEachThingOnce()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(openRegistry(app, m_registry.host()));
        auto* tags = app.find<QTreeView>(u"registryPage/tagView"_s);
        QTRY_COMPARE(tags->model()->index(0, 2).data().toString(), u"linux/amd64"_s);
        tags->setFocus();
        tags->setCurrentIndex(tags->model()->index(0, 0));
        QTest::keyClick(tags, Qt::Key_C, Qt::ControlModifier);
        const QStringList parts = QGuiApplication::clipboard()->text().split(u'\t');
        QCOMPARE(parts.value(0), u"2.1"_s);
        QVERIFY(parts.value(1).startsWith(u"sha256:"_s));
        QCOMPARE(parts.value(2), u"linux/amd64"_s);
        QCOMPARE(parts.count(u"2.1"_s), 1);
    }

    void aRegistryThatDoesNotAnswerIsNotCalledEmpty()
    {
        RegistryProcess stopped;
        QVERIFY(stopped.start());
        const QString host = stopped.host();
        stopped.stop();
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(openRegistry(app, host));
        const auto* strip = app.find<QWidget>(u"registryPage/strip"_s);
        QTRY_VERIFY(strip->isVisible());
        QTRY_VERIFY(strip->height()
                    < 8 * strip->fontMetrics().lineSpacing()); // three lines, not half the page
        QCOMPARE(app.find<QLabel>(u"registryPage/tagsHint"_s)->text(), u"What is here could not be read."_s);
    }

    void changedSettingsAskTheRegistryAgain()
    {
        RegistryProcess secure({.tlsNames = {u"IP:127.0.0.1"_s}});
        QVERIFY(secure.start());
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        QVERIFY(openRegistry(app, secure.host()));
        auto* strip = app.find<QWidget>(u"registryPage/strip"_s);
        QTRY_VERIFY(strip->isVisible());
        RegistrySettings settings;
        settings.caFile = m_home->filePath(u"ca.pem"_s);
        QFile file(settings.caFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(secure.certificate().certificate.toPem());
        file.close();
        const auto saved = app.workbench().saveRegistrySettings(secure.host(), settings);
        QTRY_VERIFY(saved.isFinished());
        QVERIFY2(QTest::qWaitFor([&] { return !strip->isVisible(); }),
                 qPrintable(strip->findChild<QLabel*>(u"stripTitle"_s)->text()));
    }

    void anImageOfAnotherPlatformIsOfferedAsSuch()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        openPullDialog(app.workbench(), &app.window(), m_registry.host() + u"/mainframe/only:1"_s);
        QDialog* dialog = openDialog(app.window());
        QVERIFY(dialog);
        const auto* strip = dialog->findChild<QWidget*>(u"strip"_s);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(strip->findChild<QLabel*>(u"stripTitle"_s)->text().contains(u"has no image for"_s));
        auto* platforms = dialog->findChild<QComboBox*>(u"platformBox"_s);
        const int row = platforms->findData(u"linux/s390x"_s);
        QVERIFY(row >= 0);
        platforms->setCurrentIndex(row);
        auto* button = dialog->findChild<QAbstractButton*>(u"pullButton"_s);
        QTRY_VERIFY(button->isEnabled());
        QCOMPARE(platforms->currentData().toString(), u"linux/s390x"_s);
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(finished.size(), 1);
        const auto job = finished.front().front().value<JobSnapshot>();
        QVERIFY2(job.state == JobState::Done, qPrintable(job.error ? job.error->toString() : QString()));
    }

    void aTransferThatFailedInAnEarlierRunIsBegunAgain()
    {
        const QString name = m_registry.host() + u"/late/pushed:1"_s;
        {
            WindowFixture app(m_home->path());
            QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
            PullRequest request;
            request.source = *Reference::parse(name);
            app.workbench().pull(request);
            QTRY_COMPARE(finished.size(), 1);
            QVERIFY(finished.front().front().value<JobSnapshot>().state == JobState::Failed);
        }
        QVERIFY(push(Testing::randomImage(5), u"late/pushed:1"_s));
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Transfers);
        QTRY_VERIFY(app.window().findChild<TransferCard*>());
        auto* retry = app.find<QToolButton>(u"transferCard/cardRetry"_s);
        QTRY_VERIFY(retry->isVisible());
        QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(finished.front().front().value<JobSnapshot>().state == JobState::Done);
        QTRY_VERIFY(!retry->isVisible());
    }

    void settingsThatCannotBeSeenAreNotSaved()
    {
        WindowFixture app(m_home->path());
        RegistrySettings known;
        known.caFile = u"/etc/lab-ca.pem"_s;
        const auto saved = app.workbench().saveRegistrySettings(u"lab.example:5000"_s, known);
        QTRY_VERIFY(saved.isFinished());
        AddAccountDialog dialog(app.workbench(), {}, u"own.example"_s, nullptr);
        dialog.show();
        auto* plain = dialog.findChild<QCheckBox*>(u"plainHttpBox"_s);
        QVERIFY(!plain->isVisible());
        QTest::mouseClick(dialog.findChild<QToolButton*>(u"connectionButton"_s), Qt::LeftButton);
        QVERIFY(plain->isVisible());
        QTest::mouseClick(plain, Qt::LeftButton, {}, {5, plain->height() / 2});
        QVERIFY(dialog.request().settings.plainHttp);
        auto* kinds = dialog.findChild<QListWidget*>(u"typeList"_s);
        kinds->setCurrentItem(kinds->findItems(u"GitHub"_s, Qt::MatchStartsWith).constFirst());
        QVERIFY(!plain->isVisible());
        QCOMPARE(dialog.request().profile.registry, u"ghcr.io"_s);
        QVERIFY(!dialog.request().settings.plainHttp);

        // And what is known of a registry is shown as soon as its name is there.
        AddAccountDialog second(app.workbench(), {}, u"lab.example"_s, nullptr);
        second.findChild<QLineEdit*>(u"registryEdit"_s)->setText(u"https://lab.example:5000/"_s);
        QCOMPARE(second.findChild<QLineEdit*>(u"caEdit"_s)->text(), known.caFile);
        QCOMPARE(second.request().settings, known);
    }

    void shorterTagsFollowTheTagInTheTabOrder()
    {
        QWidget window;
        auto* edit = new QLineEdit(&window);
        auto* after = new QLineEdit(&window);
        auto* cascade = new TagCascade(edit, &window);
        cascade->setTag(u"2.1.106"_s);
        QStringList order;
        for (QWidget* next = edit->nextInFocusChain(); next != after; next = next->nextInFocusChain()) {
            if (next->focusPolicy() != Qt::NoFocus)
                order.append(next->objectName());
        }
        QCOMPARE(order, QStringList({u"cascade_2.1"_s, u"cascade_2"_s, u"cascade_latest"_s}));
    }

private:
    [[nodiscard]] bool push(const Testing::RandomImage& image, const QString& name)
    {
        return Testing::pushBySkopeo(image, m_registry.host() + u'/' + name);
    }

    RegistryProcess m_registry;
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_MAIN(TestRegistryWindow)
#include "tst_registrywindow.moc"
