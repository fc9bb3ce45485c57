// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/remoteremovedialog.h"

#include "models/text.h"
#include "ui/badgeflow.h"
#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/remedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_remoteremovedialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct RemoteRemoveDialog::Private
{
    Private(Workbench& bench, Profile account, QString path, RemoteTagsModel::Group chosen)
        : workbench(bench), profile(std::move(account)), repository(std::move(path)), group(std::move(chosen))
    { }

    Workbench& workbench;
    Profile profile;
    QString repository;
    RemoteTagsModel::Group group;
    Ui::RemoteRemoveDialog ui;
    BadgeFlow* flow = nullptr;
    QPushButton* removeButton = nullptr;
};

RemoteRemoveDialog::RemoteRemoveDialog(Workbench& workbench, const Profile& profile,
                                       const QString& repository, const RemoteTagsModel::Group& group,
                                       bool wholeImage, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench, profile, repository, group))
{
    d->ui.setupUi(this);
    setWindowTitle(tr("Delete from %1").arg(profile.registry + u'/' + repository));
    d->flow = new BadgeFlow(this);
    delete d->ui.layout->replaceWidget(d->ui.namesHost, d->flow);
    delete d->ui.namesHost;
    d->removeButton = d->ui.buttons->addButton(tr("Remove"), QDialogButtonBox::AcceptRole);
    d->removeButton->setObjectName(u"removeButton"_s);
    setPrimary(d->removeButton);
    makeMuted(d->ui.tagOnlyHint);
    makeMuted(d->ui.imageHint);
    QFont bold = d->ui.headline->font();
    bold.setBold(true);
    d->ui.headline->setFont(bold);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    d->ui.tagBox->addItems(group.tags);
    d->ui.tagBox->setVisible(group.tags.size() > 1);
    if (wholeImage)
        d->ui.imageButton->setChecked(true);
    connect(d->ui.tagOnlyButton, &QRadioButton::toggled, this, &RemoteRemoveDialog::update);
    connect(d->ui.tagBox, &QComboBox::currentIndexChanged, this, &RemoteRemoveDialog::update);
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &RemoteRemoveDialog::accept);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedyHere(remedy); });
    update();
}

RemoteRemoveDialog::~RemoteRemoveDialog() = default;

//! An account that is added here is the one that deletes: the dialog knows only one.
void RemoteRemoveDialog::runRemedyHere(const Remedy& remedy)
{
    if (remedy.kind == RemedyKind::LogIn || remedy.kind == RemedyKind::UseAnotherAccount) {
        openAddAccountDialog(d->workbench, this, remedy.argument, [this](const Profile& saved) {
            if (saved.registry != d->profile.registry)
                return;
            d->profile = saved;
            accept();
        });
        return;
    }
    runRemedy(remedy, d->workbench, this, [this] { accept(); });
}

void RemoteRemoveDialog::update()
{
    const QStringList& tags = d->group.tags;
    const QString tag = d->ui.tagBox->currentText();
    const int others = int(tags.size()) - 1;
    const bool tagOnly = d->ui.tagOnlyButton->isChecked();
    d->ui.headline->setText(
        others == 0 ? tr("%1 is the only tag of image %2").arg(tag, d->group.target.digest.shortHex())
                    : tr("%1 is one of %n tags of one image", nullptr, others + 1).arg(tag));
    QList<Badge> badges;
    for (const QString& each : tags)
        badges.append({each, !tagOnly || each == tag ? Tone::Warning : Tone::Info});
    d->flow->setBadges(badges);
    d->ui.tagOnlyHint->setText(others == 0 ? tr("The image stays in the registry without a tag.")
                                           : tr("The image and its other %n tag(s) stay.", nullptr, others));
    qint64 size = 0;
    if (d->group.image) {
        for (const RemoteImage::Entry& entry : d->group.image->entries)
            size += entry.size;
    }
    const QString freed = size > 0
        ? u' ' + tr("Up to %1 comes free at the registry’s next garbage collection.").arg(formatBytes(size))
        : QString();
    d->ui.imageHint->setText(tr("%n tag(s) disappear.", nullptr, others + 1) + freed);
    d->removeButton->setText(tagOnly ? tr("Remove tag %1").arg(tag)
                                     : tr("Delete image, %n tag(s)", nullptr, others + 1));
    d->removeButton->setIcon(iconOnAccent(tagOnly ? u"untag"_s : u"delete"_s));
}

void RemoteRemoveDialog::accept()
{
    d->removeButton->setEnabled(false);
    const bool tagOnly = d->ui.tagOnlyButton->isChecked();
    auto removed = tagOnly
        ? d->workbench.removeRemoteTag(d->profile.id, d->repository, d->ui.tagBox->currentText())
        : d->workbench.removeRemoteImage(d->profile.id, d->repository, d->group.target.digest);
    removed.then(this, [this, tagOnly](const Result<void>& done) {
        d->removeButton->setEnabled(true);
        if (done) {
            QDialog::accept();
            return;
        }
        if (tagOnly && done.error().code == Error::Code::Unsupported) {
            d->ui.strip->showMessage(
                Tone::Warning, tr("%1 cannot remove a single tag.").arg(d->profile.registry),
                tr("It only deletes whole images, with all their tags, where deletion is switched on."));
            return;
        }
        d->ui.strip->showError(explain(done.error(),
                                       {.doing = ErrorContext::Doing::Remove,
                                        .registry = d->profile.registry,
                                        .repository = d->repository,
                                        .user = d->profile.user,
                                        .profile = d->profile.id,
                                        .accounts = {d->profile}}));
    });
}

} // namespace Tagboat
