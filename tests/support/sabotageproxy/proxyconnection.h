// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "httpframer.h"
#include "proxyshared.h"

#include <QObject>
#include <QTcpSocket>

#include <deque>
#include <optional>

namespace Tagboat::Testing {

//! One client's connection with its own connection to the server behind. Deletes itself when both are closed.
class ProxyConnection : public QObject
{
    Q_OBJECT

public:
    ProxyConnection(std::shared_ptr<SabotageProxy::Shared> shared, qintptr client, quint16 serverPort,
                    QObject* parent);
    ~ProxyConnection() override;

    void release();

private:
    //! One way of the two.
    struct Way
    {
        QTcpSocket* from = nullptr;
        QTcpSocket* to = nullptr;
        HttpFramer framer;
        qint64 passed = 0; //!< payload of the message under way
        bool isStalled = false;
        bool isPaced = false; //!< the line is not free before a timer has run
        QByteArray held;      //!< came to light while stalled
    };
    struct Exchange
    {
        qsizetype number = -1;
        QByteArray method;
        std::optional<Sabotage> sabotage;
    };

    void readFrom(Way& way);
    void pass(Way& way, const QByteArray& bytes);
    void payload(Way& way, QByteArray bytes);
    [[nodiscard]] bool concerns(const Way& way) const;
    [[nodiscard]] HttpFramer::Framing requestHead(const QByteArray& head);
    [[nodiscard]] HttpFramer::Framing replyHead(const QByteArray& head);
    void requestEnd();
    void answer();
    void cut();
    void cutAfterArrival(const Way& way);
    void endRequests();
    void abort();
    void stall(Way& way);
    void sideClosed();

    std::shared_ptr<SabotageProxy::Shared> m_shared;
    QTcpSocket m_client, m_server;
    Way m_request, m_reply;
    Exchange m_exchange;
    bool m_isCut = false;
    bool m_isEndingRequests = false; //!< the server shall see an orderly end
    bool m_isAnswering = false;
};

} // namespace Tagboat::Testing
