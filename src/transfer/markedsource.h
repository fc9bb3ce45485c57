// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

#include <memory>
#include <optional>

namespace Tagboat {

/*!
 * \brief Remembers what went wrong at the source of a blob, since a writer tells only that its upload broke
 * off.
 */
struct SourceFault
{
    std::optional<Error> error; //!< with Origin Source; never Cancelled

    void note(Error& found);
};

//! Passes \a source through and notes its errors in \a fault. Still says where the bytes lie in a plain file.
[[nodiscard]] ByteSourcePtr marked(ByteSourcePtr source, std::shared_ptr<SourceFault> fault);

} // namespace Tagboat
