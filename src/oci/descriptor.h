// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"
#include "oci/platform.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <optional>

namespace Tagboat {

//! A pointer to content: what it is, which bytes, how many (image-spec descriptor.md).
struct Descriptor
{
    QString mediaType;
    Digest digest;
    qint64 size = -1; //!< bytes; -1 only before it is known, never in parsed content
    std::optional<Platform> platform;
    QMap<QString, QString> annotations;
    QString artifactType;
    QStringList urls;

    //! Requires a valid digest and a size that is not negative; \a where names the document for the error.
    [[nodiscard]] static Result<Descriptor> fromJson(const QJsonObject& object, const QString& where);
    [[nodiscard]] QJsonObject toJson() const;
    //! Same content: digest and size; the rest is decoration.
    [[nodiscard]] bool isSameContent(const Descriptor& other) const
    {
        return digest == other.digest && size == other.size;
    }
    friend bool operator==(const Descriptor&, const Descriptor&) = default;
};

} // namespace Tagboat
