// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/transfersettings.h"

#include "base/logging.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto RateKey = "transfers/bytesPerSecond"_L1;
constexpr auto CompressionKey = "transfers/compression"_L1;
constexpr auto RegistriesGroup = "transfers/registries"_L1;

qint64 rateIn(const QSettings& settings, const QString& key)
{
    return std::max<qint64>(settings.value(key).toLongLong(), 0);
}

//! Settings would take a '/' for groups, and nothing but names belongs there anyway.
QString registryKey(const QString& registry)
{
    const QString name = QString::fromLatin1(QUrl::toPercentEncoding(registry.toLower()));
    return RegistriesGroup + u'/' + name + u"/bytesPerSecond"_s;
}

} // namespace

TransferSettings::TransferSettings(const QString& configDirectory)
    : m_file(configDirectory + u"/settings.ini"_s)
{ }

qint64 TransferSettings::bytesPerSecond() const
{
    const QSettings settings(m_file, QSettings::IniFormat);
    return rateIn(settings, RateKey);
}

void TransferSettings::setBytesPerSecond(qint64 bytesPerSecond)
{
    saveRate(RateKey, bytesPerSecond);
}

qint64 TransferSettings::registryBytesPerSecond(const QString& registry) const
{
    const QSettings settings(m_file, QSettings::IniFormat);
    return rateIn(settings, registryKey(registry));
}

void TransferSettings::setRegistryBytesPerSecond(const QString& registry, qint64 bytesPerSecond)
{
    saveRate(registryKey(registry), bytesPerSecond);
}

QHash<QString, qint64> TransferSettings::registryRates() const
{
    QSettings settings(m_file, QSettings::IniFormat);
    settings.beginGroup(RegistriesGroup);
    const QStringList names = settings.childGroups();
    settings.endGroup();
    QHash<QString, qint64> rates;
    for (const QString& name : names) {
        const QString registry = QUrl::fromPercentEncoding(name.toLatin1());
        if (const qint64 rate = rateIn(settings, registryKey(registry)); rate > 0)
            rates.insert(registry, rate);
    }
    return rates;
}

void TransferSettings::saveRate(const QString& key, qint64 bytesPerSecond) const
{
    save(key, bytesPerSecond > 0 ? QVariant(bytesPerSecond) : QVariant());
}

Result<std::optional<LayerCompression>> TransferSettings::compression() const
{
    const QString text = QSettings(m_file, QSettings::IniFormat).value(CompressionKey).toString();
    if (text.isEmpty())
        return std::optional<LayerCompression>();
    const auto compression = LayerCompression::parse(text);
    if (!compression) {
        return fail(Error::Code::InvalidInput, m_file,
                    u"%1=%2: %3"_s.arg(CompressionKey, text, compression.error().message));
    }
    return *compression;
}

void TransferSettings::setCompression(const std::optional<LayerCompression>& compression)
{
    save(CompressionKey, compression ? QVariant(compression->toString()) : QVariant());
}

void TransferSettings::save(const QString& key, const QVariant& value) const
{
    QSettings settings(m_file, QSettings::IniFormat);
    if (value.isValid())
        settings.setValue(key, value);
    else
        settings.remove(key);
    settings.sync();
    if (settings.status() != QSettings::NoError)
        qCWarning(lcApp) << m_file << "cannot be written"; // holds all the same, until the end
}

} // namespace Tagboat
