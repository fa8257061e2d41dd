"""What a test run says of servers: how many tests were left out, and why, in its last lines."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.servers.running import LEFT_OUT

_left_out: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test that was left out for want of a server."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _, _, reason = report.longrepr[2].partition(f"{LEFT_OUT}: ")
        if reason:
            _left_out[reason] += 1


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say so after everything else, where nobody overlooks it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    for reason, total in sorted(_left_out.items()):
        reporter.write_line(f"NOT RUN: {total} tests: {reason}")
