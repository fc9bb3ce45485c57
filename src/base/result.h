// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"

#include <expected>
#include <utility>

namespace Tagboat {

//! What every function that can fail returns. `Result<void>` for those that only do something.
template<typename T>
using Result = std::expected<T, Error>;

//! `return fail(Error::Code::NotFound, name, u"no such image"_s);`
[[nodiscard]] inline std::unexpected<Error> fail(Error::Code code, QString subject, QString message)
{
    return std::unexpected(Error::make(code, std::move(subject), std::move(message)));
}

//! `return fail(std::move(error).during(u"read manifest"_s));`
[[nodiscard]] inline std::unexpected<Error> fail(Error error)
{
    return std::unexpected(std::move(error));
}

//! The stop of a coroutine, as an error.
[[nodiscard]] inline std::unexpected<Error> cancelled(QString operation = {})
{
    return fail(
        Error::make(Error::Code::Cancelled, {}, QStringLiteral("cancelled")).during(std::move(operation)));
}

} // namespace Tagboat
