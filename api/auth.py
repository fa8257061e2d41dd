"""Who may ask: anybody on loopback, otherwise whoever carries a key.

The scope `contacts` (personal contacts in files that are handed in) is held by a key of its own,
which is good for everything else as well; nobody holds it where no such key is set.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem
from kg.settings import Settings
from ontology.errors import InvalidValue, NotPermitted

OPEN_PATHS = ("/health/live", "/health/ready")


def check_exposure(settings: Settings) -> None:
    """Raise InvalidValue where the service would be open to others without a key."""
    if settings.key or is_loopback(settings.host):
        return
    raise InvalidValue(
        "SFKG_HOST", settings.host, "is reachable by others: set SFKG_KEY first, or use 127.0.0.1"
    )


def is_loopback(host: str) -> bool:
    """Say whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class KeyGuard:
    """Middleware that asks every request but health checks for the key.

    The key comes as `Authorization: Bearer KEY`, as `X-API-Key`, or, from a browser, as the
    password of basic authentication.
    """

    def __init__(self, app: ASGIApp, keys: tuple[str, ...]) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or answer 401."""
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS or self._holds_any(scope):
            await self._app(scope, receive, send)
            return
        refusal = problem(
            401, "Key needed", "this service asks for a key: send Authorization: Bearer KEY",
            {"WWW-Authenticate": 'Basic realm="sfkg", charset="UTF-8"'},
        )  # fmt: skip
        await refusal(scope, receive, send)

    def _holds_any(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        return any(carries(headers, key) for key in self._keys)


def carries(headers: Headers, key: str) -> bool:
    """Tell whether a request carries a key; one that is not set is carried by nobody."""
    offered = [
        headers.get("x-api-key", "").encode("latin-1"),
        _credential(headers.get("authorization", "")),
    ]
    return bool(key) and any(hmac.compare_digest(one, key.encode()) for one in offered)


def check_contacts(headers: Headers, settings: Settings) -> None:
    """Raise NotPermitted where a request does not hold the scope `contacts`."""
    if not carries(headers, settings.contacts_key):
        raise NotPermitted("contacts of persons are shown to the scope `contacts` only")


def _credential(header: str) -> bytes:
    """Return the key that the header carries as it was sent: headers are read as Latin-1."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip().encode("latin-1")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).partition(b":")[2]
        except binascii.Error:
            return b""
    return b""
