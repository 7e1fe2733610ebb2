"""Find `prompts/` and `templates/`, installed in a wheel or beside the package in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder of that name: `_data/<name>` of an installed package, else `<checkout>/<name>`.

    >>> (folder("templates") / "briefing.md.j2").is_file()
    True
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    raise ConfigError(name, f"this folder of the package is missing; looked in {looked}", hint="reinstall briefing")
