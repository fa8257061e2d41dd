"""The Java machines of this computer."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Where systems keep them: Linux, macOS, and what version managers make.
FOLDERS = (
    "/usr/lib/jvm",
    "/usr/java",
    "/opt/java",
    "/Library/Java/JavaVirtualMachines",
    "~/.sdkman/candidates/java",
    "~/.jdks",
)


def find_java(oldest: int, newest: int = 1000) -> Path | None:
    """Return the program of the oldest Java within the range, None where there is none."""
    fitting = [(number, path) for number, path in _found() if oldest <= number <= newest]
    return min(fitting)[1] if fitting else None


@cache
def _found() -> tuple[tuple[int, Path], ...]:
    """Return major version and program of every Java machine."""
    found = {}
    for home in _homes():
        program, version = home / "bin" / "java", _version(home)
        if program.is_file() and version:
            found[program.resolve()] = version
    return tuple((version, program) for program, version in found.items())


def _homes() -> Iterator[Path]:
    if given := os.environ.get("JAVA_HOME"):
        yield Path(given)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
    for name in FOLDERS:
        folder = Path(name).expanduser()
        if folder.is_dir():
            for entry in sorted(folder.iterdir()):
                yield from (entry, entry / "Contents" / "Home")


def _version(home: Path) -> int:
    """Return the major version that the machine's `release` file tells, 0 without one."""
    release = home / "release"
    if not release.is_file():
        return 0
    told = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', release.read_text(errors="replace"), re.M)
    return int(told[1]) if told else 0
