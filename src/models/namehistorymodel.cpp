// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/namehistorymodel.h"

#include "models/imagenames.h"
#include "models/rowdiff.h"
#include "models/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct History
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::NameHistory)
};

QString whatHappened(NameCause cause)
{
    switch (cause) {
    case NameCause::Tag:
        return History::tr("name given");
    case NameCause::Remove:
        return History::tr("name removed");
    case NameCause::Delete:
        return History::tr("image deleted");
    case NameCause::CleanUp:
        return History::tr("clean-up");
    case NameCause::Pull:
        return History::tr("pull");
    case NameCause::Import:
        return History::tr("import");
    case NameCause::Undo:
        return History::tr("undo");
    case NameCause::Other:
        break;
    }
    return History::tr("change");
}

QString stateText(UndoState state)
{
    switch (state) {
    case UndoState::Possible:
        return History::tr("can be undone");
    case UndoState::Undone:
        return History::tr("undone");
    case UndoState::Same:
        return History::tr("is so again");
    case UndoState::MovedSince:
        return History::tr("changed again since");
    case UndoState::Gone:
        return History::tr("image is gone");
    case UndoState::Incomplete:
        return History::tr("image is incomplete");
    }
    return {};
}

} // namespace

QString undoReason(const NameMove& move, UndoState state)
{
    const QString name = familiarName(move.name);
    switch (state) {
    case UndoState::Possible:
        break;
    case UndoState::Undone:
        return History::tr("This change of %1 was undone already.").arg(name);
    case UndoState::Same:
        return History::tr("%1 means again what it meant before this change.").arg(name);
    case UndoState::MovedSince:
        return History::tr("%1 was changed again since; undo the later change first.").arg(name);
    case UndoState::Gone:
        return History::tr("The image that %1 meant is not on this computer any more: it was deleted or "
                           "cleaned up. Pull or import it again.")
            .arg(name);
    case UndoState::Incomplete:
        return History::tr("Parts of the image that %1 meant are not on this computer any more. Pull or "
                           "import it again.")
            .arg(name);
    }
    return {};
}

NameHistoryModel::NameHistoryModel(QObject* parent) : QAbstractTableModel(parent) { }

void NameHistoryModel::setHistory(const NameHistory& history)
{
    RowChanges changes;
    changes.beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); };
    changes.endInsert = [this] { endInsertRows(); };
    changes.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); };
    changes.endRemove = [this] { endRemoveRows(); };
    changes.beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); };
    changes.endMove = [this] { endMoveRows(); };
    changes.changed = [](int) { };
    m_now = history.now;
    updateRows(
        m_rows, history.moves, [](const Row& row) { return row.move.id; },
        [](const NameMove& move) { return move.id; },
        [this](const NameMove& move) { return Row{move, familiarName(move.name), m_now.stateOf(move)}; },
        [this](Row& row, const NameMove& move) {
            row.move = move;
            row.state = m_now.stateOf(move);
            return false;
        },
        changes);
    // What names mean now may have changed any state, and any ID may be known or not.
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

const NameMove* NameHistoryModel::move(const QModelIndex& index) const
{
    return index.isValid() ? &m_rows[std::size_t(index.row())].move : nullptr;
}

void NameHistoryModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

int NameHistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int NameHistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

//! The image ID, which lists show; of images that are gone their digest is all that is known.
QString NameHistoryModel::target(const Digest& digest) const
{
    if (digest.isNull())
        return QString(QChar(0x2013));
    const Digest id = m_now.idOf(digest);
    return id.isNull() ? digest.shortHex() : id.shortHex();
}

QVariant NameHistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    const NameMove& move = row.move;
    switch (role) {
    case MoveId:
        return move.id;
    case State:
        return int(row.state);
    case Role::TextTone:
        return QVariant::fromValue(row.state == UndoState::Possible || index.column() == Name ? Tone::Normal
                                                                                              : Tone::Muted);
    default:
        break;
    }
    switch (index.column()) {
    case When:
        return role == Qt::DisplayRole                          ? QVariant(formatAge(move.when))
            : role == Qt::ToolTipRole || role == Role::CopyText ? QVariant(formatMoment(move.when))
                                                                : QVariant();
    case Name:
        if (role == Role::BoldRange)
            return QVariant::fromValue(boldTag(ShownName::of(move.name)));
        return role == Qt::DisplayRole ? QVariant(row.familiar)
            : role == Qt::ToolTipRole  ? QVariant(move.name)
                                       : QVariant();
    case From:
    case To: {
        const Digest& digest = index.column() == From ? move.previous : move.current;
        if (role == Role::Monospace)
            return !digest.isNull();
        if (role == Qt::ToolTipRole) {
            return digest.isNull() ? index.column() == From ? History::tr("There was no such name before")
                                                            : History::tr("There was no such name any more")
                                   : digest.toString();
        }
        return role == Qt::DisplayRole ? QVariant(target(digest)) : QVariant();
    }
    case What:
        if (role == Qt::DisplayRole)
            return move.program == "tagboat-cli"_L1
                ? History::tr("%1, command line", "name removed, command line").arg(whatHappened(move.cause))
                : whatHappened(move.cause);
        return role == Qt::ToolTipRole ? QVariant(move.program) : QVariant();
    case Undo:
        return role == Qt::DisplayRole ? QVariant(stateText(row.state))
            : role == Qt::ToolTipRole  ? QVariant(undoReason(move, row.state))
                                       : QVariant();
    default:
        return {};
    }
}

QVariant NameHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return History::tr("When");
    case Name:
        return History::tr("Name");
    case From:
        return History::tr("From image");
    case To:
        return History::tr("To image");
    case What:
        return History::tr("By");
    case Undo:
        return History::tr("Undo");
    default:
        return {};
    }
}

} // namespace Tagboat
