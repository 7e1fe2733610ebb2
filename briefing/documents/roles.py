"""What each piece of a plain text is for its reader: article, or one of the things that stand around articles.

Two steps. A two-state Viterbi pass finds the stretches that are article, from the shape of each piece and a price
for every change of state; then the pieces inside and outside get their role. Only `body` and `notice` are ever
cited, so a piece that could be furniture is not body, and a paragraph among paragraphs is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.documents import notices
from briefing.documents.opinions import is_opinion
from briefing.documents.shapes import Shape
from briefing.types import Role

# States: before the article, inside it, in an interruption of it, after it. An article comes once, so going back
# into it costs more the longer it was interrupted, until it costs as much as coming back from its end.
_ENTER, _BREAK, _RESUME, _INTERRUPTED, _LEAVE, _RETURN = 1.0, 1.6, 0.5, 0.25, 0.8, 4.0
_NEVER = 1e9
_STANDFIRST = 15
_W = {
    "furniture": -1.2,
    "aside": -0.3,
    "colon": 0.3,
    "listed": -0.2,
    "bullet": -0.6,
    "line": -0.6, "unfinished": 0.6,
    "fluent0": 0.5,
    "short": 0.4,
    "medium": 1.4,
    "long": 2.5,
}
_MOVES = (
    ((0, 0.0),),
    ((0, _ENTER), (1, 0.0), (2, _RESUME), (3, _RETURN)),
    ((1, _BREAK), (2, 0.0)),
    ((1, _LEAVE), (2, 0.0), (3, 0.0)),
)


def assign(shapes: Sequence[Shape]) -> tuple[Role, ...]:
    """Return one role for each piece.

    >>> from briefing.documents.pieces import cut
    >>> text = "Bridge closed\\n\\nThe bridge was closed on Monday.\\n\\nShare this"
    >>> [str(role) for role in assign([Shape(piece) for piece in cut(text)])]
    ['headline', 'body', 'furniture']
    """
    comments = _comments_start(shapes)
    inside = _article(shapes[:comments])
    _include_standfirst(shapes, inside)
    roles = [_role_at(shapes, inside, index) for index in range(comments)]
    _repair(shapes, roles)
    return (*roles, *(_comment_or_furniture(shape) for shape in shapes[comments:]))


# Where the comments begin
# ------------------------


def _comments_start(shapes: Sequence[Shape]) -> int:
    prose = 0
    for index, shape in enumerate(shapes):
        if prose >= 40 and shape.opens_comments and not shape.piece.bulleted and not _returns(shapes, index):
            return index
        if shape.is_prose and not shape.is_furniture:
            prose += len(shape.words)
    return len(shapes)


def _returns(shapes: Sequence[Shape], index: int) -> bool:
    """Say that the article goes on: paragraphs follow, and nothing among them looks like a reader's comment."""
    following = shapes[index + 1 : index + 9]
    paragraphs = sum(s.is_prose and len(s.words) >= 25 and not s.is_furniture for s in following)
    stamped = any(s.is_comment_stamp or s.opens_comments for s in following)
    return paragraphs >= 3 and not stamped


def _comment_or_furniture(shape: Shape) -> Role:
    if (
        shape.is_furniture
        and not shape.opens_comments
        and not shape.is_comment_stamp
        and len(shape.words) < 12
    ):
        return Role.FURNITURE
    return Role.COMMENT


# Which stretches are article
# ---------------------------


def _article(shapes: Sequence[Shape]) -> list[bool]:
    """Best path through the four states, by Viterbi; True where the state is `inside`."""
    scores = [0.0, -_ENTER, -_NEVER, -_NEVER]
    back: list[tuple[int, int, int, int]] = []
    for index in range(len(shapes)):
        gain = (0.0, _score(shapes, index), -_INTERRUPTED, 0.0)
        best = [_best_before(scores, state) for state in range(4)]
        back.append(tuple(before for before, _ in best))  # type: ignore[arg-type]
        scores = [value + gain[state] for state, (_, value) in enumerate(best)]
    state = max(range(4), key=scores.__getitem__)
    path: list[bool] = []
    for step in reversed(back):
        path.append(state == 1)
        state = step[state]
    return path[::-1]


def _include_standfirst(shapes: Sequence[Shape], inside: list[bool]) -> None:
    """Take in the sentences that stand between title and article, parted from it by names, dates and buttons."""
    first = next((i for i, state in enumerate(inside) if state), 0)
    for index in range(max(0, first - _STANDFIRST), first):
        inside[index] = shapes[index].terminated and shapes[index].is_prose and len(shapes[index].words) >= 8


def _best_before(scores: Sequence[float], state: int) -> tuple[int, float]:
    return max(((before, scores[before] - cost) for before, cost in _MOVES[state]), key=lambda move: move[1])


def _score(shapes: Sequence[Shape], index: int) -> float:
    """How much the piece speaks for being inside an article; below zero speaks against."""
    shape = shapes[index]
    if shape.opens_related or shape.is_furniture:
        return _W["furniture"]
    if shape.is_caption or shape.is_by_line or shape.is_date_line:
        return _W["aside"]
    if shape.is_prose:
        return _prose_score(shape)
    if shape.text[-1:] == ":" and len(shape.words) >= 3:
        return _W["colon"]
    if _is_long_line(shape):
        return _W["unfinished"]
    if shape.piece.bulleted:
        return _W["listed"] if _is_introduced(shapes, index) else _W["bullet"]
    return _W["line"]


def _prose_score(shape: Shape) -> float:
    count = len(shape.words)
    fluent = _W["fluent0"] + min(1.0, shape.function_share / 0.25)
    return fluent * (_W["short"] if count < 10 else _W["medium"] if count < 25 else _W["long"])


# The role of one piece
# ---------------------


def _role_at(shapes: Sequence[Shape], inside: Sequence[bool], index: int) -> Role:
    shape = shapes[index]
    if notices.kinds(shape.text) and not shape.is_date_line:
        return Role.NOTICE
    if shape.is_caption:
        return Role.CAPTION
    if shape.is_by_line or shape.is_date_line:
        return Role.BYLINE
    if shape.opens_related or shape.is_furniture:
        return Role.FURNITURE
    if shape.is_biography and not (
        _body_before(shapes, inside, index) and _body_after(shapes, inside, index)
    ):
        return Role.BYLINE
    if not inside[index]:
        return Role.FURNITURE
    if _is_article_text(shapes, index):
        return Role.OPINION if is_opinion(shape.text) else Role.BODY
    return Role.FURNITURE


def _is_article_text(shapes: Sequence[Shape], index: int) -> bool:
    """Tell sentences, unfinished ones and listed things from lone labels, inside an article."""
    shape = shapes[index]
    if shape.is_prose or (shape.terminated and len(shape.words) >= 2):
        return True
    if _follows_related(shapes, index):
        return False
    if shape.text[-1:] in ":,;" and len(shape.words) >= 3:
        return True
    if _is_long_line(shape):
        return True
    return _speaker_follows(shapes, index) or (shape.piece.bulleted and _is_introduced(shapes, index))


def _is_long_line(shape: Shape) -> bool:
    """Say that it is longer than titles are, and fluent: a sentence whose full stop was lost."""
    return len(shape.words) >= 18 and shape.function_share >= 0.2 and not shape.piece.bulleted


def _follows_related(shapes: Sequence[Shape], index: int) -> bool:
    """Say that only titles, dates and list items stand between this piece and a line such as "Read more"."""
    for before in range(index - 1, max(-1, index - 12), -1):
        if shapes[before].opens_related:
            return True
        if shapes[before].is_prose:
            return False
    return False


def _speaker_follows(shapes: Sequence[Shape], index: int) -> bool:
    """Say that the next line is "- says the minister." to a quotation without its full stop."""
    following = shapes[index + 1] if index + 1 < len(shapes) else None
    return (
        following is not None
        and following.piece.bulleted
        and following.text[:1].islower()
        and following.terminated
        and len(shapes[index].words) >= 6
    )


def _is_introduced(shapes: Sequence[Shape], index: int) -> bool:
    """Say that the list this item belongs to follows a line ending with a colon."""
    for before in range(index - 1, max(-1, index - 40), -1):
        if not shapes[before].piece.bulleted:
            opener = shapes[before]
            return (
                opener.text[-1:] == ":"
                and len(opener.words) >= 3
                and not (opener.opens_related or opener.is_furniture)
            )
    return False


def _body_before(shapes: Sequence[Shape], inside: Sequence[bool], index: int) -> bool:
    return any(inside[i] and _is_paragraph(shapes[i]) for i in range(index - 1, -1, -1))


def _body_after(shapes: Sequence[Shape], inside: Sequence[bool], index: int) -> bool:
    return any(inside[i] and _is_paragraph(shapes[i]) for i in range(index + 1, len(inside)))


def _is_paragraph(shape: Shape) -> bool:
    return shape.is_prose and not (shape.is_biography or shape.is_caption or shape.is_furniture)


# What the neighbours tell
# ------------------------


def _repair(shapes: Sequence[Shape], roles: list[Role]) -> None:
    _mark_headlines(shapes, roles)
    _mark_repeated_captions(shapes, roles)


def _mark_headlines(shapes: Sequence[Shape], roles: list[Role]) -> None:
    first = next((i for i, role in enumerate(roles) if role is Role.BODY), len(roles))
    for index, shape in enumerate(shapes[: len(roles)]):
        if roles[index] is not Role.FURNITURE or shape.is_furniture or shape.opens_related:
            continue
        if shape.piece.heading or (index < first and _is_title(shape)):
            roles[index] = Role.HEADLINE
        elif index < first and shape.is_name:
            roles[index] = Role.BYLINE
        elif _is_subheading(shapes, roles, index):
            roles[index] = Role.HEADLINE


def _is_title(shape: Shape) -> bool:
    return 4 <= len(shape.words) <= 40 and not shape.piece.bulleted and not shape.is_name


def _is_subheading(shapes: Sequence[Shape], roles: Sequence[Role], index: int) -> bool:
    follows = index + 1 < len(roles) and roles[index + 1] is Role.BODY
    return follows and not shapes[index].piece.bulleted and len(shapes[index].words) <= 20


def _mark_repeated_captions(shapes: Sequence[Shape], roles: list[Role]) -> None:
    captions = {shapes[i].folded[:60] for i, role in enumerate(roles) if role is Role.CAPTION}
    for index, role in enumerate(roles):
        if role is Role.BODY and len(shapes[index].words) >= 6 and shapes[index].folded[:60] in captions:
            roles[index] = Role.CAPTION
