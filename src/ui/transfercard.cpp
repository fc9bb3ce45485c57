// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transfercard.h"

#include "models/jobsmodel.h"
#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/elidedlabel.h"
#include "ui/icons.h"
#include "ui/jobtext.h"
#include "ui/layerbars.h"
#include "ui/messagestrip.h"
#include "ui/metrics.h"
#include "ui/stallline.h"
#include "ui/targetlines.h"
#include "ui/widgettools.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A bar of a thousand steps: QProgressBar counts in int, images have more bytes than that.
constexpr int ProgressSteps = 1000;
//! So many layers are shown without being asked for.
constexpr int FewLayers = 8;

//! Cards are brought up to date many times a second: only another icon is painted anew.
void setIconOnce(QToolButton* button, const QString& name)
{
    if (button->icon().name() != name)
        button->setIcon(icon(name));
}

} // namespace

bool TransferCard::canRetry(const JobSnapshot& job)
{
    const bool hasDialog = job.kind == JobKind::Push || job.kind == JobKind::Pull;
    const bool isUndone = job.state == JobState::Failed || job.state == JobState::Cancelled
        || job.state == JobState::Interrupted;
    return isUndone && (job.isRepeatable || hasDialog);
}

TransferCard::TransferCard(const JobSnapshot& job, QWidget* parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_verb(new QLabel(this)), m_figures(new QLabel(this)),
      m_image(new ElidedLabel(this)), m_destination(new ElidedLabel(this)), m_user(new BadgeLabel(this)),
      m_state(new BadgeLabel(this)), m_expand(new QToolButton(this)), m_pause(new QToolButton(this)),
      m_cancel(new QToolButton(this)), m_retry(new QToolButton(this)), m_progress(new QProgressBar(this)),
      m_trouble(new StallLine(this)), m_targets(new TargetLines(this)), m_layers(new LayerBars(this)),
      m_strip(new MessageStrip(this))
{
    build();
    setJob(job);
}

void TransferCard::build()
{
    setObjectName(u"transferCard"_s);
    setFocusPolicy(Qt::StrongFocus);
    m_state->setObjectName(u"cardState"_s);
    m_figures->setObjectName(u"cardFigures"_s);
    m_progress->setObjectName(u"cardProgress"_s);
    m_expand->setObjectName(u"cardExpand"_s);
    m_pause->setObjectName(u"cardPause"_s);
    m_cancel->setObjectName(u"cardCancel"_s);
    m_retry->setObjectName(u"cardRetry"_s);
    m_targets->setObjectName(u"cardTargets"_s);
    QFont bold = font();
    bold.setBold(true);
    m_verb->setFont(bold);
    makeMuted(m_figures);
    m_destination->setTone(Tone::Muted);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setTextVisible(false);
    m_expand->setAutoRaise(true);
    m_expand->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setIcon(icon(u"close"_s));
    for (QToolButton* button : {m_pause, m_cancel, m_retry})
        button->setFocusPolicy(Qt::StrongFocus);

    const Metrics lengths(fontMetrics());
    m_progress->setFixedHeight(lengths.line * 2 / 3); // no text is in it
    auto* head = new QHBoxLayout;
    head->setSpacing(lengths.gap());
    head->addWidget(m_icon);
    head->addWidget(m_verb);
    head->addWidget(m_image);
    head->addWidget(m_destination);
    head->addWidget(m_user);
    head->addWidget(m_state);
    head->addStretch(1);
    head->addWidget(m_figures);
    head->addWidget(m_retry);
    head->addWidget(m_pause);
    head->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    const int margin = lengths.gap() * 2;
    layout->setContentsMargins(margin, margin * 2 / 3, margin, margin * 2 / 3);
    layout->setSpacing(lengths.gap());
    layout->addLayout(head);
    layout->addWidget(m_progress);
    layout->addWidget(m_trouble);
    layout->addWidget(m_targets);
    layout->addWidget(m_expand, 0, Qt::AlignLeft);
    layout->addWidget(m_layers);
    layout->addWidget(m_strip);

    connect(m_expand, &QToolButton::clicked, this, &TransferCard::toggleLayers);
    connect(m_pause, &QToolButton::clicked, this, &TransferCard::togglePause);
    connect(m_trouble, &StallLine::tryNowAsked, this, [this] { Q_EMIT tryNowAsked(m_job.id); });
    connect(m_cancel, &QToolButton::clicked, this, [this] { Q_EMIT cancelAsked(m_job.id); });
    connect(m_retry, &QToolButton::clicked, this, [this] { Q_EMIT retryAsked(m_job.id); });
    connect(m_strip, &MessageStrip::remedyChosen, this,
            [this](const Remedy& remedy) { Q_EMIT remedyChosen(m_job.id, remedy); });
    connect(m_targets, &TargetLines::remedyChosen, this, [this](int target, const Remedy& remedy) {
        Q_EMIT targetRemedyChosen(m_job.id, target, remedy);
    });
}

void TransferCard::setJob(const JobSnapshot& job)
{
    const bool isNewOutcome = job.state != m_job.state || job.error.has_value() != m_job.error.has_value();
    m_job = job;
    showHead();
    m_targets->setJob(job);
    showLayers();
    showTrouble();
    if (isNewOutcome)
        showOutcome();
}

void TransferCard::showHead()
{
    const int size = fontMetrics().height();
    m_icon->setPixmap(icon(JobText::iconName(m_job)).pixmap(QSize(size, size), devicePixelRatio()));
    m_verb->setText(JobText::verb(m_job));
    m_image->setText(JobText::image(m_job), JobText::imageBold(m_job));
    m_destination->setText(JobText::destination(m_job));
    const bool hasOneUser = m_job.kind == JobKind::Push && m_job.targets.isEmpty();
    m_user->setBadge({hasOneUser ? m_job.user : QString(), Tone::Info});
    m_state->setBadge(JobText::state(m_job));
    m_figures->setText(JobText::figures(m_job));
    setAccessibleName(JobText::verb(m_job) + u' ' + m_job.image + u' ' + JobText::destination(m_job));
    setAccessibleDescription(JobText::state(m_job).text + u' ' + JobText::figures(m_job));
    showButtons();
    showProgress();
}

void TransferCard::showButtons()
{
    const bool isPaused = m_job.state == JobState::Paused;
    m_pause->setVisible(m_job.isActive());
    setIconOnce(m_pause, isPaused ? u"resume"_s : u"pause"_s);
    m_pause->setToolTip(isPaused ? tr("Go on with this transfer") : tr("Pause this transfer"));
    m_pause->setAccessibleName((isPaused ? tr("Resume %1") : tr("Pause %1")).arg(m_job.image));
    m_cancel->setVisible(m_job.isActive());
    m_cancel->setToolTip(tr("Cancel this transfer"));
    m_cancel->setAccessibleName(tr("Cancel %1").arg(m_job.image));

    const bool goesOn = isResumable(m_job);
    m_retry->setVisible(canRetry(m_job));
    setIconOnce(m_retry, goesOn ? u"resume"_s : u"retry"_s);
    m_retry->setText(goesOn ? tr("Resume") : QString());
    m_retry->setToolButtonStyle(goesOn ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    m_retry->setToolTip(goesOn ? tr("Go on with this transfer") : tr("Try this transfer again"));
    m_retry->setAccessibleName((goesOn ? tr("Resume %1") : tr("Try %1 again")).arg(m_job.image));
}

void TransferCard::showProgress()
{
    m_progress->setVisible(m_job.isActive());
    // Whether it is known how much there is to do; where nothing happens, nothing shall seem to.
    const bool isIdle = m_job.state == JobState::Waiting || m_job.state == JobState::Paused;
    const bool isOpenEnded = m_job.state == JobState::Preparing || m_job.bytesTotal <= 0;
    m_progress->setRange(0, isOpenEnded && !isIdle ? 0 : ProgressSteps);
    m_progress->setEnabled(m_job.state != JobState::Paused); // stands where it was, without the colour
    if (m_job.bytesTotal > 0)
        m_progress->setValue(int(double(m_job.bytesDone) / double(m_job.bytesTotal) * ProgressSteps));
    else
        m_progress->setValue(0);
    m_progress->setAccessibleName(JobText::verb(m_job) + u' ' + m_job.image);
}

void TransferCard::showLayers()
{
    const bool hasLayers = !m_job.layers.isEmpty() && m_job.targets.isEmpty(); // else each has its own
    const bool open =
        hasLayers && m_isExpanded.value_or(m_job.isActive() && m_job.layers.size() <= FewLayers);
    const QString summary = JobText::layersSummary(m_job);
    m_expand->setVisible(!summary.isEmpty() && m_job.targets.isEmpty()
                         && (!open || m_isExpanded || m_job.layers.size() > FewLayers));
    m_expand->setEnabled(hasLayers);
    m_expand->setText(summary);
    m_expand->setIcon(icon(open ? u"chevron-down"_s : u"chevron-right"_s));
    m_expand->setToolTip(open ? tr("Hide the layers") : tr("Show the layers"));
    m_layers->setVisible(open);
    if (open)
        m_layers->setJob(m_job);
}

void TransferCard::showTrouble()
{
    if (!m_job.trouble || !m_job.isActive()) {
        m_trouble->clear();
        return;
    }
    const auto whose = std::ranges::find_if(
        m_job.targets, [this](const JobTarget& target) { return target.nextTry == m_job.nextTry; });
    const ErrorContext context = whose == m_job.targets.end()
        ? contextOf(m_job)
        : contextOf(m_job.only(whose - m_job.targets.begin()));
    m_trouble->setTrouble(explain(*m_job.trouble, context).title, errorDetails(*m_job.trouble),
                          m_job.nextTry);
}

void TransferCard::showOutcome()
{
    const bool isOfTargets =
        std::ranges::any_of(m_job.targets, [](const JobTarget& target) { return target.error.has_value(); });
    if (m_job.state == JobState::Failed && m_job.error && !isOfTargets) {
        ErrorText text = explain(*m_job.error, contextOf(m_job));
        if (!canRetry(m_job)) // each of them ends in trying again
            text.remedies.clear();
        m_strip->showError(text);
    } else {
        m_strip->clear();
    }
    update();
}

void TransferCard::togglePause()
{
    if (m_job.state == JobState::Paused)
        Q_EMIT resumeAsked(m_job.id);
    else if (m_job.isActive())
        Q_EMIT pauseAsked(m_job.id);
}

void TransferCard::toggleLayers()
{
    if (!m_job.targets.isEmpty()) {
        m_targets->toggleLayers();
        return;
    }
    m_isExpanded = !m_layers->isVisible();
    showLayers();
}

void TransferCard::setCurrent(bool current)
{
    if (m_isCurrent == current)
        return;
    m_isCurrent = current;
    update();
}

void TransferCard::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors& colors = Colors::of(palette());
    const qreal radius = Metrics(fontMetrics()).radius();
    const bool failed = m_job.state == JobState::Failed;
    painter.setPen(m_isCurrent || hasFocus() ? colors.accent
                       : failed              ? colors.tone(Tone::Error).border
                                             : colors.line);
    painter.setBrush(colors.card);
    painter.drawRoundedRect(outlined(rect()), radius, radius);
}

void TransferCard::mousePressEvent(QMouseEvent* event)
{
    QFrame::mousePressEvent(event);
    Q_EMIT pressed(m_job.id);
}

void TransferCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat())
        togglePause();
    else
        QFrame::keyPressEvent(event);
}

void TransferCard::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(m_job.id, event->globalPos());
}

void TransferCard::focusInEvent(QFocusEvent* event)
{
    QFrame::focusInEvent(event);
    Q_EMIT pressed(m_job.id);
}

void TransferCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showHead(); // its icon is a picture in the colours of the palette
    if (event->type() == QEvent::LanguageChange) {
        showHead();
        m_targets->retranslate();
        showLayers();
        showTrouble();
        showOutcome();
    }
}

} // namespace Tagboat
