// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/exchange.h"

#include "net/failure.h"
#include "net/origin.h"
#include "net/requestheaders.h"

#include <QHttpHeaders>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Enough for the line to be busy while the reader is; what a fast server sends a slow reader stays in the
//! network.
constexpr qint64 ReadBufferSize = 8 * PieceSize;

QUrl wireUrl(const Target& target)
{
    QUrl url = target.url;
    url.setUserInfo({});
    url.setFragment({});
    if (!target.policy.connectTo.isEmpty()) {
        url.setHost(target.connectHost());
        url.setPort(target.connectPort());
    }
    return url;
}

QNetworkRequest networkRequest(const HttpRequest& request, const Target& target)
{
    QNetworkRequest made(wireUrl(target));
    QHttpHeaders fields;
    const HttpHeaders wanted = wireHeaders(request);
    for (const auto& [name, value] : wanted.fields())
        fields.append(name, value);
    const bool isElsewhere = !target.policy.connectTo.isEmpty();
    if (isElsewhere)
        fields.replaceOrAppend(QHttpHeaders::WellKnownHeader::Host, hostAndPort(target.url));
    // Qt sends none with an empty body of a method that it does not know; servers answer 411 to that.
    if (request.body.isEmpty()
        && (request.method == "POST" || request.method == "PUT" || request.method == "PATCH"))
        fields.replaceOrAppend(QHttpHeaders::WellKnownHeader::ContentLength, "0");
    made.setHeaders(std::move(fields));

    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    made.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return made;
}

QNetworkReply* start(QNetworkAccessManager& manager, const QNetworkRequest& made, const HttpRequest& request)
{
    // head() because Qt waits for a body that never comes when HEAD is a custom verb.
    if (request.method == "HEAD")
        return manager.head(made);
    if (request.method == "GET" && request.body.isEmpty())
        return manager.get(made);
    if (request.method == "POST")
        return manager.post(made, request.body);
    if (request.method == "PUT")
        return manager.put(made, request.body);
    if (request.method == "DELETE" && request.body.isEmpty())
        return manager.deleteResource(made);
    return manager.sendCustomRequest(made, request.method, request.body);
}

class ReplySource : public ByteSource
{
public:
    explicit ReplySource(std::shared_ptr<Exchange> exchange) : m_exchange(std::move(exchange)) { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return Exchange::read(m_exchange, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_exchange->bytesLeft(); }

private:
    std::shared_ptr<Exchange> m_exchange;
};

} // namespace

Exchange::Exchange(std::shared_ptr<QNetworkAccessManager> manager, const HttpRequest& request,
                   const Target& target, AsyncSemaphore::Permit permit)
    : m_manager(std::move(manager)), m_idleTimeout(request.idleTimeout),
      m_isBodyless(request.method == "HEAD"), m_activity(std::make_shared<Activity>(request.idleTimeout)),
      m_permit(std::move(permit)), m_reply(start(*m_manager, networkRequest(request, target), request))
{
    m_reply->setReadBufferSize(ReadBufferSize);
    const auto raise = [activity = m_activity] { activity->raise(); };
    const auto note = [activity = m_activity] { activity->moved(); };
    QObject::connect(m_reply, &QNetworkReply::metaDataChanged, &m_context, raise);
    QObject::connect(m_reply, &QNetworkReply::readyRead, &m_context, raise);
    QObject::connect(m_reply, &QNetworkReply::finished, &m_context, raise);
    QObject::connect(m_reply, &QNetworkReply::uploadProgress, &m_context, note);
    // Its body is small, so that it is on its way as well.
    const auto replyTimeout = std::max(request.idleTimeout, request.replyTimeout);
    QObject::connect(m_reply, &QNetworkReply::requestSent, &m_context, [this, replyTimeout] {
        m_activity->moved();
        m_activity->setIdleTimeout(replyTimeout);
    });
}

Exchange::~Exchange()
{
    if (!m_reply)
        return;
    m_reply->disconnect(&m_context);
    m_reply->abort();
    m_reply->deleteLater();
}

Task<Result<void>> Exchange::waitForHead(std::shared_ptr<Exchange> self, std::stop_token stop)
{
    while (self->m_reply && self->status() == 0 && !self->m_reply->isFinished()) {
        auto moved = co_await Activity::wait(self->m_activity, stop);
        if (!moved)
            co_return std::unexpected(std::move(moved.error()));
    }
    if (self->status() == 0)
        co_return std::unexpected(self->failure());
    self->m_activity->setIdleTimeout(self->m_idleTimeout);
    co_return Result<void>();
}

Task<Result<QByteArray>> Exchange::read(std::shared_ptr<Exchange> self, qint64 maxSize, std::stop_token stop)
{
    while (true) {
        if (stop.stop_requested())
            co_return cancelled();
        if (!self->m_reply)
            co_return std::unexpected(self->failure());
        QByteArray piece = self->m_reply->read(maxSize);
        if (!piece.isEmpty()) {
            self->m_received += piece.size();
            co_return Result<QByteArray>(std::move(piece));
        }
        if (self->m_reply->isFinished()) {
            auto end = self->checkEnd();
            if (!end)
                co_return std::unexpected(std::move(end.error()));
            self->m_permit.release();
            co_return QByteArray();
        }
        auto moved = co_await Activity::wait(self->m_activity, stop);
        if (!moved)
            co_return std::unexpected(std::move(moved.error()));
    }
}

int Exchange::status() const
{
    return m_reply ? m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
}

HttpHeaders Exchange::headers() const
{
    HttpHeaders fields;
    if (!m_reply)
        return fields;
    const QHttpHeaders received = m_reply->headers();
    for (qsizetype i = 0; i < received.size(); ++i) {
        const auto name = received.nameAt(i);
        fields.add(QByteArray(name.data(), name.size()), received.valueAt(i).toByteArray());
    }
    return fields;
}

qint64 Exchange::bytesLeft() const
{
    const qint64 length = m_isBodyless || status() == 204 || status() == 304 ? 0 : announcedLength(headers());
    return length < 0 ? -1 : length - m_received;
}

Error Exchange::failure() const
{
    if (!m_reply)
        return Error::make(Error::Code::Internal, {}, u"the HTTP client has gone"_s);
    return replyFailure(m_reply->error(), m_reply->errorString());
}

Result<void> Exchange::checkEnd() const
{
    if (isTransportError(m_reply->error()))
        return std::unexpected(failure());
    const qint64 left = bytesLeft();
    if (left > 0) {
        return fail(Error::Code::Network, {},
                    u"the connection ended after %1 of %2 bytes"_s.arg(m_received).arg(m_received + left));
    }
    return {};
}

ByteSourcePtr replySource(std::shared_ptr<Exchange> exchange)
{
    return std::make_shared<ReplySource>(std::move(exchange));
}

} // namespace Tagboat
