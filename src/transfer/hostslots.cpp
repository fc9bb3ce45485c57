// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/hostslots.h"

#include <algorithm>
#include <utility>

namespace Tagboat {

namespace {

constexpr int MostTrouble = 4;
//! So much without a break is worth another connection.
constexpr qint64 CalmBytes = 32 * 1024 * 1024;

} // namespace

HostSlots& HostSlots::ofThread()
{
    static thread_local HostSlots slots;
    return slots;
}

int HostSlots::Host::allowed(int most) const
{
    return std::max(1, most >> trouble);
}

void HostSlots::Host::grant()
{
    while (!waiters.empty()) {
        const auto rankOf = [](const std::shared_ptr<Waiter>& waiter) {
            return waiter->rank ? waiter->rank() : 0;
        };
        const auto first = std::ranges::min_element(waiters, {}, rankOf);
        if (running >= allowed((*first)->most))
            return;
        const auto waiter = *first;
        waiters.erase(first);
        ++running;
        waiter->hasPlace = true;
        waiter->wakeup.raise();
    }
}

HostSlots::Permit::~Permit()
{
    release();
}

HostSlots::Permit::Permit(Permit&& other) noexcept
    : m_host(std::move(other.m_host)), m_hasPassed(std::exchange(other.m_hasPassed, false))
{ }

HostSlots::Permit& HostSlots::Permit::operator=(Permit&& other) noexcept
{
    if (this != &other) {
        release();
        m_host = std::move(other.m_host);
        m_hasPassed = std::exchange(other.m_hasPassed, false);
    }
    return *this;
}

void HostSlots::Permit::pass()
{
    if (!m_host || std::exchange(m_hasPassed, true))
        return;
    --m_host->running;
    m_host->grant();
}

void HostSlots::Permit::release()
{
    pass();
    m_host.reset();
    m_hasPassed = false;
}

void HostSlots::Permit::lineBroke()
{
    if (!m_host)
        return;
    m_host->trouble = std::min(m_host->trouble + 1, MostTrouble);
    m_host->moved = 0;
}

void HostSlots::Permit::moved(qint64 bytes)
{
    if (!m_host || m_host->trouble == 0)
        return;
    m_host->moved += bytes;
    while (m_host->trouble > 0 && m_host->moved >= CalmBytes) {
        m_host->moved -= CalmBytes;
        --m_host->trouble;
    }
    m_host->grant();
}

int HostSlots::allowed(const QString& host, int most) const
{
    const auto found = m_hosts.constFind(host);
    return found == m_hosts.cend() ? most : (*found)->allowed(most);
}

Task<Result<HostSlots::Permit>> HostSlots::acquire(QString host, int most, Rank rank, std::stop_token stop)
{
    if (host.isEmpty())
        return acquireAt(nullptr, most, std::move(rank), std::move(stop));
    auto& entry = ofThread().m_hosts[host];
    if (!entry)
        entry = std::make_shared<Host>();
    return acquireAt(entry, std::max(most, 1), std::move(rank), std::move(stop));
}

Task<Result<HostSlots::Permit>> HostSlots::acquireAt(std::shared_ptr<Host> host, int most, Rank rank,
                                                     std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    if (!host)
        co_return Permit();
    const auto waiter = std::make_shared<Waiter>();
    waiter->most = most;
    waiter->rank = std::move(rank);
    host->waiters.push_back(waiter);
    host->grant();
    {
        const std::stop_callback onStop(stop, [wakeup = waiter->wakeup] { wakeup.raise(); });
        while (!waiter->hasPlace && !stop.stop_requested())
            co_await waiter->wakeup.wait();
    }
    if (!waiter->hasPlace) {
        host->waiters.remove(waiter);
        co_return cancelled();
    }
    Permit permit(host);
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<Permit>(std::move(permit));
}

} // namespace Tagboat
