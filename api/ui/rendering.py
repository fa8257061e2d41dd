"""Templates into answers: the one place that knows how pages are put together and guarded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.errors import status_of
from api.ui import assets
from api.ui.faults import told
from api.ui.phrases import Phrases
from api.ui.reader import Reader
from api.ui.site import SITE
from ontology.errors import SmartFactoryError

FOLDER = Path(__file__).parent / "templates"
# Nothing but our own files is loaded, nothing inline runs, and no other site may frame a page.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",  # the address holds the question
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}
HTML = "text/html; charset=utf-8"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(
    name: str, reader: Reader, values: Mapping[str, object] | None = None, status: int = 200
) -> Response:
    """Return a page: a template with its values, said to a reader.

    Templates know `reader`, its `t` (a message), `code` (what a code is called), `link` (an address
    of ours) and `phrase` (facts as sentences).
    """
    html = (
        _templates()
        .get_template(name)
        .render(
            reader=reader,
            t=reader.say,
            code=reader.code,
            link=reader.link,
            phrase=Phrases(reader),
            site=SITE,
            asset=assets.address,
            **(values or {}),
        )
    )
    headers = {**HEADERS, "Content-Language": reader.tag}
    return Response(html, status, media_type=HTML, headers=headers)


def render_fault(reader: Reader, error: SmartFactoryError, page: str = "") -> Response:
    """Return the page that tells a fault in plain words; `page` is where in the site it is."""
    values = {"fault": told(reader, error), "active": page}
    return render("fault.html", reader, values, status_of(error))
