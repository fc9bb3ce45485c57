// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/vendor.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Row
{
    QLatin1StringView host; //!< "*" stands for any text without a dot or with
    VendorTraits traits;
};

constexpr qint64 MiB = 1024 * 1024;

// Docker Hub, Harbor, GitLab and distribution itself keep to the specification and need no row.
const std::array Table{
    // A PATCH over 4 MiB is answered 416 (oras-project/rust-oci-client#37).
    Row{"ghcr.io"_L1, {.product = "GHCR"_L1, .largestChunk = 4 * MiB, .resumesUploads = false}},
    // Documented: no chunked uploads (quoted in dotnet/sdk-container-builds#287).
    Row{"*-docker.pkg.dev"_L1,
        {.product = "Artifact Registry"_L1, .takesChunks = false, .resumesUploads = false}},
    Row{"gcr.io"_L1, {.product = "Artifact Registry"_L1, .takesChunks = false, .resumesUploads = false}},
    Row{"*.gcr.io"_L1, {.product = "Artifact Registry"_L1, .takesChunks = false, .resumesUploads = false}},
    // PATCH may answer 201 and a later PUT be refused (regclient); the status stays at the first chunk
    // (aws/containers-roadmap#2831); an empty closing PUT is a 500 (cirruslabs/tart#159).
    Row{"*.dkr.ecr.*.amazonaws.com"_L1,
        {.product = "ECR"_L1, .takesChunks = false, .resumesUploads = false, .mounts = false}},
    Row{"*.dkr.ecr.*.amazonaws.com.cn"_L1,
        {.product = "ECR"_L1, .takesChunks = false, .resumesUploads = false, .mounts = false}},
    Row{"public.ecr.aws"_L1,
        {.product = "ECR Public"_L1, .takesChunks = false, .resumesUploads = false, .mounts = false}},
};

//! Glob with "*" only.
bool matches(QStringView text, QLatin1StringView pattern)
{
    const qsizetype star = pattern.indexOf('*'_L1);
    if (star < 0)
        return text == pattern;
    if (!text.startsWith(pattern.first(star)))
        return false;
    const QLatin1StringView rest = pattern.sliced(star + 1);
    for (qsizetype i = star; i <= text.size(); ++i) {
        if (matches(text.sliced(i), rest))
            return true;
    }
    return false;
}

} // namespace

const VendorTraits& vendorTraits(const QString& registry)
{
    static const VendorTraits Plain{};
    const QString host = registry.section(u':', 0, 0).toLower();
    const auto row = std::ranges::find_if(Table, [&host](const Row& r) { return matches(host, r.host); });
    return row == Table.cend() ? Plain : row->traits;
}

} // namespace Tagboat
