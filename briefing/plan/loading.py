"""The file that says what `briefing daily` does: read, and every mistake in it named with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import config
from briefing.errors import ConfigError
from briefing.plan.model import Plan

if TYPE_CHECKING:
    from briefing.plan.faults import Wrong
    from briefing.plan.places import Path as Loc
    from briefing.plan.places import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """Something in the file that cannot be so."""

    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    key: str
    """What it is about, `daily.feeds[2]` for the second feed; empty where the file is no TOML."""
    message: str
    """Never a password, nor what stands under a name that is not known."""
    hint: str
    passing: bool = False
    """Whether it may be otherwise tomorrow, such as a folder that is not there: a run goes on and says so."""


def load_plan(path: Path) -> Plan:
    """Return what a file plans. Raises ConfigError for the first mistake; what is passing is none here."""
    plan, found = _examined(path)
    grave = [mistake for mistake in found if not mistake.passing]
    if plan is None or grave:
        first = grave[0]
        more = f"; {len(grave) - 1} more, which `briefing daily --check` names" if grave[1:] else ""
        subject = ": ".join(filter(None, (f"{path}:{first.line}", first.key)))
        raise ConfigError(subject, f"{first.message}{more}", hint=first.hint)
    return plan


def mistakes(path: Path) -> tuple[Mistake, ...]:
    """Return every mistake of a file, in the order of its lines. Raises ConfigError when it cannot be read at all."""
    return _examined(path)[1]


def _examined(path: Path) -> tuple[Plan | None, tuple[Mistake, ...]]:
    # Here, because importing pydantic is slow.
    from briefing.plan import faults, places, statements

    text = config.read_file(path).replace("\r\n", "\n")
    sound = statements.read(text)
    lines, offsets = places.Lines(text), places.offsets(text, sound.statements)
    plan, wrong = _meant(sound.values, path.absolute())
    found = [_mistake(lines.place(slip.start), "", slip.message, slip.hint) for slip in sound.slips]
    for each in [*faults.of_settings(_others(sound.values)), *wrong]:
        if not (each.absent and sound.slips):
            place = lines.place(_nearest(each.loc, offsets))
            found.append(_mistake(place, key_of(each.loc), each.message, each.hint, passing=each.passing))
    return plan, tuple(sorted(found, key=lambda mistake: (mistake.line, mistake.column)))


def _meant(values: Mapping[str, Any], path: Path) -> tuple[Plan | None, list[Wrong]]:
    from briefing.plan import faults, shape, together

    if config.DAILY not in values:
        hint = "write its head, [daily], and below it what to read; `briefing init` writes a file to start from"
        return None, [faults.Wrong(loc=(config.DAILY,), message="no such table", hint=hint, absent=True)]
    daily = values[config.DAILY]
    table, wrong = faults.of_daily(daily)
    further = together.check(daily, path.parent) if isinstance(daily, dict) else ()
    return shape.plan_of(table, path) if table else None, [*wrong, *further]


def _others(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != config.DAILY}


def _nearest(loc: Loc, offsets: Mapping[Loc, int]) -> int:
    """Return where something stands, or else the innermost that holds it."""
    return next((offsets[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in offsets), 0)


def _mistake(place: Place, key: str, message: str, hint: str, *, passing: bool = False) -> Mistake:
    return Mistake(line=place.line, column=place.column, key=key, message=message, hint=hint, passing=passing)


def key_of(loc: Loc) -> str:
    """Write a place as a reader counts, from 1.

    >>> key_of(("daily", "feeds", 1)), key_of(("daily", "topic", 0, "name"))
    ('daily.feeds[2]', 'daily.topic[1].name')
    """
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")
