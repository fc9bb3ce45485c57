# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The container engines: they push from a storage of their own, and unpack what they pull."""
import json
import shutil
import signal
import subprocess
import time

from copiers import Tool
from judge import Wrong
from measure import CommandFailed, Daemon, quietly

UP = 60  # seconds


class Engine(Tool):
    keeps_bytes = False  # layers are kept unpacked and compressed anew

    def can(self, image, case):
        return not image.is_index  # one pulls a single platform of an index


class Podman(Engine):
    """Its images lie in folders of the bench; the one to push is loaded before and not counted."""

    name = "podman"
    program = "podman"

    def __init__(self, work):
        super().__init__(work)
        self._pushes_from = self.folder / "loaded"

    def _podman(self, storage):
        return [self.path(), "--root", str(storage), "--runroot", str(storage) + "-run"]

    def _remove(self, storage):
        if storage.exists():
            # An overlay storage mounts itself.
            subprocess.run(["umount", "-R", "-l", f"{storage}/overlay"], stderr=subprocess.DEVNULL, check=False)
            shutil.rmtree(storage)
        shutil.rmtree(str(storage) + "-run", ignore_errors=True)

    def prepare(self, image):
        self._remove(self._pushes_from)
        self.run(*self._podman(self._pushes_from), "pull", "--quiet", image.source)

    def release(self, image):
        self._remove(self._pushes_from)

    def stop(self):
        self._remove(self._pushes_from)
        self._remove(self.target)
        super().stop()

    def forget(self):
        shutil.rmtree("/var/lib/containers/cache", ignore_errors=True)  # the bench's own, see namespace.py

    @staticmethod
    def _options(endpoint):
        return [f"--cert-dir={endpoint.ca_folder}"] if endpoint.is_tls else ["--tls-verify=false"]

    def push_command(self, image, reference, endpoint):
        return [*self._podman(self._pushes_from), "push", "--quiet", *self._options(endpoint),
                image.configs[0].removeprefix("sha256:"), reference]

    def clear(self):
        self._remove(self.target)

    def pull_command(self, image, reference, endpoint):
        return [*self._podman(self.target), "pull", "--quiet", *self._options(endpoint), reference]

    def judge_pull(self, image, digest, output):
        found = json.loads(self.run(*self._podman(self.target), "image", "inspect", image.configs[0][7:]))[0]
        if found["Digest"] != digest or len(found["RootFS"]["Layers"]) != image.layers:
            raise Wrong(f"podman pulled {found['Digest']} in place of {digest}")


class Docker(Engine):
    """
    A real dockerd of the bench's own; what it and its containerd use while docker(1) waits is counted with it.

    Its storage driver is the one it prefers, where it works here.
    """

    name = "docker"
    program = "dockerd"

    def __init__(self, work):
        super().__init__(work)
        self._socket = "unix://" + str(self.folder / "socket")
        self.environment.update(DOCKER_HOST=self._socket, DOCKER_CONFIG=str(self.folder / "config"))
        self._client = shutil.which("docker")
        self._process = None
        self._driver = ""

    @classmethod
    def path(cls):
        return shutil.which(cls.program) if shutil.which("docker") else None

    def version(self):
        return f"{super().version()} ({self._driver})" if self._driver else super().version()

    def start(self):
        for driver in ("overlay2", "vfs"):
            if self._start(driver):
                self._driver = driver
                return
        raise CommandFailed(f"dockerd does not come up; its log is {self.folder}/log")

    def _start(self, driver):
        command = [self.path(), "--host", self._socket, "--data-root", str(self.folder / "data"), "--exec-root",
                   str(self.folder / "exec"), "--pidfile", str(self.folder / "pid"), f"--storage-driver={driver}",
                   "--bridge=none", "--iptables=false", "--ip6tables=false"]
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                             stdout=log, stderr=log)
        end = time.monotonic() + UP
        while self._process.poll() is None and time.monotonic() < end:
            done = subprocess.run([self._client, "info"], env=self.environment, capture_output=True, check=False)
            if done.returncode == 0 and b"Server Version" in done.stdout:
                self.daemon = Daemon(self._process.pid)
                return True
            time.sleep(0.1)
        self._end()
        return False

    def _end(self):
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self.daemon = None
        # It makes its folder a mount of its own, and does not always take that away.
        subprocess.run(["umount", "-R", "-l", str(self.folder / "data")], stderr=subprocess.DEVNULL, check=False)

    def stop(self):
        self._end()
        super().stop()

    def _docker(self, *arguments):
        return self.run(self._client, *arguments)

    def _remove_all(self):
        identities = self._docker("image", "ls", "-aq", "--no-trunc").split()
        if identities:
            self._docker("image", "rm", "-f", *dict.fromkeys(identities))

    def prepare(self, image):
        if image.kind == "docker-archive":
            self._docker("load", "-q", "-i", image.path)
        else:
            quietly("skopeo", "copy", "--quiet", image.source, "docker-daemon:bench/loaded:bench",
                    "--dest-daemon-host", self._socket, environment=self.environment)
        self._docker("tag", image.configs[0], "bench/kept:bench")

    def release(self, image):
        self._remove_all()

    def push_command(self, image, reference, endpoint):
        self._docker("tag", image.configs[0], reference)
        return [self._client, "push", "--quiet", reference]

    def clear(self):
        self._remove_all()

    def pull_command(self, image, reference, endpoint):
        return [self._client, "pull", "--quiet", reference]

    def judge_pull(self, image, digest, output):
        found = json.loads(self._docker("image", "inspect", image.configs[0]))[0]
        if not any(name.endswith("@" + digest) for name in found["RepoDigests"]) \
                or len(found["RootFS"]["Layers"]) != image.layers:
            raise Wrong(f"docker pulled {found['RepoDigests']} in place of {digest}")
