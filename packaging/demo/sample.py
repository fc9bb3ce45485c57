# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample images of real files, as `docker save` would write them."""
import gzip
import hashlib
import io
import json
import pathlib
import random
import tarfile

# Files of this system that stand for the contents of a base image; those that are not there are left out.
BASE = ["/usr/share/zoneinfo", "/usr/share/i18n/charmaps", "/usr/bin/bash", "/usr/lib/locale/C.utf8"]
TOOLS = ["/usr/lib/python3", "/usr/share/perl5", "/usr/lib/git-core/git"]
MB = 1000 * 1000


class Layer:
    """A tar file in memory with the build step that made it."""

    def __init__(self, step, created):
        self.step = step
        self.created = created
        self._bytes = io.BytesIO()
        self._tar = tarfile.open(fileobj=self._bytes, mode="w", format=tarfile.GNU_FORMAT)

    def add(self, name, content, mode=0o644):
        info = tarfile.TarInfo(name)
        info.size = len(content)
        info.mode = mode
        info.mtime = self.created
        self._tar.addfile(info, io.BytesIO(content))

    def add_tree(self, top, limit):
        """Files below a path at their own names, as long as they fit."""
        paths = [pathlib.Path(top)]
        if paths[0].is_dir():
            paths = sorted(path for path in paths[0].rglob("*") if path.is_file() and not path.is_symlink())
        for path in paths:
            if not path.is_file() or path.stat().st_size > limit:
                continue
            limit -= path.stat().st_size
            self.add(str(path).lstrip("/"), path.read_bytes(), path.stat().st_mode & 0o777)

    def finish(self):
        self._tar.close()
        self.tar = self._bytes.getvalue()
        self.diff_id = "sha256:" + hashlib.sha256(self.tar).hexdigest()
        return self


def moment(seconds):
    import datetime
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def image(layers, created, config):
    """An image config in Docker's form."""
    history = [{"created": moment(layer.created), "created_by": layer.step} for layer in layers]
    history.append({"created": moment(created), "created_by": "ENTRYPOINT " + json.dumps(config["Entrypoint"]),
                    "empty_layer": True})
    return json.dumps({
        "architecture": "amd64", "os": "linux", "created": moment(created), "config": config, "history": history,
        "rootfs": {"type": "layers", "diff_ids": [layer.diff_id for layer in layers]},
    }).encode()


def save(path, images):
    """images: (config bytes, layers, tags)."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        written = set()

        def add(name, content):
            if name in written:
                return
            written.add(name)
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))

        manifest = []
        for config, layers, tags in images:
            config_name = hashlib.sha256(config).hexdigest() + ".json"
            names = [layer.diff_id.split(":")[1] + "/layer.tar" for layer in layers]
            for name, layer in zip(names, layers):
                add(name, layer.tar)
            add(config_name, config)
            manifest.append({"Config": config_name, "RepoTags": tags, "Layers": names})
        add("manifest.json", json.dumps(manifest).encode())


def photo(seed, size):
    """What a compressed photograph is to a compressor: noise with the right head."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + random.Random(seed).randbytes(size)


def write(folder, now, photos):
    """Writes the sample archives; gives their paths. `photos` is the size of the largest layer in MB."""
    day = 86400
    base = Layer("ADD minirootfs-3.20.tar.gz /", now - 40 * day)
    base.add("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000:node:/home/node:/bin/sh\n")
    base.add("etc/group", b"root:x:0:\nnode:x:1000:\n")
    for top in BASE:
        base.add_tree(top, 4 * MB)
    tools = Layer("RUN apk add --no-cache nodejs", now - 20 * day)
    for top in TOOLS:
        tools.add_tree(top, 12 * MB)
    source = Layer("COPY ./src /app", now - 2 * day)
    source.add("app/server.js", b"require('http').createServer(require('./gallery')).listen(8080);\n")
    source.add("app/gallery.js", b"module.exports = (request, response) => response.end('gallery');\n")
    source.add("app/bundle.js", photo(7, 3 * MB))
    pictures = Layer("COPY ./photos /app/photos", now - 2 * day)
    for number in range(photos // 4):
        pictures.add(f"app/photos/{number:04}.jpg", photo(number, 4 * MB))
    pages = Layer("COPY ./public /usr/share/nginx/html", now - 21 * day)
    pages.add("usr/share/nginx/html/index.html", b"<!doctype html><title>Notes</title>\n" * 40)
    pages.add("usr/share/nginx/html/cover.jpg", photo(9001, 9 * MB))
    for layer in (base, tools, source, pictures, pages):
        layer.finish()

    gallery = image([base, tools, source, pictures], now - 2 * day, {
        "Entrypoint": ["node", "/app/server.js"], "Env": ["PATH=/usr/local/bin:/usr/bin:/bin", "NODE_ENV=production"],
        "ExposedPorts": {"8080/tcp": {}}, "WorkingDir": "/app", "User": "node",
        "Labels": {"org.opencontainers.image.title": "Image gallery",
                   "org.opencontainers.image.source": "https://example.org/alice/image-gallery"}})
    notes = image([base, tools, pages], now - 21 * day, {
        "Entrypoint": ["nginx", "-g", "daemon off;"], "ExposedPorts": {"80/tcp": {}},
        "Labels": {"org.opencontainers.image.title": "Notes"}})
    tool = image([base], now - 150 * day, {"Entrypoint": ["bash"]})

    first = pathlib.Path(folder) / "image-gallery.tar"
    save(first, [(gallery, [base, tools, source, pictures], ["image-gallery:latest", "image-gallery:2.1.106"])])
    second = pathlib.Path(folder) / "notes.tar.gz"
    plain = pathlib.Path(folder) / "notes.tar"
    save(plain, [(notes, [base, tools, pages], ["notes:1.4", "notes:latest", "alice/notes:1.4"]),
                 (tool, [base], ["toolbox:3.20"])])
    with gzip.open(second, "wb", compresslevel=1) as packed:
        packed.write(plain.read_bytes())
    plain.unlink()
    return [str(first), str(second)]
