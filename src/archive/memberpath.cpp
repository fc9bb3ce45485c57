// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/memberpath.h"

#include <QStringList>

namespace Tagboat {

using namespace Qt::StringLiterals;

QString memberSubject(const QString& archive, QStringView member)
{
    return member.isEmpty() ? archive : archive + u": " + member;
}

Result<QString> memberPath(QStringView name, const QString& archive)
{
    const auto refuse = [&](QString why) {
        return fail(Error::Code::Corrupt, memberSubject(archive, name), std::move(why));
    };
    if (name.isEmpty())
        return refuse(u"a member without a name"_s);
    if (name.startsWith(u'/'))
        return refuse(u"an absolute name"_s);
    QStringList parts;
    for (const QStringView part : name.tokenize(u'/')) {
        if (part == u"..")
            return refuse(u"a name that leads out of the archive"_s);
        if (!part.isEmpty() && part != u".")
            parts.append(part.toString());
    }
    return parts.join(u'/');
}

Result<QString> linkPath(QStringView from, QStringView target, const QString& subject)
{
    if (target.isEmpty())
        return fail(Error::Code::Corrupt, subject, u"a link without a target"_s);
    if (target.startsWith(u'/'))
        return fail(Error::Code::Corrupt, subject, u"a link to the absolute path %1"_s.arg(target));
    QStringList parts = from.toString().split(u'/');
    parts.removeLast();
    for (const QStringView part : target.tokenize(u'/')) {
        if (part.isEmpty() || part == u".")
            continue;
        if (part != u"..") {
            parts.append(part.toString());
            continue;
        }
        if (parts.isEmpty())
            return fail(Error::Code::Corrupt, subject,
                        u"a link that leads out of the archive: %1"_s.arg(target));
        parts.removeLast();
    }
    return parts.join(u'/');
}

} // namespace Tagboat
