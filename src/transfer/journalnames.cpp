// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/journalnames.h"

#include <QCoreApplication>
#include <QSqlQuery>
#include <QTimeZone>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct CauseName
{
    NameCause cause;
    QLatin1StringView name;
};

constexpr std::array Causes{
    CauseName{NameCause::Other, "other"_L1},      CauseName{NameCause::Tag, "tag"_L1},
    CauseName{NameCause::Remove, "remove"_L1},    CauseName{NameCause::Delete, "delete"_L1},
    CauseName{NameCause::CleanUp, "clean-up"_L1}, CauseName{NameCause::Pull, "pull"_L1},
    CauseName{NameCause::Import, "import"_L1},    CauseName{NameCause::Undo, "undo"_L1}};

QString nameOf(NameCause cause)
{
    return std::ranges::find(Causes, cause, &CauseName::cause)->name;
}

NameCause causeOf(const QString& name)
{
    const auto found = std::ranges::find(Causes, name, &CauseName::name);
    return found == Causes.end() ? NameCause::Other : found->cause; // written by a later Tagboat
}

Digest digestOf(const QVariant& value)
{
    return Digest::parse(value.toString()).value_or(Digest());
}

// An empty QString is bound as NULL where it is a null one.
QString text(const Digest& digest)
{
    return digest.isNull() ? u""_s : digest.toString();
}

} // namespace

Result<QList<NameMove>> JournalNames::note(const NameChanges& changes)
{
    QList<NameMove> moves;
    const auto noted = m_file->transaction([&]() -> Result<void> {
        moves.clear();
        NameMove move;
        move.batch = QUuid::createUuid().toString(QUuid::WithoutBraces);
        move.when = QDateTime::currentDateTimeUtc();
        move.cause = changes.cause;
        move.program = QCoreApplication::applicationName();
        for (const NameChange& change : changes.changes) {
            move.name = change.name;
            move.previous = change.previous;
            move.current = change.current;
            auto inserted = m_file->run(
                u"INSERT INTO name_moves (batch, name, previous, current, at, cause, program)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                {move.batch, move.name, text(move.previous), text(move.current),
                 move.when.toMSecsSinceEpoch(), nameOf(move.cause), QString(u""_s + move.program)});
            if (!inserted)
                return std::unexpected(std::move(inserted.error()));
            move.id = inserted->lastInsertId().toLongLong();
            moves.append(move);
        }
        const auto pruned = m_file->run(
            u"DELETE FROM name_moves WHERE id <= (SELECT max(id) FROM name_moves) - ?"_s, {KeptMoves});
        return pruned ? Result<void>() : std::unexpected(pruned.error());
    });
    if (!noted)
        return std::unexpected(noted.error());
    return moves;
}

Result<QList<NameMove>> JournalNames::read(const QString& condition, const QVariantList& values) const
{
    QList<NameMove> moves;
    const auto done = m_file->guarded([&]() -> Result<void> {
        moves.clear();
        auto rows = m_file->run(
            u"SELECT id, batch, name, previous, current, at, cause, program, undone FROM name_moves "_s
                + condition,
            values);
        if (!rows)
            return std::unexpected(std::move(rows.error()));
        while (rows->next()) {
            NameMove move;
            move.id = rows->value(0).toLongLong();
            move.batch = rows->value(1).toString();
            move.name = rows->value(2).toString();
            move.previous = digestOf(rows->value(3));
            move.current = digestOf(rows->value(4));
            move.when = QDateTime::fromMSecsSinceEpoch(rows->value(5).toLongLong(), QTimeZone::UTC);
            move.cause = causeOf(rows->value(6).toString());
            move.program = rows->value(7).toString();
            move.isUndone = rows->value(8).toInt() != 0;
            moves.append(std::move(move));
        }
        return {};
    });
    if (!done)
        return std::unexpected(done.error());
    return moves;
}

Result<QList<NameMove>> JournalNames::moves(const QString& name, int limit) const
{
    if (name.isEmpty())
        return read(u"ORDER BY id DESC LIMIT ?"_s, {limit});
    return read(u"WHERE name = ? ORDER BY id DESC LIMIT ?"_s, {name, limit});
}

Result<QList<NameMove>> JournalNames::withIds(const QList<qint64>& ids) const
{
    // Numbers of our own, not somebody's text; and more of them than could be bound.
    QStringList numbers;
    for (const qint64 id : ids)
        numbers.append(QString::number(id));
    return read(u"WHERE id IN (%1) ORDER BY id DESC"_s.arg(numbers.join(u',')), {});
}

Result<QList<NameMove>> JournalNames::last(const QString& name) const
{
    const QString open = u"undone = 0 AND cause <> 'undo'"_s;
    if (name.isEmpty()) {
        return read(u"WHERE batch = (SELECT batch FROM name_moves WHERE %1 ORDER BY id DESC LIMIT 1)"
                    " AND undone = 0 ORDER BY id DESC"_s.arg(open),
                    {});
    }
    return read(u"WHERE name = ? AND %1 ORDER BY id DESC LIMIT 1"_s.arg(open), {name});
}

Result<void> JournalNames::markUndone(const QList<qint64>& ids)
{
    return m_file->transaction([&]() -> Result<void> {
        for (const qint64 id : ids) {
            const auto marked = m_file->run(u"UPDATE name_moves SET undone = 1 WHERE id = ?"_s, {id});
            if (!marked)
                return std::unexpected(marked.error());
        }
        return {};
    });
}

} // namespace Tagboat
