// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/content.h"

#include <utility>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

Task<Result<QList<Descriptor>>> none()
{
    co_return Result<QList<Descriptor>>(QList<Descriptor>());
}

Task<Result<ByteSourcePtr>> taken(std::shared_ptr<ByteSourcePtr> source)
{
    if (!*source)
        co_return fail(Error::Code::Unsupported, {}, u"the bytes can be read only once"_s);
    co_return Result<ByteSourcePtr>(std::exchange(*source, nullptr));
}

} // namespace

StreamedBlob StreamedBlob::once(QString mediaType, ByteSourcePtr source)
{
    const auto left = std::make_shared<ByteSourcePtr>(std::move(source));
    return {.mediaType = std::move(mediaType),
            .make = [left](const std::stop_token&) { return taken(left); }};
}

Task<Result<QList<Descriptor>>> ContentReader::referrers(Digest subject, std::stop_token stop)
{
    Q_UNUSED(subject)
    Q_UNUSED(stop)
    return none();
}

} // namespace Tagboat
