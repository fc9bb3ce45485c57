// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"
#include "oci/platform.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QStringList>

#include <chrono>
#include <optional>

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
        QString original;  //!< as it stands in the config
        QString author;
        QString comment;
        QDateTime created;
        bool isEmptyLayer = false;
    };

    /*!
     * \brief How a container is asked whether it is well.
     *
     * Docker's own (moby/docker-image-spec spec.md "Healthcheck"), no part of the image-spec; durations are
     * nanoseconds there. What is 0 is left to the engine.
     */
    struct HealthCheck
    {
        QStringList test; //!< ["NONE"], ["CMD", argument…] or ["CMD-SHELL", line]
        std::chrono::nanoseconds interval{0}, timeout{0}, startPeriod{0}, startInterval{0};
        int retries = 0;
        [[nodiscard]] bool isNone() const
        {
            return test.isEmpty() || test.first() == QLatin1StringView("NONE");
        }
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
    QStringList shell;   //!< of RUN, CMD and ENTRYPOINT in shell form; Docker's own, as the health check
    QStringList onBuild; //!< steps for images that build on it; Docker's own
    std::optional<HealthCheck> healthCheck;

    //! The build step of each layer, base first, as many as diffIds; empty steps where history does not fit.
    [[nodiscard]] QList<Step> stepsOfLayers() const;
};

} // namespace Tagboat
