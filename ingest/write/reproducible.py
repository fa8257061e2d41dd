"""Office files without the time of writing: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_TIME = rb"\g<1>1980-01-01T00:00:00Z"


def reproducible(content: bytes) -> bytes:
    """Return a docx or xlsx file with all times of writing set to one day long ago."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in given.namelist():
            body = given.read(name)
            if name == "docProps/core.xml":
                body = WRITTEN.sub(NO_TIME, body)
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, body)
    return stream.getvalue()
