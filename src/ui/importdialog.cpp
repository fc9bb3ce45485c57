// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/importdialog.h"

#include "models/imagenames.h"
#include "models/text.h"
#include "oci/reference.h"
#include "ui/colors.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/remedies.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_importdialog.h"

#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

enum Column : int { NamesColumn, IdColumn, PlatformColumn, SizeColumn, HereColumn };

QStringList typedNames(const QTreeWidgetItem* row)
{
    return row->text(NamesColumn).simplified().split(u' ', Qt::SkipEmptyParts);
}

//! The image that has this name here; null where none has.
const StoredImage* holderOf(const QString& canonical, const QList<StoredImage>& here)
{
    const auto found = std::ranges::find_if(
        here, [&canonical](const StoredImage& image) { return image.names.contains(canonical); });
    return found == here.end() ? nullptr : &*found;
}

} // namespace

bool isPlainImport(const ArchiveContents& contents, const QList<StoredImage>& here)
{
    if (contents.images.size() != 1 || contents.images.first().names.isEmpty())
        return false;
    const ArchivedImage& image = contents.images.first();
    return std::ranges::all_of(image.names, [&](const QString& name) {
        const StoredImage* const holder = holderOf(name, here);
        return !holder || holder->id == image.id;
    });
}

struct ImportDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    Workbench& workbench;
    Ui::ImportDialog ui;
    QPushButton* importButton = nullptr;
    QList<InspectedArchive> archives;
    QList<StoredImage> here;
    std::function<void()> queued;
    bool isBroken = false; //!< a name is none
};

ImportDialog::ImportDialog(Workbench& workbench, const QList<InspectedArchive>& archives,
                           const QList<StoredImage>& here, std::function<void()> queued, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->archives = archives;
    d->here = here;
    d->queued = std::move(queued);
    d->ui.setupUi(this);
    makeMuted(d->ui.hint);
    d->importButton = d->ui.buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    d->importButton->setObjectName(u"importButton"_s);
    d->importButton->setIcon(iconOnAccent(u"import"_s));
    setPrimary(d->importButton);
    fill();
    connect(d->ui.imageList, &QTreeWidget::itemChanged, this, &ImportDialog::check);
    connect(d->ui.imageList, &QTreeWidget::itemDoubleClicked, this, &ImportDialog::rename);
    connect(d->ui.imageList, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem* item) { d->ui.renameButton->setEnabled(item && item->parent()); });
    connect(d->ui.renameButton, &QPushButton::clicked, this, &ImportDialog::rename);
    connect(new QShortcut(QKeySequence(Qt::Key_F2), d->ui.imageList, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &ImportDialog::rename);
    connect(d->ui.allButton, &QPushButton::clicked, this, [this] { chooseAll(true); });
    connect(d->ui.noneButton, &QPushButton::clicked, this, [this] { chooseAll(false); });
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &ImportDialog::accept);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { runRemedy(remedy, d->workbench, this, [this] { check(); }); });
    d->ui.imageList->setCurrentItem(d->ui.imageList->topLevelItem(0)->child(0));
    check();
    d->importButton->setDefault(true);
    d->ui.imageList->setFocus();
}

ImportDialog::~ImportDialog()
{
    d->ui.imageList->disconnect(this); // it empties itself when this is no ImportDialog any more
}

void ImportDialog::fill()
{
    QTreeWidget& list = *d->ui.imageList;
    const Metrics metrics(fontMetrics());
    const QSize rowSize(0, metrics.rowHeight());
    int rows = 0;
    for (const InspectedArchive& archive : std::as_const(d->archives)) {
        auto* const top = new QTreeWidgetItem(&list);
        top->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        top->setIcon(NamesColumn, icon(u"import"_s));
        top->setText(NamesColumn, archive.file.section(u'/', -1));
        top->setToolTip(NamesColumn, archive.file);
        top->setSizeHint(NamesColumn, rowSize);
        top->setFirstColumnSpanned(true);
        ++rows;
        for (const ArchivedImage& image : archive.contents.images) {
            auto* const row = new QTreeWidgetItem(top);
            row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                          | Qt::ItemIsEditable);
            QStringList names;
            for (const QString& name : image.names)
                names.append(ShownName::of(name).familiar);
            row->setText(NamesColumn, names.join(u' '));
            row->setCheckState(NamesColumn, Qt::Checked);
            row->setText(IdColumn, image.id.shortHex());
            row->setToolTip(IdColumn, image.id.toString());
            row->setText(PlatformColumn, platformText(image.platform));
            row->setText(SizeColumn, formatBytes(image.size));
            row->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
            row->setSizeHint(NamesColumn, rowSize);
            ++rows;
        }
    }
    list.expandAll();
    list.header()->setStretchLastSection(false);
    list.header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list.header()->setSectionResizeMode(NamesColumn, QHeaderView::Stretch);
    list.headerItem()->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
    list.setMinimumSize(fontMetrics().averageCharWidth() * 100,
                        metrics.rowHeight() * (qBound(3, rows, 12) + 1) + metrics.gap() * 2);
}

//! What taking this image would mean for what is here.
void ImportDialog::showState(QTreeWidgetItem* row, const ArchivedImage& image, QStringList* broken)
{
    QStringList moved;
    QStringList tips;
    bool isSound = true;
    for (const QString& name : typedNames(row)) {
        const auto reference = Reference::parse(name);
        if (!reference || !reference->digest().isNull()) {
            isSound = false;
            broken->append(name);
            continue;
        }
        const StoredImage* const holder = holderOf(reference->canonical(), d->here);
        if (!holder || holder->id == image.id)
            continue;
        moved.append(reference->familiar());
        tips.append(tr("%1 is image %2 now.").arg(reference->familiar(), holder->id.shortHex()));
    }
    const bool isHere =
        std::ranges::any_of(d->here, [&image](const StoredImage& stored) { return stored.id == image.id; });
    QString text = isHere ? tr("already here") : tr("new");
    if (!isSound)
        text = tr("a name is not valid");
    else if (!moved.isEmpty())
        text = tr("moves %1").arg(moved.join(u", "_s));
    else if (typedNames(row).isEmpty())
        text = tr("without a name");
    const bool isWarning = row->checkState(NamesColumn) == Qt::Checked && (!isSound || !moved.isEmpty());
    row->setText(HereColumn, text);
    row->setToolTip(HereColumn, tips.join(u'\n'));
    const Colors& colors = Colors::of(d->ui.imageList->palette());
    row->setForeground(HereColumn, isWarning ? colors.tone(Tone::Warning).text : colors.muted);
}

void ImportDialog::check()
{
    const QSignalBlocker quiet(d->ui.imageList);
    QStringList broken;
    QStringList seen;
    QStringList twice;
    int chosen = 0;
    for (qsizetype i = 0; i < d->archives.size(); ++i) {
        QTreeWidgetItem* const top = d->ui.imageList->topLevelItem(int(i));
        for (int below = 0; below < top->childCount(); ++below) {
            QTreeWidgetItem* const row = top->child(below);
            const bool isChosen = row->checkState(NamesColumn) == Qt::Checked;
            QStringList brokenHere;
            showState(row, d->archives.at(i).contents.images.at(below), &brokenHere);
            if (!isChosen)
                continue;
            ++chosen;
            broken += brokenHere;
            for (const QString& name : typedNames(row)) {
                const auto reference = Reference::parse(name);
                if (reference && seen.contains(reference->canonical()))
                    twice.append(reference->familiar());
                else if (reference)
                    seen.append(reference->canonical());
            }
        }
    }
    if (!broken.isEmpty())
        d->ui.strip->showMessage(Tone::Error,
                                 tr("“%1” is no name that an image can have.").arg(broken.first()),
                                 tr("Names look like alice/ui:v1; several are parted by blanks."));
    else if (!twice.isEmpty())
        d->ui.strip->showMessage(Tone::Error, tr("Two images cannot both be called %1.").arg(twice.first()),
                                 tr("Change one of the names, or leave one of the images out."));
    else
        d->ui.strip->clear();
    d->importButton->setText(tr("Import %n image(s)", nullptr, chosen));
    d->importButton->setEnabled(chosen > 0 && broken.isEmpty() && twice.isEmpty());
}

void ImportDialog::rename()
{
    QTreeWidgetItem* const row = d->ui.imageList->currentItem();
    if (row && row->parent())
        d->ui.imageList->editItem(row, NamesColumn);
}

void ImportDialog::chooseAll(bool chosen)
{
    {
        const QSignalBlocker quiet(d->ui.imageList);
        for (int i = 0; i < d->ui.imageList->topLevelItemCount(); ++i) {
            QTreeWidgetItem* const top = d->ui.imageList->topLevelItem(i);
            for (int below = 0; below < top->childCount(); ++below)
                top->child(below)->setCheckState(NamesColumn, chosen ? Qt::Checked : Qt::Unchecked);
        }
    }
    check();
    d->ui.imageList->viewport()->update();
}

QList<ChosenImage> ImportDialog::chosenOf(qsizetype archive) const
{
    QList<ChosenImage> chosen;
    const QTreeWidgetItem* const top = d->ui.imageList->topLevelItem(int(archive));
    for (int below = 0; below < top->childCount(); ++below) {
        const QTreeWidgetItem* const row = top->child(below);
        if (row->checkState(NamesColumn) != Qt::Checked)
            continue;
        ChosenImage image{below, d->archives.at(archive).contents.images.at(below).id, {}};
        for (const QString& name : typedNames(row)) {
            if (const auto reference = Reference::parse(name))
                image.names.append(reference->canonical());
        }
        chosen.append(image);
    }
    return chosen;
}

void ImportDialog::accept()
{
    if (!d->importButton->isEnabled())
        return;
    d->importButton->setEnabled(false);
    QList<qsizetype> archives;
    for (qsizetype i = 0; i < d->archives.size(); ++i) {
        if (!chosenOf(i).isEmpty())
            archives.append(i);
    }
    queue(archives);
}

void ImportDialog::queue(QList<qsizetype> archives)
{
    if (archives.isEmpty()) {
        QDialog::accept();
        if (d->queued)
            d->queued();
        return;
    }
    const qsizetype next = archives.takeFirst();
    ImportRequest request;
    request.file = d->archives.at(next).file;
    request.images = chosenOf(next);
    d->workbench.import(request).then(this, [this, archives](const Result<QString>& job) {
        if (job)
            queue(archives);
        else
            d->ui.strip->showError(explain(job.error(), {.doing = ErrorContext::Doing::Import}));
    });
}

} // namespace Tagboat
