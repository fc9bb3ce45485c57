// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/wireexchange.h"

#include "net/bodysender.h"
#include "net/httpwire.h"
#include "net/origin.h"
#include "net/plainprobe.h"
#include "net/requestheaders.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A reply on its way: the line, and what is left to read of it.
struct Reply
{
    std::shared_ptr<LinePool> pool;
    Target target;
    std::shared_ptr<Line> line;
    std::shared_ptr<Activity> activity;
    ReplyHead head;
    BodyDecoder body;
    bool isRequestComplete = false;

    ~Reply() { letGo(); }

    //! The line had served before, and went down without a word about this request.
    [[nodiscard]] bool isStale() const
    {
        return head.status == 0 && line->hasServed() && line->received().isEmpty();
    }

    //! Anything but a complete reply to a complete request leaves bytes on the line that belong to nobody.
    void letGo()
    {
        if (line && isRequestComplete && body.isComplete() && head.isPersistent)
            pool->giveBack(target, line);
        line.reset();
    }
};

class WireSource : public ByteSource
{
public:
    explicit WireSource(std::shared_ptr<Reply> reply) : m_reply(std::move(reply)) { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_reply, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_reply->body.bytesLeft(); }

private:
    static Task<Result<QByteArray>> readFrom(std::shared_ptr<Reply> reply, qint64 maxSize,
                                             std::stop_token stop)
    {
        while (reply->line && !reply->body.isComplete()) {
            // What was left of the piece before, for want of a whole block, had better come with the next.
            if (reply->line->received().size() < PieceAlignment)
                reply->line->resumeReading();
            auto piece = reply->body.take(reply->line->received(), maxSize);
            if (!piece || !piece->isEmpty())
                co_return piece;
            if (reply->body.isComplete())
                break;
            // What is left may be a part of a chunk's first line: only more of it helps. A line that is
            // closed may still have some.
            const qsizetype before = reply->line->received().size();
            reply->line->resumeReading();
            if (reply->line->received().size() > before)
                continue;
            if (!reply->line->isUp()) {
                if (reply->body.endsWithConnection())
                    break;
                co_return fail(cutOff(*reply));
            }
            auto moved = co_await Activity::wait(reply->activity, stop);
            if (!moved)
                co_return std::unexpected(std::move(moved.error()));
        }
        reply->letGo();
        co_return QByteArray();
    }

    //! What went wrong with the line, and where.
    static Error cutOff(const Reply& reply)
    {
        Error failure = reply.line->failure();
        const qint64 left = reply.body.bytesLeft();
        const qint64 size = announcedLength(reply.head.headers);
        if (left > 0 && failure.code == Error::Code::Network)
            failure.message = u"the connection ended after %1 of %2 bytes: %3"_s.arg(size - left)
                                  .arg(size)
                                  .arg(failure.message);
        return failure;
    }

    std::shared_ptr<Reply> m_reply;
};

//! True when the reply's head is here.
Result<bool> lookForHead(Reply& reply)
{
    auto head = takeReplyHead(reply.line->received());
    if (!head)
        return std::unexpected(std::move(head.error()));
    if (!head->has_value())
        return false;
    reply.head = std::move(**head);
    return true;
}

//! False once the server has said that it does not want the request's body.
Result<bool> isBodyWanted(Reply& reply)
{
    if (reply.head.status == 0) {
        auto isHere = lookForHead(reply);
        if (!isHere)
            return std::unexpected(std::move(isHere.error()));
    }
    return reply.head.status < 300;
}

//! Without a head where the line goes down.
Task<Result<void>> waitForHead(std::shared_ptr<Reply> reply, std::chrono::milliseconds idleTimeout,
                               std::chrono::milliseconds replyTimeout, std::stop_token stop)
{
    while (reply->head.status == 0) {
        auto isHere = lookForHead(*reply);
        if (!isHere)
            co_return std::unexpected(std::move(isHere.error()));
        if (*isHere)
            break;
        if (!reply->line->isUp())
            break;
        const bool isAllSent = reply->isRequestComplete && reply->line->bytesToWrite() == 0;
        reply->activity->setIdleTimeout(isAllSent ? std::max(idleTimeout, replyTimeout) : idleTimeout);
        auto moved = co_await Activity::wait(reply->activity, stop);
        if (!moved)
            co_return std::unexpected(std::move(moved.error()));
    }
    reply->activity->setIdleTimeout(idleTimeout);
    co_return Result<void>();
}

Result<QByteArray> headOf(const HttpRequest& request, const Target& target)
{
    HttpHeaders fields;
    fields.set("Host", hostAndPort(target.url).toLatin1());
    const HttpHeaders wanted = wireHeaders(request);
    for (const auto& [name, value] : wanted.fields())
        fields.add(name, value);
    const bool mayHaveBody = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (request.bodySource && request.bodySize < 0)
        fields.set("Transfer-Encoding", "chunked");
    else if (request.bodySource || mayHaveBody)
        fields.set("Content-Length", QByteArray::number(request.bodySize));
    return requestHead(request.method, target.url, fields);
}

//! Sends the request and waits for the head of its reply; without one where the line went down.
Task<Result<std::shared_ptr<Reply>>> exchangeHeads(std::shared_ptr<LinePool> pool, HttpRequest request,
                                                   Target target, std::stop_token stop)
{
    const auto requestHead = headOf(request, target);
    if (!requestHead)
        co_return fail(requestHead.error());
    const auto activity = std::make_shared<Activity>(request.idleTimeout);
    auto line = co_await LinePool::take(pool, target, activity, stop);
    if (!line)
        co_return std::unexpected(std::move(line.error()));
    if (!(*line)->isUp()) {
        Error failure = (*line)->failure();
        if ((*line)->failedInHandshake())
            failure = co_await explainHandshake(target, failure, stop);
        co_return fail(std::move(failure));
    }
    const auto reply = std::make_shared<Reply>(pool, target, std::move(*line), activity);
    reply->line->write(*requestHead);
    const BodyWanted isWanted = [reply] { return isBodyWanted(*reply); };
    auto sent = co_await sendBody(reply->line, activity, request, isWanted, stop);
    if (!sent)
        co_return std::unexpected(std::move(sent.error()));
    reply->isRequestComplete = *sent;
    auto answered = co_await waitForHead(reply, request.idleTimeout, request.replyTimeout, stop);
    if (!answered)
        co_return std::unexpected(std::move(answered.error()));
    co_return reply;
}

} // namespace

Task<Result<HttpStream>> sendOverLine(std::shared_ptr<LinePool> pool, HttpRequest request, Target target,
                                      std::stop_token stop)
{
    // What is in memory can be sent again.
    const bool isInMemory = !request.bodySource;
    const QByteArray bytes = std::exchange(request.body, {});
    const auto prepare = [&request, &bytes, isInMemory] {
        if (!isInMemory)
            return;
        request.bodySize = bytes.size();
        if (!bytes.isEmpty())
            request.bodySource = memorySource(bytes);
    };
    prepare();
    auto reply = co_await exchangeHeads(pool, request, target, stop);
    // Closed by the server the moment it was taken, as it seems; it may also have done what was asked.
    const bool mayRepeat =
        isInMemory && (request.isRepeatable || request.method == "GET" || request.method == "HEAD");
    while (reply && (*reply)->isStale() && mayRepeat) {
        prepare();
        reply = co_await exchangeHeads(pool, request, target, stop);
    }
    if (!reply)
        co_return std::unexpected(std::move(reply.error()));
    if ((*reply)->head.status == 0)
        co_return fail((*reply)->line->failure());
    auto body = BodyDecoder::make(request.method, (*reply)->head);
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    (*reply)->body = *body;

    HttpStream stream;
    stream.status = (*reply)->head.status;
    stream.headers = (*reply)->head.headers;
    stream.url = target.url;
    stream.contentLength = announcedLength(stream.headers);
    stream.body = std::make_shared<WireSource>(*reply);
    co_return Result<HttpStream>(std::move(stream));
}

} // namespace Tagboat
