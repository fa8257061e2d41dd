"""Every endpoint of `sfkg serve` answers with the same bytes whichever store it serves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.deps import query_parameters
from api.ui.routers import ROUTERS
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.protocol import GraphStore
from tests.both_stores.addresses import REQUESTS, WALKS
from tests.both_stores.panel import Pair, Panel
from tests.both_stores.questions import SERVE
from tests.both_stores.sides import Answer, Request, Side

EVERY_REQUEST = [request for requests in REQUESTS.values() for request in requests]


@pytest.fixture(scope="module")
def served(panel: Panel) -> Iterator[Panel]:
    """All stores, each served by a process of its own."""
    with ExitStack() as services:
        for side in panel.sides.values():
            services.enter_context(side.served(*SERVE))
        for side in panel.sides.values():
            side.await_service()
        yield panel


@pytest.fixture
def services(pair: Pair, served: Panel) -> Pair:
    """The service on the embedded store and the one on a server."""
    assert pair.panel is served
    return pair


@pytest.mark.parametrize("request_", EVERY_REQUEST, ids=str)
def test_every_answer_has_the_same_bytes(services: Pair, request_: Request) -> None:
    expected, answer = services.ask(Side.ask, request_)
    assert answer == expected
    assert answer.status < 500


@pytest.mark.parametrize("address", WALKS)
def test_lists_have_the_same_pages_to_the_end(services: Pair, address: str) -> None:
    expected, pages = services.ask(Side.walk, address)
    assert pages == expected
    assert len(pages) > 2
    ids = [item["id"] for answer in pages for item in items(answer)]
    assert len(ids) == len(set(ids))
    total = json.loads(pages[0].body).get("total")
    assert total in {None, len(ids)}


def items(answer: Answer) -> list[dict[str, Any]]:
    """Return the things on a page; recommendations stand in two groups of one scene."""
    body = json.loads(answer.body)
    if "scenes" not in body:
        return list(body["items"])
    (scene,) = body["scenes"]
    return [*scene["used"], *scene["offered"]]


def test_errors_stand_among_the_requests() -> None:
    names = [str(request) for request in EVERY_REQUEST]
    assert len(names) == len(set(names))


@pytest.fixture(scope="module")
def described(
    world_store: GraphStore, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, set[str]]]:
    """Parameters and fields by operation, by the OpenAPI description and the page's routes."""
    settings = Settings(data=tmp_path_factory.mktemp("described"))
    description = create_app(settings, world_store, packaged_model()).openapi()
    found = {
        f"{method.upper()} {path}": parameters(operation, description)
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    }
    for route in (route for router in ROUTERS for route in router.routes):
        assert isinstance(route, APIRoute)
        for method in route.methods or ():
            query = set(query_parameters(route.dependant))
            body = {one.alias for one in route.dependant.body_params}
            found[f"{method} {route.path_format}"] = {"query": query, "body": body}
    return found


def parameters(operation: dict[str, Any], description: dict[str, Any]) -> dict[str, set[str]]:
    """Return the names of an operation's query parameters and of the fields of its body."""
    query = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    body: set[str] = set()
    if "requestBody" in operation:
        (content,) = operation["requestBody"]["content"].values()
        reference = content["schema"]["$ref"]
        schema = description["components"]["schemas"][reference.rsplit("/", 1)[1]]
        body = set(schema["properties"])
    return {"query": query, "body": body}


def test_no_endpoint_and_no_parameter_is_left_out(
    described: dict[str, dict[str, set[str]]],
) -> None:
    assert REQUESTS.keys() == described.keys()
    for operation, names in described.items():
        asked = REQUESTS[operation]
        query = {name for one in asked for name in parse_qs(urlsplit(one.address).query)}
        assert names["query"] - query == set(), operation
        assert names["body"] - fields(asked) == set(), operation


def fields(asked: tuple[Request, ...]) -> set[str]:
    """Return the names of all fields that bodies hold."""
    return {name for one in asked if one.body for name in fields_of(one)}


def fields_of(request: Request) -> Iterable[str]:
    """Return the names of the fields of one body."""
    if isinstance(request.body, bytes):
        return re.findall(r' name="(\w+)"', request.body.decode("latin-1"))
    return json.loads(request.body) if "json" in request.form else parse_qs(request.body)
