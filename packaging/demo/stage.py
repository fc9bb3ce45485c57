# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes that a demo needs, each with its log; all end with the stage."""
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

from slowline import SlowLine


def theme(title, text, quiet, border):
    values = {"border.color": border}
    for state, words in (("active", text), ("inactive", quiet)):
        values[f"window.{state}.title.bg"] = "flat solid"
        values[f"window.{state}.title.bg.color"] = title
        values[f"window.{state}.title.separator.color"] = border
        values[f"window.{state}.label.bg"] = "parentrelative"
        values[f"window.{state}.label.text.color"] = words
        values[f"window.{state}.button.unpressed.bg"] = "parentrelative"
        values[f"window.{state}.button.hover.bg"] = "parentrelative"
        values[f"window.{state}.button.pressed.bg"] = "parentrelative"
        for button in ("unpressed", "hover", "pressed"):
            values[f"window.{state}.button.{button}.image.color"] = words
    return values


THEMES = {"light": theme("#e3e5e7", "#232629", "#7f8c8d", "#c0c4c8"),
          "dark": theme("#31363b", "#eff0f1", "#7f8c8d", "#4d5257")}


class StageError(Exception):
    pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, timeout=30.0, every=0.05):
    """The condition's value once it is true; StageError where it does not become so."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise StageError(f"{what} did not come within {timeout:.0f} s")
        time.sleep(every)


class Stage:
    """Folder, environment and processes of a demo."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = dict(os.environ)
        self._processes = []
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "log").mkdir(parents=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def start(self, name, command, **options):
        log = open(self.folder / "log" / f"{name}.log", "ab")
        process = subprocess.Popen(command, env=self.environment, stdout=options.pop("stdout", log), stderr=log,
                                   **options)
        self._processes.append(process)
        return process

    def run(self, *command, **options):
        return subprocess.run(command, env=self.environment, check=True, text=True, capture_output=True, **options)

    def log_of(self, name):
        return (self.folder / "log" / f"{name}.log").read_text(errors="replace")

    def set(self, **values):
        for key, value in values.items():
            if value is None:
                self.environment.pop(key, None)
            else:
                self.environment[key] = str(value)

    # What stands on it.

    def own_home(self):
        """A home of its own, so that nothing of the user's settings is read or written."""
        home = self.folder / "home"
        runtime = self.folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        self.set(HOME=home, XDG_RUNTIME_DIR=runtime, XDG_CONFIG_HOME=None, XDG_DATA_HOME=None, XDG_CACHE_HOME=None,
                 XDG_CURRENT_DESKTOP=None, DESKTOP_SESSION=None, WAYLAND_DISPLAY=None)

    def registry(self, user, password, bytes_per_second):
        """A real docker-registry on a free loopback port, behind a line of that speed; its host:port."""
        port = free_port()
        data = self.folder / "registry"
        data.mkdir()
        config = ["version: 0.1", "log: {level: warn}",
                  f"storage: {{filesystem: {{rootdirectory: {data}/data}}, delete: {{enabled: true}}}}",
                  f"http: {{addr: 127.0.0.1:{port}}}"]
        hashed = self.run("htpasswd", "-niB", user, input=password + "\n").stdout.strip()
        (data / "htpasswd").write_text(hashed + "\n")
        config.append(f"auth: {{htpasswd: {{realm: demo, path: {data}/htpasswd}}}}")
        (data / "config.yml").write_text("\n".join(config) + "\n")
        process = self.start("registry", ["docker-registry", "serve", str(data / "config.yml")])

        def answers():
            if process.poll() is not None:
                raise StageError("docker-registry ended:\n" + self.log_of("registry"))
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/", timeout=2).status == 200
            except urllib.error.HTTPError as error:
                return error.code == 401
            except OSError:
                return False
        wait_for("docker-registry", answers)
        return f"localhost:{SlowLine(port, bytes_per_second).port}"

    def session_bus(self):
        process = self.start("bus", ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                             stdout=subprocess.PIPE, text=True)
        self.set(DBUS_SESSION_BUS_ADDRESS=process.stdout.readline().strip())

    def has_name(self, name, activatable=False):
        """Whether somebody on the session bus offers a service, or would when asked."""
        if "DBUS_SESSION_BUS_ADDRESS" not in self.environment:
            return False
        ask = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
        names = ["ListNames"] + (["ListActivatableNames"] if activatable else [])
        for method in names:
            reply = subprocess.run(ask + ["org.freedesktop.DBus." + method], env=self.environment,
                                   capture_output=True, text=True)
            if f'"{name}"' in reply.stdout:
                return True
        return False

    def keyring(self):
        """An unlocked keyring that holds nothing and is forgotten at the end."""
        process = self.start("keyring", ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                             stdin=subprocess.PIPE)
        process.stdin.write(b"demo")
        process.stdin.close()
        wait_for("the keyring", lambda: self.has_name("org.freedesktop.secrets"))

    def screen(self, size, colours):
        """A virtual X screen with a window manager in these colours (THEMES)."""
        read, write = os.pipe()
        self.start("xvfb", ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp",
                            "-noreset"], pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise StageError("Xvfb did not start:\n" + self.log_of("xvfb"))
        self.set(DISPLAY=f":{number}", XAUTHORITY=None)
        rules = pathlib.Path(__file__).parent / "openbox.xml"
        theme = pathlib.Path(self.environment["HOME"]) / ".themes" / "demo" / "openbox-3"
        theme.mkdir(parents=True)
        (theme / "themerc").write_text("\n".join([
            "border.width: 1", "window.handle.width: 0", "window.client.padding.width: 0",
            "window.client.padding.height: 0", "padding.width: 8", "padding.height: 6",
            "window.label.text.justify: center", *(f"{key}: {value}" for key, value in THEMES[colours].items())]) + "\n")
        self.start("openbox", ["openbox", "--config-file", str(rules)])
        wait_for("the window manager", lambda: "WINDOW" in subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.environment, capture_output=True,
            text=True).stdout.replace("window id", "WINDOW"))
