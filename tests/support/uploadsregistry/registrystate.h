// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "uploadsregistry.h"

#include "support/randomimage/filters.h"

#include <QFile>
#include <QHash>
#include <QList>
#include <QMap>
#include <QSet>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace Tagboat::Testing {

//! Head of a request.
struct RegistryRequest
{
    QByteArray method;
    QByteArray target; //!< path and query
    QByteArray head;

    [[nodiscard]] QByteArray path() const { return target.split('?').constFirst(); }
    [[nodiscard]] QByteArray field(const QByteArray& name) const;
    //! A value of the query, decoded; empty where there is none.
    [[nodiscard]] QByteArray query(const QByteArray& key) const;
};

struct RegistryReply
{
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers{};
    QByteArray body{};
    QString file{}; //!< in place of the body: `size` bytes from `offset`
    qint64 offset = 0;
    qint64 size = 0;

    [[nodiscard]] RegistryReply with(const QByteArray& name, const QByteArray& value) &&
    {
        headers.append({name, value});
        return std::move(*this);
    }
    //! In the form of the specification.
    [[nodiscard]] static RegistryReply error(int status, const QByteArray& code);
};

//! One upload under way.
struct RegistrySession
{
    QByteArray id;
    QByteArray repository;
    QFile file;
    Sha256 hash;
    qint64 unnamed = 0;           //!< bytes that came before the digest was known
    const void* writer = nullptr; //!< the connection whose bytes count; an older one's are thrown away

    [[nodiscard]] qint64 offset() const { return hash.size(); }
    [[nodiscard]] bool append(QByteArrayView bytes);
};
using RegistrySessionPtr = std::shared_ptr<RegistrySession>;

//! What the registry holds. Used in its thread only.
struct UploadsRegistry::State
{
    struct Manifest
    {
        QByteArray type;
        QByteArray bytes;
    };
    struct Repository
    {
        QSet<QByteArray> blobs;
        QHash<QByteArray, Manifest> manifests; //!< by digest
        QMap<QByteArray, QByteArray> tags;     //!< to digests
    };

    UploadsRegistryOptions options;
    QTemporaryDir folder;
    QHash<QByteArray, Repository> repositories;
    QHash<QByteArray, RegistrySessionPtr> sessions;
    QHash<QByteArray, qint64> receivedFor;             //!< by digest
    QList<std::pair<QByteArray, QByteArray>> requests; //!< method and path
    qint64 received = 0;
    int lastSession = 0;

    [[nodiscard]] QString blobPath(const QByteArray& digest) const
    {
        return folder.filePath(QString::fromLatin1(digest).replace(u':', u'-'));
    }
};

//! What becomes of a request: answered by its head alone, or when its body is here.
struct RegistryWork
{
    std::optional<RegistryReply> reply{}; //!< by the head; the body is thrown away
    RegistrySessionPtr session{};         //!< takes the body
    QByteArray digest{};                  //!< the session is to be closed with it
};

//! Looks at a head as it comes. \a writer stands for the connection.
[[nodiscard]] RegistryWork beginRequest(UploadsRegistry::State& state, const RegistryRequest& request,
                                        const QByteArray& host, const void* writer);
//! The answer to a request whose body, if not for a session, is \a body.
[[nodiscard]] RegistryReply endRequest(UploadsRegistry::State& state, const RegistryRequest& request,
                                       const RegistryWork& work, const QByteArray& host,
                                       const QByteArray& body);

//! The part of the path after "/v2/", apart from the repository before \a what ("/blobs/", "/manifests/").
//! Nothing where it is not of this kind.
struct RegistryPath
{
    QByteArray repository;
    QByteArray rest;
    [[nodiscard]] static std::optional<RegistryPath> parse(const QByteArray& path, const QByteArray& what);
};

// The two halves of the specification; nothing where the path is not theirs.
[[nodiscard]] std::optional<RegistryWork> beginUpload(UploadsRegistry::State& state,
                                                      const RegistryRequest& request, const QByteArray& host,
                                                      const void* writer);
[[nodiscard]] RegistryReply endUpload(UploadsRegistry::State& state, const RegistryRequest& request,
                                      const RegistryWork& work, const QByteArray& host);
[[nodiscard]] RegistryReply answerContent(UploadsRegistry::State& state, const RegistryRequest& request,
                                          const QByteArray& body);

} // namespace Tagboat::Testing
