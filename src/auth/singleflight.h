// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "base/wakeup.h"

#include <QHash>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Tagboat {

/*!
 * \brief Does the same piece of work once for all coroutines that want it at the same time, and gives each
 * the result.
 *
 * The first one does it. Where that one is stopped, a waiter takes over; a stop of a waiter ends only its
 * waiting. One thread.
 */
template<typename T>
class SingleFlight
{
public:
    using Work = std::function<Task<Result<T>>(std::stop_token)>;

    [[nodiscard]] Task<Result<T>> run(const QString& key, Work work, std::stop_token stop)
    {
        return fly(m_flights, key, std::move(work), std::move(stop));
    }

private:
    struct Flight
    {
        std::optional<Result<T>> result;
        std::vector<Wakeup> waiters;
    };
    using Flights = QHash<QString, std::shared_ptr<Flight>>;

    static Task<Result<T>> fly(std::shared_ptr<Flights> flights, QString key, Work work, std::stop_token stop)
    {
        while (std::shared_ptr<Flight> flight = flights->value(key)) {
            const Wakeup wakeup;
            flight->waiters.push_back(wakeup);
            const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
            while (!flight->result && !stop.stop_requested())
                co_await wakeup.wait();
            if (stop.stop_requested())
                co_return cancelled();
            if (*flight->result || flight->result->error().code != Error::Code::Cancelled)
                co_return Result<T>(*flight->result);
        }
        auto flight = std::make_shared<Flight>();
        flights->insert(key, flight);
        Result<T> result = co_await work(stop);
        flights->remove(key);
        flight->result = result;
        for (const Wakeup& waiter : flight->waiters)
            waiter.raise();
        co_return result;
    }

    std::shared_ptr<Flights> m_flights = std::make_shared<Flights>();
};

} // namespace Tagboat
