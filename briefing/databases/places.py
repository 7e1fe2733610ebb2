"""Places that one holder has at a time, known by numbers, wherever they are kept."""

from __future__ import annotations

from typing import Protocol


class Places(Protocol):
    """Whoever dies lets go of every place; nothing has to be tidied up after a crash."""

    def take(self, place: int) -> bool:
        """Hold a place, a number below 2⁶³; False when somebody else does."""

    def free(self, place: int) -> None:
        """Let go of a place."""

    def close(self) -> None:
        """Let go of every place."""
