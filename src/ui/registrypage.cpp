// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registrypage.h"

#include "models/localnames.h"
#include "oci/reference.h"
#include "ui/actions.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/openrepositorydialog.h"
#include "ui/registryheader.h"
#include "ui/remedies.h"
#include "ui/remotedetails.h"
#include "ui/remoteremovedialog.h"
#include "ui/remotetagspane.h"
#include "ui/repositorypane.h"
#include "ui/speedlimitmenu.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_registrypage.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

struct RegistryPage::Private
{
    Private(RegistryPage* owner, Workbench& bench, UiSettings& remembered)
        : page(owner), workbench(bench), settings(remembered)
    { }

    void setUpViews();
    void setUpCommands(Actions& actions);
    void showHeader();
    void showLimit();
    void refresh();
    void openRepository(const QString& path);
    [[nodiscard]] QString hint() const;
    void showTagsState();
    void showDetails();
    void readLocal();
    void remove(bool wholeImage);
    void showError(const Error& error, const QString& repository);
    void askRepository();
    [[nodiscard]] QString place() const { return profile.registry + u'/' + repository; }

    RegistryPage* page;
    Workbench& workbench;
    UiSettings& settings;
    Ui::RegistryPage ui;
    Profile profile;
    std::optional<RegistryStatus> status;
    QString repository;
    RegistryHeader* header = nullptr;
    SpeedLimitMenu* limit = nullptr;
    RepositoryPane* repositories = nullptr;
    RemoteTagsPane* tags = nullptr;
    RemoteDetails* details = nullptr;
    LocalNames localNames;
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
                    d->tags->loader().reload();
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
    d->tags->saveState(d->settings);
}

void RegistryPage::Private::setUpViews()
{
    makeMuted(ui.newestLabel);
    makeMuted(ui.tagsHint);
    header = new RegistryHeader(ui.title, ui.hostLabel, ui.badges, page);

    limit = new SpeedLimitMenu(SpeedLimitMenu::Of::OneRegistry, page);
    ui.limitButton->setIcon(icon(u"speed"_s));
    ui.limitButton->setMenu(limit);
    QObject::connect(limit, &SpeedLimitMenu::rateChosen, page, [this](qint64 rate) {
        workbench.setRegistryRate(profile.registry, rate);
        showLimit();
    });

    repositories = new RepositoryPane(workbench, ui.repositoryView, ui.repositoryFilter, page);
    QObject::connect(repositories, &RepositoryPane::opened, page,
                     [this](const QString& path) { openRepository(path); });
    QObject::connect(repositories, &RepositoryPane::changed, page, [this] { showTagsState(); });
    QObject::connect(repositories, &RepositoryPane::failed, page,
                     [this](const Error& error) { showError(error, {}); });

    tags = new RemoteTagsPane(workbench, settings, ui.tagView, ui.tagFilter, page);
    details = new RemoteDetails(ui.overviewTab, ui.platformBox, ui.layerView, ui.jsonView, page);
    QObject::connect(tags, &RemoteTagsPane::chosen, page, [this] {
        showDetails();
        Q_EMIT page->actionStatesChanged();
    });
    QObject::connect(tags, &RemoteTagsPane::described, page, [this] { showDetails(); });
    QObject::connect(tags, &RemoteTagsPane::progressed, page, [this] { showTagsState(); });
    QObject::connect(tags, &RemoteTagsPane::failed, page,
                     [this](const Error& error) { showError(error, repository); });

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

    const auto hasImage = [this] { return tags->current() != nullptr; };
    page->bind(actions.pull, [this] {
        const RemoteTagsModel::Group* group = tags->current();
        QString name = repository.isEmpty() ? QString(profile.registry + u'/') : place();
        if (group)
            name += u':' + group->tags.first();
        openPullDialog(workbench, page, name, profile.id);
    });
    page->bind(actions.removeTag, [this] { remove(false); }, hasImage);
    page->bind(actions.deleteImage, [this] { remove(true); }, hasImage);
    page->bind(
        actions.copyName, [this] { copyText(place() + u':' + tags->current()->tags.first()); }, hasImage);
    page->bind(actions.copyDigest, [this] { copyText(tags->current()->target.digest.toString()); }, hasImage);
    page->bind(
        actions.copyPullCommand,
        [this] {
            const auto name = Reference::parse(QString(place() + u':' + tags->current()->tags.first()));
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
        d->limit->setRate(d->workbench.registryRate(profile.registry));
        d->showHeader();
        d->showLimit();
        d->readLocal();
        d->refresh();
    }
}

QString RegistryPage::profileId() const
{
    return d->profile.id;
}

QMenu* RegistryPage::limitMenu() const
{
    return d->limit;
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
    d->showLimit();
    d->showTagsState();
    d->showDetails();
}

void RegistryPage::Private::showHeader()
{
    header->show(profile, status, workbench.registrySettings(profile.registry));
}

void RegistryPage::Private::showLimit()
{
    const QString text = SpeedLimitMenu::textOf(limit->rate());
    ui.limitButton->setText(text);
    ui.limitButton->setToolTip(
        RegistryPage::tr("Speed limit of all transfers with %1 together").arg(profile.registry));
    ui.limitButton->setAccessibleName(RegistryPage::tr("Speed limit: %1").arg(text));
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
        // Where the registry keeps no list: what the images on this computer are named after.
        repositories->load(localNames.repositoriesOf(profile.registry));
    };
    workbench.ping(profile.id).then(page, answered);
    if (!repository.isEmpty())
        tags->loader().reload();
}

void RegistryPage::Private::openRepository(const QString& path)
{
    if (repository == path)
        return;
    repository = path;
    if (isReachable)
        ui.strip->clear(); // it told of another repository
    details->show(nullptr, {}, {});
    tags->loader().load(profile.id, repository);
    Q_EMIT page->actionStatesChanged();
}

void RegistryPage::Private::showTagsState()
{
    const RemoteTagsModel& model = tags->model();
    const RemoteTagLoader& loader = tags->loader();
    const QString newest = model.newestVersion();
    QString text = newest.isEmpty() ? QString() : RegistryPage::tr("Newest version: %1").arg(newest);
    if (loader.isLoading() && loader.tagsExpected() > model.tagCount())
        text = RegistryPage::tr("%1 of %2 tags…").arg(model.tagCount()).arg(loader.tagsExpected());
    ui.newestLabel->setText(text);
    const bool isEmpty = model.rowCount() == 0;
    ui.tagsHint->setVisible(isEmpty);
    ui.tagView->setVisible(!isEmpty);
    ui.details->setVisible(!isEmpty);
    ui.tagsHint->setText(hint());
    if (loader.isLoaded() && !repository.isEmpty())
        repositories->setTagCount(repository, model.tagCount());
    if (!isEmpty)
        tags->chooseAny();
    tags->describeSoon();
}

//! What stands in place of the tags where there are none.
QString RegistryPage::Private::hint() const
{
    using State = RepositoryPane::State;
    if (!repository.isEmpty()) {
        return tags->loader().isLoading() ? RegistryPage::tr("Reading the tags of %1…").arg(repository)
            : tags->loader().isLoaded()
            ? RegistryPage::tr("%1 has no tags.").arg(repository)
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

void RegistryPage::Private::showDetails()
{
    const RemoteTagsModel::Group* group = tags->current();
    const RemoteImage* image = group && group->image ? &*group->image : nullptr;
    const QStringList names = group ? localNames.of(group->target.digest, image) : QStringList();
    details->show(group, place(), names);
}

void RegistryPage::Private::readLocal()
{
    workbench.images().then(page, [this](const Result<StoreSnapshot>& snapshot) {
        if (!snapshot)
            return;
        localNames = LocalNames(snapshot->images);
        tags->setLocalDigests(localNames.digests());
        showDetails();
    });
}

void RegistryPage::Private::remove(bool wholeImage)
{
    const RemoteTagsModel::Group* group = tags->current();
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
                                 .profile = profile.id,
                                 .accounts = {profile}}));
    showTagsState();
}

} // namespace Tagboat
