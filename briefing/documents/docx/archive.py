"""The parts of a DOCX file, unpacked and parsed within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from briefing.documents.reading import LEAVE_OUT
from briefing.errors import SourceBroken, SourceEncrypted

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: What the zip reader of the standard library raises on damaged files: a wrong password is a RuntimeError, a place
#: before the beginning a ValueError.
_UNPACKING = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError)
_ASK_AGAIN = "save it again, or the words of the article as a .txt file"


@dataclass(frozen=True, kw_only=True, slots=True)
class DOCXLimits:
    """What reading one file may cost."""

    entries: int = 10_000
    part_bytes: int = 40_000_000
    """Of one part, unpacked. A book of a thousand pages has 10 MB."""
    all_bytes: int = 100_000_000
    """Of all parts that are read, unpacked."""
    tags: int = 4_000_000
    """Of all parts that are read. In memory an element takes 30 times the room of its few letters in the file."""


class Archive:
    """A file opened for reading its parts. Raises SourceBroken and SourceEncrypted, with `location` as subject."""

    def __init__(self, data: bytes, location: str, limits: DOCXLimits) -> None:
        self.location, self.limits = location, limits
        self._left, self._tags = limits.all_bytes, limits.tags
        if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
            hint = "save a copy without a password, or the words of the article as a .txt file"
            raise SourceEncrypted(location, "the file is encrypted and wants a password", hint=hint)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNPACKING as error:
            raise self.broken("it is not a whole DOCX file") from error
        if len(self._zip.infolist()) > limits.entries:
            raise self.broken(f"it has more than {limits.entries:,} parts")

    def broken(self, message: str) -> SourceBroken:
        """Make the error that says what is wrong with the file."""
        return SourceBroken(self.location, message, hint=_ASK_AGAIN)

    def names(self, prefix: str) -> list[str]:
        """Return the parts whose names begin so and end with `.xml`, in order."""
        return sorted(n for n in self._zip.namelist() if n.startswith(prefix) and n.endswith(".xml"))

    def has(self, prefix: str) -> bool:
        """Say whether a part's name begins so, whatever kind it is."""
        return any(name.lower().startswith(prefix) for name in self._zip.namelist())

    def parse(self, name: str) -> etree._Element | None:
        """Return the root of a part; None when there is no such part."""
        data = self._read(name)
        if data is None:
            return None
        if b"<!DOCTYPE" in data[:4_096] or b"<!ENTITY" in data[:4_096]:
            # No word processor writes one; with one, a few bytes could stand for gigabytes.
            raise self.broken(f"{name} declares entities, which no DOCX file does")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.broken(f"{name} is not whole: {error.msg}") from error

    def _read(self, name: str) -> bytes | None:
        try:
            with self._zip.open(name) as part:
                data = part.read(self.limits.part_bytes + 1)
        except KeyError:
            return None
        except _UNPACKING as error:
            raise self.broken(f"{name} cannot be unpacked") from error
        self._left, self._tags = self._left - len(data), self._tags - data.count(b"<")
        if len(data) > self.limits.part_bytes:
            raise self._too_much(f"{name} unpacks to more than {self.limits.part_bytes:,} bytes")
        if self._left < 0:
            raise self._too_much(f"its parts unpack to more than {self.limits.all_bytes:,} bytes")
        if self._tags < 0:
            raise self._too_much(f"its parts have more than {self.limits.tags:,} tags")
        return data

    def _too_much(self, message: str) -> SourceBroken:
        return SourceBroken(self.location, message, hint=LEAVE_OUT)
