"""What is known of pages that were fetched before, for a fetcher that asks whether they have changed."""

from __future__ import annotations

from datetime import datetime

from briefing.days import Validator
from briefing.fetch import Fetched, KeptPage
from briefing.gathering.values import Remembers
from briefing.sources import sha256


class KnownPages:
    """Pages for `HTTPFetcher(pages=…)` whose bodies nobody keeps: one that has not changed comes as `unchanged`.

    What to ask by is written by `gather`, together with what the page was read into, and never here: a run that is
    killed between the two would take for known what it never read.
    """

    def __init__(self, memory: Remembers) -> None:
        self._memory = memory

    def page(self, address: str) -> KeptPage | None:
        """Return what to ask by, without a body. Raises StoreError."""
        known = self._memory.validator(address)
        if known is None or not (known.etag or known.last_modified):
            return None
        return KeptPage(
            address=address,
            data=None,
            content_type=known.content_type,
            etag=known.etag,
            last_modified=known.last_modified,
            fetched=known.fetched,
        )

    def keep_page(self, page: KeptPage) -> None:
        """Do nothing."""


def validator_of(fetched: Fetched, now: datetime) -> Validator:
    """Return what to ask by next time."""
    return Validator(
        address=fetched.address,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        content_type=fetched.content_type,
        sha256=sha256(fetched.data),
        fetched=now,
    )


def is_as_known(fetched: Fetched, memory: Remembers) -> bool:
    """Say whether what came is what came before, by the server's word or by its bytes."""
    if fetched.unchanged:
        return True
    known = memory.validator(fetched.address)
    return known is not None and known.sha256 == sha256(fetched.data)
