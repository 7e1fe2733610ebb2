"""`briefing review`, `briefing render` and `briefing decisions`: what an editor does with a briefing that was made."""

from __future__ import annotations

import getpass
import os
import secrets
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.finding import manifest_argument, moved, moved_option, reread_manifest
from briefing.cli.group import (
    EXIT_CODES,
    entailment_setting,
    finish,
    main,
    settings_of,
    source_settings,
    store_setting,
    tell,
    write_out,
)
from briefing.cli.making import moment_of
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.decisions import Entry, Standing, Subject
    from briefing.reread import Reread
    from briefing.types import Briefing
    from briefing.web import Password

PASSWORD = "BRIEFING_REVIEW_PASSWORD"  # noqa: S105 - the name of a variable
_SHORTEST = 8


@main.command()
@manifest_argument
@click.option("--as", "--reviewer", "reviewer", help="Whose decisions these are. [the login name]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Listen on this port. [a free one]")
@click.option("--host", default="127.0.0.1", help="Listen here; other than this computer only with --public.")
@click.option("--public", is_flag=True, help=f"Let other computers in, with a password ({PASSWORD}, or asked for).")
@click.option("--no-open", is_flag=True, help="Open no browser.")
@moved_option
@entailment_setting
@source_settings
@store_setting
def review(
    manifest: Path | None, port: int, host: str, public: bool, no_open: bool, sources: tuple[str, ...], **settings: Any
) -> None:
    """Serve the review page of a briefing.json, and keep what is decided there.

    Without a name: briefing.json here or in out/. Prints the address, which holds a secret; Ctrl-C ends it. With
    --public, put a server that speaks TLS in front: this one does not.
    """
    from briefing import web
    from briefing.config import store_path
    from briefing.publishing import require_reviewable
    from briefing.store import open_store

    def run() -> int:
        config = settings_of(settings)
        _require_private(host, public)
        password = _password() if public else None
        read = reread_manifest(manifest, moved(sources), config)
        require_reviewable(read.briefing, read.path)
        _tell_problems(read)
        with open_store(store_path(config)) as store:
            desk = web.Desk(read, store.decisions, entailment=config.entailment)
            listening, place = web.bound(host, port)
            token = secrets.token_urlsafe(32)
            door = web.Door(token=token, hosts=frozenset() if public else place.hosts, password=password)
            write_out(f"{place.url}{token}/\n")
            tell("Ctrl-C ends the review; every decision is kept as it is made")
            if not no_open and not public:
                _open(f"{place.url}{token}/")
            web.serve(web.review_app(desk, door, who=reviewer_of(config)), listening)
        return 0

    finish(run)


def _require_private(host: str, public: bool) -> None:
    from briefing.web.serving import is_loopback

    if not public and not is_loopback(host):
        message = "other computers could reach it"
        raise ConfigError(f"--host {host}", message, hint="leave it out, or add --public and a password")


def _password() -> Password:
    """Ask for the password where the environment has none. Raises ConfigError for one that is soon guessed."""
    from briefing.web import Password

    given = os.environ.get(PASSWORD)
    if given is None and sys.stdin.isatty():
        given = click.prompt("Password for reviewers", hide_input=True, err=True)
    if given is None or len(given) < _SHORTEST:
        message = f"needs a password of at least {_SHORTEST} characters"
        raise ConfigError("--public", message, hint=f"set {PASSWORD}, or start it at a terminal")
    return Password(digest=Password.digested(given))


def reviewer_of(config: Config) -> str:
    """Return whose decisions are made: as set, else the login name."""
    if config.reviewer and config.reviewer.strip():
        return config.reviewer.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


def _open(url: str) -> None:
    import webbrowser

    try:
        webbrowser.open(url)
    except webbrowser.Error as error:
        tell(f"no browser was opened: {error}")


def _tell_problems(read: Reread) -> None:
    for problem in (*read.verification.unreadable, *read.verification.disagreements):
        tell(f"not as it was: {problem.where}: {problem.message}")


@main.command(epilog=EXIT_CODES)
@manifest_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write briefing.md, briefing.json and review.html here."
)
@click.option("--signed-off-by", metavar="NAME", help="Who answers for the review.")
@click.option("--as-of", help="Date and time of the review, ISO 8601; without a zone, UTC. [now]")
@click.option("--with-comments", is_flag=True, help="Print what reviewers said about published claims too.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest instead of Markdown.")
@click.option("--strict", is_flag=True, help="Fail on a stale decision, and on an edit that does not pass the checks.")
@moved_option
@entailment_setting
@source_settings
@store_setting
def render(
    manifest: Path | None,
    output: Path | None,
    signed_off_by: str | None,
    as_of: str | None,
    with_comments: bool,
    as_json: bool,
    strict: bool,
    sources: tuple[str, ...],
    **settings: Any,
) -> None:
    """Publish a briefing.json after its review: rejected claims out, edited ones in if they pass the checks."""
    from briefing import publishing
    from briefing.cli.keeping import copies_of, write_copies, write_files
    from briefing.edits import Edits
    from briefing.render import briefing_files, markdown
    from briefing.render import manifest as as_manifest

    def run() -> int:
        config = settings_of(settings)
        read = reread_manifest(manifest, moved(sources), config)
        _require_elsewhere(output, read.path)
        publishing.require_reviewable(read.briefing, read.path)
        publishing.require_whole(read)
        sign_off = publishing.SignOff(by=signed_off_by, on=moment_of(as_of))
        made = publishing.publish(
            read, held_for(read.briefing, config), Edits(read, entailment=config.entailment), sign_off
        )
        if output:
            write_copies(output, copies_of(read))
            write_files(output, briefing_files(made, with_comments=with_comments))
        else:
            write_out(as_manifest(made) if as_json else markdown(made, with_comments=with_comments))
        return _tell_review(made, strict=strict)

    finish(run)


def _require_elsewhere(output: Path | None, manifest: Path) -> None:
    if output and output.resolve() == manifest.parent.resolve():
        message = "the briefing that was reviewed lies there, and decisions are made about that one"
        raise ConfigError(f"--output {output}", message, hint="choose another folder")


def _tell_review(made: Briefing, *, strict: bool) -> int:
    """Say what was not applied and what did not pass; 1 for either with `strict`."""
    from briefing.types import Action

    review = made.review
    stale = review.stale if review else ()
    for one in stale:
        tell(f"stale, not applied: {one.claim}: {one.decision.action} by {one.decision.who}: {one.because}")
    failed = [c for c in made.withheld if c.decision and c.decision.action is Action.EDIT]
    for claim in failed:
        why = "; ".join(finding.detail for finding in claim.findings) or claim.verdict
        tell(f"edited, and withheld all the same: {claim.id}: {why}")
    return 1 if strict and (stale or failed) else 0


def held_for(briefing: Briefing, config: Config) -> Mapping[str, Standing]:
    """Return what holds for the claims of a briefing."""
    from briefing import decisions

    subjects = decisions.subjects_of(briefing)
    return decisions.standings(subjects, entries_about(subjects.values(), config))


def entries_about(subjects: Iterable[Subject], config: Config) -> tuple[Entry, ...]:
    """Return what the store knows about these; nothing where there is no store yet."""
    from briefing.cli.storing import SharedStore

    with SharedStore(config) as shared:
        store = shared.existing()
        return store.decisions.entries(subjects) if store else ()
