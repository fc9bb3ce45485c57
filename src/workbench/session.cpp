// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/session.h"

#include "auth/vendorlogin.h"
#include "base/logging.h"
#include "base/worker.h"
#include "transfer/journaluploads.h"
#include "workbench/hostpolicies.h"
#include "workbench/sessionprivate.h"
#include "workbench/transfersettings.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Tagboat {

Result<std::shared_ptr<Session>> Session::open(const SessionPaths& paths)
{
    auto store = ImageStore::open(paths.dataDirectory + u"/images"_s);
    if (!store)
        return fail(std::move(store.error()).during(u"open the image store"_s));

    auto priv = std::make_unique<Private>();
    priv->paths = paths;
    priv->store = std::move(*store);
    priv->profiles = std::make_shared<ProfileStore>(paths.configDirectory);
    priv->keychain = std::make_shared<Keychain>();
    priv->http = std::make_shared<HttpClient>(savedHostPolicies(priv->profiles));
    priv->manifests = std::make_shared<ManifestCache>();
    priv->news = std::make_shared<NewsMemory>(paths.dataDirectory + u"/news.db"_s);
    // A pull for one platform keeps that one's manifest: which index it was in is known now, and costs a pull
    // at Docker Hub to find out later.
    priv->manifests->setListener(
        [news = priv->news](const QString& place, const QString& name, const ManifestContent& document) {
            news->noteFetched(place, name, document);
        });
    if (auto journal = Journal::open(paths.dataDirectory + u"/tagboat.db"_s))
        priv->journal = std::move(*journal);
    else // History is worth less than being able to work.
        qCWarning(lcApp).noquote() << "no history:" << journal.error().toString();
    priv->queue = std::make_unique<TransferQueue>(priv->journal);
    QObject::connect(priv->queue.get(), &TransferQueue::finished, priv->queue.get(),
                     [news = priv->news](const JobSnapshot& job) { news->notePushed(job); });
    const TransferSettings limits(paths.configDirectory);
    priv->queue->setRate(limits.bytesPerSecond());
    const QHash<QString, qint64> rates = limits.registryRates();
    for (auto rate = rates.cbegin(); rate != rates.cend(); ++rate)
        priv->queue->setRegistryRate(rate.key(), rate.value());
    priv->nameNotes = std::make_unique<QObject>();
    // Noted before anybody hears that the change is made: his answer is posted to this thread after this is.
    priv->store->observeNames([notes = priv->nameNotes.get(), to = priv.get()](const NameChanges& changes) {
        QMetaObject::invokeMethod(notes, [to, changes] { to->noteNames(changes); }, Qt::QueuedConnection);
    });
    std::shared_ptr<Session> session(new Session(std::move(priv)));
    session->d->queue->setRemake(
        [weak = std::weak_ptr(session)](const JobSnapshot& job) -> Result<JobRequest> {
            const auto session = weak.lock();
            if (!session)
                return std::unexpected(cancelled().error());
            return session->remake(job);
        });
    return session;
}

Session::Session(std::unique_ptr<Private> priv) : d(std::move(priv)) { }

Session::~Session()
{
    d->store->observeNames({}); // it may live on with a job's last worker
}

void Session::setNamesMoved(std::function<void(const QList<NameMove>&)> told)
{
    d->namesMoved = std::move(told);
}

void Session::Private::noteNames(const NameChanges& changes)
{
    if (!journal)
        return;
    const auto moves = journal->names().note(changes);
    if (!moves)
        qCWarning(lcApp).noquote() << "names not noted:" << moves.error().toString();
    else if (namesMoved)
        namesMoved(*moves);
}

const SessionPaths& Session::paths() const
{
    return d->paths;
}

const std::shared_ptr<ImageStore>& Session::store() const
{
    return d->store;
}

Result<std::shared_ptr<ImageStore>> Session::storeAt(const QString& directory) const
{
    if (directory.isEmpty())
        return d->store;
    return ImageStore::open(QDir::current().absoluteFilePath(directory), ImageStore::Naming::AsGiven);
}

ProfileStore& Session::profiles() const
{
    return *d->profiles;
}

Keychain& Session::keychain() const
{
    return *d->keychain;
}

TransferQueue& Session::queue() const
{
    return *d->queue;
}

void Session::setTransferRate(qint64 bytesPerSecond)
{
    TransferSettings(d->paths.configDirectory).setBytesPerSecond(bytesPerSecond);
    d->queue->setRate(bytesPerSecond);
}

Result<std::optional<LayerCompression>>
Session::layerCompression(const std::optional<LayerCompression>& asked) const
{
    return asked ? asked : TransferSettings(d->paths.configDirectory).compression();
}

void Session::setRegistryRate(const QString& registry, qint64 bytesPerSecond)
{
    TransferSettings(d->paths.configDirectory).setRegistryBytesPerSecond(registry, bytesPerSecond);
    d->queue->setRegistryRate(registry, bytesPerSecond);
}

const std::shared_ptr<Journal>& Session::journal() const
{
    return d->journal;
}

const std::shared_ptr<NewsMemory>& Session::newsMemory() const
{
    return d->news;
}

Result<std::shared_ptr<RegistryClient>> Session::client(const QString& registry, const QString& profile)
{
    return client(IdentityQuestion{.registry = registry}, profile);
}

Result<std::shared_ptr<RegistryClient>> Session::client(const IdentityQuestion& question,
                                                        const QString& profile)
{
    const auto chosen = d->choose(question, profile);
    if (!chosen)
        return std::unexpected(chosen.error());
    const QString& registry = question.registry;
    const RegistrySettings settings = d->profiles->settings(registry);
    const QString user = chosen->profile ? chosen->profile->id : QString();
    // Scheme and account belong to a client; a change of either makes a new one, while running jobs keep
    // theirs.
    RegistryClient::Options options{.plainHttp = settings.plainHttp,
                                    .isPinned = !settings.pinnedSha256.isEmpty()};
    const QString scheme = options.plainHttp ? u"http"_s : options.isPinned ? u"https"_s : QString();
    const QString key = registry + u'\n' + user + u'\n' + scheme;
    if (const auto known = d->clients.value(key))
        return known;
    Authorizer::CredentialSource credentials = noCredential();
    if (const auto acting = d->acting.constFind(registry); acting != d->acting.cend()) {
        if (*acting)
            credentials = vendorLogin(d->http, registry, (*acting)->user, fixedCredential(**acting));
    } else if (chosen->profile) {
        credentials = vendorLogin(d->http, registry, chosen->profile->user,
                                  credentialSource(d->keychain, *chosen->profile));
    }
    if (d->journal)
        options.uploads = d->journal->uploads();
    auto client =
        std::make_shared<RegistryClient>(d->http, registry, std::move(credentials), std::move(options));
    d->clients.insert(key, client);
    return client;
}

Result<IdentityChoice> Session::Private::choose(const IdentityQuestion& question,
                                                const QString& profile) const
{
    if (!acting.contains(question.registry))
        return profiles->choose(question, profile);
    IdentityChoice choice{.reason = IdentityChoice::Reason::Asked};
    if (const std::optional<Credential> credential = acting.value(question.registry)) {
        Profile unsaved;
        unsaved.registry = question.registry;
        unsaved.user = credential->user;
        choice.profile = unsaved;
    }
    return choice;
}

void Session::Private::noteUse(const IdentityChoice& acting) const
{
    if (acting.profile && !acting.profile->id.isEmpty())
        profiles->touch(acting.profile->id);
}

void Session::actAs(const QString& registry, std::optional<Credential> credential)
{
    d->acting.insert(registry, std::move(credential));
    dropClients(registry);
}

void Session::dropClients(const QString& registry)
{
    d->clients.removeIf([&registry](const auto& entry) { return entry.key().startsWith(registry + u'\n'); });
}

namespace {

Task<void> closeQueue(std::shared_ptr<Session> session)
{
    co_await session->queue().shutdown();
}

} // namespace

Task<void> Session::close()
{
    return closeQueue(shared_from_this());
}

} // namespace Tagboat
