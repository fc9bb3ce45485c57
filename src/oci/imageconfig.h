// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"
#include "oci/platform.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QStringList>

namespace Tagboat {

/*!
 * \brief A parsed view of an image config (image-spec config.md; Docker's container.image.v1 alike).
 *
 * Lenient: unknown fields are ignored, missing ones stay empty; only a document that is no JSON object is
 * Corrupt.
 */
class ImageConfig
{
public:
    struct Step
    {
        QString createdBy; //!< shell boilerplate ("/bin/sh -c #(nop)", "# buildkit") removed
        QString comment;
        QDateTime created;
        bool isEmptyLayer = false;
    };

    ImageConfig() = default;
    [[nodiscard]] static Result<ImageConfig> parse(const QByteArray& bytes, const QString& subject);

    Platform platform;
    QDateTime created; //!< invalid where absent; images built reproducibly often say 1970
    QString author;
    QList<Digest> diffIds; //!< base first; null where one cannot be read
    QList<Step> history;   //!< oldest first
    QStringList entrypoint, command, environment, exposedPorts, volumes;
    QString user, workingDirectory, stopSignal;
    QMap<QString, QString> labels;

    //! The build step of each layer, base first, as many as diffIds; empty steps where history does not fit.
    [[nodiscard]] QList<Step> stepsOfLayers() const;
};

} // namespace Tagboat
