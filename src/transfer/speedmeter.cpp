// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/speedmeter.h"

#include <algorithm>

namespace Tagboat {

namespace {

using namespace std::chrono_literals;

constexpr auto Window = 2000ms;
// Progress comes thousands of times a second; sums over a slot keep the meter small.
constexpr auto SlotLength = 100ms;
// Below this a single piece would make an absurd speed.
constexpr auto ShortestSpan = 200ms;
constexpr auto SteadyAfter = 1000ms;

} // namespace

void SpeedMeter::add(qint64 bytes, Clock::time_point now)
{
    if (bytes <= 0)
        return;
    if (m_slots.empty() || now - m_slots.back().start > Window)
        m_begun = now; // after a stall the window begins anew
    if (m_slots.empty() || now - m_slots.back().start >= SlotLength)
        m_slots.push_back({now, 0});
    m_slots.back().bytes += bytes;
    while (now - m_slots.front().start > Window)
        m_slots.pop_front();
}

double SpeedMeter::bytesPerSecond(Clock::time_point now) const
{
    qint64 sum = 0;
    for (const Slot& slot : m_slots) {
        if (now - slot.start <= Window)
            sum += slot.bytes;
    }
    if (sum == 0)
        return 0;
    const auto span = std::clamp<Clock::duration>(now - m_begun, ShortestSpan, Window);
    return static_cast<double>(sum) / std::chrono::duration<double>(span).count();
}

bool SpeedMeter::isSteady(Clock::time_point now) const
{
    return !m_slots.empty() && now - m_slots.back().start <= Window && now - m_begun >= SteadyAfter;
}

} // namespace Tagboat
