// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/asyncsemaphore.h"
#include "net/activity.h"
#include "net/target.h"

#include <QNetworkReply>
#include <QPointer>

class QNetworkAccessManager;

namespace Tagboat {

//! One request in the clear that QNetworkAccessManager carries, from its start to the end of the reply's
//! body.
class Exchange
{
public:
    //! \a permit is the connection's place, kept as long as the reply needs it.
    Exchange(std::shared_ptr<QNetworkAccessManager> manager, const HttpRequest& request, const Target& target,
             AsyncSemaphore::Permit permit);
    ~Exchange();
    Q_DISABLE_COPY_MOVE(Exchange)

    //! Returns when status and headers are here.
    [[nodiscard]] static Task<Result<void>> waitForHead(std::shared_ptr<Exchange> self, std::stop_token stop);
    //! The next piece of the body; empty at its end.
    [[nodiscard]] static Task<Result<QByteArray>> read(std::shared_ptr<Exchange> self, qint64 maxSize,
                                                       std::stop_token stop);

    [[nodiscard]] int status() const;
    [[nodiscard]] HttpHeaders headers() const;
    //! Of the body, as far as announced.
    [[nodiscard]] qint64 bytesLeft() const;

private:
    [[nodiscard]] Error failure() const;
    [[nodiscard]] Result<void> checkEnd() const;

    std::shared_ptr<QNetworkAccessManager> m_manager; // lives longer than its reply
    std::chrono::milliseconds m_idleTimeout;
    bool m_isBodyless; // HEAD
    std::shared_ptr<Activity> m_activity;
    AsyncSemaphore::Permit m_permit;
    QPointer<QNetworkReply> m_reply;
    qint64 m_received = 0;
    QObject m_context; // last: its connections end first
};

//! The body of an exchange, for its reader; the rest is aborted when it is dropped.
[[nodiscard]] ByteSourcePtr replySource(std::shared_ptr<Exchange> exchange);

} // namespace Tagboat
