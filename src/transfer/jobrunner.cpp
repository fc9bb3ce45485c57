// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobrunner.h"

#include "base/logging.h"
#include "base/taskgroup.h"
#include "transfer/journal.h"

#include <algorithm>
#include <exception>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using JournalPtr = std::shared_ptr<Journal>;

//! Only inside a handler.
QString whatWasThrown()
{
    try {
        throw;
    } catch (const std::exception& exception) {
        return QString::fromLocal8Bit(exception.what());
    } catch (...) {
        return u"unknown exception"_s;
    }
}

// What the journal cannot keep is a pity and no reason to call a finished copy failed.
void warnUnless(const Result<void>& noted)
{
    if (!noted)
        qCWarning(lcTransfer).noquote() << "journal:" << noted.error().toString();
}

void noteBlobs(const JournalPtr& journal, const Plan& plan, const CopySource& source,
               const CopyDestination& destination)
{
    QList<Digest> digests;
    for (const PlannedBlob& blob : plan.blobs)
        digests.append(blob.descriptor.digest);
    if (!source.registry.isEmpty())
        warnUnless(journal->noteBlobs(source.registry, source.repository, digests));
    if (!destination.registry.isEmpty())
        warnUnless(journal->noteBlobs(destination.registry, destination.repository, digests));
}

void noteTags(const JournalPtr& journal, const Plan& plan, const CopyDestination& destination)
{
    // Names on this computer have a history of their own, which their store tells.
    if (destination.registry.isEmpty())
        return;
    QList<TagMove> moves;
    for (const PlannedName& name : plan.names) {
        if (name.previous && !name.moves(plan.root))
            continue;
        TagMove move;
        move.name = u"%1/%2:%3"_s.arg(destination.registry, destination.repository, name.name);
        move.previous = name.previous ? name.previous->digest : Digest();
        move.current = plan.root.digest;
        move.when = QDateTime::currentDateTimeUtc();
        moves.append(move);
    }
    if (!moves.isEmpty())
        warnUnless(journal->noteTagMoves(moves));
}

void lookUpIn(const JournalPtr& journal, CopyDestination& destination)
{
    if (!journal || destination.registry.isEmpty() || destination.lookUpKnown)
        return;
    destination.lookUpKnown = [journal, registry = destination.registry](const QList<Digest>& blobs) {
        auto known = journal->knownAt(registry, blobs);
        return known ? std::move(*known) : QHash<Digest, QStringList>();
    };
}

//! What the targets of one job share while it runs.
struct JobRun
{
    JobRequest request;
    std::shared_ptr<JobProgress> progress;
    JobSurroundings surroundings;
    CopySource source;
    Plan walked;
};
using JobRunPtr = std::shared_ptr<JobRun>;

CopyOptions optionsFor(const JobRun& run, const CopyDestination& destination)
{
    CopyOptions options = run.request.options;
    options.rank = run.surroundings.rank;
    QStringList registries{run.source.registry, destination.registry};
    registries.removeAll(QString());
    registries.removeDuplicates();
    if (run.surroundings.limits)
        options.limits = run.surroundings.limits(registries);
    return options;
}

Task<Result<void>> copyTo(JobRunPtr run, int index, CopyDestination destination, std::stop_token stop)
{
    const JournalPtr journal = run->surroundings.journal;
    lookUpIn(journal, destination);
    const CopyOptions options = optionsFor(*run, destination);
    auto plan = co_await planFor(run->walked, run->source, destination, options, stop);
    if (!plan)
        co_return std::unexpected(std::move(plan.error()));
    if (stop.stop_requested())
        co_return cancelled(u"plan"_s);
    run->progress->planned(index, *plan);
    run->progress->target(index).enter(JobState::Running);

    auto copied = co_await copyImage(*plan, run->source, destination, options,
                                     JobProgress::observer(run->progress, index), stop);
    if (!copied)
        co_return std::unexpected(std::move(copied.error()));
    if (journal) {
        noteBlobs(journal, *plan, run->source, destination);
        noteTags(journal, *plan, destination);
    }
    if (destination.afterwards)
        co_await destination.afterwards(stop);
    co_return Result<void>();
}

//! Never fails: what becomes of one target is no matter of the others.
Task<Result<void>> runTarget(JobRunPtr run, int index, Result<CopyDestination> destination,
                             std::stop_token stop)
{
    TargetProgress& target = run->progress->target(index); // goes with the run
    if (target.isDoneWith(run->walked.root.digest))
        co_return Result<void>();
    target.reset();
    target.enter(JobState::Preparing);
    Result<void> done;
    if (!destination) {
        done = std::unexpected(std::move(destination.error()));
    } else {
        run->progress->opened(index, run->source, *destination);
        QString what;
        try {
            done = co_await copyTo(run, index, std::move(*destination), stop);
        } catch (...) {
            what = whatWasThrown();
        }
        if (!what.isEmpty())
            done = fail(Error::Code::Internal, run->request.description.image, what);
    }
    if (done)
        target.end(JobState::Done, std::nullopt);
    else if (!stop.stop_requested()) // else the queue knows what for
        target.end(JobState::Failed, std::move(done.error()));
    co_return Result<void>();
}

//! What to tell of a job some of whose targets failed: what the first did it with, which they are, and what
//! got there.
Error failureOf(const QList<JobTarget>& targets)
{
    QStringList reached, causes, failed;
    const Error* first = nullptr;
    const auto labelOf = [](const JobTarget& target) {
        return target.to.isEmpty() ? target.registry : target.to;
    };
    for (const JobTarget& target : targets) {
        if (target.state == JobState::Done) {
            reached.append(labelOf(target));
            continue;
        }
        failed.append(labelOf(target));
        if (!target.error)
            continue;
        causes.append(u"%1: %2"_s.arg(labelOf(target), target.error->message));
        first = first ? first : &*target.error;
    }
    if (!first)
        return cancelled(u"copy image"_s).error();
    if (targets.size() == 1)
        return *first;
    Error error = *first;
    error.subject = failed.join(u", "_s);
    error.message = u"%1 of %2 destinations failed (%3)"_s.arg(failed.size())
                        .arg(targets.size())
                        .arg(causes.join(u"; "_s));
    if (!reached.isEmpty())
        error.message += u"; it is at "_s + reached.join(u", "_s);
    error.response.clear();
    return std::move(error).because(*first);
}

Task<Result<void>> runCopies(JobRequest request, std::shared_ptr<JobProgress> progress,
                             JobSurroundings surroundings, std::stop_token stop)
{
    auto ends = co_await request.open(stop);
    if (!ends)
        co_return std::unexpected(std::move(ends.error()));
    if (stop.stop_requested())
        co_return cancelled(u"open"_s);
    Q_ASSERT(std::ssize(ends->destinations) == progress->targets());
    const auto run = std::make_shared<JobRun>();
    run->request = std::move(request);
    run->progress = progress;
    run->surroundings = std::move(surroundings);
    run->source = std::move(ends->source);

    const CopyOptions options = run->request.options;
    auto walked = co_await walkSource(run->source, options, stop);
    if (!walked)
        co_return std::unexpected(std::move(walked.error()));
    if (stop.stop_requested())
        co_return cancelled(u"plan"_s);
    run->walked = std::move(*walked);

    TaskGroup targets(stop);
    for (int i = 0; i < progress->targets(); ++i) {
        const Result<CopyDestination> destination = std::move(ends->destinations[static_cast<size_t>(i)]);
        targets.spawn([run, i, destination](std::stop_token inner) {
            return runTarget(run, i, destination, std::move(inner));
        });
    }
    auto joined = co_await targets.join();
    QList<JobTarget> outcome;
    for (int i = 0; i < progress->targets(); ++i)
        outcome.append(progress->target(i).snapshot());
    const bool isDone =
        std::ranges::all_of(outcome, [](const JobTarget& target) { return target.state == JobState::Done; });
    if (isDone)
        co_return Result<void>();
    if (!joined || stop.stop_requested())
        co_return cancelled(u"copy image"_s);
    co_return fail(failureOf(outcome));
}

Task<Result<void>> runWork(JobRequest request, std::shared_ptr<JobProgress> progress,
                           JobSurroundings surroundings, std::stop_token stop)
{
    if (request.terms) {
        if (surroundings.limits)
            request.terms->limits = surroundings.limits({request.description.registry});
        request.terms->rank = surroundings.rank;
        request.terms->stalled = [progress](const std::optional<Error>& trouble,
                                            std::chrono::milliseconds delay) {
            progress->stalled(trouble, delay);
        };
    }
    progress->enter(JobState::Running);
    const auto report = [progress](qint64 done, qint64 total, const QString& what) {
        progress->worked(done, total, what);
    };
    auto done = co_await request.run(report, stop);
    if (done && request.outcome)
        progress->setRoot(*request.outcome);
    co_return done;
}

} // namespace

Task<Result<void>> runJob(JobRequest request, std::shared_ptr<JobProgress> progress,
                          JobSurroundings surroundings, std::stop_token stop)
{
    QString what;
    try {
        progress->enter(JobState::Preparing);
        if (request.run) {
            auto done = co_await runWork(request, progress, surroundings, stop);
            co_return done;
        }
        auto done = co_await runCopies(request, progress, surroundings, stop);
        co_return done;
    } catch (...) {
        what = whatWasThrown();
    }
    co_return fail(Error::Code::Internal, progress->snapshot().image, what);
}

} // namespace Tagboat
