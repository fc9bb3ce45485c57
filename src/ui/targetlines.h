// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"
#include "ui/errortext.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace Tagboat {

class BadgeLabel;
class ElidedLabel;
class LayerBars;
class MessageStrip;
class ShareBar;

/*!
 * \brief One destination of a transfer that has several: its name, how far it is, what keeps it and what
 * mends that.
 *
 * Children: targetName, targetState, targetFigures, targetExpand, and those of MessageStrip.
 */
class TargetLine : public QWidget
{
    Q_OBJECT

public:
    explicit TargetLine(QWidget* parent = nullptr);
    //! \a job narrowed down to the target (JobSnapshot::only()). \a isOpen shows its layers, until the person
    //! says otherwise.
    void setJob(const JobSnapshot& job, bool isOpen);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const;
    void retranslate();

Q_SIGNALS:
    void remedyChosen(const Tagboat::Remedy& remedy);

private:
    void showHead();
    void showLayers();
    void showOutcome();

    JobSnapshot m_job;
    bool m_isOpen = false;
    std::optional<bool> m_isExpanded; //!< the person's choice
    QToolButton* m_expand;
    ElidedLabel *m_name, *m_account;
    BadgeLabel *m_user, *m_state;
    QLabel* m_figures;
    ShareBar* m_bar;
    LayerBars* m_layers;
    MessageStrip* m_strip;
};

//! The lines of all of them, in the order in which they were asked for.
class TargetLines : public QWidget
{
    Q_OBJECT

public:
    explicit TargetLines(QWidget* parent = nullptr);
    //! Hidden where \a job has one destination.
    void setJob(const JobSnapshot& job);
    void toggleLayers(); //!< of all; closes them where any is open
    void retranslate();

Q_SIGNALS:
    void remedyChosen(int target, const Tagboat::Remedy& remedy);

private:
    std::vector<TargetLine*> m_lines;
    QVBoxLayout* m_layout;
};

} // namespace Tagboat
