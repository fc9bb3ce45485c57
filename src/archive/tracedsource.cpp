// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/tracedsource.h"

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

class TracedSource : public ByteSource
{
public:
    TracedSource(ByteSourcePtr source, QString subject, std::function<void(qint64)> onBytes)
        : m_state(std::make_shared<State>(std::move(source), std::move(subject), std::move(onBytes)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->source->size(); }

private:
    struct State
    {
        ByteSourcePtr source;
        QString subject;
        std::function<void(qint64)> onBytes;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        auto piece = co_await state->source->read(maxSize, std::move(stop));
        if (!piece)
            co_return fail(aboutSubject(std::move(piece.error()), state->subject));
        if (state->onBytes && !piece->isEmpty())
            state->onBytes(piece->size());
        co_return Result<QByteArray>(std::move(*piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

ByteSourcePtr traced(ByteSourcePtr source, QString subject, std::function<void(qint64)> onBytes)
{
    return std::make_shared<TracedSource>(std::move(source), std::move(subject), std::move(onBytes));
}

Error aboutSubject(Error error, const QString& subject)
{
    if (error.code == Error::Code::Cancelled || error.subject == subject)
        return error;
    if (error.subject.isEmpty() || error.subject.startsWith(subject)) {
        error.subject = subject;
        return error;
    }
    error.message = error.subject + u": "_s + error.message;
    error.subject = subject;
    return error;
}

} // namespace Tagboat
