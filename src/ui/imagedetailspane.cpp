// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imagedetailspane.h"

#include "models/imagenames.h"
#include "models/layersmodel.h"
#include "models/namesmodel.h"
#include "models/platformsmodel.h"
#include "models/text.h"
#include "ui/dialogs.h"
#include "ui/factsview.h"
#include "ui/icons.h"
#include "ui/imagefacts.h"
#include "ui/itemdelegate.h"
#include "ui/layerdelegate.h"
#include "ui/newstext.h"
#include "ui/widgettools.h"
#include "ui_imagedetailspane.h"
#include "workbench/workbench.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QHeaderView>
#include <QMenu>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

ImageDetailsPane::ImageDetailsPane(QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ImageDetailsPane>()), m_platformChooser(new QComboBox(this)),
      m_layers(new LayersModel(this)), m_names(new NamesModel(this)), m_platforms(new PlatformsModel(this))
{
    m_ui->setupUi(this);
    setPageMargins(m_ui->tagsLayout);
    setPageMargins(m_ui->platformsLayout);
    m_platformChooser->setObjectName(u"platformChooser"_s);
    m_platformChooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_ui->tabs->setCornerWidget(m_platformChooser, Qt::TopRightCorner);

    m_ui->layersTab->setModel(m_layers);
    m_ui->layersTab->setItemDelegate(new LayerDelegate(m_ui->layersTab));
    m_ui->layersTab->setContextMenuPolicy(Qt::CustomContextMenu);
    setColumnWidths(m_ui->layersTab->header(), {5, 62, 21, 12, 28, 11, 16});
    m_ui->layersTab->header()->moveSection(LayersModel::SharedWith, LayersModel::ColumnCount - 1);
    stretchColumn(m_ui->layersTab, LayersModel::Step, 24,
                  {LayersModel::Created, LayersModel::Type, LayersModel::Layer});
    makeCopyable(m_ui->layersTab);
    m_ui->tagsView->setModel(m_names);
    m_ui->tagsView->setItemDelegate(new ItemDelegate(m_ui->tagsView));
    makeCopyable(m_ui->tagsView);
    makeMuted(m_ui->tagsText);
    m_ui->platformsView->setModel(m_platforms);
    m_ui->platformsView->setItemDelegate(new ItemDelegate(m_ui->platformsView));
    setColumnWidths(m_ui->platformsView->header(), {40, 30, 14, 20});
    stretchColumn(m_ui->platformsView, PlatformsModel::Name, 30);
    makeCopyable(m_ui->platformsView);
    makeMuted(m_ui->platformsText);
    m_ui->pullPlatformButton->setIcon(icon(u"pull"_s));

    connect(m_platformChooser, &QComboBox::activated, this, &ImageDetailsPane::choosePlatform);
    connect(m_ui->overviewTab, &FactsView::linkActivated, this, &ImageDetailsPane::follow);
    connect(m_ui->layersTab, &QWidget::customContextMenuRequested, this, &ImageDetailsPane::showLayerMenu);
    connect(m_ui->platformsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { choosePlatformRow(current); });
    connect(m_ui->platformsView, &QTreeView::doubleClicked, this, [this] {
        if (m_ui->pullPlatformButton->isEnabled())
            pullPlatform();
    });
    connect(m_ui->pullPlatformButton, &QPushButton::clicked, this, &ImageDetailsPane::pullPlatform);
    connect(m_ui->addTagButton, &QPushButton::clicked, this, &ImageDetailsPane::addTagWanted);
    connect(m_ui->removeTagButton, &QPushButton::clicked, this, [this] {
        QStringList names;
        for (const QModelIndex& index : m_ui->tagsView->selectionModel()->selectedRows())
            names.append(m_names->canonicalName(index));
        if (!names.isEmpty())
            Q_EMIT removeTagsWanted(names);
    });
    connect(m_ui->tagsView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ImageDetailsPane::updateTagButtons);
    connect(m_ui->diskTab, &DiskTab::imageChosen, this, &ImageDetailsPane::imageChosen);
    connect(m_ui->diskTab, &DiskTab::layerChosen, this, &ImageDetailsPane::chooseLayer);
    connect(m_ui->diskTab, &DiskTab::layerOpened, this, [this](int layer) {
        chooseLayer(layer);
        m_ui->tabs->setCurrentWidget(m_ui->layersTab);
    });
    retranslate();
    showImage();
}

ImageDetailsPane::~ImageDetailsPane() = default;

void ImageDetailsPane::setWorkbench(Workbench* workbench)
{
    m_workbench = workbench;
    // What registries have is told apart from the list, and again and again while they are being asked.
    const auto update = [this] { showFacts(); };
    connect(workbench, &Workbench::newsChanged, this, update);
    connect(workbench, &Workbench::newsCheckChanged, this,
            [update, workbench, wasChecking = false]() mutable {
                const bool isChecking = workbench->isCheckingForNews();
                if (std::exchange(wasChecking, isChecking) != isChecking)
                    update();
            });
    connect(m_ui->overviewTab, &FactsView::actionChosen, this,
            [this](const QString& key, const QString& argument) {
                runNewsAction(key, argument, *m_workbench, this);
            });
    m_ui->filesTab->setWorkbench(workbench);
    m_ui->diskTab->setWorkbench(workbench);
    m_ui->jsonTab->setWorkbench(workbench);
}

void ImageDetailsPane::setImage(const StoredImage* image, const QHash<Digest, QString>& titles)
{
    const bool isOther = !image || !m_image || image->target.digest != m_image->target.digest;
    m_titles = titles;
    m_image = image ? std::make_unique<StoredImage>(*image) : nullptr;
    if (isOther)
        m_inside.reset();
    showImage();
}

void ImageDetailsPane::showImage()
{
    m_platformChooser->clear();
    if (m_image) {
        int chosen = preferredPlatform(*m_image);
        const QString wanted = m_chosen.value(m_image->target.digest);
        for (const StoredPlatform& entry : std::as_const(m_image->platforms)) {
            const QString text = platformText(entry.platform);
            const QString digest = entry.manifest.digest.toString();
            if (digest == wanted)
                chosen = m_platformChooser->count();
            m_platformChooser->addItem(entry.isPresent ? text : tr("%1 (not here)").arg(text), digest);
        }
        m_platformChooser->setCurrentIndex(chosen);
    }
    m_platformChooser->setVisible(m_platformChooser->count() > 1);
    m_names->setNames(m_image ? shownNames(*m_image) : QList<ShownName>());
    m_ui->tabs->setEnabled(m_image != nullptr);
    updateTagButtons();
    showPlatform();
}

void ImageDetailsPane::choosePlatform()
{
    if (m_image)
        m_chosen.insert(m_image->target.digest, m_platformChooser->currentData().toString());
    showPlatform();
}

void ImageDetailsPane::choosePlatformRow(const QModelIndex& row)
{
    const QString digest = row.data(PlatformsModel::ManifestDigest).toString();
    const int platform = m_platformChooser->findData(digest);
    updatePullButton();
    if (platform < 0 || platform == m_platformChooser->currentIndex())
        return;
    m_platformChooser->setCurrentIndex(platform);
    choosePlatform();
}

void ImageDetailsPane::showPlatform()
{
    showInside();
    requestInside();
}

void ImageDetailsPane::requestInside()
{
    if (!m_workbench || !m_image) {
        m_requested.clear();
        return;
    }
    const int platform = platformIndex();
    const Digest target = m_image->target.digest;
    const Digest manifest = platform >= 0 ? m_image->platforms[platform].manifest.digest : Digest();
    const QString request = target.toString() + u' ' + manifest.toString();
    if (request == m_requested)
        return; // its answer is on the way
    m_requested = request;
    m_workbench->imageInside(target, manifest).then(this, [this, request](const Result<ImageInside>& result) {
        if (request != m_requested)
            return; // another image was chosen meanwhile
        m_requested.clear();
        if (!result)
            return; // what the snapshot tells stays on screen
        m_inside = std::make_unique<ImageInside>(*result);
        showInside();
    });
}

const ImageInside* ImageDetailsPane::insideOf(const Digest& manifest) const
{
    // While another platform is being read, nothing of the one before is told of it.
    return m_inside && (!m_inside->isIndex || m_inside->manifest.digest == manifest) ? m_inside.get()
                                                                                     : nullptr;
}

void ImageDetailsPane::showFacts()
{
    QList<Fact> facts;
    if (m_image) {
        const int platform = platformIndex();
        facts = imageFacts(*m_image,
                           insideOf(platform >= 0 ? m_image->platforms[platform].manifest.digest : Digest()));
        const auto size = std::ranges::find(facts, u"factSize"_s, &Fact::key);
        if (m_workbench && size != facts.end()) {
            auto at = size - facts.begin() + 1;
            for (const Fact& fact : newsFacts(*m_workbench, *m_image))
                facts.insert(at++, fact);
        }
    }
    m_ui->overviewTab->setFacts(facts);
}

void ImageDetailsPane::showInside()
{
    const int platform = platformIndex();
    const Digest manifest = platform >= 0 ? m_image->platforms[platform].manifest.digest : Digest();
    const ImageInside* inside = insideOf(manifest);
    showFacts();
    if (platform >= 0)
        m_layers->setLayers(m_image->platforms[platform].layers, inside ? inside->config : ImageConfig(),
                            m_titles);
    else
        m_layers->clear();
    m_ui->filesTab->setImage(m_image.get(), platform, m_titles);
    m_ui->diskTab->setImage(m_image.get(), platform, m_titles);
    if (m_inside)
        m_ui->jsonTab->setInside(*m_inside, manifest);
    else
        m_ui->jsonTab->clear();
    showPlatforms(manifest);
}

void ImageDetailsPane::showPlatforms(const Digest& manifest)
{
    const bool isIndex = m_inside ? m_inside->isIndex : m_image && m_image->platforms.size() > 1;
    m_ui->tabs->setTabVisible(m_ui->tabs->indexOf(m_ui->platformsTab), isIndex);
    if (!m_inside || !isIndex) {
        m_platforms->clear();
        return;
    }
    const QSignalBlocker quiet(m_ui->platformsView->selectionModel());
    m_platforms->setInside(*m_inside);
    const bool isAttestation =
        m_ui->platformsView->currentIndex().data(PlatformsModel::IsAttestation).toBool();
    if (const int row = m_platforms->rowOf(manifest); row >= 0 && !isAttestation)
        m_ui->platformsView->setCurrentIndex(m_platforms->index(row, 0));
    int here = 0;
    for (const InsidePlatform& one : std::as_const(m_inside->platforms))
        here += one.isPresent ? 1 : 0;
    m_ui->platformsText->setText(
        tr("%1 of %n platform(s) are on this computer", nullptr, int(m_inside->platforms.size())).arg(here));
    updatePullButton();
}

void ImageDetailsPane::updatePullButton()
{
    const QModelIndex row = m_ui->platformsView->currentIndex();
    const bool isMissing = row.isValid() && !row.data(PlatformsModel::IsHere).toBool()
        && !row.data(PlatformsModel::IsAttestation).toBool();
    const bool hasName = m_image && !m_image->names.isEmpty();
    m_ui->pullPlatformButton->setEnabled(isMissing && hasName);
    m_ui->pullPlatformButton->setToolTip(
        isMissing && !hasName ? tr("The image has no name that it could be pulled by.") : QString());
}

void ImageDetailsPane::pullPlatform()
{
    if (!m_workbench || !m_image || m_image->names.isEmpty())
        return;
    // By its digest: the name may mean another index by now, in which this one's platforms are not.
    const QModelIndex row = m_ui->platformsView->currentIndex();
    const QString digest = row.data(PlatformsModel::ManifestDigest).toString();
    openPullPlatformDialog(*m_workbench, window(), shownNames(*m_image).front().repository + u'@' + digest,
                           row.data(PlatformsModel::PlatformText).toString());
}

void ImageDetailsPane::follow(const QString& link)
{
    if (!link.startsWith(ImageLink)) {
        QDesktopServices::openUrl(QUrl(link, QUrl::StrictMode));
        return;
    }
    if (const auto digest = Digest::parse(link.sliced(ImageLink.size())))
        Q_EMIT imageWanted(*digest);
}

void ImageDetailsPane::showLayerMenu(const QPoint& position)
{
    const QModelIndex row = m_ui->layersTab->indexAt(position);
    if (!row.isValid())
        return;
    auto* const menu = new QMenu(this);
    menu->setObjectName(u"layersMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu, row](const QString& name, const QString& label, int role) {
        const QString text = row.data(role).toString();
        QAction* const action = menu->addAction(icon(u"copy"_s), label, menu, [text] { copyText(text); });
        action->setObjectName(name);
        action->setEnabled(!text.isEmpty());
    };
    add(u"copyLayerDigest"_s, tr("Copy digest"), LayersModel::LayerDigest);
    add(u"copyDiffId"_s, tr("Copy diff ID (unpacked)"), LayersModel::DiffId);
    add(u"copyStep"_s, tr("Copy build step"), LayersModel::OriginalStep);
    menu->popup(m_ui->layersTab->viewport()->mapToGlobal(position));
}

int ImageDetailsPane::platformIndex() const
{
    const int index = m_platformChooser->currentIndex();
    return m_image && index < m_image->platforms.size() ? index : -1;
}

void ImageDetailsPane::chooseLayer(int layer)
{
    const int row = m_layers->rowOfLayer(layer);
    if (row < 0)
        return;
    m_ui->layersTab->setCurrentIndex(m_layers->index(row, LayersModel::Step));
    m_ui->layersTab->scrollTo(m_ui->layersTab->currentIndex());
}

FilesTab& ImageDetailsPane::filesTab() const
{
    return *m_ui->filesTab;
}

void ImageDetailsPane::updateTagButtons()
{
    m_ui->tagsText->setText(m_image ? formatTagCount(int(m_image->names.size())) : QString());
    m_ui->addTagButton->setEnabled(m_image != nullptr);
    m_ui->removeTagButton->setEnabled(m_image && m_ui->tagsView->selectionModel()->hasSelection());
}

void ImageDetailsPane::retranslate()
{
    m_ui->retranslateUi(this);
    m_platformChooser->setAccessibleName(tr("Platform"));
    m_platformChooser->setToolTip(tr("Platform whose layers and settings are shown"));
    m_layers->retranslate();
    m_platforms->retranslate();
    m_ui->jsonTab->retranslate();
    m_ui->filesTab->retranslate();
    m_ui->diskTab->retranslate();
    updateTagButtons();
    if (m_image)
        showImage();
}

} // namespace Tagboat
