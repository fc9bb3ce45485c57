// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registryheader.h"

#include "ui/badge.h"
#include "ui/widgettools.h"

#include <QBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace Tagboat {

RegistryHeader::RegistryHeader(QLabel* title, QLabel* host, QBoxLayout* badges, QWidget* page)
    : QObject(page), m_title(title), m_host(host), m_scheme(new BadgeLabel(page)), m_ca(new BadgeLabel(page)),
      m_login(new BadgeLabel(page)), m_latency(new BadgeLabel(page))
{
    makeTitle(title);
    makeMuted(host);
    for (BadgeLabel* badge : {m_scheme, m_ca, m_login, m_latency})
        badges->addWidget(badge);
}

void RegistryHeader::show(const Profile& profile, const std::optional<RegistryStatus>& status,
                          const RegistrySettings& settings)
{
    m_title->setText(profile.name);
    m_host->setText(profile.isAnonymous() ? profile.registry : profile.user + u'@' + profile.registry);
    if (!status) {
        for (BadgeLabel* badge : {m_scheme, m_ca, m_login, m_latency})
            badge->setBadge({});
        return;
    }
    m_scheme->setBadge(status->isPlainHttp ? Badge{tr("plain HTTP"), Tone::Warning,
                                                   tr("What is sent to this registry is not encrypted")}
                                           : Badge{u"TLS"_s, Tone::Ok, tr("The connection is encrypted")});
    m_ca->setBadge(
        !settings.caFile.isEmpty() && !status->isPlainHttp
            ? Badge{tr("own CA"), Tone::Normal, tr("Its certificate is checked with a file chosen for it")}
            : Badge{});
    m_login->setBadge(status->isLoggedIn       ? Badge{tr("logged in"), Tone::Ok}
                          : status->needsLogin ? Badge{tr("wants a login"), Tone::Warning}
                                               : Badge{});
    m_latency->setBadge({tr("%1 ms").arg(status->latency.count())});
}

} // namespace Tagboat
