// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/exportplan.h"
#include "workbench/foundlogins.h"
#include "workbench/imagefiles.h"
#include "workbench/imageinside.h"
#include "workbench/imagenews.h"
#include "workbench/namehistory.h"
#include "workbench/session.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace Tagboat {

/*!
 * \brief The window's only door to the engine: values in, futures and signals out; never blocks.
 *
 * Lives on the GUI thread and owns the engine thread with its Session. Futures hold a `Result`; take them
 * with
 * `.then(this, [this](const Result<X>& r) { … })` so that a receiver that is gone is skipped. All signals
 * arrive on the GUI thread.
 */
class Workbench : public QObject
{
    Q_OBJECT

public:
    //! Opens the session in the background; `opened` or `openFailed` follows. Calls made before are answered
    //! after.
    explicit Workbench(SessionPaths paths, QObject* parent = nullptr);
    ~Workbench() override; //!< shutdown()

    void shutdown(); //!< stops everything and waits; idempotent
    [[nodiscard]] const SessionPaths& paths() const;

    // This computer's store.
    [[nodiscard]] QFuture<Result<StoreSnapshot>> images();
    [[nodiscard]] QFuture<Result<ImageDetails>> imageDetails(const Digest& imageId,
                                                             const Platform& platform = {});
    [[nodiscard]] QFuture<Result<void>> tag(const QString& image, const QStringList& canonicalNames);
    [[nodiscard]] QFuture<Result<void>> removeNames(const QStringList& canonicalNames);
    //! What names meant and mean; of all, or of one. See workbench/namehistory.h.
    [[nodiscard]] QFuture<Result<NameHistory>> nameHistory(const QString& canonicalName = {});
    //! See undoMoves().
    [[nodiscard]] QFuture<Result<UndoReport>> undoNames(const QList<qint64>& ids = {});
    [[nodiscard]] QFuture<Result<RemovalPlan>> planRemoval(const QStringList& names,
                                                           const QList<Digest>& images);
    [[nodiscard]] QFuture<Result<GarbageReport>> removeImages(const QList<Digest>& images);
    [[nodiscard]] QFuture<Result<GarbageReport>> collectGarbage(bool dryRun, bool untaggedImages);
    //! See ImageStore::planCleanUp() and cleanUp().
    [[nodiscard]] QFuture<Result<CleanUpPlan>> planCleanUp(const CleanUpRules& rules);
    [[nodiscard]] QFuture<Result<CleanUpReport>> cleanUp(const CleanUpPlan& plan,
                                                         const std::vector<bool>& chosen);
    [[nodiscard]] QFuture<Result<ArchiveContents>> inspectArchive(const QString& file);
    //! See planExport() of workbench/exportplan.h.
    [[nodiscard]] QFuture<Result<ExportPlan>> planExport(const QList<ExportRequest>& requests);
    //! See readInside() of workbench/imageinside.h.
    [[nodiscard]] QFuture<Result<ImageInside>> imageInside(const Digest& target, const Digest& manifest = {});
    //! See readDocument() there.
    [[nodiscard]] QFuture<Result<DocumentBytes>> imageDocument(const Descriptor& descriptor);

    // Files inside an image of this computer's store.
    //! What each layer of an image does, and what comes of it. Calls for the same image share one listing;
    //! the last few are kept. NotFound where the image or that platform of it is not here, Unsupported where
    //! it is an artifact; a layer that is not here or broken is no error but says so itself.
    [[nodiscard]] QFuture<Result<std::shared_ptr<const ImageFiles>>> imageFiles(const FilesOf& of);
    //! Nobody looks any more: a listing under way ends as Cancelled.
    void stopImageFiles(const FilesOf& of);
    //! What \a right adds, changes and deletes against \a left; folders lead there, with Change::None. Of
    //! what is changed `sizeBefore` is that of \a left.
    [[nodiscard]] QFuture<Result<FileTreePtr>> compareFiles(const FilesOf& left, const FilesOf& right);
    //! The first \a limit bytes of a file. Links are followed inside the image, never out of it. NotFound,
    //! InvalidInput where it is no file, Corrupt where its layer is broken before its end.
    [[nodiscard]] QFuture<Result<QByteArray>> readFile(const FileInImage& file, qint64 limit);
    //! All of a file to one of this computer, which is replaced once all is there. Keeps the permission bits
    //! and none of setuid, setgid and sticky. Errors as of readFile(), Io and DiskFull.
    [[nodiscard]] QFuture<Result<void>> saveFile(const FileInImage& file, const QString& toFile);

    // Accounts. profiles() and settings() are quick and may be called at any time.
    [[nodiscard]] QList<Profile> profiles() const;
    [[nodiscard]] RegistrySettings registrySettings(const QString& registry) const;
    [[nodiscard]] QList<IdentityRule> identityRules() const;
    //! Who is to do this where nobody is named; nobody where that cannot be told.
    [[nodiscard]] IdentityChoice whoActs(const IdentityQuestion& question) const;
    [[nodiscard]] QFuture<Result<Keychain::State>> keychainState(bool again = false);
    //! See Session::serverCertificate().
    [[nodiscard]] QFuture<Result<ServerCertificate>> serverCertificate(const QString& registry,
                                                                       const RegistrySettings& draft);
    [[nodiscard]] QFuture<Result<RegistryStatus>> testLogin(const LoginRequest& request);
    [[nodiscard]] QFuture<Result<Profile>> saveLogin(const LoginRequest& request);
    [[nodiscard]] QFuture<Result<void>> logout(const QString& profileId);
    //! See Session::makeRepository().
    [[nodiscard]] QFuture<Result<void>> makeRepository(const QString& profileId, const QString& repository);
    // Logins of docker and podman, see workbench/foundlogins.h.
    [[nodiscard]] QFuture<Result<QList<FoundLogin>>> findLogins();
    [[nodiscard]] QFuture<Result<QList<TakenLogin>>> takeOverLogins(const QList<FoundLogin>& found,
                                                                    bool scrub, bool keepForThisRun);
    //! See ProfileStore::saveRule().
    QFuture<Result<void>> saveIdentityRule(const IdentityRule& rule);
    [[nodiscard]] QFuture<Result<void>> saveRegistrySettings(const QString& registry,
                                                             const RegistrySettings& settings);

    // Registries, as a profile (its id).
    [[nodiscard]] QFuture<Result<RegistryStatus>> ping(const QString& profileId);
    [[nodiscard]] QFuture<Result<QStringList>> repositories(const QString& profileId);
    [[nodiscard]] QFuture<Result<QStringList>> tags(const QString& profileId, const QString& repository);
    [[nodiscard]] QFuture<Result<QList<TagInfo>>>
    tagTargets(const QString& profileId, const QString& repository, const QStringList& tags);
    [[nodiscard]] QFuture<Result<RemoteImage>> describe(const QString& profileId, const QString& repository,
                                                        const QString& tagOrDigest);
    [[nodiscard]] QFuture<Result<void>> removeRemoteTag(const QString& profileId, const QString& repository,
                                                        const QString& tag);
    [[nodiscard]] QFuture<Result<void>> removeRemoteImage(const QString& profileId, const QString& repository,
                                                          const Digest& digest);
    [[nodiscard]] QFuture<Result<QList<TagMove>>> tagHistory(const QString& canonicalName);

    // Transfers.
    [[nodiscard]] QFuture<Result<PushPreview>> planPush(const PushRequest& request);
    [[nodiscard]] QFuture<Result<PullPreview>> planPull(const PullRequest& request);
    QFuture<Result<QString>> push(const PushRequest& request);
    QFuture<Result<QString>> pull(const PullRequest& request);
    QFuture<Result<QString>> import(const ImportRequest& request);
    QFuture<Result<QString>> exportImages(const ExportRequest& request);
    [[nodiscard]] QFuture<Result<QList<JobSnapshot>>> jobs();
    // See TransferQueue for what these do, and what they leave alone. Its signals tell what came of it.
    void cancelJob(const QString& id);
    void pauseJob(const QString& id);
    void resumeJob(const QString& id);
    void moveJob(const QString& id, int position);
    void retryJob(const QString& id);
    void clearFinishedJobs();
    // At most so many bytes a second, 0: no limit. Those of all transfers and of a registry are kept in the
    // settings (reading them is quick, at any time), that of a job holds until the program ends.
    [[nodiscard]] qint64 transferRate() const;
    void setTransferRate(qint64 bytesPerSecond);
    //! What is chosen for plain layers of archives that come in or go out from now on; nothing where nobody
    //! chose, or where the settings cannot be read. Quick, as transferRate().
    [[nodiscard]] std::optional<LayerCompression> layerCompression() const;
    void setLayerCompression(const std::optional<LayerCompression>& compression);
    [[nodiscard]] qint64 registryRate(const QString& registry) const;
    void setRegistryRate(const QString& registry, qint64 bytesPerSecond);
    void setJobRate(const QString& id, qint64 bytesPerSecond);

    // What registries have that is not here, see workbench/radar.h. All of it is quick.
    //! Of the images that images() gave last; newsChanged() tells when it is another, and when it is known at
    //! first.
    [[nodiscard]] const ImageNewsMap& news() const;
    [[nodiscard]] const QList<StoredImage>& listedImages() const; //!< those images
    //! Asks the registries, in the background. One check runs at a time: what is asked for meanwhile follows.
    void checkForNews(const NewsQuestion& question = {});
    void stopNewsCheck(); //!< what was found out by then stays
    [[nodiscard]] bool isCheckingForNews() const;
    [[nodiscard]] NewsProgress newsProgress() const; //!< of the check that runs
    //! When all images were asked for last; invalid: never, or not known yet.
    [[nodiscard]] QDateTime newsCheckedAll() const;

Q_SIGNALS:
    void opened();
    void openFailed(const Tagboat::Error& error);
    //! The embedded store changed: by a job, by a call above, or by another process.
    void storeChanged();
    //! Names were given, moved or taken away by this program; the history has them.
    void namesMoved(const QList<Tagboat::NameMove>& moves);
    void profilesChanged();
    //! The login or the settings of an account there changed: what is known of its answers may be wrong now.
    void registryChanged(const QString& registry);
    //! A push or delete changed a repository.
    void repositoryChanged(const QString& registry, const QString& repository);
    void jobChanged(const Tagboat::JobSnapshot& job);
    void jobFinished(const Tagboat::JobSnapshot& job);
    void jobRemoved(const QString& id);
    //! At most twenty a second, while layers are read for the first time.
    void filesProgress(const Tagboat::FilesProgress& progress);
    void newsChanged();
    //! A check began, went on or ended.
    void newsCheckChanged();
    //! A check came to its end; not where it was stopped.
    void newsChecked(const Tagboat::NewsReport& report);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
