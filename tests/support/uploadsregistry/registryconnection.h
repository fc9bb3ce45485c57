// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registrystate.h"

#include "support/sabotageproxy/httpframer.h"

#include <QFile>
#include <QObject>
#include <QTcpSocket>

namespace Tagboat::Testing {

//! One connection to the registry; goes with it.
class RegistryConnection : public QObject
{
    Q_OBJECT

public:
    RegistryConnection(UploadsRegistry::State& state, qintptr descriptor, QObject* parent);
    ~RegistryConnection() override;

private:
    [[nodiscard]] HttpFramer::Framing head(const QByteArray& head);
    void payload(const QByteArray& bytes);
    void end();
    void send(RegistryReply reply);
    void sendMore();

    UploadsRegistry::State& m_state;
    QTcpSocket m_socket;
    HttpFramer m_framer;
    RegistryRequest m_request;
    RegistryWork m_work;
    QByteArray m_body;
    bool m_isNew = true;
    bool m_isRefused = false; //!< answered by its head: what else comes belongs to nothing
    QFile m_file;             //!< on its way out
    qint64 m_left = 0;
};

} // namespace Tagboat::Testing
