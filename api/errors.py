"""Errors as problem documents (RFC 9457): the one table from domain errors to HTTP."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ontology.errors import (
    Busy,
    Deserted,
    IncompatibleSnapshot,
    InvalidFile,
    InvalidValue,
    MissingPart,
    NotPermitted,
    SmartFactoryError,
    StoreError,
    StoreUnavailable,
    UnknownId,
    UnreadableFile,
)

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2
# Status and title of each error, most special class first.
TABLE: tuple[tuple[type[SmartFactoryError], int, str], ...] = (
    (UnknownId, 404, "Not found"),
    (InvalidValue, 422, "Invalid value"),
    (UnreadableFile, 422, "Unreadable file"),
    (NotPermitted, 403, "Not permitted"),
    (InvalidFile, 503, "Store fault"),
    (Busy, 503, "Busy"),
    (Deserted, 499, "Client gone"),
    (StoreUnavailable, 503, "Store away"),
    (StoreError, 503, "Store fault"),
    (IncompatibleSnapshot, 503, "Index not usable"),
    (MissingPart, 503, "Not ready"),
    (SmartFactoryError, 500, "Fault"),
)
log = logging.getLogger("sfkg.api")
_EXAMPLE = {
    "type": "urn:sfkg:problem:invalid-value",
    "title": "Invalid value",
    "status": 422,
    "detail": "there is no province '江酥'; did you mean 江苏, 江西, 江门?",
    "field": "province",
    "value": "江酥",
    "nearest": ["江苏", "江西", "江门"],
}
# What the OpenAPI description says of every endpoint's errors.
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {MEDIA_TYPE: {"example": _EXAMPLE}}}
    for status, text in (
        (401, "The key is missing or wrong"),
        (403, "The key does not allow this"),
        (404, "There is no such thing; `nearest` names what is like it"),
        (413, "The body is too large"),
        (422, "A field's value is not valid; `nearest` names what is like it"),
        (503, "Busy, or store or index are away; see Retry-After"),
    )
}


# Their sentences name files of the server; outside they are told without, the log has them whole.
NAMING_FILES = (InvalidFile, StoreError)


def told_outside(error: SmartFactoryError) -> str:
    """Return the sentence for people who have no business with the server's files."""
    if isinstance(error, NAMING_FILES):
        return "the store cannot be read at the moment; the log of the service says why"
    return str(error)


def problem(
    status: int, title: str, detail: str, headers: Mapping[str, str] | None = None, **more: object
) -> JSONResponse:
    """Return a problem document; `more` are its extension members, left out where None."""
    kind = title.lower().replace(" ", "-")
    body: dict[str, object] = {
        "type": f"urn:sfkg:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    body |= {name: value for name, value in more.items() if value is not None}
    return JSONResponse(_clean(body), status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _clean(value: object) -> object:
    """Return the value without halves of surrogate pairs, which no UTF-8 can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    return value


def _row(error: SmartFactoryError) -> tuple[int, str]:
    return next((status, title) for kind, status, title in TABLE if isinstance(error, kind))


def status_of(error: SmartFactoryError) -> int:
    """Return the HTTP status of an error where a person typed what it is about."""
    return 422 if isinstance(error, UnknownId) and error.field else _row(error)[0]


def answer(_: Request, error: Exception) -> JSONResponse:
    """Return the problem document of an error that this service knows; raise any other."""
    if isinstance(error, SmartFactoryError):
        return _of_domain(error)
    if isinstance(error, RequestValidationError):
        return _of_request(error)
    if isinstance(error, HTTPException):
        return problem(
            error.status_code, str(error.detail), str(error.detail), dict(error.headers or {})
        )
    raise error


def _of_domain(error: SmartFactoryError) -> JSONResponse:
    status, title = _row(error)
    if isinstance(error, UnknownId):
        return _unknown(error)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    if isinstance(error, InvalidValue):
        return problem(status, title, str(error), headers, field=error.field, value=error.value)
    if isinstance(error, NAMING_FILES):
        log.error("%s: %s", title, error)
    return problem(status, title, told_outside(error), headers)


def _unknown(error: UnknownId) -> JSONResponse:
    """A thing asked for is not there (404); a value of a filter is not valid (422)."""
    nearest = list(error.nearest) or None
    if error.field is None:
        return problem(404, "Not found", str(error), value=error.value[:80], nearest=nearest)
    return problem(
        422, "Invalid value", str(error), field=error.field, value=error.value[:80], nearest=nearest
    )


def _of_request(error: RequestValidationError) -> JSONResponse:
    """A request that does not have the form the API asks for."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return problem(422, "Invalid value", "the body is no valid JSON", field="body")
    place = [str(part) for part in first["loc"]]
    field = ".".join(place[1:]) or place[0]
    given = first.get("input")
    value = str(given)[:80] if isinstance(given, str | int | float) else None
    return problem(422, "Invalid value", f"{field}: {first['msg']}", field=field, value=value)


class FaultGuard:
    """Middleware for faults of ours: logged where they happened but never with the text asked.

    An exception's own words may hold what somebody typed, so only its kind and its frames are
    written; the server underneath never sees it and logs nothing. `page` tells it to people, where
    it returns something.
    """

    def __init__(
        self, app: ASGIApp, page: Callable[[Scope], Response | None] = lambda scope: None
    ) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 where that fails before an answer has begun."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last line before the server
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("unexpected %s in a request\n%s", type(error).__name__, frames)
            if not begun:
                told = problem(500, "Fault", "an unexpected fault; it has been logged")
                await (self._page(scope) or told)(scope, receive, send)


def install(app: FastAPI, page: Callable[[Scope], Response | None] = lambda scope: None) -> None:
    """Make the app answer every error with a problem document, or with `page` a fault of ours."""
    for kind in (SmartFactoryError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)
    app.add_middleware(FaultGuard, page=page)
