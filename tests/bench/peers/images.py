# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The images that are pushed and pulled: always the same bytes for a name and a scale, made once."""
import contextlib
import dataclasses
import hashlib
import json
import os
import pathlib
import random
import shutil
import stat
import tarfile
import zlib

MB = 1000 * 1000
TAG = "bench"
CREATED = "2026-01-01T00:00:00Z"
OCI = "application/vnd.oci.image."
PIECE = 1 << 20
VERSION = 3  # of what this module makes; an older cache is made again

WHAT = {
    "A": "5 layers of 200 MB, incompressible",
    "B": "1 layer of 2 GB, incompressible",
    "C": "60 layers of 1 MB, incompressible",
    "D": "docker-archive, 2 uncompressed layers, 1 GB of real files",
    "E": "index of 3 platforms, 3 layers of 20 MB each, incompressible",
}
PLATFORMS = [{"architecture": "amd64", "os": "linux"}, {"architecture": "arm64", "os": "linux"},
             {"architecture": "arm", "os": "linux", "variant": "v7"}]
# Where the files of D come from, and how many bytes of them at most.
REAL = [(["/usr/lib"], 600 * MB), (["/usr/share", "/usr/bin"], 440 * MB)]


@dataclasses.dataclass
class Image:
    name: str
    kind: str  # "oci": path is a layout that names it TAG; "docker-archive": path is a file
    path: str
    digest: str  # of the root in the layout; empty for an archive, whose manifest is the pusher's to make
    configs: list  # digests of the configs, which nobody may change
    layers: int
    bytes: int  # of all layers as they lie there
    scale: float

    @property
    def is_index(self):
        return len(self.configs) > 1

    @property
    def source(self):
        """As skopeo, podman and tagboat-cli write it."""
        return f"oci:{self.path}:{TAG}" if self.kind == "oci" else f"docker-archive:{self.path}"


class Blob:
    """A file that is hashed while it is written; its name is the digest if it has no other."""

    def __init__(self, folder):
        self._folder = pathlib.Path(folder)
        self._path = self._folder / ".part"
        self._file = open(self._path, "wb")
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data):
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def tell(self):
        return self.size

    def close(self, name=None):
        self._file.close()
        hexadecimal = self._hash.hexdigest()
        self._path.rename(self._folder / (name or hexadecimal))
        return "sha256:" + hexadecimal


class Stored:
    """Gzip without compression: what a compressor makes of random bytes, and quick."""

    def __init__(self, blob):
        self._blob = blob
        self._gzip = zlib.compressobj(0, zlib.DEFLATED, 31)
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, data):
        self._hash.update(data)
        self._size += len(data)
        self._blob.write(self._gzip.compress(data))

    def tell(self):
        return self._size

    def close(self):
        self._blob.write(self._gzip.flush())
        return "sha256:" + self._hash.hexdigest()


class RandomFile:
    """What tarfile reads from: random bytes that depend on the seed alone."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._left = b""

    def read(self, count):
        while len(self._left) < count:
            self._left += self._random.randbytes(PIECE)
        data, self._left = self._left[:count], self._left[count:]
        return data


@contextlib.contextmanager
def tar_into(sink):
    with tarfile.open(fileobj=sink, mode="w|", bufsize=PIECE, format=tarfile.GNU_FORMAT) as tar:
        yield tar


def member(name, size=0, mode=0o644):
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = mode
    info.mtime = 1767225600
    return info


def json_bytes(value):
    return json.dumps(value, separators=(",", ":")).encode()


def config(diff_ids, platform):
    return json_bytes({"created": CREATED, **platform, "config": {"Cmd": ["/bin/true"]},
                       "rootfs": {"type": "layers", "diff_ids": diff_ids},
                       "history": [{"created": CREATED, "created_by": f"layer {number}"}
                                   for number in range(len(diff_ids))]})


class Layout:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.blobs = self.folder / "blobs" / "sha256"
        self.blobs.mkdir(parents=True)

    def put(self, data, media_type, **more):
        blob = Blob(self.blobs)
        blob.write(data)
        digest = blob.close()
        return {"mediaType": OCI + media_type, "digest": digest, "size": len(data), **more}

    def random_layer(self, seed, size):
        """Its descriptor and its diff ID."""
        blob = Blob(self.blobs)
        packed = Stored(blob)
        with tar_into(packed) as tar:
            tar.addfile(member(f"data/{seed}.bin", size), RandomFile(seed))
        diff_id = packed.close()
        digest = blob.close()
        return {"mediaType": OCI + "layer.v1.tar+gzip", "digest": digest, "size": blob.size}, diff_id

    def manifest(self, seed, sizes, platform):
        """Descriptors of the manifest and its config, and the bytes of the layers."""
        layers = [self.random_layer(f"{seed}-{number}", size) for number, size in enumerate(sizes)]
        settings = self.put(config([diff_id for _, diff_id in layers], platform), "config.v1+json")
        content = {"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json", "config": settings,
                   "layers": [descriptor for descriptor, _ in layers]}
        total = sum(descriptor["size"] for descriptor, _ in layers)
        return self.put(json_bytes(content), "manifest.v1+json"), settings["digest"], total

    def finish(self, root):
        root = {**root, "annotations": {"org.opencontainers.image.ref.name": TAG}}
        (self.folder / "oci-layout").write_bytes(json_bytes({"imageLayoutVersion": "1.0.0"}))
        (self.folder / "index.json").write_bytes(json_bytes({"schemaVersion": 2, "manifests": [root]}))


def make_single(name, folder, count, size):
    layout = Layout(folder)
    root, settings, total = layout.manifest(name, [size] * count, PLATFORMS[0])
    layout.finish(root)
    return Image(name, "oci", str(folder), root["digest"], [settings], count, total, 0)


def make_index(name, folder, count, size):
    layout = Layout(folder)
    children, configs, total = [], [], 0
    for platform in PLATFORMS:
        child, settings, layer_bytes = layout.manifest(f"{name}-{len(children)}", [size] * count, platform)
        children.append({**child, "platform": platform})
        configs.append(settings)
        total += layer_bytes
    root = layout.put(json_bytes({"schemaVersion": 2, "mediaType": OCI + "index.v1+json", "manifests": children}),
                      "index.v1+json")
    layout.finish(root)
    return Image(name, "oci", str(folder), root["digest"], configs, count * len(children), total, 0)


def real_files(tops, limit):
    """Files and links below, in order, as long as they fit: path, link target or None, size, mode."""
    for top in tops:
        for folder, folders, files in os.walk(top):
            folders.sort()
            for name in sorted(files):
                path = os.path.join(folder, name)
                status = os.lstat(path)
                if stat.S_ISLNK(status.st_mode):
                    yield path, os.readlink(path), 0, 0o777
                elif stat.S_ISREG(status.st_mode) and status.st_size <= limit:
                    limit -= status.st_size
                    yield path, None, status.st_size, stat.S_IMODE(status.st_mode) & 0o755


def real_layer(folder, tops, limit):
    blob = Blob(folder)
    with tar_into(blob) as tar:
        for path, target, size, mode in real_files(tops, limit):
            info = member(path.lstrip("/"), size, mode)
            if target is None:
                with open(path, "rb") as content:
                    tar.addfile(info, content)
            else:
                info.type, info.linkname = tarfile.SYMTYPE, target
                tar.addfile(info)
    return blob.close(), blob.size


def make_archive(name, folder, scale):
    """As `docker save` writes them: the manifest comes last."""
    layers = [real_layer(folder, tops, int(limit * scale)) for tops, limit in REAL]
    settings = config([digest for digest, _ in layers], PLATFORMS[0])
    digest = hashlib.sha256(settings).hexdigest()
    hexadecimals = [layer.removeprefix("sha256:") for layer, _ in layers]
    names = [f"{hexadecimal}/layer.tar" for hexadecimal in hexadecimals]
    archive = folder / "image.tar"
    with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT) as tar:
        for hexadecimal, path, (_, size) in zip(hexadecimals, names, layers):
            with open(folder / hexadecimal, "rb") as content:
                tar.addfile(member(path, size), content)
            (folder / hexadecimal).unlink()
        manifest = json_bytes([{"Config": f"{digest}.json", "RepoTags": ["bench/d:latest"], "Layers": names}])
        for path, data in ((f"{digest}.json", settings), ("manifest.json", manifest)):
            part = Blob(folder)
            part.write(data)
            part.close("part")
            with open(folder / "part", "rb") as content:
                tar.addfile(member(path, len(data)), content)
            (folder / "part").unlink()
    return Image(name, "docker-archive", str(archive), "", ["sha256:" + digest], len(layers),
                 sum(size for _, size in layers), 0)


def make(name, folder, scale):
    match name:
        case "A":
            return make_single(name, folder, 5, int(200 * MB * scale))
        case "B":
            return make_single(name, folder, 1, int(2000 * MB * scale))
        case "C":
            return make_single(name, folder, max(1, round(60 * scale)), MB)
        case "D":
            return make_archive(name, folder, scale)
        case "E":
            return make_index(name, folder, 3, int(20 * MB * scale))
    raise ValueError(f"no such image: {name}")


def image(name, work, scale=1.0):
    """The image, from the cache in the work folder where it is there."""
    folder = pathlib.Path(work) / "images" / f"{name}-{scale:g}"
    record = folder / "image.json"
    if record.exists():
        values = json.loads(record.read_text())
        if values.pop("version") == VERSION:
            return Image(**values)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = make(name, folder, scale)
    made.scale = scale
    record.write_text(json.dumps({"version": VERSION, **dataclasses.asdict(made)}))
    return made
