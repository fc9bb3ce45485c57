// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/platform.h"

#include <QJsonArray>
#include <QSysInfo>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! One step of a platform's descent to older processors: architecture and variant.
struct Processor
{
    QString architecture;
    QString variant;
    friend bool operator==(const Processor&, const Processor&) = default;
};

//! 3 of "v3" or "3"; -1 where there is no such number.
int generation(QStringView variant)
{
    bool ok = false;
    const int number = (variant.startsWith(u'v') ? variant.sliced(1) : variant).toInt(&ok);
    return ok && number < 100 ? number : -1;
}

void appendArm32(QList<Processor>& order, int newest)
{
    for (int version = newest; version >= 5; --version)
        order.append({u"arm"_s, u'v' + QString::number(version)});
}

//! arm64 v8.x … v8.1, then plain arm64, which is v8.0.
void appendArm64v8(QList<Processor>& order, int minor)
{
    for (; minor >= 1; --minor)
        order.append({u"arm64"_s, u"v8."_s + QString::number(minor)});
    order.append({u"arm64"_s, QString()});
}

void appendArm64(QList<Processor>& order, const QString& variant)
{
    const qsizetype dot = variant.indexOf(u'.');
    const int major = variant.isEmpty() ? 8 : generation(dot < 0 ? variant : variant.first(dot));
    const int minor = dot < 0 ? 0 : generation(QStringView(variant).sliced(dot + 1));
    if (minor < 0 || (major != 8 && major != 9)) {
        order.append({u"arm64"_s, variant});
        return;
    }
    if (major == 9) {
        for (int m = minor; m >= 1; --m)
            order.append({u"arm64"_s, u"v9."_s + QString::number(m)});
        order.append({u"arm64"_s, u"v9"_s});
    }
    appendArm64v8(order, major == 9 ? minor + 5 : minor);
    appendArm32(order, 8);
}

//! What a processor runs, best first (containerd/platforms compare.go).
QList<Processor> runnable(const Platform& platform)
{
    QList<Processor> order;
    if (platform.architecture == "amd64"_L1) {
        if (generation(platform.variant) < 0 && !platform.variant.isEmpty())
            order.append({platform.architecture, platform.variant});
        for (int version = generation(platform.variant); version >= 2; --version)
            order.append({u"amd64"_s, u'v' + QString::number(version)});
        order.append({u"amd64"_s, QString()});
        order.append({u"386"_s, QString()});
    } else if (platform.architecture == "arm"_L1 && generation(platform.variant) >= 5) {
        appendArm32(order, generation(platform.variant));
    } else if (platform.architecture == "arm64"_L1) {
        appendArm64(order, platform.variant);
    } else {
        order.append({platform.architecture, platform.variant});
    }
    return order;
}

//! How far an image's Windows is from the one that runs it; -1: does not run (hcsshim osversion).
int windowsDistance(const QString& host, const QString& candidate)
{
    constexpr int Server2022 = 20348, Server2025 = 26100;
    if (host.isEmpty() || candidate.isEmpty())
        return 0;
    const auto parts = [](const QString& version) {
        QList<int> numbers;
        for (const QStringView part : QStringView(version).split(u'.'))
            numbers.append(qBound(0, part.toInt(), 0xffff));
        numbers.resize(4);
        return numbers;
    };
    const QList<int> ours = parts(host);
    const QList<int> theirs = parts(candidate);
    if (ours[0] != theirs[0] || ours[1] != theirs[1])
        return -1;
    const int build = ours[2];
    if (build < Server2022)
        return theirs[2] == build ? 0 : -1;
    const int oldest = build > Server2025 ? Server2025 : Server2022;
    return theirs[2] >= oldest && theirs[2] <= build ? build - theirs[2] : -1;
}

bool isWord(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_'
            || c == u'.' || c == u'-';
    });
}

} // namespace

Result<Platform> Platform::parse(QStringView text)
{
    const QList<QStringView> parts = text.trimmed().split(u'/');
    if (parts.size() < 2 || parts.size() > 3 || !std::ranges::all_of(parts, isWord))
        return fail(Error::Code::InvalidInput, text.toString(),
                    u"invalid platform: expected OS/ARCH or OS/ARCH/VARIANT, for example linux/amd64"_s);
    Platform platform;
    platform.os = parts[0].toString();
    platform.architecture = parts[1].toString();
    if (parts.size() == 3)
        platform.variant = parts[2].toString();
    return platform;
}

Platform Platform::fromJson(const QJsonObject& object)
{
    Platform platform;
    platform.os = object["os"_L1].toString();
    platform.architecture = object["architecture"_L1].toString();
    platform.variant = object["variant"_L1].toString();
    platform.osVersion = object["os.version"_L1].toString();
    const QJsonArray features = object["os.features"_L1].toArray();
    for (const QJsonValue& feature : features) {
        if (feature.isString())
            platform.osFeatures.append(feature.toString());
    }
    return platform;
}

Platform Platform::host()
{
    Platform platform;
    platform.os = QSysInfo::kernelType();
    if (platform.os == "winnt"_L1)
        platform.os = u"windows"_s;
    platform.architecture = QSysInfo::currentCpuArchitecture();
    if (platform.architecture == "power64"_L1)
        platform.architecture = QSysInfo::ByteOrder == QSysInfo::LittleEndian ? u"ppc64le"_s : u"ppc64"_s;
    return platform.normalized();
}

QJsonObject Platform::toJson() const
{
    QJsonObject object{{u"architecture"_s, architecture}, {u"os"_s, os}};
    if (!osVersion.isEmpty())
        object.insert("os.version"_L1, osVersion);
    if (!osFeatures.isEmpty())
        object.insert("os.features"_L1, QJsonArray::fromStringList(osFeatures));
    if (!variant.isEmpty())
        object.insert("variant"_L1, variant);
    return object;
}

Platform Platform::normalized() const
{
    Platform p = *this;
    p.os = os.toLower();
    p.architecture = architecture.toLower();
    p.variant = variant.toLower();
    if (p.os == "macos"_L1)
        p.os = u"darwin"_s;

    QString& arch = p.architecture;
    if (arch == "x86_64"_L1 || arch == "x86-64"_L1 || arch == "amd64"_L1) {
        arch = u"amd64"_s;
        if (p.variant == "v1"_L1 || p.variant == "1"_L1)
            p.variant.clear();
    } else if (arch == "i386"_L1 || arch == "386"_L1) {
        arch = u"386"_s;
        p.variant.clear();
    } else if (arch == "aarch64"_L1 || arch == "arm64"_L1) {
        arch = u"arm64"_s;
        if (p.variant == "8"_L1 || p.variant == "v8"_L1 || p.variant == "v8.0"_L1)
            p.variant.clear();
        else if (p.variant == "9"_L1 || p.variant == "9.0"_L1 || p.variant == "v9.0"_L1)
            p.variant = u"v9"_s;
    } else if (arch == "armhf"_L1) {
        arch = u"arm"_s;
        p.variant = u"v7"_s;
    } else if (arch == "armel"_L1) {
        arch = u"arm"_s;
        p.variant = u"v6"_s;
    } else if (arch == "arm"_L1) {
        if (p.variant.isEmpty())
            p.variant = u"v7"_s;
        else if (p.variant == "5"_L1 || p.variant == "6"_L1 || p.variant == "7"_L1 || p.variant == "8"_L1)
            p.variant.prepend(u'v');
    }
    return p;
}

QString Platform::toString() const
{
    if (isEmpty())
        return {};
    QString text = os + u'/' + architecture;
    if (!variant.isEmpty())
        text += u'/' + variant;
    return text;
}

bool Platform::isUnknown() const
{
    return os == "unknown"_L1 && architecture == "unknown"_L1;
}

int Platform::preference(const Platform& candidate) const
{
    const Platform wanted = normalized();
    const Platform offered = candidate.normalized();
    if (wanted.os != offered.os)
        return -1;
    // A variant that is written in its own way ("v9.05") is in no list, but runs itself.
    const bool isSame = wanted.architecture == offered.architecture && wanted.variant == offered.variant;
    const qsizetype rank =
        isSame ? 0 : runnable(wanted).indexOf(Processor{offered.architecture, offered.variant});
    if (rank < 0)
        return -1;
    if (wanted.os != "windows"_L1)
        return int(rank);
    const int distance = windowsDistance(wanted.osVersion, offered.osVersion);
    // The processor counts first, then how old the image's Windows is (a build number is less than 65536).
    return distance < 0 ? -1 : int(rank) * 0x10000 + distance;
}

} // namespace Tagboat
