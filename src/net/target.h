// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <QNetworkProxy>

namespace Tagboat {

//! Where one request really goes: its address and how that host is to be spoken to.
struct Target
{
    QUrl url;
    HostPolicy policy;
    QString unixSocket;

    [[nodiscard]] bool isTls() const;
    //! The name or address to connect to and its port, `policy.connectTo` considered.
    [[nodiscard]] QString connectHost() const;
    [[nodiscard]] quint16 connectPort() const;
    //! Through which it is reached: that of the policy, else what the environment says.
    [[nodiscard]] QNetworkProxy proxy() const;
    //! Nothing that is sent there leaves this machine by itself.
    [[nodiscard]] bool isOnThisMachine() const;
    //! Two targets with one key may share a connection.
    [[nodiscard]] QString key() const;
};

} // namespace Tagboat
