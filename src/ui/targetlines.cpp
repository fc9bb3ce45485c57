// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/targetlines.h"

#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/elidedlabel.h"
#include "ui/icons.h"
#include "ui/jobtext.h"
#include "ui/layerbars.h"
#include "ui/messagestrip.h"
#include "ui/metrics.h"
#include "ui/sharebar.h"
#include "ui/transfercard.h"
#include "ui/widgettools.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! So many layers of all targets together are shown without being asked for.
constexpr int FewLayers = 8;

} // namespace

TargetLine::TargetLine(QWidget* parent)
    : QWidget(parent), m_expand(new QToolButton(this)), m_name(new ElidedLabel(this)),
      m_account(new ElidedLabel(this)), m_user(new BadgeLabel(this)), m_state(new BadgeLabel(this)),
      m_figures(new QLabel(this)), m_bar(new ShareBar(this)), m_layers(new LayerBars(this)),
      m_strip(new MessageStrip(this))
{
    m_expand->setObjectName(u"targetExpand"_s);
    m_name->setObjectName(u"targetName"_s);
    m_state->setObjectName(u"targetState"_s);
    m_figures->setObjectName(u"targetFigures"_s);
    m_expand->setAutoRaise(true);
    m_account->setTone(Tone::Muted);
    makeMuted(m_figures);

    const Metrics lengths(fontMetrics());
    auto* head = new QHBoxLayout;
    head->setSpacing(lengths.gap());
    head->addWidget(m_expand);
    head->addWidget(m_name);
    head->addWidget(m_account);
    head->addWidget(m_user);
    head->addWidget(m_state);
    head->addStretch(1);
    head->addWidget(m_figures);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(lengths.halfGap());
    layout->addLayout(head);
    layout->addWidget(m_bar);
    layout->addWidget(m_layers);
    layout->addWidget(m_strip);
    connect(m_expand, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
    connect(m_strip, &MessageStrip::remedyChosen, this, &TargetLine::remedyChosen);
}

void TargetLine::setJob(const JobSnapshot& job, bool isOpen)
{
    const bool isNewOutcome = job.state != m_job.state || job.error.has_value() != m_job.error.has_value();
    m_job = job;
    m_isOpen = isOpen;
    showHead();
    showLayers();
    if (isNewOutcome)
        showOutcome();
}

bool TargetLine::isOpen() const
{
    return !m_job.layers.isEmpty() && m_isExpanded.value_or(m_isOpen);
}

void TargetLine::setOpen(bool open)
{
    m_isExpanded = open;
    showLayers();
}

void TargetLine::showHead()
{
    m_name->setText(JobText::image(m_job), JobText::imageBold(m_job));
    m_account->setText(JobText::destination(m_job));
    m_user->setBadge({m_job.user, Tone::Info});
    m_state->setBadge(JobText::targetState(m_job));
    m_figures->setText(JobText::targetFigures(m_job));
    m_bar->setVisible(m_job.isActive() && m_job.bytesTotal > 0 && !m_job.isTakingOver());
    m_bar->setEnabled(m_job.state != JobState::Paused); // stands where it was, without the colour
    if (m_job.bytesTotal > 0)
        m_bar->setShare(double(m_job.bytesDone) / double(m_job.bytesTotal));
    setAccessibleName(JobText::image(m_job) + u' ' + m_state->badge().text);
}

void TargetLine::showLayers()
{
    m_expand->setEnabled(!m_job.layers.isEmpty());
    m_expand->setIcon(icon(isOpen() ? u"chevron-down"_s : u"chevron-right"_s));
    const QString hint = isOpen() ? tr("Hide the layers") : tr("Show the layers");
    m_expand->setToolTip(m_job.layers.isEmpty() ? hint
                                                : QString(hint + u'\n' + JobText::layersSummary(m_job)));
    m_expand->setAccessibleName(hint);
    m_layers->setVisible(isOpen());
    if (isOpen())
        m_layers->setJob(m_job);
}

void TargetLine::showOutcome()
{
    if (m_job.state == JobState::Failed && m_job.error) {
        ErrorText text = explain(*m_job.error, contextOf(m_job));
        if (!TransferCard::canRetry(m_job)) // each of them ends in trying again
            text.remedies.clear();
        m_strip->showError(text);
    } else {
        m_strip->clear();
    }
}

void TargetLine::retranslate()
{
    showHead();
    showLayers();
    showOutcome();
}

TargetLines::TargetLines(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(Metrics(fontMetrics()).gap());
    hide();
}

void TargetLines::setJob(const JobSnapshot& job)
{
    while (m_lines.size() < size_t(job.targets.size())) {
        auto* line = new TargetLine(this);
        line->setObjectName(u"targetLine"_s);
        connect(line, &TargetLine::remedyChosen, this,
                [this, target = int(m_lines.size())](const Remedy& remedy) {
                    Q_EMIT remedyChosen(target, remedy);
                });
        m_layout->addWidget(line);
        m_lines.push_back(line);
    }
    const bool isOpen = job.isActive() && job.layers.size() <= FewLayers;
    // What keeps all of them is shown once, by the card.
    const bool isOwn =
        std::ranges::any_of(job.targets, [](const JobTarget& target) { return target.error.has_value(); });
    for (size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setVisible(i < size_t(job.targets.size()));
        if (i >= size_t(job.targets.size()))
            continue;
        JobSnapshot one = job.only(qsizetype(i));
        if (!isOwn)
            one.error.reset();
        m_lines[i]->setJob(one, isOpen);
    }
    setVisible(!job.targets.isEmpty());
}

void TargetLines::toggleLayers()
{
    const bool anyOpen = std::ranges::any_of(m_lines, [](const auto* line) { return line->isOpen(); });
    for (TargetLine* line : m_lines)
        line->setOpen(!anyOpen);
}

void TargetLines::retranslate()
{
    for (TargetLine* line : m_lines)
        line->retranslate();
}

} // namespace Tagboat
