// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/configdirectory.h"
#include "workbench/session.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Tagboat {

SessionPaths SessionPaths::standard()
{
    // Not AppDataLocation: window and command line have different application names but one store.
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return {directoryFromEnvironment("TAGBOAT_DATA_DIR", usual + u"/tagboat"_s), standardConfigDirectory()};
}

} // namespace Tagboat
