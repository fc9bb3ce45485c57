# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds widgets through AT-SPI as assistive technology does, and uses them by real mouse and keyboard (xdotool)."""
import re
import subprocess
import time

import pyatspi

from stage import StageError, wait_for

SHOWING, SENSITIVE, CHECKED = pyatspi.STATE_SHOWING, pyatspi.STATE_SENSITIVE, pyatspi.STATE_CHECKED


def quiet(call, default=None):
    """Widgets may go while they are asked."""
    try:
        return call()
    except Exception:  # pyatspi hands through whatever D-Bus says
        return default


class Screen:
    def __init__(self, environment, folder, program):
        self._environment = environment
        self._folder = folder
        self._program = program
        self._shots = 0
        self.taken = []

    # Looking

    def application(self):
        desktop = pyatspi.Registry.getDesktop(0)
        for child in quiet(lambda: list(desktop), []):
            if child is not None and quiet(lambda: child.name, "") == self._program:
                return child
        return None

    def windows(self):
        application = self.application()
        return [window for window in quiet(lambda: list(application), []) if window is not None] if application else []

    def widgets(self, within=None):
        """All showing widgets, topmost window first, breadth first."""
        queue = [within] if within is not None else list(reversed(self.windows()))
        while queue:
            node = queue.pop(0)
            if not quiet(lambda: node.getState().contains(SHOWING), False):
                continue
            yield node
            # Long lists are the model's: only what shows is of interest, and it comes first.
            count = min(quiet(lambda: node.childCount, 0), 400)
            queue.extend(child for child in (quiet(lambda: node.getChildAtIndex(i)) for i in range(count))
                         if child is not None)

    @staticmethod
    def path(node):
        """The names of the object and its parents in the program, dots between them (and within some)."""
        return "." + (quiet(lambda: node.accessibleId, "") or "")

    def matches(self, node, id=None, name=None, role=None, enabled=None):
        if id is not None and not self.path(node).endswith("." + id):
            return False
        if role is not None and quiet(lambda: node.getRoleName()) != role:
            return False
        if name is not None and not re.search(name, quiet(lambda: node.name, "") or ""):
            return False
        return enabled is None or quiet(lambda: node.getState().contains(SENSITIVE), False) == enabled

    def look(self, within=None, **wanted):
        return next((node for node in self.widgets(within) if self.matches(node, **wanted)), None)

    def find(self, within=None, timeout=20, **wanted):
        description = ", ".join(f"{key}={value}" for key, value in wanted.items())
        return wait_for(f"the widget ({description})", lambda: self.look(within, **wanted), timeout, 0.1)

    def gone(self, timeout=20, **wanted):
        description = ", ".join(f"{key}={value}" for key, value in wanted.items())
        wait_for(f"the end of the widget ({description})", lambda: self.look(**wanted) is None, timeout, 0.1)

    def text_of(self, node):
        return quiet(lambda: node.queryText().getText(0, -1)) or quiet(lambda: node.name, "") or ""

    def outline(self):
        """What is on the screen, for the log of a demo that failed."""
        lines = []

        def describe(node, depth):
            if not quiet(lambda: node.getState().contains(SHOWING), False) or depth > 14:
                return
            lines.append(f"{'  ' * depth}{quiet(node.getRoleName)} {self.path(node).rsplit('.', 2)[-2:]} "
                         f"name={quiet(lambda: node.name)!r}")
            for i in range(min(quiet(lambda: node.childCount, 0), 60)):
                child = quiet(lambda: node.getChildAtIndex(i))
                if child is not None:
                    describe(child, depth + 1)
        for window in self.windows():
            describe(window, 0)
        return "\n".join(lines)

    # Doing

    def _xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, capture_output=True)

    def centre(self, node):
        extents = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        if extents.width <= 0 or extents.height <= 0:
            raise StageError(f"{node} has no place on the screen")
        # Qt tells places in its own units, the pointer wants pixels.
        scale = float(self._environment.get("QT_SCALE_FACTOR", 1))
        return int((extents.x + extents.width / 2) * scale), int((extents.y + extents.height / 2) * scale)

    def settled(self, node):
        """The widget's place once it has stopped moving: dialogs grow, lists are laid out late."""
        place = self.centre(node)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            time.sleep(0.15)
            now = self.centre(node)
            if now == place:
                return place
            place = now
        return place

    def click(self, node, button=1, times=1):
        x, y = self.settled(node)
        self._xdotool("mousemove", "--sync", x, y)
        self._xdotool("click", "--repeat", times, "--delay", 80, button)
        return node

    def press(self, id, timeout=20, **wanted):
        """Clicks a widget as soon as it can be clicked."""
        return self.click(self.find(id=id, enabled=True, timeout=timeout, **wanted))

    def key(self, *keys):
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, node, text):
        """Clicks into a field and replaces what it holds."""
        self.click(node)
        self.key("ctrl+a")
        self._xdotool("type", "--delay", 12, text)
        if quiet(lambda: node.getRoleName()) != "password text":
            wait_for(f"the text {text!r}", lambda: self.text_of(node) == text, 10)

    # Showing

    def shot(self, name):
        """A picture of the whole screen, once nothing on it moves any more."""
        self._shots += 1
        path = self._folder / f"{self._shots:02}-{name}.png"
        last = None
        for _ in range(20):
            subprocess.run(["import", "-silent", "-window", "root", f"png24:{path}"], env=self._environment, check=True)
            picture = path.read_bytes()
            if picture == last:
                break
            last = picture
            time.sleep(0.1)
        self.taken.append(path.name)
        return path

    def snap(self, name):
        """A picture at once, of something that moves."""
        self._shots += 1
        path = self._folder / f"{self._shots:02}-{name}.png"
        subprocess.run(["import", "-silent", "-window", "root", f"png24:{path}"], env=self._environment, check=True)
        self.taken.append(path.name)
        return path
