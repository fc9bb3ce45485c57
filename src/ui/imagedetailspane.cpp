// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imagedetailspane.h"

#include "models/imagenames.h"
#include "models/jsontext.h"
#include "models/layersmodel.h"
#include "models/namesmodel.h"
#include "models/text.h"
#include "ui/factsview.h"
#include "ui/itemdelegate.h"
#include "ui/newstext.h"
#include "ui/widgettools.h"
#include "ui_imagedetailspane.h"
#include "workbench/workbench.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! ["node","/app/server.js"], the form of Dockerfiles: blanks inside an argument stay visible.
QString commandText(const QStringList& arguments)
{
    if (arguments.isEmpty())
        return {};
    QStringList quoted;
    for (QString argument : arguments)
        quoted.append(u'"' + argument.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"');
    return u'[' + quoted.join(u", ") + u']';
}

QString labelsText(const QMap<QString, QString>& labels)
{
    QStringList lines;
    for (auto it = labels.begin(); it != labels.end(); ++it)
        lines.append(it.key() + u'=' + it.value());
    return lines.join(u'\n');
}

enum Document { RootDocument, ManifestDocument, ConfigDocument };

} // namespace

ImageDetailsPane::ImageDetailsPane(QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ImageDetailsPane>()), m_platformChooser(new QComboBox(this)),
      m_layers(new LayersModel(this)), m_names(new NamesModel(this))
{
    m_ui->setupUi(this);
    setPageMargins(m_ui->tagsLayout);
    setPageMargins(m_ui->jsonLayout);
    m_platformChooser->setObjectName(u"platformChooser"_s);
    m_platformChooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_ui->tabs->setCornerWidget(m_platformChooser, Qt::TopRightCorner);

    m_ui->layersTab->setModel(m_layers);
    m_ui->layersTab->setItemDelegate(new ItemDelegate(m_ui->layersTab));
    setColumnWidths(m_ui->layersTab->header(), {5, 62, 21, 12, 40});
    stretchColumn(m_ui->layersTab, LayersModel::Step, 24, {LayersModel::Layer});
    makeCopyable(m_ui->layersTab);
    m_ui->tagsView->setModel(m_names);
    m_ui->tagsView->setItemDelegate(new ItemDelegate(m_ui->tagsView));
    makeCopyable(m_ui->tagsView);
    makeMuted(m_ui->tagsText);
    m_ui->jsonView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->jsonDigest->setFont(m_ui->jsonView->font());
    m_ui->jsonDigest->setTextInteractionFlags(Qt::TextSelectableByMouse);
    makeMuted(m_ui->jsonDigest);

    connect(m_platformChooser, &QComboBox::activated, this, &ImageDetailsPane::showPlatform);
    connect(m_ui->jsonChooser, &QComboBox::currentIndexChanged, this, &ImageDetailsPane::showJson);
    connect(m_ui->jsonCopyButton, &QPushButton::clicked, this, [this] {
        if (m_documents)
            copyText(QString::fromUtf8(document()));
    });
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
    const auto update = [this] { m_ui->overviewTab->setFacts(facts()); };
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
}

void ImageDetailsPane::setImage(const StoredImage* image, const QHash<Digest, QString>& titles)
{
    const bool isOther = !image || !m_image || image->target.digest != m_image->target.digest;
    m_titles = titles;
    m_image = image ? std::make_unique<StoredImage>(*image) : nullptr;
    if (isOther)
        m_documents.reset();
    showImage();
}

void ImageDetailsPane::showImage()
{
    const QString chosen = m_platformChooser->currentText();
    m_platformChooser->clear();
    if (m_image) {
        for (const StoredPlatform& entry : std::as_const(m_image->platforms)) {
            const QString text = platformText(entry.platform);
            m_platformChooser->addItem(entry.isPresent ? text : tr("%1 (not here)").arg(text));
        }
        const int kept = m_documents ? m_platformChooser->findText(chosen) : -1;
        m_platformChooser->setCurrentIndex(kept >= 0 ? kept : preferredPlatform(*m_image));
    }
    m_platformChooser->setVisible(m_platformChooser->count() > 1);
    m_names->setNames(m_image ? shownNames(*m_image) : QList<ShownName>());
    m_ui->tabs->setEnabled(m_image != nullptr);
    updateTagButtons();
    showPlatform();
}

void ImageDetailsPane::showPlatform()
{
    const int platform = platformIndex();
    if (m_documents && m_image && platform >= 0
        && m_documents->config.platform.normalized() != m_image->platforms[platform].platform.normalized()
        && m_image->platforms.size() > 1)
        m_documents.reset();
    showDocuments();
    if (!m_documents)
        requestDocuments();
}

void ImageDetailsPane::requestDocuments()
{
    if (!m_workbench || !m_image) {
        m_requested.clear();
        return;
    }
    const int platform = platformIndex();
    const Platform wanted = platform >= 0 ? m_image->platforms[platform].platform : Platform();
    const QString request = m_image->target.digest.toString() + u' ' + wanted.toString();
    if (request == m_requested)
        return; // its answer is on the way
    m_requested = request;
    m_workbench->imageDetails(m_image->id, wanted)
        .then(this, [this, request](const Result<ImageDetails>& result) {
            if (request != m_requested)
                return; // another image was chosen meanwhile
            m_requested.clear();
            if (!result)
                return; // what the snapshot tells stays on screen
            m_documents = std::make_unique<ImageDetails>(*result);
            showDocuments();
        });
}

void ImageDetailsPane::showDocuments()
{
    m_ui->overviewTab->setFacts(facts());
    const int platform = platformIndex();
    if (platform >= 0)
        m_layers->setLayers(m_image->platforms[platform].layers,
                            m_documents ? m_documents->config : ImageConfig(), m_titles);
    else
        m_layers->clear();
    m_ui->filesTab->setImage(m_image.get(), platform, m_titles);
    m_ui->diskTab->setImage(m_image.get(), platform, m_titles);

    const QSignalBlocker blocker(m_ui->jsonChooser);
    const int chosen = m_ui->jsonChooser->currentData().toInt();
    m_ui->jsonChooser->clear();
    if (m_documents) {
        if (m_documents->rootJson != m_documents->manifestJson)
            m_ui->jsonChooser->addItem(tr("Index"), RootDocument);
        m_ui->jsonChooser->addItem(tr("Manifest"), ManifestDocument);
        m_ui->jsonChooser->addItem(tr("Config"), ConfigDocument);
        m_ui->jsonChooser->setCurrentIndex(qMax(0, m_ui->jsonChooser->findData(chosen)));
    }
    m_ui->jsonChooser->setEnabled(m_documents != nullptr);
    m_ui->jsonCopyButton->setEnabled(m_documents != nullptr);
    showJson();
}

QByteArray ImageDetailsPane::document() const
{
    switch (m_ui->jsonChooser->currentData().toInt()) {
    case RootDocument:
        return m_documents->rootJson;
    case ManifestDocument:
        return m_documents->manifestJson;
    default:
        return m_documents->configJson;
    }
}

void ImageDetailsPane::showJson()
{
    if (!m_documents) {
        m_ui->jsonView->clear();
        m_ui->jsonDigest->clear();
        return;
    }
    const QByteArray bytes = document();
    m_ui->jsonView->setPlainText(indentedJson(bytes));
    m_ui->jsonDigest->setText(Digest::ofBytes(bytes).toString());
}

int ImageDetailsPane::platformIndex() const
{
    const int index = m_platformChooser->currentIndex();
    return m_image && index < m_image->platforms.size() ? index : -1;
}

QList<Fact> ImageDetailsPane::facts() const
{
    if (!m_image)
        return {};
    QStringList names;
    for (const ShownName& name : shownNames(*m_image))
        names.append(name.familiar);
    QStringList platforms;
    for (const StoredPlatform& entry : std::as_const(m_image->platforms)) {
        const QString text = platformText(entry.platform);
        platforms.append(entry.isPresent ? text : tr("%1 (not here)").arg(text));
    }
    QString size = formatBytes(m_image->size);
    if (m_image->shared > 0)
        size = tr("%1, of which %2 shared with other images").arg(size, formatBytes(m_image->shared));
    const auto unknown = QString(QChar(0x2013));
    QString created = formatMoment(m_image->created);
    if (const QString age = formatAge(m_image->created); age != unknown)
        created = u"%1 \u00b7 %2"_s.arg(created, age);

    QList<Fact> facts{
        {.key = u"factNames"_s,
         .label = tr("Names"),
         .value = names.isEmpty() ? namelessText(*m_image) : names.join(u'\n'),
         .copyable = !names.isEmpty(),
         .bold = !names.isEmpty()},
        {.key = u"factDigest"_s,
         .label = tr("Digest"),
         .value = m_image->target.digest.toString(),
         .monospace = true},
        {.key = u"factImageId"_s,
         .label = tr("Image ID"),
         .value = m_image->id.toString(),
         .monospace = true},
        {.key = u"factPlatforms"_s,
         .label = tr("Platform"),
         .value = platforms.join(u'\n'),
         .copyable = false},
        {.key = u"factCreated"_s, .label = tr("Created"), .value = created, .copyable = false},
        {.key = u"factSize"_s, .label = tr("Size"), .value = size, .copyable = false},
    };
    if (m_workbench)
        facts += newsFacts(*m_workbench, *m_image);
    if (m_image->isArtifact)
        facts.append({.key = u"factArtifactType"_s,
                      .label = tr("Artifact type"),
                      .value = m_image->artifactType,
                      .monospace = true});
    if (!m_documents)
        return facts;
    const ImageConfig& config = m_documents->config;
    const auto add = [&facts](const QString& key, const QString& label, const QString& value) {
        facts.append({.key = key, .label = label, .value = value, .monospace = true});
    };
    add(u"factEntrypoint"_s, tr("Entrypoint"), commandText(config.entrypoint));
    add(u"factCommand"_s, tr("Command"), commandText(config.command));
    add(u"factEnvironment"_s, tr("Environment"), config.environment.join(u'\n'));
    add(u"factPorts"_s, tr("Ports"), config.exposedPorts.join(u", "));
    add(u"factVolumes"_s, tr("Volumes"), config.volumes.join(u'\n'));
    add(u"factUser"_s, tr("User"), config.user);
    add(u"factWorkingDirectory"_s, tr("Working directory"), config.workingDirectory);
    add(u"factStopSignal"_s, tr("Stop signal"), config.stopSignal);
    add(u"factAuthor"_s, tr("Author"), config.author);
    add(u"factLabels"_s, tr("Labels"), labelsText(config.labels));
    return facts;
}

void ImageDetailsPane::chooseLayer(int layer)
{
    const int row = m_layers->rowOfLayer(layer);
    if (row < 0)
        return;
    m_ui->layersTab->setCurrentIndex(m_layers->index(row, LayersModel::Step));
    m_ui->layersTab->scrollTo(m_ui->layersTab->currentIndex());
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
    m_ui->filesTab->retranslate();
    m_ui->diskTab->retranslate();
    updateTagButtons();
    if (m_image)
        showImage();
}

} // namespace Tagboat
