// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "base/wakeup.h"

#include <QHash>
#include <QString>

#include <functional>
#include <list>
#include <memory>

namespace Tagboat {

/*!
 * \brief How many blobs travel to or from one registry at once, over all copies of this thread.
 *
 * The bound falls when lines to that registry break, by half each time and down to one, and rises again as
 * bytes get through: many connections on a poor line break each other, and a registry that is down is asked
 * by one blob and not by all. Other registries are not touched by that. Free places go to the waiting blob
 * whose job stands first (`rank`, asked when a place is free, so that jobs can be put in another order while
 * they run), then to the one that waited longest.
 */
class HostSlots
{
    struct Host;

public:
    using Rank = std::function<int()>; //!< lower goes first

    //! Gives its place back when destroyed.
    class Permit
    {
    public:
        Permit() = default;
        explicit Permit(std::shared_ptr<Host> host) : m_host(std::move(host)) { }
        ~Permit();
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&& other) noexcept;
        Q_DISABLE_COPY(Permit)

        //! All bytes are on their way, and only the other end's word is waited for, which takes no line: the
        //! place is given back, but what happens still counts.
        void pass();
        //! The line broke, or nobody answered.
        void lineBroke();
        //! So many bytes got through since the last call.
        void moved(qint64 bytes);

    private:
        void release();
        std::shared_ptr<Host> m_host;
        bool m_hasPassed = false;
    };

    //! The table of the calling thread.
    [[nodiscard]] static HostSlots& ofThread();

    //! Waits for one of the \a most places of \a host. An empty host (a local place) has no bound.
    [[nodiscard]] static Task<Result<Permit>> acquire(QString host, int most, Rank rank,
                                                      std::stop_token stop);
    //! How many places \a host has now, of \a most.
    [[nodiscard]] int allowed(const QString& host, int most) const;

private:
    [[nodiscard]] static Task<Result<Permit>> acquireAt(std::shared_ptr<Host> host, int most, Rank rank,
                                                        std::stop_token stop);

    struct Waiter
    {
        int most = 1;
        Rank rank;
        Wakeup wakeup;
        bool hasPlace = false;
    };
    struct Host
    {
        int running = 0;
        int trouble = 0;  //!< halvings
        qint64 moved = 0; //!< since the last trouble
        std::list<std::shared_ptr<Waiter>> waiters;

        [[nodiscard]] int allowed(int most) const;
        void grant();
    };
    QHash<QString, std::shared_ptr<Host>> m_hosts;
};

} // namespace Tagboat
