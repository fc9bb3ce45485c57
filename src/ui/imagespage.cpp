// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imagespage.h"

#include "models/imagefilterproxy.h"
#include "models/imageslistmodel.h"
#include "models/imagestreemodel.h"
#include "ui/actions.h"
#include "ui/archivedialogs.h"
#include "ui/badge.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/imagedrag.h"
#include "ui/itemdelegate.h"
#include "ui/metrics.h"
#include "ui/newsbutton.h"
#include "ui/remedies.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "ui_imagespage.h"
#include "workbench/workbench.h"

#include <QHeaderView>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Images with more names than this stay closed at first.
constexpr int NamesOpenedAtFirst = 6;

} // namespace

ImagesPage::ImagesPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent)
    : Page(actions, parent), m_ui(std::make_unique<Ui::ImagesPage>()), m_workbench(workbench),
      m_settings(settings), m_treeModel(new ImagesTreeModel(this)), m_listModel(new ImagesListModel(this)),
      m_proxy(new ImageFilterProxy(this)), m_groupMenu(new QMenu(this))
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
    m_ui->filter->setMaximumWidth(fontMetrics().averageCharWidth() * 32);
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
    setColumnWidths(header, {30, 15, 16, 15, 9, 9, 9});
    stretchColumn(m_ui->tree, ImageColumn::Name, 34,
                  {ImageColumn::Shared, ImageColumn::Unique, ImageColumn::Platform});
    if (const QByteArray state = settings.state(u"images/columns"_s); !state.isEmpty())
        header->restoreState(state);
    if (const QByteArray state = settings.state(u"images/splitter"_s); !state.isEmpty())
        m_ui->splitter->restoreState(state);

    connect(m_ui->filter, &QLineEdit::textChanged, this, &ImagesPage::setFilter);
    connect(m_ui->clearFilterButton, &QPushButton::clicked, m_ui->filter, &QLineEdit::clear);
    connect(m_ui->tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
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
        runRemedy(remedy, m_workbench, this, [this] { refresh(); });
    });
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
    const auto hasOne = [this] { return current() != nullptr && selectedImages().size() == 1; };
    const auto hasAny = [this] { return !selectedImages().isEmpty(); };
    bind(a.pull, [this] { openPullDialog(m_workbench, this); });
    bind(a.push, [this] { openPushDialog(m_workbench, this, *current(), currentName()); }, hasOne);
    bind(a.tag, [this] { openTagDialog(m_workbench, this, *current(), currentName()); }, hasOne);
    bind(a.exportArchive, [this] { exportSelected(); }, hasAny);
    bind(
        a.removeTag, [this] { openRemoveDialog(m_workbench, this, selectedNames(), {}); },
        [this] { return !selectedNames().isEmpty(); });
    bind(
        a.deleteImage,
        [this] {
            QList<Digest> roots;
            for (const StoredImage& image : selectedImages())
                roots.append(image.target.digest);
            openRemoveDialog(m_workbench, this, {}, roots);
        },
        hasAny);
    bind(
        a.copyName,
        [this] {
            QStringList names =
                m_ui->tree->currentIndex().siblingAtColumn(0).data(ImageRole::Names).toStringList();
            copyText(names.join(u'\n'));
        },
        [this] { return current() && !current()->names.isEmpty(); });
    bind(a.copyId, [this] { copyText(current()->id.toString()); }, hasOne);
    bind(a.copyDigest, [this] { copyText(current()->target.digest.toString()); }, hasOne);
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
    const quint64 request = ++m_request;
    m_workbench.images().then(this, [this, request](const Result<StoreSnapshot>& result) {
        if (request != m_request)
            return;
        if (result)
            setSnapshot(*result);
        else if (result.error().code != Error::Code::Cancelled)
            showError(explain(result.error(), {.doing = ErrorContext::Doing::Open}));
    });
}

void ImagesPage::setSnapshot(const StoreSnapshot& snapshot)
{
    const bool first = !m_isLoaded;
    m_isLoaded = true;
    m_usage = snapshot.usage;
    m_titles = imageTitles(snapshot.images);
    m_treeModel->setImages(snapshot.images);
    m_listModel->setImages(snapshot.images);
    m_ui->usageBar->setUsage(snapshot.usage);
    m_ui->usageLegend->setUsage(snapshot.usage);
    if (!snapshot.warnings.isEmpty()) {
        m_ui->strip->showMessage(Tone::Warning, tr("Parts of the image folder cannot be read."),
                                 snapshot.warnings.join(u'\n'));
    }
    updateContent();
    if (!m_wantedName.isEmpty())
        showName(m_wantedName);
    else if (first && !m_ui->tree->currentIndex().isValid())
        m_ui->tree->setCurrentIndex(m_proxy->index(0, 0));
    updateDetails();
    Q_EMIT usageChanged(m_usage);
    Q_EMIT actionStatesChanged();
}

void ImagesPage::showError(const ErrorText& text)
{
    m_ui->strip->showError(text);
}

void ImagesPage::showName(const QString& canonicalName)
{
    const bool grouped = m_proxy->sourceModel() == m_treeModel;
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
        if (grouped)
            m_proxy->setSourceModel(m_treeModel);
        else
            m_proxy->setSourceModel(m_listModel);
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
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        if (m_proxy->isFiltering() || m_proxy->rowCount(index) <= NamesOpenedAtFirst)
            m_ui->tree->expand(index);
    }
}

void ImagesPage::setFilter(const QString& text)
{
    m_proxy->setFilter(text);
    if (m_proxy->isFiltering())
        expandFrom(0, m_proxy->rowCount() - 1);
    updateContent();
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
          static_cast<QWidget*>(m_ui->groupButton), static_cast<QWidget*>(m_newsButton)})
        widget->setVisible(!empty); // the empty page has its own first steps
}

void ImagesPage::updateDetails()
{
    m_ui->details->setImage(current(), m_titles);
}

const StoredImage* ImagesPage::imageAt(const QModelIndex& proxyIndex) const
{
    const QModelIndex source = m_proxy->mapToSource(proxyIndex);
    return m_proxy->sourceModel() == m_treeModel ? m_treeModel->image(source) : m_listModel->image(source);
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
    menu->addSeparator();
    menu->addActions({a.checkImages, a.checkNews, a.showOutdated});
    menu->addSeparator();
    menu->addActions({a.exportArchive, a.importArchive, a.cleanUp});
    menu->addSeparator();
    menu->addActions({a.copyName, a.copyId, a.copyDigest});
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
    m_ui->groupButton->setText(m_proxy->sourceModel() == m_treeModel ? tr("Group: by image")
                                                                     : tr("Group: none"));
    m_ui->groupButton->setToolTip(tr("How tags of one image are arranged"));
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
    m_settings.setState(u"images/splitter"_s, m_ui->splitter->saveState());
}

} // namespace Tagboat
