// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sidebarmodel.h"

#include "models/profilesmodel.h"
#include "models/rowdiff.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr quintptr TopLevel = 0; // rows of a group carry the group's number + 1

Tone toneOf(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Connected:
        return Tone::Ok;
    case ConnectionState::Unencrypted:
    case ConnectionState::NeedsLogin:
        return Tone::Warning;
    case ConnectionState::Failed:
        return Tone::Error;
    default:
        return Tone::Muted;
    }
}

} // namespace

SidebarModel::SidebarModel(QObject* parent) : QAbstractItemModel(parent) { }

void SidebarModel::changed(const QModelIndex& index)
{
    Q_EMIT dataChanged(index, index);
}

void SidebarModel::setImageCount(int images)
{
    if (images == m_images)
        return;
    m_images = images;
    changed(indexOf(Place::Images));
}

void SidebarModel::setProfiles(const QList<Profile>& profiles)
{
    const QModelIndex group = index(RegistriesGroup, 0);
    RowChanges changes;
    changes.beginInsert = [&](int first, int last) { beginInsertRows(group, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [&](int first, int last) { beginRemoveRows(group, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [&](int from, int to) { beginMoveRows(group, from, from, group, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [&](int row) { changed(index(row, 0, group)); };
    updateRows(
        m_accounts, profiles, [](const Account& a) { return a.profile.id; },
        [](const Profile& p) { return p.id; }, [](const Profile& p) { return Account{p}; },
        [](Account& account, const Profile& fresh) {
            if (account.profile == fresh)
                return false;
            account.profile = fresh;
            return true;
        },
        changes);
}

void SidebarModel::setConnection(const QString& profileId, ConnectionState state, const QString& words)
{
    const QModelIndex row = indexOf(Place::Registry, profileId);
    if (!row.isValid())
        return;
    Account& account = m_accounts[std::size_t(row.row())];
    account.state = state;
    account.words = words;
    changed(row);
}

void SidebarModel::setTransfers(int running, double progress, int paused)
{
    if (running == m_running && paused == m_paused && qFuzzyCompare(progress + 2, m_progress + 2))
        return;
    m_running = running;
    m_paused = paused;
    m_progress = progress;
    changed(indexOf(Place::Transfers));
}

void SidebarModel::retranslate()
{
    for (int group = 0; group < GroupCount; ++group) {
        const QModelIndex top = index(group, 0);
        changed(top);
        Q_EMIT dataChanged(index(0, 0, top), index(rowCount(top) - 1, 0, top));
    }
}

QModelIndex SidebarModel::indexOf(Place place, const QString& profileId) const
{
    switch (place) {
    case Place::Images:
        return index(0, 0, index(ImagesGroup, 0));
    case Place::Transfers:
        return index(0, 0, index(ActivityGroup, 0));
    case Place::AddAccount:
        return index(int(m_accounts.size()), 0, index(RegistriesGroup, 0));
    case Place::Registry:
        for (std::size_t i = 0; i < m_accounts.size(); ++i) {
            if (m_accounts[i].profile.id == profileId)
                return index(int(i), 0, index(RegistriesGroup, 0));
        }
        return {};
    default:
        return {};
    }
}

SidebarModel::Place SidebarModel::place(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == TopLevel)
        return Place::None;
    switch (index.internalId() - 1) {
    case ImagesGroup:
        return Place::Images;
    case RegistriesGroup:
        return index.row() < int(m_accounts.size()) ? Place::Registry : Place::AddAccount;
    default:
        return Place::Transfers;
    }
}

QModelIndex SidebarModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : TopLevel);
}

QModelIndex SidebarModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == TopLevel)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, TopLevel);
}

int SidebarModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return GroupCount;
    if (parent.internalId() != TopLevel || parent.column() != 0)
        return 0;
    return parent.row() == RegistriesGroup ? int(m_accounts.size()) + 1 : 1;
}

int SidebarModel::columnCount(const QModelIndex&) const
{
    return 1;
}

Qt::ItemFlags SidebarModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    return index.internalId() == TopLevel
        ? Qt::ItemIsEnabled
        : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant SidebarModel::accountData(const Account& account, int role) const
{
    const QString address = accountAddress(account.profile);
    switch (role) {
    case Qt::DisplayRole:
        return account.profile.name;
    case Role::Subtitle:
        if (!account.words.isEmpty())
            return QString(address + u" \u00b7 "_s + account.words);
        return account.profile.isDefault && !account.profile.isAnonymous()
            ? QString(address + u" \u00b7 "_s + tr("default"))
            : address;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: {
        const QString text = [&] {
            switch (account.state) {
            case ConnectionState::Connected:
                return tr("%1: connected");
            case ConnectionState::Unencrypted:
                return tr("%1: connected, without encryption");
            case ConnectionState::Connecting:
                return tr("%1: connecting");
            case ConnectionState::NeedsLogin:
                return tr("%1: the login was not accepted");
            case ConnectionState::Failed:
                return tr("%1: not reachable");
            default:
                return tr("%1: not asked yet");
            }
        }();
        return text.arg(address);
    }
    case Role::StatusTone:
        return QVariant::fromValue(toneOf(account.state));
    case ProfileId:
        return account.profile.id;
    default:
        return {};
    }
}

QVariant SidebarModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == PlaceRole)
        return QVariant::fromValue(place(index));
    if (index.internalId() == TopLevel) {
        if (role == Role::IsGroup)
            return true;
        if (role != Qt::DisplayRole)
            return {};
        switch (index.row()) {
        case ImagesGroup:
            return tr("Images");
        case RegistriesGroup:
            return tr("Registries");
        default:
            return tr("Activity");
        }
    }
    switch (place(index)) {
    case Place::Images:
        switch (role) {
        case Qt::DisplayRole:
            return tr("This computer");
        case Role::IconName:
            return u"computer"_s;
        case Role::Count:
            return m_images < 0 ? QString() : QLocale().toString(m_images);
        default:
            return {};
        }
    case Place::Registry:
        return accountData(m_accounts[std::size_t(index.row())], role);
    case Place::AddAccount:
        switch (role) {
        case Qt::DisplayRole:
            return tr("Add account…");
        case Role::IconName:
            return u"add"_s;
        default:
            return {};
        }
    case Place::Transfers:
        switch (role) {
        case Qt::DisplayRole:
            return tr("Transfers");
        case Role::IconName:
            return u"transfers"_s;
        case Role::Badges:
            if (m_running > 0)
                return QVariant::fromValue(QList<Badge>{{QLocale().toString(m_running), Tone::Info}});
            return m_paused > 0
                ? QVariant::fromValue(QList<Badge>{{tr("%n paused", "transfers", m_paused), Tone::Warning}})
                : QVariant();
        case Role::Progress:
            return m_running > 0 ? m_progress : -1.0;
        case Qt::AccessibleDescriptionRole:
            return m_running == 0 && m_paused > 0 ? tr("%n paused", "transfers", m_paused)
                                                  : tr("%n running", "transfers", m_running);
        default:
            return {};
        }
    default:
        return {};
    }
}

} // namespace Tagboat
