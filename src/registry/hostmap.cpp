// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/hostmap.h"

#include "net/httpclient.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

Result<QUrl> apiUrl(const QString& registry, bool plainHttp, bool isPinned)
{
    const bool isHub = registry == "docker.io"_L1 || registry == "index.docker.io"_L1;
    QUrl url;
    url.setScheme(u"https"_s);
    url.setAuthority(isHub ? u"registry-1.docker.io"_s : registry, QUrl::StrictMode);
    // The grammar of references takes any digits for a port.
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.port() == 0)
        return fail(Error::Code::InvalidInput, registry, u"not the address of a registry"_s);
    // A password for Docker Hub never travels in clear text, whatever somebody has set.
    if (!isHub && (plainHttp || (HttpClient::isLoopback(url.host()) && !isPinned)))
        url.setScheme(u"http"_s);
    return url;
}

} // namespace Tagboat
