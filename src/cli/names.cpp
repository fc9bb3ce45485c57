// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/figures.h"
#include "cli/table.h"

#include "oci/reference.h"
#include "workbench/namehistory.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString familiar(const QString& stored)
{
    const auto reference = Reference::parse(stored);
    return reference ? reference->familiar() : stored;
}

//! The name under which the history knows what was typed; empty where nothing was.
QString knownName(const Arguments& arguments)
{
    if (arguments.operands().isEmpty())
        return {};
    const auto reference = Reference::parse(arguments.operand(0));
    return reference ? reference->canonical() : arguments.operand(0);
}

QString causeText(NameCause cause)
{
    switch (cause) {
    case NameCause::Tag:
        return u"tag"_s;
    case NameCause::Remove:
        return u"remove"_s;
    case NameCause::Delete:
        return u"delete"_s;
    case NameCause::CleanUp:
        return u"clean-up"_s;
    case NameCause::Pull:
        return u"pull"_s;
    case NameCause::Import:
        return u"import"_s;
    case NameCause::Undo:
        return u"undo"_s;
    case NameCause::Other:
        break;
    }
    return u"other"_s;
}

//! As in --json, and in the table.
QString stateText(UndoState state)
{
    switch (state) {
    case UndoState::Possible:
        return u"possible"_s;
    case UndoState::Undone:
        return u"undone"_s;
    case UndoState::Same:
        return u"as before"_s;
    case UndoState::MovedSince:
        return u"changed since"_s;
    case UndoState::Gone:
        return u"image gone"_s;
    case UndoState::Incomplete:
        return u"image incomplete"_s;
    }
    return {};
}

QString reason(UndoState state)
{
    switch (state) {
    case UndoState::Possible:
        break;
    case UndoState::Undone:
        return u"was undone already"_s;
    case UndoState::Same:
        return u"means again what it meant before"_s;
    case UndoState::MovedSince:
        return u"was changed again since; undo the later change first"_s;
    case UndoState::Gone:
        return u"the image it meant is not here any more; pull or import it again"_s;
    case UndoState::Incomplete:
        return u"parts of the image it meant are not here any more; pull or import it again"_s;
    }
    return {};
}

QString shortOf(const Digest& target, const NamesNow& now)
{
    if (target.isNull())
        return u"-"_s;
    const Digest id = now.idOf(target);
    return id.isNull() ? target.shortHex() : id.shortHex();
}

QJsonObject jsonOf(const NameMove& move, UndoState state)
{
    const auto digest = [](const Digest& value) {
        return value.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(value.toString());
    };
    return {{"id"_L1, move.id},
            {"name"_L1, move.name},
            {"previous"_L1, digest(move.previous)},
            {"current"_L1, digest(move.current)},
            {"when"_L1, move.when.toString(Qt::ISODateWithMs)},
            {"cause"_L1, causeText(move.cause)},
            {"program"_L1, move.program},
            {"undo"_L1, stateText(state)}};
}

Task<Result<int>> history(ContextPtr context, std::stop_token stop)
{
    const QString name = knownName(context->arguments);
    auto found = co_await nameHistory(context->session, name, stop);
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Table table({u"WHEN"_s, u"NAME"_s, u"FROM"_s, u"TO"_s, u"BY"_s, u"UNDO"_s});
    QJsonArray array;
    for (const NameMove& move : found->moves) {
        const UndoState state = found->now.stateOf(move);
        table.add({ageText(move.when, now), familiar(move.name), shortOf(move.previous, found->now),
                   shortOf(move.current, found->now),
                   move.program.isEmpty() ? causeText(move.cause)
                                          : u"%1 (%2)"_s.arg(causeText(move.cause), move.program),
                   stateText(state)});
        array.append(jsonOf(move, state));
    }
    if (table.isEmpty())
        context->output->note(u"No name was changed here yet."_s);
    else
        context->output->text(table.toString());
    context->output->result("history"_L1, {{"moves"_L1, array}});
    co_return Exit::Done;
}

Task<Result<int>> undo(ContextPtr context, std::stop_token stop)
{
    const QString name = knownName(context->arguments);
    if (!context->session->journal())
        co_return fail(Error::Code::Internal, {}, u"the history cannot be opened"_s);
    const auto last = context->session->journal()->names().last(name);
    if (!last)
        co_return std::unexpected(last.error());
    if (last->isEmpty()) {
        co_return fail(Error::Code::NotFound, familiar(name),
                       name.isEmpty() ? u"there is no change of names to undo"_s
                                      : u"the history has no change of this name to undo"_s);
    }
    QList<qint64> ids;
    for (const NameMove& move : *last)
        ids.append(move.id);
    auto report = co_await undoMoves(context->session, ids, stop);
    if (!report)
        co_return std::unexpected(std::move(report.error()));
    QJsonArray undone;
    for (const NameMove& move : report->undone) {
        undone.append(jsonOf(move, UndoState::Undone));
        context->output->line(move.previous.isNull() ? u"%1 is no name any more"_s.arg(familiar(move.name))
                                                     : u"%1 means %2 again"_s.arg(familiar(move.name),
                                                                                  move.previous.shortHex()));
    }
    for (const auto& [move, state] : report->refused)
        context->output->note(u"%1: %2"_s.arg(familiar(move.name), reason(state)));
    if (report->undone.isEmpty()) {
        const auto& [move, state] = report->refused.first();
        co_return fail(state == UndoState::Gone || state == UndoState::Incomplete ? Error::Code::NotFound
                                                                                  : Error::Code::Conflict,
                       familiar(move.name), reason(state));
    }
    context->output->result("undo"_L1, {{"undone"_L1, undone}});
    co_return report->refused.isEmpty() ? Exit::Done : Exit::Partly;
}

} // namespace

QList<Command> historyCommands()
{
    return {
        {.name = "history"_L1,
         .operands = "[REF]"_L1,
         .most = 1,
         .summary = "show what happened to the names that are here"_L1,
         .run = history},
        {.name = "undo"_L1,
         .operands = "[REF]"_L1,
         .most = 1,
         .summary = "undo the last change of names, or of one name"_L1,
         .run = undo},
    };
}

} // namespace Tagboat
