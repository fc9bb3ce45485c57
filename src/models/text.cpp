// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Text)
};

constexpr QChar EnDash(0x2013);

struct Scaled
{
    QString number;
    QLatin1StringView unit;
};

Scaled scaled(double value, double unitOf)
{
    static constexpr std::array<QLatin1StringView, 6> units{"B"_L1,  "kB"_L1, "MB"_L1,
                                                            "GB"_L1, "TB"_L1, "PB"_L1};
    std::size_t unit = 0;
    while (unit + 1 < units.size() && unitOf >= 999.5) {
        unitOf /= 1000;
        value /= 1000;
        ++unit;
    }
    // Three digits tell sizes apart; more only flicker while something is moving.
    const int decimals = unit == 0 ? 0 : unitOf >= 99.95 ? 0 : unitOf >= 9.995 || unit < 3 ? 1 : 2;
    return {QLocale().toString(value, 'f', decimals), units[unit]};
}

} // namespace

QString formatBytes(qint64 bytes)
{
    if (bytes < 0)
        return EnDash;
    const auto [number, unit] = scaled(double(bytes), double(bytes));
    return number + u' ' + unit;
}

QString formatBytesOf(qint64 done, qint64 total)
{
    const Scaled whole = scaled(double(total), double(total));
    const Scaled part =
        scaled(double(done), double(total)); // in the unit of the whole, so that digits do not jump
    return Text::tr("%1 of %2").arg(part.number, whole.number + u' ' + whole.unit);
}

QString formatRate(qint64 bytesPerSecond)
{
    if (bytesPerSecond <= 0)
        return {};
    // Somebody chose it: whole where it was chosen whole, no digits that only measured speeds have.
    const bool isSmall = bytesPerSecond < 1'000'000;
    const double value = double(bytesPerSecond) / (isSmall ? 1e3 : 1e6);
    const QString number =
        QLocale().toString(std::round(value * 10) / 10, 'f', QLocale::FloatingPointShortest);
    return Text::tr("%1/s").arg(number + (isSmall ? u" kB"_s : u" MB"_s));
}

QString formatSpeed(double bytesPerSecond)
{
    if (!(bytesPerSecond > 0))
        return {};
    return Text::tr("%1/s").arg(formatBytes(std::llround(bytesPerSecond)));
}

QString formatDuration(std::chrono::seconds duration)
{
    const auto seconds = duration.count();
    if (seconds < 60)
        return Text::tr("%1 s").arg(qMax<qint64>(seconds, 0));
    const auto two = [](qint64 n) { return u"%1"_s.arg(n, 2, 10, QLatin1Char('0')); };
    if (seconds < 3600)
        return Text::tr("%1:%2 min", "minutes and seconds").arg(seconds / 60).arg(two(seconds % 60));
    return Text::tr("%1:%2 h", "hours and minutes").arg(seconds / 3600).arg(two(seconds / 60 % 60));
}

QString formatAge(const QDateTime& when, const QDateTime& now)
{
    if (!when.isValid() || when.toSecsSinceEpoch() <= 86400)
        return EnDash;
    const qint64 seconds = when.secsTo(now);
    if (seconds < 60)
        return seconds > -60 ? Text::tr("just now")
                             : QLocale().toString(when.toLocalTime(), QLocale::ShortFormat);
    if (seconds < 3600)
        return Text::tr("%n minute(s) ago", nullptr, int(seconds / 60));
    if (seconds < 86400)
        return Text::tr("%n hour(s) ago", nullptr, int(seconds / 3600));
    const int days = int(seconds / 86400);
    if (days < 14)
        return Text::tr("%n day(s) ago", nullptr, days);
    if (days < 61)
        return Text::tr("%n week(s) ago", nullptr, days / 7);
    if (days < 730)
        return Text::tr("%n month(s) ago", nullptr, days * 12 / 365);
    return Text::tr("%n year(s) ago", nullptr, days / 365);
}

QString formatMoment(const QDateTime& when)
{
    if (!when.isValid())
        return Text::tr("The image does not say when it was made.");
    if (when.toSecsSinceEpoch() <= 86400)
        return Text::tr("The image says 1970, as reproducible builds do.");
    const QDateTime local = when.toLocalTime();
    return QLocale().toString(local.date(), QLocale::LongFormat) + u' '
        + QLocale().toString(local.time(), QLocale::ShortFormat);
}

QString formatImageCount(int count)
{
    return Text::tr("%n image(s)", nullptr, count);
}

QString formatTagCount(int count)
{
    return Text::tr("%n tag(s)", nullptr, count);
}

QString formatLayerCount(int count)
{
    return Text::tr("%n layer(s)", nullptr, count);
}

QString formatReferrerKind(const QString& kind)
{
    return kind == "signature"_L1  ? Text::tr("signature")
        : kind == "SBOM"_L1        ? Text::tr("SBOM")
        : kind == "attestation"_L1 ? Text::tr("attestation")
        : kind == "provenance"_L1  ? Text::tr("provenance")
        : kind == "policy"_L1      ? Text::tr("policy")
        : kind == "model"_L1       ? Text::tr("AI model")
        : kind == "referrer"_L1    ? Text::tr("attachment")
                                   : kind;
}

QString formatReferrers(const QStringList& kinds)
{
    const int signatures = int(kinds.count(u"signature"_s));
    const int sboms = int(kinds.count(u"SBOM"_s));
    const int attestations = int(kinds.count(u"attestation"_s));
    const int others = int(kinds.size()) - signatures - sboms - attestations;
    QStringList parts;
    if (signatures > 0)
        parts.append(Text::tr("%n signature(s)", nullptr, signatures));
    if (sboms > 0)
        parts.append(Text::tr("%n SBOM(s)", nullptr, sboms));
    if (attestations > 0)
        parts.append(Text::tr("%n attestation(s)", nullptr, attestations));
    if (others > 0)
        parts.append(Text::tr("%n other attachment(s)", nullptr, others));
    return parts.join(u", "_s);
}

} // namespace Tagboat
