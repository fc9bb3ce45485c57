// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "store/imagestore.h"
#include "transfer/journalnames.h"

#include <QHash>

namespace Tagboat {

class Session;

//! Whether a move of a name can be undone now; each is another sentence to the person at the screen.
enum class UndoState {
    Possible,
    Undone,     //!< was undone already
    Same,       //!< the name means that again, whoever saw to it
    MovedSince, //!< the name was changed once more: that would have to be undone first
    Gone,       //!< the image is not on this computer any more
    Incomplete, //!< parts of it are not
};

//! What names mean now and which images are here whole: enough to tell whether moves can be undone.
class NamesNow
{
public:
    NamesNow() = default;
    explicit NamesNow(const QList<StoredImage>& images);

    [[nodiscard]] UndoState stateOf(const NameMove& move) const;
    //! As if \a move had been undone, to ask about further ones.
    void undo(const NameMove& move);
    //! What the name means; null where there is no such name.
    [[nodiscard]] Digest target(const QString& name) const { return m_targets.value(name); }
    //! The image ID that goes with a root digest, to be shown; null where the image is not here.
    [[nodiscard]] Digest idOf(const Digest& target) const { return m_ids.value(target); }

private:
    QHash<QString, Digest> m_targets;
    QHash<Digest, bool> m_isComplete; // by root digest, and by those of platforms
    QHash<Digest, Digest> m_ids;
};

struct NameHistory
{
    QList<NameMove> moves; //!< newest first
    NamesNow now;
};

//! What came of an undo.
struct UndoReport
{
    QList<NameMove> undone;
    QList<std::pair<NameMove, UndoState>> refused;
};

// On the session's thread. Internal where there is no journal.
[[nodiscard]] Task<Result<NameHistory>> nameHistory(std::shared_ptr<Session> session, QString name,
                                                    std::stop_token stop);
//! Undoes the moves \a ids, newest first, or what the last action changed where none is given; those that
//! cannot be undone stay as they are. Neither undone nor refused: there was nothing to undo.
[[nodiscard]] Task<Result<UndoReport>> undoMoves(std::shared_ptr<Session> session, QList<qint64> ids,
                                                 std::stop_token stop);

} // namespace Tagboat
