"""The folder of imported texts: an edition there comes before the packaged one."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from ontology.errors import StoreError, UnknownId
from ontology.guide import Guide, imported_file


def keep(guide: Guide, folder: Path) -> None:
    """Write an edition to the folder, wholly or not at all."""
    target = imported_file(guide.edition, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f"{guide.edition}-", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(guide.to_dict(), file, ensure_ascii=False, indent=1, sort_keys=True)
        Path(name).replace(target)
    except OSError as error:
        raise StoreError(f"the guide cannot be written to {folder}: {error.strerror}") from None


def forget(edition: str, folder: Path) -> None:
    """Take an edition out of the folder, so that the packaged one counts again."""
    target = imported_file(edition, folder)
    if not target.is_file():
        known = [path.stem for path in folder.glob("*.json")] if folder.is_dir() else []
        raise UnknownId("imported guide edition", edition, known, field="edition")
    try:
        target.unlink()
    except OSError as error:
        raise StoreError(f"{target} cannot be deleted: {error.strerror}") from None
