# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what was measured really happened."""
import hashlib
import json
import pathlib
import urllib.error

MANIFESTS = ", ".join([
    "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"])


class Wrong(Exception):
    pass


def manifest_at(registry, repository, reference):
    try:
        data, headers = registry.ask(f"{repository}/manifests/{reference}", accept=MANIFESTS)
    except urllib.error.HTTPError as error:
        raise Wrong(f"{repository}:{reference} is not at the registry: {error}") from None
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    if headers["Docker-Content-Digest"] != digest:
        raise Wrong(f"the registry tells another digest for {repository}:{reference}")
    return digest, json.loads(data)


def judge_push(registry, image, repository, keeps_bytes):
    """
    The root's digest at the registry and the bytes of its layers there.

    Every config is the image's own, and every blob is there in its full length. A tool that `keeps_bytes` has to
    arrive at the digest of the layout as well; one that makes its own manifest cannot.
    """
    root, content = manifest_at(registry, repository, "bench")
    if keeps_bytes and image.digest and root != image.digest:
        raise Wrong(f"pushed {root} in place of {image.digest}")
    children = content.get("manifests")
    manifests = [manifest_at(registry, repository, child["digest"])[1] for child in children] if children \
        else [content]
    configs = [manifest["config"]["digest"] for manifest in manifests]
    if configs != image.configs:
        raise Wrong(f"the configs are {configs} in place of {image.configs}")
    layers = [layer for manifest in manifests for layer in manifest["layers"]]
    if len(layers) != image.layers:
        raise Wrong(f"{len(layers)} layers in place of {image.layers}")
    for blob in layers + [manifest["config"] for manifest in manifests]:
        _, headers = registry.ask(f"{repository}/blobs/{blob['digest']}", "HEAD")
        if int(headers["Content-Length"]) != blob["size"]:
            raise Wrong(f"{blob['digest']} has {headers['Content-Length']} bytes in place of {blob['size']}")
    return root, sum(layer["size"] for layer in layers)


def judge_layout(folder, digest):
    """The layout names that root, and all that it needs is there in its full length."""
    folder = pathlib.Path(folder)
    roots = json.loads((folder / "index.json").read_text())["manifests"]
    wanted = [root for root in roots if root["digest"] == digest]
    if not wanted:
        raise Wrong(f"{digest} is not among {[root['digest'] for root in roots]}")
    _judge_blobs(folder, wanted[0])


def _judge_blobs(folder, descriptor):
    path = folder / "blobs" / descriptor["digest"].replace(":", "/")
    if not path.exists() or path.stat().st_size != descriptor["size"]:
        raise Wrong(f"{descriptor['digest']} is missing or not whole in {folder}")
    if "manifest" not in descriptor["mediaType"] and "index" not in descriptor["mediaType"]:
        return
    content = json.loads(path.read_bytes())
    for child in content.get("manifests", []) + content.get("layers", []):
        _judge_blobs(folder, child)
    if "config" in content:
        _judge_blobs(folder, content["config"])
