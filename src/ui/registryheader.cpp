// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registryheader.h"

#include "models/text.h"
#include "ui/badge.h"
#include "ui/widgettools.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Tagboat {

RegistryHeader::RegistryHeader(QLabel* title, QLabel* host, QBoxLayout* badges, QWidget* page)
    : QObject(page), m_title(title), m_host(host), m_scheme(new BadgeLabel(page)), m_ca(new BadgeLabel(page)),
      m_login(new BadgeLabel(page)), m_expiry(new BadgeLabel(page)), m_latency(new BadgeLabel(page))
{
    makeTitle(title);
    makeMuted(host);
    for (BadgeLabel* badge : {m_scheme, m_ca, m_login, m_expiry, m_latency})
        badges->addWidget(badge);
}

Badge RegistryHeader::expiryBadge(const QDateTime& expires)
{
    if (!expires.isValid())
        return {};
    const QString when = QLocale().toString(expires.toLocalTime(), QLocale::ShortFormat);
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(expires);
    if (left <= 0)
        return {tr("login expired"), Tone::Warning, tr("It was good until %1. Enter a new one.").arg(when)};
    constexpr qint64 Hour = 3600;
    return {tr("login until %1").arg(when), left < Hour ? Tone::Warning : Tone::Normal,
            tr("Then a new token or password has to be entered")};
}

void RegistryHeader::show(const Profile& profile, const std::optional<RegistryStatus>& status,
                          const RegistrySettings& settings)
{
    m_title->setText(profile.name);
    m_host->setText(profile.isAnonymous() ? profile.registry : profile.user + u'@' + profile.registry);
    m_host->setToolTip(profile.lastUsed.isValid() ? tr("Last used %1").arg(formatAge(profile.lastUsed))
                                                  : QString());
    m_expiry->setBadge(expiryBadge(profile.secretExpires));
    if (!status) {
        for (BadgeLabel* badge : {m_scheme, m_ca, m_login, m_latency})
            badge->setBadge({});
        return;
    }
    m_scheme->setBadge(status->isPlainHttp ? Badge{tr("plain HTTP"), Tone::Warning,
                                                   tr("What is sent to this registry is not encrypted")}
                                           : Badge{u"TLS"_s, Tone::Ok, tr("The connection is encrypted")});
    m_ca->setBadge(
        status->isPlainHttp ? Badge{}
            : !settings.pinnedSha256.isEmpty()
            ? Badge{tr("pinned"), Tone::Normal, tr("Only the one certificate is accepted that you trusted")}
            : !settings.caFile.isEmpty()
            ? Badge{tr("own CA"), Tone::Normal, tr("Its certificate is checked with a file chosen for it")}
            : Badge{});
    m_login->setBadge(status->isLoggedIn       ? Badge{tr("logged in"), Tone::Ok}
                          : status->needsLogin ? Badge{tr("wants a login"), Tone::Warning}
                                               : Badge{});
    m_latency->setBadge({tr("%1 ms").arg(status->latency.count())});
}

} // namespace Tagboat
