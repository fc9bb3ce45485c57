// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"

#include <QMap>
#include <QSet>

namespace Tagboat {

//! All running jobs as one: what the status bar and the sidebar show. Paused ones are only counted.
class TransferSummary
{
public:
    void update(const JobSnapshot& job);
    void remove(const QString& jobId);

    [[nodiscard]] int running() const { return int(m_running.size()); } //!< waiting ones included
    [[nodiscard]] int paused() const { return int(m_paused.size()); }
    [[nodiscard]] double progress() const; //!< 0…1; negative while no total is known
    [[nodiscard]] double bytesPerSecond() const;
    [[nodiscard]] std::optional<std::chrono::seconds> timeLeft() const;
    //! "2 transfers · 84 MB/s · 0:41 min left · 1 paused"; "1 paused"; "No transfers".
    [[nodiscard]] QString text() const;

private:
    struct Share
    {
        qint64 done = 0, total = 0;
        double speed = 0;
        std::optional<std::chrono::seconds> left = {};
    };
    QMap<QString, Share> m_running;
    QSet<QString> m_paused;
};

} // namespace Tagboat
