// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"
#include "registry/registryclient.h"

#include <QStringList>
#include <QUrl>

#include <functional>

namespace Tagboat {

//! The strings of the list \a member of a JSON reply; `null` is an empty list, entries that are no strings
//! are dropped. Corrupt where the reply is no such document.
[[nodiscard]] Result<QStringList> listOf(const HttpResponse& reply, QLatin1StringView member,
                                         const QString& subject);

/*!
 * \brief The next page by the Link field (RFC 8288, rel="next"); empty at the end.
 *
 * Denied where it leads to another host: the listing would go on there with this registry's authority. The
 * scheme of this registry is kept, since one behind a proxy may not know that the world speaks https to it.
 */
[[nodiscard]] Result<QUrl> nextPage(const HttpResponse& reply, const QUrl& registry);

//! One page of a listing; the first where the address is empty.
using PageReader = std::function<Task<Result<ListPage>>(QUrl page, std::stop_token stop)>;
//! All pages, each entry once, also from registries whose lists never end.
[[nodiscard]] Task<Result<QStringList>> everyPage(PageReader read, std::stop_token stop);

} // namespace Tagboat
