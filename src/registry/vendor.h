// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLatin1StringView>
#include <QString>

namespace Tagboat {

/*!
 * \brief What is known of a registry product beyond the distribution specification, where it changes what we
 * do.
 *
 * Everything else is found out by asking: these are the cases in which asking goes wrong, breaks the upload
 * or wastes it. The sources stand beside the table (vendor.cpp).
 */
struct VendorTraits
{
    QLatin1StringView product; //!< for the log
    //! A blob may come by several PATCHes; where not, it comes in one PUT or not at all.
    bool takesChunks = true;
    //! The most bytes one PATCH may have.
    qint64 largestChunk = 64 * 1024 * 1024;
    //! The status of an upload that broke off tells the truth, and the rest can follow.
    bool resumesUploads = true;
    //! Asking for a mount may succeed.
    bool mounts = true;
};

//! By the registry of a reference ("ghcr.io", "123.dkr.ecr.eu-west-1.amazonaws.com"); what is not in the
//! table keeps to the specification.
[[nodiscard]] const VendorTraits& vendorTraits(const QString& registry);

} // namespace Tagboat
