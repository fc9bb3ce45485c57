// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"

#include <QHash>
#include <QString>
#include <QUrl>

#include <optional>

namespace Tagboat {

//! What an upload session is for. Two of one blob in two repositories are two.
struct UploadKey
{
    QString registry; //!< as in references
    QString repository;
    Digest digest;
    friend bool operator==(const UploadKey&, const UploadKey&) = default;
    friend size_t qHash(const UploadKey& key, size_t seed = 0)
    {
        return qHashMulti(seed, key.registry, key.repository, key.digest);
    }
};

/*!
 * \brief Remembers upload sessions that broke off, so that the next push of the same blob can go on.
 *
 * Kept in memory by default, in the journal where a push shall outlive its process. What is remembered is the
 * newest Location of the session, which is all that a registry needs to be asked how far it got; whether it
 * still knows it, only it can tell. Calls are quick and come on the engine thread. A failure to remember
 * costs a repetition, so there are no errors.
 */
class UploadLedger
{
public:
    virtual ~UploadLedger() = default;
    //! The session is open, and its Location is now this.
    virtual void note(const UploadKey& key, const QUrl& location) = 0;
    //! A session that nobody works on; it is the caller's until forget() or the end of the process.
    [[nodiscard]] virtual std::optional<QUrl> find(const UploadKey& key) = 0;
    //! The session has come to its end.
    virtual void forget(const UploadKey& key) = 0;
};

//! For this process only.
class UploadMemory : public UploadLedger
{
public:
    void note(const UploadKey& key, const QUrl& location) override { m_locations.insert(key, location); }
    [[nodiscard]] std::optional<QUrl> find(const UploadKey& key) override
    {
        const auto found = m_locations.constFind(key);
        return found == m_locations.cend() ? std::nullopt : std::optional(*found);
    }
    void forget(const UploadKey& key) override { m_locations.remove(key); }

private:
    QHash<UploadKey, QUrl> m_locations;
};

} // namespace Tagboat
