"""Conditional requests: what the client already holds is not sent again (RFC 9110, 13)."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/v1/"


class Revalidation:
    """Gives each answer to a GET an ETag, the hash of its body, and honours If-None-Match.

    The answer is worked out all the same: what can change it (graph, snapshot, presence of the
    store) is part of it, so a hash of the body is right where any cleverer sign might not be.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and hold back its answer until its hash is known."""
        wanted = scope["type"] == "http" and scope["method"] == "GET"
        if not wanted or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        held = Headers(scope=scope).get("if-none-match", "")
        await self._app(scope, receive, _Answer(held, send).take)


class _Answer:
    def __init__(self, held: str, send: Send) -> None:
        self._held = {tag.strip().removeprefix("W/") for tag in held.split(",")}
        self._send = send
        self._start: Message = {}
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        """Collect the answer and send it whole, or say that it has not changed."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = bytes(self._body)
        if self._start["status"] == 200:
            body = self._marked(body)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    def _marked(self, body: bytes) -> bytes:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = MutableHeaders(raw=self._start["headers"])
        headers["ETag"] = tag
        # Whoever asked may keep it, but asks before using it again; a key may stand before it.
        headers["Cache-Control"] = "private, no-cache"
        if not self._held & {tag, "*"}:
            return body
        self._start["status"] = 304
        del headers["content-length"], headers["content-type"]
        return b""
