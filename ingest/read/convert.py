"""Conversion: a file of a kind no reader takes, made docx or xlsx by LibreOffice where it is."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Finding, Place, Severity
from ingest.read.kind import Foreign
from ingest.read.limits import MEGABYTE, Limits
from ingest.read.package import Package
from ontology.errors import UnreadableFile
from ontology.sentence import Sentence

# Macros off whatever the file says, links to other files and addresses never followed.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

MEMORY = 4 * 1024 * MEGABYTE  # for LibreOffice, which takes an eighth of it for a small file


@dataclass(frozen=True)
class _Way:
    """How a kind is converted: the ending LibreOffice knows it by, and what it becomes."""

    ending: str
    target: str


_WAYS: dict[Foreign, _Way] = {
    Foreign.DOC: _Way("doc", "docx"),
    Foreign.WPS: _Way("doc", "docx"),
    Foreign.XLS: _Way("xls", "xlsx"),
    Foreign.ET: _Way("xls", "xlsx"),
    Foreign.XML_SPREADSHEET: _Way("xml", "xlsx"),
    Foreign.WORD_XML: _Way("xml", "docx"),
    Foreign.RTF: _Way("rtf", "docx"),
    Foreign.ODT: _Way("odt", "docx"),
    Foreign.ODS: _Way("ods", "xlsx"),
    Foreign.XLSB: _Way("xlsb", "xlsx"),
}
_ADVICE: dict[Foreign, str] = {
    Foreign.MHTML: "open it and save it as docx or xlsx",
    Foreign.LOCKED_OFFICE: "open it with its password and save it without one",
    Foreign.LOCKED_ZIP: "unpack it with its password and give the files in it",
    Foreign.PRESENTATION: "give the table or text as docx, xlsx or pdf",
    Foreign.OFD: "save it as pdf",
    Foreign.HEIC: "save it as jpg or png",
    Foreign.ARCHIVE: "unpack it and give the files in it",
    Foreign.EMPTY: "there is nothing in it",
}


def office() -> str | None:
    """Return the LibreOffice program, or nothing where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(name: str, data: bytes, kind: Foreign, limits: Limits) -> tuple[bytes, Finding]:
    """Return what LibreOffice makes of a file, and that it did; raise where it cannot help."""
    way = _WAYS.get(kind)
    if way is None:
        advice = _ADVICE.get(kind, "give it as docx, xlsx, pdf, csv or html")
        raise UnreadableFile(name, f"{kind}: {advice}")
    program = office()
    if program is None:
        raise UnreadableFile(
            name, f"{kind}: save it as {way.target}, or install LibreOffice to have it converted"
        )
    if data.startswith(b"PK"):
        Package(name, data, limits).measure()
    made = _convert(program, name, data, kind, limits)
    note = Finding(
        "converted",
        Severity.NOTICE,
        Place(name),
        Sentence(
            f"{kind}文件经LibreOffice转为{way.target}后读取",
            f"{kind}: read through LibreOffice as {way.target}",
        ),
    )
    return made, note


def _convert(program: str, name: str, data: bytes, kind: Foreign, limits: Limits) -> bytes:
    way = _WAYS[kind]
    with tempfile.TemporaryDirectory(prefix="sfkg-convert-") as folder:
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        given = Path(folder, f"given.{way.ending}")
        given.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", way.target, "--outdir", str(Path(folder, "made"))),
            str(given),
        ]
        _run(command, folder, name, kind, limits.seconds)
        made = Path(folder, "made", f"given.{way.target}")
        if not made.is_file():
            raise UnreadableFile(
                name, f"{kind}: LibreOffice cannot open it; it is damaged or has a password"
            )
        limits.check("raw_bytes", made.stat().st_size, name, f"converted to {way.target}")
        return made.read_bytes()


def _run(command: list[str], folder: str, name: str, kind: Foreign, seconds: int) -> None:
    """Run LibreOffice for no longer than so many seconds, then end it with all it started."""
    nowhere = "http://127.0.0.1:9"  # where no server listens
    environment = {
        "HOME": folder,
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }
    process = subprocess.Popen(  # noqa: S603 - the program is LibreOffice, the arguments are ours
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if hasattr(resource, "prlimit"):
        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            name, f"{kind}: LibreOffice was not done with it after {seconds} seconds"
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
