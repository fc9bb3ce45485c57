// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registrystate.h"

#include "support/sabotageproxy/httpframer.h"

namespace Tagboat::Testing {

QByteArray RegistryRequest::field(const QByteArray& name) const
{
    return HttpFramer::field(head, name);
}

QByteArray RegistryRequest::query(const QByteArray& key) const
{
    const qsizetype mark = target.indexOf('?');
    const QList<QByteArray> pairs = mark < 0 ? QList<QByteArray>() : target.mid(mark + 1).split('&');
    const QByteArray start = key + '=';
    for (const QByteArray& pair : pairs) {
        if (pair.startsWith(start))
            return QByteArray::fromPercentEncoding(pair.mid(start.size()));
    }
    return {};
}

RegistryReply RegistryReply::error(int status, const QByteArray& code)
{
    RegistryReply reply;
    reply.status = status;
    reply.body = R"({"errors":[{"code":")" + code + R"(","message":"as told by the test"}]})";
    return std::move(reply).with("Content-Type", "application/json");
}

std::optional<RegistryPath> RegistryPath::parse(const QByteArray& path, const QByteArray& what)
{
    const qsizetype at = path.indexOf(what);
    if (!path.startsWith("/v2/") || at < 4)
        return std::nullopt;
    return RegistryPath{path.sliced(4, at - 4),
                        QByteArray::fromPercentEncoding(path.sliced(at + what.size()))};
}

RegistryWork beginRequest(UploadsRegistry::State& state, const RegistryRequest& request,
                          const QByteArray& host, const void* writer)
{
    state.requests.append({request.method, request.path()});
    auto upload = beginUpload(state, request, host, writer);
    return upload ? *upload : RegistryWork();
}

RegistryReply endRequest(UploadsRegistry::State& state, const RegistryRequest& request,
                         const RegistryWork& work, const QByteArray& host, const QByteArray& body)
{
    return work.session ? endUpload(state, request, work, host) : answerContent(state, request, body);
}

} // namespace Tagboat::Testing
