// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbenchprivate.h"

namespace Tagboat {

QFuture<Result<NameHistory>> Workbench::nameHistory(const QString& canonicalName)
{
    return d->call([canonicalName](std::shared_ptr<Session> session, std::stop_token stop) {
        return Tagboat::nameHistory(std::move(session), canonicalName, std::move(stop));
    });
}

QFuture<Result<UndoReport>> Workbench::undoNames(const QList<qint64>& ids)
{
    return d->call([ids](std::shared_ptr<Session> session, std::stop_token stop) {
        return undoMoves(std::move(session), ids, std::move(stop));
    });
}

} // namespace Tagboat
