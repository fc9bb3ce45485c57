# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registry that is pushed to: a real docker-registry on loopback, plain or behind nginx with TLS."""
import dataclasses
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

from measure import quietly

HOST = "registry.bench"  # the name in the certificate; loopback, by the hosts file of the bench's own mount namespace
UP = 30  # seconds


class ServerFailed(Exception):
    pass


@dataclasses.dataclass
class Endpoint:
    """What a tool is told of a registry."""
    host: str  # with the port
    is_tls: bool
    ca_folder: str  # holds ca.crt

    @property
    def ca_file(self):
        return self.ca_folder + "/ca.crt"

    def reference(self, repository, tag="bench"):
        return f"{self.host}/{repository}:{tag}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, what):
    end = time.monotonic() + UP
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise ServerFailed(f"{what} does not come up; see its log") from None
        time.sleep(0.01)


class Certificates:
    """A certificate authority of our own, and the certificate of HOST."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.trusted = self.folder / "trusted"
        self.trusted.mkdir(parents=True)
        key, request = str(self.folder / "server.key"), str(self.folder / "server.csr")
        authority = ["-CA", str(self.trusted / "ca.crt"), "-CAkey", str(self.folder / "ca.key")]
        extensions = self.folder / "extensions"
        extensions.write_text(f"subjectAltName=DNS:{HOST}\nbasicConstraints=CA:FALSE\n")
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        quietly("openssl", "req", "-x509", *kind, "-days", "30", "-subj", "/CN=Tagboat bench CA", "-addext",
                "keyUsage=keyCertSign", "-keyout", str(self.folder / "ca.key"), "-out", str(self.trusted / "ca.crt"))
        quietly("openssl", "req", *kind, "-subj", f"/CN={HOST}", "-keyout", key, "-out", request)
        quietly("openssl", "x509", "-req", "-in", request, *authority, "-CAcreateserial", "-days", "30", "-extfile",
                str(extensions), "-out", str(self.folder / "server.crt"))


def nginx_config(folder, certificates, port, upstream, http2):
    """As the documentation of the registry has it: bodies pass through unbuffered, of any size."""
    return f"""
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn; worker_processes auto;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port} ssl;
        http2 {"on" if http2 else "off"};
        server_name {HOST};
        ssl_certificate {certificates.folder}/server.crt;
        ssl_certificate_key {certificates.folder}/server.key;
        ssl_protocols TLSv1.2 TLSv1.3;
        client_max_body_size 0;
        chunked_transfer_encoding on;
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version 1.1;
            proxy_request_buffering off;
            proxy_buffering off;
            proxy_read_timeout 900;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
}}
"""


class Registry:
    """
    One registry with an empty storage, which goes with it.

    Blobs are shared over the repositories of a storage; so each push that is to carry its bytes has a registry of its
    own. `line`, if there is one, is a line.Proxy that stands between the tools and the registry.
    """

    def __init__(self, folder, transport, certificates, line=None):
        self.folder = pathlib.Path(folder)
        self._processes = []
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            self._port = free_port()
            (self.folder / "config.yml").write_text(
                "version: 0.1\nlog: {level: warn}\n"
                f"storage: {{filesystem: {{rootdirectory: {self.folder}/storage}}, delete: {{enabled: true}}}}\n"
                f"http: {{addr: '127.0.0.1:{self._port}', secret: bench}}\n")
            self._start("docker-registry", ["docker-registry", "serve", str(self.folder / "config.yml")], self._port)
            port = self._port
            if transport != "http":
                port = free_port()
                config = nginx_config(self.folder, certificates, port, self._port, transport == "h2")
                (self.folder / "nginx.conf").write_text(config)
                self._start("nginx", ["nginx", "-p", str(self.folder), "-e", f"{self.folder}/nginx.log", "-c",
                                      str(self.folder / "nginx.conf")], port)
            if line:
                process, port = line.open(port)
                self._processes.append(process)
            host = f"127.0.0.1:{port}" if transport == "http" else f"{HOST}:{port}"
            self.endpoint = Endpoint(host, transport != "http", str(certificates.trusted))
        except BaseException:
            self.close()
            raise

    def _start(self, name, command, port):
        with open(self.folder / f"{name}.out", "wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self._processes.append(process)
        wait_for_port(port, process, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, path, method="GET", accept="*/*"):
        """Body and headers, past the line and TLS."""
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/v2/{path}", method=method,
                                         headers={"Accept": accept})
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.read(), reply.headers
