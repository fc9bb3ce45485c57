// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <QDateTime>

namespace Tagboat {

//! An access key of AWS: its ID is no secret.
struct AwsKey
{
    QString id;
    QString secret;
    QString sessionToken = {}; //!< of a temporary key; empty for those that last
};

//! What a signature is good for besides the day.
struct AwsScope
{
    QString region;  //!< "eu-west-1"
    QString service; //!< "ecr"
};

/*!
 * \brief Signs \a request as AWS wants it (AWS General Reference "Signature Version 4", header form).
 *
 * Adds X-Amz-Date, X-Amz-Security-Token for a temporary key, and the Authorization, which covers the method,
 * the URL, the host, Content-Type, all headers whose names begin with X-Amz-, and the body in memory. The
 * key's secret is not sent. A path must have no empty or dot segments.
 */
void signForAws(HttpRequest& request, const AwsKey& key, const AwsScope& scope, const QDateTime& now);

} // namespace Tagboat
