"""The review page as text: what it holds, that it is one with the Markdown, and that nothing in it runs but ours."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.pipeline import Job, make
from briefing.render import manifest_values, markdown, review_page
from briefing.types import Briefing
from tests.conftest import EXAMPLES, ROOT


@pytest.fixture(scope="module")
def made() -> Briefing:
    return make(Job(locations=(str(EXAMPLES),), as_of=datetime(2031, 3, 6, tzinfo=UTC)))


@pytest.fixture(scope="module")
def page(made: Briefing) -> str:
    return review_page(manifest_values(made), {document.id: document.text for document in made.documents})


def data_of(page: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    values: dict[str, Any] = json.loads(data)
    return values


def test_the_page_holds_the_manifest_and_every_text(made: Briefing, page: str) -> None:
    data = data_of(page)
    assert data["briefing"]["claims"] == manifest_values(made)["claims"]
    assert data["texts"] == {document.id: document.text for document in made.documents}
    assert data["api"] is None


def test_its_footnotes_are_those_of_the_markdown(made: Briefing, page: str) -> None:
    printed = re.findall(r"^\[\^(\d+)\]: (S\d+), .*?characters (\d+)–(\d+)", markdown(made), re.M)
    assert [(int(n), s, int(a), int(b)) for n, s, a, b in printed] == [
        (number, *span) for number, span in enumerate(data_of(page)["notes"], start=1)
    ]


def test_the_policy_names_exactly_the_style_and_the_script_that_are_there(page: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    for directive, content in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy


def test_its_script_makes_no_markup_of_text(page: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|DOMParser|Fragment\("
    assert re.findall(ways, script) == []
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in page


def test_a_served_page_may_speak_to_its_server_alone(made: Briefing) -> None:
    api = {"base": "/token/", "who": "Ilse"}
    served = review_page(manifest_values(made), {}, api)
    assert "connect-src 'self'" in served
    assert data_of(served)["api"] == api


def test_it_names_no_place_to_load_anything_from(page: str) -> None:
    around = re.sub(r'<script type="application/json" id="data">.*?</script>', "", page, flags=re.S)
    assert re.findall(r"""(?:src|href)=["'][^"']*["']|url\([^)]*\)|@import""", around) == ['href="data:,"']


@given(st.text())
def test_no_title_or_text_ends_its_element_and_all_come_back(text: str) -> None:
    values: dict[str, Any] = {key: [] for key in ("stories", "claims", "disputes")}
    values["title"] = f"</title><script>{text}"
    values["sources"] = [{"id": "S1", "publisher": text, "location": "a.txt"}]
    page = review_page(values, {"S1": f"</script>{text}<!--"})
    assert page.count("</script>") == 2
    assert page.count("<script") == 2
    data = data_of(page)
    assert data["texts"]["S1"] == f"</script>{text}<!--"
    assert not re.search("[\u2028\u2029\u202e<>&]", page.partition('id="data">')[2].partition("</script>")[0])


def test_the_code_of_its_documentation_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "review.md").read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own documentation
    assert data_of(names["page"])["briefing"]["claims"]
