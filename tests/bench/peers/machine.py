# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the figures were made on."""
import os
import pathlib
import platform

from measure import CommandFailed, quietly


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def memory():
    line = pathlib.Path("/proc/meminfo").read_text().splitlines()[0]
    return int(line.split()[1]) * 1024 // 10**6


def first_line(*command):
    return quietly(*command).strip().splitlines()[0]


def describe(tools, repetitions):
    return {"cores": os.cpu_count(), "processor": processor(), "memoryMB": memory(), "kernel": platform.release(),
            "system": platform.freedesktop_os_release().get("PRETTY_NAME", ""), "python": platform.python_version(),
            "registry": first_line("docker-registry", "--version").split()[-1],
            "nginx": first_line("sh", "-c", "nginx -v 2>&1").rpartition("/")[2],
            "repetitions": repetitions, "tools": {tool.name: plain(tool) for tool in tools}}


def plain(tool):
    """The version without the words around it."""
    try:
        said = tool.version()
    except CommandFailed:
        return "of an unknown version"
    words = [word.rstrip(",") for word in said.split() if any(sign.isdigit() for sign in word)]
    return " ".join(words[:1] + [word for word in words[1:] if word.startswith("(")]) or said
