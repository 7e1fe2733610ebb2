"""What reading may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLimits:
    """How much one source may hold."""

    max_bytes: int = 20_000_000
    max_parts: int = 10_000
    """Articles of one file; of those behind them, one line says that they were not read."""
    max_items: int = 50
    """Items of one feed, the newest."""
