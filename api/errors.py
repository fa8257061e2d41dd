"""Errors as problem documents (RFC 9457): the one table from domain errors to HTTP."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ontology.errors import (
    Busy,
    IncompatibleSnapshot,
    InvalidFile,
    InvalidValue,
    MissingPart,
    SmartFactoryError,
    StoreError,
    StoreUnavailable,
    UnknownId,
)

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2
# Status and title of each error, most special class first.
TABLE: tuple[tuple[type[SmartFactoryError], int, str], ...] = (
    (UnknownId, 404, "Not found"),
    (InvalidValue, 422, "Invalid value"),
    (InvalidFile, 422, "Invalid file"),
    (Busy, 503, "Busy"),
    (StoreUnavailable, 503, "Store away"),
    (StoreError, 503, "Store fault"),
    (IncompatibleSnapshot, 503, "Index not usable"),
    (MissingPart, 503, "Not ready"),
    (SmartFactoryError, 500, "Fault"),
)
log = logging.getLogger("sfkg.api")


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
    return JSONResponse(body, status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _of_domain(_: Request, error: Exception) -> JSONResponse:
    status, title = next(
        (status, title) for kind, status, title in TABLE if isinstance(error, kind)
    )
    if isinstance(error, UnknownId):
        return _unknown(error)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    if isinstance(error, InvalidValue):
        return problem(status, title, str(error), headers, field=error.field, value=error.value)
    return problem(status, title, str(error), headers)


def _unknown(error: UnknownId) -> JSONResponse:
    """A thing asked for is not there (404); a value of a filter is not valid (422)."""
    nearest = list(error.nearest) or None
    if error.field is None:
        return problem(404, "Not found", str(error), value=error.value[:80], nearest=nearest)
    return problem(
        422, "Invalid value", str(error), field=error.field, value=error.value[:80], nearest=nearest
    )


def _of_request(_: Request, error: Exception) -> JSONResponse:
    """A request that does not have the form the API asks for."""
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    field = ".".join(place[1:]) or place[0]
    value = str(first.get("input", ""))[:80]
    return problem(422, "Invalid value", f"{field}: {first['msg']}", field=field, value=value)


def _of_http(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    return problem(
        error.status_code, str(error.detail), str(error.detail), dict(error.headers or {})
    )


def _of_bug(request: Request, error: Exception) -> JSONResponse:
    """A fault of ours: logged with its stack but without the text asked, answered without both."""
    log.error("unexpected fault in %s %s", request.method, request.url.path, exc_info=error)
    return problem(500, "Fault", "an unexpected fault; it has been logged")


def install(app: FastAPI) -> None:
    """Make the app answer every error with a problem document."""
    app.add_exception_handler(SmartFactoryError, _of_domain)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_bug)
