// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transferspage.h"

#include "models/jobsmodel.h"
#include "oci/reference.h"
#include "ui/actions.h"
#include "ui/badge.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/transfercard.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_transferspage.h"

#include <QScrollBar>
#include <QTimer>

#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Cards made in one go; a long history is built in several turns of the event loop.
constexpr int CardsAtOnce = 6;

} // namespace

struct TransfersPage::Private
{
    Private(TransfersPage* owner, Workbench& bench) : page(owner), workbench(bench) { }

    void buildSome();
    void arrange();
    TransferCard* makeCard(const JobSnapshot& job);
    void showCounts(const JobCounts& counts);
    void setCurrent(const QString& id);
    void remedy(const QString& id, const Remedy& remedy);
    void retry(const QString& id);
    void pushAgain(const JobSnapshot& job, const QString& name);
    [[nodiscard]] const JobSnapshot* current() const { return model.job(model.indexOf(currentId)); }

    TransfersPage* page;
    Workbench& workbench;
    Ui::TransfersPage ui;
    JobsModel model;
    QHash<QString, TransferCard*> cards;
    BadgeLabel *activeBadge = nullptr, *finishedBadge = nullptr, *failedBadge = nullptr;
    QVBoxLayout* list = nullptr;
    QString currentId;
    QTimer builder;
};

TransfersPage::TransfersPage(Workbench& workbench, Actions& actions, UiSettings& /*settings*/,
                             QWidget* parent)
    : Page(actions, parent), d(std::make_unique<Private>(this, workbench))
{
    d->ui.setupUi(this);
    makeTitle(d->ui.title);
    d->activeBadge = new BadgeLabel(this);
    d->finishedBadge = new BadgeLabel(this);
    d->failedBadge = new BadgeLabel(this);
    for (BadgeLabel* badge : {d->activeBadge, d->finishedBadge, d->failedBadge})
        d->ui.badges->addWidget(badge);
    d->list = d->ui.cards;
    d->list->setSpacing(Metrics(fontMetrics()).gap() * 2);
    linkButton(d->ui.clearButton, actions.clearFinished);
    makeTitle(d->ui.emptyTitle);
    makeMuted(d->ui.emptyText);
    linkButton(d->ui.emptyPullButton, actions.pull, true);
    d->ui.emptyText->setFixedWidth(fontMetrics().averageCharWidth() * 80);
    d->ui.emptyLayout->setAlignment(d->ui.emptyText, Qt::AlignHCenter);

    d->builder.setSingleShot(true);
    d->builder.setInterval(0ms);
    connect(&d->builder, &QTimer::timeout, this, [this] { d->buildSome(); });
    const auto rebuild = [this] { d->arrange(); };
    connect(&d->model, &JobsModel::modelReset, this, rebuild);
    connect(&d->model, &JobsModel::rowsInserted, this, rebuild);
    connect(&d->model, &JobsModel::rowsMoved, this, rebuild);
    connect(&d->model, &JobsModel::rowsRemoved, this, rebuild);
    connect(&d->model, &JobsModel::dataChanged, this, [this](const QModelIndex& first) {
        const JobSnapshot* job = d->model.job(first);
        if (TransferCard* card = job ? d->cards.value(job->id) : nullptr)
            card->setJob(*job);
    });
    connect(&d->model, &JobsModel::countsChanged, this,
            [this](const JobCounts& counts) { d->showCounts(counts); });
    connect(&workbench, &Workbench::jobChanged, &d->model, &JobsModel::update);
    connect(&workbench, &Workbench::jobFinished, &d->model, &JobsModel::update);
    connect(&workbench, &Workbench::jobFinished, this, &Page::actionStatesChanged);
    connect(&workbench, &Workbench::jobRemoved, &d->model, &JobsModel::remove);

    bind(
        actions.clearFinished, [this] { d->workbench.clearFinishedJobs(); },
        [this] { return d->model.counts().finished > 0; });
    bind(
        actions.cancelTransfer, [this] { d->workbench.cancelJob(d->currentId); },
        [this] { return d->current() && d->current()->isActive(); });
    bind(
        actions.retryTransfer, [this] { d->retry(d->currentId); },
        [this] { return d->current() && TransferCard::canRetry(*d->current()); });
    bind(
        actions.transferDetails,
        [this] {
            if (TransferCard* card = d->cards.value(d->currentId))
                card->toggleLayers();
        },
        [this] { return d->current() && !d->current()->layers.isEmpty(); });

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

void TransfersPage::activated()
{
    setFocus();
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
    activeBadge->setBadge(
        badge(counts.active, TransfersPage::tr("Active %1").arg(counts.active), Tone::Info));
    finishedBadge->setBadge(
        badge(counts.finished, TransfersPage::tr("Finished %1").arg(counts.finished), Tone::Normal));
    failedBadge->setBadge(
        badge(counts.failed, TransfersPage::tr("Failed %1").arg(counts.failed), Tone::Error));
    const bool isEmpty = counts.active + counts.finished == 0;
    ui.stack->setCurrentWidget(isEmpty ? ui.emptyPage : ui.listPage);
    Q_EMIT page->actionStatesChanged();
}

TransferCard* TransfersPage::Private::makeCard(const JobSnapshot& job)
{
    auto* card = new TransferCard(job, ui.listContents);
    QObject::connect(card, &TransferCard::cancelAsked, &workbench, &Workbench::cancelJob);
    QObject::connect(card, &TransferCard::retryAsked, page, [this](const QString& id) { retry(id); });
    QObject::connect(card, &TransferCard::pressed, page, [this](const QString& id) { setCurrent(id); });
    QObject::connect(card, &TransferCard::remedyChosen, page,
                     [this](const QString& id, const Remedy& chosen) { remedy(id, chosen); });
    return card;
}

//! Brings the cards into the model's order; those that are still to be made follow in buildSome().
void TransfersPage::Private::arrange()
{
    std::set<QString> known;
    int place = 0;
    bool missing = false;
    for (int row = 0; row < model.rowCount(); ++row) {
        const JobSnapshot& job = *model.job(model.index(row));
        known.insert(job.id);
        TransferCard* card = cards.value(job.id);
        if (!card) {
            missing = true;
            continue;
        }
        if (list->indexOf(card) != place) {
            list->removeWidget(card);
            list->insertWidget(place, card);
        }
        ++place;
    }
    cards.removeIf([&](const auto& entry) {
        if (known.contains(entry.key()))
            return false;
        list->removeWidget(entry.value());
        entry.value()->deleteLater();
        return true;
    });
    if (missing)
        builder.start();
}

void TransfersPage::Private::buildSome()
{
    int made = 0;
    for (int row = 0; row < model.rowCount() && made < CardsAtOnce; ++row) {
        const JobSnapshot& job = *model.job(model.index(row));
        if (cards.contains(job.id))
            continue;
        cards.insert(job.id, makeCard(job));
        ++made;
    }
    if (made > 0)
        arrange();
}

void TransfersPage::Private::setCurrent(const QString& id)
{
    if (TransferCard* before = cards.value(currentId))
        before->setCurrent(false);
    currentId = id;
    if (TransferCard* card = cards.value(id))
        card->setCurrent(true);
    Q_EMIT page->actionStatesChanged();
}

void TransfersPage::Private::retry(const QString& id)
{
    const JobSnapshot* job = model.job(model.indexOf(id));
    if (!job)
        return;
    if (job->isRepeatable)
        workbench.retryJob(id);
    else if (job->kind == JobKind::Pull)
        openPullDialog(workbench, page, job->image);
    else if (job->kind == JobKind::Push)
        pushAgain(*job, job->tags.isEmpty() ? job->to : QString(job->to + u':' + job->tags.first()));
}

void TransfersPage::Private::remedy(const QString& id, const Remedy& remedy)
{
    const JobSnapshot* job = model.job(model.indexOf(id));
    if (!job)
        return;
    if (runRemedy(remedy, workbench, page, [this, id] { retry(id); }))
        return;
    if (remedy.kind == RemedyKind::UseAnotherAccount && job->kind == JobKind::Pull)
        openPullDialog(workbench, page, job->image);
    else if (remedy.kind == RemedyKind::RetagForAccount || remedy.kind == RemedyKind::UseAnotherAccount)
        pushAgain(*job, remedy.kind == RemedyKind::RetagForAccount ? remedy.argument : job->image);
}

//! Back to the push dialog, with the image as it is here now and the name that is meant.
void TransfersPage::Private::pushAgain(const JobSnapshot& job, const QString& name)
{
    const Digest root = job.rootDigest;
    const QString label = job.image;
    workbench.images().then(page, [this, name, root, label](const Result<StoreSnapshot>& snapshot) {
        if (!snapshot)
            return;
        const auto canonical = Reference::parse(label);
        for (const StoredImage& image : snapshot->images) {
            const bool same = (!root.isNull() && image.target.digest == root)
                || (canonical && image.names.contains(canonical->canonical()))
                || image.id.shortHex() == label;
            if (!same)
                continue;
            const auto wanted = Reference::parse(name);
            // An untagged image's label is its ID, which reads like a name of Docker Hub.
            const bool isName = wanted && name != image.id.shortHex();
            openPushDialog(workbench, page, image, isName ? wanted->canonical() : QString());
            return;
        }
    });
}

} // namespace Tagboat
