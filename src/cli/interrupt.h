// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <memory>
#include <stop_token>

QT_FORWARD_DECLARE_CLASS(QSocketNotifier)

namespace Tagboat {

/*!
 * \brief Turns SIGINT, SIGTERM and SIGHUP into a stop, so that everything unwinds; the second one ends the
 * program at once.
 *
 * One at a time, on the main thread.
 */
class Interrupt : public QObject
{
    Q_OBJECT

public:
    Interrupt();
    ~Interrupt() override;
    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Tagboat
