// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/pastedreference.h"

#include <QList>

#include <algorithm>
#include <array>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

bool take(QStringView& text, QLatin1StringView prefix)
{
    if (!text.startsWith(prefix, Qt::CaseInsensitive))
        return false;
    text = text.sliced(prefix.size());
    return true;
}

QList<QStringView> splitAtBlanks(QStringView text)
{
    QList<QStringView> parts;
    qsizetype begin = -1;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool isBlank = i == text.size() || text[i].isSpace();
        if (isBlank && begin >= 0)
            parts.append(text.sliced(begin, i - begin));
        if (isBlank)
            begin = -1;
        else if (begin < 0)
            begin = i;
    }
    return parts;
}

//! The image in "docker pull --platform linux/arm64 X": the last word, since options come before it.
QStringView imageOfCommand(QStringView text)
{
    constexpr std::array<QStringView, 3> Programs{u"docker", u"podman", u"nerdctl"};
    constexpr std::array<QStringView, 2> Commands{u"pull", u"push"};
    QList<QStringView> parts = splitAtBlanks(text);
    while (!parts.isEmpty() && (parts.first() == u"$" || parts.first() == u"#" || parts.first() == u"sudo"))
        parts.removeFirst();
    if (parts.size() < 3 || !std::ranges::contains(Programs, parts.takeFirst()))
        return text;
    if (parts.first() == u"image")
        parts.removeFirst();
    if (parts.size() < 2 || !std::ranges::contains(Commands, parts.takeFirst()))
        return text;
    return parts.last();
}

//! What a page of hub.docker.com is about, \a path being all after the host; empty where it is about no
//! image.
QString imageOfHubPage(QStringView path)
{
    const QList<QStringView> parts = path.split(u'/', Qt::SkipEmptyParts);
    if (parts.size() >= 2 && parts[0] == u"_") // an official image
        return parts[1].toString();
    if (parts.size() >= 3 && parts[0] == u"r")
        return parts[1] + u'/' + parts[2];
    if (parts.size() >= 4 && parts[0] == u"layers") // of one tag
        return parts[1] + u'/' + parts[2] + u':' + parts[3];
    if (parts.size() >= 4 && parts[0] == u"repository" && parts[1] == u"docker") // the owner's own page
        return parts[2] + u'/' + parts[3];
    return {};
}

} // namespace

QString referenceInPastedText(QStringView pasted)
{
    QStringView text = imageOfCommand(pasted.trimmed());
    while (text.size() >= 2 && text.front() == text.back()
           && (text.front() == u'"' || text.front() == u'\'' || text.front() == u'`'))
        text = text.sliced(1, text.size() - 2).trimmed();
    if (take(text, "docker://"_L1) || take(text, "oci://"_L1))
        return text.toString();

    const bool isWebAddress = take(text, "https://"_L1) || take(text, "http://"_L1);
    const bool isHub = text.startsWith("hub.docker.com/"_L1, Qt::CaseInsensitive)
        || text.startsWith("www.hub.docker.com/"_L1, Qt::CaseInsensitive);
    if (!isWebAddress && !isHub)
        return text.toString();

    const auto tail = std::ranges::find_if(text, [](QChar c) { return c == u'?' || c == u'#'; });
    text = text.first(tail - text.begin());
    while (text.endsWith(u'/'))
        text.chop(1);
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0) // the front page of a registry; alone, its name would be that of an image of Docker Hub
        return {};
    return isHub ? imageOfHubPage(text.sliced(slash + 1)) : text.toString();
}

} // namespace Tagboat
