// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparefilesdialog.h"

#include "models/comparisonlist.h"
#include "models/filesmodel.h"
#include "models/filetext.h"
#include "models/imagenames.h"
#include "models/inbackground.h"
#include "models/text.h"
#include "ui/errortext.h"
#include "ui/fileviewdialog.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/savefile.h"
#include "ui/widgettools.h"
#include "ui_comparefilesdialog.h"
#include "workbench/workbench.h"

#include <QCompleter>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QSaveFile>
#include <QStringListModel>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr auto WaitBeforeBar = 150ms;
constexpr auto TypingTime = 120ms;
constexpr int ProgressSteps = 1000;

//! "+3.4 MB", "−120 kB".
QString formatGrowth(qint64 bytes)
{
    if (bytes == 0)
        return formatBytes(0);
    return (bytes < 0 ? QChar(0x2212) : QChar(u'+')) + formatBytes(qAbs(bytes));
}

} // namespace

struct CompareFilesDialog::Private
{
    Private(Workbench& bench, FilesOf chosen) : workbench(bench), from(std::move(chosen)) { }

    //! An image under one of its names.
    struct Entry
    {
        QString title;
        qsizetype image; //!< in `images`
    };
    struct Side
    {
        QComboBox* images;
        QComboBox* platforms;
    };

    Workbench& workbench;
    Ui::CompareFilesDialog ui;
    FilesModel* model = nullptr;
    QStringListModel* titles = nullptr;
    QList<StoredImage> images;
    QList<Entry> entries;
    std::optional<FilesOf> from, to;       //!< what is compared
    QHash<Digest, FilesProgress> progress; //!< of the listings under way, by image
    QTimer barTimer, searchTimer;
    quint64 request = 0;
    bool isComparing = false;
    ComparisonSums sums;

    [[nodiscard]] std::optional<FilesOf> chosen(const Side& side) const
    {
        const int row = side.images->currentIndex();
        if (row < 0 || row >= entries.size() || side.images->currentText() != entries[row].title)
            return std::nullopt;
        const StoredImage& image = images[entries[row].image];
        const int platform = side.platforms->currentIndex();
        if (platform < 0 || platform >= image.platforms.size())
            return std::nullopt;
        return FilesOf{image.target.digest, image.platforms[platform].platform};
    }
    [[nodiscard]] int rowOf(const Digest& target) const
    {
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (images[entries[i].image].target.digest == target)
                return int(i);
        }
        return -1;
    }
    [[nodiscard]] QString titleOf(const FilesOf& of) const
    {
        const int row = rowOf(of.target);
        return row < 0 ? of.target.shortHex() : entries[row].title;
    }
    //! The file of a row in the image before or after; none where it is not in there.
    [[nodiscard]] std::optional<FileInImage> fileAt(int position, bool before) const
    {
        if (!model->tree() || position <= 0 || !from || !to)
            return std::nullopt;
        const FileNode& node = model->tree()->node(position);
        const auto missing = before ? FileNode::Change::Added : FileNode::Change::Deleted;
        if (!hasContent(node) || node.change == missing || node.change == FileNode::Change::None)
            return std::nullopt;
        return FileInImage{before ? *from : *to, model->tree()->pathOf(position), -1};
    }
};

CompareFilesDialog::CompareFilesDialog(Workbench& workbench, const FilesOf& from, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench, from))
{
    Ui::CompareFilesDialog& ui = d->ui;
    ui.setupUi(this);
    setWindowFlag(Qt::WindowMinMaxButtonsHint);
    const QFontMetrics fm = fontMetrics();
    const Metrics metrics(fm);
    resize(fm.averageCharWidth() * 130, fm.height() * 38);
    ui.toolLayout->setStretchFactor(ui.compareSearch, 2);
    ui.toolLayout->setStretchFactor(ui.compareSums, 3);
    ui.compareSearch->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    ui.compareSearch->setMinimumWidth(fm.averageCharWidth() * 20);
    ui.compareSearch->setMaximumWidth(fm.averageCharWidth() * 40);
    ui.compareListButton->setIcon(icon(u"list"_s));
    ui.swapButton->setIcon(icon(u"transfers"_s));
    ui.compareSums->setTone(Tone::Muted);
    ui.compareProgress->setMaximumHeight(metrics.gap());
    ui.compareProgress->setRange(0, ProgressSteps);
    ui.compareProgress->setFixedWidth(fm.averageCharWidth() * 40);
    for (QLabel* label : {ui.compareHint, ui.waitText, ui.progressText})
        makeMuted(label);
    d->model = new FilesModel(this);
    ui.compareView->setFiles(d->model);
    ui.compareView->setFrameShape(QFrame::StyledPanel);

    // Thousands of names: found by typing any part of one.
    d->titles = new QStringListModel(this);
    for (QComboBox* box : {ui.fromBox, ui.toBox}) {
        box->setModel(d->titles);
        auto* completer = new QCompleter(d->titles, box);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        box->setCompleter(completer);
        box->lineEdit()->setPlaceholderText(tr("Choose an image, or type a part of its name"));
    }
    const auto connectSide = [this](QComboBox* images, QComboBox* platforms) {
        connect(images, &QComboBox::activated, this, [this, images, platforms] {
            fillPlatforms(images, platforms, {});
            compare();
        });
        connect(platforms, &QComboBox::activated, this, &CompareFilesDialog::compare);
        platforms->hide();
    };
    connectSide(ui.fromBox, ui.fromPlatform);
    connectSide(ui.toBox, ui.toPlatform);

    d->barTimer.setSingleShot(true);
    d->barTimer.setInterval(WaitBeforeBar);
    connect(&d->barTimer, &QTimer::timeout, this, [this] {
        if (d->isComparing)
            d->ui.compareStack->setCurrentWidget(d->ui.waitPage);
    });
    d->searchTimer.setSingleShot(true);
    d->searchTimer.setInterval(TypingTime);
    connect(&d->searchTimer, &QTimer::timeout, this, &CompareFilesDialog::filter);
    connect(ui.compareSearch, &QLineEdit::textChanged, &d->searchTimer, qOverload<>(&QTimer::start));
    connect(ui.compareListButton, &QToolButton::toggled, this, &CompareFilesDialog::filter);
    connect(ui.compareChanges, &ChangeFilter::changed, this, &CompareFilesDialog::filter);
    connect(ui.swapButton, &QToolButton::clicked, this, &CompareFilesDialog::swap);
    connect(ui.cancelCompareButton, &QPushButton::clicked, this, [this] {
        stop();
        showHint(tr("The comparison was cancelled. Choose an image to begin again."));
    });
    connect(ui.closeButton, &QPushButton::clicked, this, &QDialog::close);
    connect(ui.copyListButton, &QPushButton::clicked, this, &CompareFilesDialog::copyList);
    connect(ui.saveListButton, &QPushButton::clicked, this, &CompareFilesDialog::saveList);
    connect(ui.viewBeforeButton, &QPushButton::clicked, this, [this] { view(true); });
    connect(ui.viewAfterButton, &QPushButton::clicked, this, [this] { view(false); });
    connect(ui.compareView, &FilesView::fileActivated, this,
            [this](int position) { view(!d->fileAt(position, false).has_value()); });
    connect(ui.compareView, &FilesView::selectionChangedByUser, this, &CompareFilesDialog::updateControls);
    connect(ui.compareView, &QWidget::customContextMenuRequested, this, &CompareFilesDialog::showContextMenu);
    connect(d->model, &FilesModel::applied, this, &CompareFilesDialog::updateSums);
    connect(ui.strip, &MessageStrip::remedyChosen, this, [this](const Remedy& remedy) {
        d->ui.strip->clear();
        runRemedy(remedy, d->workbench, this, [this] { compare(); });
    });
    connect(&workbench, &Workbench::storeChanged, this, &CompareFilesDialog::readImages);
    connect(&workbench, &Workbench::filesProgress, this, [this](const FilesProgress& progress) {
        if (!d->isComparing || (d->from != progress.of && d->to != progress.of))
            return;
        d->progress.insert(progress.of.target, progress);
        qint64 done = 0, total = 0;
        for (const FilesProgress& each : std::as_const(d->progress)) {
            done += each.bytesDone;
            total += each.bytesTotal;
        }
        d->ui.compareProgress->setValue(total > 0 ? int(done * ProgressSteps / total) : 0);
        d->ui.progressText->setText(formatBytesOf(done, total));
    });
    retranslate();
    updateControls();
    readImages();
}

CompareFilesDialog::~CompareFilesDialog()
{
    stop();
}

void CompareFilesDialog::readImages()
{
    d->workbench.images().then(this, [this](const Result<StoreSnapshot>& snapshot) {
        if (snapshot)
            fillImages(snapshot->images);
        else
            showFailure(snapshot.error());
    });
}

void CompareFilesDialog::fillImages(const QList<StoredImage>& images)
{
    const bool isFirst = d->images.isEmpty();
    const QString fromText = d->ui.fromBox->currentText();
    const QString toText = d->ui.toBox->currentText();
    const int fromPlatform = d->ui.fromPlatform->currentIndex();
    const int toPlatform = d->ui.toPlatform->currentIndex();
    d->images = images;
    d->entries.clear();
    for (qsizetype i = 0; i < images.size(); ++i) {
        if (images[i].isArtifact || images[i].platforms.isEmpty())
            continue;
        const auto names = shownNames(images[i]);
        for (const ShownName& name : names)
            d->entries.append({name.familiar, i});
        if (names.isEmpty())
            d->entries.append({imageTitle(images[i]), i});
    }
    std::ranges::sort(d->entries, {}, &Private::Entry::title);
    QStringList titles;
    titles.reserve(d->entries.size());
    for (const Private::Entry& entry : std::as_const(d->entries))
        titles.append(entry.title);
    if (titles == d->titles->stringList())
        return;
    d->titles->setStringList(titles);
    const auto restore = [&](QComboBox* box, const QString& text, QComboBox* platforms, int platform) {
        box->setCurrentIndex(int(titles.indexOf(text)));
        fillPlatforms(box, platforms, {});
        if (platform >= 0)
            platforms->setCurrentIndex(platform);
    };
    if (isFirst) {
        d->ui.fromBox->setCurrentIndex(d->rowOf(d->from->target));
        fillPlatforms(d->ui.fromBox, d->ui.fromPlatform, d->from->platform);
        d->ui.toBox->setCurrentIndex(-1);
        d->ui.toBox->setFocus();
    } else {
        restore(d->ui.fromBox, fromText, d->ui.fromPlatform, fromPlatform);
        restore(d->ui.toBox, toText, d->ui.toPlatform, toPlatform);
    }
    updateControls();
}

void CompareFilesDialog::fillPlatforms(QComboBox* images, QComboBox* platforms, const Platform& wanted)
{
    platforms->clear();
    const int row = images->currentIndex();
    if (row >= 0 && row < d->entries.size()) {
        const StoredImage& image = d->images[d->entries[row].image];
        int chosen = preferredPlatform(image);
        for (int i = 0; const StoredPlatform& entry : image.platforms) {
            platforms->addItem(platformText(entry.platform));
            if (!wanted.isEmpty() && entry.platform == wanted)
                chosen = i;
            ++i;
        }
        platforms->setCurrentIndex(chosen);
    }
    platforms->setVisible(platforms->count() > 1);
}

void CompareFilesDialog::swap()
{
    const int fromRow = d->ui.fromBox->currentIndex();
    const int fromPlatform = d->ui.fromPlatform->currentIndex();
    const int toPlatform = d->ui.toPlatform->currentIndex();
    d->ui.fromBox->setCurrentIndex(d->ui.toBox->currentIndex());
    d->ui.toBox->setCurrentIndex(fromRow);
    fillPlatforms(d->ui.fromBox, d->ui.fromPlatform, {});
    fillPlatforms(d->ui.toBox, d->ui.toPlatform, {});
    d->ui.fromPlatform->setCurrentIndex(toPlatform);
    d->ui.toPlatform->setCurrentIndex(fromPlatform);
    compare();
}

void CompareFilesDialog::compare()
{
    stop();
    d->ui.strip->clear();
    d->from = d->chosen({d->ui.fromBox, d->ui.fromPlatform});
    d->to = d->chosen({d->ui.toBox, d->ui.toPlatform});
    d->model->setTree(nullptr, FilesModel::Kind::Comparison);
    retranslate();
    updateControls();
    if (!d->from || !d->to) {
        showHint(tr("Choose the image to compare with."));
        return;
    }
    if (*d->from == *d->to) {
        showHint(tr("This is one and the same image under both names."));
        return;
    }
    d->isComparing = true;
    d->progress.clear();
    d->ui.compareProgress->setValue(0);
    d->ui.progressText->clear();
    d->barTimer.start();
    d->workbench.compareFiles(*d->from, *d->to)
        .then(this, [this, request = ++d->request](const Result<FileTreePtr>& result) {
            if (request != d->request)
                return; // other images are compared by now
            d->isComparing = false;
            d->barTimer.stop();
            if (result && *result)
                showTree(*result);
            else
                showFailure(result ? Error::make(Error::Code::Internal, {}, u"no list"_s) : result.error());
        });
}

void CompareFilesDialog::stop()
{
    d->barTimer.stop();
    if (!d->isComparing)
        return;
    d->isComparing = false;
    ++d->request;
    d->workbench.stopImageFiles(*d->from);
    d->workbench.stopImageFiles(*d->to);
}

void CompareFilesDialog::showTree(const FileTreePtr& tree)
{
    inBackground([tree] {
        return std::make_shared<const ComparisonSums>(sumUpComparison(*tree));
    }).then(this, [this, tree, request = d->request](const std::shared_ptr<const ComparisonSums>& sums) {
        if (request != d->request)
            return;
        d->sums = *sums;
        d->ui.compareChanges->setCounts(sums->added, sums->changed, sums->deleted);
        if (tree->root().childCount == 0) {
            showHint(tr("All files of the two images are the same."));
            return;
        }
        if (tree->isCutOff())
            d->ui.strip->showMessage(Tone::Warning,
                                     tr("There are more files than can be listed; the rest is left out."));
        d->ui.compareStack->setCurrentWidget(d->ui.comparePage);
        d->model->setTree(tree, FilesModel::Kind::Comparison);
        filter();
    });
}

void CompareFilesDialog::showHint(const QString& text)
{
    d->ui.compareHint->setText(text);
    d->ui.compareStack->setCurrentWidget(d->ui.hintPage);
}

void CompareFilesDialog::showFailure(const Error& error)
{
    showHint({});
    ErrorText text = explain(error, {.doing = ErrorContext::Doing::Open});
    if (!std::ranges::contains(text.remedies, RemedyKind::Retry, &Remedy::kind))
        text.remedies.append({RemedyKind::Retry, tr("Try again")});
    d->ui.strip->showError(text);
}

void CompareFilesDialog::filter()
{
    d->searchTimer.stop();
    if (!d->model->tree())
        return;
    d->model->show(d->model->tree(), FilesModel::Kind::Comparison,
                   {d->ui.compareSearch->text(), d->ui.compareChanges->chosen()},
                   d->ui.compareListButton->isChecked() ? FilesModel::Arrangement::List
                                                        : FilesModel::Arrangement::Tree);
}

void CompareFilesDialog::updateSums()
{
    QString text;
    if (d->model->tree()) {
        const FileHits* hits = d->model->hits();
        if (hits && !hits->isAll) {
            text = tr("%Ln match(es)", nullptr, int(hits->list.size()));
        } else {
            const qint64 all = d->sums.bytesAdded + d->sums.growth - d->sums.bytesDeleted;
            text = tr("%1 in sum: %2 added, %3 changed, %4 deleted")
                       .arg(formatGrowth(all), formatGrowth(d->sums.bytesAdded), formatGrowth(d->sums.growth),
                            formatGrowth(-d->sums.bytesDeleted));
        }
    }
    d->ui.compareSums->setText(text);
    updateControls();
}

void CompareFilesDialog::updateControls()
{
    Ui::CompareFilesDialog& ui = d->ui;
    const bool hasTree = d->model->tree() != nullptr;
    for (QWidget* widget :
         {static_cast<QWidget*>(ui.compareSearch), static_cast<QWidget*>(ui.compareListButton),
          static_cast<QWidget*>(ui.compareChanges), static_cast<QWidget*>(ui.copyListButton),
          static_cast<QWidget*>(ui.saveListButton)})
        widget->setEnabled(hasTree);
    const int position = ui.compareView->currentPosition();
    ui.viewBeforeButton->setEnabled(d->fileAt(position, true).has_value());
    ui.viewAfterButton->setEnabled(d->fileAt(position, false).has_value());
    ui.swapButton->setEnabled(ui.toBox->currentIndex() >= 0);
}

void CompareFilesDialog::view(bool before)
{
    const int position = d->ui.compareView->currentPosition();
    const auto file = d->fileAt(position, before);
    if (!file)
        return;
    const FileNode& node = d->model->tree()->node(position);
    openFileViewDialog(d->workbench, this, *file, d->titleOf(file->image),
                       node.kind != FileNode::Kind::File ? -1
                           : before                      ? node.sizeBefore
                                                         : node.size);
}

void CompareFilesDialog::copyList()
{
    inBackground([tree = d->model->tree(), filter = d->model->filter()] {
        return comparisonList(*tree, filter);
    }).then(this, [this](const QByteArray& list) {
        copyText(QString::fromUtf8(list));
        d->ui.strip->showMessage(Tone::Ok, tr("The list is on the clipboard."));
    });
}

void CompareFilesDialog::saveList()
{
    auto* dialog = new QFileDialog(this, tr("Save list"));
    dialog->setObjectName(u"saveListDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Tab-separated text (*.tsv *.txt)"), tr("All files (*)")});
    dialog->setDefaultSuffix(u"tsv"_s);
    dialog->selectFile(u"files.tsv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        inBackground([path, tree = d->model->tree(), filter = d->model->filter()]() -> Result<void> {
            QSaveFile file(path);
            const QByteArray list = comparisonList(*tree, filter);
            if (!file.open(QFile::WriteOnly) || file.write(list) != list.size() || !file.commit())
                return fail(Error::Code::Io, path, file.errorString());
            return {};
        }).then(this, [this, path](const Result<void>& saved) {
            if (saved) {
                d->ui.strip->showMessage(Tone::Ok, tr("The list is saved."), path);
                return;
            }
            ErrorText text = explain(saved.error(), {.doing = ErrorContext::Doing::Export});
            text.remedies.removeIf([](const Remedy& remedy) { return remedy.kind == RemedyKind::Retry; });
            d->ui.strip->showError(text);
        });
    });
    dialog->open();
}

void CompareFilesDialog::showContextMenu(const QPoint& position)
{
    const int row = d->ui.compareView->currentPosition();
    auto* menu = new QMenu(this);
    menu->setObjectName(u"compareMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString& name, const QString& text, bool isEnabled) {
        QAction* action = menu->addAction(icon(name), text);
        action->setEnabled(isEnabled);
        return action;
    };
    const auto saveAs = [this, row](bool before) {
        openSaveFileDialog(d->workbench, this, *d->fileAt(row, before),
                           [this](const QString& toFile, const Result<void>& saved) {
                               if (saved)
                                   d->ui.strip->showMessage(Tone::Ok, tr("The file is saved."), toFile);
                               else
                                   d->ui.strip->showError(
                                       explain(saved.error(), {.doing = ErrorContext::Doing::Export}));
                           });
    };
    const bool isBefore = d->fileAt(row, true).has_value();
    const bool isAfter = d->fileAt(row, false).has_value();
    connect(add(u"view"_s, tr("View &former file"), isBefore), &QAction::triggered, this,
            [this] { view(true); });
    connect(add(u"view"_s, tr("&View file"), isAfter), &QAction::triggered, this, [this] { view(false); });
    menu->addSeparator();
    connect(add(u"export"_s, tr("Save f&ormer file as…"), isBefore), &QAction::triggered, this,
            [saveAs] { saveAs(true); });
    connect(add(u"export"_s, tr("&Save file as…"), isAfter), &QAction::triggered, this,
            [saveAs] { saveAs(false); });
    menu->addSeparator();
    connect(add(u"copy"_s, tr("Copy &path"), row > 0), &QAction::triggered, this,
            [this] { copyText(d->ui.compareView->selectedPaths()); });
    menu->popup(d->ui.compareView->viewport()->mapToGlobal(position));
}

void CompareFilesDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Find)) {
        d->ui.compareSearch->setFocus(Qt::ShortcutFocusReason);
        d->ui.compareSearch->selectAll();
        event->accept();
        return;
    }
    if (event->matches(QKeySequence::Save) && d->model->tree()) {
        saveList();
        event->accept();
        return;
    }
    QDialog::keyPressEvent(event);
}

void CompareFilesDialog::retranslate()
{
    d->ui.retranslateUi(this);
    d->ui.compareChanges->retranslate();
    d->model->retranslate();
    setWindowTitle(d->from && d->to ? tr("%1 and %2 compared").arg(d->titleOf(*d->from), d->titleOf(*d->to))
                                    : tr("Compare files of two images"));
    if (!d->to)
        d->ui.compareHint->setText(tr("Choose the image to compare with."));
}

void CompareFilesDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void openCompareFilesDialog(Workbench& workbench, QWidget* parent, const FilesOf& from)
{
    auto* dialog = new CompareFilesDialog(workbench, from, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace Tagboat
