# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every tool has to tell the bench, and the tools that copy between a folder and a registry."""
import os
import pathlib
import shutil

from images import TAG
from judge import judge_layout
from measure import quietly


class Tool:
    """A tool that can be measured. Only the commands that it returns are; everything else is preparation."""

    name = ""
    program = ""
    version_command = ("--version",)
    keeps_bytes = True  # what it pushes from a layout has the layout's digests
    daemon = None  # a measure.Daemon that does the work

    def __init__(self, work):
        self.folder = pathlib.Path(work) / "tools" / self.name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.environment = dict(os.environ, HOME=str(self.folder / "home"), XDG_RUNTIME_DIR=str(self.folder / "run"),
                                REGISTRY_AUTH_FILE=str(self.folder / "auth.json"))
        for name in ("DBUS_SESSION_BUS_ADDRESS", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            self.environment.pop(name, None)
        for folder in ("home", "run"):
            (self.folder / folder).mkdir(mode=0o700)
        (self.folder / "auth.json").write_text("{}")
        self.target = self.folder / "pulled"

    @classmethod
    def path(cls):
        return shutil.which(cls.program)

    def version(self):
        said = quietly(self.path(), *self.version_command, environment=self.environment)
        return (said.strip() or "?").splitlines()[0]

    def run(self, *command):
        return quietly(*command, environment=self.environment)

    def start(self):
        pass

    def stop(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def can(self, image, case):  # pylint: disable=unused-argument
        return True

    def prepare(self, image):
        """Makes the image ready to be pushed."""

    def release(self, image):
        """Forgets what prepare() made."""

    def forget(self):
        """Before a first push: nothing is known any more of earlier ones."""

    def trust(self, endpoint):
        """Before each measurement at a registry with a certificate of our own."""

    def push_command(self, image, reference, endpoint):
        raise NotImplementedError

    def clear(self):
        """Before and after each pull: nothing is left of an earlier one."""
        shutil.rmtree(self.target, ignore_errors=True)

    def pull_command(self, image, reference, endpoint):
        raise NotImplementedError

    def judge_pull(self, image, digest, output):  # pylint: disable=unused-argument
        judge_layout(self.target, digest)


class Tagboat(Tool):
    name = "tagboat"
    program = "tagboat-cli"

    def __init__(self, work):
        super().__init__(work)
        self.data = self.folder / "data"
        self.environment.update(TAGBOAT_DATA_DIR=str(self.data), TAGBOAT_CONFIG_DIR=str(self.folder / "config"))

    def forget(self):
        shutil.rmtree(self.data, ignore_errors=True)

    clear = forget

    def trust(self, endpoint):
        self.run(self.path(), "login", "--anonymous", "--ca-file", endpoint.ca_file, endpoint.host)

    def push_command(self, image, reference, endpoint):
        return [self.path(), "push", "--from", image.source, reference]

    def pull_command(self, image, reference, endpoint):
        everything = ["--platform", "all"] if image.is_index else []
        return [self.path(), "pull", *everything, reference]

    def judge_pull(self, image, digest, output):
        judge_layout(self.data / "images", digest)


class Before(Tagboat):
    """Another build of tagboat-cli, to see what a change did."""

    name = "before"
    build = None  # its folder

    @classmethod
    def path(cls):
        return shutil.which(f"{cls.build}/bin/{cls.program}") if cls.build else None


class Skopeo(Tool):
    name = "skopeo"
    program = "skopeo"

    def forget(self):
        shutil.rmtree("/var/lib/containers/cache", ignore_errors=True)  # the bench's own, see namespace.py

    def _copy(self, image):
        return [self.path(), "copy", "--quiet"] + (["--all"] if image.is_index else [])

    @staticmethod
    def _options(which, endpoint):
        return [f"--{which}-cert-dir={endpoint.ca_folder}"] if endpoint.is_tls else [f"--{which}-tls-verify=false"]

    def push_command(self, image, reference, endpoint):
        return [*self._copy(image), *self._options("dest", endpoint), image.source, "docker://" + reference]

    def pull_command(self, image, reference, endpoint):
        return [*self._copy(image), *self._options("src", endpoint), "docker://" + reference,
                f"oci:{self.target}:{TAG}"]

    def seed(self, image, reference, endpoint):
        """Puts the image where all tools pull it; what was an archive becomes an OCI image."""
        self.run(*self._copy(image), "--format=oci", *self._options("dest", endpoint), image.source,
                 "docker://" + reference)


class Oras(Tool):
    name = "oras"
    program = "oras"
    version_command = ("version",)

    def can(self, image, case):
        return image.kind == "oci" or case == "pull"

    @staticmethod
    def _options(which, endpoint):
        return [f"--{which}-ca-file={endpoint.ca_file}"] if endpoint.is_tls else [f"--{which}-plain-http"]

    def push_command(self, image, reference, endpoint):
        return [self.path(), "cp", "--no-tty", *self._options("to", endpoint), "--from-oci-layout",
                f"{image.path}:{TAG}", reference]

    def pull_command(self, image, reference, endpoint):
        return [self.path(), "cp", "--no-tty", *self._options("from", endpoint), reference, "--to-oci-layout",
                f"{self.target}:{TAG}"]


class Crane(Tool):
    name = "crane"
    program = "crane"
    version_command = ("version",)

    def trust(self, endpoint):
        self.environment["SSL_CERT_FILE"] = endpoint.ca_file

    def push_command(self, image, reference, endpoint):
        # Not --index, which would push the layout's own index.json.
        return [self.path(), "push", *([] if endpoint.is_tls else ["--insecure"]), image.path, reference]

    def pull_command(self, image, reference, endpoint):
        return [self.path(), "pull", *([] if endpoint.is_tls else ["--insecure"]), "--format=oci", reference,
                str(self.target)]


class Regctl(Tool):
    name = "regctl"
    program = "regctl"
    version_command = ("version", "--format", "{{.VCSTag}}")

    def trust(self, endpoint):
        self.environment["SSL_CERT_FILE"] = endpoint.ca_file

    def _host(self, endpoint):
        return ["--host", f"reg={endpoint.host},tls={'enabled' if endpoint.is_tls else 'disabled'}"]

    def push_command(self, image, reference, endpoint):
        if image.kind == "oci":
            return [self.path(), *self._host(endpoint), "image", "copy", f"ocidir://{image.path}:{TAG}", reference]
        return [self.path(), *self._host(endpoint), "image", "import", reference, image.path]

    def pull_command(self, image, reference, endpoint):
        return [self.path(), *self._host(endpoint), "image", "copy", reference, f"ocidir://{self.target}:{TAG}"]
