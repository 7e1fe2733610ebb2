"""The file that `briefing init` writes to start from; every setting stands in it, with its default and why."""

from __future__ import annotations

from pathlib import Path

from briefing import config
from briefing.errors import ConfigError
from briefing.resources import folder

#: A folder that the file reads; without it the file would have a mistake as it is written.
INBOX = "inbox"


def starter_text() -> str:
    """Return the text of the file."""
    return (folder("templates") / config.FILE_NAME).read_text(encoding="utf-8")


def write_starter(path: Path, *, force: bool = False) -> Path:
    """Write the file, and make the folder that it reads; of a folder, its `briefing.toml`. Return where it is.

    Raises ConfigError when a file stands there already, unless `force`d, and when nothing can be written.
    """
    try:
        path = path / config.FILE_NAME if path.is_dir() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8", newline="") as file:
            file.write(starter_text())
        (path.parent / INBOX).mkdir(exist_ok=True)
    except FileExistsError as error:
        hint = "name another, or replace it by --force"
        raise ConfigError(str(error.filename or path), "it stands there already", hint=hint) from error
    except OSError as error:
        raise ConfigError(str(path), error.strerror or str(error), hint="name a place that can be written") from error
    return path
