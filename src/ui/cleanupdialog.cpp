// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/cleanupdialog.h"

#include "models/cleanupmodel.h"
#include "models/roles.h"
#include "models/text.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/flatstyle.h"
#include "ui/itemdelegate.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_cleanupdialog.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr auto TypingPause = 150ms; // somebody who turns a number means the last one

} // namespace

struct CleanUpDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench), settings(bench.paths().configDirectory) { }

    Workbench& workbench;
    mutable UiSettings settings;
    Ui::CleanUpDialog ui;
    CleanUpModel model;
    QSortFilterProxyModel sorted;
    QTimer pause;
    QPushButton* cleanButton = nullptr;
    int asked = 0;
    bool isLooking = false;
    bool isCleaning = false;
};

CleanUpDialog::CleanUpDialog(Workbench& workbench, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->ui.setupUi(this);
    arrange();
    restoreRules();
    listen();
    look();
}

CleanUpDialog::~CleanUpDialog() = default;

void CleanUpDialog::arrange()
{
    d->cleanButton = d->ui.buttons->addButton(tr("Clean up"), QDialogButtonBox::AcceptRole);
    d->cleanButton->setObjectName(u"cleanButton"_s);
    d->cleanButton->setDefault(true);
    setPrimary(d->cleanButton);
    makeMuted(d->ui.detailLabel);
    makeMuted(d->ui.bothLabel);
    QFont bold = d->ui.headline->font();
    bold.setBold(true);
    d->ui.headline->setFont(bold);
    d->ui.headline->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);

    d->sorted.setSourceModel(&d->model);
    d->sorted.setSortRole(Role::SortKey);
    d->ui.previewView->setModel(&d->sorted);
    d->ui.previewView->setItemDelegate(new ItemDelegate(d->ui.previewView));
    d->ui.previewView->sortByColumn(CleanUpModel::SizeColumn, Qt::DescendingOrder);
    d->ui.previewView->header()->setStretchLastSection(false);
    setColumnWidths(d->ui.previewView->header(), {40, 26, 15, 10, 10});
    stretchColumn(d->ui.previewView, CleanUpModel::WhatColumn, 30, {CleanUpModel::CreatedColumn});
    makeCopyable(d->ui.previewView);
    d->ui.previewView->setMinimumHeight(Metrics(fontMetrics()).rowHeight() * 9);
    setMinimumWidth(fontMetrics().averageCharWidth() * 112);
    d->pause.setSingleShot(true);
    d->pause.setInterval(TypingPause);
}

void CleanUpDialog::listen()
{
    for (QCheckBox* box : {d->ui.untaggedBox, d->ui.unreferencedBox, d->ui.unfinishedBox, d->ui.olderBox,
                           d->ui.keepBox, d->ui.otherTagsBox})
        connect(box, &QCheckBox::toggled, this, &CleanUpDialog::rulesChanged);
    for (QSpinBox* spin : {d->ui.olderSpin, d->ui.keepSpin})
        connect(spin, &QSpinBox::valueChanged, this, &CleanUpDialog::rulesChanged);
    connect(d->ui.ageChooser, &QComboBox::currentIndexChanged, this, &CleanUpDialog::rulesChanged);
    connect(d->ui.referenceEdit, &QLineEdit::textChanged, this, &CleanUpDialog::rulesChanged);
    connect(&d->pause, &QTimer::timeout, this, &CleanUpDialog::look);
    connect(&d->workbench, &Workbench::storeChanged, this, [this] {
        if (!d->isCleaning)
            look();
    });
    connect(&d->model, &CleanUpModel::sumChanged, this, &CleanUpDialog::showSum);
    connect(d->ui.allButton, &QToolButton::clicked, this, [this] { d->model.setAllChosen(true); });
    connect(d->ui.noneButton, &QToolButton::clicked, this, [this] { d->model.setAllChosen(false); });
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &CleanUpDialog::accept);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedy(remedy, d->workbench, this, [this] { look(); }); });
}

CleanUpRules CleanUpDialog::rules() const
{
    CleanUpRules rules;
    rules.untagged = d->ui.untaggedBox->isChecked();
    rules.unreferenced = d->ui.unreferencedBox->isChecked();
    rules.unfinished = d->ui.unfinishedBox->isChecked();
    if (d->ui.olderBox->isChecked())
        rules.olderThan = std::chrono::days(d->ui.olderSpin->value());
    rules.ageBy = d->ui.ageChooser->currentIndex() == 0 ? CleanUpRules::Age::Made : CleanUpRules::Age::Pulled;
    rules.keepLast = d->ui.keepBox->isChecked() ? d->ui.keepSpin->value() : 0;
    rules.keepLastOfOtherTags = d->ui.otherTagsBox->isChecked();
    rules.reference = d->ui.referenceEdit->text().simplified();
    return rules;
}

void CleanUpDialog::restoreRules()
{
    const UiSettings& settings = d->settings;
    for (QCheckBox* box : {d->ui.untaggedBox, d->ui.unreferencedBox, d->ui.unfinishedBox, d->ui.olderBox,
                           d->ui.keepBox, d->ui.otherTagsBox})
        box->setChecked(settings.flag(u"cleanup/"_s + box->objectName(), box->isChecked()));
    for (QSpinBox* spin : {d->ui.olderSpin, d->ui.keepSpin}) {
        if (const int kept = settings.state(u"cleanup/"_s + spin->objectName()).toInt(); kept > 0)
            spin->setValue(kept);
    }
    d->ui.ageChooser->setCurrentIndex(settings.flag(u"cleanup/byPull"_s, false) ? 1 : 0);
    rulesChanged();
    d->pause.stop();
}

void CleanUpDialog::saveRules() const
{
    for (const QCheckBox* box : {d->ui.untaggedBox, d->ui.unreferencedBox, d->ui.unfinishedBox,
                                 d->ui.olderBox, d->ui.keepBox, d->ui.otherTagsBox})
        d->settings.setFlag(u"cleanup/"_s + box->objectName(), box->isChecked());
    for (const QSpinBox* spin : {d->ui.olderSpin, d->ui.keepSpin})
        d->settings.setState(u"cleanup/"_s + spin->objectName(), QByteArray::number(spin->value()));
    d->settings.setFlag(u"cleanup/byPull"_s, d->ui.ageChooser->currentIndex() == 1);
}

void CleanUpDialog::rulesChanged()
{
    const bool judgesNames = d->ui.olderBox->isChecked() || d->ui.keepBox->isChecked();
    d->ui.olderSpin->setEnabled(d->ui.olderBox->isChecked());
    d->ui.ageChooser->setEnabled(d->ui.olderBox->isChecked());
    d->ui.keepSpin->setEnabled(d->ui.keepBox->isChecked());
    d->ui.otherTagsBox->setEnabled(d->ui.keepBox->isChecked());
    d->ui.referenceEdit->setEnabled(judgesNames);
    d->ui.referenceLabel->setEnabled(judgesNames);
    d->ui.bothLabel->setVisible(d->ui.olderBox->isChecked() && d->ui.keepBox->isChecked());
    d->ui.strip->clear();
    // What the list shows is not what the rules say any more.
    d->isLooking = true;
    showSum();
    d->pause.start();
}

void CleanUpDialog::look()
{
    d->pause.stop();
    const int question = ++d->asked;
    d->isLooking = true;
    showSum();
    d->workbench.planCleanUp(rules()).then(this, [this, question](const Result<CleanUpPlan>& plan) {
        if (question != d->asked || d->pause.isActive())
            return;
        d->isLooking = false;
        if (plan) {
            d->model.setPlan(*plan);
            return;
        }
        d->model.setPlan({});
        if (plan.error().code != Error::Code::Cancelled)
            d->ui.strip->showError(explain(plan.error(), {.doing = ErrorContext::Doing::Remove}));
    });
}

void CleanUpDialog::showSum()
{
    const CleanUpSum& sum = d->model.sum();
    const int rows = d->model.chosenRows();
    const bool isEmpty = d->model.rowCount() == 0;
    d->ui.allButton->setEnabled(rows < d->model.rowCount());
    d->ui.noneButton->setEnabled(rows > 0);
    d->cleanButton->setEnabled(rows > 0 && !d->isLooking && !d->isCleaning);
    d->cleanButton->setText(rows == 0 || d->isLooking ? tr("Clean up")
                                                      : tr("Free %1").arg(formatBytes(sum.bytes)));
    QStringList facts;
    if (d->isCleaning) {
        d->ui.headline->setText(tr("Cleaning up…"));
    } else if (d->isLooking) {
        d->ui.headline->setText(tr("Looking what could go…"));
    } else if (isEmpty) {
        d->ui.headline->setText(tr("There is nothing to clean up"));
    } else {
        d->ui.headline->setText(tr("%1 can come free").arg(formatBytes(sum.bytes)));
        if (sum.images > 0)
            facts.append(formatImageCount(sum.images));
        if (sum.names > 0)
            facts.append(formatTagCount(sum.names));
        if (sum.blobs > 0)
            facts.append(tr("%n blob(s)", nullptr, sum.blobs));
        if (sum.ingestFiles > 0)
            facts.append(tr("%n download(s)", nullptr, sum.ingestFiles));
        if (d->model.sharedBytes() > 0)
            facts.append(
                tr("of these %1 are shared among what goes").arg(formatBytes(d->model.sharedBytes())));
    }
    d->ui.detailLabel->setText(facts.join(u" · "_s));
}

void CleanUpDialog::accept()
{
    if (!d->cleanButton->isEnabled())
        return;
    saveRules();
    d->isCleaning = true;
    showSum();
    d->workbench.cleanUp(d->model.plan(), d->model.chosen())
        .then(this, [this](const Result<CleanUpReport>& report) {
            d->isCleaning = false;
            if (report && report->left.isEmpty()) {
                QDialog::accept();
                return;
            }
            if (report) {
                d->ui.strip->showMessage(
                    Tone::Warning,
                    tr("%n image(s) changed meanwhile and stay.", nullptr, int(report->left.size())),
                    tr("%1 came free. The list shows what could go now.")
                        .arg(formatBytes(report->done.bytes)));
            } else {
                d->ui.strip->showError(explain(report.error(), {.doing = ErrorContext::Doing::Remove}));
            }
            look();
        });
}

void openCleanUpDialog(Workbench& workbench, QWidget* parent)
{
    auto* dialog = new CleanUpDialog(workbench, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
