// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/imagebase.h"

#include "oci/jsonobject.h"
#include "oci/reference.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto BaseName = "org.opencontainers.image.base.name"_L1;
constexpr auto BaseDigest = "org.opencontainers.image.base.digest"_L1;

//! Nothing where \a name is none, or names nothing that could move.
void setReference(DeclaredBase& base, const QString& name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed == "scratch"_L1)
        return;
    const auto reference = Reference::parse(trimmed);
    if (!reference)
        return;
    if (base.digest.isNull())
        base.digest = reference->digest();
    if (reference->tag().isEmpty())
        return;
    if (const auto tagged = reference->withTag(reference->tag()))
        base.reference = tagged->canonical();
}

std::optional<DeclaredBase> unlessEmpty(DeclaredBase base)
{
    if (base.reference.isEmpty() && base.digest.isNull())
        return std::nullopt;
    return base;
}

//! "pkg:docker/library/alpine@3.18?digest=sha256:…&platform=linux%2Famd64" (package-url, type docker), as
//! BuildKit writes images into its materials; nothing for a material of another kind.
std::optional<DeclaredBase> baseOfMaterial(const QJsonObject& material)
{
    constexpr auto Scheme = "pkg:docker/"_L1;
    const QString uri = material["uri"_L1].toString();
    if (!uri.startsWith(Scheme))
        return std::nullopt;
    const QString package = uri.sliced(Scheme.size()).section(u'?', 0, 0);
    const qsizetype at = package.lastIndexOf(u'@');
    const auto decoded = [](const QString& text) { return QUrl::fromPercentEncoding(text.toUtf8()); };
    const QString name = decoded(at < 0 ? package : package.first(at));
    const QString version = at < 0 ? QString() : decoded(package.sliced(at + 1));
    // A frontend made the build and is no part of the image.
    if (name == "docker/dockerfile"_L1 || name.startsWith("docker/buildkit"_L1))
        return std::nullopt;

    DeclaredBase base;
    base.source = BaseSource::Provenance;
    const QString hex = material["digest"_L1].toObject()["sha256"_L1].toString();
    base.digest = Digest::parse(QString(u"sha256:"_s + hex)).value_or(Digest());
    if (!version.contains(u':')) // a digest in place of a tag: pinned
        setReference(base, version.isEmpty() ? name : QString(name + u':' + version));
    return unlessEmpty(base);
}

} // namespace

QLatin1StringView toString(BaseSource source)
{
    switch (source) {
    case BaseSource::Annotation:
        return "annotation"_L1;
    case BaseSource::Label:
        return "label"_L1;
    case BaseSource::Provenance:
        return "provenance"_L1;
    case BaseSource::Layers:
        return "layers"_L1;
    }
    return {};
}

std::optional<BaseSource> baseSourceFromString(QStringView text)
{
    for (const auto source :
         {BaseSource::Annotation, BaseSource::Label, BaseSource::Provenance, BaseSource::Layers}) {
        if (text == toString(source))
            return source;
    }
    return std::nullopt;
}

std::optional<DeclaredBase> declaredBase(const QMap<QString, QString>& annotations, BaseSource source)
{
    DeclaredBase base;
    base.source = source;
    base.digest = Digest::parse(annotations.value(BaseDigest).trimmed()).value_or(Digest());
    setReference(base, annotations.value(BaseName));
    return unlessEmpty(base);
}

std::optional<DeclaredBase> baseOfProvenance(const QByteArray& statement)
{
    const auto document = parseJsonObject(statement, u"provenance"_s);
    if (!document)
        return std::nullopt;
    const QJsonObject predicate = (*document)["predicate"_L1].toObject();
    QJsonArray materials = predicate["materials"_L1].toArray(); // 0.2
    if (materials.isEmpty())                                    // 1.0
        materials = predicate["buildDefinition"_L1].toObject()["resolvedDependencies"_L1].toArray();
    std::optional<DeclaredBase> found;
    for (const QJsonValue& material : std::as_const(materials)) {
        const auto base = baseOfMaterial(material.toObject());
        if (!base || base == found)
            continue;
        if (found)
            return std::nullopt;
        found = base;
    }
    return found;
}

namespace {

//! Layers by which a platform can be found, or can find: all known, and an image at all.
bool hasKnownLayers(const StoredImage& image, const StoredPlatform& platform)
{
    return !image.isArtifact && !platform.layers.isEmpty()
        && std::ranges::none_of(platform.layers, [](const StoredLayer& l) { return l.diffId.isNull(); });
}

//! Never the text of a digest.
QString keyOf(const Platform& platform)
{
    return platform.normalized().toString();
}

} // namespace

BaseFinder::BaseFinder(const QList<StoredImage>& images) : m_images(images), m_ends(1)
{
    for (int i = 0; i < images.size(); ++i) {
        for (int p = 0; p < images.at(i).platforms.size(); ++p) {
            const StoredPlatform& platform = images.at(i).platforms.at(p);
            if (!hasKnownLayers(images.at(i), platform))
                continue;
            int node = 0;
            const auto descend = [this, &node](const QString& key) {
                const auto next = m_children.constFind({node, key});
                if (next != m_children.cend()) {
                    node = *next;
                    return;
                }
                const int made = static_cast<int>(m_ends.size());
                m_children.insert({node, key}, made);
                m_ends.emplace_back();
                node = made;
            };
            descend(keyOf(platform.platform));
            for (const StoredLayer& layer : platform.layers)
                descend(layer.diffId.toString());
            Place& end = m_ends[static_cast<size_t>(node)];
            const Place here{i, p};
            if (end.image < 0 || isBetter(here, end))
                end = here;
        }
    }
}

bool BaseFinder::isBetter(const Place& a, const Place& b) const
{
    const StoredImage& first = m_images.at(a.image);
    const StoredImage& second = m_images.at(b.image);
    if (first.names.isEmpty() != second.names.isEmpty())
        return second.names.isEmpty();
    if (first.created != second.created)
        return first.created > second.created;
    return first.target.digest < second.target.digest;
}

std::optional<BaseFinder::Match> BaseFinder::baseOf(const StoredImage& image,
                                                    const StoredPlatform& platform) const
{
    if (!hasKnownLayers(image, platform))
        return std::nullopt;
    auto at = m_children.constFind({0, keyOf(platform.platform)});
    std::optional<Match> best;
    // The last layer is left out: a base has fewer.
    for (qsizetype depth = 0; at != m_children.cend() && depth + 1 < platform.layers.size(); ++depth) {
        at = m_children.constFind({*at, platform.layers.at(depth).diffId.toString()});
        if (at == m_children.cend())
            break;
        const Place& end = m_ends[static_cast<size_t>(*at)];
        if (end.image < 0)
            continue;
        const StoredImage& found = m_images.at(end.image);
        if (found.target.digest == image.target.digest)
            continue;
        best = Match{&found, &found.platforms.at(end.platform), static_cast<int>(depth) + 1};
    }
    return best;
}

} // namespace Tagboat
