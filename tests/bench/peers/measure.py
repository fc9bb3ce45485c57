# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command costs: seconds, processor seconds, memory."""
import dataclasses
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")
LIMIT = 1800  # seconds, for a command that hangs


class CommandFailed(Exception):
    pass


@dataclasses.dataclass
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system, of the command with its children and of the daemon it asked
    system: float  # of cpu, what the kernel used for the command
    peak: float  # MB (10^6), resident, of the largest of these processes
    output: str = ""


class Daemon:
    """A process that works for others; what it and its descendants have used so far, by /proc."""

    def __init__(self, pid):
        self.pid = pid

    def _family(self):
        parents = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    parents[int(entry)] = int(_fields(entry)[1])
                except OSError:
                    pass
        family = {self.pid}
        grown = True
        while grown:
            more = {pid for pid, parent in parents.items() if parent in family}
            grown = not more <= family
            family |= more
        return family

    def cpu(self):
        """Children that have ended count as soon as they were waited for."""
        total = 0
        for pid in self._family():
            try:
                total += sum(int(value) for value in _fields(pid)[11:15])
            except OSError:
                pass
        return total / TICK

    def forget_peak(self):
        for pid in self._family():
            try:
                pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
            except OSError:
                pass

    def peak(self):
        highest = 0
        for pid in self._family():
            try:
                for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        highest = max(highest, int(line.split()[1]))
            except OSError:
                pass
        return highest * 1024 / 1e6


def _fields(pid):
    """Of /proc/PID/stat after the name, which may hold blanks: state, parent, …"""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def quietly(*command, environment=None, **options):
    """A command that is not measured; its standard output."""
    done = subprocess.run(command, env=environment, text=True, capture_output=True, timeout=LIMIT, **options)
    if done.returncode != 0:
        raise CommandFailed(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def measure(command, environment, folder, daemon=None):
    """
    Runs it and says what it cost; CommandFailed where it fails.

    The peak is taken by time(1): the kernel counts the memory of the process that a program was started from towards
    the program's own peak, and Python is larger than some of the tools.
    """
    report = pathlib.Path(folder) / "peak"
    report.unlink(missing_ok=True)
    os.sync()  # what others left to be written is not paid here
    if daemon:
        daemon.forget_peak()
        before = daemon.cpu()
    with tempfile.TemporaryFile(dir=folder) as output:
        started = time.monotonic()
        process = subprocess.Popen(["/usr/bin/time", "-q", "-f", "%M", "-o", str(report), *command], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=folder,
                                   process_group=0)
        watch = threading.Timer(LIMIT, _end, [process])
        watch.daemon = True
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - started
        except BaseException:
            _end(process)
            raise
        finally:
            watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        raise CommandFailed(f"{' '.join(command)}: exit code {process.returncode}\n{text[-4000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    peak = int(report.read_text().split()[-1]) * 1024 / 1e6
    if daemon:
        cpu += daemon.cpu() - before
        peak = max(peak, daemon.peak())
    return Cost(wall, cpu, usage.ru_stime, peak, text)


def _end(process):
    """With what it has started."""
    os.killpg(process.pid, signal.SIGKILL)
