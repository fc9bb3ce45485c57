// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/redirect.h"

#include "base/redact.h"
#include "net/origin.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<QUrl> redirectTarget(const QUrl& from, const QByteArray& location)
{
    const QUrl relative = QUrl::fromEncoded(location);
    QUrl target = from.resolved(relative);
    const bool isHttp = target.scheme() == "http"_L1 || target.scheme() == "https"_L1;
    if (location.isEmpty() || !relative.isValid() || !target.isValid() || !isHttp
        || target.host().isEmpty()) {
        return fail(Error::Code::Corrupt, redactedUrl(from),
                    u"redirected to what is no web address: "_s + redactedUrl(relative));
    }
    if (from.scheme() == "https"_L1 && target.scheme() == "http"_L1) {
        return fail(Error::Code::Unsupported, redactedUrl(from),
                    u"redirect from https to plain http refused: "_s + redactedUrl(target));
    }
    if (!isLocalAddress(from.host()) && isLocalAddress(target.host())) {
        return fail(Error::Code::Unsupported, redactedUrl(from),
                    u"redirect from a public host to a local address refused: "_s + redactedUrl(target));
    }
    target.setUserInfo({});
    target.setFragment({});
    return target;
}

} // namespace Tagboat
