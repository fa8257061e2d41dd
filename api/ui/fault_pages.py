"""Faults on pages are told on a page: people get no problem documents to read."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api import errors
from api.ui.faults import Fault
from api.ui.reader import Reader, reader_of
from api.ui.rendering import render, render_fault
from ontology.errors import SmartFactoryError

# What programs ask; everything else is asked by people.
PROGRAMS = ("/v1/", "/health/", "/openapi.json", "/assets/")


def install(app: FastAPI) -> None:
    """Make the app tell faults of pages on pages, and all others as before."""
    app.add_exception_handler(SmartFactoryError, _tell)
    app.add_exception_handler(RequestValidationError, _tell)
    app.add_exception_handler(HTTPException, _tell)


def _tell(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(PROGRAMS):
        return errors.answer(request, error)
    reader = reader_of(request, request.query_params.get("lang", ""))
    if isinstance(error, SmartFactoryError):
        return _later(render_fault(reader, error))
    if isinstance(error, HTTPException):
        message = "fault.no_page" if error.status_code == 404 else "fault.request"
        page = _plain(reader, message, error.status_code)
        page.headers.update(error.headers or {})
        return page
    return _plain(reader, "fault.request", 422)


def fault_of_ours(scope: Scope) -> Response | None:
    """Return the page that tells a person of a fault of ours; None for programs."""
    return _told(scope, "fault.other", 500)


def wrong_method(scope: Scope) -> Response | None:
    """Return the page that tells a person that nothing is asked that way; None for programs."""
    return _told(scope, "fault.request", 405)


def too_large(scope: Scope, largest: int) -> Response | None:
    """Return the page that tells a person what is too large; None for programs."""
    return _told(scope, "fault.too_large", 413, most=largest // 1_000_000)


def _told(scope: Scope, message: str, status: int, **values: object) -> Response | None:
    request = Request(scope)
    if request.url.path.startswith(PROGRAMS):
        return None
    reader = reader_of(request, request.query_params.get("lang", ""))
    return _plain(reader, message, status, **values)


def _later(page: Response) -> Response:
    """Say when to come again, where the service is only busy or away."""
    if page.status_code == 503:
        page.headers["Retry-After"] = str(errors.RETRY_SECONDS)
    return page


def _plain(reader: Reader, message: str, status: int, **values: object) -> Response:
    fault = Fault(reader.say(message, **values), (), "")
    return render("fault.html", reader, {"fault": fault}, status)
