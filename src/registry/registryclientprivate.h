// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/origin.h"
#include "registry/hostmap.h"
#include "registry/registryclient.h"
#include "registry/uploadledger.h"

#include <algorithm>

namespace Tagboat {

//! What a client is made of: requests (registryclient.cpp), the front door (registryping.cpp) and the list of
//! repositories (registrycatalog.cpp).
struct RegistryClient::Private
{
    std::shared_ptr<HttpClient> http;
    QString registry;
    Result<QUrl> base;
    std::shared_ptr<Authorizer> authorizer;
    AsyncSemaphore places;
    std::shared_ptr<UploadLedger> uploads;
    bool isPlainAfterAll = false;         //!< TLS has been tried, see changeToPlain()
    QHash<QString, AsyncSemaphore> turns; //!< "repository:tag" → one place

    Private(std::shared_ptr<HttpClient> client, QString name, Authorizer::CredentialSource credentials,
            Options options)
        : http(std::move(client)), registry(std::move(name)),
          base(apiUrl(registry, options.plainHttp, options.isPinned)),
          authorizer(std::make_shared<Authorizer>(http, base.value_or(QUrl()), std::move(credentials))),
          places(std::max(1, options.parallelRequests)),
          uploads(options.uploads ? std::move(options.uploads) : std::make_shared<UploadMemory>())
    { }

    [[nodiscard]] bool isOwn(const QUrl& url) const { return base && isSameOrigin(url, *base); }

    //! \a request may have been made before the registry was found to speak the other scheme. True where it
    //! was.
    bool followScheme(HttpRequest& request) const;
    //! Loopback is spoken to by http first; a registry that has a certificate there says so, and that is the
    //! safe way to change. True where \a request is worth another try.
    bool changeToTls(const HttpResponse& reply, HttpRequest& request);
    [[nodiscard]] Error errorOf(const HttpResponse& reply, const HttpRequest& request) const;
    //! Where nothing is left to be tried. Harbor and Quay do not say that a right is missing, they ask for a
    //! login again; where their token server has taken it, only another one may help.
    [[nodiscard]] Error finalErrorOf(const HttpResponse& reply, const HttpRequest& request) const;

    //! What failed with \a error may have done so because the registry speaks no TLS at all. Where plain HTTP
    //! to it is allowed that is the way from then on. True where \a request, of which nothing has been sent,
    //! is worth another try after followScheme().
    static Task<bool> changeToPlain(std::shared_ptr<Private> d, Error error, std::stop_token stop);
    static Task<Result<HttpResponse>> send(std::shared_ptr<Private> d, HttpRequest request,
                                           QStringList scopes, std::stop_token stop);
    static Task<Result<HttpResponse>> sendOwn(std::shared_ptr<Private> d, HttpRequest request,
                                              QStringList scopes, std::stop_token stop);
    static Task<Result<HttpStream>> open(std::shared_ptr<Private> d, HttpRequest request, QStringList scopes,
                                         std::stop_token stop);
    static Task<Result<RegistryStatus>> ping(std::shared_ptr<Private> d, std::stop_token stop);
    static Task<Result<RegistryStatus>> logIn(std::shared_ptr<Private> d, RegistryStatus status,
                                              HttpRequest request, HttpResponse refused,
                                              std::stop_token stop);
    static Task<Result<ListPage>> catalog(std::shared_ptr<Private> d, QUrl page, std::stop_token stop);
};

} // namespace Tagboat
