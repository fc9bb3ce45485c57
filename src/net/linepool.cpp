// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/linepool.h"

using namespace std::chrono_literals;

namespace Tagboat {

namespace {

// Shorter than any server's patience, so that a line is hardly ever taken the moment it is closed: a streamed
// body cannot be sent again.
constexpr auto IdleTime = 4s;
//! Of all hosts together: eight transfers side by side, and those of another registry.
constexpr size_t MaxIdle = 24;

} // namespace

LinePool::LinePool()
{
    m_clock.setInterval(1s);
    QObject::connect(&m_clock, &QTimer::timeout, &m_clock, [this] { dropOld(); });
}

Task<Result<std::shared_ptr<Line>>> LinePool::take(std::shared_ptr<LinePool> self, Target target,
                                                   std::shared_ptr<Activity> activity, std::stop_token stop)
{
    self->dropOld();
    const QString key = target.key();
    while (self->m_idle.contains(key)) {
        const auto found = std::prev(self->m_idle.upper_bound(key)); // the server is least tired of the last
        const auto line = found->second.line;
        self->m_idle.erase(found);
        line->lookForInput(); // its end, if it has been closed
        if (line->isUp() && line->received().isEmpty()) {
            line->setActivity(activity);
            co_return line;
        }
    }
    auto made = co_await Line::connectTo(target, activity, stop);
    co_return made;
}

void LinePool::giveBack(const Target& target, std::shared_ptr<Line> line)
{
    line->setActivity(nullptr);
    line->setServed();
    if (!line->isUp() || !line->received().isEmpty() || m_idle.size() >= MaxIdle)
        return;
    m_idle.emplace(target.key(), Idle{std::move(line), std::chrono::steady_clock::now()});
    m_clock.start();
}

void LinePool::dropOld()
{
    const auto oldest = std::chrono::steady_clock::now() - IdleTime;
    std::erase_if(m_idle, [oldest](const auto& entry) {
        return entry.second.since < oldest || !entry.second.line->isUp();
    });
    if (m_idle.empty())
        m_clock.stop();
}

} // namespace Tagboat
