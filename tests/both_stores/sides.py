"""One store as somebody uses it: an address and settings, asked by command and over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from click.testing import CliRunner

from api.cli.main import main

PROJECT = Path(__file__).parents[2]
START_SECONDS = 60.0
LEFT_OF_ADDRESSES = "/?&=%+:,"  # what has a meaning in an address; all else is encoded


@dataclass(frozen=True, slots=True)
class Told:
    """What a command printed and how it ended."""

    exit_code: int
    output: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked over HTTP: an address, and a body where something is posted."""

    address: str
    body: str | bytes = ""
    form: str = "application/json"

    def __str__(self) -> str:
        """Return what a test's name shows; of a file its length tells it from another."""
        shown = f"{len(self.body)} bytes" if isinstance(self.body, bytes) else self.body
        return f"{self.address} {shown}".strip()[:100]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def next(self) -> str:
        """Return the address of the next page, "" after the last."""
        return str(json.loads(self.body)["next"] or "")


@dataclass(frozen=True, slots=True)
class Side:
    """A store by its address, the settings to open it with and a folder of its own."""

    name: str
    store: str
    settings: Mapping[str, str]
    folder: Path
    port: int  # that it is served on

    def tell(self, *words: str) -> Told:
        """Run a command on this store."""
        return self.run(*words, "--store", self.store)

    def run(self, *words: str) -> Told:
        """Run a command; `{store}` among its words is this store's address."""
        filled = [word.replace("{store}", self.store) for word in words]
        result = CliRunner().invoke(main, filled, env=self.settings)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Told(result.exit_code, result.output)

    @contextmanager
    def served(self, *options: str) -> Iterator[None]:
        """Serve this store by `sfkg serve` in a process of its own."""
        command = [sys.executable, "-m", "api.cli", "serve", "--store", self.store,
                   "--port", str(self.port), *options]  # fmt: skip
        with (self.folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=PROJECT, env=os.environ | self.settings, stdout=log, stderr=log
            )
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)

    def log(self) -> str:
        """Return what the service said on its terminal."""
        log = self.folder / "serve.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def await_service(self) -> None:
        """Wait until the service is ready."""
        end = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name} is not served: {self.log()[-2000:]}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return self.ask(Request("/health/ready")).status == 200
        except ConnectionError:
            return False

    def ask(self, request: Request) -> Answer:
        """Ask the service."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        address = quote(request.address, safe=LEFT_OF_ADDRESSES)
        headers = {"Prefer": "wait=60"}  # nobody is sent to an address of long work
        if request.body:
            headers["Content-Type"] = request.form
        method = "POST" if request.body else "GET"
        body = request.body if isinstance(request.body, bytes) else request.body.encode()
        connection.request(method, address, body or None, headers)
        response = connection.getresponse()
        answer = Answer(response.status, _lasting(response), response.read())
        connection.close()
        return answer

    def walk(self, address: str) -> tuple[Answer, ...]:
        """Ask for a list and all its next pages."""
        pages = [self.ask(Request(address))]
        while following := pages[-1].next():
            pages.append(self.ask(Request(following)))
        return tuple(pages)


def _lasting(response: http.client.HTTPResponse) -> Mapping[str, str]:
    """Return the headers that do not tell the time."""
    return {name.lower(): value for name, value in response.getheaders() if name.lower() != "date"}
