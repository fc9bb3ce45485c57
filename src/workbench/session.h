// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/identity.h"
#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "net/servercertificate.h"
#include "registry/registryclient.h"
#include "transfer/journal.h"
#include "transfer/journalnames.h"
#include "transfer/queue.h"
#include "workbench/requests.h"

#include <memory>

namespace Tagboat {

class NewsMemory;

//! Where Tagboat keeps things. `TAGBOAT_DATA_DIR` and `TAGBOAT_CONFIG_DIR` replace the XDG places.
struct SessionPaths
{
    QString dataDirectory;   //!< images/, tagboat.db
    QString configDirectory; //!< profiles.ini, settings
    [[nodiscard]] static SessionPaths standard();
};

//! Log-in attempt: what the Add account dialog and `login` check before saving.
struct LoginRequest
{
    Profile profile; //!< id empty for a new one
    QString secret;  //!< empty: keep the stored one (an edit), or anonymous
    RegistrySettings settings;
    bool keepForThisRun = false; //!< no keychain: keep the secret in memory only
    //! Where the profile acts, in place of what was said before; their `profile` is filled in. Nothing: as
    //! before.
    std::optional<QList<IdentityRule>> rules = {};
};

/*!
 * \brief Everything below the window, opened and wired: store, profiles, keychain, HTTP, registries, queue,
 * journal.
 *
 * Lives on one thread with an event loop (the engine thread; the main thread of tagboat-cli), held by
 * shared_ptr. Turns names that people use (references, profiles, files) into places and jobs. End it with
 * close().
 */
class Session : public std::enable_shared_from_this<Session>
{
public:
    [[nodiscard]] static Result<std::shared_ptr<Session>> open(const SessionPaths& paths);
    ~Session();
    Q_DISABLE_COPY_MOVE(Session)

    [[nodiscard]] const SessionPaths& paths() const;
    [[nodiscard]] const std::shared_ptr<ImageStore>& store() const;
    //! The embedded store, or another OCI layout where a folder is given.
    [[nodiscard]] Result<std::shared_ptr<ImageStore>> storeAt(const QString& directory) const;
    [[nodiscard]] ProfileStore& profiles() const;
    [[nodiscard]] Keychain& keychain() const;
    [[nodiscard]] TransferQueue& queue() const;
    //! Limits all transfers together (0: no limit), from now on and in later sessions of either program.
    void setTransferRate(qint64 bytesPerSecond);
    //! What plain layers of archives are to be compressed with: what was \a asked for here, else what the
    //! settings say; nothing where nobody cares.
    [[nodiscard]] Result<std::optional<LayerCompression>>
    layerCompression(const std::optional<LayerCompression>& asked) const;
    //! The same for those with one registry, besides.
    void setRegistryRate(const QString& registry, qint64 bytesPerSecond);
    [[nodiscard]] const std::shared_ptr<Journal>& journal() const; //!< null where it could not be opened
    //! What registries were found to have under the names that are used here (workbench/radar.h).
    [[nodiscard]] const std::shared_ptr<NewsMemory>& newsMemory() const;
    //! Calls \a told, on the session's thread, with what this process changed among the names of its store,
    //! once the history has it.
    void setNamesMoved(std::function<void(const QList<NameMove>&)> told);

    //! A client for a registry as a profile (see ProfileStore::choose); kept, so that tokens are shared.
    [[nodiscard]] Result<std::shared_ptr<RegistryClient>> client(const QString& registry,
                                                                 const QString& profile = {});
    //! The same as whoever is to do this there.
    [[nodiscard]] Result<std::shared_ptr<RegistryClient>> client(const IdentityQuestion& question,
                                                                 const QString& profile = {});
    //! From here on a registry is spoken to with this credential, or anonymously, whatever profiles there
    //! are. Kept in memory only: one command of tagboat-cli.
    void actAs(const QString& registry, std::optional<Credential> credential);
    //! Forgets kept clients of a registry (settings or secrets changed).
    void dropClients(const QString& registry);

    //! What a registry shows to those who speak to it as \a draft says, whether anybody saved that or not. No
    //! HTTP is spoken, no credential and no certificate of ours sent.
    [[nodiscard]] Task<Result<ServerCertificate>> serverCertificate(QString registry, RegistrySettings draft,
                                                                    std::stop_token stop);
    //! Logs in for real without saving anything.
    [[nodiscard]] Task<Result<RegistryStatus>> testLogin(LoginRequest request, std::stop_token stop);
    //! Saves profile, settings and secret (keychain, or memory where asked); no test.
    [[nodiscard]] Task<Result<Profile>> saveLogin(LoginRequest request, std::stop_token stop);
    //! Makes what has to be there before a push, as \a profile (see createRepository() of the registries).
    [[nodiscard]] Task<Result<void>> makeRepository(QString profile, QString repository,
                                                    std::stop_token stop);
    //! Removes profile and secret.
    [[nodiscard]] Task<Result<void>> logout(QString idOrName, std::stop_token stop);

    [[nodiscard]] Task<Result<PushPreview>> planPush(PushRequest request, std::stop_token stop);
    [[nodiscard]] Task<Result<PullPreview>> planPull(PullRequest request, std::stop_token stop);
    // Queue a job and give its id.
    [[nodiscard]] Result<QString> push(PushRequest request);
    [[nodiscard]] Result<QString> pull(PullRequest request);
    [[nodiscard]] Result<QString> pushArchive(ArchivePushRequest request);
    [[nodiscard]] Result<QString> import(ImportRequest request);
    [[nodiscard]] Result<QString> exportImages(ExportRequest request);

    //! Stops jobs and requests, waits for their ends. Afterwards the session may be dropped.
    [[nodiscard]] Task<void> close();

private:
    [[nodiscard]] Result<JobRequest> pushJob(PushRequest request);
    [[nodiscard]] Result<JobRequest> pullJob(PullRequest request);
    [[nodiscard]] Result<JobRequest> archivePushJob(const ArchivePushRequest& request);
    //! A job of an earlier run once more, from its recipe.
    [[nodiscard]] Result<JobRequest> remake(const JobSnapshot& job);

    struct Private;
    explicit Session(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
