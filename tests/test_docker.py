"""The compose file and the Dockerfile, held against what the program and the tests know."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from kg.settings import PREFIX, Settings
from tests.servers.servers import RELEASES, SETTINGS

PROJECT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
SERVICES = COMPOSE["services"]
OURS = ("api", "build")


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_the_service_is_a_setting_that_the_code_reads(name: str) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    assert set(SERVICES[name]["environment"]) <= known


def test_the_service_speaks_to_the_database_of_the_same_file() -> None:
    for name in OURS:
        assert SERVICES[name]["environment"]["SFKG_STORE"] == "neo4j://neo4j:7687"
        user = SERVICES[name]["environment"]["SFKG_NEO4J_USER"]
        assert SERVICES["neo4j"]["environment"]["NEO4J_AUTH"].startswith(f"{user}/")


def test_no_password_and_no_key_has_a_default() -> None:
    for name, variable in (("neo4j", "NEO4J_AUTH"), ("api", "SFKG_NEO4J_PASSWORD"),
                           ("build", "SFKG_NEO4J_PASSWORD"), ("api", "SFKG_KEY")):  # fmt: skip
        value = SERVICES[name]["environment"][variable]
        assert re.fullmatch(r"(neo4j/)?\$\{SFKG_[A-Z0-9_]+:\?[^}]+\}", value)


def test_the_database_is_a_release_that_the_tests_start_with_settings_that_they_use() -> None:
    assert SERVICES["neo4j"]["image"] in {
        f"neo4j:{release.version}-community" for release in RELEASES.values()
    }
    names = {
        name.removeprefix("NEO4J_").replace("__", "-").replace("_", ".").replace("-", "_")
        for name in SERVICES["neo4j"]["environment"]
    }
    assert names - {"AUTH"} <= set(SETTINGS)


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_a_user_without_rights_and_a_limit_of_memory(name: str) -> None:
    user, _, group = SERVICES[name]["user"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert SERVICES[name]["mem_limit"]
    assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_containers_wait_for_one_another_until_they_are_healthy() -> None:
    assert SERVICES["neo4j"]["healthcheck"]["test"]
    assert SERVICES["api"]["healthcheck"]["test"]
    assert SERVICES["build"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["api"]["depends_on"] == {
        "neo4j": {"condition": "service_healthy"},
        "build": {"condition": "service_completed_successfully"},
    }


def test_nothing_is_open_beyond_this_machine_and_every_volume_is_kept() -> None:
    assert "ports" not in SERVICES["neo4j"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["api"]["ports"])
    used = {place.partition(":")[0] for one in SERVICES.values() for place in one["volumes"]}
    assert used == set(COMPOSE["volumes"])


def test_the_image_holds_every_package_and_runs_without_rights() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    for package in packages:
        name = package.rstrip("*")
        assert f"COPY {name} {name}" in DOCKERFILE
    for name in OURS:
        assert SERVICES[name]["command"][0] in project["project"]["scripts"]
    assert re.search(r"^USER (?!root)\w+", DOCKERFILE, re.M)
    uid = re.search(r"--uid (\d+)", DOCKERFILE)
    assert uid
    assert SERVICES["api"]["user"].startswith(uid[1])
