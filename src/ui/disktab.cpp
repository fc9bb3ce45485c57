// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/disktab.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "ui/disktiles.h"
#include "ui/treemap.h"
#include "ui/usagelegend.h"
#include "ui/widgettools.h"
#include "ui/wrappedlabel.h"
#include "workbench/workbench.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QPointer>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct DiskTab::Private
{
    QPointer<Workbench> workbench;
    std::unique_ptr<StoredImage> image;
    int platform = -1;
    QHash<Digest, QString> titles;
    DiskTiles tiles;
    std::optional<StoreSnapshot> store;
    std::optional<RemovalPlan> plan; //!< of deleting the image
    int askedPlan = 0;
    int askedStore = 0;
    bool isAll = false;
    bool isStale = false; //!< something came while nobody looked
    bool isStoreStale = false;
    bool areTilesOfStore =
        false; //!< and as it is now: thousands of images are not gone through at every click

    UsageLegend* figures = nullptr;
    WrappedLabel* stays = nullptr;
    QToolButton* thisButton = nullptr;
    QToolButton* allButton = nullptr;
    Treemap* map = nullptr;
};

DiskTab::DiskTab(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->figures = new UsageLegend(this);
    d->figures->setObjectName(u"diskFigures"_s);
    d->stays = new WrappedLabel(this);
    d->stays->setObjectName(u"diskStays"_s);
    makeMuted(d->stays);
    d->map = new Treemap(this);
    d->map->setObjectName(u"treemap"_s);
    auto* group = new QButtonGroup(this);
    const auto addButton = [&](const QString& name) {
        auto* button = new QToolButton(this);
        button->setObjectName(name);
        button->setCheckable(true);
        group->addButton(button);
        return button;
    };
    d->thisButton = addButton(u"thisImageButton"_s);
    d->allButton = addButton(u"allImagesButton"_s);
    d->thisButton->setChecked(true);

    auto* head = new QHBoxLayout;
    head->addWidget(d->figures, 1);
    head->addWidget(d->thisButton);
    head->addWidget(d->allButton);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(d->stays);
    layout->addWidget(d->map, 1);
    setPageMargins(layout);

    connect(d->allButton, &QToolButton::toggled, this, &DiskTab::showAll);
    connect(d->map, &Treemap::chosen, this, &DiskTab::choose);
    connect(d->map, &Treemap::opened, this, &DiskTab::open);
    retranslate();
}

DiskTab::~DiskTab() = default;

void DiskTab::setWorkbench(Workbench* workbench)
{
    d->workbench = workbench;
    if (!workbench)
        return;
    connect(workbench, &Workbench::storeChanged, this, [this] {
        d->isStoreStale = true;
        d->plan.reset();
        refresh();
    });
}

void DiskTab::setImage(const StoredImage* image, int platform, const QHash<Digest, QString>& titles)
{
    const bool isOther = !image || !d->image || image->target.digest != d->image->target.digest
        || image->unique != d->image->unique || image->size != d->image->size;
    d->image = image ? std::make_unique<StoredImage>(*image) : nullptr;
    d->platform = platform;
    d->titles = titles;
    if (isOther)
        d->plan.reset();
    refresh();
}

void DiskTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (d->isStale)
        refresh();
}

void DiskTab::showAll(bool all)
{
    d->isAll = all;
    refresh();
}

void DiskTab::refresh()
{
    d->isStale = !isVisible();
    if (d->isStale)
        return;
    if (d->isAll && (!d->store || d->isStoreStale))
        requestStore();
    if (!d->isAll && d->image && !d->plan)
        requestPlan();
    showTiles();
    showFigures();
    showStays();
}

void DiskTab::requestPlan()
{
    if (!d->workbench)
        return;
    const int question = ++d->askedPlan;
    d->workbench->planRemoval({}, {d->image->target.digest})
        .then(this, [this, question](const Result<RemovalPlan>& plan) {
            if (question != d->askedPlan || !plan)
                return; // the figures of the snapshot stay
            d->plan = *plan;
            showFigures();
            showStays();
        });
}

void DiskTab::requestStore()
{
    if (!d->workbench)
        return;
    d->isStoreStale = false;
    const int question = ++d->askedStore;
    d->workbench->images().then(this, [this, question](const Result<StoreSnapshot>& store) {
        if (question != d->askedStore || !store)
            return;
        d->store = *store;
        d->areTilesOfStore = false;
        if (!d->isAll)
            return;
        showTiles();
        showFigures();
    });
}

void DiskTab::showTiles()
{
    if (!d->isAll)
        d->tiles = d->image ? tilesOf(*d->image, d->platform, d->titles) : DiskTiles();
    else if (!d->areTilesOfStore)
        d->tiles = d->store ? tilesOf(*d->store, d->titles) : DiskTiles();
    d->areTilesOfStore = d->isAll && d->store;
    d->map->setTiles(d->tiles.tiles, d->tiles.groups);
    d->map->setMarkedGroup(d->isAll && d->image ? d->tiles.groupOf.value(d->image->target.digest, -1) : -1);
    d->map->setAccessibleName(d->isAll ? tr("Layers of all images by size") : tr("Layers by size"));
}

void DiskTab::showFigures()
{
    using Swatch = UsageLegend::Swatch;
    QList<UsageLegend::Part> parts;
    if (d->isAll) {
        if (d->store)
            d->figures->setUsage(d->store->usage);
        return;
    }
    if (d->image) {
        parts.append({tr("%1 on disk").arg(formatBytes(d->image->size)), Swatch::None, true});
        parts.append({tr("unique %1").arg(formatBytes(d->image->unique)), Swatch::Own});
        if (d->image->shared > 0)
            parts.append({tr("shared %1").arg(formatBytes(d->image->shared)), Swatch::Shared});
        if (d->plan)
            parts.append({tr("deleting this image frees %1").arg(formatBytes(d->plan->bytesFreed)),
                          Swatch::None, true});
    }
    d->figures->setParts(parts,
                         tr("Unique: layers that only this image uses.\nShared: layers that other "
                            "images use, too; they stay as long as one of those is here."));
}

void DiskTab::showStays()
{
    QStringList sentences;
    if (!d->isAll && d->image) {
        const qint64 stays = d->plan ? d->image->size - d->plan->bytesFreed : 0;
        QHash<Digest, int> sharers; // how many layers each has in common with it
        int most = 0;
        int absent = 0;
        for (const StoredPlatform& platform : std::as_const(d->image->platforms)) {
            for (const StoredLayer& layer : platform.layers) {
                absent += !layer.isPresent;
                most = std::max(most, layer.sharerCount);
                for (const Digest& id : layer.sharedWith)
                    ++sharers[id];
            }
        }
        if (stays > 0 && !sharers.isEmpty()) {
            QList<Digest> ids = sharers.keys();
            std::ranges::sort(ids, [&](const Digest& a, const Digest& b) {
                if (sharers.value(a) != sharers.value(b))
                    return sharers.value(a) > sharers.value(b);
                return d->titles.value(a) < d->titles.value(b);
            });
            sentences.append(
                tr("%1 would stay, since other images need it: %2.")
                    .arg(formatBytes(stays), sharersText(ids, std::max(most, int(ids.size())), d->titles)));
        } else if (stays > 0) {
            sentences.append(tr("%1 would stay, since other images or a running transfer need it.")
                                 .arg(formatBytes(stays)));
        }
        if (absent > 0)
            sentences.append(tr("%n layer(s) are not on this computer.", nullptr, absent));
    }
    d->stays->setText(sentences.join(u' '));
    d->stays->setVisible(!sentences.isEmpty());
}

void DiskTab::choose(int tile)
{
    const DiskTiles::Meaning meaning = d->tiles.meanings.at(size_t(tile));
    if (d->isAll && !meaning.image.isNull())
        Q_EMIT imageChosen(meaning.image);
    else if (!d->isAll && meaning.layer >= 0)
        Q_EMIT layerChosen(meaning.layer);
}

void DiskTab::open(int tile)
{
    const DiskTiles::Meaning meaning = d->tiles.meanings.at(size_t(tile));
    if (d->isAll && !meaning.image.isNull()) {
        Q_EMIT imageChosen(meaning.image);
        d->thisButton->setChecked(true);
    } else if (!d->isAll && meaning.layer >= 0) {
        Q_EMIT layerOpened(meaning.layer);
    }
}

void DiskTab::retranslate()
{
    d->thisButton->setText(tr("This image"));
    d->allButton->setText(tr("All images"));
    d->areTilesOfStore = false;
    d->allButton->setToolTip(tr("The whole disk usage: each image with the layers that only it has, and the "
                                "shared ones"));
    if (isVisible())
        refresh();
    else
        d->isStale = true;
}

} // namespace Tagboat
