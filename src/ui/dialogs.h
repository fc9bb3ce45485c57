// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "store/imagestore.h"

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

// The doors to the dialogs: each opens one over `parent` and returns at once; nothing blocks. A dialog
// deletes itself when it is closed. Jobs that a dialog starts are seen on the Transfers page.
namespace Tagboat {

class Workbench;

using ProfileCallback = std::function<void(const Profile&)>;

//! What of a connection's settings an error leads to.
enum class ConnectionField { None, CaFile, ClientCertificate, ConnectTo };

//! Log in to a registry. \a registry (may be empty) is filled in; \a then follows when the account is saved.
void openAddAccountDialog(Workbench& workbench, QWidget* parent, const QString& registry = {},
                          ProfileCallback then = {});
//! Change an account's secret, name or registry settings. \a profile is an id or a name, \a field what it is
//! opened for.
void openEditAccountDialog(Workbench& workbench, QWidget* parent, const QString& profile,
                           ProfileCallback then = {}, ConnectionField field = ConnectionField::None);
//! How a registry is to be connected to: in its account where there is one. \a then follows when it was tried
//! and saved.
void openConnectionDialog(Workbench& workbench, QWidget* parent, const QString& registry,
                          ConnectionField field, const std::function<void()>& then);
//! Shows the certificate of a registry that is spoken to as \a settings say. \a then gets the fingerprint
//! (RegistrySettings::pinnedSha256) of the one that shall be trusted from now on.
void openTrustCertificateDialog(Workbench& workbench, QWidget* parent, const QString& registry,
                                const RegistrySettings& settings,
                                const std::function<void(const QString&)>& then);
//! Logins of docker and podman become accounts.
void openImportLoginsDialog(Workbench& workbench, QWidget* parent);
//! Forget an account and its secret.
void openLogoutDialog(Workbench& workbench, QWidget* parent, const QString& profileId);
//! \a name (canonical) is the one of the image's names that was chosen; empty: none.
void openPushDialog(Workbench& workbench, QWidget* parent, const StoredImage& image,
                    const QString& name = {});
//! \a reference and \a profileId are filled in where not empty.
void openPullDialog(Workbench& workbench, QWidget* parent, const QString& reference = {},
                    const QString& profileId = {});
//! For a platform ("linux/arm64") of an index that is here and keeps its names: \a reference names its
//! manifest by digest.
void openPullPlatformDialog(Workbench& workbench, QWidget* parent, const QString& reference,
                            const QString& platform);
void openTagDialog(Workbench& workbench, QWidget* parent, const StoredImage& image, const QString& name = {});
//! Remove names (canonical) and delete images (root digests) of this computer; shows first what goes and what
//! stays.
void openRemoveDialog(Workbench& workbench, QWidget* parent, const QStringList& names,
                      const QList<Digest>& images);
//! All images that stand on an outdated base, or are newer in their registry. One at a time: where it is
//! open already, it comes to the front. \a show gets the canonical name of an image that somebody wants to
//! see in the list.
void openOutdatedDialog(Workbench& workbench, QWidget* parent,
                        const std::function<void(const QString&)>& show = {});
void openCleanUpDialog(Workbench& workbench, QWidget* parent);
void openAboutBox(QWidget* parent);

} // namespace Tagboat
