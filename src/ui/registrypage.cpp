// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registrypage.h"

#include "models/remotetagsmodel.h"
#include "models/roles.h"
#include "oci/reference.h"
#include "ui/actions.h"
#include "ui/badge.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/itemdelegate.h"
#include "ui/openrepositorydialog.h"
#include "ui/remedies.h"
#include "ui/remotedetails.h"
#include "ui/remoteremovedialog.h"
#include "ui/remotetagloader.h"
#include "ui/repositorypane.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_registrypage.h"

#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Sorts by SortKey and filters by the words of a row's tags.
class TagsProxy : public QSortFilterProxyModel
{
public:
    explicit TagsProxy(QObject* parent) : QSortFilterProxyModel(parent)
    {
        setSortRole(Role::SortKey);
        setFilterRole(Qt::AccessibleTextRole);
        setFilterKeyColumn(RemoteTagsModel::TagsColumn);
        setFilterCaseSensitivity(Qt::CaseInsensitive);
    }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        if (left.column() == RemoteTagsModel::TagsColumn)
            return left.row() > right.row(); // the model has them newest first
        return QSortFilterProxyModel::lessThan(left, right);
    }
};

} // namespace

struct RegistryPage::Private
{
    Private(RegistryPage* owner, Workbench& bench, UiSettings& remembered)
        : page(owner), workbench(bench), settings(remembered)
    { }

    void setUpViews();
    void setUpCommands(Actions& actions);
    void showHeader();
    void refresh();
    [[nodiscard]] QStringList knownRepositories() const;
    void openRepository(const QString& path);
    [[nodiscard]] QString hint() const;
    void showTagsState();
    void showDetails();
    void describeVisible();
    void readLocal();
    void remove(bool wholeImage);
    void showError(const Error& error, const QString& repository);
    void askRepository();
    [[nodiscard]] const RemoteTagsModel::Group* current() const;
    [[nodiscard]] QString place() const { return profile.registry + u'/' + repository; }

    RegistryPage* page;
    Workbench& workbench;
    UiSettings& settings;
    Ui::RegistryPage ui;
    Profile profile;
    std::optional<RegistryStatus> status;
    QString repository;
    RepositoryPane* repositories = nullptr;
    RemoteTagsModel tags;
    TagsProxy* tagProxy = nullptr;
    RemoteTagLoader* loader = nullptr;
    RemoteDetails* details = nullptr;
    BadgeLabel *schemeBadge = nullptr, *caBadge = nullptr, *loginBadge = nullptr, *latencyBadge = nullptr;
    QHash<Digest, QStringList> localNames;
    QTimer describeTimer;
    int asked = 0;           //!< answers for another account are dropped
    bool isReachable = true; //!< as far as known
};

RegistryPage::RegistryPage(Workbench& workbench, Actions& actions, UiSettings& settings, QWidget* parent)
    : Page(actions, parent), d(std::make_unique<Private>(this, workbench, settings))
{
    d->ui.setupUi(this);
    d->setUpViews();
    d->setUpCommands(actions);
    connect(&workbench, &Workbench::storeChanged, this, [this] { d->readLocal(); });
    connect(&workbench, &Workbench::repositoryChanged, this,
            [this](const QString& registry, const QString& repository) {
                if (registry != d->profile.registry)
                    return;
                d->repositories->add(repository);
                if (repository == d->repository)
                    d->loader->reload();
            });
    connect(&workbench, &Workbench::profilesChanged, this, [this] {
        for (const Profile& profile : d->workbench.profiles()) {
            if (profile.id == d->profile.id && profile != d->profile) {
                d->profile = profile;
                d->showHeader();
            }
        }
    });
    connect(&workbench, &Workbench::registryChanged, this, [this](const QString& registry) {
        if (registry == d->profile.registry)
            d->refresh();
    });
}

RegistryPage::~RegistryPage()
{
    d->settings.setState(u"registry/splitter"_s, d->ui.splitter->saveState());
    d->settings.setState(u"registry/detailsSplitter"_s, d->ui.detailsSplitter->saveState());
    d->settings.setState(u"registry/columns"_s, d->ui.tagView->header()->saveState());
}

void RegistryPage::Private::setUpViews()
{
    makeTitle(ui.title);
    makeMuted(ui.hostLabel);
    makeMuted(ui.newestLabel);
    makeMuted(ui.tagsHint);
    schemeBadge = new BadgeLabel(page);
    caBadge = new BadgeLabel(page);
    loginBadge = new BadgeLabel(page);
    latencyBadge = new BadgeLabel(page);
    for (BadgeLabel* badge : {schemeBadge, caBadge, loginBadge, latencyBadge})
        ui.badges->addWidget(badge);
    ui.tagFilter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);

    repositories = new RepositoryPane(workbench, ui.repositoryView, ui.repositoryFilter, page);
    QObject::connect(repositories, &RepositoryPane::opened, page,
                     [this](const QString& path) { openRepository(path); });
    QObject::connect(repositories, &RepositoryPane::changed, page, [this] { showTagsState(); });
    QObject::connect(repositories, &RepositoryPane::failed, page,
                     [this](const Error& error) { showError(error, {}); });

    tagProxy = new TagsProxy(page);
    tagProxy->setSourceModel(&tags);
    ui.tagView->setModel(tagProxy);
    ui.tagView->setItemDelegate(new ItemDelegate(ui.tagView));
    setColumnWidths(ui.tagView->header(), {34, 16, 20, 11, 15, 10});
    ui.tagView->header()->restoreState(settings.state(u"registry/columns"_s));
    stretchColumn(
        ui.tagView, RemoteTagsModel::TagsColumn, 24,
        {RemoteTagsModel::DigestColumn, RemoteTagsModel::HereColumn, RemoteTagsModel::CreatedColumn});
    ui.tagView->sortByColumn(RemoteTagsModel::TagsColumn, Qt::DescendingOrder);
    ui.tagView->setContextMenuPolicy(Qt::ActionsContextMenu);
    makeCopyable(ui.tagView);
    QObject::connect(ui.tagFilter, &QLineEdit::textChanged, tagProxy,
                     &QSortFilterProxyModel::setFilterFixedString);
    QObject::connect(ui.tagView->selectionModel(), &QItemSelectionModel::currentChanged, page, [this] {
        showDetails();
        Q_EMIT page->actionStatesChanged();
    });
    QObject::connect(&tags, &RemoteTagsModel::dataChanged, page, [this] { showDetails(); });

    loader = new RemoteTagLoader(workbench, tags, page);
    details = new RemoteDetails(ui.overviewTab, ui.platformBox, ui.layerView, ui.jsonView, page);
    QObject::connect(loader, &RemoteTagLoader::progressed, page, [this] { showTagsState(); });
    QObject::connect(loader, &RemoteTagLoader::failed, page,
                     [this](const Error& error) { showError(error, repository); });
    // Rows scroll by faster than registries answer: only those that come to rest are asked for.
    describeTimer.setSingleShot(true);
    describeTimer.setInterval(60ms);
    QObject::connect(&describeTimer, &QTimer::timeout, page, [this] { describeVisible(); });
    const auto later = [this] { describeTimer.start(); };
    QObject::connect(ui.tagView->verticalScrollBar(), &QScrollBar::valueChanged, page, later);
    QObject::connect(ui.tagView->verticalScrollBar(), &QScrollBar::rangeChanged, page, later);
    QObject::connect(tagProxy, &QAbstractItemModel::rowsInserted, page, later);
    QObject::connect(tagProxy, &QAbstractItemModel::rowsRemoved, page, later);
    QObject::connect(tagProxy, &QAbstractItemModel::layoutChanged, page, later);

    ui.splitter->setStretchFactor(1, 1);
    ui.detailsSplitter->setStretchFactor(0, 1);
    const int unit = page->fontMetrics().averageCharWidth();
    ui.splitter->setSizes({unit * 34, unit * 120});
    ui.detailsSplitter->setSizes({page->fontMetrics().height() * 18, page->fontMetrics().height() * 14});
    ui.splitter->restoreState(settings.state(u"registry/splitter"_s));
    ui.detailsSplitter->restoreState(settings.state(u"registry/detailsSplitter"_s));
    QObject::connect(ui.strip, &MessageStrip::remedyChosen, page, [this](const Remedy& remedy) {
        if (remedy.kind == RemedyKind::UseAnotherAccount)
            openAddAccountDialog(workbench, page, remedy.argument);
        else
            runRemedy(remedy, workbench, page, [this] { refresh(); });
    });
}

void RegistryPage::Private::setUpCommands(Actions& actions)
{
    linkButton(ui.pullButton, actions.pull);
    linkButton(ui.removeButton, actions.removeTag);
    linkButton(ui.openButton, actions.openRepository);
    linkButton(ui.accountButton, actions.editAccount);
    ui.refreshButton->setDefaultAction(actions.refresh);

    const auto hasImage = [this] { return current() != nullptr; };
    page->bind(actions.pull, [this] {
        const RemoteTagsModel::Group* group = current();
        QString name = repository.isEmpty() ? QString(profile.registry + u'/') : place();
        if (group)
            name += u':' + group->tags.first();
        openPullDialog(workbench, page, name, profile.id);
    });
    page->bind(actions.removeTag, [this] { remove(false); }, hasImage);
    page->bind(actions.deleteImage, [this] { remove(true); }, hasImage);
    page->bind(actions.copyName, [this] { copyText(place() + u':' + current()->tags.first()); }, hasImage);
    page->bind(actions.copyDigest, [this] { copyText(current()->target.digest.toString()); }, hasImage);
    page->bind(
        actions.copyPullCommand,
        [this] {
            const auto name = Reference::parse(QString(place() + u':' + current()->tags.first()));
            if (name)
                copyText(u"docker pull "_s + name->familiar());
        },
        hasImage);
    page->bind(actions.refresh, [this] { refresh(); });
    page->bind(actions.find, [this] { ui.tagFilter->setFocus(); });
    page->bind(actions.openRepository, [this] { askRepository(); });
    page->bind(actions.editAccount, [this] { openEditAccountDialog(workbench, page, profile.id); });
    page->bind(actions.removeAccount, [this] { openLogoutDialog(workbench, page, profile.id); });
    for (QAction* action : {actions.pull, actions.copyName, actions.copyDigest, actions.copyPullCommand,
                            actions.removeTag, actions.deleteImage})
        ui.tagView->addAction(action);
}

void RegistryPage::setProfile(const QString& profileId)
{
    if (d->profile.id == profileId)
        return;
    for (const Profile& profile : d->workbench.profiles()) {
        if (profile.id != profileId)
            continue;
        d->profile = profile;
        d->status.reset();
        d->isReachable = true;
        d->repositories->setProfile(profile);
        d->ui.tagFilter->clear();
        d->showHeader();
        d->readLocal();
        d->refresh();
    }
}

QString RegistryPage::profileId() const
{
    return d->profile.id;
}

void RegistryPage::activated()
{
    d->ui.repositoryView->setFocus();
}

void RegistryPage::retranslate()
{
    d->ui.retranslateUi(this);
    d->repositories->retranslate();
    d->showHeader();
    d->showTagsState();
    d->showDetails();
}

void RegistryPage::Private::showHeader()
{
    ui.title->setText(profile.name);
    ui.hostLabel->setText(profile.isAnonymous() ? profile.registry : profile.user + u'@' + profile.registry);
    if (!status) {
        for (BadgeLabel* badge : {schemeBadge, caBadge, loginBadge, latencyBadge})
            badge->setBadge({});
        return;
    }
    schemeBadge->setBadge(status->isPlainHttp
                              ? Badge{RegistryPage::tr("plain HTTP"), Tone::Warning,
                                      RegistryPage::tr("What is sent to this registry is not encrypted")}
                              : Badge{u"TLS"_s, Tone::Ok, RegistryPage::tr("The connection is encrypted")});
    const bool hasOwnCa = !workbench.registrySettings(profile.registry).caFile.isEmpty();
    caBadge->setBadge(hasOwnCa && !status->isPlainHttp
                          ? Badge{RegistryPage::tr("own CA"), Tone::Normal,
                                  RegistryPage::tr("Its certificate is checked with a file chosen for it")}
                          : Badge{});
    loginBadge->setBadge(status->isLoggedIn       ? Badge{RegistryPage::tr("logged in"), Tone::Ok}
                             : status->needsLogin ? Badge{RegistryPage::tr("wants a login"), Tone::Warning}
                                                  : Badge{});
    latencyBadge->setBadge({RegistryPage::tr("%1 ms").arg(status->latency.count())});
}

void RegistryPage::Private::refresh()
{
    if (profile.id.isEmpty())
        return;
    const int question = ++asked;
    ui.strip->clear();
    const auto answered = [this, question, id = profile.id](const Result<RegistryStatus>& answer) {
        if (answer)
            Q_EMIT page->answered(id, *answer);
        else
            Q_EMIT page->failed(id, answer.error());
        if (question != asked)
            return;
        isReachable = answer.has_value();
        if (!answer) {
            status.reset();
            showHeader();
            showError(answer.error(), {});
            return;
        }
        status = *answer;
        showHeader();
        repositories->load(knownRepositories());
    };
    workbench.ping(profile.id).then(page, answered);
    if (!repository.isEmpty())
        loader->reload();
}

//! Where the registry keeps no list: what the images on this computer are named after.
QStringList RegistryPage::Private::knownRepositories() const
{
    QStringList known;
    for (const QStringList& names : localNames) {
        for (const QString& name : names) {
            const auto reference = Reference::parse(name);
            if (reference && reference->registry() == profile.registry)
                known.append(reference->repository());
        }
    }
    known.removeDuplicates();
    return known;
}

void RegistryPage::Private::openRepository(const QString& path)
{
    if (repository == path)
        return;
    repository = path;
    if (isReachable)
        ui.strip->clear(); // it told of another repository
    details->show(nullptr, {}, {});
    loader->load(profile.id, repository);
    Q_EMIT page->actionStatesChanged();
}

void RegistryPage::Private::showTagsState()
{
    const QString newest = tags.newestVersion();
    QString text = newest.isEmpty() ? QString() : RegistryPage::tr("Newest version: %1").arg(newest);
    if (loader->isLoading() && loader->tagsExpected() > tags.tagCount())
        text = RegistryPage::tr("%1 of %2 tags…").arg(tags.tagCount()).arg(loader->tagsExpected());
    ui.newestLabel->setText(text);
    const bool isEmpty = tags.rowCount() == 0;
    ui.tagsHint->setVisible(isEmpty);
    ui.tagView->setVisible(!isEmpty);
    ui.details->setVisible(!isEmpty);
    ui.tagsHint->setText(hint());
    if (loader->isLoaded() && !repository.isEmpty())
        repositories->setTagCount(repository, tags.tagCount());
    if (!isEmpty && !ui.tagView->currentIndex().isValid())
        ui.tagView->setCurrentIndex(tagProxy->index(0, 0));
    describeTimer.start();
}

//! What stands in place of the tags where there are none.
QString RegistryPage::Private::hint() const
{
    using State = RepositoryPane::State;
    if (!repository.isEmpty()) {
        return loader->isLoading() ? RegistryPage::tr("Reading the tags of %1…").arg(repository)
            : loader->isLoaded()   ? RegistryPage::tr("%1 has no tags.").arg(repository)
                                   : RegistryPage::tr("The tags of %1 could not be read.").arg(repository);
    }
    if (repositories->count() > 0)
        return RegistryPage::tr("Choose a repository.");
    if (!isReachable || repositories->state() == State::Failed)
        return RegistryPage::tr("What is here could not be read.");
    if (repositories->state() != State::Loaded)
        return RegistryPage::tr("Asking %1…").arg(profile.registry);
    return repositories->isListed()
        ? RegistryPage::tr("There is nothing here yet. Choose an image of this computer and push it.")
        : RegistryPage::tr(
              "%1 does not list its repositories. That is usual for public registries. Open a repository by "
              "its name.")
              .arg(profile.registry);
}

const RemoteTagsModel::Group* RegistryPage::Private::current() const
{
    return tags.group(tagProxy->mapToSource(ui.tagView->currentIndex()));
}

void RegistryPage::Private::showDetails()
{
    const RemoteTagsModel::Group* group = current();
    QStringList names;
    if (group) {
        names = localNames.value(group->target.digest);
        if (group->image) {
            for (const RemoteImage::Entry& entry : group->image->entries)
                names += localNames.value(entry.manifest.digest) + localNames.value(entry.configDigest);
        }
        names.removeDuplicates();
        for (QString& name : names) {
            if (const auto reference = Reference::parse(name))
                name = reference->familiar();
        }
    }
    details->show(group, place(), names);
}

void RegistryPage::Private::describeVisible()
{
    QList<Digest> wanted;
    const QRect view = ui.tagView->viewport()->rect();
    QModelIndex row = ui.tagView->indexAt(view.topLeft());
    while (row.isValid() && ui.tagView->visualRect(row).top() <= view.bottom()) {
        if (const RemoteTagsModel::Group* group = tags.group(tagProxy->mapToSource(row)))
            wanted.append(group->target.digest);
        row = ui.tagView->indexBelow(row);
    }
    loader->describe(wanted);
}

void RegistryPage::Private::readLocal()
{
    workbench.images().then(page, [this](const Result<StoreSnapshot>& snapshot) {
        if (!snapshot)
            return;
        localNames.clear();
        QSet<Digest> digests;
        for (const StoredImage& image : snapshot->images) {
            QList<Digest> ids{image.target.digest, image.id};
            for (const StoredPlatform& platform : image.platforms) {
                if (platform.isPresent)
                    ids += {platform.manifest.digest, platform.configDigest};
            }
            for (const Digest& id : std::as_const(ids)) {
                digests.insert(id);
                localNames[id] += image.names;
                localNames[id].removeDuplicates();
            }
        }
        tags.setLocalDigests(digests);
        showDetails();
    });
}

void RegistryPage::Private::remove(bool wholeImage)
{
    const RemoteTagsModel::Group* group = current();
    if (!group)
        return;
    auto* dialog = new RemoteRemoveDialog(workbench, profile, repository, *group, wholeImage, page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void RegistryPage::Private::askRepository()
{
    auto* dialog = new OpenRepositoryDialog(profile.registry, page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &OpenRepositoryDialog::chosen, page,
                     [this](const QString& name) { repositories->open(name); });
    dialog->open();
}

void RegistryPage::Private::showError(const Error& error, const QString& path)
{
    ui.strip->showError(explain(error,
                                {.doing = ErrorContext::Doing::List,
                                 .registry = profile.registry,
                                 .repository = path,
                                 .user = profile.user,
                                 .profile = profile.id}));
    showTagsState();
}

} // namespace Tagboat
