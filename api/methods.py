"""Which methods an address takes: HEAD wherever GET, and any other is refused (RFC 9110)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from fastapi import APIRouter, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem


def methods_of(routers: Iterable[APIRouter]) -> Mapping[str, frozenset[str]]:
    """Return for each address without placeholders the methods it takes."""
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for router in routers:
        for route in router.routes:
            if isinstance(route, Route) and "{" not in route.path:
                taken[route.path] |= route.methods or set()
    return {path: frozenset(methods) for path, methods in taken.items()}


class Methods:
    """Middleware that refuses what an address does not take, before a wider one takes it.

    `/v1/match` is only sent to: a GET of it would be taken for a list of things of the type
    `match`. `page` tells it to people, where it returns something.
    """

    def __init__(
        self,
        app: ASGIApp,
        taken: Mapping[str, frozenset[str]],
        page: Callable[[Scope], Response | None],
    ) -> None:
        self._app = app
        self._taken = taken
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or answer 405."""
        taken = self._taken.get(scope["path"]) if scope["type"] == "http" else None
        if taken is None or scope["method"] in taken:
            await self._app(scope, receive, send)
            return
        allow = ", ".join(sorted(taken | {"HEAD"} if "GET" in taken else taken))
        told = f"{scope['method'][:20]} is not taken here, only {allow}"
        refusal = self._page(scope) or problem(405, "Method not allowed", told)
        refusal.headers["Allow"] = allow
        await refusal(scope, receive, send)


class HeadAsGet:
    """Middleware that asks an endpoint as by GET and sends status and headers alone.

    Monitors ask by HEAD (RFC 9110, 9.3.2).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            bare = message["type"] == "http.response.body"
            await send({**message, "body": b""} if bare else message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
