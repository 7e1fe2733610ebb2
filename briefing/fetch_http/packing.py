"""Undoing what a server packed, in bounded memory: a kilobyte may stand for a gigabyte."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

#: What is asked for. Brotli and zstd are not in the standard library, and save little on a page or two.
ACCEPTED = "gzip, deflate"
_GZIP = 16 + zlib.MAX_WBITS
_AT_ONCE = 1 << 18
_GZIP_MARK = b"\x1f\x8b"
_PLAIN = frozenset({"", "identity", "none"})


class TooMuch(Exception):
    """More bytes than allowed."""


class Unpackable(Exception):
    """A packing that is not known, or is broken; the message says which."""


def unpacked(pieces: Iterable[bytes], packing: str, *, max_bytes: int) -> bytes:
    """Join the pieces of a body and undo its packing. Raises TooMuch as soon as it is, and Unpackable.

    >>> unpacked([zlib.compress(b"ab" * 9)], "deflate", max_bytes=18)
    b'ababababababababab'
    """
    name = packing.strip().lower()
    if name in _PLAIN:
        return _joined(pieces, max_bytes)
    if name in {"gzip", "x-gzip"}:
        return _joined(_inflated(pieces, _GZIP), max_bytes)
    if name == "deflate":
        return _joined(_inflated(pieces, 0), max_bytes)
    raise Unpackable(f"it is packed as {name[:40]!r}, which was not asked for")


def _joined(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > max_bytes:
            raise TooMuch
    return bytes(whole)


def _inflated(pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    """Yield what the pieces stand for, little by little."""
    engine = None
    for piece in _headed(pieces):
        engine = engine or zlib.decompressobj(bits or _deflate_bits(piece))
        data, more = piece, True
        while more:
            try:
                out = engine.decompress(data, _AT_ONCE)
            except zlib.error as error:
                raise Unpackable("its packing is broken") from error
            yield out
            data = engine.unconsumed_tail
            # All input may be taken in while output is still waiting.
            more = bool(data) or len(out) == _AT_ONCE
            if engine.eof and engine.unused_data.startswith(_GZIP_MARK):
                # Some servers write several archives in a row; other bytes at the end are no part of the page.
                data, more = engine.unused_data, True
                engine = zlib.decompressobj(bits)
    if engine is not None and not engine.eof:
        raise Unpackable("its packing ends too early")


def _headed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, the first two of them together."""
    rest = iter(pieces)
    head = b""
    for piece in rest:
        head += piece
        if len(head) > 1:
            break
    if head:
        yield head
    yield from rest


def _deflate_bits(data: bytes) -> int:
    """Tell the two things apart that servers call deflate: with the header of zlib, as the standard wants, or bare."""
    has_header = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
