"""`briefing make`: the main job."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.group import (
    EXIT_CODES,
    entailment_setting,
    fetch_settings,
    finish,
    main,
    no_cache_option,
    server_settings,
    settings_of,
    source_settings,
    tell,
    tell_unread,
    write_out,
)
from briefing.cli.progress import Progress
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.types import Briefing


@main.command(epilog=EXIT_CODES)
@click.argument("locations", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write briefing.md, briefing.json and review.html here."
)
@click.option("--title", help="Title of the briefing. [that of its only story, or the date]")
@click.option("--max-claims", type=int, help="At most this many claims per story. [15]")
@click.option("--one-story", is_flag=True, help="Take all sources for one story. [they are grouped by event]")
@click.option("--as-of", help="Date and time of the briefing, ISO 8601; without a zone, UTC. [now]")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest instead of Markdown.")
@click.option("--strict", is_flag=True, help="Fail on anything unread, withheld, disputed or partly supported.")
@entailment_setting
@source_settings
@fetch_settings
@server_settings
@click.option("--context-tokens", type=int, help="What prompt and reply may take together. [the server's, or 128000]")
@click.option("--judge", help="Ask this model of the same server about what the checks leave open. [nobody]")
@click.option("--jobs", type=int, help="Ask for this many replies at a time. [4]")
@click.option("--repairs", type=int, help="How often a claim that failed goes back to the model: 0, 1 or 2. [1]")
@click.option("--cross-check/--no-cross-check", default=None, help="Also ask the model where sources contradict. [no]")
@click.option("--max-cost", type=float, help="US dollars that this run may cost. [no limit]")
@click.option("--max-tokens", type=int, help="Tokens that this run may take, prompts and replies. [no limit]")
@no_cache_option
@click.option("--dry-run", is_flag=True, help="Print what would be sent, to whom and at what price; send nothing.")
def make(
    locations: tuple[str, ...],
    output: Path | None,
    title: str | None,
    one_story: bool,
    as_of: str | None,
    as_json: bool,
    strict: bool,
    fresh: bool,
    dry_run: bool,
    **settings: Any,
) -> None:
    """Make one briefing from files, folders, addresses (https://…) or standard input (-)."""
    from briefing import pipeline, render
    from briefing.cli.asking import asking
    from briefing.cli.fetching import fetching
    from briefing.cli.keeping import Kept, write_copies, write_files
    from briefing.cli.planning import print_plan
    from briefing.cli.storing import SharedStore
    from briefing.fetch import shown
    from briefing.sources import ReadLimits

    def run() -> int:
        config = settings_of(settings)
        job = pipeline.Job(
            locations=locations,
            as_of=moment_of(as_of),
            title=title,
            max_claims=config.max_claims,
            one_story=one_story,
            limits=ReadLimits(max_bytes=config.max_source_bytes),
            repairs=config.repairs,
            jobs=config.jobs,
            entailment=config.entailment,
            cross_check=config.cross_check,
        )
        kept = Kept()
        with SharedStore(config) as store, fetching(config, store, fresh=fresh) as web:
            if dry_run:
                print_plan(config, job, store, web, fresh=fresh, as_json=as_json)
                return 0
            with asking(config, store, fresh=fresh, settings={"sources": [shown(each) for each in locations]}) as asked:
                with Progress(sys.stderr, detail=lambda: asked.progress() or web.progress()) as progress:
                    made = pipeline.make(
                        replace(job, secret=asked.secret),
                        model=asked.model,
                        judge=asked.judge,
                        admit=asked.admit,
                        report=progress,
                        fetcher=web,
                        keep=kept,
                    )
                if output:
                    write_copies(output, kept.files(made.documents))
                    files = render.briefing_files(made)
                    write_files(output, files)
                    tell(f"wrote {', '.join(str(output / name) for name in files)}")
                else:
                    write_out(render.manifest(made) if as_json else render.markdown(made))
        tell_unread(made.unread)
        _tell_refused(made)
        _tell_misjudged(made)
        return _strict_code(made) if strict else 0

    finish(run)


def moment_of(text: str | None) -> datetime:
    """Read `--as-of`; now, without one. Raises ConfigError."""
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f"--as-of {text}", "not a date", hint="write it as 2026-03-04 or 2026-03-04T08:00") from error


def _tell_refused(made: Briefing) -> None:
    """Say once per kind what is missing because a call failed or its reply could not be used."""
    kinds: dict[str, list[str]] = {}
    for refusal in made.refused:
        kinds.setdefault(refusal.error.partition(":")[0], []).append(refusal.error)
    for errors in kinds.values():
        tell(f"not used: {len(errors)} of what was asked, for example {errors[0]}")


def _tell_misjudged(made: Briefing) -> None:
    for claim in made.provenance.misjudged:
        tell(f"the checker failed its own test, so this briefing is not verified: it misjudged {claim}")


def _strict_code(made: Briefing) -> int:
    from briefing.types import Assessment, Verdict

    if made.unread:
        return 3
    partly = any(claim.checked.verdict is not Verdict.SUPPORTED for claim in made.claims)
    unsettled = any(dispute.assessment is not Assessment.SUPERSEDED for dispute in made.disputes)
    failed = made.withheld or partly or unsettled or made.refused or made.provenance.misjudged
    return 1 if failed else 0
