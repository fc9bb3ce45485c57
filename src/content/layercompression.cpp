// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/compression.h"
#include "oci/mediatype.h"

#include <isa-l.h>
#include <zlib.h>
#include <zstd.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Gzip = "gzip"_L1;
constexpr auto Zstd = "zstd"_L1;

} // namespace

Result<LayerCompression> LayerCompression::parse(const QString& text)
{
    LayerCompression compression;
    const QString name = text.section(u':', 0, 0);
    int highest = HighestGzipLevel;
    bool isRight = name == Gzip || name == Zstd;
    if (name == Zstd) {
        compression = {Kind::Zstd, DefaultZstdLevel};
        highest = HighestZstdLevel;
    }
    if (isRight && text.contains(u':')) {
        const QString level = text.section(u':', 1);
        compression.level = level.toInt();
        // Also without blanks and leading zeros, so that equal ones look equal.
        isRight = level == QString::number(compression.level) && compression.level >= 1
            && compression.level <= highest;
    }
    if (!isRight) {
        return fail(Error::Code::InvalidInput, text,
                    u"a compression is gzip or zstd, or with a level gzip:1 to gzip:%1 or zstd:1 to zstd:%2"_s
                        .arg(HighestGzipLevel)
                        .arg(HighestZstdLevel));
    }
    return compression;
}

QString LayerCompression::toString() const
{
    return u"%1:%2"_s.arg(kind == Kind::Gzip ? Gzip : Zstd).arg(level);
}

QString LayerCompression::mediaType() const
{
    return kind == Kind::Gzip ? MediaType::OciLayerGzip : MediaType::OciLayerZstd;
}

QString LayerCompression::maker() const
{
    const QString library = kind == Kind::Gzip ? u"isal %1.%2.%3 zlib %4"_s.arg(ISAL_MAJOR_VERSION)
                                                     .arg(ISAL_MINOR_VERSION)
                                                     .arg(ISAL_PATCH_VERSION)
                                                     .arg(QLatin1StringView(zlibVersion()))
                                               : u"zstd "_s + QLatin1StringView(ZSTD_versionString());
    return toString() + u' ' + library;
}

} // namespace Tagboat
