// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/configdirectory.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Tagboat {

QString directoryFromEnvironment(const char* variable, const QString& usual)
{
    const QString chosen = qEnvironmentVariable(variable);
    return QDir::cleanPath(chosen.isEmpty() ? usual : QDir::current().absoluteFilePath(chosen));
}

QString standardConfigDirectory()
{
    // Not AppConfigLocation: the programs have different names but one set of profiles.
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return directoryFromEnvironment("TAGBOAT_CONFIG_DIR", usual + u"/tagboat"_s);
}

} // namespace Tagboat
