// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/credentialsource.h"
#include "oci/mediatype.h"
#include "registry/registryclient.h"
#include "support/scriptedserver.h"

namespace Tagboat {

//! A server that plays a registry, well or badly, and a client of it.
struct ScriptedRegistry
{
    ScriptedServer server;
    std::shared_ptr<HttpClient> http = std::make_shared<HttpClient>();
    std::shared_ptr<RegistryClient> client;

    [[nodiscard]] bool start(Authorizer::CredentialSource source = noCredential(),
                             RegistryClient::Options options = {})
    {
        if (!server.listen())
            return false;
        client = std::make_shared<RegistryClient>(http, server.host(), std::move(source), options);
        return true;
    }
    //! Every route asks for alice's password first; \a handler answers to her only.
    void onWithLogin(const QByteArray& method, const QByteArray& path, ScriptedServer::Handler handler)
    {
        server.on(method, path, [handler = std::move(handler)](const ScriptedRequest& request) {
            if (request.headers.value("Authorization") != "Basic YWxpY2U6c2VjcmV0")
                return ScriptedAnswer::text(401, "").with("WWW-Authenticate", "Basic realm=\"scripted\"");
            return handler(request);
        });
    }
    [[nodiscard]] std::shared_ptr<Repository> repository() const
    {
        return client->repository(QStringLiteral("a/b"));
    }
    //! Requests of \a method whose path contains \a part.
    [[nodiscard]] QList<ScriptedRequest> requests(const QByteArray& method, const QByteArray& part = {}) const
    {
        QList<ScriptedRequest> found;
        for (const ScriptedRequest& request : server.requests()) {
            if (request.method == method && request.target.contains(part))
                found.append(request);
        }
        return found;
    }
};

[[nodiscard]] inline Authorizer::CredentialSource alice()
{
    return fixedCredential({QStringLiteral("alice"), QStringLiteral("secret"), false});
}

[[nodiscard]] inline Descriptor layerOf(const QByteArray& bytes)
{
    Descriptor descriptor;
    descriptor.mediaType = MediaType::OciLayer;
    descriptor.digest = Digest::ofBytes(bytes);
    descriptor.size = bytes.size();
    return descriptor;
}

//! A small image manifest that is in order.
[[nodiscard]] inline ManifestContent smallManifest(const QByteArray& note = {})
{
    const QByteArray config("{}");
    ManifestContent manifest;
    manifest.bytes =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)"
        R"({"mediaType":"application/vnd.oci.image.config.v1+json","size":2,"digest":")"
        + Digest::ofBytes(config).toString().toLatin1() + R"("},"layers":[],"annotations":{"note":")" + note
        + R"("}})";
    manifest.descriptor = layerOf(manifest.bytes);
    manifest.descriptor.mediaType = MediaType::OciManifest;
    return manifest;
}

} // namespace Tagboat
