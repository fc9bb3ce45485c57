// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imagespage.h"

#include "models/imagefilterproxy.h"
#include "models/imageslistmodel.h"
#include "models/imagestreemodel.h"
#include "models/text.h"
#include "ui/actions.h"
#include "ui/archivedialogs.h"
#include "ui/badge.h"
#include "ui/columnmenu.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/filestab.h"
#include "ui/filterhelp.h"
#include "ui/icons.h"
#include "ui/imagedrag.h"
#include "ui/itemdelegate.h"
#include "ui/metrics.h"
#include "ui/newsbutton.h"
#include "ui/remedies.h"
#include "ui/uisettings.h"
#include "ui/undonames.h"
#include "ui/widgettools.h"
#include "ui_imagespage.h"
#include "workbench/workbench.h"

#include <QHeaderView>
#include <QMenu>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Bytes of images together: what they share counts once.
qint64 sizeOfAll(const QList<StoredImage>& images)
{
    qint64 bytes = 0;
    QSet<Digest> seen;
    for (const StoredImage& image : images) {
        for (const StoredPlatform& platform : image.platforms) {
            if (seen.contains(platform.manifest.digest))
                continue;
            seen.insert(platform.manifest.digest);
            qint64 rest = platform.size;
            QSet<Digest> own;
            for (const StoredLayer& layer : platform.layers) {
                const Digest& digest = layer.descriptor.digest;
                if (own.contains(digest))
                    continue;
                own.insert(digest);
                rest -= layer.descriptor.size;
                if (layer.isPresent && !seen.contains(digest)) {
                    seen.insert(digest);
                    bytes += layer.descriptor.size;
                }
            }
            bytes += qMax<qint64>(0, rest);
        }
    }
    return bytes;
}

//! Images with more names than this stay closed at first.
constexpr int NamesOpenedAtFirst = 6;
//! So do all images of a list that is longer than this: nobody looks through thousands of open ones.
constexpr int ImagesOpenedAtFirst = 300;
//! Choosing goes on for so long, in milliseconds, before it is summed up.
constexpr int PauseOfChoice = 60;

//! An undo is offered for so long, in milliseconds.
constexpr int TimeOfOffer = 30'000;

const QList<int> ColumnWidths{30, 15, 16, 15, 9, 9, 9};

} // namespace

ImagesPage::ImagesPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent)
    : Page(actions, parent), m_ui(std::make_unique<Ui::ImagesPage>()), m_workbench(workbench),
      m_settings(settings), m_treeModel(new ImagesTreeModel(this)), m_listModel(new ImagesListModel(this)),
      m_proxy(new ImageFilterProxy(this)), m_groupMenu(new QMenu(this)), m_rows(ImageRows::make({}))
{
    m_ui->setupUi(this);
    setPageMargins(m_ui->headerLayout);
    makeTitle(m_ui->title);
    makeTitle(m_ui->emptyTitle);
    makeMuted(m_ui->emptyText);
    makeMuted(m_ui->noMatchText);
    linkButton(m_ui->pullButton, actions.pull);
    linkButton(m_ui->importButton, actions.importArchive);
    linkButton(m_ui->pushButton, actions.push, true);
    linkButton(m_ui->emptyPullButton, actions.pull, true);
    linkButton(m_ui->emptyImportButton, actions.importArchive);
    m_ui->filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_ui->filter->setMinimumWidth(fontMetrics().averageCharWidth() * 18);
    m_ui->filter->setMaximumWidth(fontMetrics().averageCharWidth() * 40);
    m_filterHelp = new FilterHelp(m_ui->filter, m_ui->filterButton);
    makeMuted(m_ui->filterHint);
    m_ui->filterHint->hide();
    m_ui->emptyText->setFixedWidth(fontMetrics().averageCharWidth() * 80);
    m_ui->emptyLayout->setAlignment(m_ui->emptyText, Qt::AlignHCenter);
    m_ui->emptyIcon->setPixmap(
        appIcon().pixmap(QSize(1, 1) * Metrics(fontMetrics()).line * 5, devicePixelRatio()));
    m_ui->groupButton->setMenu(m_groupMenu);
    m_ui->groupButton->setFont(smallFont(font()));

    m_ui->tree->setModel(m_proxy);
    m_ui->tree->setItemDelegate(new ItemDelegate(m_ui->tree));
    m_ui->tree->setIndentation(Metrics(fontMetrics()).line);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->details->setWorkbench(&workbench);
    m_proxy->setSourceModel(m_treeModel);
    m_ui->tree->sortByColumn(ImageColumn::Created, Qt::DescendingOrder);
    QHeaderView* header = m_ui->tree->header();
    header->setSectionsMovable(true);
    header->setStretchLastSection(false);
    header->setFirstSectionMovable(false);
    setColumnWidths(header, ColumnWidths);
    stretchColumn(m_ui->tree, ImageColumn::Name, 34,
                  {ImageColumn::Shared, ImageColumn::Unique, ImageColumn::Platform});
    m_columnMenu = new ColumnMenu(m_ui->tree, ImageColumn::Name, [this] { resetColumns(); }, this);
    m_columnMenu->setObjectName(u"menuColumns"_s);
    restoreColumns();
    if (const QByteArray state = settings.state(u"images/splitter"_s); !state.isEmpty())
        m_ui->splitter->restoreState(state);

    connect(m_ui->filter, &QLineEdit::textChanged, this, &ImagesPage::setFilter);
    connect(m_ui->clearFilterButton, &QPushButton::clicked, m_ui->filter, &QLineEdit::clear);
    // Choosing ten thousand rows, or walking through them, says so more often than anybody can look.
    m_choiceTimer.setSingleShot(true);
    m_choiceTimer.setInterval(PauseOfChoice);
    connect(&m_choiceTimer, &QTimer::timeout, this, &ImagesPage::updateChoice);
    connect(m_ui->tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_choiceTimer.start();
        updateDetails();
        Q_EMIT actionStatesChanged();
    });
    connect(m_ui->tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ImagesPage::updateDetails);
    connect(m_ui->tree, &QWidget::customContextMenuRequested, this, &ImagesPage::showContextMenu);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex& parent, int first, int last) {
                if (!parent.isValid())
                    expandFrom(first, last);
            });
    connect(m_ui->details, &ImageDetailsPane::addTagWanted, this, [this] { run(this->actions().tag); });
    connect(m_ui->details, &ImageDetailsPane::removeTagsWanted, this,
            [this](const QStringList& names) { openRemoveDialog(m_workbench, this, names, {}); });
    connect(m_ui->details, &ImageDetailsPane::imageChosen, this,
            [this](const Digest& id) { restoreSelection({}, id); });
    connect(m_ui->details, &ImageDetailsPane::imageWanted, this, &ImagesPage::showImage);
    connect(m_ui->strip, &MessageStrip::remedyChosen, this, [this](const Remedy& remedy) {
        m_ui->strip->clear();
        if (remedy.kind == RemedyKind::UndoNames)
            Q_EMIT undoWanted(movesIn(remedy.argument));
        else
            runRemedy(remedy, m_workbench, this, [this] { refresh(); });
    });
    m_undoTimer.setSingleShot(true);
    m_undoTimer.setInterval(TimeOfOffer);
    connect(&m_undoTimer, &QTimer::timeout, m_ui->strip, &MessageStrip::clear);
    connect(&workbench, &Workbench::namesMoved, this, &ImagesPage::offerUndo);
    connect(&workbench, &Workbench::storeChanged, this, &ImagesPage::refresh);
    connect(&workbench, &Workbench::opened, this, &ImagesPage::refresh);
    connect(&workbench, &Workbench::newsChanged, this, [this] {
        m_treeModel->setNews(m_workbench.news());
        m_listModel->setNews(m_workbench.news());
    });
    m_newsButton = new NewsButton(workbench, actions, m_ui->header);
    m_ui->usageLayout->insertWidget(1, m_newsButton, 0, Qt::AlignVCenter);

    auto* const drag = new ImageDrag(workbench, settings, m_ui->tree,
                                     [this] { return ImageDrag::Chosen{selectedImages(), currentName()}; });
    connect(drag, &ImageDrag::told, this, &ImagesPage::showError);

    bindActions();
    retranslate();
    setGrouped(actions.groupByImage->isChecked());
    m_ui->details->setVisible(actions.showDetails->isChecked());
    m_ui->contentStack->setCurrentWidget(m_ui->waitingPage);
}

ImagesPage::~ImagesPage() = default;

void ImagesPage::bindActions()
{
    const Actions& a = actions();
    const auto hasOne = [this] { return current() != nullptr && hasSingleImage(); };
    const auto hasAny = [this] { return m_ui->tree->selectionModel()->hasSelection(); };
    bind(a.pull, [this] { openPullDialog(m_workbench, this); });
    bind(a.push, [this] { openPushDialog(m_workbench, this, *current(), currentName()); }, hasOne);
    bind(a.tag, [this] { openTagDialog(m_workbench, this, *current(), currentName()); }, hasOne);
    bind(a.exportArchive, [this] { exportSelected(); }, hasAny);
    bind(
        a.removeTag, [this] { openRemoveDialog(m_workbench, this, selectedNames(), {}); },
        [this] { return hasSelectedName(); });
    bind(
        a.deleteImage,
        [this] {
            QList<Digest> roots;
            for (const StoredImage& image : selectedImages())
                roots.append(image.target.digest);
            openRemoveDialog(m_workbench, this, {}, roots);
        },
        hasAny);
    // Of one image its names, which is what is wanted nine times out of ten; of several what stands there.
    bind(
        a.copyName, [this] { copyText(hasSingleImage() ? chosenNames().join(u'\n') : rowsText(m_ui->tree)); },
        hasAny);
    bind(a.copyRows, [this] { copyText(rowsText(m_ui->tree)); }, hasAny);
    bind(a.copyNames, [this] { copyText(chosenNames().join(u'\n')); }, hasAny);
    bind(
        a.copyId,
        [this] {
            QStringList ids;
            for (const StoredImage& image : selectedImages())
                ids.append(image.id.toString());
            ids.removeDuplicates();
            copyText(ids.join(u'\n'));
        },
        hasAny);
    bind(
        a.copyDigest,
        [this] {
            QStringList digests;
            for (const StoredImage& image : selectedImages())
                digests.append(image.target.digest.toString());
            copyText(digests.join(u'\n'));
        },
        hasAny);
    bind(a.find, [this] {
        m_ui->filter->setFocus(Qt::ShortcutFocusReason);
        m_ui->filter->selectAll();
    });
    bind(a.refresh, [this] { refresh(); });
    bind(
        a.checkImages,
        [this] {
            NewsQuestion question{.images = {}, .mayCostPulls = true};
            for (const StoredImage& image : selectedImages())
                question.images.append(image.target.digest);
            m_workbench.checkForNews(question);
        },
        hasAny);
    FilesTab& files = m_ui->details->filesTab();
    files.setActions(a);
    for (const QAction* action : FilesTab::actionsOf(a))
        bind(
            action, [&files, action] { files.run(action); },
            [&files, action] { return files.canRun(action); });
    connect(&files, &FilesTab::actionStatesChanged, this, &Page::actionStatesChanged);
    connect(a.groupByImage, &QAction::toggled, this, &ImagesPage::setGrouped);
    connect(a.showDetails, &QAction::toggled, m_ui->details, &QWidget::setVisible);
}

void ImagesPage::activated()
{
    if (m_ui->contentStack->currentWidget() == m_ui->listPage)
        m_ui->tree->setFocus();
}

void ImagesPage::refresh()
{
    m_isStale = true;
    if (m_isRefreshing)
        return; // once more when this answer is here
    m_isRefreshing = true;
    m_isStale = false;
    // Ten thousand images take a while to make ready for a list; the window need not wait for it.
    const bool isByName = m_ui->tree->header()->sortIndicatorSection() == ImageColumn::Name;
    m_workbench.images()
        .then(QThreadPool::globalInstance(),
              [before = m_rows, isByName](Result<StoreSnapshot> result) -> Result<PreparedSnapshot> {
                  if (!result)
                      return std::unexpected(std::move(result.error()));
                  PreparedSnapshot prepared{std::move(*result), {}};
                  prepared.rows = ImageRows::make(prepared.snapshot.images, before);
                  if (isByName)
                      (void)prepared.rows->namePlaces();
                  return prepared;
              })
        .then(this, [this](const Result<PreparedSnapshot>& result) {
            m_isRefreshing = false;
            if (result)
                show(*result);
            else if (result.error().code != Error::Code::Cancelled)
                showError(explain(result.error(), {.doing = ErrorContext::Doing::Open}));
            if (m_isStale)
                refresh();
        });
}

void ImagesPage::setSnapshot(const StoreSnapshot& snapshot)
{
    show({snapshot, ImageRows::make(snapshot.images, m_rows)});
}

void ImagesPage::show(const PreparedSnapshot& prepared)
{
    const StoreSnapshot& snapshot = prepared.snapshot;
    const bool first = !m_isLoaded;
    m_isLoaded = true;
    m_usage = snapshot.usage;
    m_rows = prepared.rows;
    m_titles = m_rows->titles();
    m_filterHelp->setRows(m_rows);
    // The other arrangement is brought up to date when somebody asks for it.
    if (isGrouped())
        m_treeModel->setRows(m_rows);
    else
        m_listModel->setRows(m_rows);
    // The first click on the column of names shall find them sorted.
    QThreadPool::globalInstance()->start([rows = m_rows] { (void)rows->namePlaces(); });
    m_ui->usageBar->setUsage(snapshot.usage);
    m_ui->usageLegend->setUsage(snapshot.usage);
    if (!snapshot.warnings.isEmpty()) {
        m_undoTimer.stop();
        m_ui->strip->showMessage(Tone::Warning, tr("Parts of the image folder cannot be read."),
                                 snapshot.warnings.join(u'\n'));
    }
    updateContent();
    if (!m_wantedName.isEmpty())
        showName(m_wantedName);
    else if (first && !m_ui->tree->currentIndex().isValid())
        m_ui->tree->setCurrentIndex(m_proxy->index(0, 0));
    updateDetails();
    m_choiceTimer.start();
    Q_EMIT usageChanged(m_usage);
    Q_EMIT actionStatesChanged();
}

void ImagesPage::offerUndo(const QList<NameMove>& moves)
{
    if (const auto offer = undoOffer(moves)) {
        m_ui->strip->showError(*offer);
        m_undoTimer.start(); // whoever wants it later finds it in the menu and in the history
    } else if (m_undoTimer.isActive()) {
        m_undoTimer.stop();
        m_ui->strip->clear();
    }
}

void ImagesPage::showError(const ErrorText& text)
{
    m_undoTimer.stop();
    m_ui->strip->showError(text);
}

void ImagesPage::showName(const QString& canonicalName)
{
    const bool grouped = isGrouped();
    const QModelIndex source =
        grouped ? m_treeModel->indexOfName(canonicalName) : m_listModel->indexOfName(canonicalName);
    if (!source.isValid()) {
        m_wantedName = canonicalName; // comes with the next snapshot
        return;
    }
    m_wantedName.clear();
    const QModelIndex index = m_proxy->mapFromSource(source);
    if (!index.isValid())
        return;
    m_ui->tree->scrollTo(index);
    m_ui->tree->setCurrentIndex(index);
}

void ImagesPage::showImage(const Digest& digest)
{
    for (int row = 0; row < m_treeModel->rowCount(); ++row) {
        const StoredImage* const image = m_treeModel->image(m_treeModel->index(row, 0));
        const bool isThis = image->target.digest == digest || image->id == digest
            || std::ranges::any_of(image->platforms, [&digest](const StoredPlatform& platform) {
                                return platform.manifest.digest == digest;
                            });
        if (!isThis)
            continue;
        const bool grouped = m_proxy->sourceModel() == m_treeModel;
        const auto indexOf = [&] {
            return m_proxy->mapFromSource(grouped ? m_treeModel->indexOfImage(image->id)
                                                  : m_listModel->indexOfImage(image->id));
        };
        if (!indexOf().isValid())
            m_ui->filter->clear(); // it hides the image
        if (const QModelIndex index = indexOf(); index.isValid()) {
            m_ui->tree->scrollTo(index);
            m_ui->tree->setCurrentIndex(index);
        }
        return;
    }
}

void ImagesPage::setGrouped(bool grouped)
{
    const QAbstractItemModel* wanted = grouped ? static_cast<QAbstractItemModel*>(m_treeModel) : m_listModel;
    if (m_proxy->sourceModel() != wanted) {
        const QString name = currentName();
        const Digest id = current() ? current()->id : Digest();
        // Two arrangements of the same rows: the one place where the view is filled anew.
        if (grouped) {
            m_treeModel->setRows(m_rows);
            m_proxy->setSourceModel(m_treeModel);
        } else {
            m_listModel->setRows(m_rows);
            m_proxy->setSourceModel(m_listModel);
        }
        expandFrom(0, m_proxy->rowCount() - 1);
        restoreSelection(name, id);
    }
    m_ui->tree->setRootIsDecorated(grouped);
    m_ui->groupButton->setText(grouped ? tr("Group: by image") : tr("Group: none"));
}

void ImagesPage::restoreSelection(const QString& name, const Digest& id)
{
    const bool grouped = m_proxy->sourceModel() == m_treeModel;
    QModelIndex source;
    if (!name.isEmpty())
        source = grouped ? m_treeModel->indexOfName(name) : m_listModel->indexOfName(name);
    if (!source.isValid() && !id.isNull())
        source = grouped ? m_treeModel->indexOfImage(id) : m_listModel->indexOfImage(id);
    const QModelIndex index = m_proxy->mapFromSource(source);
    if (!index.isValid()) // gone, or not among what the filter shows
        return;
    m_ui->tree->scrollTo(index);
    m_ui->tree->setCurrentIndex(index);
}

void ImagesPage::expandFrom(int first, int last)
{
    if (!isGrouped() || m_proxy->rowCount() > ImagesOpenedAtFirst)
        return;
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        if (m_proxy->isFiltering() || m_proxy->rowCount(index) <= NamesOpenedAtFirst)
            m_ui->tree->expand(index);
    }
}

void ImagesPage::setFilter(const QString& text)
{
    const bool wasFiltering = m_proxy->isFiltering();
    m_proxy->setFilter(text);
    if (m_proxy->isFiltering()) {
        expandFrom(0, m_proxy->rowCount() - 1);
    } else if (wasFiltering && m_proxy->rowCount() > ImagesOpenedAtFirst) {
        m_ui->tree->collapseAll(); // what was found stands among thousands of others again
    }
    const QStringList& hints = m_proxy->filter().hints();
    m_ui->filterHint->setText(hints.join(u'\n'));
    m_ui->filterHint->setVisible(!hints.isEmpty());
    updateContent();
    updateDetails();
    m_choiceTimer.start();
    Q_EMIT actionStatesChanged();
}

bool ImagesPage::isGrouped() const
{
    return m_proxy->sourceModel() == m_treeModel;
}

void ImagesPage::updateChoice()
{
    // Details show something as long as there is something to show.
    if (!current() && m_proxy->rowCount() > 0 && !m_ui->tree->selectionModel()->hasSelection()) {
        m_ui->tree->setCurrentIndex(m_proxy->index(0, 0));
        return;
    }
    const QList<StoredImage> images = selectedImages();
    m_choice = images.size() < 2
        ? QString()
        : tr("%1 chosen, %2", "3 images chosen, 120 MB")
              .arg(formatImageCount(int(images.size())), formatBytes(sizeOfAll(images)));
    Q_EMIT choiceChanged(m_choice);
}

void ImagesPage::restoreColumns()
{
    QHeaderView* header = m_ui->tree->header();
    if (const QByteArray state = m_settings.state(u"images/columns"_s); !state.isEmpty())
        header->restoreState(state);
    QList<int> unwanted;
    for (const QByteArray& column : m_settings.state(u"images/hiddenColumns"_s).split(' ')) {
        bool isNumber = false;
        const int number = column.toInt(&isNumber);
        if (isNumber && number != ImageColumn::Name)
            unwanted.append(number);
    }
    setUnwantedColumns(m_ui->tree, unwanted);
}

void ImagesPage::resetColumns()
{
    QHeaderView* header = m_ui->tree->header();
    for (int column = 0; column < header->count(); ++column)
        header->moveSection(header->visualIndex(column), column);
    setColumnWidths(header, ColumnWidths);
    m_ui->tree->sortByColumn(ImageColumn::Created, Qt::DescendingOrder);
}

void ImagesPage::updateContent()
{
    if (!m_isLoaded)
        return;
    const bool empty = m_treeModel->rowCount() == 0;
    const bool noMatch = !empty && m_proxy->isFiltering() && m_proxy->rowCount() == 0;
    if (noMatch)
        m_ui->noMatchText->setText(tr("No image matches “%1”.").arg(m_ui->filter->text().simplified()));
    m_ui->contentStack->setCurrentWidget(empty         ? m_ui->emptyPage
                                             : noMatch ? m_ui->noMatchPage
                                                       : m_ui->listPage);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_ui->filter), static_cast<QWidget*>(m_ui->pullButton),
          static_cast<QWidget*>(m_ui->importButton), static_cast<QWidget*>(m_ui->pushButton),
          static_cast<QWidget*>(m_ui->usageBar), static_cast<QWidget*>(m_ui->usageLegend),
          static_cast<QWidget*>(m_ui->groupButton), static_cast<QWidget*>(m_ui->filterButton),
          static_cast<QWidget*>(m_newsButton)})
        widget->setVisible(!empty); // the empty page has its own first steps
}

void ImagesPage::updateDetails()
{
    m_ui->details->setImage(current(), m_titles);
}

const StoredImage* ImagesPage::imageAt(const QModelIndex& proxyIndex) const
{
    const QModelIndex source = m_proxy->mapToSource(proxyIndex);
    return isGrouped() ? m_treeModel->image(source) : m_listModel->image(source);
}

const StoredImage* ImagesPage::current() const
{
    const QModelIndex index = m_ui->tree->currentIndex();
    return m_ui->tree->selectionModel()->isSelected(index) ? imageAt(index) : nullptr;
}

QString ImagesPage::currentName() const
{
    return m_ui->tree->currentIndex().siblingAtColumn(0).data(ImageRole::CanonicalName).toString();
}

QList<StoredImage> ImagesPage::selectedImages() const
{
    QList<StoredImage> images;
    QSet<Digest> seen;
    for (const QModelIndex& index : m_ui->tree->selectionModel()->selectedRows()) {
        const StoredImage* image = imageAt(index);
        if (image && !seen.contains(image->target.digest)) {
            seen.insert(image->target.digest);
            images.append(*image);
        }
    }
    return images;
}

bool ImagesPage::hasSingleImage() const
{
    const StoredImage* single = nullptr;
    for (const QItemSelectionRange& range : m_ui->tree->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const StoredImage* image = imageAt(m_proxy->index(row, 0, range.parent()));
            if (single && image && image->target.digest != single->target.digest)
                return false;
            single = image;
        }
    }
    return single != nullptr;
}

bool ImagesPage::hasSelectedName() const
{
    for (const QItemSelectionRange& range : m_ui->tree->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const QModelIndex index = m_proxy->index(row, 0, range.parent());
            if (!index.data(ImageRole::CanonicalName).toString().isEmpty())
                return true;
        }
    }
    return false;
}

QStringList ImagesPage::chosenNames() const
{
    auto rows = m_ui->tree->selectionModel()->selectedRows();
    std::ranges::sort(rows);
    QStringList names;
    for (const QModelIndex& row : std::as_const(rows))
        names += row.data(ImageRole::Names).toStringList();
    names.removeDuplicates();
    return names;
}

QStringList ImagesPage::selectedNames() const
{
    QStringList names;
    for (const QModelIndex& index : m_ui->tree->selectionModel()->selectedRows()) {
        const QString name = index.data(ImageRole::CanonicalName).toString();
        if (!name.isEmpty())
            names.append(name);
    }
    return names;
}

void ImagesPage::exportSelected()
{
    const auto images = selectedImages();
    const QString name = currentName();
    openExportDialog(m_workbench, this, images, name);
}

void ImagesPage::showContextMenu(const QPoint& position)
{
    const Actions& a = actions();
    QMenu* menu = new QMenu(this);
    menu->setObjectName(u"imagesMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({a.push, a.pull});
    menu->addSeparator();
    menu->addActions({a.tag, a.removeTag, a.deleteImage});
    menu->addActions({a.undo, a.nameHistory});
    menu->addSeparator();
    menu->addActions({a.checkImages, a.checkNews, a.showOutdated});
    menu->addSeparator();
    menu->addActions({a.exportArchive, a.importArchive, a.cleanUp});
    menu->addSeparator();
    menu->addActions({a.copyRows, a.copyNames, a.copyId, a.copyDigest});
    menu->addSeparator();
    menu->addAction(a.compareFiles);
    // The menu key asks from the widget's corner; the menu belongs at the row.
    const QModelIndex index = m_ui->tree->indexAt(position);
    const QPoint at =
        index.isValid() ? position : m_ui->tree->visualRect(m_ui->tree->currentIndex()).center();
    menu->popup(m_ui->tree->viewport()->mapToGlobal(at));
}

void ImagesPage::retranslate()
{
    m_ui->retranslateUi(this);
    m_groupMenu->clear();
    m_groupMenu->addAction(actions().groupByImage);
    m_groupMenu->addAction(actions().showDetails);
    m_ui->groupButton->setText(isGrouped() ? tr("Group: by image") : tr("Group: none"));
    m_ui->groupButton->setToolTip(tr("How tags of one image are arranged"));
    m_ui->filterButton->setToolTip(tr("Conditions for the filter"));
    m_filterHelp->retranslate();
    m_ui->usageLegend->retranslate();
    m_ui->usageBar->setAccessibleName(tr("Disk usage"));
    m_treeModel->retranslate();
    m_listModel->retranslate();
    m_newsButton->retranslate();
    m_ui->details->retranslate();
    updateContent();
}

void ImagesPage::saveState()
{
    m_settings.setState(u"images/columns"_s, m_ui->tree->header()->saveState());
    QByteArrayList unwanted;
    for (const int column : unwantedColumns(m_ui->tree))
        unwanted.append(QByteArray::number(column));
    m_settings.setState(u"images/hiddenColumns"_s, unwanted.join(' '));
    m_settings.setState(u"images/splitter"_s, m_ui->splitter->saveState());
}

} // namespace Tagboat
