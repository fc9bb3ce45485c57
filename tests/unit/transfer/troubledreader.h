// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/wakeup.h"
#include "content/content.h"

#include <QHash>

#include <vector>

namespace Tagboat::Testing {

//! What coroutines wait at until a test opens it.
class Gate
{
public:
    void open()
    {
        m_isOpen = true;
        for (const Wakeup& waiter : m_waiters)
            waiter.raise();
        m_waiters.clear();
    }
    [[nodiscard]] int waiting() const { return m_waiting; }

    [[nodiscard]] static Task<Result<void>> pass(std::shared_ptr<Gate> gate, std::stop_token stop)
    {
        const Wakeup wakeup;
        const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
        gate->m_waiters.push_back(wakeup);
        ++gate->m_waiting;
        while (!gate->m_isOpen && !stop.stop_requested())
            co_await wakeup.wait();
        --gate->m_waiting;
        if (stop.stop_requested())
            co_return cancelled();
        co_return Result<void>();
    }

private:
    bool m_isOpen = false;
    int m_waiting = 0;
    std::vector<Wakeup> m_waiters;
};

/*!
 * \brief A real reader behind a bad line: opening fails, the bytes stop short, or wait at a gate after the
 * first 4 KiB.
 */
class TroubledReader : public ContentReader
{
public:
    struct Trouble
    {
        int failuresToOpen = 0;
        int cuts = 0;        //!< so many times the bytes break off
        qint64 cutAfter = 0; //!< after so many bytes
        Error error =
            Error::make(Error::Code::Network, QStringLiteral("line"), QStringLiteral("the line is cut"));
        std::shared_ptr<Gate> gate; //!< before every piece but the first
        QHash<Digest, int> opened;  //!< how often
    };

    explicit TroubledReader(std::shared_ptr<ContentReader> reader) : m_reader(std::move(reader)) { }

    [[nodiscard]] Trouble& trouble() const { return *m_trouble; }

    Task<Result<Descriptor>> resolve(QString name, std::stop_token stop) override
    {
        return m_reader->resolve(std::move(name), std::move(stop));
    }
    Task<Result<ManifestContent>> fetchManifest(QString name, std::stop_token stop) override
    {
        return m_reader->fetchManifest(std::move(name), std::move(stop));
    }
    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset, std::stop_token stop) override
    {
        return open(m_reader, m_trouble, std::move(blob), offset, std::move(stop));
    }

private:
    class Source : public ByteSource
    {
    public:
        Source(ByteSourcePtr source, std::shared_ptr<Trouble> trouble, qint64 cutAfter)
            : m_state(std::make_shared<State>())
        {
            m_state->whole = source->size();
            m_state->source = std::move(source);
            m_state->trouble = std::move(trouble);
            m_state->cutAfter = cutAfter;
        }
        Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
        {
            return readFrom(m_state, maxSize, std::move(stop));
        }
        qint64 size() const override { return m_state->source->size(); }

    private:
        struct State
        {
            ByteSourcePtr source;
            std::shared_ptr<Trouble> trouble;
            qint64 cutAfter = -1;
            qint64 whole = 0;
            qint64 done = 0;
        };
        static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                                 std::stop_token stop)
        {
            if (state->cutAfter >= 0 && state->done >= state->cutAfter)
                co_return fail(state->trouble->error);
            if (state->done > 0 && state->done < state->whole && state->trouble->gate) {
                auto passed = co_await Gate::pass(state->trouble->gate, stop);
                if (!passed)
                    co_return std::unexpected(std::move(passed.error()));
            }
            const qint64 most =
                state->cutAfter >= 0 ? std::min(maxSize, state->cutAfter - state->done) : maxSize;
            auto piece = co_await state->source->read(std::min<qint64>(most, 4096), stop);
            if (piece)
                state->done += piece->size();
            co_return piece;
        }
        std::shared_ptr<State> m_state;
    };

    static Task<Result<ByteSourcePtr>> open(std::shared_ptr<ContentReader> reader,
                                            std::shared_ptr<Trouble> trouble, Descriptor blob, qint64 offset,
                                            std::stop_token stop)
    {
        ++trouble->opened[blob.digest];
        if (trouble->failuresToOpen > 0) {
            --trouble->failuresToOpen;
            co_return fail(trouble->error);
        }
        auto source = co_await reader->openBlob(blob, offset, stop);
        if (!source)
            co_return source;
        const bool isCut = trouble->cuts > 0;
        if (isCut)
            --trouble->cuts;
        ByteSourcePtr troubled =
            std::make_shared<Source>(std::move(*source), trouble, isCut ? trouble->cutAfter : -1);
        co_return Result<ByteSourcePtr>(std::move(troubled));
    }

    std::shared_ptr<ContentReader> m_reader;
    std::shared_ptr<Trouble> m_trouble = std::make_shared<Trouble>();
};

} // namespace Tagboat::Testing
