// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/dockerarchive.h"

#include "archive/imagenames.h"
#include "archive/memberpath.h"
#include "base/logging.h"
#include "oci/imageconfig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

QString manifestSubject(const OpenedArchivePtr& archive)
{
    return memberSubject(archive->path(), u"manifest.json");
}

//! A member that manifest.json points at has to be there.
Result<qsizetype> pointedAt(const OpenedArchivePtr& archive, const QJsonValue& path, QStringView what)
{
    if (!path.isString()) {
        return fail(Error::Code::Corrupt, manifestSubject(archive),
                    u"an image without the path of its %1"_s.arg(what));
    }
    auto member = archive->table().file(path.toString());
    if (!member && member.error().code == Error::Code::NotFound) {
        member.error().code = Error::Code::Corrupt;
        member.error().message =
            u"manifest.json names this %1, but it is "_s.arg(what) + member.error().message;
    }
    return member;
}

//! The digest in the name of a config, where the name is one: "<hex>.json", "blobs/sha256/<hex>",
//! "sha256:<hex>".
QString digestInName(const QString& path)
{
    static const QRegularExpression pattern(u"(?:^|[/:])([0-9a-f]{64})(?:\\.json)?$"_s);
    return pattern.match(path).captured(1);
}

Task<Result<void>> readConfig(OpenedArchivePtr archive, std::shared_ptr<DockerImage> image, QJsonValue path,
                              std::stop_token stop)
{
    auto member = pointedAt(archive, path, u"config");
    if (!member)
        co_return std::unexpected(std::move(member.error()));
    auto bytes = co_await readDocument(archive, *member, std::move(stop));
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    image->configPath = path.toString();
    image->config = std::move(*bytes);
    image->id = Digest::ofBytes(image->config);
    const QString promised = digestInName(image->configPath);
    if (!promised.isEmpty() && promised != image->id.hex()) {
        co_return fail(Error::Code::DigestMismatch, memberSubject(archive->path(), image->configPath),
                       u"the config's digest is %1"_s.arg(image->id.toString()));
    }
    co_return Result<void>();
}

Result<void> readLayers(const OpenedArchivePtr& archive, DockerImage& image, const QJsonValue& paths)
{
    const QString subject = memberSubject(archive->path(), image.configPath);
    const auto config = ImageConfig::parse(image.config, subject);
    if (!config)
        return std::unexpected(config.error());
    image.platform = config->platform;
    if (!paths.isArray() && !paths.isNull() && !paths.isUndefined())
        return fail(Error::Code::Corrupt, manifestSubject(archive), u"layers that are no list"_s);
    const QJsonArray layers = paths.toArray();
    if (layers.size() != config->diffIds.size()) {
        return fail(Error::Code::Corrupt, subject,
                    u"manifest.json has %1 layers for the %2 of the config"_s.arg(layers.size())
                        .arg(config->diffIds.size()));
    }
    for (qsizetype i = 0; i < layers.size(); ++i) {
        auto member = pointedAt(archive, layers.at(i), u"layer");
        if (!member)
            return std::unexpected(std::move(member.error()));
        const Digest& diffId = config->diffIds.at(i);
        if (diffId.isNull())
            return fail(Error::Code::Corrupt, subject, u"a diff ID that is no digest"_s);
        image.layers.append({*member, diffId});
    }
    return {};
}

QStringList readNames(const OpenedArchivePtr& archive, const QJsonValue& tags, QSet<QString>& used)
{
    QStringList names;
    const QJsonArray list = tags.toArray(); // null where the image was saved by its ID
    for (const QJsonValue& tag : list) {
        const QString name = canonicalName(tag.toString());
        if (name.isEmpty() || used.contains(name)) {
            qCWarning(lcArchive) << archive->path() << "has a name that cannot be used:" << tag.toString();
            continue;
        }
        used.insert(name);
        names.append(name);
    }
    return names;
}

} // namespace

Task<Result<QList<DockerImage>>> readDockerImages(OpenedArchivePtr archive, std::stop_token stop)
{
    QList<DockerImage> images;
    if (!archive->table().contains(u"manifest.json"_s))
        co_return Result<QList<DockerImage>>(std::move(images));
    auto member = archive->table().file(u"manifest.json");
    if (!member)
        co_return std::unexpected(std::move(member.error()));
    auto bytes = co_await readDocument(archive, *member, stop);
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &problem);
    if (!document.isArray()) {
        co_return fail(Error::Code::Corrupt, manifestSubject(archive),
                       problem.error ? problem.errorString() : u"no list of images"_s);
    }

    QHash<Digest, qsizetype> known;
    QSet<QString> usedNames;
    const QJsonArray items = document.array();
    for (const QJsonValue& item : items) {
        const QJsonObject object = item.toObject();
        auto image = std::make_shared<DockerImage>();
        auto config = co_await readConfig(archive, image, object["Config"_L1], stop);
        if (!config)
            co_return std::unexpected(std::move(config.error()));
        if (auto layers = readLayers(archive, *image, object["Layers"_L1]); !layers)
            co_return std::unexpected(std::move(layers.error()));
        const QStringList names = readNames(archive, object["RepoTags"_L1], usedNames);
        const Digest id = image->id;
        if (!known.contains(id)) {
            known.insert(id, images.size());
            images.append(std::move(*image));
        }
        images[known.value(id)].names += names;
    }
    co_return Result<QList<DockerImage>>(std::move(images));
}

} // namespace Tagboat
