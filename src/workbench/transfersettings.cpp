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
    settings.sync();
    if (settings.status() != QSettings::NoError)
        qCWarning(lcApp) << m_file << "cannot be written"; // the limit holds all the same, until the end
}

} // namespace Tagboat
