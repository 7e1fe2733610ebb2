"""What each piece of a plain text is for its reader: article, or one of the things that stand around articles.

First the readers' comments are cut off, then the article's stretches are found, then each piece gets its role from its
shape, its place and its neighbours. Only `body` and `notice` are ever cited, so a piece that could be a link to another
article is not body, and a paragraph among paragraphs is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.documents import notices
from briefing.documents.article import find_article, is_listed
from briefing.documents.opinions import is_opinion, labels_opinion
from briefing.documents.shapes import Shape
from briefing.documents.teasers import find_teasers
from briefing.documents.weighing import Ruled, weigh
from briefing.types import Role

# Comments follow an article: a "3 comments" button above it opens nothing.
_ARTICLE_WORDS = 40
_COMMENTS_JUDGED = 8
# Without a line that opens them, comments are known by three buttons to answer them.
_ANSWERS, _ANSWERS_WITHIN = 2, 15
_COMMENT_REACH = 6
_BELOW_BUTTON, _BELOW_FORM = 12, 25
_IS_BUTTON = re.compile(r"\W*(?:\d|comments?\b|join\b|what do you think|have your say)", re.I)
_RELATED_REACH, _WHOLE_LINK = 12, 6
_LABEL_REACH = 6
_TITLE_WORDS = range(4, 41)
_SUBHEADING_WORDS = 20
# Tags, addresses, and what data is written in: whoever reads it as words is being told something.
_MARKUP = re.compile(r"""[<>|`@]|://|www\.|!\[|\]\(|\]:|[{\[]\s*"|"\s*[}\]:]""")
_NO_WORDS = re.compile(r"[<>{}\[\]\\|=_`~^]|://|www\.|@")
_EMBEDDED = 3
_STANDFIRST_REACH, _STANDFIRST_WORDS, _SAME_TITLE, _FLUENT = 40, 12, 0.5, 0.2
_REPEATED_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    """The pieces above the comments, which of them lie inside the article, and where its paragraphs begin and end."""

    shapes: Sequence[Shape]
    inside: Sequence[bool]
    teasers: frozenset[int]
    first: int
    second: int
    last: int
    opinion: bool
    """Whether a line near the title calls the text an opinion."""


def assign(shapes: Sequence[Shape]) -> tuple[Role, ...]:
    """Return one role for each piece.

    >>> from briefing.documents.pieces import cut
    >>> text = "Bridge closed\\n\\nThe bridge was closed on Monday.\\n\\nShare this"
    >>> [str(role) for role in assign([Shape(piece) for piece in cut(text)])]
    ['headline', 'body', 'furniture']
    """
    return weigh(shapes, by_rules(shapes))


def by_rules(shapes: Sequence[Shape]) -> Ruled:
    """Judge the pieces by the rules alone. What announces another article is settled by them."""
    comments = _comments_start(shapes)
    layout = _lay_out(shapes[:comments])
    roles = [_role_at(layout, index) for index in range(comments)]
    _mark_headlines(layout, roles)
    _mark_standfirst(layout, roles)
    _mark_repeated_captions(shapes, roles)
    below = shapes[comments:]
    settled = (_is_settled(layout, index) for index in range(comments))
    return Ruled(
        roles=(*roles, *(_role_below(shape) for shape in below)),
        inside=(*layout.inside, *(False for _ in below)),
        settled=(*settled, *(True for _ in below)),
    )


def _is_settled(layout: _Layout, index: int) -> bool:
    """Say that nothing can make a piece article that the rules do not take for it.

    A teaser, the title above it, what stands in a list of links; and markup, addresses and data, which are no words.
    """
    announced = not layout.teasers.isdisjoint((index, index + 1)) or _follows_related(layout.shapes, index)
    return announced or bool(_MARKUP.search(layout.shapes[index].text))


def _lay_out(shapes: Sequence[Shape]) -> _Layout:
    teasers = find_teasers(shapes)
    inside = [state and i not in teasers for i, state in enumerate(find_article(shapes, teasers))]
    paragraphs = [i for i, state in enumerate(inside) if state and _is_paragraph(shapes[i])]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(shapes), -1)
    # A title may stand below a summary, so only the second paragraph ends what is above the article.
    second = paragraphs[1] if len(paragraphs) > 1 else len(shapes)
    near = shapes[max(0, first - _LABEL_REACH) : first]
    opinion = any(labels_opinion(s.text) for s in near if not s.piece.bulleted)
    return _Layout(
        shapes=shapes, inside=inside, teasers=teasers, first=first, second=second, last=last, opinion=opinion
    )


def _is_paragraph(shape: Shape) -> bool:
    return shape.is_prose and not (shape.is_biography or shape.is_caption or shape.is_furniture)


# Where the readers' comments begin
# ---------------------------------


def _comments_start(shapes: Sequence[Shape]) -> int:
    words = 0
    for index, shape in enumerate(shapes):
        if words >= _ARTICLE_WORDS and _opens_comments(shapes, index):
            return index if shape.opens_comments else _comment_top(shapes, index)
        if shape.is_prose and not shape.is_furniture:
            words += len(shape.words)
    return len(shapes)


def _opens_comments(shapes: Sequence[Shape], index: int) -> bool:
    if shapes[index].answers_comment:
        following = shapes[index + 1 : index + 1 + _ANSWERS_WITHIN]
        return sum(shape.answers_comment for shape in following) >= _ANSWERS
    opens = shapes[index].opens_comments and not shapes[index].piece.bulleted
    return opens and not _article_returns(shapes, index)


def _comment_top(shapes: Sequence[Shape], index: int) -> int:
    """Go from the button below the first comment to its writer's name above it."""
    for above in range(index, max(0, index - _COMMENT_REACH), -1):
        if shapes[above].is_comment_stamp and not shapes[above].answers_comment:
            named = len(shapes[above - 1].words) <= 5 and not shapes[above - 1].terminated
            return above - 1 if named else above
    return index


def _article_returns(shapes: Sequence[Shape], index: int) -> bool:
    """Say that paragraphs follow, and nothing among them looks like a reader's comment."""
    following = shapes[index + 1 : index + 1 + _COMMENTS_JUDGED]
    # "3 comments" is a button as often as a heading; a form to write one is not.
    long = _BELOW_BUTTON if _IS_BUTTON.match(shapes[index].text) else _BELOW_FORM
    paragraphs = sum(_is_paragraph(s) and len(s.words) >= long for s in following)
    return paragraphs >= 3 and not any(s.is_comment_stamp or s.opens_comments for s in following)


def _role_below(shape: Shape) -> Role:
    """Below the first comment everything is comment, but for what is plainly the page's own."""
    of_the_page = shape.is_furniture and not (shape.opens_comments or shape.is_comment_stamp)
    return Role.FURNITURE if of_the_page and len(shape.words) < 12 else Role.COMMENT


# The role of one piece
# ---------------------


def _role_at(layout: _Layout, index: int) -> Role:
    shape = layout.shapes[index]
    if notices.is_notice(shape.text) and not (shape.is_date_line or shape.is_furniture):
        return Role.NOTICE
    if shape.is_caption:
        return Role.CAPTION
    if shape.is_by_line or shape.is_date_line:
        return Role.BYLINE
    if shape.opens_related or shape.is_furniture:
        return Role.FURNITURE
    if (shape.is_biography and not layout.first < index < layout.last) or _is_author_card(layout, index):
        return Role.BYLINE
    if layout.inside[index] and _is_article_text(layout, index):
        return Role.OPINION if is_opinion(shape.text, labelled=layout.opinion) else Role.BODY
    return Role.FURNITURE


def _is_author_card(layout: _Layout, index: int) -> bool:
    """Say that it is the last paragraph of all, alone below a name."""
    above = layout.shapes[index - 1]
    return layout.first < index == layout.last and above.is_name and not above.function_share


def _is_article_text(layout: _Layout, index: int) -> bool:
    """Tell sentences, unfinished ones and listed things from lone labels, inside an article."""
    shape = layout.shapes[index]
    if shape.terminated:
        return shape.is_prose or len(shape.words) >= 2
    if _follows_related(layout.shapes, index):
        return False
    if layout.second < index < layout.last and _is_inner_heading(layout, index):
        return True
    if shape.is_prose or (shape.text[-1:] in ":,;" and len(shape.words) >= 3):
        return True
    # A title may be as long as a sentence, but nothing of the article stands above it.
    if shape.is_long_line and index > layout.first:
        return True
    return _speaker_follows(layout.shapes, index) or is_listed(layout.shapes, index)


def _is_inner_heading(layout: _Layout, index: int) -> bool:
    """Say that it is a short line of plain words in a short run of lines, between two paragraphs of the article.

    Markup, addresses and code between paragraphs are not words that the publisher stands for.
    """
    shape = layout.shapes[index]
    if shape.piece.bulleted or len(shape.words) > _SUBHEADING_WORDS or _NO_WORDS.search(shape.text):
        return False
    above = _lines_until_paragraph(layout, range(index, max(layout.first, index - _EMBEDDED - 1), -1))
    below = _lines_until_paragraph(layout, range(index, min(layout.last, index + _EMBEDDED + 1)))
    return above + below - 1 <= _EMBEDDED


def _lines_until_paragraph(layout: _Layout, way: range) -> int:
    return next((count for count, index in enumerate(way) if _is_paragraph(layout.shapes[index])), len(way))


def _follows_related(shapes: Sequence[Shape], index: int) -> bool:
    """Say that only titles, dates and list items stand between this piece and a line such as "Read more"."""
    for before in range(index - 1, max(-1, index - _RELATED_REACH), -1):
        if shapes[before].opens_related:
            # "Read more: Ferry line in trouble" is the whole link.
            return len(shapes[before].words) < _WHOLE_LINK or shapes[before].text[-1:] == ":"
        if shapes[before].is_prose:
            return False
    return False


def _speaker_follows(shapes: Sequence[Shape], index: int) -> bool:
    """Say that the next line is "- says the minister.", so that this one is a quotation without its full stop."""
    if index + 1 >= len(shapes) or len(shapes[index].words) < 6:
        return False
    following = shapes[index + 1]
    return following.piece.bulleted and following.text[:1].islower() and following.terminated


# What the neighbours tell
# ------------------------


def _mark_headlines(layout: _Layout, roles: list[Role]) -> None:
    first = next((i for i, role in enumerate(roles) if role is Role.BODY), len(roles))
    for index, shape in enumerate(layout.shapes):
        if roles[index] is not Role.FURNITURE or shape.is_furniture or shape.opens_related:
            continue
        above = index < first
        if shape.piece.heading or (above and _is_title(shape)) or _is_subheading(layout.shapes, roles, index):
            roles[index] = Role.HEADLINE
        elif shape.is_name and (above or _is_dated(layout.shapes, index)):
            roles[index] = Role.BYLINE


def _mark_standfirst(layout: _Layout, roles: list[Role]) -> None:
    """Below a title, whole sentences in other words open the article; a second line of the title is none."""
    title: frozenset[str] = frozenset()
    for index in range(max(0, layout.first - _STANDFIRST_REACH), min(layout.first, len(roles))):
        shape = layout.shapes[index]
        words = frozenset(shape.words)
        if roles[index] is not Role.HEADLINE:
            continue
        other = len(words & title) <= len(words) * _SAME_TITLE
        if title and other and shape.is_prose and len(words) >= _STANDFIRST_WORDS and shape.function_share >= _FLUENT:
            roles[index] = Role.BODY
        else:
            title = words


def _is_dated(shapes: Sequence[Shape], index: int) -> bool:
    return index + 1 < len(shapes) and shapes[index + 1].is_date_line and not shapes[index].piece.bulleted


def _is_title(shape: Shape) -> bool:
    return len(shape.words) in _TITLE_WORDS and not (shape.piece.bulleted or shape.is_name)


def _is_subheading(shapes: Sequence[Shape], roles: Sequence[Role], index: int) -> bool:
    follows = index + 1 < len(roles) and roles[index + 1] is Role.BODY
    short = len(shapes[index].words) <= _SUBHEADING_WORDS and not shapes[index].piece.bulleted
    return follows and short and not _follows_related(shapes, index)


def _mark_repeated_captions(shapes: Sequence[Shape], roles: list[Role]) -> None:
    """A picture's description is often there twice, once without its credit."""
    captions = {shapes[i].folded[:_REPEATED_CHARACTERS] for i, role in enumerate(roles) if role is Role.CAPTION}
    for index, role in enumerate(roles):
        long = role is Role.BODY and len(shapes[index].words) >= 6
        if long and shapes[index].folded[:_REPEATED_CHARACTERS] in captions:
            roles[index] = Role.CAPTION
