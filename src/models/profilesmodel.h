// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "models/roles.h"

#include <QAbstractListModel>

#include <vector>

namespace Tagboat {

//! Accounts, for the combo boxes of dialogs: "Docker Hub — alice". Merged, never reset.
class ProfilesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum OwnRole : int { ProfileId = Role::FirstOwnRole, Registry };

    explicit ProfilesModel(QObject* parent = nullptr);
    void setProfiles(const QList<Profile>& profiles);
    [[nodiscard]] const Profile*
    profile(const QModelIndex& index) const;                 //!< valid until the next setProfiles()
    [[nodiscard]] int rowOf(const QString& profileId) const; //!< -1: not there
    //! The default account of a registry, else its first one; -1: none.
    [[nodiscard]] int rowForRegistry(const QString& registry) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<Profile> m_profiles;
};

//! "alice@docker.io", or the host alone for an anonymous account.
[[nodiscard]] QString accountAddress(const Profile& profile);

} // namespace Tagboat
