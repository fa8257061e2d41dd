"""Files sent to be read: how large they may be, their name and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, UploadFile

from ingest.read.limits import SENT

LARGEST_UPLOAD = SENT.raw_bytes + 100_000  # bytes, with what a form adds around the file
LONGEST_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


def _upload(file: UploadFile) -> Upload:
    return Upload((file.filename or "file")[-LONGEST_FILE_NAME:], file.file.read())


TheUpload = Annotated[Upload, Depends(_upload)]
