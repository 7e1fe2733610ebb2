"""The commands. Data goes to standard output, everything else to standard error.

Imports of the working parts stand inside the commands, so that `briefing --help` is instant.
"""

from briefing.cli import about, daily, exporting, making, models, planned, reading, remembering, reviewing, runs
from briefing.cli.group import main

__all__ = [
    "about",
    "daily",
    "exporting",
    "main",
    "making",
    "models",
    "planned",
    "reading",
    "remembering",
    "reviewing",
    "runs",
]
