// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/figures.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

QString bytesText(qint64 bytes)
{
    if (bytes < 0)
        return u"-"_s;
    if (bytes < 1000)
        return u"%1 B"_s.arg(bytes);
    static constexpr std::array Units{"kB", "MB", "GB", "TB", "PB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (value /= 1000; value >= 999.5 && unit + 1 < Units.size(); ++unit)
        value /= 1000;
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return u"%1 %2"_s.arg(value, 0, 'f', decimals).arg(QLatin1StringView(Units[unit]));
}

QString speedText(double bytesPerSecond)
{
    return bytesPerSecond < 1 ? QString() : bytesText(static_cast<qint64>(bytesPerSecond)) + u"/s"_s;
}

QString countText(qint64 count, QStringView singular)
{
    return u"%1 %2%3"_s.arg(count).arg(singular).arg(count == 1 ? QStringView() : QStringView(u"s"));
}

QString ageText(const QDateTime& when, const QDateTime& now)
{
    if (!when.isValid() || when.toSecsSinceEpoch() < 86'400)
        return u"-"_s;
    const qint64 seconds = when.secsTo(now);
    if (seconds < 60)
        return u"just now"_s;
    struct Step
    {
        qint64 seconds;
        QStringView name;
    };
    static constexpr std::array Steps{Step{31'536'000, u"year"}, Step{2'592'000, u"month"},
                                      Step{86'400, u"day"}, Step{3600, u"hour"}, Step{60, u"minute"}};
    for (const Step& step : Steps) {
        if (seconds >= step.seconds)
            return countText(seconds / step.seconds, step.name) + u" ago"_s;
    }
    return u"just now"_s;
}

} // namespace Tagboat
