# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mount namespace of the bench's own, so that nothing of the system's is read or written by the tools."""
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
