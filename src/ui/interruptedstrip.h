// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/messagestrip.h"

#include <QDateTime>

namespace Tagboat {

class JobsModel;
class UiSettings;

/*!
 * \brief Offers to go on with the transfers that the program's last end cut off.
 *
 * Follows the model. What is dismissed is not offered again at a later start; its cards still have their
 * Resume.
 */
class InterruptedStrip : public MessageStrip
{
    Q_OBJECT

public:
    //! Both live longer than the strip.
    InterruptedStrip(const JobsModel& model, UiSettings& settings, QWidget* parent = nullptr);

    [[nodiscard]] int transfers() const { return int(m_ids.size()); } //!< on offer now

Q_SIGNALS:
    void offered(int transfers);
    void resumeAsked(const QStringList& ids);

protected:
    void changeEvent(QEvent* event) override;

private:
    void look();
    void showOffer();
    void remember();

    const JobsModel& m_model;
    UiSettings& m_settings;
    QDateTime m_dismissed; //!< what ended by then has been answered
    QStringList m_ids;
};

} // namespace Tagboat
