"""What `briefing make -o` writes: whole files only, and copies of what cannot be read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.group import tell
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.reread import Reread
    from briefing.types import Document


class Kept:
    """The bytes of addresses and of standard input, as they came, for whoever verifies the briefing later."""

    def __init__(self) -> None:
        self._came: dict[str, tuple[bytes, str]] = {}

    def __call__(self, data: bytes, kind: str) -> None:
        """Take note of them."""
        from briefing.sources import sha256

        self._came[sha256(data)] = data, kind

    def files(self, documents: Iterable[Document]) -> dict[str, bytes]:
        """Return the files to write beside the manifest: those that its documents were read from."""
        from briefing.verify import copy_name

        came = {document.sha256: self._came[document.sha256] for document in documents if document.sha256 in self._came}
        return {copy_name(digest, kind): data for digest, (data, kind) in came.items()}


def copies_of(read: Reread) -> dict[str, bytes]:
    """Return the copies of sources that lie beside a manifest, to be put beside the next. Raises ConfigError."""
    from briefing.verify import COPIES, kept_copy

    found = [kept_copy(document.sha256, read.path.parent) for document in read.documents]
    try:
        return {f"{COPIES}/{copy.name}": copy.read_bytes() for copy in found if copy}
    except OSError as error:
        raise ConfigError(
            str(error.filename), error.strerror or str(error), hint="run `briefing make` again"
        ) from error


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write each file beside its place and rename it: a reader never meets half a file. Raises ConfigError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(data)
            part.replace(path)
    except OSError as error:
        raise ConfigError(f"--output {folder}", error.strerror or str(error), hint="choose another folder") from error


def write_copies(folder: Path, copies: Mapping[str, bytes]) -> None:
    """Write the files that are not there yet. Raises ConfigError for one that is there with other bytes."""
    from briefing.verify import COPIES

    new: dict[str, bytes] = {}
    for name, data in copies.items():
        path = folder / name
        try:
            there = path.read_bytes() if path.exists() else None
        except OSError as error:
            raise ConfigError(f"--output {path}", error.strerror or str(error), hint="choose another folder") from error
        if there is None:
            new[name] = data
        elif there != data:
            message = "it is there with other bytes than its name says, and copies are never replaced"
            raise ConfigError(f"--output {path}", message, hint="remove it, or choose another folder")
    write_files(folder, new)
    if copies:
        number = "a copy" if len(copies) == 1 else f"copies of {len(copies)} sources"
        tell(f"kept {number} in {folder / COPIES}, for briefing verify")
