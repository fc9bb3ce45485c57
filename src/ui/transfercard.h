// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"
#include "ui/errortext.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace Tagboat {

class BadgeLabel;
class ElidedLabel;
class LayerBars;
class MessageStrip;
class StallLine;
class TargetLines;

/*!
 * \brief One transfer on the Transfers page: what, from where to where, a bar, a bar a layer, what keeps it
 * waiting, and what went wrong with its remedies. Where it goes to several places, a line for each has them.
 *
 * Children for tests and the demo: cardState, cardFigures, cardProgress, cardExpand, cardPause, cardCancel,
 * cardRetry, cardTargets, and those of the lines and the strip. Space pauses and resumes.
 */
class TransferCard : public QFrame
{
    Q_OBJECT

public:
    explicit TransferCard(const JobSnapshot& job, QWidget* parent = nullptr);
    //! It ended without being done and can be begun again: by the queue, or by the dialog it came from.
    [[nodiscard]] static bool canRetry(const JobSnapshot& job);

    void setJob(const JobSnapshot& job);
    [[nodiscard]] const JobSnapshot& job() const { return m_job; }
    void setCurrent(bool current);
    void toggleLayers();

Q_SIGNALS:
    void cancelAsked(const QString& id);
    void pauseAsked(const QString& id);
    void resumeAsked(const QString& id);
    void tryNowAsked(const QString& id);
    void retryAsked(const QString& id);
    void remedyChosen(const QString& id, const Tagboat::Remedy& remedy);
    //! For the target at this place only.
    void targetRemedyChosen(const QString& id, int target, const Tagboat::Remedy& remedy);
    void pressed(const QString& id);
    void menuAsked(const QString& id, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void togglePause();
    void showHead();
    void showProgress();
    void showButtons();
    void showLayers();
    void showTrouble();
    void showOutcome();

    JobSnapshot m_job;
    bool m_isCurrent = false;
    std::optional<bool> m_isExpanded; //!< the person's choice; until then by the number of layers
    QLabel *m_icon, *m_verb, *m_figures;
    ElidedLabel *m_image, *m_destination;
    BadgeLabel *m_user, *m_state;
    QToolButton *m_expand, *m_pause, *m_cancel, *m_retry;
    QProgressBar* m_progress;
    StallLine* m_trouble;
    TargetLines* m_targets;
    LayerBars* m_layers;
    MessageStrip* m_strip;
};

} // namespace Tagboat
