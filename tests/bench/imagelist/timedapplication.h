// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <vector>

namespace Tagboat::Testing {

//! Measures how long the window's thread is busy with each single event.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth > 0) // a part of the event that is being measured
            return QApplication::notify(receiver, event);
        ++m_depth;
        const int type = event->type();
        const QByteArray name = receiver->metaObject()->className();
        QElapsedTimer timer;
        timer.start();
        const bool done = QApplication::notify(receiver, event);
        const qint64 took = timer.nsecsElapsed();
        --m_depth;
        if (took > m_longest) {
            m_longest = took;
            m_longestEvent = name + " event " + QByteArray::number(type);
        }
        return done;
    }

    //! The longest that the thread was held up since the last call, in milliseconds, and by what.
    std::pair<double, QByteArray> takeLongest()
    {
        const std::pair<double, QByteArray> taken{double(m_longest) / 1e6, m_longestEvent};
        m_longest = 0;
        m_longestEvent.clear();
        return taken;
    }

private:
    int m_depth = 0;
    qint64 m_longest = 0; // nanoseconds
    QByteArray m_longestEvent;
};

} // namespace Tagboat::Testing
