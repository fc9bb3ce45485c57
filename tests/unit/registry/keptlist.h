// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "scriptedregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Tagboat {

using namespace Qt::StringLiterals;

inline const std::stop_token Go;
inline const QByteArray IndexType = "application/vnd.oci.image.index.v1+json";

[[nodiscard]] inline Digest digestOf(const QByteArray& text)
{
    return Digest::ofBytes(text);
}

[[nodiscard]] inline QJsonObject entryOf(const QByteArray& text)
{
    return {{u"mediaType"_s, MediaType::OciManifest},
            {u"digest"_s, digestOf(text).toString()},
            {u"size"_s, 100},
            {u"artifactType"_s, u"application/spdx+json"_s}};
}

[[nodiscard]] inline QByteArray indexOf(const QByteArrayList& texts)
{
    QJsonArray entries;
    for (const QByteArray& text : texts)
        entries.append(entryOf(text));
    return QJsonDocument(
               {{u"schemaVersion"_s, 2}, {u"mediaType"_s, MediaType::OciIndex}, {u"manifests"_s, entries}})
        .toJson(QJsonDocument::Compact);
}

//! A signature of \a subject.
[[nodiscard]] inline ManifestContent referrerOf(const Digest& subject, const QString& note)
{
    const QJsonObject config{
        {u"mediaType"_s, MediaType::OciEmpty}, {u"digest"_s, digestOf("{}").toString()}, {u"size"_s, 2}};
    const QJsonObject about{
        {u"mediaType"_s, MediaType::OciManifest}, {u"digest"_s, subject.toString()}, {u"size"_s, 50}};
    ManifestContent content;
    content.bytes = QJsonDocument({{u"schemaVersion"_s, 2},
                                   {u"mediaType"_s, MediaType::OciManifest},
                                   {u"artifactType"_s, u"application/vnd.dev.cosign.artifact.sig.v1+json"_s},
                                   {u"config"_s, config},
                                   {u"layers"_s, QJsonArray{config}},
                                   {u"subject"_s, about},
                                   {u"annotations"_s, QJsonObject{{u"note"_s, note}}}})
                        .toJson(QJsonDocument::Compact);
    content.descriptor = layerOf(content.bytes);
    content.descriptor.mediaType = MediaType::OciManifest;
    return content;
}

[[nodiscard]] inline QStringList digestsIn(const QByteArray& index)
{
    QStringList digests;
    const QJsonArray entries = QJsonDocument::fromJson(index).object()[u"manifests"].toArray();
    for (const QJsonValue& entry : entries)
        digests.append(entry[u"digest"].toString());
    return digests;
}

[[nodiscard]] inline QStringList digestsOf(const QList<Descriptor>& entries)
{
    QStringList digests;
    for (const Descriptor& entry : entries)
        digests.append(entry.digest.toString());
    return digests;
}

[[nodiscard]] inline QStringList namesOf(const QByteArrayList& texts)
{
    QStringList digests;
    for (const QByteArray& text : texts)
        digests.append(digestOf(text).toString());
    return digests;
}

//! The index of referrers at a registry that stores what is put under a tag, and knows nothing of referrers.
struct KeptList
{
    QByteArray index; //!< what the tag names; empty: nothing
    QByteArray etag;
    int puts = 0;
    std::function<int(const QByteArray&)> onPut; //!< in place of storing; gives the status

    //! This object must live as long as \a server is asked.
    void serveOn(ScriptedServer& server, const QByteArray& path)
    {
        server.on("GET", path, [this](const ScriptedRequest&) {
            if (index.isEmpty())
                return ScriptedAnswer::text(404, {});
            auto answer = ScriptedAnswer::text(200, index, IndexType);
            return etag.isEmpty() ? answer : std::move(answer).with("ETag", etag);
        });
        server.on("PUT", path, [this](const ScriptedRequest& request) {
            ++puts;
            if (onPut)
                return ScriptedAnswer::text(onPut(request.body), {});
            index = request.body;
            return ScriptedAnswer::text(201, {});
        });
    }
};

} // namespace Tagboat
