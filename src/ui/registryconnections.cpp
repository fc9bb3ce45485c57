// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registryconnections.h"

#include "workbench/workbench.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The same account as far as its registry can tell: when it was last used changes all the time.
bool isSameLogin(const Profile& a, const Profile& b)
{
    return a.registry == b.registry && a.user == b.user;
}

} // namespace

RegistryConnections::RegistryConnections(Workbench& workbench, SidebarModel& places, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_places(places)
{
    connect(&workbench, &Workbench::registryChanged, this, [this](const QString& registry) {
        for (const Profile& profile : std::as_const(m_asked)) {
            if (profile.registry == registry)
                ask(profile.id);
        }
    });
}

void RegistryConnections::update(const QList<Profile>& profiles)
{
    QHash<QString, Profile> now;
    QStringList toAsk;
    for (const Profile& profile : profiles) {
        const auto known = m_asked.constFind(profile.id);
        if (known == m_asked.constEnd() || !isSameLogin(*known, profile))
            toAsk.append(profile.id);
        now.insert(profile.id, profile);
    }
    m_asked = now;
    for (const QString& id : std::as_const(toAsk))
        ask(id);
}

void RegistryConnections::ask(const QString& profileId)
{
    m_places.setConnection(profileId, ConnectionState::Connecting);
    m_workbench.ping(profileId).then(this, [this, profileId](const Result<RegistryStatus>& result) {
        if (result)
            showStatus(profileId, *result);
        else
            showError(profileId, result.error());
    });
}

void RegistryConnections::showStatus(const QString& profileId, const RegistryStatus& status)
{
    m_answers.insert(profileId, {.status = status, .error = {}});
    show(profileId);
}

void RegistryConnections::showError(const QString& profileId, const Error& error)
{
    m_answers.insert(profileId, {.status = {}, .error = error.code});
    show(profileId);
}

void RegistryConnections::show(const QString& profileId)
{
    const Answer answer = m_answers.value(profileId);
    if (answer.status) {
        const bool refused = answer.status->needsLogin && !answer.status->isLoggedIn;
        if (refused)
            m_places.setConnection(profileId, ConnectionState::NeedsLogin, tr("not logged in"));
        else if (answer.status->isPlainHttp)
            m_places.setConnection(profileId, ConnectionState::Unencrypted, tr("HTTP"));
        else
            m_places.setConnection(profileId, ConnectionState::Connected);
        return;
    }
    if (!answer.error)
        return;
    switch (*answer.error) {
    case Error::Code::Unauthorized:
    case Error::Code::Denied:
        m_places.setConnection(profileId, ConnectionState::NeedsLogin, tr("login refused"));
        break;
    case Error::Code::KeychainUnavailable:
        m_places.setConnection(profileId, ConnectionState::NeedsLogin, tr("keychain closed"));
        break;
    case Error::Code::Cancelled:
        m_places.setConnection(profileId, ConnectionState::Unknown);
        break;
    default:
        m_places.setConnection(profileId, ConnectionState::Failed, tr("not reachable"));
        break;
    }
}

void RegistryConnections::retranslate()
{
    for (auto it = m_answers.constBegin(); it != m_answers.constEnd(); ++it)
        show(it.key());
}

} // namespace Tagboat
