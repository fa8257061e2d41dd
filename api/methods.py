"""Which methods an address takes, told with the refusal of any other (RFC 9110, 15.5.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from fastapi import APIRouter, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem


def methods_of(routers: Iterable[APIRouter]) -> Mapping[str, str]:
    """Return for each address without placeholders the methods it takes, as `Allow` tells them."""
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for router in routers:
        for route in router.routes:
            if isinstance(route, Route) and "{" not in route.path:
                taken[route.path] |= route.methods or set()
    heads = {path: {"HEAD"} if "GET" in methods else set() for path, methods in taken.items()}
    return {path: ", ".join(sorted(methods | heads[path])) for path, methods in taken.items()}


class Methods:
    """Middleware that refuses what an address does not take, before a wider one takes it.

    `/v1/match` is only sent to: a GET of it would be taken for a list of things of the type
    `match`. `page` tells it to people, where it returns something.
    """

    def __init__(
        self, app: ASGIApp, taken: Mapping[str, str], page: Callable[[Scope], Response | None]
    ) -> None:
        self._app = app
        self._taken = taken
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or answer 405."""
        allow = self._taken.get(scope["path"], "") if scope["type"] == "http" else ""
        if not allow or scope["method"] in allow.split(", "):
            await self._app(scope, receive, send)
            return
        told = f"{scope['method'][:20]} is not taken here, only {allow}"
        refusal = self._page(scope) or problem(405, "Method not allowed", told)
        refusal.headers["Allow"] = allow
        await refusal(scope, receive, send)
