"""Ids of things, made from official codes or from what identifies a thing, never from a counter."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from ontology.errors import InvalidValue

HASH_LENGTH = 12  # 48 bits: at a million things of one label a collision has odds of 1 in 560


# GBT 39116, SJ T 11666: letters of a Chinese body, then T or Z without its stroke.
_RECOMMENDED = re.compile(r"^([A-Z]{2}|DB\d{2})\s?([TZ])(?=\s?\d)")
_LOCAL = re.compile(r"DB\d{2}[/ ]")  # of a province: the digits are its own


def content_hash(value: object) -> str:
    """Return the SHA-256 of a JSON value in its one canonical form, as 64 hex digits."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def name_key(name: str) -> str:
    """Return what two spellings of one full name share: width, brackets, blanks and case aside.

    Legal form and place stay: companies are one only where their full names are equal.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(
        character
        for character in folded
        if not character.isspace() and unicodedata.category(character) not in {"Cf", "Cc", "Cs"}
    )
    # Folding case and dropping characters can bring together what composes to one again.
    return unicodedata.normalize("NFKC", kept)


def made_id(prefix: str, *identity: str) -> str:
    """Return an id made of the identity fields, such as `org-3f9a2c7b1d04`."""
    keys = [name_key(part) for part in identity]
    if not any(keys):
        # An empty key would make every unnamed thing one and the same.
        raise InvalidValue(prefix, identity, "has nothing that identifies it")
    return f"{prefix}-{content_hash(keys)[:HASH_LENGTH]}"


def standard_code(written: str) -> str:
    """Return a standard's code as it is printed: `gbt39116—2020` gives `GB/T 39116-2020`.

    Width, case, dashes, blanks and a missing stroke or blank are mended; a text that is no code
    comes back folded.
    """
    folded = unicodedata.normalize("NFKC", written).upper().strip()
    folded = re.sub(r"\s*[‐‑‒–—―−-]\s*", "-", folded)
    folded = re.sub(r"\s*/\s*", "/", folded)
    folded = _RECOMMENDED.sub(r"\1/\2", folded)
    if not _LOCAL.match(folded):
        folded = re.sub(r"(?<=[A-Z])\s*(?=\d)", " ", folded, count=1)
    return re.sub(r"\s+", " ", folded)


def standard_id(code: str) -> str:
    """Return the id of a standard from its code: `GB/T 39116—2020` gives `GB-T-39116-2020`."""
    folded = unicodedata.normalize("NFKC", code).upper()
    spaced = re.sub(r"([A-Z])(\d)", r"\1 \2", re.sub(r"[‐‑‒–—―−]", "-", folded))
    slug = re.sub(r"[^0-9A-Z一-鿿.]+", "-", spaced).strip("-")
    if not slug:
        raise InvalidValue("code", code, "is no standard code")
    return slug
