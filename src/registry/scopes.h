// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Tagboat {

//! Token scopes by what is to be done in a repository (distribution docs "token scope").
[[nodiscard]] inline QStringList pullScopes(const QString& repository)
{
    return {QStringLiteral("repository:%1:pull").arg(repository)};
}

[[nodiscard]] inline QStringList pushScopes(const QString& repository)
{
    return {QStringLiteral("repository:%1:pull,push").arg(repository)};
}

//! The destination first: some registries look at the first scope only.
[[nodiscard]] inline QStringList mountScopes(const QString& repository, const QString& from)
{
    return {QStringLiteral("repository:%1:pull,push").arg(repository),
            QStringLiteral("repository:%1:pull").arg(from)};
}

//! Registries differ in what deleting takes (`delete`, `push`, `*`) and refuse what they do not know: the
//! challenge that follows tells what to add.
[[nodiscard]] inline QStringList removeScopes(const QString& repository)
{
    return {QStringLiteral("repository:%1:push").arg(repository)};
}

} // namespace Tagboat
