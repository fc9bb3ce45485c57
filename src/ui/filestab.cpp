// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filestab.h"

#include "models/filetext.h"
#include "models/imagenames.h"
#include "models/text.h"
#include "ui/errortext.h"
#include "ui/filestabprivate.h"
#include "ui/icons.h"
#include "ui/itemdelegate.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include <QHeaderView>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Whoever goes through a list of images with the arrow keys wants to see the one he stops at.
constexpr auto RestTime = 120ms;
//! What was read before is there sooner; a bar that comes and goes would only flicker.
constexpr auto WaitBeforeBar = 150ms;
constexpr auto TypingTime = 120ms;
constexpr int ProgressSteps = 1000;

} // namespace

const QList<StoredLayer>& FilesTab::Private::storedLayers() const
{
    static const QList<StoredLayer> none;
    return image && platform >= 0 ? image->platforms[platform].layers : none;
}

FileTreePtr FilesTab::Private::tree() const
{
    if (!files)
        return nullptr;
    if (choice == FileLayersModel::WholeImage)
        return files->merged;
    if (choice == FileLayersModel::WastedFiles)
        return sums ? sums->wasted : nullptr;
    return choice < files->layers.size() ? files->layers[choice].tree : nullptr;
}

FilesModel::Kind FilesTab::Private::kind() const
{
    return choice == FileLayersModel::WholeImage ? FilesModel::Kind::Image
        : choice == FileLayersModel::WastedFiles ? FilesModel::Kind::Wasted
                                                 : FilesModel::Kind::Layer;
}

qint64 FilesTab::Private::wastedBytes() const
{
    if (!files)
        return 0;
    if (choice == FileLayersModel::WholeImage)
        return files->wasted;
    return choice >= 0 && sums && choice < sums->layers.size() ? sums->layers[choice].wasted : 0;
}

std::optional<FileInImage> FilesTab::Private::fileAt(int position) const
{
    const FileTreePtr& shown = model->tree();
    if (!of || !shown || position <= 0)
        return std::nullopt;
    const FileNode& node = shown->node(position);
    if (!hasContent(node) || node.change == FileNode::Change::Deleted)
        return std::nullopt;
    const int layer = model->kind() == FilesModel::Kind::Image ? -1
        : model->kind() == FilesModel::Kind::Layer             ? choice
                                                               : node.layer;
    return FileInImage{*of, shown->pathOf(position), layer};
}

FilesTab::FilesTab(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    Ui::FilesTab& ui = d->ui;
    ui.setupUi(this);
    const Metrics metrics(fontMetrics());
    ui.headerLayout->setContentsMargins(metrics.gap() * 2, metrics.gap(), metrics.gap() * 2, metrics.gap());
    ui.headerLayout->setSpacing(metrics.gap());
    ui.toolLayout->setSpacing(metrics.gap());
    ui.toolLayout->setStretchFactor(ui.fileSearch, 3);
    ui.toolLayout->setStretchFactor(ui.fileSums, 2);
    ui.fileSearch->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    ui.fileSearch->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    ui.fileSearch->setMaximumWidth(fontMetrics().averageCharWidth() * 40);
    ui.listButton->setIcon(icon(u"list"_s));
    ui.fileSums->setTone(Tone::Muted);
    ui.filesProgress->setMaximumHeight(metrics.gap());
    ui.filesProgress->setRange(0, ProgressSteps);
    ui.filesProgress->setFixedWidth(fontMetrics().averageCharWidth() * 40);
    ui.filesSplitter->setStretchFactor(0, 0);
    ui.filesSplitter->setStretchFactor(1, 1);
    ui.layerChooser->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    ui.changes->setCompact(true);
    for (QLabel* label : {ui.waitText, ui.filesHint, ui.treeHint, ui.progressText})
        makeMuted(label);

    d->model = new FilesModel(this);
    ui.filesView->setFiles(d->model);
    d->layers = new FileLayersModel(this);
    ui.layerChooser->setModel(d->layers);
    ui.layerChooser->setItemDelegate(new ItemDelegate(ui.layerChooser));
    setColumnWidths(ui.layerChooser->header(), {22, 15, 10});
    stretchColumn(ui.layerChooser, FileLayersModel::Title, 20, {FileLayersModel::Changes});
    makeCopyable(ui.layerChooser);
    ui.layerBox->setModel(d->layers);
    ui.filesSplitter->setSizes(
        {fontMetrics().averageCharWidth() * 50, fontMetrics().averageCharWidth() * 100});

    d->restTimer.setInterval(RestTime);
    d->barTimer.setInterval(WaitBeforeBar);
    d->searchTimer.setInterval(TypingTime);
    for (QTimer* timer : {&d->restTimer, &d->barTimer, &d->searchTimer})
        timer->setSingleShot(true);
    connect(&d->restTimer, &QTimer::timeout, this, &FilesTab::load);
    connect(&d->barTimer, &QTimer::timeout, this, &FilesTab::showWaiting);
    connect(&d->searchTimer, &QTimer::timeout, this, &FilesTab::showTree);

    connect(ui.layerChooser->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    choose(d->layers->choiceOf(current.row()));
            });
    connect(ui.layerBox, &QComboBox::activated, this, [this](int row) { choose(d->layers->choiceOf(row)); });
    connect(ui.fileSearch, &QLineEdit::textChanged, &d->searchTimer, qOverload<>(&QTimer::start));
    connect(ui.listButton, &QToolButton::toggled, this, [this](bool on) {
        (d->choice == FileLayersModel::WastedFiles ? d->isWastedList : d->isList) = on;
        showTree();
    });
    connect(ui.changes, &ChangeFilter::changed, this, &FilesTab::showTree);
    connect(ui.wastedButton, &QToolButton::clicked, this, &FilesTab::showWastedFiles);
    connect(ui.cancelListingButton, &QPushButton::clicked, this, &FilesTab::cancelLoading);
    connect(ui.filesStrip, &MessageStrip::remedyChosen, this, &FilesTab::runRemedyHere);
    connect(d->model, &FilesModel::applied, this, [this] {
        updateSums();
        updateControls();
    });
    connect(ui.filesView, &FilesView::fileActivated, this, &FilesTab::viewFile);
    connect(ui.filesView, &FilesView::selectionChangedByUser, this, &FilesTab::updateControls);
    connect(ui.filesView, &QWidget::customContextMenuRequested, this, &FilesTab::showContextMenu);
    for (QWidget* widget : {static_cast<QWidget*>(ui.filesView), static_cast<QWidget*>(ui.layerChooser),
                            static_cast<QWidget*>(ui.fileSearch)})
        widget->installEventFilter(this);
    ui.filesStack->setCurrentWidget(ui.filesEmptyPage);
    retranslate();
    updateControls();
}

FilesTab::~FilesTab() = default;

void FilesTab::setWorkbench(Workbench* workbench)
{
    d->workbench = workbench;
    connect(workbench, &Workbench::filesProgress, this, [this](const FilesProgress& progress) {
        if (d->reading != progress.of)
            return;
        d->ui.filesProgress->setValue(
            progress.bytesTotal > 0 ? int(progress.bytesDone * ProgressSteps / progress.bytesTotal) : 0);
        d->ui.progressText->setText(formatBytesOf(progress.bytesDone, progress.bytesTotal));
    });
}

void FilesTab::setImage(const StoredImage* image, int platform, const QHash<Digest, QString>& titles)
{
    const auto hereOf = [](const QList<StoredLayer>& layers) {
        QList<std::pair<Digest, bool>> here;
        for (const StoredLayer& layer : layers)
            here.append({layer.descriptor.digest, layer.isPresent});
        return here;
    };
    const auto before = hereOf(d->storedLayers());
    const std::optional<FilesOf> ofBefore = d->of;
    d->image = image ? std::make_unique<StoredImage>(*image) : nullptr;
    d->platform = image && platform < image->platforms.size() ? platform : -1;
    d->title = image ? titles.value(image->id, imageTitle(*image)) : QString();
    d->of.reset();
    if (image && !image->isArtifact && d->platform >= 0)
        d->of = FilesOf{image->target.digest, image->platforms[d->platform].platform};
    // The list of images is read anew whenever anything changes in the store; mostly this is the same one.
    if (d->of && d->of == ofBefore && hereOf(d->storedLayers()) == before)
        return;

    stopLoading();
    d->restTimer.stop();
    d->files.reset();
    d->sums.reset();
    d->hasFailed = false;
    d->ui.filesStrip->clear();
    d->layers->setLayers(d->storedLayers());
    d->model->setLayerTitles(d->layers->layerTitles());
    choose(FileLayersModel::WholeImage);
    showTree();
    if (d->of) {
        d->ui.filesStack->setCurrentWidget(d->ui.filesEmptyPage);
        if (isVisible())
            d->restTimer.start();
    } else {
        showHint(image && image->isArtifact
                     ? tr("This is no container image, so there is no file system in it.")
                     : QString());
    }
    updateControls();
}

void FilesTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (d->of && !d->files && !d->hasFailed)
        d->restTimer.start(0ms);
    updateWidth();
    updateActionsSoon();
}

void FilesTab::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    updateActionsSoon();
}

//! Tabs are hidden, too, while the window around them is being taken down.
void FilesTab::updateActionsSoon()
{
    QMetaObject::invokeMethod(this, &FilesTab::actionStatesChanged, Qt::QueuedConnection);
}

void FilesTab::load()
{
    d->restTimer.setInterval(RestTime);
    if (!d->workbench || !d->of || d->files || d->reading || !isVisible())
        return;
    d->hasFailed = false;
    d->ui.filesStrip->clear();
    d->ui.filesProgress->setValue(0);
    d->ui.progressText->clear();
    d->ui.filesStack->setCurrentWidget(d->ui.filesEmptyPage);
    d->reading = d->of;
    d->barTimer.start();
    d->workbench->imageFiles(*d->of).then(
        this, [this, request = ++d->request](const Result<std::shared_ptr<const ImageFiles>>& result) {
            if (request != d->request)
                return; // of another image, or nobody waits for it any more
            d->reading.reset();
            d->barTimer.stop();
            if (!result || !*result)
                showFailure(result ? Error::make(Error::Code::Internal, {}, u"no list"_s) : result.error());
            else
                showFiles(*result);
        });
}

void FilesTab::showFiles(std::shared_ptr<const ImageFiles> files)
{
    d->files = std::move(files);
    d->layers->setFiles(d->files, nullptr);
    d->ui.filesStack->setCurrentWidget(d->ui.readyPage);
    showProblems();
    showTree();
    sumUpOnWorker(d->files).then(this, [this, files = d->files](const std::shared_ptr<const FileSums>& sums) {
        if (files != d->files)
            return;
        d->sums = sums;
        d->layers->setFiles(d->files, sums);
        updateControls();
    });
}

void FilesTab::stopLoading()
{
    d->barTimer.stop();
    if (!d->reading)
        return;
    ++d->request;
    d->workbench->stopImageFiles(*d->reading);
    d->reading.reset();
}

void FilesTab::cancelLoading()
{
    stopLoading();
    showFailure(Error::make(Error::Code::Cancelled, {}, u"stopped by the user"_s));
}

void FilesTab::showWaiting()
{
    if (d->reading)
        d->ui.filesStack->setCurrentWidget(d->ui.waitPage);
}

void FilesTab::showHint(const QString& text)
{
    d->ui.filesHint->setText(text);
    d->ui.filesStack->setCurrentWidget(d->ui.hintPage);
}

void FilesTab::showFailure(const Error& error)
{
    d->hasFailed = true;
    d->retry = [this] { load(); };
    d->ui.filesStack->setCurrentWidget(d->ui.filesEmptyPage);
    if (error.code == Error::Code::Cancelled) {
        d->ui.filesStrip->showMessage(Tone::Info, tr("The files were not listed."), {},
                                      {{RemedyKind::Retry, tr("List files")}});
        return;
    }
    ErrorText text = explain(error, {.doing = ErrorContext::Doing::Open});
    if (!std::ranges::contains(text.remedies, RemedyKind::Retry, &Remedy::kind))
        text.remedies.append({RemedyKind::Retry, tr("Try again")});
    d->ui.filesStrip->showError(text);
}

//! What is not in the lists is said, not left out in silence.
void FilesTab::showProblems()
{
    QStringList missing, damaged, details;
    bool isCutOff = d->files->merged && d->files->merged->isCutOff();
    for (qsizetype i = 0; i < d->files->layers.size(); ++i) {
        const ImageFiles::Layer& layer = d->files->layers[i];
        if (!layer.isPresent)
            missing.append(QString::number(i + 1));
        else if (!layer.problem.isEmpty() || !layer.tree)
            damaged.append(QString::number(i + 1));
        if (!layer.problem.isEmpty())
            details.append(tr("Layer %1: %2").arg(i + 1).arg(layer.problem));
        isCutOff = isCutOff || (layer.tree && layer.tree->isCutOff());
    }
    QStringList lines;
    if (missing.size() == 1)
        lines.append(tr("Layer %1 is not on this computer.").arg(missing.first()));
    else if (!missing.isEmpty())
        lines.append(tr("Layers %1 are not on this computer.").arg(missing.join(u", "_s)));
    if (damaged.size() == 1)
        lines.append(tr("Layer %1 cannot be read to its end.").arg(damaged.first()));
    else if (!damaged.isEmpty())
        lines.append(tr("Layers %1 cannot be read to their ends.").arg(damaged.join(u", "_s)));
    if (isCutOff)
        lines.append(tr("There are more files than can be listed; the rest is left out."));
    if (lines.isEmpty())
        return;
    ErrorText text{.tone = Tone::Warning,
                   .title = lines.takeFirst(),
                   .text = lines.join(u'\n'),
                   .details = details.join(u'\n'),
                   .remedies = {}};
    if (!missing.isEmpty())
        text.text = QStringList{text.text,
                                tr("What is in there is not in the list. Pull the image again to "
                                   "complete it.")}
                        .join(u' ')
                        .trimmed();
    d->ui.filesStrip->showError(text);
}

void FilesTab::choose(int choice)
{
    const int row = d->layers->rowOf(choice);
    const bool wasWasted = d->choice == FileLayersModel::WastedFiles;
    const bool isOther = d->choice != choice;
    d->choice = row >= 0 ? choice : int(FileLayersModel::WholeImage);
    const bool isWasted = d->choice == FileLayersModel::WastedFiles;
    {
        const QSignalBlocker second(d->ui.layerBox);
        const QSignalBlocker third(d->ui.listButton);
        const QSignalBlocker fourth(d->ui.changes);
        d->ui.layerChooser->setCurrentIndex(d->layers->index(qMax(0, row), 0));
        d->ui.layerBox->setCurrentIndex(qMax(0, row));
        d->ui.listButton->setChecked(isWasted ? d->isWastedList : d->isList);
        if (isOther)
            d->ui.changes->clear();
    }
    if (isWasted && !wasWasted) {
        const QHeaderView* header = d->ui.filesView->header();
        d->sortBefore = std::pair(header->sortIndicatorSection(), header->sortIndicatorOrder());
        d->ui.filesView->sortByColumn(FilesModel::Wasted, Qt::DescendingOrder);
    } else if (wasWasted && !isWasted && d->sortBefore) {
        d->ui.filesView->sortByColumn(d->sortBefore->first, d->sortBefore->second);
        d->sortBefore.reset();
    }
    if (isOther)
        showTree();
}

void FilesTab::showTree()
{
    d->searchTimer.stop();
    const FileTreePtr tree = d->tree();
    const FilesModel::Kind kind = d->kind();
    updateControls();
    if (d->files && !tree) {
        const bool isHere = d->choice < 0 || d->files->layers[d->choice].isPresent;
        d->ui.treeHint->setText(isHere ? tr("Layer %1 cannot be read.").arg(d->choice + 1)
                                       : tr("Layer %1 is not on this computer.").arg(d->choice + 1));
    }
    d->ui.treeStack->setCurrentWidget(d->files && !tree ? d->ui.treeHintPage : d->ui.filesView);
    const FileFilter filter{d->ui.fileSearch->text(),
                            kind == FilesModel::Kind::Layer ? d->ui.changes->chosen()
                                                            : QList<FileNode::Change>()};
    const bool isList = kind == FilesModel::Kind::Wasted ? d->isWastedList : d->isList;
    d->model->show(tree, kind, filter,
                   isList ? FilesModel::Arrangement::List : FilesModel::Arrangement::Tree);
}

void FilesTab::showWastedFiles()
{
    if (d->choice == FileLayersModel::WholeImage) {
        choose(FileLayersModel::WastedFiles);
        return;
    }
    d->ui.filesView->sortByColumn(FilesModel::Wasted, Qt::DescendingOrder);
    d->ui.listButton->setChecked(true);
}

void FilesTab::updateSums()
{
    const FileTreePtr& tree = d->model->tree();
    QString text;
    if (tree) {
        const FileHits* hits = d->model->hits();
        const bool isNarrowed = hits && !hits->isAll;
        const int count = isNarrowed ? int(hits->list.size()) : tree->root().files;
        const qint64 bytes = isNarrowed                    ? hits->bytes
            : d->model->kind() == FilesModel::Kind::Wasted ? tree->root().wasted
                                                           : tree->root().size;
        text = (isNarrowed ? tr("%Ln match(es)", nullptr, count) : formatFileCount(count)) + u" \u00b7 "_s
            + formatBytes(bytes);
        if (tree->isCutOff())
            text += u" \u00b7 "_s + tr("cut off", "a list");
        const bool isNothing = isNarrowed && hits->list.empty();
        if (isNothing)
            d->ui.treeHint->setText(tr("No file matches."));
        d->ui.treeStack->setCurrentWidget(isNothing ? d->ui.treeHintPage : d->ui.filesView);
    }
    d->ui.fileSums->setText(text);
}

void FilesTab::updateControls()
{
    Ui::FilesTab& ui = d->ui;
    const FilesModel::Kind kind = d->kind();
    const bool isReady = d->files != nullptr;
    const bool isLayer = kind == FilesModel::Kind::Layer;
    const FileSums::Layer sum = isLayer && d->sums && d->choice < d->sums->layers.size()
        ? d->sums->layers[d->choice]
        : FileSums::Layer();
    const bool hasChanges = sum.changed > 0 || sum.deleted > 0;
    ui.changes->setVisible(isReady && isLayer && hasChanges);
    {
        const QSignalBlocker blocker(ui.changes);
        ui.changes->setCounts(sum.added, sum.changed, sum.deleted);
    }
    ui.filesView->setChangesShown(!isLayer || hasChanges || !d->sums);
    for (QWidget* widget : {static_cast<QWidget*>(ui.fileSearch), static_cast<QWidget*>(ui.listButton),
                            static_cast<QWidget*>(ui.layerBox)})
        widget->setEnabled(isReady);
    const qint64 wasted = d->wastedBytes();
    ui.wastedButton->setVisible(wasted > 0 && kind != FilesModel::Kind::Wasted && (d->sums || isLayer));
    ui.wastedButton->setText(ui.layerChooser->isHidden()
                                 ? tr("%1 wasted").arg(formatBytes(wasted))
                                 : tr("%1 wasted by later layers").arg(formatBytes(wasted)));
    ui.wastedButton->setAccessibleName(tr("%1 wasted by later layers").arg(formatBytes(wasted)));
    Q_EMIT actionStatesChanged();
}

void FilesTab::updateWidth()
{
    // Beside a table of layers a table of files needs room for a name and two figures.
    const bool isNarrow = width() < fontMetrics().averageCharWidth() * 105;
    if (d->ui.layerChooser->isHidden() == isNarrow && d->ui.layerBox->isHidden() != isNarrow)
        return;
    d->ui.layerChooser->setHidden(isNarrow);
    d->ui.layerBox->setHidden(!isNarrow);
    updateControls();
}

void FilesTab::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateWidth();
}

void FilesTab::runRemedyHere(const Remedy& remedy)
{
    d->ui.filesStrip->clear();
    runRemedy(remedy, *d->workbench, this, d->retry);
}

void FilesTab::retranslate()
{
    d->ui.retranslateUi(this);
    d->ui.waitText->setText(tr("The layers are being read. The next time their files are here at once."));
    d->ui.changes->retranslate();
    d->model->retranslate();
    d->layers->retranslate();
    d->model->setLayerTitles(d->layers->layerTitles());
    d->ui.filesView->viewport()->update();
    if (d->files) {
        d->ui.filesStrip->clear();
        showProblems();
    }
    updateSums();
    updateControls();
}

} // namespace Tagboat
