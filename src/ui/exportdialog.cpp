// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exportdialog.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_exportdialog.h"

#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

enum Column : int { ImageColumn, IdColumn, PlatformColumn, SizeColumn };

//! Of a row of imageList: an image has its place in the list of them, a name is canonical.
constexpr int PlaceRole = Qt::UserRole;
constexpr int NameRole = Qt::UserRole + 1;

constexpr auto TypingPause = 250ms;
const QString OciFlag = u"export/oci"_s;
const QString FileEachFlag = u"export/fileEach"_s;
const QString FolderState = u"export/folder"_s;
const QString CompressionState = u"export/compression"_s;

QString startFolder(const UiSettings& settings)
{
    const QString used = QString::fromUtf8(settings.state(FolderState));
    if (!used.isEmpty() && QFileInfo(used).isDir())
        return used;
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    return QFileInfo(downloads).isDir() ? downloads : QDir::homePath();
}

} // namespace

QString archiveNameOf(const StoredImage& image, const QString& name)
{
    QString base = name.isEmpty() ? imageTitle(image) : ShownName::of(name).familiar;
    for (const QChar c : u"/:@\\ "_s)
        base.replace(c, u'_');
    return base;
}

struct ExportDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench), settings(bench.paths().configDirectory) { }

    Workbench& workbench;
    UiSettings settings;
    Ui::ExportDialog ui;
    QPushButton* exportButton = nullptr;
    QList<StoredImage> images;
    QTimer pause;
    int asked = 0;                //!< answers to older questions are dropped
    bool isFileTyped = false;     //!< somebody chose a name of his own: it is not replaced by proposals
    QList<ExportRequest> planned; //!< what the plan on screen is of
};

ExportDialog::ExportDialog(Workbench& workbench, const QList<StoredImage>& images, const QString& name,
                           QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->images = images;
    d->ui.setupUi(this);
    d->exportButton = d->ui.buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    d->exportButton->setObjectName(u"exportButton"_s);
    d->exportButton->setIcon(iconOnAccent(u"export"_s));
    d->exportButton->setEnabled(false);
    setPrimary(d->exportButton);
    for (QLabel* hint : {static_cast<QLabel*>(d->ui.dockerHint), static_cast<QLabel*>(d->ui.ociHint),
                         static_cast<QLabel*>(d->ui.compressionHint), d->ui.sizeLabel})
        makeMuted(hint);
    const int indent = d->ui.dockerButton->style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth)
        + d->ui.dockerButton->style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    d->ui.dockerHint->setIndent(indent);
    d->ui.ociHint->setIndent(indent);
    d->ui.compressionBox->addItem(tr("None"), int(OuterCompression::None));
    d->ui.compressionBox->addItem(tr("gzip"), int(OuterCompression::Gzip));
    d->ui.compressionBox->addItem(tr("zstd"), int(OuterCompression::Zstd));
    const int compression = d->settings.state(CompressionState).toInt();
    d->ui.compressionBox->setCurrentIndex(qMax(0, d->ui.compressionBox->findData(compression)));

    fillImages(name);
    const bool isAnyArtifact = std::ranges::any_of(images, &StoredImage::isArtifact);
    (isAnyArtifact || d->settings.flag(OciFlag, false) ? d->ui.ociButton : d->ui.dockerButton)
        ->setChecked(true);
    (d->settings.flag(FileEachFlag, false) ? d->ui.fileEachButton : d->ui.oneFileButton)->setChecked(true);

    d->pause.setSingleShot(true);
    d->pause.setInterval(TypingPause);
    connect(&d->pause, &QTimer::timeout, this, &ExportDialog::look);
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(d->ui.imageList, &QTreeWidget::itemChanged, this, &ExportDialog::choiceChanged);
    connect(d->ui.ociButton, &QRadioButton::toggled, this, &ExportDialog::formatChanged);
    connect(d->ui.platformBox, &QComboBox::currentIndexChanged, this, &ExportDialog::look);
    connect(d->ui.compressionBox, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    connect(d->ui.fileEachButton, &QRadioButton::toggled, this, &ExportDialog::choiceChanged);
    connect(d->ui.fileEdit, &QLineEdit::textEdited, this, [this] {
        d->isFileTyped = true;
        ++d->asked; // what was planned is of another file
        d->planned.clear();
        d->exportButton->setEnabled(false);
        d->pause.start();
    });
    connect(d->ui.browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedy(remedy, d->workbench, this, [this] { look(); }); });

    d->ui.fileEdit->setText(startFolder(d->settings) + u'/');
    fillPlatforms({});
    choiceChanged();
    formatChanged();
    d->exportButton->setDefault(true);
    d->ui.fileEdit->setFocus();
}

ExportDialog::~ExportDialog()
{
    d->ui.imageList->disconnect(this); // it empties itself when this is no ExportDialog any more
}

void ExportDialog::fillImages(const QString& name)
{
    QTreeWidget& list = *d->ui.imageList;
    const Metrics metrics(fontMetrics());
    const QSize rowSize(0, metrics.rowHeight());
    int rows = 0;
    for (qsizetype i = 0; i < d->images.size(); ++i) {
        const StoredImage& image = d->images[i];
        const auto names = shownNames(image);
        auto* const row = new QTreeWidgetItem(&list);
        row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        row->setText(ImageColumn, names.size() == 1 ? names.front().familiar : imageTitle(image));
        row->setToolTip(ImageColumn, image.names.join(u'\n'));
        row->setText(IdColumn, image.id.shortHex());
        row->setText(PlatformColumn, platformSummary(image));
        row->setText(SizeColumn, formatBytes(image.size));
        row->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
        row->setCheckState(ImageColumn, Qt::Checked);
        row->setData(ImageColumn, PlaceRole, i);
        row->setSizeHint(ImageColumn, rowSize);
        ++rows;
        if (names.size() < 2)
            continue; // its own row shows the name
        for (const ShownName& shown : names) {
            auto* const below = new QTreeWidgetItem(row);
            below->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            below->setText(ImageColumn, shown.familiar);
            const bool isWanted = d->images.size() > 1 || name.isEmpty() || shown.canonical == name;
            below->setCheckState(ImageColumn, isWanted ? Qt::Checked : Qt::Unchecked);
            below->setData(ImageColumn, NameRole, shown.canonical);
            below->setSizeHint(ImageColumn, rowSize);
            ++rows;
        }
    }
    list.expandAll();
    list.header()->setStretchLastSection(false);
    list.header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list.header()->setSectionResizeMode(ImageColumn, QHeaderView::Stretch);
    list.headerItem()->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
    list.setMinimumSize(fontMetrics().averageCharWidth() * 90,
                        metrics.rowHeight() * (qBound(2, rows, 7) + 1) + metrics.gap() * 2);
}

void ExportDialog::fillPlatforms(const QList<Platform>& platforms)
{
    const QSignalBlocker quiet(d->ui.platformBox);
    QComboBox& box = *d->ui.platformBox;
    const QString before = box.currentData().toString();
    box.clear();
    if (d->ui.ociButton->isChecked())
        box.addItem(tr("All that are here"), QString());
    const Platform host = Platform::host();
    for (const Platform& platform : platforms) {
        const QString text = platform.toString();
        box.addItem(platform.normalized() == host.normalized() ? tr("%1 (this computer)").arg(text) : text,
                    text);
    }
    int chosen = box.findData(before);
    for (int i = 0; i < box.count() && chosen < 0; ++i) {
        if (box.itemData(i).toString() == host.toString())
            chosen = i;
    }
    if (d->ui.ociButton->isChecked() && before.isEmpty())
        chosen = 0;
    box.setCurrentIndex(qMax(0, chosen));
    box.setEnabled(box.count() > 1);
}

QList<ExportItem> ExportDialog::chosen() const
{
    QList<ExportItem> items;
    for (int row = 0; row < d->ui.imageList->topLevelItemCount(); ++row) {
        const QTreeWidgetItem* const item = d->ui.imageList->topLevelItem(row);
        if (item->checkState(ImageColumn) != Qt::Checked)
            continue;
        const StoredImage& image = d->images.at(item->data(ImageColumn, PlaceRole).toLongLong());
        QStringList names = item->childCount() == 0 ? image.names : QStringList();
        for (int below = 0; below < item->childCount(); ++below) {
            if (item->child(below)->checkState(ImageColumn) == Qt::Checked)
                names.append(item->child(below)->data(ImageColumn, NameRole).toString());
        }
        items.append({image.target, names});
    }
    return items;
}

bool ExportDialog::isFileEach() const
{
    return d->ui.fileEachButton->isChecked() && chosen().size() > 1;
}

OuterCompression ExportDialog::compression() const
{
    return OuterCompression(d->ui.compressionBox->currentData().toInt());
}

QList<ExportRequest> ExportDialog::requests() const
{
    ExportRequest whole;
    whole.items = chosen();
    whole.format = d->ui.ociButton->isChecked() ? ArchiveFormat::OciArchive : ArchiveFormat::DockerArchive;
    whole.compression = compression();
    if (const auto platform = Platform::parse(d->ui.platformBox->currentData().toString()))
        whole.platform = *platform;
    const QString file = QDir::fromNativeSeparators(d->ui.fileEdit->text().trimmed());
    if (whole.items.isEmpty() || file.isEmpty())
        return {};
    if (!isFileEach()) {
        whole.file = QDir::cleanPath(QDir::home().absoluteFilePath(file));
        return QFileInfo(whole.file).isDir() ? QList<ExportRequest>() : QList<ExportRequest>{whole};
    }
    QList<ExportRequest> each;
    QStringList used;
    const QDir folder(QDir::cleanPath(QDir::home().absoluteFilePath(file)));
    for (const ExportItem& item : std::as_const(whole.items)) {
        const auto image = std::ranges::find(d->images, item.target, &StoredImage::target);
        const QString base = archiveNameOf(*image, item.names.size() == 1 ? item.names.front() : QString());
        QString name = base;
        for (int i = 2; used.contains(name); ++i)
            name = base + u'_' + QString::number(i);
        used.append(name);
        ExportRequest one = whole;
        one.items = {item};
        one.file = folder.filePath(name + archiveSuffix(compression()));
        each.append(one);
    }
    return each;
}

void ExportDialog::choiceChanged()
{
    // Names of an image that stays here have nothing to be chosen.
    const QSignalBlocker quiet(d->ui.imageList);
    int images = 0;
    for (int row = 0; row < d->ui.imageList->topLevelItemCount(); ++row) {
        QTreeWidgetItem* const item = d->ui.imageList->topLevelItem(row);
        const bool isChosen = item->checkState(ImageColumn) == Qt::Checked;
        images += isChosen ? 1 : 0;
        for (int below = 0; below < item->childCount(); ++below)
            item->child(below)->setDisabled(!isChosen);
    }
    d->ui.filesLabel->setVisible(d->images.size() > 1);
    d->ui.filesChoice->setVisible(d->images.size() > 1);
    d->ui.filesChoice->setEnabled(images > 1);
    d->ui.fileLabel->setText(isFileEach() ? tr("Folder:") : tr("File:"));
    proposeFile();
    look();
}

void ExportDialog::formatChanged()
{
    switch (compression()) {
    case OuterCompression::Gzip:
        d->ui.compressionHint->setText(
            tr("Every “docker load” and “podman load” reads it; the file is smaller, "
               "and takes longer to write."));
        break;
    case OuterCompression::Zstd:
        d->ui.compressionHint->setText(tr("Smaller and faster than gzip. Read by docker load from version "
                                          "23, podman, skopeo and Tagboat."));
        break;
    default:
        d->ui.compressionHint->setText(d->ui.ociButton->isChecked()
                                           ? tr("The layers are compressed already: more would save little.")
                                           : tr("Written fastest; layers lie in it unpacked."));
        break;
    }
    QList<Platform> platforms;
    for (int i = 0; i < d->ui.platformBox->count(); ++i) {
        if (const auto platform = Platform::parse(d->ui.platformBox->itemData(i).toString()))
            platforms.append(*platform);
    }
    fillPlatforms(platforms);
    proposeFile();
    look();
}

//! Keeps what somebody typed, but for an ending that no longer tells the truth.
void ExportDialog::proposeFile()
{
    const QList<ExportItem> items = chosen();
    QString path = d->ui.fileEdit->text();
    const bool isFolder = path.endsWith(u'/');
    const QString folder = isFolder ? path : path.section(u'/', 0, -2) + u'/';
    if (isFileEach()) {
        d->ui.fileEdit->setText(folder);
        return;
    }
    QString name = isFolder ? QString() : withoutArchiveSuffix(path.section(u'/', -1));
    if ((!d->isFileTyped || name.isEmpty()) && items.size() == 1) {
        const auto image = std::ranges::find(d->images, items.front().target, &StoredImage::target);
        name =
            archiveNameOf(*image, items.front().names.size() == 1 ? items.front().names.front() : QString());
    } else if (!d->isFileTyped || name.isEmpty()) {
        name = u"images"_s;
    }
    path = folder + name + archiveSuffix(compression());
    if (path != d->ui.fileEdit->text())
        d->ui.fileEdit->setText(path);
}

void ExportDialog::browse()
{
    const QString path = d->ui.fileEdit->text();
    auto* const dialog = new QFileDialog(this, isFileEach() ? tr("Folder for the archives") : tr("Export to"),
                                         path.section(u'/', 0, -2));
    dialog->setObjectName(u"fileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (isFileEach()) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite); // this dialog asks
        dialog->setNameFilters({tr("Image archives (*.tar *.tar.gz *.tar.zst)"), tr("All files (*)")});
        dialog->selectFile(path.section(u'/', -1));
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        d->isFileTyped = true;
        d->ui.fileEdit->setText(isFileEach() ? file + u'/' : file);
        look();
    });
    dialog->open();
}

void ExportDialog::look()
{
    d->pause.stop();
    const int question = ++d->asked;
    d->planned.clear();
    d->exportButton->setEnabled(false);
    const auto promised = outerCompression(d->ui.fileEdit->text().trimmed());
    if (!isFileEach() && promised && *promised != OuterCompression::None && *promised != compression()) {
        // Somebody typed another ending: that is a choice, too.
        const int chosen = d->ui.compressionBox->findData(int(*promised));
        if (chosen >= 0) {
            d->ui.compressionBox->setCurrentIndex(chosen);
            return; // which looks again
        }
    }
    const QList<ExportRequest> wanted = requests();
    if (wanted.isEmpty() || (!promised && !isFileEach())) {
        d->ui.strip->clear();
        d->ui.sizeLabel->setText(chosen().isEmpty() ? tr("Choose an image.") : tr("Give the file a name."));
        return;
    }
    d->workbench.planExport(wanted).then(this, [this, question, wanted](const Result<ExportPlan>& plan) {
        if (question != d->asked)
            return;
        if (!plan) {
            d->ui.strip->showError(explain(plan.error(), {.doing = ErrorContext::Doing::Export}));
            return;
        }
        d->planned = wanted;
        showPlan(*plan);
    });
}

void ExportDialog::showPlan(const ExportPlan& plan)
{
    fillPlatforms(plan.platforms);
    // What there is to choose from became known only now.
    const QList<ExportRequest> now = requests();
    if (!now.isEmpty() && now.first().platform != d->planned.first().platform) {
        look();
        return;
    }
    const auto titlesOf = [this](const QList<Digest>& targets) {
        QStringList titles;
        for (const StoredImage& image : std::as_const(d->images)) {
            if (targets.contains(image.target.digest))
                titles.append(imageTitle(image));
        }
        return titles.join(u", "_s);
    };
    QString text = tr("About %1.").arg(formatBytes(plan.bytes));
    if (plan.free >= 0)
        text = tr("About %1; %2 are free there.").arg(formatBytes(plan.bytes), formatBytes(plan.free));
    if (plan.scratch > 0)
        text += u' '
            + tr("While it is written, up to %1 more are needed beside it.").arg(formatBytes(plan.scratch));
    d->ui.sizeLabel->setText(text);

    const int files = int(d->planned.size());
    const int images = int(chosen().size());
    bool isPossible = true;
    QString label = images > 1 ? tr("Export %n image(s)", nullptr, images) : tr("Export");
    MessageStrip& strip = *d->ui.strip;
    if (!plan.artifacts.isEmpty()) {
        isPossible = false;
        strip.showMessage(Tone::Warning, tr("A Docker archive cannot hold %1.").arg(titlesOf(plan.artifacts)),
                          tr("That is no container image. Choose the OCI archive, or leave it out."));
    } else if (!plan.incomplete.isEmpty()) {
        isPossible = false;
        strip.showMessage(
            Tone::Warning, tr("%1 is not here as asked for.").arg(titlesOf(plan.incomplete)),
            tr("Its layers, or this platform of it, are not on this computer. Choose another platform, pull "
               "it first, or leave it out."));
    } else if (!plan.noFolder.isEmpty()) {
        isPossible = false;
        strip.showMessage(Tone::Warning, tr("Nothing can be written to %1.").arg(plan.noFolder),
                          tr("The folder does not exist, or belongs to somebody else."));
    } else if (!plan.fits()) {
        isPossible = false;
        strip.showMessage(Tone::Error, tr("There is not enough room for it."),
                          tr("%1 are needed, %2 are free. Choose another folder, or compress the archive.")
                              .arg(formatBytes(plan.bytes + plan.scratch), formatBytes(plan.free)),
                          {{RemedyKind::CleanUp, tr("Clean up…")}});
    } else if (!plan.existing.isEmpty()) {
        label = files == 1 ? tr("Replace and export")
                           : tr("Replace %n file(s) and export", nullptr, int(plan.existing.size()));
        QStringList names;
        for (const QString& file : plan.existing.first(std::min<qsizetype>(plan.existing.size(), 5)))
            names.append(file.section(u'/', -1));
        if (plan.existing.size() > names.size())
            names.append(u"…"_s);
        strip.showMessage(
            Tone::Warning,
            plan.existing.size() == 1
                ? tr("%1 exists already and would be replaced.").arg(names.front())
                : tr("%n file(s) exist already and would be replaced.", nullptr, int(plan.existing.size())),
            plan.existing.size() == 1 ? QString() : names.join(u", "_s));
    } else {
        strip.clear();
    }
    d->exportButton->setText(label);
    d->exportButton->setEnabled(isPossible);
}

void ExportDialog::accept()
{
    if (!d->exportButton->isEnabled() || d->planned.isEmpty())
        return;
    d->exportButton->setEnabled(false);
    d->settings.setFlag(OciFlag, d->ui.ociButton->isChecked());
    if (d->images.size() > 1)
        d->settings.setFlag(FileEachFlag, d->ui.fileEachButton->isChecked());
    d->settings.setState(CompressionState, QByteArray::number(int(compression())));
    d->settings.setState(FolderState, QFileInfo(d->planned.first().file).absolutePath().toUtf8());
    queue(std::exchange(d->planned, {}));
}

void ExportDialog::queue(QList<ExportRequest> requests)
{
    if (requests.isEmpty()) {
        QDialog::accept();
        return;
    }
    const ExportRequest next = requests.takeFirst();
    d->workbench.exportImages(next).then(this, [this, requests](const Result<QString>& job) {
        if (job)
            queue(requests);
        else
            d->ui.strip->showError(explain(job.error(), {.doing = ErrorContext::Doing::Export}));
    });
}

} // namespace Tagboat
