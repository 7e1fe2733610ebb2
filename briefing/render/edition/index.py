"""`index.md`: the brief of one day on a page, by a template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.days import Edition
from briefing.render.edition.items import head, items, left_out, quiet_items
from briefing.render.templating import markdown_templates
from briefing.render.words import day, full_day


def index(edition: Edition, earlier: Sequence[Edition] = ()) -> str:
    """Print the index of a day's folder; ends with one line break.

    `earlier` are editions before this one: stories without news are linked to their last brief there.
    """
    text = (
        markdown_templates()
        .get_template("edition/index.md.j2")
        .render(
            title=edition.title,
            day=full_day(edition.day),
            as_of=f"{day(edition.as_of)}, {edition.as_of:%H:%M} UTC",
            head=head(edition),
            stories=items(edition, None),
            quiet=quiet_items(edition, earlier, None),
            others=edition.others,
            left_out=left_out(edition),
            unread=edition.unread,
        )
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
