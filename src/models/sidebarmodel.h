// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "models/roles.h"

#include <QAbstractItemModel>

#include <vector>

namespace Tagboat {

//! How an account's last contact with its registry went.
enum class ConnectionState { Unknown, Connecting, Connected, Unencrypted, NeedsLogin, Failed };

/*!
 * \brief The places of the window: groups with their entries, figures and states.
 *
 * Images: this computer. Registries: a row per account, then "Add account…". Activity: transfers with a count
 * and the total progress.
 */
class SidebarModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Place { None, Images, Registry, AddAccount, Transfers };
    Q_ENUM(Place)
    enum OwnRole : int { PlaceRole = Role::FirstOwnRole, ProfileId };

    explicit SidebarModel(QObject* parent = nullptr);

    void setImageCount(int images);
    void setProfiles(const QList<Profile>& profiles);
    //! \a words stands behind the address: "HTTP", "token expired".
    void setConnection(const QString& profileId, ConnectionState state, const QString& words = {});
    //! \a progress 0…1 over all running ones, negative: unknown. Paused ones show where none is running.
    void setTransfers(int running, double progress, int paused = 0);
    void retranslate();

    [[nodiscard]] QModelIndex indexOf(Place place, const QString& profileId = {}) const;
    [[nodiscard]] Place place(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    enum Group { ImagesGroup, RegistriesGroup, ActivityGroup, GroupCount };
    struct Account
    {
        Profile profile;
        ConnectionState state = ConnectionState::Unknown;
        QString words = {};
    };
    [[nodiscard]] QVariant accountData(const Account& account, int role) const;
    void changed(const QModelIndex& index);

    int m_images = -1;
    std::vector<Account> m_accounts;
    int m_running = 0, m_paused = 0;
    double m_progress = -1;
};

} // namespace Tagboat
