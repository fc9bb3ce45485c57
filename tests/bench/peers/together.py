# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Four jobs at once in one process of tagboat-cli: what they take together, above all of memory.

No peer does that in one process, so there is nothing to divide by.
"""
from images import image as make_image
from judge import judge_layout, judge_push, manifest_at
from measure import CommandFailed, measure



class Together:
    """The four images at a registry of their own, and the measurements of one tool there."""

    def __init__(self, names, work, scale, seeder):
        self.name = "+".join(names)
        self._images = [make_image(name, work, scale) for name in names]
        self._seeder = seeder
        self._roots = {}

    def seed(self, registry):
        for image in self._images:
            repository = f"bench/{image.name.lower()}"
            self._seeder.seed(image, registry.endpoint.reference(repository), registry.endpoint)
            self._roots[image.name] = judge_push(registry, image, repository, image.kind == "oci")[0]

    def references(self, endpoint):
        return [endpoint.reference(f"bench/{image.name.lower()}") for image in self._images]

    def pull(self, tool, endpoint):
        """All of them, by one command, into a store that is empty before and keeps them."""
        tool.clear()
        tool.forget()
        if endpoint.is_tls:
            tool.trust(endpoint)
        cost = measure([tool.path(), "pull", *self.references(endpoint)], tool.environment, tool.folder)
        for root in self._roots.values():
            judge_layout(tool.data / "images", root)
        return cost

    def push(self, tool, source, registry):
        """What pull() has left, each as a tag of one repository and a job of its own."""
        endpoint = registry.endpoint
        for image, reference in zip(self._images, self.references(source)):
            tool.run(tool.path(), "tag", reference, f"bench/all:{image.name.lower()}")
        if endpoint.is_tls:
            tool.trust(endpoint)
        cost = measure([tool.path(), "push", "--all-tags", "bench/all", endpoint.reference("bench/all", "")[:-1]],
                       tool.environment, tool.folder)
        for image in self._images:
            root, _ = manifest_at(registry, "bench/all", image.name.lower())
            if root != self._roots[image.name]:
                raise CommandFailed(f"{tool.name} pushed {root} in place of {self._roots[image.name]}")
        return cost
