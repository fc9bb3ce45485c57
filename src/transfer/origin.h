// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

namespace Tagboat {

//! \a error as one of the end \a where, unless it already says which end it is; \a doing where it names no
//! operation.
[[nodiscard]] inline std::unexpected<Error> failAt(Error::Origin where, Error error, const QString& doing)
{
    if (error.origin == Error::Origin::Local)
        error.origin = where;
    if (error.operation.isEmpty())
        error.operation = doing;
    return fail(std::move(error));
}

[[nodiscard]] inline std::unexpected<Error> failAtSource(Error error, const QString& doing)
{
    return failAt(Error::Origin::Source, std::move(error), doing);
}

[[nodiscard]] inline std::unexpected<Error> failAtDestination(Error error, const QString& doing)
{
    return failAt(Error::Origin::Destination, std::move(error), doing);
}

} // namespace Tagboat
