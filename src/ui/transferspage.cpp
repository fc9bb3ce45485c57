// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transferspage.h"

#include "models/jobsmodel.h"
#include "ui/actions.h"
#include "ui/badge.h"
#include "ui/icons.h"
#include "ui/interruptedstrip.h"
#include "ui/metrics.h"
#include "ui/speedlimitmenu.h"
#include "ui/transfercard.h"
#include "ui/transfercards.h"
#include "ui/transferremedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_transferspage.h"

#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct TransfersPage::Private
{
    Private(TransfersPage* owner, Workbench& bench) : page(owner), workbench(bench) { }

    void listenTo(TransferCard* card);
    void showCounts(const JobCounts& counts);
    void setCurrent(const QString& id);
    void bindActions();
    void changed(const JobSnapshot& job);
    void retry(const QString& id);
    void tryNow(const QString& id);
    void moveCurrent(int position);
    [[nodiscard]] bool canMove(int step) const;
    void forActive(bool paused, void (Workbench::*call)(const QString&));
    void setJobLimit(qint64 bytesPerSecond);
    void showLimits();
    void showMenu(const QString& id, const QPoint& at);
    [[nodiscard]] const JobSnapshot* current() const { return model.job(currentId); }

    TransfersPage* page;
    Workbench& workbench;
    Ui::TransfersPage ui;
    JobsModel model;
    TransferCards* cards = nullptr;
    BadgeLabel *activeBadge = nullptr, *pausedBadge = nullptr, *finishedBadge = nullptr,
               *failedBadge = nullptr;
    InterruptedStrip* interrupted = nullptr;
    SpeedLimitMenu *limitAll = nullptr, *limitOne = nullptr;
    QHash<QString, qint64> jobLimits; //!< bytes a second, where one was set
    QSet<QString> resumeWhenPaused;
    QString currentId;
};

TransfersPage::TransfersPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent)
    : Page(actions, parent), d(std::make_unique<Private>(this, workbench))
{
    d->ui.setupUi(this);
    makeTitle(d->ui.title);
    d->activeBadge = new BadgeLabel(this);
    d->pausedBadge = new BadgeLabel(this);
    d->finishedBadge = new BadgeLabel(this);
    d->failedBadge = new BadgeLabel(this);
    for (BadgeLabel* badge : {d->activeBadge, d->pausedBadge, d->finishedBadge, d->failedBadge})
        d->ui.badges->addWidget(badge);
    d->ui.cards->setSpacing(Metrics(fontMetrics()).gap() * 2);
    linkButton(d->ui.pauseAllButton, actions.pauseAll);
    linkButton(d->ui.resumeAllButton, actions.resumeAll);
    linkButton(d->ui.clearButton, actions.clearFinished);
    d->limitAll = new SpeedLimitMenu(SpeedLimitMenu::Of::AllTransfers, this);
    d->limitOne = new SpeedLimitMenu(SpeedLimitMenu::Of::OneTransfer, this);
    d->limitAll->setRate(workbench.transferRate());
    d->ui.limitButton->setIcon(icon(u"speed"_s));
    d->ui.limitButton->setMenu(d->limitAll);
    connect(d->limitAll, &SpeedLimitMenu::rateChosen, this, [this](qint64 rate) {
        d->workbench.setTransferRate(rate);
        d->showLimits();
    });
    connect(d->limitOne, &SpeedLimitMenu::rateChosen, this, [this](qint64 rate) { d->setJobLimit(rate); });
    d->interrupted = new InterruptedStrip(d->model, settings, this);
    d->interrupted->setObjectName(u"interruptedStrip"_s);
    d->ui.contentsLayout->insertWidget(0, d->interrupted); // as wide as the cards, and scrolls with them
    d->ui.contentsLayout->setSpacing(d->ui.cards->spacing());
    connect(d->interrupted, &InterruptedStrip::offered, this, &TransfersPage::interruptedFound);
    connect(d->interrupted, &InterruptedStrip::resumeAsked, this, [this](const QStringList& ids) {
        for (const QString& id : ids)
            d->retry(id);
    });
    makeTitle(d->ui.emptyTitle);
    makeMuted(d->ui.emptyText);
    linkButton(d->ui.emptyPullButton, actions.pull, true);
    d->ui.emptyText->setFixedWidth(fontMetrics().averageCharWidth() * 80);
    d->ui.emptyLayout->setAlignment(d->ui.emptyText, Qt::AlignHCenter);

    d->cards = new TransferCards(d->model, *d->ui.cards, *d->ui.listContents, this);
    connect(d->cards, &TransferCards::made, this, [this](TransferCard* card) { d->listenTo(card); });
    connect(&d->model, &JobsModel::countsChanged, this,
            [this](const JobCounts& counts) { d->showCounts(counts); });
    connect(&workbench, &Workbench::jobChanged, this, [this](const JobSnapshot& job) { d->changed(job); });
    connect(&workbench, &Workbench::jobFinished, this, [this](const JobSnapshot& job) { d->changed(job); });
    connect(&workbench, &Workbench::jobFinished, this, &Page::actionStatesChanged);
    connect(&workbench, &Workbench::jobRemoved, &d->model, &JobsModel::remove);
    connect(&d->model, &JobsModel::rowsMoved, this, &Page::actionStatesChanged);
    d->bindActions();

    // Before the question: its answer may be there at once.
    d->showCounts({});
    workbench.jobs().then(this, [this](const Result<QList<JobSnapshot>>& jobs) {
        if (!jobs)
            return;
        // Jobs that were reported meanwhile are newer than this list.
        for (const JobSnapshot& job : *jobs) {
            if (!d->model.indexOf(job.id).isValid())
                d->model.update(job);
        }
    });
}

TransfersPage::~TransfersPage() = default;

void TransfersPage::Private::bindActions()
{
    const Actions& a = page->actions();
    const auto isCurrent = [this](bool (*fits)(const JobSnapshot&)) {
        return [this, fits] { return current() && fits(*current()); };
    };
    page->bind(
        a.clearFinished, [this] { workbench.clearFinishedJobs(); },
        [this] { return model.counts().finished > 0; });
    page->bind(
        a.cancelTransfer, [this] { workbench.cancelJob(currentId); },
        isCurrent([](const JobSnapshot& job) { return job.isActive(); }));
    page->bind(
        a.pauseTransfer, [this] { workbench.pauseJob(currentId); },
        isCurrent([](const JobSnapshot& job) { return job.isActive() && job.state != JobState::Paused; }));
    page->bind(
        a.resumeTransfer,
        [this] {
            if (current()->isActive())
                workbench.resumeJob(currentId);
            else
                retry(currentId);
        },
        isCurrent([](const JobSnapshot& job) { return job.state == JobState::Paused || isResumable(job); }));
    page->bind(a.retryTransfer, [this] { retry(currentId); }, isCurrent(&TransferCard::canRetry));
    page->bind(a.moveTransferTop, [this] { moveCurrent(0); }, [this] { return canMove(-1); });
    page->bind(
        a.moveTransferUp, [this] { moveCurrent(current()->position - 1); }, [this] { return canMove(-1); });
    page->bind(
        a.moveTransferDown, [this] { moveCurrent(current()->position + 1); }, [this] { return canMove(1); });
    page->bind(
        a.pauseAll, [this] { forActive(false, &Workbench::pauseJob); },
        [this] { return model.counts().active > model.counts().paused; });
    page->bind(
        a.resumeAll, [this] { forActive(true, &Workbench::resumeJob); },
        [this] { return model.counts().paused > 0; });
    page->bind(
        a.transferDetails,
        [this] {
            if (TransferCard* card = cards->card(currentId))
                card->toggleLayers();
        },
        isCurrent([](const JobSnapshot& job) { return !job.layers.isEmpty(); }));
}

void TransfersPage::activated()
{
    setFocus();
}

int TransfersPage::interrupted() const
{
    return d->interrupted->transfers();
}

QList<QMenu*> TransfersPage::limitMenus() const
{
    return {d->limitAll, d->limitOne};
}

void TransfersPage::retranslate()
{
    d->ui.retranslateUi(this);
    d->showCounts(d->model.counts());
}

void TransfersPage::Private::showCounts(const JobCounts& counts)
{
    const auto badge = [](int count, const QString& text, Tone tone) {
        return Badge{count > 0 ? text : QString(), tone};
    };
    const int moving = counts.active - counts.paused;
    activeBadge->setBadge(badge(moving, TransfersPage::tr("Active %1").arg(moving), Tone::Info));
    pausedBadge->setBadge(
        badge(counts.paused, TransfersPage::tr("Paused %1").arg(counts.paused), Tone::Warning));
    finishedBadge->setBadge(
        badge(counts.finished, TransfersPage::tr("Finished %1").arg(counts.finished), Tone::Normal));
    failedBadge->setBadge(
        badge(counts.failed, TransfersPage::tr("Failed %1").arg(counts.failed), Tone::Error));
    const bool isEmpty = counts.active + counts.finished == 0;
    ui.stack->setCurrentWidget(isEmpty ? ui.emptyPage : ui.listPage);
    // One of the two at a time: what is still moving can be stopped, else what is stopped can go on.
    ui.pauseAllButton->setVisible(moving > 0);
    ui.resumeAllButton->setVisible(moving == 0 && counts.paused > 0);
    showLimits();
    Q_EMIT page->actionStatesChanged();
}

void TransfersPage::Private::listenTo(TransferCard* card)
{
    QObject::connect(card, &TransferCard::cancelAsked, &workbench, &Workbench::cancelJob);
    QObject::connect(card, &TransferCard::pauseAsked, &workbench, &Workbench::pauseJob);
    QObject::connect(card, &TransferCard::resumeAsked, &workbench, &Workbench::resumeJob);
    QObject::connect(card, &TransferCard::tryNowAsked, page, [this](const QString& id) { tryNow(id); });
    QObject::connect(card, &TransferCard::menuAsked, page,
                     [this](const QString& id, const QPoint& at) { showMenu(id, at); });
    QObject::connect(card, &TransferCard::retryAsked, page, [this](const QString& id) { retry(id); });
    QObject::connect(card, &TransferCard::pressed, page, [this](const QString& id) { setCurrent(id); });
    QObject::connect(card, &TransferCard::remedyChosen, page,
                     [this](const QString& id, const Remedy& chosen) {
                         if (const JobSnapshot* job = model.job(id))
                             runTransferRemedy(chosen, workbench, page, *job);
                     });
    QObject::connect(card, &TransferCard::targetRemedyChosen, page,
                     [this](const QString& id, int target, const Remedy& chosen) {
                         if (const JobSnapshot* job = model.job(id))
                             runTransferRemedy(chosen, workbench, page, job->only(target));
                     });
}

void TransfersPage::Private::setCurrent(const QString& id)
{
    if (TransferCard* before = cards->card(currentId))
        before->setCurrent(false);
    currentId = id;
    if (TransferCard* card = cards->card(id))
        card->setCurrent(true);
    showLimits();
    Q_EMIT page->actionStatesChanged();
}

void TransfersPage::Private::retry(const QString& id)
{
    if (const JobSnapshot* job = model.job(id))
        retryTransfer(workbench, page, *job);
}

//! Pausing and going on is the way past a wait: a try of its own begins at once.
void TransfersPage::Private::tryNow(const QString& id)
{
    resumeWhenPaused.insert(id);
    workbench.pauseJob(id);
}

void TransfersPage::Private::changed(const JobSnapshot& job)
{
    model.update(job);
    if (job.state == JobState::Paused && resumeWhenPaused.remove(job.id))
        workbench.resumeJob(job.id);
    else if (!job.isActive())
        resumeWhenPaused.remove(job.id);
}

void TransfersPage::Private::moveCurrent(int position)
{
    workbench.moveJob(currentId, position);
}

//! Whether the current job is one of the queue's and has another at its place plus \a step.
bool TransfersPage::Private::canMove(int step) const
{
    const JobSnapshot* job = current();
    return job && job->isActive() && job->position + step >= 0
        && job->position + step < model.counts().active;
}

void TransfersPage::Private::forActive(bool paused, void (Workbench::*call)(const QString&))
{
    for (const JobSnapshot& job : model.jobs()) {
        if (job.isActive() && (job.state == JobState::Paused) == paused)
            (workbench.*call)(job.id);
    }
}

void TransfersPage::Private::setJobLimit(qint64 bytesPerSecond)
{
    if (bytesPerSecond > 0)
        jobLimits.insert(currentId, bytesPerSecond);
    else
        jobLimits.remove(currentId);
    workbench.setJobRate(currentId, bytesPerSecond);
}

void TransfersPage::Private::showLimits()
{
    const JobSnapshot* job = current();
    limitOne->setEnabled(job && job->isActive());
    limitOne->menuAction()->setEnabled(limitOne->isEnabled());
    limitOne->setRate(jobLimits.value(currentId));
    const QString text = SpeedLimitMenu::textOf(limitAll->rate());
    ui.limitButton->setText(text);
    ui.limitButton->setToolTip(TransfersPage::tr("Speed limit of all transfers together"));
    ui.limitButton->setAccessibleName(TransfersPage::tr("Speed limit: %1").arg(text));
}

void TransfersPage::Private::showMenu(const QString& id, const QPoint& at)
{
    setCurrent(id);
    const JobSnapshot* job = current();
    if (!job)
        return;
    const Actions& a = page->actions();
    auto* menu = new QMenu(page);
    menu->setObjectName(u"transferMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    if (job->isActive()) {
        menu->addAction(job->state == JobState::Paused ? a.resumeTransfer : a.pauseTransfer);
        menu->addSeparator();
        menu->addActions({a.moveTransferTop, a.moveTransferUp, a.moveTransferDown});
        menu->addSeparator();
        menu->addMenu(limitOne);
        menu->addSeparator();
        menu->addActions({a.transferDetails, a.cancelTransfer});
    } else {
        menu->addActions({isResumable(*job) ? a.resumeTransfer : a.retryTransfer, a.transferDetails});
        menu->addSeparator();
        menu->addAction(a.clearFinished);
    }
    menu->popup(at);
}

} // namespace Tagboat
