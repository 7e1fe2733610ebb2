"""Takes the pictures of docs/review.md: the page of the examples, as a browser shows it.

    python -m scripts.screenshots [FOLDER]

The draft is a script, with slips that models make, so that findings and withheld claims are to be seen.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from briefing.model import Request, ScriptedModel
from briefing.pipeline import Job, make
from briefing.render import manifest_values, review_page
from tests.browser import ROOT, launched, open_page

#: What is said, and the sentence that is to bear it out. Slips: a hedge, a number, a speaker, a title, a day.
DRAFT = (
    ("About 4,000 people have left Kostrel and the villages below Tarvysh Dam since Sunday night.", "S1.1"),
    ("About 12,000 others remain in the valley, most of them on higher ground.", "S1.2"),
    ("Andrei Keslin said the lake would be lowered by six metres over ten days.", "S1.5"),
    ("An inspection report completed in January described wear on the same gate.", "S1.15"),
    ("A reception centre with 2,500 beds has already opened in the sports hall at Lodvin.", "S1.11"),
    ("The authority puts the cost of the repair at 38 million crowns.", "S4.5"),
    ("Army engineers have installed 14 pumps on the crest.", "S3.5"),
    ("Prime Minister Tomas Erlen said that nobody would be allowed back before the gate had been sealed.", "S3.2"),
    ("Water Minister Greta Osmund is due to visit the dam on Sunday.", "S3.13"),
    ("“People left with what they could carry,” Ruta Benvik said.", "S1.14"),
    ("Divers found no new damage to the gate.", "S5.13"),
    ("Veshtia would obtain the right to run 12 freight trains a day to the port of Ostermund.", "S6.3"),
)


def drafted(request: Request) -> str:
    """Answer with those claims whose sentence the prompt shows."""
    claims = [{"text": text, "cites": [id_]} for text, id_ in DRAFT if f"[{id_}]" in request.user]
    return json.dumps({"claims": claims, "lead": [1]})


def write_page(path: Path) -> None:
    """Write the review page of the examples."""
    job = Job(locations=("examples",), as_of=datetime(2025, 3, 7, 8, tzinfo=UTC), repairs=0)
    made = make(job, model=ScriptedModel(drafted))
    texts = {document.id: document.text for document in made.documents}
    path.write_text(review_page(manifest_values(made), texts), encoding="utf-8", newline="")


def take(browser: Browser, url: str, folder: Path) -> None:
    """Take every picture."""
    page = open_page(browser, url, width=1280, height=800).page
    choose(page, "2,500")
    keep(page, folder / "review.png")
    page = open_page(browser, url, width=1280, height=800, scheme="dark").page
    page.click("#tab-disputes")
    page.locator("#panel-disputes .jump", has_text="S2").first.click()
    keep(page, folder / "review-dark.png")
    page = open_page(browser, url, width=400, height=800).page
    keep(page, folder / "review-narrow.png")


def keep(page: Page, path: Path) -> None:
    """Save what is seen, in few colours: a third of the bytes, and no difference that an eye would find."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(96)
    picture.save(path, optimize=True)


def choose(page: Page, words: str) -> None:
    """Choose the claim that says so, wherever it is listed."""
    for tab in ("claims", "withheld"):
        page.click(f"#tab-{tab}")
        row = page.locator(f"#panel-{tab} .item", has_text=words)
        if row.count():
            row.locator("> .id").click()
            return


def main() -> None:
    """Write the pictures into the folder named, else into docs/."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    with tempfile.TemporaryDirectory() as beside, launched() as browser:
        path = Path(beside) / "review.html"
        write_page(path)
        take(browser, path.as_uri(), folder)


if __name__ == "__main__":
    main()
