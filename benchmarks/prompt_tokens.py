"""How many tokens the whole model path sends, against the tokens of the text that may be cited.

    python -m benchmarks.prompt_tokens FILE… [--failing 0.1] [--json]

Runs the pipeline with a scripted model in place of a real one. It drafts one claim from every fourth sentence it is
shown, word for word, up to the number it was asked for. One in 1/`--failing` gets a figure that stands nowhere, fails
its check and goes back, and the model leaves it at that. So the prompts are those that a real model with that share of
failures would be sent. Tokens are counted with o200k_base.

`ours` counts instructions and sources of all calls; `with_schema` adds the JSON schema once per call, as OpenAI does.
`per_chunk` is what an extractor sends that asks about every chunk of at most 1,000 characters on its own, with its
instructions in front (langextract's default `max_char_buffer`):

    sum over documents of ceil(characters / 1000) × instructions + tokens of the citable text

with our instructions in place of its own prompt and examples, one pass, no repair, and no ids to cite. `sources` in
`per_chunk` is citable text alone, as for us.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from briefing import tokens
from briefing.model import Request, ScriptedModel
from briefing.pipeline import Job, make, read
from briefing.sources import ReadLimits
from briefing.types import Sentence

_CHUNK_CHARACTERS = 1_000
_EVERY = 4
_SHARES = (0.0, 0.1, 0.2, 0.3)


class Scripted:
    """Drafts as the module says; one after another, so that the share of failures is the same over all stories."""

    def __init__(self, failing: float) -> None:
        self._failing = failing
        self._drafted = 0

    def __call__(self, request: Request) -> str:
        """Answer a draft with claims, and everything else with nothing changed."""
        if request.schema_name != "draft_claims":
            return json.dumps(
                {"corrections": []} if request.schema_name == "repair_claims" else {"order": [], "lead": []}
            )
        shown = re.findall(r"^\[(S\d+\.\d+)\] (.*)$", request.user, flags=re.M)
        most = int(re.findall(r"\d+", request.user)[-1])
        return json.dumps({"claims": [self._claim(id_, text) for id_, text in shown[::_EVERY][:most]], "lead": [1]})

    def _claim(self, id_: str, text: str) -> dict[str, object]:
        before, self._drafted = self._drafted, self._drafted + 1
        if int(self._drafted * self._failing) == int(before * self._failing):
            return {"text": text, "cites": [id_]}
        return {"text": f"{text.rstrip('.')}, 31,847 of them.", "cites": [id_]}


def count(text: str) -> int:
    """Count tokens with o200k_base."""
    return tokens.count(text, "gpt-4o").tokens


def measure(files: Sequence[str], failing: float) -> dict[str, float]:
    """Run the pipeline over the files; tokens sent, and as a share of the tokens of the citable text."""
    script = Scripted(failing)
    model = ScriptedModel(script)
    made = make(
        Job(locations=tuple(files), as_of=datetime(2031, 3, 6, tzinfo=UTC), secret=b"benchmark", entailment=False),
        model=model,
    )
    citable = read(files, limits=ReadLimits()).sentences
    text = sum(count(sentence.text) for sentence in citable)
    sent = [count(request.system) + count(request.user) for request in model.asked]
    schemas = sum(count(json.dumps(request.schema)) for request in model.asked)
    instructions = count(model.asked[0].system)
    return {
        "articles": len(made.documents),
        "citable": text,
        "calls": len(model.asked),
        "claims": len(made.claims) + len(made.withheld),
        "failed": len(made.withheld),
        "ours": sum(sent),
        "ratio": sum(sent) / text,
        "with_schema": (sum(sent) + schemas) / text,
        "per_chunk": (chunks(citable) * instructions + text) / text,
    }


def chunks(citable: Iterable[Sentence]) -> int:
    """Count the chunks of at most 1,000 characters that the citable text of each document makes."""
    characters: Counter[str] = Counter()
    for sentence in citable:
        characters[sentence.source] += len(sentence.text) + 1
    return sum(math.ceil(length / _CHUNK_CHARACTERS) for length in characters.values())


def main() -> None:
    """Print a row per share of failing claims, or with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--failing", type=float, help="share of claims that fail a check; without it, several")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    shares = _SHARES if arguments.failing is None else (arguments.failing,)
    rows = {share: measure(arguments.files, share) for share in shares}
    if arguments.json:
        print(json.dumps({"failing": rows}, indent=1))
        return
    for share, row in rows.items():
        print(f"{share:4.0%} failing  " + "  ".join(f"{name} {value:.4g}" for name, value in row.items()))


if __name__ == "__main__":
    main()
