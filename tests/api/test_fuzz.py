"""Whatever the OpenAPI description allows, the service answers with a problem or an answer."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

OPERATIONS = (
    ("POST", "/v1/match"),
    ("GET", "/v1/cases"),
    ("POST", "/v1/cases"),
    ("GET", "/v1/recommendations"),
    ("POST", "/v1/recommendations"),
    ("GET", "/v1/instances"),
    ("GET", "/v1/solutions"),
    ("GET", "/v1/standards"),
    ("GET", "/v1/factories"),
    ("GET", "/v1/{kind}/{name}"),
)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_generated_requests_never_break_the_service(
    client: TestClient, method: str, path: str
) -> None:
    operation = schemathesis.openapi.from_asgi("/openapi.json", client.app)[path][method]

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def check(case: schemathesis.Case[Any]) -> None:
        response = case.call()
        case.validate_response(response, checks=[not_a_server_error])
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"]

    check()
