// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <memory>

namespace Tagboat::Testing {

//! What a registry, or a proxy in front of it, does otherwise than distribution version 3. The numbers after
//! the products are those of protocol.md's sources.
struct UploadsRegistryOptions
{
    qint64 largestPatch = 0;       //!< a longer PATCH is answered 416 (GHCR: 4 MiB); 0: any length
    qint64 largestBody = 0;        //!< a longer PATCH or PUT is answered 413 (nginx: 1 MiB); 0: any length
    bool refusesChunks = false;    //!< PATCH is answered 405
    bool losesSessions = false;    //!< the offset in the Location has to be right in every call, else 404:
                                   //!< distribution before version 3
    bool oddRanges = false;        //!< Quay: "bytes=0--1" at the start, and the unit before all others
    bool createsByPatch = false;   //!< ECR: 201 to a PATCH
    bool relativeLocation = false; //!< path and query only
};

/*!
 * \brief A small registry whose uploads can go on after a line has broken in the middle of a request.
 *
 * Speaks the distribution specification 1.1 as distribution version 3 does, which Debian does not have: the
 * body of a PATCH or PUT is appended to the session as it comes, and what came before the end of a connection
 * stays; the status tells how much that is, whatever the Location asked at; a PATCH or PUT whose Location
 * holds another offset is refused with 416. POST (with mount), GET and HEAD of the status, PATCH, PUT,
 * DELETE; blobs with Range; manifests and tags.
 *
 * What is not sent on twice is counted here: bytes of bodies, as they arrive. Runs in a thread of its own, so
 * a test may block on a program that talks to it; blobs lie as files in a temporary folder. All functions
 * may be called from the thread that made it.
 */
class UploadsRegistry
{
public:
    explicit UploadsRegistry(const UploadsRegistryOptions& options = {});
    ~UploadsRegistry();
    Q_DISABLE_COPY_MOVE(UploadsRegistry)

    //! Listens on a free loopback port, or after a stop() on the port of before, with all it had.
    [[nodiscard]] bool start();
    //! As a process that ends: all connections are reset, and nobody listens.
    void stop();
    void setOptions(const UploadsRegistryOptions& options);
    //! No session is known any more; what is being sent to one is taken and thrown away.
    void forgetSessions();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString host() const; //!< "127.0.0.1:PORT", as in a reference
    [[nodiscard]] QUrl url() const;

    //! Bytes of bodies of PATCH and PUT to sessions that arrived, refused ones included.
    [[nodiscard]] qint64 bytesReceived() const;
    //! The same of the sessions that were closed, or tried to be, under one digest.
    [[nodiscard]] qint64 bytesReceived(const QString& digest) const;
    //! Requests by method (empty: any) and part of the path, as their heads came.
    [[nodiscard]] int requestCount(const QByteArray& method, const QByteArray& path = {}) const;
    //! Sessions that were opened and neither closed nor cancelled nor forgotten.
    [[nodiscard]] int openSessions() const;
    //! How much the open sessions hold.
    [[nodiscard]] qint64 bytesInSessions() const;
    [[nodiscard]] bool hasBlob(const QString& repository, const QString& digest) const;
    //! Puts a blob there as if it had been pushed.
    void addBlob(const QString& repository, const QByteArray& bytes);

    struct State;

private:
    class Listener;

    std::unique_ptr<Listener> m_listener;
    quint16 m_port = 0;
};

} // namespace Tagboat::Testing
