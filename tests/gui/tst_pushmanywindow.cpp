// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "openpush.h"

#include "auth/profilestore.h"
#include "models/planmodel.h"
#include "support/registryprocess/registryprocess.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "ui/badge.h"
#include "ui/elidedlabel.h"
#include "ui/messagestrip.h"
#include "ui/targetlines.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! The push dialog with several destinations, and the card that shows them, before two real registries.
class TestPushManyWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        RandomImageOptions options;
        options.layerSizes = {200'000, 100'000};
        options.isCompressible = false;
        m_image = randomImage(1, options);
        m_image.writeLayout(WindowFixture::storeOf(m_home->path()), {u"docker.io/library/gallery:2.1"_s});
        ProfileStore profiles(m_home->path() + u"/config"_s);
        for (Place* place : {&m_lab, &m_mirror}) {
            place->registry = std::make_unique<RegistryProcess>();
            QVERIFY(place->registry->start());
            place->proxy = std::make_unique<SabotageProxy>(place->registry->port());
            QVERIFY(place->proxy->start());
            Profile profile;
            profile.name = place == &m_lab ? u"Lab"_s : u"Mirror"_s;
            profile.registry = place->proxy->host();
            QVERIFY(profiles.save(profile));
        }
    }

    void furtherDestinationsAreChosenSeenAndPushedTo()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        PushDialog* dialog = openPush(app);
        QVERIFY(dialog);
        auto* push = part<QPushButton>(dialog, u"pushButton"_s);
        const auto* plan = part<QTreeView>(dialog, u"planView"_s)->model();
        QTRY_VERIFY_WITH_TIMEOUT(push->isEnabled(), Patience);
        const int rowsOfOne = plan->rowCount(); // three blobs and a tag
        QCOMPARE(rowsOfOne, 4);

        // Another registry: proposed as soon as it is asked for.
        click(part<QToolButton>(dialog, u"addDestination"_s));
        QCOMPARE(rowsOf(dialog).size(), 1);
        QCOMPARE(part<QComboBox>(rowsOf(dialog)[0], u"furtherAccount"_s)->currentText(),
                 u"Mirror (not logged in)"_s);
        QCOMPARE(part<QLineEdit>(rowsOf(dialog)[0], u"furtherRepository"_s)->text(), u"gallery"_s);
        QCOMPARE(part<QLineEdit>(rowsOf(dialog)[0], u"furtherTags"_s)->text(), u"2.1"_s);
        QVERIFY(!push->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(push->isEnabled(), Patience);
        QCOMPARE(headings(plan), (QStringList{m_lab.name(u"gallery"_s), m_mirror.name(u"gallery"_s)}));
        QCOMPARE(plan->rowCount(), 2 * (rowsOfOne + 1));

        // Tags follow those of the first until they are typed; a second repository is the person's to name.
        QTest::keyClicks(part<QLineEdit>(dialog, u"tagEdit"_s), u".7"_s);
        QCOMPARE(part<QLineEdit>(rowsOf(dialog)[0], u"furtherTags"_s)->text(), u"2.1.7"_s);
        auto* mirrored = part<QLineEdit>(rowsOf(dialog)[0], u"furtherTags"_s);
        mirrored->selectAll();
        QTest::keyClicks(mirrored, u"2.1.7, stable"_s);
        click(part<QToolButton>(dialog, u"addDestination"_s));
        QCOMPARE(rowsOf(dialog).size(), 2);
        auto* repository = part<QLineEdit>(rowsOf(dialog)[1], u"furtherRepository"_s);
        QCOMPARE(repository->text(), QString());
        QVERIFY(repository->hasFocus());
        QTRY_VERIFY_WITH_TIMEOUT(
            part<QLabel>(dialog, u"statusLabel"_s)->text().contains(u"repository name"_s), Patience);
        QVERIFY(!push->isEnabled());
        QCOMPARE(headings(plan).size(), 2); // of the others the plan is there all the same
        QTest::keyClicks(repository, u"beside/ui"_s);
        QTRY_VERIFY_WITH_TIMEOUT(push->isEnabled(), Patience);
        QCOMPARE(headings(plan).size(), 3);
        // What is beside takes all over from the first.
        QCOMPARE(badge(plan, plan->rowCount() - 4), u"mount from gallery"_s);
        QVERIFY2(push->text().contains(u"4 tags"_s), qPrintable(push->text()));

        app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Transfers);
        click(push);
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Done), 1, Patience);
        const TransferCard* card = cardsOf(app).first();
        const auto lines = linesOf(card);
        QCOMPARE(lines.size(), 3);
        for (const TargetLine* line : lines)
            QCOMPARE(part<BadgeLabel>(line, u"targetState"_s)->badge().text, u"done"_s);
        QVERIFY(part<ElidedLabel>(lines[1], u"targetName"_s)->text().startsWith(m_mirror.name(u"gallery"_s)));
        QVERIFY(m_lab.has(u"gallery"_s, u"2.1.7"_s) && m_lab.has(u"beside/ui"_s, u"2.1.7"_s));
        QVERIFY(m_mirror.has(u"gallery"_s, u"stable"_s));
        QVERIFY(!m_mirror.has(u"beside/ui"_s, u"2.1.7"_s));
    }

    void oneThatRefusesIsNamedAndCanBeLeftOut()
    {
        WindowFixture app(m_home->path());
        QVERIFY(app.show());
        m_mirror.proxy->add({.action = Sabotage::Action::Answer, .path = "/v2/", .times = -1, .status = 403});
        PushDialog* dialog = openPush(app);
        QVERIFY(dialog);
        auto* push = part<QPushButton>(dialog, u"pushButton"_s);
        auto* strip = part<MessageStrip>(dialog, u"strip"_s);
        click(part<QToolButton>(dialog, u"addDestination"_s));
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), Patience);
        QVERIFY2(part<QLabel>(strip, u"stripTitle"_s)->text().contains(m_mirror.proxy->host()),
                 qPrintable(part<QLabel>(strip, u"stripTitle"_s)->text()));
        QVERIFY(!push->isEnabled());
        // The plan of the other is there all the same.
        const auto* plan = part<QTreeView>(dialog, u"planView"_s)->model();
        QTRY_COMPARE_WITH_TIMEOUT(plan->rowCount(), 6, Patience);
        click(part<QToolButton>(rowsOf(dialog)[0], u"furtherRemove"_s));
        QTRY_VERIFY_WITH_TIMEOUT(push->isEnabled(), Patience);
        QVERIFY(!strip->isVisible());
        QVERIFY(rowsOf(dialog).isEmpty());
        QVERIFY(headings(plan).isEmpty());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!app.window().findChild<PushDialog*>());
    }

    void theCardTellsWhichFailedAndMendsIt()
    {
        WindowFixture app(m_home->path());
        QVERIFY(showTransfers(app));
        m_mirror.registry->stop();
        PushRequest request;
        request.image = u"docker.io/library/gallery:2.1"_s;
        request.destination = *Reference::parse(m_lab.name(u"gallery:2.1"_s));
        request.further = {{*Reference::parse(m_mirror.name(u"gallery:2.1"_s)), {}, {}}};
        app.workbench().push(request);
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Failed), 1, Patience);
        TransferCard* card = cardsOf(app).first();
        QCOMPARE(part<BadgeLabel>(card, u"cardState"_s)->badge().text, u"1 of 2 failed"_s);
        const auto lines = linesOf(card);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(part<BadgeLabel>(lines[0], u"targetState"_s)->badge().text, u"done"_s);
        QCOMPARE(part<BadgeLabel>(lines[1], u"targetState"_s)->badge().text, u"failed"_s);
        QVERIFY(!lines[0]->findChild<MessageStrip*>()->isVisible());
        auto* strip = lines[1]->findChild<MessageStrip*>();
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), Patience);
        QVERIFY2(part<QLabel>(strip, u"stripTitle"_s)->text().contains(m_mirror.proxy->host()),
                 qPrintable(part<QLabel>(strip, u"stripTitle"_s)->text()));
        // Layers are shown for each by itself.
        click(part<QToolButton>(lines[0], u"targetExpand"_s));
        QVERIFY(lines[0]->isOpen() && !lines[1]->isOpen());

        QVERIFY(m_mirror.registry->start());
        m_mirror.proxy->setServerPort(m_mirror.registry->port());
        click(part<QPushButton>(strip, u"stripRemedy0"_s));
        QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Done), 1, Patience);
        QVERIFY(m_mirror.has(u"gallery"_s, u"2.1"_s));
        QVERIFY(!strip->isVisible());
        QCOMPARE(part<BadgeLabel>(lines[1], u"targetState"_s)->badge().text, u"done"_s);
    }

private:
    struct Place
    {
        std::unique_ptr<RegistryProcess> registry;
        std::unique_ptr<SabotageProxy> proxy;

        [[nodiscard]] QString name(const QString& rest) const { return proxy->host() + u'/' + rest; }
        [[nodiscard]] bool has(const QString& repository, const QString& tag) const
        {
            return QFile::exists(
                registry->storage()
                + u"/docker/registry/v2/repositories/%1/_manifests/tags/%2/current/link"_s.arg(repository,
                                                                                               tag));
        }
    };

    static QList<QWidget*> rowsOf(const QWidget* dialog)
    {
        QList<QWidget*> rows = dialog->findChildren<QWidget*>(u"furtherRow"_s);
        rows.removeIf([](const QWidget* row) { return !row->isVisible(); });
        return rows;
    }

    static QList<TargetLine*> linesOf(const QWidget* card) { return card->findChildren<TargetLine*>(); }

    static QStringList headings(const QAbstractItemModel* plan)
    {
        QStringList titles;
        for (int row = 0; row < plan->rowCount(); ++row) {
            const QModelIndex index = plan->index(row, PlanModel::WhatColumn);
            if (index.data(Role::IsGroup).toBool())
                titles.append(index.data().toString());
        }
        return titles;
    }

    static QString badge(const QAbstractItemModel* plan, int row)
    {
        const auto badges =
            plan->index(row, PlanModel::ActionColumn).data(Role::Badges).value<QList<Badge>>();
        return badges.isEmpty() ? QString() : badges.first().text;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    RandomImage m_image;
    Place m_lab, m_mirror;
};

QTEST_MAIN(TestPushManyWindow)
#include "tst_pushmanywindow.moc"
