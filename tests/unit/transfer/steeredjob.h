// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/queue.h"
#include "troubledreader.h"

namespace Tagboat::Testing {

using Report = std::function<void(qint64, qint64, QString)>;

//! Work that a test steers: waits at the gate, then gives the result.
struct Steered
{
    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    Result<void> result;
    int runs = 0;
    Report report;

    static Task<Result<void>> work(std::shared_ptr<Steered> self, Report report, std::stop_token stop)
    {
        ++self->runs;
        self->report = std::move(report);
        auto passed = co_await Gate::pass(self->gate, stop);
        if (!passed)
            co_return std::unexpected(std::move(passed.error()));
        co_return Result<void>(self->result);
    }
    [[nodiscard]] bool isRunning() const { return gate->waiting() > 0; }
};
using SteeredPtr = std::shared_ptr<Steered>;

[[nodiscard]] inline JobRequest requestFor(const SteeredPtr& steered,
                                           const QString& image = QStringLiteral("sample"))
{
    JobRequest request;
    request.description.kind = JobKind::Import;
    request.description.image = image;
    request.run = [steered](Report report, std::stop_token stop) {
        return Steered::work(steered, std::move(report), std::move(stop));
    };
    return request;
}

} // namespace Tagboat::Testing
