# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which everything is measured."""
import os
import pathlib
import sys
import time

from copiers import Skopeo, Tagboat
from images import image as make_image
from judge import judge_push
from measure import CommandFailed, measure
from servers import Registry
from together import Together

CASES = ("push", "again", "pull", "together")


class Rounds:
    """
    Measures and keeps the samples.

    Each repetition has every tool once, one after the other, and begins with another tool. A push has a registry of
    its own, empty; `again` is the same push a second time; all pulls are from one registry, which skopeo has filled.
    """

    def __init__(self, work, tools, certificates, line=None, say=None):
        self.work = pathlib.Path(work)
        self.samples = []
        self.failures = []
        self._tools = tools
        self._certificates = certificates
        self._line = line
        self._say = say or (lambda text: print(text, file=sys.stderr, flush=True))
        self._seeder = Skopeo(self.work / "seeder")

    def image(self, name, scale, transports, cases, repetitions):
        started = time.monotonic()
        image = make_image(name, self.work, scale)
        self._say(f"image {name}: {image.bytes / 1e6:,.0f} MB, {time.monotonic() - started:.0f} s to have it")
        if {"push", "again"} & set(cases):
            self._pushes(image, transports, [tool for tool in self._tools if tool.can(image, "push")], cases,
                         repetitions)
        if "pull" in cases:
            pullers = [tool for tool in self._tools if tool.can(image, "pull")]
            for transport in transports:
                self._pulls(image, transport, pullers, repetitions)

    def together(self, images, scale, transports, repetitions):
        """Four jobs at once in one process; `images` made to `scale`."""
        four = Together(images, self.work, scale, self._seeder)
        for transport in transports:
            with self._registry("together", transport) as source:
                four.seed(source)
                for repetition in range(repetitions):
                    for tool in _rotated([tool for tool in self._tools if isinstance(tool, Tagboat)], repetition):
                        def work(tool, transport=transport, repetition=repetition, source=source):
                            cost = four.pull(tool, source.endpoint)
                            self._keep("pull", tool, four, transport, repetition, cost)
                            with self._registry("push", transport) as registry:
                                cost = four.push(tool, source.endpoint, registry)
                            self._keep("push", tool, four, transport, repetition, cost)
                            tool.clear()
                        self._try(tool, four, transport, "together", work)

    def _registry(self, name, transport):
        return Registry(self.work / "registries" / name, transport, self._certificates, self._line)

    def _pushes(self, image, transports, tools, cases, repetitions):
        ready = [tool for tool in tools
                 if self._try(tool, image, transports[0], "push", lambda tool: tool.prepare(image))]
        for repetition in range(repetitions):
            for transport in transports:
                for tool in _rotated(ready, repetition):
                    self._try(tool, image, transport, "push",
                              lambda tool: self._push(tool, image, transport, cases, repetition))
        for tool in tools:
            self._try(tool, image, transports[0], "push", lambda tool: tool.release(image))

    def _push(self, tool, image, transport, cases, repetition):
        with self._registry("push", transport) as registry:
            endpoint = registry.endpoint
            reference = endpoint.reference(f"bench/{image.name.lower()}")
            repository = f"bench/{image.name.lower()}"
            tool.forget()
            if endpoint.is_tls:
                tool.trust(endpoint)
            command = tool.push_command(image, reference, endpoint)
            cost = measure(command, tool.environment, tool.folder, tool.daemon)
            root, size = judge_push(registry, image, repository, tool.keeps_bytes)
            self._keep("push", tool, image, transport, repetition, cost, pushed=size)
            if "again" not in cases:
                return
            cost = measure(command, tool.environment, tool.folder, tool.daemon)
            if judge_push(registry, image, repository, tool.keeps_bytes) != (root, size):
                raise CommandFailed(f"{tool.name} pushed something else the second time")
            self._keep("again", tool, image, transport, repetition, cost)

    def _pulls(self, image, transport, tools, repetitions):
        with self._registry("pull", transport) as registry:
            endpoint = registry.endpoint
            repository = f"bench/{image.name.lower()}"
            reference = endpoint.reference(repository)
            self._seeder.seed(image, reference, endpoint)
            digest, _ = judge_push(registry, image, repository, image.kind == "oci")

            def pull(tool):
                tool.clear()
                tool.forget()
                if endpoint.is_tls:
                    tool.trust(endpoint)
                command = tool.pull_command(image, reference, endpoint)
                cost = measure(command, tool.environment, tool.folder, tool.daemon)
                tool.judge_pull(image, digest, cost.output)
                tool.clear()
                self._keep("pull", tool, image, transport, repetition, cost)
            for repetition in range(repetitions):
                for tool in _rotated(tools, repetition):
                    self._try(tool, image, transport, "pull", pull)

    def _try(self, tool, image, transport, case, work):
        """One tool's failure is told and does not end the run."""
        try:
            work(tool)
            return True
        except Exception as error:  # pylint: disable=broad-except
            self.failures.append({"case": case, "image": image.name, "transport": transport, "tool": tool.name,
                                  "error": str(error)})
            self._say(f"{case} {image.name} {transport} {tool.name}: FAILED: {error}")
            return False

    def _keep(self, case, tool, image, transport, repetition, cost, **more):
        self.samples.append({"case": case, "image": image.name, "transport": transport, "tool": tool.name,
                             "repetition": repetition, "wall": round(cost.wall, 4), "cpu": round(cost.cpu, 4),
                             "system": round(cost.system, 4), "peak": round(cost.peak, 2),
                             "load": round(os.getloadavg()[0], 2), **more})
        self._say(f"{case:5} {image.name} {transport:4} {tool.name:8} {cost.wall:8.2f} s {cost.cpu:7.2f} CPU s "
                  f"{cost.peak:6.0f} MB")


def _rotated(tools, by):
    if not tools:
        return []
    by %= len(tools)
    return tools[by:] + tools[:by]
