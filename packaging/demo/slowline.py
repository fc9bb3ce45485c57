# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line of limited speed to a server on loopback, so that a transfer can be watched."""
import socket
import threading
import time

PIECE = 64 * 1024


class SlowLine:
    """Forwards connections from a free loopback port; each direction of all of them together keeps to the rate."""

    def __init__(self, port, bytes_per_second):
        self._target = port
        self._rate = bytes_per_second
        self._locks = (threading.Lock(), threading.Lock())
        self._free_at = [0.0, 0.0]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            for direction, source, sink in ((0, client, server), (1, server, client)):
                threading.Thread(target=self._forward, args=(direction, source, sink), daemon=True).start()

    def _wait(self, direction, count):
        with self._locks[direction]:
            start = max(self._free_at[direction], time.monotonic())
            self._free_at[direction] = start + count / self._rate
        time.sleep(max(0.0, start - time.monotonic()))

    def _forward(self, direction, source, sink):
        try:
            while piece := source.recv(PIECE):
                self._wait(direction, len(piece))
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, sink):
                end.close()
