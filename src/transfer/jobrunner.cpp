// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobrunner.h"

#include "base/logging.h"
#include "transfer/journal.h"

#include <exception>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using JournalPtr = std::shared_ptr<Journal>;

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

void noteTags(const JournalPtr& journal, const Plan& plan, const CopyDestination& destination,
              bool isEmbeddedStore)
{
    // Names in some other folder say nothing about names here.
    if (destination.registry.isEmpty() && !isEmbeddedStore)
        return;
    QList<TagMove> moves;
    for (const PlannedName& name : plan.names) {
        if (name.previous && !name.moves(plan.root))
            continue;
        TagMove move;
        move.name = destination.registry.isEmpty()
            ? name.name
            : u"%1/%2:%3"_s.arg(destination.registry, destination.repository, name.name);
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

Task<Result<void>> runCopy(JobRequest request, std::shared_ptr<JobProgress> progress,
                           JobSurroundings surroundings, std::stop_token stop)
{
    const JournalPtr journal = surroundings.journal;
    auto ends = co_await request.open(stop);
    if (!ends)
        co_return std::unexpected(std::move(ends.error()));
    if (stop.stop_requested())
        co_return cancelled(u"open"_s);
    const CopySource source = std::move(ends->first);
    CopyDestination destination = std::move(ends->second);
    lookUpIn(journal, destination);
    progress->opened(source, destination);

    CopyOptions options = request.options;
    options.rank = surroundings.rank;
    QStringList registries{source.registry, destination.registry};
    registries.removeAll(QString());
    registries.removeDuplicates();
    if (surroundings.limits)
        options.limits = surroundings.limits(registries);

    auto plan = co_await makePlan(source, destination, options, stop);
    if (!plan)
        co_return std::unexpected(std::move(plan.error()));
    if (stop.stop_requested())
        co_return cancelled(u"plan"_s);
    progress->planned(*plan);
    progress->enter(JobState::Running);

    auto copied = co_await copyImage(*plan, source, destination, options, progress, stop);
    if (!copied)
        co_return std::unexpected(std::move(copied.error()));
    if (journal) {
        noteBlobs(journal, *plan, source, destination);
        noteTags(journal, *plan, destination, progress->snapshot().to.isEmpty());
    }
    if (destination.afterwards)
        co_await destination.afterwards(stop);
    co_return Result<void>();
}

Task<Result<void>> runWork(JobRequest request, std::shared_ptr<JobProgress> progress,
                           JobSurroundings surroundings, std::stop_token stop)
{
    if (request.limits && surroundings.limits)
        *request.limits = surroundings.limits({request.description.registry});
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
        auto done = co_await runCopy(request, progress, surroundings, stop);
        co_return done;
    } catch (const std::exception& exception) {
        what = QString::fromLocal8Bit(exception.what());
    } catch (...) {
        what = u"unknown exception"_s;
    }
    co_return fail(Error::Code::Internal, progress->snapshot().image, what);
}

} // namespace Tagboat
