// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/requestheaders.h"

namespace Tagboat {

HttpHeaders wireHeaders(const HttpRequest& request)
{
    HttpHeaders headers = request.headers;
    // Anything else would be decoded on the way, and then neither size nor digest are those announced.
    headers.set("Accept-Encoding", "identity");
    if (!headers.contains("User-Agent"))
        headers.set("User-Agent", "Tagboat/" TAGBOAT_VERSION);
    if (!headers.contains("Accept"))
        headers.set("Accept", "*/*");
    if (!request.authorization.isEmpty())
        headers.set("Authorization", request.authorization);
    // Qt would take it for a web form otherwise, and say so in the log.
    const bool hasBody = !request.body.isEmpty() || request.bodySource;
    if ((hasBody || request.method == "POST") && !headers.contains("Content-Type"))
        headers.set("Content-Type", "application/octet-stream");
    return headers;
}

qint64 announcedLength(const HttpHeaders& headers)
{
    bool isNumber = false;
    const qint64 length = headers.value("Content-Length").toLongLong(&isNumber);
    return isNumber ? length : -1;
}

} // namespace Tagboat
