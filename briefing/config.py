"""Settings: defaults, then `briefing.toml`, then the environment, then arguments; each knows where it was set.

Keys are not settings: `OPENAI_API_KEY` is read where the client is made and stored nowhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from briefing.errors import ConfigError

FILE_NAME = "briefing.toml"
#: The table of `briefing.toml` that says what `briefing daily` does; it is read beside this, in `plan`.
DAILY = "daily"
#: A file that is larger was not written by hand.
MAX_FILE_BYTES = 1_000_000
#: Environment variable of each setting that has one.
VARIABLES = {
    "model": "BRIEFING_MODEL",
    "base_url": "OPENAI_BASE_URL",
    "context_tokens": "BRIEFING_CONTEXT_TOKENS",
    "judge": "BRIEFING_JUDGE",
    "max_claims": "BRIEFING_MAX_CLAIMS",
    "max_source_bytes": "BRIEFING_MAX_SOURCE_BYTES",
    "jobs": "BRIEFING_JOBS",
    "repairs": "BRIEFING_REPAIRS",
    "cross_check": "BRIEFING_CROSS_CHECK",
    "max_cost": "BRIEFING_MAX_COST",
    "max_tokens": "BRIEFING_MAX_TOKENS",
    "timeout": "BRIEFING_TIMEOUT",
    "run_timeout": "BRIEFING_RUN_TIMEOUT",
    "store": "BRIEFING_STORE",
    "entailment": "BRIEFING_ENTAILMENT",
    "fetch_timeout": "BRIEFING_FETCH_TIMEOUT",
    "allow_private": "BRIEFING_ALLOW_PRIVATE",
    "ignore_robots": "BRIEFING_IGNORE_ROBOTS",
    "offline": "BRIEFING_OFFLINE",
    "reviewer": "BRIEFING_REVIEWER",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Every setting of a run. `set_by` names, per setting, the place that decided it."""

    model: str | None = None
    """A model's name on the server; None drafts extractively."""
    base_url: str | None = None
    """Of an OpenAI-compatible server; None is OpenAI's own."""
    context_tokens: int | None = None
    """Tokens that prompt and reply may take together; None is what the server says, else 128,000."""
    judge: str | None = None
    """A model on the same server, asked about what the checks leave open; None asks nobody."""
    max_claims: int = 15
    """Claims per story."""
    max_source_bytes: int = 20_000_000
    jobs: int = 4
    """Calls to the model at a time."""
    repairs: int = 1
    """How often a claim that failed a check goes back to the model."""
    cross_check: bool = False
    """Whether the model is also asked which sentences of different sources contradict one another."""
    max_cost: float | None = None
    """US dollars that a run may cost; None is no limit."""
    max_tokens: int | None = None
    """Tokens that a run may take, prompts and replies together; None is no limit."""
    timeout: float = 600.0
    """Seconds that a call may take. Without a GPU a small model takes minutes over a long prompt."""
    run_timeout: float | None = None
    """Seconds that all calls of a run may take together; None is no limit."""
    store: str | None = None
    """File that keeps every call and page; None is `briefing/calls.sqlite3` in the user's data folder."""
    entailment: bool = True
    """Whether the entailment model that ships weighs the meaning of reworded claims; else the rules decide alone."""
    fetch_timeout: float = 30.0
    """Seconds that an address may take, its redirects included; waiting for one's turn at a host is not counted."""
    allow_private: bool = False
    """Whether addresses inside private networks, this computer's own among them, may be fetched."""
    ignore_robots: bool = False
    """Whether pages are fetched that their host's robots.txt keeps programs from."""
    offline: bool = False
    """Whether every address is refused."""
    reviewer: str | None = None
    """Whose decisions those on the review page are; None is the login name."""
    set_by: Mapping[str, str] = field(default_factory=dict, compare=False)


def store_path(config: Config) -> Path:
    """Return where calls are kept.

    >>> store_path(Config(store="calls.sqlite3"))
    PosixPath('calls.sqlite3')
    """
    if config.store:
        return Path(config.store).expanduser()
    from platformdirs import user_data_path

    return user_data_path("briefing") / "calls.sqlite3"


def without_password(address: str | None) -> str | None:
    """Mask what stands before the `@` of an address.

    >>> without_password("https://me:secret@host/v1")
    'https://…@host/v1'
    """
    return address and re.sub(r"(?<=://)[^/@]*@", "…@", address)


NAMES = tuple(f.name for f in fields(Config) if f.name != "set_by")


def load(arguments: Mapping[str, Any], *, environ: Mapping[str, str], folder: Path, file: Path | None = None) -> Config:
    """Merge the four places; an argument of None was not given. `file` stands for the `briefing.toml` of `folder`.

    Raises ConfigError naming the place and the value.

    >>> config = load({"max_claims": 5}, environ={"BRIEFING_MODEL": "m"}, folder=Path("/nonexistent"))
    >>> config.max_claims, config.set_by["max_claims"], config.set_by["model"], config.set_by["base_url"]
    (5, 'argument', 'environment BRIEFING_MODEL', 'default')
    """
    values: dict[str, Any] = {}
    set_by = dict.fromkeys(NAMES, "default")
    for place, found in (
        *_from_file(folder / FILE_NAME if file is None else file, wanted=file is not None),
        *_from_environment(environ),
        ("argument", {name: value for name, value in arguments.items() if value is not None}),
    ):
        values |= _checked(found, place)
        set_by |= dict.fromkeys(found, place)
    return Config(**values, set_by=set_by)


def read_file(path: Path) -> str:
    """Return the text of a file of settings; a byte order mark is no part of it. Raises ConfigError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        hint = "`briefing init` writes one to start from"
        raise ConfigError(str(path), error.strerror or str(error), hint=hint) from error
    if len(data) > MAX_FILE_BYTES:
        raise ConfigError(str(path), f"more than {MAX_FILE_BYTES:,} bytes", hint="name a file of settings")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}", "bytes that are not UTF-8", hint="save the file as UTF-8") from error


def _from_file(path: Path, *, wanted: bool) -> list[tuple[str, dict[str, Any]]]:
    if not wanted and not path.is_file():
        return []
    try:
        values = tomllib.loads(read_file(path))
    except (ValueError, RecursionError) as error:
        hint = "mend or remove the line it names"
        raise ConfigError(str(path), f"not valid TOML: {error}", hint=hint) from error
    values.pop(DAILY, None)
    store = values.get("store")
    if isinstance(store, str) and store and not store.startswith("~"):
        values["store"] = str(path.parent / store)
    return [(f"file {path}", values)]


def _from_environment(environ: Mapping[str, str]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"environment {variable}", {name: environ[variable]})
        for name, variable in VARIABLES.items()
        if environ.get(variable)
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A setting that cannot be as it is given."""

    name: str
    message: str
    hint: str


def _checked(values: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Check names and types strictly; text from the environment may spell a number or a yes."""
    checked, faults = check(values, strict=not place.startswith("environment"))
    if faults:
        raise ConfigError(f"{place}: {faults[0].name}", faults[0].message, hint=faults[0].hint)
    return checked


def check(values: Mapping[str, Any], *, strict: bool = True) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return the settings as they are meant, or everything that is wrong with them.

    >>> for fault in check({"jobs": 0, "offline": 1})[1]:
    ...     print(fault.name, "·", fault.message)
    jobs · Input should be greater than or equal to 1 (got 0)
    offline · Input should be a valid boolean (got 1)
    """
    from pydantic import BaseModel, ConfigDict, Field, ValidationError

    class Settings(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=strict)
        model: str | None = Field(default=None, pattern=r"^[^\x00-\x1f]+$")
        judge: str | None = Field(default=None, pattern=r"^[^\x00-\x1f]+$")
        base_url: str | None = Field(default=None, pattern=r"^https?://")
        context_tokens: int | None = Field(default=None, ge=2_000)
        max_claims: int = Field(default=1, ge=1, le=1_000)
        max_source_bytes: int = Field(default=1, ge=1)
        jobs: int = Field(default=1, ge=1, le=64)
        repairs: int = Field(default=1, ge=0, le=2)
        max_cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
        max_tokens: int | None = Field(default=None, ge=0)
        timeout: float = Field(default=1, gt=0, allow_inf_nan=False)
        run_timeout: float | None = Field(default=None, gt=0, allow_inf_nan=False)
        entailment: bool = True
        fetch_timeout: float = Field(default=1, gt=0, allow_inf_nan=False)
        allow_private: bool = False
        ignore_robots: bool = False
        offline: bool = False
        reviewer: str | None = Field(default=None, pattern=r"^[^\x00-\x1f\x7f]{1,80}$")
        cross_check: bool = False
        store: str | None = Field(default=None, pattern=r"^[^\x00]+$")

    try:
        return Settings.model_validate(values).model_dump(exclude_unset=True), ()
    except ValidationError as error:
        return {}, tuple(_fault(e["loc"], e["msg"], e["input"]) for e in error.errors(include_url=False))


def _fault(loc: tuple[int | str, ...], message: str, value: object) -> Fault:
    name = ".".join(str(part) for part in loc)
    # What stands under a name that is none of ours, or in an address, may be a key: it is not repeated.
    shown = f" (got {abridged(value)})" if name in NAMES and name != "base_url" else ""
    return Fault(name=name, message=f"{message}{shown}", hint=f"settings are {', '.join(NAMES)}")


def abridged(value: object) -> str:
    """Return a value of TOML as a message may repeat it.

    >>> abridged("a" * 100), abridged(10 ** 5000)
    ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…", 'a number of thousands of digits')
    """
    try:
        written = repr(value)
    except ValueError:
        return "a number of thousands of digits"
    return written if len(written) <= 60 else f"{written[:60]}…"
