// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/scriptedserver.h"

#include <QObject>
#include <QTimer>

class QIODevice;

namespace Tagboat {

//! One connection of a ScriptedServer: reads requests, one after the other, and plays their answers.
class ScriptedConnection : public QObject
{
    Q_OBJECT

public:
    ScriptedConnection(ScriptedServer* server, QIODevice* socket, int number);
    ~ScriptedConnection() override;

    //! Closes so that the other side gets RST.
    static void reset(QIODevice* socket);

private:
    enum class State {
        Head,      // reads until the empty line
        Body,      // reads what the head announced
        Answering, // writes; after an early answer it still reads the body, unless told not to
        Draining,  // early answer done, body not
        Silent,
    };

    void read();
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readBody();
    [[nodiscard]] qint64 takeChunk();
    void take(QByteArray piece);
    void begin(ScriptedAnswer answer);
    void write();
    [[nodiscard]] qint64 bytesToWrite() const;
    void finish();
    void close();

    ScriptedServer* m_server;
    QIODevice* m_socket;
    int m_number;
    State m_state = State::Head;
    QByteArray m_buffer;
    ScriptedRequest m_request;
    qint64 m_bodyLeft = 0; // -1: chunked
    bool m_isBodyComplete = false;
    ScriptedAnswer m_answer;
    qint64 m_answerSize = 0;
    qint64 m_written = 0;
    QTimer m_pause;
};

} // namespace Tagboat
