// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <utility>

namespace Tagboat {

/*!
 * \brief Counts how often one request has been refused.
 *
 * It may be once for carrying nothing, which teaches how to log in, and once for what it carries, which may
 * have run out. Anything more is final.
 */
class Refusals
{
public:
    [[nodiscard]] bool isFirstOfItsKind(const QByteArray& usedAuthorization)
    {
        return !std::exchange(usedAuthorization.isEmpty() ? m_bare : m_authorized, true);
    }

private:
    bool m_bare = false;
    bool m_authorized = false;
};

} // namespace Tagboat
