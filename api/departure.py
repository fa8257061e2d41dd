"""Noticing that a client has gone, so that nothing more is computed for it."""

from __future__ import annotations

import asyncio
import threading

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEFT = "sfkg.left"


def left(request: Request) -> threading.Event:
    """Return the event that is set once the client of a request has gone."""
    event: threading.Event = request.scope.setdefault(LEFT, threading.Event())
    return event


class Departure:
    """Middleware that listens for the client's going while the request is answered.

    Endpoints run in threads and cannot listen themselves. What arrives is handed on in its order.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        gone: threading.Event = scope.setdefault(LEFT, threading.Event())
        arrived: asyncio.Queue[Message] = asyncio.Queue()

        async def listen() -> None:
            while not gone.is_set():
                message = await receive()
                if message["type"] == "http.disconnect":
                    gone.set()
                arrived.put_nowait(message)

        listener = asyncio.create_task(listen())
        try:
            await self._app(scope, arrived.get, send)
        finally:
            listener.cancel()
