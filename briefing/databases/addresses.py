"""Addresses of PostgreSQL databases: what the driver is told, which schema is ours, and what of it may be printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from briefing.databases.kinds import Kind
from briefing.errors import StoreError

_SCHEME = re.compile(r"postgres(?:ql)?://", re.I)
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_OURS = "briefing"
#: Where the driver would take the rest of a password for a host, and say it.
_PASSWORD = re.compile(r"^[^:]*://[^:/?@]*:.*[@/?]", re.S)


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a database is."""

    conninfo: str = field(repr=False)
    """For the driver; may hold a password."""
    schema: str
    """A plain name, safe to be written into a statement."""
    shown: str
    """As it may be printed."""
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def masked(self, text: str) -> str:
        """Take the password out of what the driver says."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def is_address(where: str) -> bool:
    """Say whether it is meant for PostgreSQL.

    >>> is_address("postgresql://db/x"), is_address("memory.sqlite3")
    (True, False)
    """
    return bool(_SCHEME.match(where))


def address_of(where: str, kind: Kind) -> Address:
    """Read an address. Raises `StoreError`, also when the driver is not installed."""
    shown = printable(where)
    try:
        from psycopg import Error, conninfo
    except ImportError as error:
        hint = 'pip install "psycopg[binary]>=3.2"'
        raise StoreError(shown, "PostgreSQL needs psycopg, which is not installed", hint=hint) from error
    if _PASSWORD.search(where[: where.rfind("@")]):
        hint = "take it out and set PGPASSWORD, or write %40 for @, %2F for /, %3F for ?"
        raise StoreError(shown, "its password has a character that means something else in an address", hint=hint)
    plain, schema = _parted(where)
    if not _SCHEMA.fullmatch(schema):
        raise StoreError(shown, "its schema has no plain name", hint="write ?schema=, small letters, digits and _")
    try:
        values = conninfo.conninfo_to_dict(plain)
    except Error:
        # What the driver says repeats parts of the address, and so does a traceback that shows it.
        reason = "this is no address of a PostgreSQL database"
        raise StoreError(shown, reason, hint=f"write postgresql://user@host/database, or {kind.elsewhere}") from None
    secrets = tuple(str(value) for name, value in values.items() if "password" in name and value)
    return Address(conninfo=plain, schema=schema, shown=shown, secrets=secrets)


def _parted(where: str) -> tuple[str, str]:
    """Return the address for the driver, and the schema, which it does not know of."""
    head, _, query = where.partition("?")
    pairs = [pair for pair in query.split("&") if pair]
    schemas = [unquote(pair.partition("=")[2]) for pair in pairs if pair.startswith("schema=")]
    rest = "&".join(pair for pair in pairs if not pair.startswith("schema="))
    return f"{head}?{rest}" if rest else head, schemas[-1] if schemas else _OURS


def printable(where: str) -> str:
    """Return an address without its password. Where it is not plain what is one, rather too much is left out.

    >>> printable("postgresql://ann:pa/ss@db.example:5432/news?password=x&sslmode=require")
    'postgresql://ann@db.example:5432/news?sslmode=require'
    >>> printable("postgresql:///news?host=/run/postgresql"), printable("briefs/memory.sqlite3")
    ('postgresql:///news?host=/run/postgresql', 'briefs/memory.sqlite3')
    """
    scheme = _SCHEME.match(where)
    if not scheme:
        return where
    rest = re.sub(r"^([^:/?@]*):.*@", r"\1@", where[scheme.end() :], flags=re.S)
    head, mark, query = rest.partition("?")
    pairs = [pair for pair in query.split("&") if "password" not in unquote(pair.partition("=")[0]).lower()]
    return scheme[0] + head + (mark if any(pairs) else "") + "&".join(pairs)
