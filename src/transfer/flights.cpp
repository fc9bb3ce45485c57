// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/flights.h"

namespace Tagboat {

namespace {
// A forgotten landing costs one needless check by the writer, so the memory may be short.
constexpr size_t MaxRemembered = 4096;
} // namespace

Flights& Flights::ofThread()
{
    static thread_local Flights flights;
    return flights;
}

Flights::Carrier::Carrier(Flights* flights, Key key, std::shared_ptr<Flight> flight)
    : m_flights(flights), m_key(std::move(key)), m_flight(std::move(flight))
{ }

Flights::Carrier::~Carrier()
{
    m_flights->m_flights.remove(m_key);
    m_flight->isOver = true;
    for (const Wakeup& waiter : m_flight->waiters)
        waiter.raise();
}

void Flights::Carrier::landed()
{
    m_flights->remember(m_key, m_flight->repository);
}

std::unique_ptr<Flights::Carrier> Flights::board(const Key& key, const QString& repository)
{
    if (m_flights.contains(key))
        return nullptr;
    auto flight = std::make_shared<Flight>();
    flight->repository = repository;
    m_flights.insert(key, flight);
    return std::make_unique<Carrier>(this, key, std::move(flight));
}

Task<Result<void>> Flights::wait(Key key, std::stop_token stop)
{
    auto flight = m_flights.value(key);
    if (!flight)
        flight = std::make_shared<Flight>(Flight{{}, {}, true});
    return waitFor(std::move(flight), std::move(stop));
}

Task<Result<void>> Flights::waitFor(std::shared_ptr<Flight> flight, std::stop_token stop)
{
    const Wakeup wakeup;
    flight->waiters.push_back(wakeup);
    const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
    while (!flight->isOver && !stop.stop_requested())
        co_await wakeup.wait();
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<void>();
}

std::optional<QString> Flights::landedAt(const Key& key) const
{
    const auto found = m_landed.constFind(key);
    return found == m_landed.cend() ? std::nullopt : std::optional(*found);
}

void Flights::remember(const Key& key, const QString& repository)
{
    if (!m_landed.contains(key))
        m_landedOrder.push_back(key);
    m_landed.insert(key, repository);
    if (m_landedOrder.size() > MaxRemembered) {
        m_landed.remove(m_landedOrder.front());
        m_landedOrder.pop_front();
    }
}

} // namespace Tagboat
