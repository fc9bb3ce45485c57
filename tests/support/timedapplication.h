// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <utility>

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
        ++events;
        if (took > longest) {
            longest = took;
            longestEvent = name + " event " + QByteArray::number(type);
        }
        return done;
    }

    void reset()
    {
        longest = 0;
        events = 0;
        longestEvent.clear();
    }

    //! The longest that the thread was held up since the last call, in milliseconds, and by what.
    std::pair<double, QByteArray> takeLongest()
    {
        const std::pair<double, QByteArray> taken{double(longest) / 1e6, longestEvent};
        reset();
        return taken;
    }

    qint64 longest = 0; //!< nanoseconds, since the last reset()
    qint64 events = 0;
    QByteArray longestEvent;

private:
    int m_depth = 0;
};

} // namespace Tagboat::Testing
