// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/authorizer.h"
#include "base/asyncsemaphore.h"
#include "content/content.h"
#include "net/httpclient.h"
#include "oci/manifest.h"
#include "oci/reference.h"

#include <QHash>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <memory>

namespace Tagboat {

//! What a ping of `/v2/` tells about a registry.
struct RegistryStatus
{
    QUrl url; //!< API base that answered
    bool isPlainHttp = false;
    bool needsLogin = false; //!< answered 401 to an anonymous ping
    bool isLoggedIn = false; //!< the profile's credentials were accepted
    std::chrono::milliseconds latency{0};
};

//! A page of a listing; `next` is empty at the end.
struct ListPage
{
    QStringList items;
    QUrl next;
};

//! One tag with what it points at.
struct TagInfo
{
    QString tag;
    Descriptor target;
};

//! What a registry page shows of one digest, from its manifest and configs.
struct RemoteImage
{
    ManifestContent root;
    struct Entry
    {
        Descriptor manifest;
        Platform platform;
        Digest configDigest;
        qint64 size = 0; //!< config + layers, compressed
        QList<Descriptor> layers;
        QStringList steps; //!< build step of each layer
    };
    QList<Entry> entries; //!< one, or one per platform (attestations left out)
    QDateTime created;    //!< of the host's platform or the first entry
    bool isArtifact = false;
    QString artifactType;
};

class Repository;
class UploadLedger;

/*!
 * \brief Client of one registry as one profile (distribution-spec 1.1): ping, catalog, tags, and its
 * repositories.
 *
 * Engine thread, held by shared_ptr. Docker Hub's reference host docker.io is reached at
 * registry-1.docker.io. Loopback is spoken to by plain HTTP; other hosts by https, or by http where the
 * registry's settings say so, or where it turns out that the registry speaks no TLS and the HttpClient's
 * policy allows that. HTTP replies become errors by table (registry/replyerror.h): 401 Unauthorized (Denied
 * where it is known who asks), 403 Denied, 404 NotFound, 405 Unsupported, 409/412 Conflict, 413 InvalidInput,
 * 429 RateLimited …, with the registry's own words in Error::response.
 */
class RegistryClient : public std::enable_shared_from_this<RegistryClient>
{
public:
    struct Options
    {
        bool plainHttp = false;   //!< RegistrySettings::plainHttp
        bool isPinned = false;    //!< its certificate is known: not even loopback is asked by plain HTTP
        int parallelRequests = 6; //!< API requests at once
        //! Where uploads that break off are remembered; null: in this client.
        std::shared_ptr<UploadLedger> uploads = {};
    };

    RegistryClient(std::shared_ptr<HttpClient> http, QString registry,
                   Authorizer::CredentialSource credentials, Options options);
    ~RegistryClient();
    Q_DISABLE_COPY_MOVE(RegistryClient)

    [[nodiscard]] const QString& registry() const; //!< as in references
    //! Is this a registry, and do the credentials work? Unauthorized with the registry's words where not.
    [[nodiscard]] Task<Result<RegistryStatus>> ping(std::stop_token stop);
    //! Repositories; Unsupported where the registry offers no catalog (Docker Hub and most hosted ones).
    [[nodiscard]] Task<Result<ListPage>> catalog(QUrl page, std::stop_token stop);
    [[nodiscard]] Task<Result<QStringList>> allRepositories(std::stop_token stop);

    [[nodiscard]] std::shared_ptr<Repository> repository(const QString& path);

    //! Sends with authorization for \a scopes, answers one 401 by renewing, and turns a bad status into an
    //! Error.
    [[nodiscard]] Task<Result<HttpResponse>> send(HttpRequest request, QStringList scopes,
                                                  std::stop_token stop);
    [[nodiscard]] Task<Result<HttpStream>> open(HttpRequest request, QStringList scopes,
                                                std::stop_token stop);
    [[nodiscard]] QUrl url(const QString& path) const; //!< of an API path like "/v2/alice/ui/tags/list"
    [[nodiscard]] UploadLedger& uploads() const;
    //! Where changes of one tag that are read, changed and written wait for each other.
    [[nodiscard]] Task<Result<AsyncSemaphore::Permit>> turnAt(const QString& repository, const QString& tag,
                                                              std::stop_token stop);
    void forgetCredentials();

private:
    struct Private;
    std::shared_ptr<Private> d;
};

/*!
 * \brief One repository as a place of images: reader and writer. Names are tags and digests.
 *
 * Uploads: HEAD before, mount where a source repository is known, else POST and one PUT with the whole blob;
 * a stream of unknown size by one PATCH and PUT, or in chunks where the registry refuses that. What broke off
 * goes on where the registry has it, by any repository object of the same path whose client has the same
 * UploadLedger. Manifests are verified against their digest whoever asked.
 */
class Repository : public ContentReader, public ContentWriter, public std::enable_shared_from_this<Repository>
{
public:
    Repository(std::shared_ptr<RegistryClient> client, QString path);
    ~Repository() override;
    Q_DISABLE_COPY_MOVE(Repository)

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const std::shared_ptr<RegistryClient>& client() const { return m_client; }

    Task<Result<Descriptor>> resolve(QString tagOrDigest, std::stop_token stop) override;
    Task<Result<ManifestContent>> fetchManifest(QString tagOrDigest, std::stop_token stop) override;
    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset, std::stop_token stop) override;

    //! By the referrers API, else from the tag that clients keep in its stead.
    Task<Result<QList<Descriptor>>> referrers(Digest subject, std::stop_token stop) override;

    Task<Result<Presence>> blobPresence(Descriptor blob, std::stop_token stop) override;
    Task<Result<Presence>> manifestPresence(Descriptor manifest, std::stop_token stop) override;
    Task<Result<std::optional<Descriptor>>> current(QString tag, std::stop_token stop) override;
    Task<Result<void>> pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                std::stop_token stop) override;
    Task<Result<Descriptor>> pushStream(StreamedBlob stream, ProgressCallback progress,
                                        std::stop_token stop) override;
    Task<Result<bool>> mountBlob(Descriptor blob, QString fromRepository, std::stop_token stop) override;
    //! A manifest with a `subject` is also entered where a reader looks for it, if the registry does not do
    //! that itself (registry/referrerstag.h).
    Task<Result<void>> pushManifest(ManifestContent manifest, QStringList tags,
                                    std::stop_token stop) override;

    //! Gives up the upload that the registry opened in place of a mount of \a blob, which will not be pushed.
    [[nodiscard]] Task<void> forgetMount(Descriptor blob);

    //! One page of tags, null and invalid entries dropped; NotFound for a repository that does not exist.
    [[nodiscard]] Task<Result<ListPage>> tags(QUrl page, std::stop_token stop);
    [[nodiscard]] Task<Result<QStringList>> allTags(std::stop_token stop);
    //! Digest of each tag by HEAD, several at once, in the order asked; a tag that vanished meanwhile is left
    //! out.
    [[nodiscard]] Task<Result<QList<TagInfo>>> tagTargets(QStringList tags, std::stop_token stop);
    //! Manifest, children and configs as a page shows them.
    [[nodiscard]] Task<Result<RemoteImage>> describe(QString tagOrDigest, std::stop_token stop);
    //! Removes one tag and nothing else, or Unsupported where the registry cannot.
    [[nodiscard]] Task<Result<void>> removeTag(QString tag, std::stop_token stop);
    //! Removes a manifest with **all** its tags. One with a `subject` also leaves the list of what refers to
    //! that, where clients keep it (registry/referrerstag.h); what goes wrong with the list is told although
    //! the manifest is gone.
    [[nodiscard]] Task<Result<void>> removeManifest(Digest digest, std::stop_token stop);
    //! Is this profile allowed to push here? Opens and cancels an upload session. Denied or Unauthorized
    //! where not.
    [[nodiscard]] Task<Result<void>> checkPush(std::stop_token stop);

private:
    struct OpenUploads;
    static Task<Result<void>> pushBlobTo(std::shared_ptr<Repository> self,
                                         std::shared_ptr<OpenUploads> uploads, Descriptor blob,
                                         SourceFactory open, ProgressCallback progress, std::stop_token stop);
    static Task<Result<Descriptor>> pushStreamTo(std::shared_ptr<Repository> self,
                                                 std::shared_ptr<OpenUploads> uploads, StreamedBlob stream,
                                                 ProgressCallback progress, std::stop_token stop);
    static Task<Result<bool>> mountOrOpen(std::shared_ptr<Repository> self,
                                          std::shared_ptr<OpenUploads> uploads, Descriptor blob, QString from,
                                          std::stop_token stop);

    std::shared_ptr<RegistryClient> m_client;
    QString m_path;
    std::shared_ptr<OpenUploads> m_uploads;
    std::shared_ptr<QHash<Digest, QByteArray>> m_etags; //!< of blobs that were read
};

} // namespace Tagboat
