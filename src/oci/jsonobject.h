// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace Tagboat {

/*!
 * \brief Reads a document that is a single JSON object; anything else is Corrupt about \a subject.
 *
 * For documents from strangers: nesting is bounded by Qt's parser (1,024 levels), the caller bounds the size.
 */
[[nodiscard]] Result<QJsonObject> parseJsonObject(const QByteArray& bytes, const QString& subject);

//! As parseJsonObject(), and refuses a name given twice in one object, which two readers may read
//! differently.
[[nodiscard]] Result<QJsonObject> parseUnambiguousJsonObject(const QByteArray& bytes, const QString& subject);

} // namespace Tagboat
