// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/line.h"

#include <QTimer>

#include <map>

namespace Tagboat {

//! Keeps the lines of finished transfers for a few seconds, so that many small layers do not shake hands
//! each.
class LinePool
{
public:
    LinePool();

    //! An idle line, or a new one.
    [[nodiscard]] static Task<Result<std::shared_ptr<Line>>> take(std::shared_ptr<LinePool> self,
                                                                  Target target,
                                                                  std::shared_ptr<Activity> activity,
                                                                  std::stop_token stop);
    //! \a line has nothing under way.
    void giveBack(const Target& target, std::shared_ptr<Line> line);

private:
    struct Idle
    {
        std::shared_ptr<Line> line;
        std::chrono::steady_clock::time_point since;
    };

    void dropOld();

    std::multimap<QString, Idle> m_idle;
    QTimer m_clock;
};

} // namespace Tagboat
