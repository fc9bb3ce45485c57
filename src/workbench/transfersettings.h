// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/compression.h"

#include <QHash>
#include <QString>
#include <QVariant>

#include <optional>

namespace Tagboat {

/*!
 * \brief What holds for all transfers: `settings.ini` in the configuration folder, which window and command
 * line share. No secret.
 *
 * Reading and writing are quick. Not thread-safe; each thread makes its own.
 */
class TransferSettings
{
public:
    explicit TransferSettings(const QString& configDirectory);

    //! At most so many bytes a second over all transfers of a program; 0: no limit, also where the file holds
    //! nonsense.
    [[nodiscard]] qint64 bytesPerSecond() const;
    void setBytesPerSecond(qint64 bytesPerSecond);

    //! What somebody chose for plain layers of archives, as LayerCompression::parse() reads it; nothing where
    //! nobody did. InvalidInput about the file where it holds something else.
    [[nodiscard]] Result<std::optional<LayerCompression>> compression() const;
    void setCompression(const std::optional<LayerCompression>& compression);
    //! The same over all transfers with one registry (host[:port], as in references), besides that of all.
    [[nodiscard]] qint64 registryBytesPerSecond(const QString& registry) const;
    void setRegistryBytesPerSecond(const QString& registry, qint64 bytesPerSecond);
    //! Registry → its limit, of those that have one.
    [[nodiscard]] QHash<QString, qint64> registryRates() const;

private:
    void saveRate(const QString& key, qint64 bytesPerSecond) const; //!< 0 removes it
    void save(const QString& key, const QVariant& value) const;     //!< an invalid one removes it

    QString m_file;
};

} // namespace Tagboat
