// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

namespace Tagboat {

//! The next \a size bytes of \a source as a body of their own; Corrupt where it has fewer. What is behind
//! them can be read from \a source afterwards, unless this one was sent as a file (ByteSource::file()), which
//! reads nothing of it.
[[nodiscard]] ByteSourcePtr firstOf(ByteSourcePtr source, qint64 size, QString subject);

//! \a source, whose end before \a size bytes is a lost connection (Network), not the end: so a body looks
//! that tells its length by closing, when a proxy on the way has had enough.
[[nodiscard]] ByteSourcePtr unbroken(ByteSourcePtr source, qint64 size, QString subject);

} // namespace Tagboat
