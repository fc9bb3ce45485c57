// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

namespace Tagboat {

/*!
 * \brief Passes \a source through, counts its bytes by \a onBytes and lets its errors speak of \a subject.
 *
 * The layers of a pipeline know digests; a person knows members of an archive and images.
 */
[[nodiscard]] ByteSourcePtr traced(ByteSourcePtr source, QString subject,
                                   std::function<void(qint64)> onBytes);

//! \a error about \a subject, unless it is a stop; \a subject is put first where the error names another
//! thing.
[[nodiscard]] Error aboutSubject(Error error, const QString& subject);

} // namespace Tagboat
