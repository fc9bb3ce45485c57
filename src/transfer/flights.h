// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "base/wakeup.h"
#include "oci/digest.h"

#include <QHash>
#include <QList>
#include <QString>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace Tagboat {

/*!
 * \brief Which blobs are on their way to which place, over all copies of this thread, so that each travels
 * once.
 *
 * Whoever boards first carries the blob; the others wait for it and then look for themselves whether it is
 * there (or mount it from the repository it went to). What landed lately is remembered, since a copy that was
 * planned before that does not know. A carrier never waits for another flight, so nobody waits in a circle.
 */
class Flights
{
    struct Flight;

public:
    //! A registry (blobs can be taken over between its repositories), or the label of a local place.
    struct Key
    {
        QString place;
        Digest digest;
        friend bool operator==(const Key&, const Key&) = default;
        friend size_t qHash(const Key& key, size_t seed = 0)
        {
            return qHashMulti(seed, key.place, key.digest);
        }
    };

    //! The right to carry a blob; giving it up, landed or not, wakes those who wait.
    class Carrier
    {
    public:
        Carrier(Flights* flights, Key key, std::shared_ptr<Flight> flight);
        ~Carrier();
        Q_DISABLE_COPY_MOVE(Carrier)
        void landed();

    private:
        Flights* m_flights;
        Key m_key;
        std::shared_ptr<Flight> m_flight;
    };

    //! The table of the calling thread.
    [[nodiscard]] static Flights& ofThread();

    //! Null where somebody carries this blob already: then wait().
    [[nodiscard]] std::unique_ptr<Carrier> board(const Key& key, const QString& repository);
    //! Waits until the flight under way is over, if there is one; then see landedAt().
    [[nodiscard]] Task<Result<void>> wait(Key key, std::stop_token stop);
    //! The repository that the blob last landed in while this process runs; nothing where it did not.
    [[nodiscard]] std::optional<QString> landedAt(const Key& key) const;

private:
    struct Flight
    {
        QString repository;
        std::vector<Wakeup> waiters;
        bool isOver = false;
    };
    [[nodiscard]] static Task<Result<void>> waitFor(std::shared_ptr<Flight> flight, std::stop_token stop);
    void remember(const Key& key, const QString& repository);

    QHash<Key, std::shared_ptr<Flight>> m_flights;
    QHash<Key, QString> m_landed;
    std::deque<Key> m_landedOrder;
};

} // namespace Tagboat
