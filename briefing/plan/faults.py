"""What is wrong with the values of a file, told to whoever wrote it: what stands there, and what should.

Nothing that stands under an unknown name is repeated: it may be a password.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from briefing import config
from briefing.config import DAILY, abridged
from briefing.plan import fields
from briefing.plan.places import Path
from briefing.plan.shape import DailyTable, MailTable, Table, TopicTable, WebhookTable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """Something that cannot be so; `loc` leads to it from the top of the file."""

    loc: Path
    message: str
    hint: str
    passing: bool = False
    """Whether it may be otherwise tomorrow: a run goes on without it and says so."""
    absent: bool = False
    """Whether something is wanting: nobody can tell while parts of the file cannot be read."""


def _names(table: type[Table]) -> tuple[str, ...]:
    return tuple(info.alias or name for name, info in table.model_fields.items())


#: The tables of the file by their heads, with the names that may stand in them.
TABLES: Mapping[str, tuple[str, ...]] = {
    "": (*config.NAMES, DAILY),
    "[daily]": _names(DailyTable),
    "[[daily.topic]]": _names(TopicTable),
    "[daily.mail]": _names(MailTable),
    "[daily.webhook]": _names(WebhookTable),
}
_SUBTABLES = {"topic": "[[daily.topic]]", "mail": "[daily.mail]", "webhook": "[daily.webhook]"}


def of_settings(values: Mapping[str, Any]) -> Iterator[Wrong]:
    """Yield what is wrong with the settings of every command, which `config` judges.

    >>> for wrong in of_settings({"jobs": 0, "feeds": [], "max_claim": 3}):
    ...     print(wrong.loc, wrong.message, "·", wrong.hint)
    ('jobs',) Input should be greater than or equal to 1 (got 0) · `briefing make --help` says what it may be
    ('feeds',) no setting of this name · it stands below [daily]
    ('max_claim',) no setting of this name · did you mean max_claims?
    """
    for fault in config.check(values)[1]:
        if fault.name in config.NAMES:
            hint = "`briefing make --help` says what it may be"
            yield Wrong(loc=(fault.name,), message=fault.message, hint=hint)
        else:
            yield _unknown((fault.name,))


def of_daily(values: object) -> tuple[DailyTable | None, tuple[Wrong, ...]]:
    """Return the table and what is wrong with each of its settings; None when anything is."""
    try:
        return DailyTable.model_validate(values), ()
    except ValidationError as error:
        return None, tuple(_wrong(each) for each in error.errors(include_url=False))


# In our words
# ------------


def _wrong(error: ErrorDetails) -> Wrong:
    loc: Path = (DAILY, *error["loc"])
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(loc)
    if kind == "missing":
        return Wrong(loc=loc, message="this is missing", hint=f"write {_EXAMPLES[loc[-1]]}", absent=True)
    if kind == "plan":
        return Wrong(loc=loc, message=context["said"], hint=context["hint"])
    if kind == "literal_error":
        value = fields.named(given) if isinstance(given, str) else "this"
        return Wrong(loc=loc, message=f"{value} is none of its values", hint=f"write {context['expected']}")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {context['ge']:g}" if "ge" in context else f"at most {context['le']:g}"
        return Wrong(loc=loc, message=f"{abridged(given)} is out of range", hint=f"write {bound}")
    message, hint = _KINDS.get(kind, (error["msg"], "mend it"))
    return Wrong(loc=loc, message=message, hint=_brackets(loc) if kind in ("list_type", "model_type") else hint)


_KINDS = {
    "string_type": ("this must be text in quotes", 'write it as "…"'),
    "int_type": ("this must be a whole number", "write digits without quotes"),
    "int_from_float": ("this must be a whole number", "write digits without quotes"),
    "float_type": ("this must be a number", "write it without quotes"),
    "finite_number": ("this must be a number", "write digits"),
    "bool_type": ("this must be true or false", "write it without quotes"),
    "list_type": ("this must be a list", ""),
    "model_type": ("this must be a table", ""),
    "too_short": ("an empty list", "name at least one"),
}
_EXAMPLES: Mapping[str | int, str] = {
    "name": 'name = "Ferries"',
    "keywords": 'keywords = ["ferry", "harbour master"]',
    "host": 'host = "smtp.example.org"',
    "from": 'from = "desk@example.org"',
    "to": 'to = ["editors@example.org"]',
    "address": 'address = "https://…"',
}


def _brackets(loc: Path) -> str:
    """Say how a list or a table of this name is written."""
    head = "[daily]" if len(loc) == 1 else _SUBTABLES.get(str(loc[1])) if len(loc) == 2 else None
    return f"write its head as {head}" if head else 'write it in brackets: ["…", "…"]'


def _unknown(loc: Path) -> Wrong:
    """Say what a name that is not known may have meant, and never what stands under it."""
    name, head = str(loc[-1]), _head(loc)
    close = difflib.get_close_matches(name.casefold()[:60], TABLES[head], n=1, cutoff=0.7)
    elsewhere = [other for other, names in TABLES.items() if name in names and other != head]
    if name in _SUBTABLES:
        hint = f"write its head as {_SUBTABLES[name]}"
    elif elsewhere:
        hint = f"it stands below {elsewhere[0]}" if elsewhere[0] else "it stands at the top of the file, above [daily]"
    elif close:
        hint = f"did you mean {close[0]}?"
    elif _SECRET.search(name):
        return Wrong(loc=loc, message="no password or key may stand in this file", hint=_of_environment(head))
    else:
        hint = f"known here are {', '.join(TABLES[head])}"
    return Wrong(loc=loc, message="no setting of this name", hint=hint)


_SECRET = re.compile(r"passw|passphrase|secret|credential|api[_-]?key|(?:^|[_-])(?:pass|pwd|key|token)$", re.I)


def _head(loc: Path) -> str:
    if len(loc) == 1:
        return ""
    return "[daily]" if len(loc) == 2 else _SUBTABLES[str(loc[1])]


def _of_environment(head: str) -> str:
    variables = {
        "[daily.mail]": "set BRIEFING_SMTP_PASSWORD in the environment",
        "[daily.webhook]": "set BRIEFING_WEBHOOK_SECRET in the environment",
        "[daily]": "set PGPASSWORD, BRIEFING_SMTP_PASSWORD or BRIEFING_WEBHOOK_SECRET in the environment",
    }
    return f"{variables.get(head, 'set OPENAI_API_KEY in the environment')}, and take it out here"
