// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/content.h"

namespace Tagboat {

namespace {

Task<Result<QList<Descriptor>>> none()
{
    co_return Result<QList<Descriptor>>(QList<Descriptor>());
}

} // namespace

Task<Result<QList<Descriptor>>> ContentReader::referrers(Digest subject, std::stop_token stop)
{
    Q_UNUSED(subject)
    Q_UNUSED(stop)
    return none();
}

} // namespace Tagboat
