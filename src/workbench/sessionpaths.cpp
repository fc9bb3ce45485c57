// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/session.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString folder(const char* variable, QStandardPaths::StandardLocation location)
{
    const QString chosen = qEnvironmentVariable(variable);
    if (!chosen.isEmpty())
        return QDir::cleanPath(QDir::current().absoluteFilePath(chosen));
    // Not AppDataLocation: window and command line have different application names but one store.
    return QDir::cleanPath(QStandardPaths::writableLocation(location) + u"/tagboat"_s);
}

} // namespace

SessionPaths SessionPaths::standard()
{
    return {folder("TAGBOAT_DATA_DIR", QStandardPaths::GenericDataLocation),
            folder("TAGBOAT_CONFIG_DIR", QStandardPaths::GenericConfigLocation)};
}

} // namespace Tagboat
