"""A limit on the size of request bodies, whether or not the request admits its size."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem

LARGEST_BODY = 1_000_000  # bytes; 100 texts of 3,000 Chinese characters fit


class BodyLimit:
    """Middleware that answers 413 instead of reading a larger body.

    `larger` are limits by path; `page` tells it to people, where it returns something.
    """

    def __init__(
        self,
        app: ASGIApp,
        largest: int = LARGEST_BODY,
        larger: Mapping[str, int] | None = None,
        page: Callable[[Scope, int], Response | None] = lambda scope, largest: None,
    ) -> None:
        self._app = app
        self._largest = largest
        self._larger = dict(larger or {})
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then pass the request on with it."""
        if scope["type"] != "http" or scope["method"] not in {"POST", "PUT", "PATCH"}:
            await self._app(scope, receive, send)
            return
        largest = self._larger.get(scope["path"], self._largest)
        declared = Headers(scope=scope).get("content-length", "0")
        too_large = declared.isdigit() and int(declared) > largest
        body = None if too_large else await self._read(receive, largest)
        if body is None:
            await self._refuse(largest, scope, receive, send)
            return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        await self._app(scope, replay, send)

    async def _read(self, receive: Receive, largest: int) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > largest:
                return None
            if not message.get("more_body", False):
                return bytes(body)

    async def _refuse(self, largest: int, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._page(scope, largest) or problem(
            413,
            "Too large",
            f"a request may be {largest} bytes long",
            {"Connection": "close"},
        )
        await refusal(scope, receive, send)
