// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/output.h"
#include "transfer/job.h"

#include <QHash>
#include <QList>

#include <chrono>
#include <memory>

namespace Tagboat {

/*!
 * \brief Shows running jobs: redrawn lines on a terminal, a line for each layer's end elsewhere, events with
 * `--json`.
 */
class Progress
{
public:
    explicit Progress(std::shared_ptr<Output> output);
    void show(const JobSnapshot& job);
    //! Leaves the last picture standing; what is written next begins below it.
    void end();

private:
    void draw();
    void printEnds(const JobSnapshot& job);

    std::shared_ptr<Output> m_output;
    bool m_redraws;
    QList<JobSnapshot> m_jobs;                                          //!< in the order they turned up
    QHash<QString, QList<JobState>> m_states;                           //!< of a job and its targets
    QHash<std::pair<QString, int>, QHash<Digest, BlobState>> m_printed; //!< by job and target
    std::chrono::steady_clock::time_point m_lastEvent;
    int m_linesOnScreen = 0;
};

} // namespace Tagboat
