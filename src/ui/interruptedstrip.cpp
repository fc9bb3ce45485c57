// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/interruptedstrip.h"

#include "models/jobsmodel.h"
#include "ui/uisettings.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto DismissedKey = "transfers/dismissed"_L1;

} // namespace

InterruptedStrip::InterruptedStrip(const JobsModel& model, UiSettings& settings, QWidget* parent)
    : MessageStrip(parent), m_model(model), m_settings(settings),
      m_dismissed(QDateTime::fromString(QString::fromLatin1(settings.state(DismissedKey)), Qt::ISODateWithMs))
{
    connect(&model, &JobsModel::countsChanged, this, &InterruptedStrip::look);
    connect(this, &MessageStrip::remedyChosen, this, [this](const Remedy& remedy) {
        if (remedy.kind == RemedyKind::Retry)
            Q_EMIT resumeAsked(m_ids);
    });
    connect(this, &MessageStrip::closed, this, &InterruptedStrip::remember);
    look();
}

void InterruptedStrip::look()
{
    QStringList ids;
    for (const JobSnapshot& job : m_model.jobs()) {
        if (isResumable(job) && (!m_dismissed.isValid() || job.finishedAt > m_dismissed))
            ids.append(job.id);
    }
    if (ids == m_ids)
        return;
    const bool isMore = ids.size() > m_ids.size();
    m_ids = ids;
    showOffer();
    if (isMore)
        Q_EMIT offered(int(m_ids.size()));
}

void InterruptedStrip::showOffer()
{
    if (m_ids.isEmpty()) {
        clear();
        return;
    }
    showMessage(Tone::Info, tr("%n transfer(s) were interrupted.", nullptr, int(m_ids.size())),
                tr("They go on where they were cut off; what has arrived is not sent again."),
                {{RemedyKind::Retry, m_ids.size() == 1 ? tr("Resume") : tr("Resume all")},
                 {RemedyKind::Dismiss, tr("Dismiss")}});
}

//! That these were offered, and not wanted.
void InterruptedStrip::remember()
{
    for (const QString& id : std::as_const(m_ids)) {
        if (const JobSnapshot* job = m_model.job(id);
            job && (!m_dismissed.isValid() || job->finishedAt > m_dismissed))
            m_dismissed = job->finishedAt;
    }
    m_settings.setState(DismissedKey, m_dismissed.toString(Qt::ISODateWithMs).toLatin1());
    look();
}

void InterruptedStrip::changeEvent(QEvent* event)
{
    MessageStrip::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showOffer();
}

} // namespace Tagboat
