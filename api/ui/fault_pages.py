"""Faults on pages are told on a page: people get no problem documents to read."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

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
        return render_fault(reader, error)
    if isinstance(error, HTTPException):
        message = "fault.no_page" if error.status_code == 404 else "fault.request"
        return _plain(reader, message, error.status_code)
    return _plain(reader, "fault.request", 422)


def _plain(reader: Reader, message: str, status: int) -> Response:
    fault = Fault(reader.say(message), (), "")
    return render("fault.html", reader, {"fault": fault}, status)
