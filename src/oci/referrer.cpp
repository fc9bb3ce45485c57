// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/referrer.h"

#include "oci/artifact.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString artifactTypeOf(const ManifestOrIndex& document)
{
    if (const auto* index = std::get_if<Index>(&document))
        return index->artifactType();
    const auto& manifest = std::get<Manifest>(document);
    return manifest.artifactType().isEmpty() ? manifest.config().mediaType : manifest.artifactType();
}

} // namespace

std::optional<Descriptor> subjectOf(const ManifestOrIndex& document)
{
    return std::visit([](const auto& one) { return one.subject(); }, document);
}

Descriptor referrerEntry(const ManifestOrIndex& document)
{
    Descriptor entry;
    const Descriptor& self = descriptorOf(document);
    entry.mediaType = self.mediaType;
    entry.digest = self.digest;
    entry.size = self.size;
    entry.artifactType = artifactTypeOf(document);
    entry.annotations = std::visit([](const auto& one) { return one.annotations(); }, document);
    return entry;
}

QString referrerKind(const QString& artifactType)
{
    const ArtifactKind kind = artifactKind(artifactType);
    if (kind != ArtifactKind::Files) { // it has no word of its own for whom it is about
        if (const QString word = toString(kind); !word.isEmpty())
            return word;
    }
    return artifactType.isEmpty() ? u"referrer"_s : artifactType;
}

std::optional<Digest> subjectOfTag(const QString& tag)
{
    static constexpr std::array Endings{".sig"_L1, ".att"_L1, ".sbom"_L1};
    QString text = tag;
    for (const QLatin1StringView ending : Endings) {
        if (text.endsWith(ending)) {
            text.chop(ending.size());
            break;
        }
    }
    const auto dash = text.indexOf(u'-');
    if (dash < 0)
        return std::nullopt;
    text[dash] = u':';
    const auto subject = Digest::parse(text);
    return subject ? std::optional(*subject) : std::nullopt;
}

QString referrersTag(const Digest& subject)
{
    return subject.algorithm().first(std::min<qsizetype>(subject.algorithm().size(), 32)) + u'-'
        + subject.hex().first(std::min<qsizetype>(subject.hex().size(), 64));
}

} // namespace Tagboat
