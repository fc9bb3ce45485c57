// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/transfersettings.h"

#include "base/logging.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto RateKey = "transfers/bytesPerSecond"_L1;
constexpr auto CompressionKey = "transfers/compression"_L1;

void save(QSettings& settings)
{
    settings.sync();
    if (settings.status() != QSettings::NoError)
        qCWarning(lcApp) << settings.fileName() << "cannot be written"; // holds all the same, until the end
}

} // namespace

TransferSettings::TransferSettings(const QString& configDirectory)
    : m_file(configDirectory + u"/settings.ini"_s)
{ }

qint64 TransferSettings::bytesPerSecond() const
{
    const QSettings settings(m_file, QSettings::IniFormat);
    return std::max<qint64>(settings.value(RateKey).toLongLong(), 0);
}

void TransferSettings::setBytesPerSecond(qint64 bytesPerSecond)
{
    QSettings settings(m_file, QSettings::IniFormat);
    if (bytesPerSecond > 0)
        settings.setValue(RateKey, bytesPerSecond);
    else
        settings.remove(RateKey);
    save(settings);
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
    QSettings settings(m_file, QSettings::IniFormat);
    if (compression)
        settings.setValue(CompressionKey, compression->toString());
    else
        settings.remove(CompressionKey);
    save(settings);
}

} // namespace Tagboat
