// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/range.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Digits only: no sign, no blanks.
std::optional<qint64> number(QByteArrayView text)
{
    const bool isDigits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    bool isOk = false;
    const qint64 value = text.toByteArray().toLongLong(&isOk);
    return isDigits && isOk ? std::optional(value) : std::nullopt;
}

class SkippingSource : public ByteSource
{
public:
    SkippingSource(ByteSourcePtr source, qint64 count, QString subject)
        : m_state(std::make_shared<State>(std::move(source), count, std::move(subject)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readAfter(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override
    {
        const qint64 whole = m_state->source->size();
        return whole < 0 ? -1 : std::max<qint64>(0, whole - m_state->toSkip);
    }

private:
    struct State
    {
        ByteSourcePtr source;
        qint64 toSkip;
        QString subject;
    };

    static Task<Result<QByteArray>> readAfter(std::shared_ptr<State> state, qint64 maxSize,
                                              std::stop_token stop)
    {
        while (state->toSkip > 0) {
            const qint64 wanted = std::min(state->toSkip, PieceSize);
            auto piece = co_await state->source->read(wanted, stop);
            if (!piece)
                co_return fail(std::move(piece.error()));
            if (piece->isEmpty())
                co_return fail(Error::Code::Corrupt, state->subject,
                               u"shorter than the part that is already here"_s);
            state->toSkip -= piece->size();
        }
        auto piece = co_await state->source->read(maxSize, stop);
        co_return piece;
    }

    std::shared_ptr<State> m_state;
};

} // namespace

std::optional<ContentRange> ContentRange::parse(QByteArrayView field)
{
    field = field.trimmed();
    if (!field.startsWith("bytes "))
        return std::nullopt;
    const QByteArrayView range = field.sliced(6).trimmed();
    const qsizetype dash = range.indexOf('-');
    const qsizetype slash = range.indexOf('/');
    if (dash <= 0 || slash <= dash + 1)
        return std::nullopt;
    const auto first = number(range.first(dash));
    const auto last = number(range.sliced(dash + 1, slash - dash - 1));
    const QByteArrayView totalText = range.sliced(slash + 1);
    const auto total = totalText == "*" ? std::optional<qint64>(-1) : number(totalText);
    if (!first || !last || !total || totalText.isEmpty() || *last < *first
        || (*total >= 0 && *last >= *total))
        return std::nullopt;
    return ContentRange{*first, *last, *total};
}

std::optional<qint64> uploadedBytes(QByteArrayView field, bool sentOneByte)
{
    field = field.trimmed();
    if (field.startsWith("bytes=") || field.startsWith("bytes "))
        field = field.sliced(6);
    if (!field.startsWith("0-"))
        return std::nullopt;
    const QByteArrayView end = field.sliced(2);
    if (end == "-1")
        return 0;
    if (end.isEmpty())
        return std::nullopt;
    const auto last = number(end);
    if (last == 0)
        return sentOneByte ? 1 : 0;
    return last ? std::optional(*last + 1) : std::nullopt;
}

ByteSourcePtr skipping(ByteSourcePtr source, qint64 count, QString subject)
{
    if (count <= 0)
        return source;
    return std::make_shared<SkippingSource>(std::move(source), count, std::move(subject));
}

} // namespace Tagboat
