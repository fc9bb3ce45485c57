// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/credentialsource.h"
#include "workbench/manifestcache.h"
#include "workbench/newsmemory.h"
#include "workbench/session.h"

#include <QHash>
#include <QObject>

namespace Tagboat {

//! What a session holds, in the order in which it may be taken apart (last first: the queue before what it
//! uses).
struct Session::Private
{
    SessionPaths paths;
    std::shared_ptr<ImageStore> store;
    std::shared_ptr<ProfileStore> profiles;
    std::shared_ptr<Keychain> keychain;
    std::shared_ptr<HttpClient> http;
    std::shared_ptr<Journal> journal;
    std::shared_ptr<ManifestCache> manifests;
    std::shared_ptr<NewsMemory> news;
    QHash<QString, std::shared_ptr<RegistryClient>> clients;
    QHash<QString, std::optional<Credential>> acting; //!< by registry: actAs()
    //! By registry and secret: what the token server gave in place of an identity token when a login with it
    //! was tried, and is to be saved in its stead.
    using ReplacedSecrets = QHash<std::pair<QString, QString>, QString>;
    std::shared_ptr<ReplacedSecrets> replaced = std::make_shared<ReplacedSecrets>();
    std::unique_ptr<TransferQueue> queue;
    //! Where the store's workers bring what they did to names: an address on the session's thread.
    std::unique_ptr<QObject> nameNotes;
    std::function<void(const QList<NameMove>&)> namesMoved;

    void noteNames(const NameChanges& changes);

    //! ProfileStore::choose, unless actAs() said otherwise: then an unsaved profile, or none.
    [[nodiscard]] Result<IdentityChoice> choose(const IdentityQuestion& question,
                                                const QString& profile) const;
    void noteUse(const IdentityChoice& acting) const; //!< the profile is used now
};

} // namespace Tagboat
