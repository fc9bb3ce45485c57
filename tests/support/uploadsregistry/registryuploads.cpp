// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registrystate.h"

namespace Tagboat::Testing {

namespace {

using State = UploadsRegistry::State;

QByteArray locationOf(const State& state, const RegistrySession& session, const QByteArray& host)
{
    const QByteArray path = "/v2/" + session.repository + "/blobs/uploads/" + session.id
        + "?_state=" + session.id + "%3A" + QByteArray::number(session.offset());
    return state.options.relativeLocation ? path : "http://" + host + path;
}

//! "0-99" for a hundred bytes, "0-0" for none or one.
QByteArray rangeOf(const State& state, const RegistrySession& session)
{
    const qint64 offset = session.offset();
    if (state.options.oddRanges)
        return "bytes=0-" + QByteArray::number(offset - 1);
    return "0-" + QByteArray::number(std::max<qint64>(0, offset - 1));
}

RegistryReply about(const State& state, const RegistrySession& session, const QByteArray& host,
                    RegistryReply reply)
{
    return std::move(reply)
        .with("Location", locationOf(state, session, host))
        .with("Range", rangeOf(state, session))
        .with("Docker-Upload-UUID", session.id);
}

RegistryReply created(State& state, const QByteArray& repository, const QByteArray& digest)
{
    state.repositories[repository].blobs.insert(digest);
    return RegistryReply{.status = 201}
        .with("Location", "/v2/" + repository + "/blobs/" + digest)
        .with("Docker-Content-Digest", digest);
}

RegistryReply open(State& state, const RegistryRequest& request, const QByteArray& repository,
                   const QByteArray& host)
{
    const QByteArray mount = request.query("mount");
    if (!mount.isEmpty() && state.repositories.value(request.query("from")).blobs.contains(mount))
        return created(state, repository, mount);
    const auto session = std::make_shared<RegistrySession>();
    session->id = "upload-" + QByteArray::number(++state.lastSession);
    session->repository = repository;
    session->file.setFileName(state.folder.filePath(QString::fromLatin1(session->id)));
    if (!session->file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return RegistryReply::error(500, "UNKNOWN");
    state.sessions.insert(session->id, session);
    return about(state, *session, host, {.status = 202});
}

void forget(State& state, const RegistrySessionPtr& session)
{
    session->file.close();
    session->file.remove();
    state.sessions.remove(session->id);
}

//! The offset that the Location was made for; -1 where it has none, or another session's.
qint64 offsetIn(const RegistryRequest& request, const RegistrySession& session)
{
    const QList<QByteArray> parts = request.query("_state").split(':');
    bool isOk = false;
    const qint64 offset = parts.value(1).toLongLong(&isOk);
    return isOk && parts.constFirst() == session.id ? offset : -1;
}

//! What distribution has against a chunk, by its head.
std::optional<RegistryReply> refuse(const State& state, const RegistryRequest& request,
                                    const RegistrySession& session, const QByteArray& host)
{
    const qint64 length = request.field("Content-Length").toLongLong();
    const UploadsRegistryOptions& options = state.options;
    if (options.largestBody > 0 && length > options.largestBody)
        return RegistryReply::error(413, "SIZE_INVALID");
    if (request.method == "PATCH" && options.refusesChunks)
        return RegistryReply::error(405, "UNSUPPORTED");
    const auto outOfRange = [&] {
        return about(state, session, host, RegistryReply::error(416, "RANGE_INVALID"));
    };
    if (request.method == "PATCH" && options.largestPatch > 0 && length > options.largestPatch)
        return outOfRange();
    if (offsetIn(request, session) != session.offset())
        return outOfRange();
    const QByteArray range = request.field("Content-Range");
    if (range.isEmpty())
        return std::nullopt;
    const qint64 first = range.left(range.indexOf('-')).toLongLong();
    const qint64 last = range.mid(range.indexOf('-') + 1).toLongLong();
    if (first != session.offset() || last < first)
        return outOfRange();
    return last - first + 1 == length ? std::nullopt
                                      : std::optional(RegistryReply::error(400, "SIZE_INVALID"));
}

RegistryReply close(State& state, const RegistryWork& work)
{
    RegistrySession& session = *work.session;
    const QByteArray digest = session.hash.finish().toString().toLatin1();
    if (digest != work.digest) {
        forget(state, work.session); // as distribution: no second try
        return RegistryReply::error(400, "DIGEST_INVALID");
    }
    session.file.close();
    QFile::remove(state.blobPath(digest));
    if (!QFile::rename(session.file.fileName(), state.blobPath(digest)))
        return RegistryReply::error(500, "UNKNOWN");
    state.sessions.remove(session.id);
    return created(state, session.repository, digest);
}

} // namespace

bool RegistrySession::append(QByteArrayView bytes)
{
    hash.update(bytes);
    return file.write(bytes.data(), bytes.size()) == bytes.size();
}

std::optional<RegistryWork> beginUpload(State& state, const RegistryRequest& request, const QByteArray& host,
                                        const void* writer)
{
    const auto path = RegistryPath::parse(request.path(), "/blobs/uploads/");
    if (!path)
        return std::nullopt;
    if (path->rest.isEmpty()) {
        return RegistryWork{request.method == "POST" ? open(state, request, path->repository, host)
                                                     : RegistryReply::error(405, "UNSUPPORTED")};
    }
    const RegistrySessionPtr session = state.sessions.value(path->rest);
    if (!session || session->repository != path->repository)
        return RegistryWork{RegistryReply::error(404, "BLOB_UPLOAD_UNKNOWN")};
    const qint64 offset = offsetIn(request, *session);
    if (offset < 0 || (state.options.losesSessions && offset != session->offset()))
        return RegistryWork{RegistryReply::error(404, "BLOB_UPLOAD_INVALID")};
    if (request.method == "GET" || request.method == "HEAD")
        return RegistryWork{about(state, *session, host, {.status = 204})};
    if (request.method == "DELETE") {
        if (offset != session->offset()) {
            return RegistryWork{about(state, *session, host, RegistryReply::error(416, "RANGE_INVALID"))};
        }
        forget(state, session);
        return RegistryWork{RegistryReply{.status = 204}};
    }
    if (request.method != "PATCH" && request.method != "PUT")
        return RegistryWork{RegistryReply::error(405, "UNSUPPORTED")};

    RegistryWork work;
    work.digest = request.query("digest");
    if (request.method == "PUT" && work.digest.isEmpty())
        return RegistryWork{RegistryReply::error(400, "DIGEST_INVALID")};
    work.reply = refuse(state, request, *session, host);
    work.session = session;
    if (!work.digest.isEmpty())
        state.receivedFor[work.digest] += std::exchange(session->unnamed, 0);
    if (!work.reply)
        session->writer = writer;
    return work;
}

RegistryReply endUpload(State& state, const RegistryRequest& request, const RegistryWork& work,
                        const QByteArray& host)
{
    if (state.sessions.value(work.session->id) != work.session)
        return RegistryReply::error(404, "BLOB_UPLOAD_UNKNOWN"); // forgotten meanwhile
    work.session->writer = nullptr;
    if (request.method == "PUT")
        return close(state, work);
    return about(state, *work.session, host, {.status = state.options.createsByPatch ? 201 : 202});
}

} // namespace Tagboat::Testing
