// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/namehistory.h"

#include "base/worker.h"
#include "workbench/session.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

NamesNow::NamesNow(const QList<StoredImage>& images)
{
    for (const StoredImage& image : images) {
        const Digest& root = image.target.digest;
        for (const QString& name : image.names)
            m_targets.insert(name, root);
        m_ids.insert(root, image.id);
        // Of an index those platforms that were pulled: one is enough to be of use.
        m_isComplete.insert(root,
                            image.platforms.isEmpty()
                                || std::ranges::any_of(image.platforms, &StoredPlatform::isPresent));
    }
    for (const StoredImage& image : images) {
        for (const StoredPlatform& platform : image.platforms) {
            if (!m_ids.contains(platform.manifest.digest) && platform.isPresent) {
                m_isComplete.insert(platform.manifest.digest, true);
                m_ids.insert(platform.manifest.digest, platform.configDigest);
            }
        }
    }
}

UndoState NamesNow::stateOf(const NameMove& move) const
{
    if (move.isUndone)
        return UndoState::Undone;
    const Digest now = m_targets.value(move.name);
    if (now == move.previous)
        return UndoState::Same;
    if (now != move.current)
        return UndoState::MovedSince;
    if (move.previous.isNull())
        return UndoState::Possible; // the name goes
    const auto complete = m_isComplete.constFind(move.previous);
    if (complete == m_isComplete.cend())
        return UndoState::Gone;
    return *complete ? UndoState::Possible : UndoState::Incomplete;
}

void NamesNow::undo(const NameMove& move)
{
    if (move.previous.isNull())
        m_targets.remove(move.name);
    else
        m_targets.insert(move.name, move.previous);
}

namespace {

struct Work
{
    UndoReport report;
    QMap<Digest, QStringList> pointed; // target → names
    QStringList removed;
};

//! What is to be done for \a moves, newest first.
Work workFor(const QList<NameMove>& moves, NamesNow now)
{
    Work work;
    QMap<QString, Digest> wanted;
    for (const NameMove& move : moves) {
        const UndoState state = now.stateOf(move);
        if (state != UndoState::Possible) {
            work.report.refused.append({move, state});
            continue;
        }
        now.undo(move);
        wanted.insert(move.name, move.previous); // of several of one name the oldest
        work.report.undone.append(move);
    }
    for (auto name = wanted.cbegin(); name != wanted.cend(); ++name) {
        if (name.value().isNull())
            work.removed.append(name.key());
        else
            work.pointed[name.value()].append(name.key());
    }
    return work;
}

//! On a worker.
Result<UndoReport> undoIn(ImageStore& store, const QList<NameMove>& moves)
{
    const NameCauseScope cause(NameCause::Undo);
    const auto snapshot = store.snapshot();
    if (!snapshot)
        return std::unexpected(snapshot.error());
    const Work work = workFor(moves, NamesNow(snapshot->images));
    for (auto target = work.pointed.cbegin(); target != work.pointed.cend(); ++target) {
        const auto image = store.resolve(target.key().toString());
        if (!image)
            return std::unexpected(image.error());
        const auto done = store.setNames(*image, target.value());
        if (!done)
            return std::unexpected(done.error());
    }
    if (!work.removed.isEmpty()) {
        if (const auto done = store.removeNames(work.removed); !done)
            return std::unexpected(done.error());
    }
    return work.report;
}

Error noJournal()
{
    return Error::make(Error::Code::Internal, {}, u"the history cannot be opened"_s);
}

} // namespace

Task<Result<NameHistory>> nameHistory(std::shared_ptr<Session> session, QString name, std::stop_token)
{
    if (!session->journal())
        co_return fail(noJournal());
    auto moves = session->journal()->names().moves(name);
    if (!moves)
        co_return std::unexpected(std::move(moves.error()));
    const auto snapshot = co_await onWorker([store = session->store()] { return store->snapshot(); });
    if (!snapshot)
        co_return std::unexpected(snapshot.error());
    co_return NameHistory{std::move(*moves), NamesNow(snapshot->images)};
}

Task<Result<UndoReport>> undoMoves(std::shared_ptr<Session> session, QList<qint64> ids, std::stop_token)
{
    if (!session->journal())
        co_return fail(noJournal());
    auto moves =
        ids.isEmpty() ? session->journal()->names().last() : session->journal()->names().withIds(ids);
    if (!moves)
        co_return std::unexpected(std::move(moves.error()));
    auto report =
        co_await onWorker([store = session->store(), moves = *moves] { return undoIn(*store, moves); });
    if (!report)
        co_return std::unexpected(std::move(report.error()));
    QList<qint64> undone;
    for (const NameMove& move : report->undone)
        undone.append(move.id);
    if (const auto marked = session->journal()->names().markUndone(undone); !marked)
        co_return std::unexpected(marked.error());
    co_return Result<UndoReport>(std::move(*report));
}

} // namespace Tagboat
