# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Namespaces of the bench's own, so that nothing of the system's is read, written or slowed down by it."""
import os
import pathlib
import shutil
import subprocess

from servers import HOST


def _mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def enter(work):
    """What follows, and every process started from here, has its own /var/lib/containers and knows servers.HOST."""
    os.unshare(os.CLONE_NEWNS)
    _mount("--make-rprivate", "/")
    containers = pathlib.Path(work) / "containers"
    shutil.rmtree(containers, ignore_errors=True)
    containers.mkdir(parents=True)
    pathlib.Path("/var/lib/containers").mkdir(exist_ok=True)
    _mount("--bind", str(containers), "/var/lib/containers")
    hosts = pathlib.Path(work) / "hosts"
    hosts.write_text(f"127.0.0.1 localhost {HOST}\n::1 localhost\n")
    _mount("--bind", str(hosts), "/etc/hosts")


def enter_shaped(line):
    """
    What follows has a loopback of its own that is as slow as the line; False where this kernel has no netem.

    Both directions share the rate, of which acknowledgements take little. Segments leave one by one, so that a loss
    is that of a packet and not of the 64 KB that loopback would carry at once.
    """
    os.unshare(os.CLONE_NEWNET)
    subprocess.run(["ip", "link", "set", "lo", "mtu", "1500", "gso_max_segs", "1", "up"], check=True)
    loss = ["loss", f"{line.loss * 100:g}%"] if line.loss else []
    done = subprocess.run(["tc", "qdisc", "add", "dev", "lo", "root", "netem", "limit", "100000", "delay",
                           f"{line.round_trip * 500:g}ms", *loss, "rate", f"{line.rate * 8:.0f}bit"],
                          stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0
