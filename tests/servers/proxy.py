"""A way to a server that can be disturbed: what the server says is changed, an answer is lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from tests.servers.servers import free_port

COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # the Bolt message, in one chunk
Change = Callable[[bytes], bytes]


class Proxy:
    """Passes on what clients and a server say to each other, on a port of its own."""

    def __init__(self, port: int, answer: Change = lambda said: said) -> None:
        self._server = ("127.0.0.1", port)
        self._answer = answer
        self._port = free_port()
        self._listener: socket.socket
        self._connections: list[socket.socket] = []
        self._lock = threading.Lock()
        self.commits_to_lose = 0  # so many next answers to COMMIT are lost
        self.lost = 0
        self.is_gone_after_loss = False  # no connection is taken after an answer was lost
        self.mend()

    @property
    def url(self) -> str:
        """The address that drivers connect to."""
        return f"bolt://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        """Return the proxy."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close all connections."""
        self.cut()

    def cut(self) -> None:
        """Break all connections and take no more."""
        for connection in (self._listener, *self._connections):
            _close(connection)
        self._connections.clear()

    def mend(self) -> None:
        """Take connections again."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
                server = socket.create_connection(self._server)
            except OSError:
                return
            self._connections += [client, server]
            for source, target, change in (
                (client, server, self._question),
                (server, client, self._answer),
            ):
                pump = threading.Thread(target=_pump, args=(source, target, change), daemon=True)
                pump.start()

    def _question(self, said: bytes) -> bytes:
        with self._lock:
            if COMMIT in said and self.commits_to_lose:
                self.commits_to_lose -= 1
                self.lost += 1
                if self.is_gone_after_loss:
                    _close(self._listener)
                raise _Lost
        return said


class _Lost(Exception):
    """The next answer is not passed on."""


def _pump(source: socket.socket, target: socket.socket, change: Change) -> None:
    try:
        while said := source.recv(65536):
            try:
                target.sendall(change(said))
            except _Lost:
                # The server hears it and answers, but the client is gone.
                source.shutdown(socket.SHUT_RDWR)
                target.sendall(said)
                target.recv(65536)
                break
    except OSError:
        pass
    _close(source)
    _close(target)


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
