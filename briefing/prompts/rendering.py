"""Fill a prompt template: `prompts/<name>.md.j2`, with a block `system` and a block `user`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing import resources
from briefing.errors import PromptError

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A prompt ready to send."""

    name: str
    """The file, such as `draft_claims.md.j2`."""
    sha256: str
    """`sha256:` and the digest of the template's bytes."""
    system: str
    user: str


def render(name: str, **values: object) -> Rendered:
    """Fill the template `prompts/<name>.md.j2`.

    Raises `PromptError` when there is no such template, when it is broken, or when it wants a value that
    was not given.

    >>> values = {"sources": "[S1.1] A ferry sank.", "max_claims": 3, "max_cites": 4, "max_lead": 3}
    >>> render("draft_claims", **values).user.splitlines()[0]
    '[S1.1] A ferry sank.'
    """
    import jinja2

    file = f"{name}.md.j2"
    try:
        template = _environment().get_template(file)
        system, user = (_block(template, part, values) for part in ("system", "user"))
    except jinja2.TemplateNotFound:
        place = resources.folder("prompts")
        raise PromptError(file, f"there is no such template in {place}", hint="reinstall briefing") from None
    except jinja2.TemplateError as error:
        raise PromptError(file, str(error), hint="repair the template") from error
    return Rendered(name=file, sha256=_sha256(file), system=system, user=user)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    # A prompt is plain text: escaping for HTML would alter the quotations that claims are checked by.
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.folder("prompts")),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _block(template: jinja2.Template, part: str, values: dict[str, object]) -> str:
    if part not in template.blocks:
        raise PromptError(template.name or "", f"it has no block {part!r}", hint="repair the template")
    return "".join(template.blocks[part](template.new_context(values))).strip()


def _sha256(file: str) -> str:
    data = (resources.folder("prompts") / file).read_bytes()
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
