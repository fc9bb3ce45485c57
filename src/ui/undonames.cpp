// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/undonames.h"

#include "models/namehistorymodel.h"
#include "workbench/workbench.h"

#include <QCoreApplication>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct UndoWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::UndoNames)
};

QString doneText(const QList<NameMove>& undone)
{
    if (undone.size() > 1)
        return UndoWords::tr("%n change(s) of names undone.", nullptr, int(undone.size()));
    const NameMove& move = undone.first();
    const QString name = familiarName(move.name);
    return move.previous.isNull() ? UndoWords::tr("Undone: the name %1 is gone again.").arg(name)
        : move.current.isNull()   ? UndoWords::tr("Undone: the name %1 is back.").arg(name)
                                  : UndoWords::tr("Undone: %1 means the same image as before.").arg(name);
}

ErrorText textOf(const UndoReport& report)
{
    ErrorText text;
    QStringList reasons;
    for (const auto& [move, state] : report.refused)
        reasons.append(undoReason(move, state));
    text.text = reasons.join(u'\n');
    if (!report.undone.isEmpty()) {
        text.tone = reasons.isEmpty() ? Tone::Ok : Tone::Warning;
        text.title = doneText(report.undone);
    } else if (reasons.isEmpty()) {
        text.tone = Tone::Info;
        text.title = UndoWords::tr("There is no change of names to undo.");
    } else {
        text.tone = Tone::Warning;
        text.title = UndoWords::tr("This cannot be undone.");
    }
    return text;
}

} // namespace

void undoNames(Workbench& workbench, QWidget* parent, const QList<qint64>& ids,
               const std::function<void(const ErrorText&)>& told)
{
    workbench.undoNames(ids).then(parent, [told](const Result<UndoReport>& report) {
        told(report ? textOf(*report) : explain(report.error(), {.doing = ErrorContext::Doing::Tag}));
    });
}

std::optional<ErrorText> undoOffer(const QList<NameMove>& moves)
{
    QStringList lost;
    QStringList moved;
    QStringList ids;
    for (const NameMove& move : moves) {
        ids.append(QString::number(move.id));
        if (move.previous.isNull())
            continue;
        (move.current.isNull() ? lost : moved).append(familiarName(move.name));
    }
    const bool isOffered = !moves.isEmpty() && moves.first().cause != NameCause::Undo
        && moves.first().cause != NameCause::Delete;
    if (!isOffered || (lost.isEmpty() && moved.isEmpty()))
        return std::nullopt;
    ErrorText text;
    text.tone = Tone::Info;
    QStringList sentences;
    if (lost.size() == 1)
        sentences.append(UndoWords::tr("The name %1 was removed.").arg(lost.first()));
    else if (!lost.isEmpty())
        sentences.append(UndoWords::tr("%n names were removed.", nullptr, int(lost.size())));
    if (moved.size() == 1)
        sentences.append(UndoWords::tr("The name %1 moved to another image.").arg(moved.first()));
    else if (!moved.isEmpty())
        sentences.append(UndoWords::tr("%n names moved to another image.", nullptr, int(moved.size())));
    text.title = sentences.join(u' ');
    text.remedies = {{RemedyKind::UndoNames, UndoWords::tr("Undo"), ids.join(u' ')}};
    return text;
}

QList<qint64> movesIn(const QString& argument)
{
    QList<qint64> ids;
    for (const QString& word : argument.split(u' ', Qt::SkipEmptyParts))
        ids.append(word.toLongLong());
    return ids;
}

} // namespace Tagboat
