// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"
#include "models/sidebarmodel.h"
#include "registry/registryclient.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace Tagboat {

class Workbench;

//! Asks each account's registry whether it answers and accepts the login, and shows that in the sidebar.
class RegistryConnections : public QObject
{
    Q_OBJECT

public:
    RegistryConnections(Workbench& workbench, SidebarModel& places, QObject* parent = nullptr);
    //! Asks for accounts that are new or have changed.
    void update(const QList<Profile>& profiles);
    void ask(const QString& profileId);
    //! Answers, whoever asked.
    void showStatus(const QString& profileId, const RegistryStatus& status);
    void showError(const QString& profileId, const Error& error);
    void retranslate();

private:
    struct Answer
    {
        std::optional<RegistryStatus> status;
        std::optional<Error::Code> error;
    };
    void show(const QString& profileId);
    Workbench& m_workbench;
    SidebarModel& m_places;
    QHash<QString, Profile> m_asked;
    QHash<QString, Answer> m_answers;
};

} // namespace Tagboat
