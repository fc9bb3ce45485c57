// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/testcertificate.h"

#include <QJsonObject>

namespace Tagboat {

//! Signs JSON web tokens with ES256 and a certificate that the registry trusts (distribution docs "token
//! jwt").
class TokenSigner
{
public:
    TokenSigner();

    //! `rootcertbundle` of the registry.
    [[nodiscard]] QByteArray certificatePem() const { return m_certificate.certificate.toPem(); }
    [[nodiscard]] QByteArray sign(const QJsonObject& claims) const;

private:
    TestCertificate m_certificate;
};

} // namespace Tagboat
