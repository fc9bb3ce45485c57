// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/removedialog.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "oci/reference.h"
#include "ui/badgeflow.h"
#include "ui/dialogs.h"
#include "ui/disktiles.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/remedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_removedialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString familiar(const QString& name)
{
    const auto reference = Reference::parse(name);
    return reference ? reference->familiar() : name;
}

} // namespace

struct RemoveDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    Workbench& workbench;
    Ui::RemoveDialog ui;
    QStringList names;    //!< to be removed, canonical
    QList<Digest> images; //!< to be deleted, by root digest: those given, and those the names belong to
    QStringList allNames; //!< of these images
    QString id;           //!< of the first of them
    bool isImagesOnly = false;
    // Of the images to be deleted, and of those that stay:
    qint64 staying = 0;         //!< bytes of layers that the latter need, each layer once
    QHash<Digest, int> sharers; //!< their IDs, and how many layers they have in common with the former
    QHash<Digest, QString> titles;
    QSet<Digest> ids;
    BadgeFlow* flow = nullptr;
    QPushButton* removeButton = nullptr;
};

RemoveDialog::RemoveDialog(Workbench& workbench, const QStringList& names, const QList<Digest>& images,
                           QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->names = names;
    d->images = images;
    d->isImagesOnly = names.isEmpty();
    d->ui.setupUi(this);
    d->flow = new BadgeFlow(this);
    delete d->ui.layout->replaceWidget(d->ui.namesHost, d->flow);
    delete d->ui.namesHost;
    d->removeButton = d->ui.buttons->addButton(tr("Remove"), QDialogButtonBox::AcceptRole);
    d->removeButton->setObjectName(u"removeButton"_s);
    d->removeButton->setEnabled(false);
    setPrimary(d->removeButton);
    makeMuted(d->ui.nameOnlyHint);
    makeMuted(d->ui.imageHint);
    QFont bold = d->ui.headline->font();
    bold.setBold(true);
    d->ui.headline->setFont(bold);
    for (QWidget* widget :
         {static_cast<QWidget*>(d->ui.nameOnlyButton), static_cast<QWidget*>(d->ui.imageButton),
          static_cast<QWidget*>(d->ui.nameOnlyHint)})
        widget->setVisible(!d->isImagesOnly);
    setWindowTitle(d->isImagesOnly ? tr("Delete image") : tr("Remove tag"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);

    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &RemoveDialog::accept);
    connect(d->ui.nameOnlyButton, &QRadioButton::toggled, this, &RemoveDialog::showPlans);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedy(remedy, d->workbench, this, [this] { accept(); }); });
    workbench.images().then(this, [this](const Result<StoreSnapshot>& snapshot) {
        if (snapshot)
            showImages(*snapshot);
        else
            finish(std::unexpected(snapshot.error()));
    });
}

RemoveDialog::~RemoveDialog() = default;

void RemoveDialog::showImages(const StoreSnapshot& snapshot)
{
    for (const StoredImage& image : snapshot.images) {
        const bool isNamed =
            std::ranges::any_of(d->names, [&](const QString& name) { return image.names.contains(name); });
        if (isNamed && !d->images.contains(image.target.digest))
            d->images.append(image.target.digest);
        if (!d->images.contains(image.target.digest))
            continue;
        d->allNames.append(image.names);
        d->ids.insert(image.id);
        if (d->id.isEmpty())
            d->id = image.id.shortHex();
    }
    countStaying(snapshot);
    QList<Badge> badges;
    if (d->isImagesOnly && d->images.size() > 1) {
        for (const StoredImage& image : snapshot.images) {
            if (image.names.isEmpty() && d->images.contains(image.target.digest))
                badges.append({imageTitle(image), Tone::Warning, image.target.digest.toString()});
        }
    }
    for (const QString& name : std::as_const(d->allNames))
        badges.append(
            {familiar(name), d->isImagesOnly || d->names.contains(name) ? Tone::Warning : Tone::Info});
    d->flow->setBadges(badges);
    d->flow->setVisible(!badges.isEmpty());

    const int images = int(d->images.size());
    const int all = int(d->allNames.size());
    const QString& id = d->id;
    if (d->isImagesOnly && images == 1) {
        d->ui.headline->setText(all == 0 ? tr("Image %1 has no name").arg(id)
                                         : tr("Image %1 has %n name(s)", nullptr, all).arg(id));
    } else if (d->isImagesOnly) {
        d->ui.headline->setText(tr("%n images", nullptr, images));
    } else if (d->names.size() == 1) {
        d->ui.headline->setText(
            all == 1
                ? tr("%1 is the only name of image %2").arg(familiar(d->names.first()), id)
                : tr("%1 is one of %n names of image %2", nullptr, all).arg(familiar(d->names.first()), id));
    } else {
        d->ui.headline->setText(
            tr("%n names of %1", nullptr, int(d->names.size())).arg(formatImageCount(images)));
    }
    d->ui.nameOnlyButton->setText(d->names.size() == 1
                                      ? tr("Remove only the name %1").arg(familiar(d->names.first()))
                                      : tr("Remove only these %n names", nullptr, int(d->names.size())));
    d->ui.imageButton->setText(images == 1 ? tr("Delete the image")
                                           : tr("Delete the %n images", nullptr, images));
    const int stays = all - int(d->names.size());
    d->ui.nameOnlyHint->setText(
        stays > 0 ? tr("The image and its other %n name(s) stay.", nullptr, stays)
                  : tr("The image stays, without a name, until it is deleted or cleaned up."));
    showPlans();
}

void RemoveDialog::countStaying(const StoreSnapshot& snapshot)
{
    d->titles = imageTitles(snapshot.images);
    d->staying = 0;
    d->sharers.clear();
    QSet<Digest> seen;
    const auto look = [&](const StoredLayer& layer) {
        if (!layer.isPresent || seen.contains(layer.descriptor.digest))
            return;
        seen.insert(layer.descriptor.digest);
        // Of very many only the first are listed, but there are more of them than are deleted.
        bool stays = layer.sharerCount > layer.sharedWith.size() && layer.sharerCount >= d->ids.size();
        for (const Digest& id : layer.sharedWith) {
            if (d->ids.contains(id))
                continue;
            ++d->sharers[id];
            stays = true;
        }
        if (stays)
            d->staying += layer.descriptor.size;
    };
    for (const StoredImage& image : snapshot.images) {
        if (!d->images.contains(image.target.digest))
            continue;
        for (const StoredPlatform& platform : image.platforms)
            std::ranges::for_each(platform.layers, look);
    }
}

//! What does not come free, and why.
QString RemoveDialog::stayingText() const
{
    if (d->staying == 0 || d->sharers.isEmpty())
        return {};
    QList<Digest> ids = d->sharers.keys();
    std::ranges::sort(ids, [this](const Digest& a, const Digest& b) {
        const int left = d->sharers.value(a);
        const int right = d->sharers.value(b);
        return left != right ? left > right : d->titles.value(a) < d->titles.value(b);
    });
    return tr("%1 stays, since other images need it: %2.")
        .arg(formatBytes(d->staying), sharersText(ids, int(ids.size()), d->titles));
}

//! Signatures and the like that go along.
QString RemoveDialog::attachedText(const RemovalPlan& plan) const
{
    int count = 0;
    for (const Digest& id : plan.images)
        count += !d->ids.contains(id);
    return count == 0 ? QString()
                      : tr("%n image(s) attached to it go(es) along, such as signatures.", nullptr, count);
}

void RemoveDialog::showPlans()
{
    d->workbench.planRemoval({}, d->images).then(this, [this](const Result<RemovalPlan>& plan) {
        if (!plan) {
            d->ui.strip->showError(explain(plan.error(), {.doing = ErrorContext::Doing::Remove}));
            return;
        }
        const int gone = int(d->allNames.size());
        QStringList hints = {gone > 1 ? tr("All %n names disappear; %1 comes free.", nullptr, gone)
                                            .arg(formatBytes(plan->bytesFreed))
                                      : tr("%1 comes free.").arg(formatBytes(plan->bytesFreed)),
                             stayingText(), attachedText(*plan)};
        hints.removeAll(QString());
        d->ui.imageHint->setText(hints.join(u' '));
        const bool namesOnly = !d->isImagesOnly && d->ui.nameOnlyButton->isChecked();
        d->removeButton->setText(namesOnly ? tr("Remove %n name(s)", nullptr, int(d->names.size()))
                                           : tr("Delete %n image(s)", nullptr, int(d->images.size())));
        d->removeButton->setIcon(iconOnAccent(namesOnly ? u"untag"_s : u"delete"_s));
        d->removeButton->setEnabled(!d->images.isEmpty());
    });
}

void RemoveDialog::accept()
{
    if (!d->removeButton->isEnabled())
        return;
    d->removeButton->setEnabled(false);
    if (!d->isImagesOnly && d->ui.nameOnlyButton->isChecked()) {
        d->workbench.removeNames(d->names).then(this, [this](const Result<void>& done) { finish(done); });
        return;
    }
    d->workbench.removeImages(d->images).then(this, [this](const Result<GarbageReport>& done) {
        finish(done ? Result<void>() : Result<void>(std::unexpected(done.error())));
    });
}

void RemoveDialog::finish(const Result<void>& done)
{
    if (done) {
        QDialog::accept();
        return;
    }
    d->ui.strip->showError(explain(done.error(), {.doing = ErrorContext::Doing::Remove}));
    d->removeButton->setEnabled(!d->images.isEmpty());
}

void openRemoveDialog(Workbench& workbench, QWidget* parent, const QStringList& names,
                      const QList<Digest>& images)
{
    auto* dialog = new RemoveDialog(workbench, names, images, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
