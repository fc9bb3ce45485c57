# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Slow lines, and a proxy that stands for one where the kernel cannot.

The proxy keeps the rate of each direction over all connections, holds every byte back by half the round trip, and a new
connection by one for its handshake. Where a packet would have been lost, that connection stands still for one
retransmission timeout. It is no TCP: there is no slow start and no congestion window, so that many connections gain
less over one than on a real line. A gigabit takes it most of a core, so that processor seconds measured beside it are
worth little.
"""
import dataclasses
import pathlib
import queue
import random
import socket
import subprocess
import sys
import threading
import time

PACKET = 1448  # bytes of a segment
LEAST_RTO = 0.2  # seconds; Linux adds the round trip to it
BURST = 0.02  # seconds of the rate that may be made up for, since a busy machine wakes nobody in time


@dataclasses.dataclass(frozen=True)
class Line:
    name: str
    rate: float  # bytes a second, each way
    round_trip: float  # seconds
    loss: float  # of packets
    scales: dict  # image → scale at which a transfer takes a while and no more

    def scale(self, image):
        return self.scales.get(image, self.scales["A"])


LINES = {line.name: line for line in (
    Line("1gbit-1ms", 125e6, 0.001, 0.0, {"A": 1.0, "C": 1.0}),
    Line("50mbit-40ms", 6.25e6, 0.040, 0.0, {"A": 0.1, "B": 0.05, "C": 1.0, "D": 0.2, "E": 0.5}),
    Line("5mbit-200ms-1pct", 0.625e6, 0.200, 0.01, {"A": 0.01, "B": 0.005, "C": 0.1, "D": 0.02, "E": 0.05}),
)}


class Proxy:
    """Starts such a proxy, as a process of its own, before a port."""

    def __init__(self, line):
        self._line = line

    def open(self, port):
        process = subprocess.Popen([sys.executable, str(pathlib.Path(__file__).resolve()), self._line.name, str(port)],
                                   stdout=subprocess.PIPE, text=True)
        return process, int(process.stdout.readline())


class Direction:
    """One way of the line: whoever wants to send waits his turn."""

    def __init__(self, rate):
        self._rate = rate
        self._free_at = 0.0
        self._lock = threading.Lock()

    def sent_at(self, count):
        """When the last of so many bytes, from now on, has left."""
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic() - BURST) + count / self._rate
            return self._free_at


class Stream:
    """One direction of one connection."""

    def __init__(self, line, direction, source, sink, handshake, seed):
        self._line = line
        self._direction = direction
        self._source, self._sink = source, sink
        self._not_before = time.monotonic() + handshake
        self._random = random.Random(seed)
        self._piece = int(min(max(line.rate * 0.005, 8192), 262144))
        # What can be under way: twice what the line holds.
        window = max(65536, 2 * line.rate * line.round_trip)
        self._queue = queue.Queue(max(2, int(window / self._piece)))
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True).start()

    def _is_lost(self, count):
        packets = -(-count // PACKET)
        return self._line.loss > 0 and self._random.random() > (1 - self._line.loss) ** packets

    def _read(self):
        try:
            while piece := self._source.recv(self._piece):
                # The next piece is taken when this one has left: a line has one byte on it at a time.
                left = self._direction.sent_at(len(piece))
                arrives = max(left + self._line.round_trip / 2, self._not_before)
                if self._is_lost(len(piece)):
                    arrives += LEAST_RTO + self._line.round_trip
                self._not_before = arrives
                self._queue.put((arrives, piece))
                time.sleep(max(0.0, left - time.monotonic()))
        except OSError:
            pass
        self._queue.put((time.monotonic() + self._line.round_trip / 2, None))

    def _write(self):
        while True:
            arrives, piece = self._queue.get()
            time.sleep(max(0.0, arrives - time.monotonic()))
            try:
                if piece is None:
                    self._sink.shutdown(socket.SHUT_WR)
                    return
                self._sink.sendall(piece)
            except OSError:
                # Nobody listens any more: the one who sends learns it, and what waits is taken to its end.
                for end in (self._source, self._sink):
                    try:
                        end.shutdown(socket.SHUT_RDWR)
                    except OSError:
                        pass
                while piece is not None:
                    _, piece = self._queue.get()
                return


def serve(line, port):
    there, back = Direction(line.rate), Direction(line.rate)
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    count = 0
    while True:
        client, _ = listener.accept()
        try:
            server = socket.create_connection(("127.0.0.1", port))
        except OSError:
            client.close()
            continue
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Stream(line, there, client, server, line.round_trip, 2 * count)
        Stream(line, back, server, client, 0.0, 2 * count + 1)
        count += 1


if __name__ == "__main__":
    serve(LINES[sys.argv[1]], int(sys.argv[2]))
