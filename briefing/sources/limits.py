"""What reading may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLimits:
    """How much one source may hold."""

    max_bytes: int = 20_000_000
