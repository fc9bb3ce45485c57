// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/throttle.h"

#include <algorithm>

namespace Tagboat {

Throttle::Throttle(std::chrono::milliseconds interval, std::function<void()> call)
    : m_interval(interval), m_call(std::move(call))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { fire(); });
}

void Throttle::poke()
{
    if (m_timer.isActive())
        return;
    const auto since = m_last.isValid() ? std::chrono::milliseconds(m_last.elapsed()) : m_interval;
    m_timer.start(std::max(m_interval - since, std::chrono::milliseconds(0)));
}

void Throttle::flush()
{
    m_timer.stop();
    fire();
}

void Throttle::stop()
{
    m_timer.stop();
}

void Throttle::fire()
{
    m_last.start();
    m_call();
}

} // namespace Tagboat
