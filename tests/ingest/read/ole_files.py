"""OLE files made by hand: what .doc, .xls, .et and locked Office files are on the outside."""

from __future__ import annotations

import struct

SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SHORTEST = 4096  # a shorter stream would have to go into a stream of its own kind


def ole(**streams: bytes) -> bytes:
    """Return an OLE file with these streams, at most three; `_` in a name stands for a blank."""
    padded = {
        name.replace("_", " "): data.ljust(_SHORTEST, b"\0") for name, data in streams.items()
    }
    chain, starts, content = [_TABLE, _END], [], b""
    for data in padded.values():
        count = -(-len(data) // SECTOR)
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
        content += data.ljust(count * SECTOR, b"\0")
    entries = _entry("Root Entry", 5, _END, 0, child=1 if padded else _FREE)
    for place, ((name, data), start) in enumerate(zip(padded.items(), starts, strict=True), 1):
        right = place + 1 if place < len(padded) else _FREE
        entries += _entry(name, 2, start, len(data), right=right)
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    return _header() + table + entries.ljust(SECTOR, b"\0") + content


def _entry(
    name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE
) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack(
        "<HBB3I", len(written), kind, 1, _FREE, right, child
    )
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def _header() -> bytes:
    magic = bytes.fromhex("d0cf11e0a1b11ae1").ljust(24, b"\0")
    fixed = struct.pack("<5H6x4I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    rest = struct.pack("<6I", _SHORTEST, _END, 0, _END, 0, 0) + b"\xff" * 4 * 108
    return (magic + fixed + rest).ljust(SECTOR, b"\0")
