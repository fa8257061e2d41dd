"""HEAD is answered as GET is, without the body."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    "address",
    ["/", "/health/ready", "/v1/cases?q=表面缺陷检测", "/v1/cases?q=", "/v1/nothing/here"],
)
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    whole, bare = client.get(address), client.head(address)
    assert bare.content == b""
    assert bare.status_code == whole.status_code
    changing = {"date", "x-request-id"}
    told = {name: bare.headers[name] for name in bare.headers if name not in changing}
    assert told == {name: whole.headers[name] for name in told}
    assert int(told["content-length"]) == len(whole.content)


@pytest.mark.parametrize("address", ["/v1/match", "/v1/annex4/check"])
def test_what_is_only_sent_to_says_so(client: TestClient, address: str) -> None:
    for refused in (client.get(address), client.head(address)):
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_page_says_what_may_be_asked_of_it(client: TestClient) -> None:
    assert client.delete("/").headers["allow"] == "GET"


def test_head_of_what_is_held_says_so(client: TestClient) -> None:
    address = "/v1/cases?q=表面缺陷检测"
    tag = client.get(address).headers["etag"]
    again = client.head(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["etag"]) == (304, tag)
