// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/imageconfig.h"

#include "oci/jsonobject.h"

#include <QJsonArray>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! A list of words, or the single text that images of old builders have in its place.
QStringList words(const QJsonValue& value)
{
    if (value.isString())
        return {value.toString()};
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& element : array) {
        if (element.isString())
            list.append(element.toString());
    }
    return list;
}

QDateTime moment(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toTimeZone(QTimeZone::UTC);
}

//! Cuts \a prefix off the front of \a text.
bool take(QStringView& text, QLatin1StringView prefix)
{
    if (!text.startsWith(prefix))
        return false;
    text = text.sliced(prefix.size()).trimmed();
    return true;
}

//! The build step as its author wrote it: without the shell that ran it and the remarks of the builder.
QString readableStep(const QString& createdBy)
{
    constexpr std::array Shells{"/bin/sh -c"_L1, "/bin/bash -c"_L1, "/bin/ash -c"_L1, "cmd /S /C"_L1,
                                "powershell -Command"_L1};
    QStringView text = QStringView(createdBy).trimmed();
    if (text.endsWith("# buildkit"_L1))
        text = text.chopped(10).trimmed();
    const QStringView whole = text;

    take(text, "RUN "_L1);
    if (text.startsWith(u'|')) { // "|1 ARG=value /bin/sh -c command": build arguments, then the shell
        for (const QLatin1StringView shell : Shells) {
            if (const qsizetype at = text.indexOf(shell); at > 0)
                text = text.sliced(at);
        }
    }
    for (const QLatin1StringView shell : Shells) {
        if (!take(text, shell))
            continue;
        if (take(text, "#(nop)"_L1)) // an instruction, no command
            return text.toString();
        return "RUN "_L1 + text.toString();
    }
    return whole.toString();
}

ImageConfig::Step readStep(const QJsonObject& object)
{
    ImageConfig::Step step;
    step.original = object["created_by"_L1].toString();
    step.createdBy = readableStep(step.original);
    step.author = object["author"_L1].toString();
    step.comment = object["comment"_L1].toString();
    step.created = moment(object["created"_L1]);
    step.isEmptyLayer = object["empty_layer"_L1].toBool();
    return step;
}

std::chrono::nanoseconds duration(const QJsonValue& value)
{
    return std::chrono::nanoseconds(std::max<qint64>(0, value.toInteger()));
}

std::optional<ImageConfig::HealthCheck> readHealthCheck(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    ImageConfig::HealthCheck check;
    check.test = words(value["Test"_L1]);
    check.interval = duration(value["Interval"_L1]);
    check.timeout = duration(value["Timeout"_L1]);
    check.startPeriod = duration(value["StartPeriod"_L1]);
    check.startInterval = duration(value["StartInterval"_L1]);
    check.retries = std::max(0, value["Retries"_L1].toInt());
    return check;
}

} // namespace

Result<ImageConfig> ImageConfig::parse(const QByteArray& bytes, const QString& subject)
{
    const Result<QJsonObject> document = parseJsonObject(bytes, subject);
    if (!document)
        return std::unexpected(document.error());

    ImageConfig config;
    config.platform = Platform::fromJson(*document);
    config.created = moment((*document)["created"_L1]);
    config.author = (*document)["author"_L1].toString();

    const QJsonArray diffIds = (*document)["rootfs"_L1].toObject()["diff_ids"_L1].toArray();
    for (const QJsonValue& diffId : diffIds)
        config.diffIds.append(Digest::parse(diffId.toString()).value_or(Digest()));
    const QJsonArray history = (*document)["history"_L1].toArray();
    for (const QJsonValue& step : history)
        config.history.append(readStep(step.toObject()));

    const QJsonObject run = (*document)["config"_L1].toObject();
    config.entrypoint = words(run["Entrypoint"_L1]);
    config.command = words(run["Cmd"_L1]);
    config.environment = words(run["Env"_L1]);
    config.exposedPorts = run["ExposedPorts"_L1].toObject().keys();
    config.volumes = run["Volumes"_L1].toObject().keys();
    config.user = run["User"_L1].toString();
    config.workingDirectory = run["WorkingDir"_L1].toString();
    config.stopSignal = run["StopSignal"_L1].toString();
    config.shell = words(run["Shell"_L1]);
    config.onBuild = words(run["OnBuild"_L1]);
    config.healthCheck = readHealthCheck(run["Healthcheck"_L1]);
    const QJsonObject labels = run["Labels"_L1].toObject();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        config.labels.insert(label.key(), label.value().toString());
    return config;
}

QList<ImageConfig::Step> ImageConfig::stepsOfLayers() const
{
    QList<Step> steps;
    for (const Step& step : history) {
        if (!step.isEmptyLayer)
            steps.append(step);
    }
    // Old images lack history, squashed ones have too much: better none than one that belongs to another
    // layer.
    if (steps.size() != diffIds.size())
        steps = QList<Step>(diffIds.size());
    return steps;
}

} // namespace Tagboat
