// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/taskgroup.h"

#include "base/wakeup.h"

#include <deque>
#include <exception>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct ForwardStop
{
    std::stop_source to;
    void operator()() { to.request_stop(); }
};

} // namespace

struct TaskGroup::State
{
    State(std::stop_token from, int most)
        : parent(std::move(from)), limit(most), onParentStop(parent, ForwardStop{source})
    { }

    [[nodiscard]] bool isIdle() const { return running == 0 && waiting.empty(); }
    void failed(Error error);
    void cancelWaiting();

    // Free of `this`: a task that ends last may drop the last reference to the state.
    static void startWaiting(std::shared_ptr<State> state);
    static Task<void> drive(std::shared_ptr<State> state, Work work);
    static Task<Result<void>> join(std::shared_ptr<State> state);

    std::stop_source source;
    std::stop_token parent;
    int limit;
    int running = 0;
    bool isStarting = false;
    bool askedToStop = false;
    std::deque<Work> waiting;
    std::optional<Error> first;
    Wakeup idle;
    std::stop_callback<ForwardStop> onParentStop;
};

void TaskGroup::State::failed(Error error)
{
    // Tasks may notice the stop before the one that caused it has unwound, so order alone does not tell the
    // cause.
    // A stop from outside, however, is the cause of all that fails after it.
    const bool stoppedFromOutside = askedToStop || parent.stop_requested();
    const bool isReal = error.code != Error::Code::Cancelled;
    if (stoppedFromOutside && isReal && !first)
        first = std::move(cancelled().error()).because(std::move(error));
    else if (!first || (isReal && first->code == Error::Code::Cancelled && !stoppedFromOutside))
        first = std::move(error);
    source.request_stop();
}

void TaskGroup::State::cancelWaiting()
{
    if (waiting.empty())
        return;
    const auto dropped = std::exchange(waiting, {});
    if (!first)
        first = cancelled().error();
}

void TaskGroup::State::startWaiting(std::shared_ptr<State> state)
{
    // A task that ends at once comes back here: leave the next one to the outermost call, whatever the
    // number.
    if (state->isStarting)
        return;
    state->isStarting = true;
    while (!state->waiting.empty() && (state->limit <= 0 || state->running < state->limit)) {
        if (state->source.stop_requested()) {
            state->cancelWaiting();
            break;
        }
        Work work = std::move(state->waiting.front());
        state->waiting.pop_front();
        ++state->running;
        drive(state, std::move(work));
    }
    state->isStarting = false;
    if (state->isIdle())
        state->idle.raise();
}

// The frame holds `work` until the task it made has ended.
Task<void> TaskGroup::State::drive(std::shared_ptr<State> state, Work work)
{
    Result<void> result;
    try {
        result = co_await work(state->source.get_token());
    } catch (const std::exception& exception) {
        result = fail(Error::Code::Internal, {}, u"exception: "_s + QString::fromLocal8Bit(exception.what()));
    }
    --state->running;
    if (!result)
        state->failed(std::move(result.error()));
    startWaiting(state);
}

Task<Result<void>> TaskGroup::State::join(std::shared_ptr<State> state)
{
    while (!state->isIdle())
        co_await state->idle.wait();
    if (state->first)
        co_return std::unexpected(*state->first);
    co_return Result<void>();
}

TaskGroup::TaskGroup(std::stop_token parent, int limit)
    : m_state(std::make_shared<State>(std::move(parent), limit))
{ }

TaskGroup::~TaskGroup()
{
    Q_ASSERT_X(m_state->isIdle(), "TaskGroup", "destroyed before join returned");
    m_state->source.request_stop();
}

void TaskGroup::spawn(Work work)
{
    m_state->waiting.push_back(std::move(work));
    State::startWaiting(m_state);
}

Task<Result<void>> TaskGroup::join()
{
    return State::join(m_state);
}

void TaskGroup::requestStop()
{
    m_state->askedToStop = true;
    m_state->source.request_stop();
}

std::stop_token TaskGroup::token() const
{
    return m_state->source.get_token();
}

} // namespace Tagboat
