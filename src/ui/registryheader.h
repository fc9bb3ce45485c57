// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "registry/registryclient.h"

#include <QObject>

#include <optional>

class QBoxLayout;
class QLabel;

namespace Tagboat {

struct Badge;
class BadgeLabel;

//! The head of the registry page: who one is there, and in badges how the registry answered.
class RegistryHeader : public QObject
{
    Q_OBJECT

public:
    //! Fills the labels and puts its badges into \a badges; they belong to \a page.
    RegistryHeader(QLabel* title, QLabel* host, QBoxLayout* badges, QWidget* page);

    //! Without a \a status there are no badges: it has not answered.
    void show(const Profile& profile, const std::optional<RegistryStatus>& status,
              const RegistrySettings& settings);

private:
    [[nodiscard]] static Badge expiryBadge(const QDateTime& expires);

    QLabel *m_title, *m_host;
    BadgeLabel *m_scheme, *m_ca, *m_login, *m_expiry, *m_latency;
};

} // namespace Tagboat
