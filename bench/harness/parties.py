# SPDX-License-Identifier: Apache-2.0
"""The servers that are measured. Each is started from a folder of its own and stopped by its pid."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import ssl
import string
import subprocess
import time

import machine

BENCH = pathlib.Path(__file__).resolve().parent.parent
VENV = BENCH.parent / "build" / "bench" / "venv" / "bin"
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 15


class Absent(Exception):
    """A party that is not installed; says how to have it."""


def fill(template, target, **values):
    text = string.Template((BENCH / "parties" / template).read_text()).substitute(values)
    target.write_text(text)
    return target


def request(port, method, target, body=None, tls=False):
    """One request on a connection of its own: status and body."""
    if tls:
        context = ssl._create_unverified_context()  # our own server, made a moment ago
        asked = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
    else:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        asked.request(method, target, json.dumps(body) if body is not None else None, headers)
        got = asked.getresponse()
        return got.status, got.read()
    finally:
        asked.close()


class Party:
    """A running server. Use it with `with`; it is gone at the end."""

    name = ""
    ready_at = "/health"

    def __init__(self, folder, core):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.core = core
        self.port = machine.free_port()
        self.tls_port = None
        self.process = None

    def command(self):
        """The command line, and variables to add to the environment."""
        raise NotImplementedError

    def __enter__(self):
        self.spawn()
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def spawn(self):
        line, variables = self.command()
        with open(self.folder / "output.log", "wb") as log:
            self.process = subprocess.Popen(
                line, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **variables}, preexec_fn=machine.pin(self.core),
            )

    def wait_until_ready(self, pause=0.05):
        ends = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                break
            try:
                if request(self.port, "GET", self.ready_at)[0] < 500:
                    return
            except OSError:
                time.sleep(pause)
        log = (self.folder / "output.log").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{self.name} did not start:\n{log}")

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def wait_until_idle(self):
        """A slow server goes on with what its clients no longer wait for: the next party's core."""
        ends = time.monotonic() + START_SECONDS_MAX
        before = self.processor_seconds()
        while time.monotonic() < ends:
            time.sleep(0.1)
            now = self.processor_seconds()
            if now - before <= 0.01:
                return
            before = now

    def processor_seconds(self):
        return machine.processor_seconds(self.process.pid)


def certificate(folder):
    """A certificate and key for localhost, the same for every party."""
    made = pathlib.Path(folder) / "certificate.pem", pathlib.Path(folder) / "key.pem"
    if not all(path.exists() for path in made):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-out", made[0], "-keyout", made[1]],
            check=True, capture_output=True,
        )
    return made


class Palabre(Party):
    name = "palabre"

    def __init__(self, folder, core, program, data, cache_mb=24, threads=1,
                 requests_per_second=0):
        super().__init__(folder, core)
        self.program = program
        self.tls_port = machine.free_port()
        cert, key = certificate(self.folder)
        self.config = fill(
            "palabre.toml", self.folder / "palabre.toml", http_port=self.port,
            https_port=self.tls_port, threads=threads, certificate=cert, key=key, data=data,
            cache_mb=cache_mb, requests_per_second=requests_per_second,
        )

    def command(self):
        return [self.program, "serve", "--config", self.config], {}


class Nginx(Party):
    name = "nginx"

    def __init__(self, folder, core, template, cert_folder, **values):
        super().__init__(folder, core)
        self.program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        if self.program is None:
            raise Absent("nginx (apt-get install nginx)")
        self.tls_port = machine.free_port()
        self.certificate, key = certificate(cert_folder)
        self.config = fill(
            template, self.folder / "nginx.conf", http_port=self.port, https_port=self.tls_port,
            certificate=self.certificate, key=key, folder=self.folder,
            user="user root;" if os.geteuid() == 0 else "", **values,
        )

    def command(self):
        return [self.program, "-p", self.folder, "-c", self.config], {}


def in_venv(tool):
    if not (VENV / tool).exists():
        raise Absent(f"{tool} (./bench/run installs it, without --no-install)")
    return VENV / tool


class NginxFile(Nginx):
    """The page as a file."""

    def __init__(self, folder, core, page, cert_folder):
        file = pathlib.Path(folder) / "page.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)
        super().__init__(folder, core, "nginx.conf", cert_folder, page=file)


class FastApi(Party):
    name = "fastapi"

    def __init__(self, folder, core, database):
        super().__init__(folder, core)
        self.program = in_venv("uvicorn")
        self.database = database

    def command(self):
        line = [self.program, "fastapi_app:application", "--app-dir", BENCH / "parties",
                "--port", str(self.port), "--loop", "uvloop", "--http", "httptools",
                "--no-access-log", "--log-level", "warning"]
        return line, {"BENCH_DATABASE": str(self.database)}


class Isso(Party):
    """As its documentation deploys it behind gunicorn: four workers, application loaded before."""

    name = "isso"
    ready_at = "/?uri=/nothing/"

    def __init__(self, folder, core):
        super().__init__(folder, core)
        self.program = in_venv("gunicorn")
        self.config = fill("isso.cfg", self.folder / "isso.cfg", folder=self.folder)

    def command(self):
        line = [self.program, "-b", f"127.0.0.1:{self.port}", "-w", "4", "--preload", "isso.run"]
        return line, {"ISSO_SETTINGS": str(self.config)}

    def post(self, uri, author, text):
        body = {"author": author, "text": text, "title": "An article"}
        status, answer = request(self.port, "POST", f"/new?uri={uri}", body)
        if status not in (201, 202):
            raise RuntimeError(f"isso answered {status}: {answer[:200]}")
