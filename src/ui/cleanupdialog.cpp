// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/cleanupdialog.h"

#include "models/text.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/remedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_cleanupdialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct CleanUpDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    Workbench& workbench;
    Ui::CleanUpDialog ui;
    QPushButton* cleanButton = nullptr;
    int asked = 0;
};

CleanUpDialog::CleanUpDialog(Workbench& workbench, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->ui.setupUi(this);
    d->cleanButton = d->ui.buttons->addButton(tr("Clean up"), QDialogButtonBox::AcceptRole);
    d->cleanButton->setObjectName(u"cleanButton"_s);
    setPrimary(d->cleanButton);
    makeMuted(d->ui.detailLabel);
    QFont bold = d->ui.headline->font();
    bold.setBold(true);
    d->ui.headline->setFont(bold);
    setMinimumWidth(fontMetrics().averageCharWidth() * 70);
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &CleanUpDialog::accept);
    connect(d->ui.untaggedBox, &QCheckBox::toggled, this, &CleanUpDialog::look);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedy(remedy, d->workbench, this, [this] { look(); }); });
    look();
}

CleanUpDialog::~CleanUpDialog() = default;

void CleanUpDialog::look()
{
    const int question = ++d->asked;
    d->cleanButton->setEnabled(false);
    d->ui.strip->clear();
    d->ui.headline->setText(tr("Looking what could go…"));
    d->ui.detailLabel->clear();
    d->workbench.collectGarbage(true, d->ui.untaggedBox->isChecked())
        .then(this, [this, question](const Result<GarbageReport>& report) {
            if (question != d->asked)
                return;
            if (!report) {
                d->ui.strip->showError(explain(report.error(), {.doing = ErrorContext::Doing::Remove}));
                return;
            }
            const bool nothing = report->bytes == 0 && report->images.isEmpty() && report->ingestFiles == 0;
            d->ui.headline->setText(nothing ? tr("There is nothing to clean up")
                                            : tr("%1 can come free").arg(formatBytes(report->bytes)));
            QStringList facts;
            if (!report->images.isEmpty())
                facts.append(tr("%n image(s) without a name", nullptr, int(report->images.size())));
            if (report->blobs > 0)
                facts.append(tr("%n blob(s) that no image needs", nullptr, report->blobs));
            if (report->ingestFiles > 0)
                facts.append(tr("%n abandoned download(s)", nullptr, report->ingestFiles));
            d->ui.detailLabel->setText(facts.join(u" · "_s));
            d->cleanButton->setText(nothing ? tr("Clean up") : tr("Free %1").arg(formatBytes(report->bytes)));
            d->cleanButton->setEnabled(!nothing);
        });
}

void CleanUpDialog::accept()
{
    if (!d->cleanButton->isEnabled())
        return;
    d->cleanButton->setEnabled(false);
    d->workbench.collectGarbage(false, d->ui.untaggedBox->isChecked())
        .then(this, [this](const Result<GarbageReport>& report) {
            if (report) {
                QDialog::accept();
                return;
            }
            d->ui.strip->showError(explain(report.error(), {.doing = ErrorContext::Doing::Remove}));
            d->cleanButton->setEnabled(true);
        });
}

void openCleanUpDialog(Workbench& workbench, QWidget* parent)
{
    auto* dialog = new CleanUpDialog(workbench, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
