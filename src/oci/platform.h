// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace Tagboat {

//! Operating system, architecture and variant an image runs on (image-spec image-index.md "platform").
struct Platform
{
    QString os;
    QString architecture;
    QString variant;
    QString osVersion;
    QStringList osFeatures;

    //! "linux/arm64/v8"; OS alone is an error, since every tool means "OS/ARCH" or more.
    [[nodiscard]] static Result<Platform> parse(QStringView text);
    [[nodiscard]] static Platform fromJson(const QJsonObject& object);
    [[nodiscard]] static Platform host();
    [[nodiscard]] QJsonObject toJson() const;
    //! Aliases folded as containerd does: x86_64 → amd64, arm64/v8 → arm64, armhf → arm/v7, macos → darwin.
    [[nodiscard]] Platform normalized() const;
    //! "linux/arm/v7"; empty when nothing is known.
    [[nodiscard]] QString toString() const;
    [[nodiscard]] bool isEmpty() const { return os.isEmpty() && architecture.isEmpty(); }
    //! "unknown/unknown", the platform of attestation manifests.
    [[nodiscard]] bool isUnknown() const;

    //! How well an image for \a candidate runs on this platform: 0 best, larger worse, -1 not at all
    //! (containerd/platforms compare.go).
    [[nodiscard]] int preference(const Platform& candidate) const;

    friend bool operator==(const Platform&, const Platform&) = default;
};

} // namespace Tagboat
