"""Which tests run in one process, and what is said of those left out for want of a server."""

from __future__ import annotations

from collections import Counter

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.servers.running import LEFT_OUT, stop_all
from tests.servers.servers import RELEASES

ON_BOTH = "tests/both_stores"  # asks both servers side by side

_left_out: Counter[str] = Counter()


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist tells no types
    """Gives tests of one server, and those of one file, to one process."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, name = nodeid.partition("::")
        if path.startswith(ON_BOTH):
            return ON_BOTH
        return next((release for release in RELEASES if release in name), path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Share the tests out, the large groups first, where several processes test."""
    return Together(config, log)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test that was left out for want of a server."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _, _, reason = report.longrepr[2].partition(f"{LEFT_OUT}: ")
        if reason:
            _left_out[reason] += 1


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say so after everything else, where nobody overlooks it; end the servers."""
    stop_all()
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    for reason, total in sorted(_left_out.items()):
        reporter.write_line(f"NOT RUN: {total} tests: {reason}")
