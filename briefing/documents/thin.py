"""Pages that pretend to be articles, and articles that are not all there.

A server may answer 200 and send "page not found", a log-in form, a robot check or the first two sentences of an
article that is sold. The first kind is refused by name, the last read as far as it goes, with what is missing said.

Conservative: a text is refused only when next to nothing of it is left besides words of that kind, so an article
about a missing page, or one with a pitch for a newsletter under it, stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.documents.pieces import Piece
from briefing.types import CITABLE, Role

# What of a text may be left besides the words that give it away. Set by hand: notes of one sentence have 60 to 200
# characters, the "pages" below rarely 100 of other words. No false alarm on 223 pages and 276 articles.
_LEFT_BESIDE_ONE, _LEFT_BESIDE_BOTH = 80, 300
_TOP = 8
_TELLING = 4
_SHORT_LINE = 90
_JUDGED = 400
_GIVES_AWAY = 1_500

_NEGATED = r"(?:not|cannot|no longer|isn['’]?t|wasn['’]?t|doesn['’]?t|couldn['’]?t|can['’]?t)"


@dataclass(frozen=True)
class _Kind:
    """What a page pretends with: its whole title, or one of its lines from the start."""

    name: str
    title: re.Pattern[str]
    line: re.Pattern[str]


def _kind(name: str, title: str, line: str) -> _Kind:
    polite = r"\W*(?:(?:sorry|oops|whoops|uh[- ]oh|unfortunately|please|we['’]re sorry|we are sorry)\b\W*(?:but\s)?)?"
    return _Kind(
        name,
        re.compile(rf"{polite}(?:{title})\W*", re.I),
        re.compile(rf"{polite}(?:{line})", re.I),
    )


_KINDS = (
    _kind(
        "a page that was not found",
        r"(?:http )?(?:error )?404(?:\W+(?:error|not found|(?:page|file) not found|page))*|not found"
        r"|(?:the |this |that )?(?:requested )?(?:page|article|file|content|story|url)(?: (?:was|is|could|does))?"
        rf" {_NEGATED}(?: be)?(?: (?:found|exist|available))(?:\W*(?:error )?404)?"
        r"|(?:die )?seite (?:wurde )?nicht gefunden|page (?:non trouvée|introuvable)|página no encontrada"
        r"|pagina non trovata|página não encontrada|strona nie została znaleziona|страница не найдена",
        r"(?:we (?:can['’]?t|cannot|couldn['’]?t|could not) (?:seem to )?find (?:the|that) page"
        r"|(?:the|this|that) (?:page|article|link|url|address) (?:that )?(?:you(?:['’]re| are| were|['’]ve| have)? "
        rf"(?:looking|request|try|tri|follow|click|enter)\w*\b|{_NEGATED} (?:be found|exist))"
        r"|(?:die|diese) (?:von ihnen )?(?:angeforderte|gesuchte|aufgerufene) seite"
        r"|la page (?:que vous (?:recherchez|cherchez|avez demandée)|demandée)|la página que (?:busca|buscas|solicit))",
    ),
    _kind(
        "a robot check",
        r"just a moment|attention required.{0,30}|access (?:to this page has been )?denied|(?:403 )?forbidden"
        r"|are you (?:a )?(?:human|robot)\??|(?:verify|confirm) (?:that )?you are (?:a )?human|robot check"
        r"|security (?:check|verification)|pardon our interruption|checking your browser.{0,40}|captcha"
        r"|human verification",
        r"(?:verify|confirm|prove|make sure|checking|to (?:verify|confirm|continue)).{0,30}\byou(?:['’]re| are) "
        r"(?:a |not a )?(?:human|robot|bot)\b|(?:we(?:['’]ve| have)? detected|there (?:has been|was)).{0,20} unusual "
        r"(?:traffic|activity)|(?:we are )?checking (?:if the site connection is secure|your browser)"
        r"|(?:complete|solve) the (?:captcha|security check|puzzle)|you (?:don['’]?t|do not) have permission to access"
        r"|your (?:access|request|ip(?: address)?) (?:to this \w+ )?(?:has been|was|is) (?:blocked|denied)"
        r"|enable (?:javascript and )?cookies (?:and|to)\b|performing security verification|(?:ray|reference) id\b"
        r"|i['’]?m not a robot|press (?:&|and) hold",
    ),
    _kind(
        "a page that shows its text only with JavaScript",
        r"(?:enable|javascript (?:is )?(?:required|disabled|not enabled))(?: javascript)?.{0,30}",
        r"(?:you (?:need to|must|have to) )?(?:enable|turn on|activate|allow) javascript\b"
        r"|(?:.{0,40}\b(?:requires|needs|without) javascript\b)|javascript (?:is|must be|has to be|seems to be) "
        r"(?:required|disabled|enabled|not|turned)|your browser (?:does not|doesn['’]t) support javascript"
        r"|bitte (?:aktivieren|schalten) sie javascript|(?:veuillez )?activer? javascript",
    ),
    _kind(
        "a log-in page",
        r"(?:log|sign)[ -]?in(?: (?:to|or|with) [^:]{1,40})?|login|anmelden|einloggen|se connecter"
        r"|connexion|iniciar sesión|accedi",
        r"(?:(?:you (?:must|need to|have to) )?(?:be )?(?:log(?:ged)?|sign(?:ed)?)[ -]?in\b.{0,60}$"
        r"|(?:forgot|lost)(?:ten)? (?:your |my )?(?:password|username)|remember me\b|don['’]?t have an account"
        r"|(?:new|not registered).{0,20}\? (?:create|sign|register)|(?:e-?mail(?: address)?|user ?name|password)\W*$"
        r"|create (?:an|your) account|keep me (?:logged|signed) in)",
    ),
    _kind(
        "a cookie notice",
        r"before you continue.{0,40}|we (?:value|care about|respect) your privacy"
        r"|(?:your )?privacy (?:settings|choices)|cookie (?:settings|consent|notice|policy|preferences)"
        r"|(?:manage )?(?:your )?consent.{0,20}",
        r"we (?:and our (?:\d[\d,.]* )?(?:partners|vendors|third)|use cookies|value your privacy|need your consent)"
        r"|(?:this|our) (?:web ?site|site|page)s? uses? cookies"
        r"|(?:accept|reject|allow|refuse|decline)(?: all)?\b.{0,20}$"
        r"|(?:manage|more) (?:options|settings|preferences|choices)"
        r"|by (?:clicking|choosing|continuing|using)\b|(?:with|without) your (?:consent|agreement)"
        r"|you (?:can|may) (?:change|withdraw|manage) your"
        r"|if you (?:click|choose|select) |cookies? (?:are|is|help)\b|wir (?:und unsere|verwenden cookies)"
        r"|nous utilisons|(?:alle )?akzeptieren|(?:tout )?accepter|(?:see|read) our (?:privacy|cookie)",
    ),
)


def pretence_of(pieces: Sequence[Piece], roles: Sequence[Role], *, name: str = "") -> str | None:
    """Say what stands in the place of an article, or None for a text that is one.

    `name` is the page's own title. Words of that kind do not make a page of it while there is other text to cite.
    """
    if sum(len(piece.text) for piece, role in zip(pieces, roles, strict=True) if role in CITABLE) > _GIVES_AWAY:
        return None
    # "Log in" in the menu is no title.
    top = [
        piece.text
        for index, (piece, role) in enumerate(zip(pieces[:_TOP], roles, strict=False))
        if (role is Role.HEADLINE or index == 0) and len(piece.text) <= _SHORT_LINE and not piece.bulleted
    ]
    titles = [name, *top]
    return next((kind.name for kind in _KINDS if _is_of(kind, titles, pieces, roles)), None)


def _is_of(kind: _Kind, titles: Sequence[str], pieces: Sequence[Piece], roles: Sequence[Role]) -> bool:
    titled = any(kind.title.fullmatch(part) for title in titles for part in _parts(title))
    told = [bool(kind.line.match(piece.text[:_JUDGED])) for piece in pieces]
    # "Log in" alone is a button of any page.
    if not (
        titled or any(one and len(piece.text.split()) >= _TELLING for piece, one in zip(pieces, told, strict=True))
    ):
        return False
    cited = [piece.text for piece, role, one in zip(pieces, roles, told, strict=True) if role in CITABLE and not one]
    return sum(map(len, cited)) <= (_LEFT_BESIDE_BOTH if titled and any(told) else _LEFT_BESIDE_ONE)


def _parts(title: str) -> list[str]:
    """Part "Page not found | The Outlet" at its marks."""
    return [part for part in re.split(r"\s+[|–—·»-]\s+", title[:_JUDGED]) if part]


# Articles that are not all there
# -------------------------------

_TEASER = 1_200
_SOLD = 800
_REACH = 12
_ABRUPT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’»)\]]*$")
_GOES_ON = re.compile(
    r"\W*(?:read (?:more|on|the (?:full|rest))|continue reading|keep reading|weiterlesen|lire la suite|leer más)\b",
    re.I,
)
_ASKS = (
    r"(?:subscribe|register|sign (?:up|in)|log ?in|join|create (?:an? )?(?:free )?account"
    r"|become a (?:member|subscriber))"
)
_SELLS = re.compile(
    rf"\b{_ASKS}(?: now| today| for free)? (?:to|and) (?:continue|keep|go on|finish|unlock|access (?:this|the))\b"
    rf"|\b{_ASKS}(?: now| today| for free)? (?:to|and) read (?!more about)"
    r"|\bto (?:continue|keep|finish) reading\b|\bto (?:read|access|see|unlock) "
    r"(?:the (?:full|rest|whole|entire|complete)|this) (?:article|story|report|text|of th)"
    r"|\b(?:article|story|content|post|text) is (?:only |exclusively )?(?:for|available (?:only )?to|reserved for"
    r"|exclusive to) (?:our |paid |paying |premium )*(?:subscribers|members)"
    r"|\bthe rest of this (?:article|story|post) is\b"
    r"|\byou(?:['’]ve| have) (?:reached|read|used) (?:your|all|the).{0,40}\barticles?"
    r"|\b(?:für|nur) (?:unsere )?abonnenten\b|\bjetzt (?:abonnieren und )?weiterlesen\b"
    r"|\bréservé (?:à|aux) (?:nos )?abonnés|\bexclusivo para suscriptores\b|\bper continuare a leggere\b"
    r"|\bpara (?:seguir|continuar) (?:leyendo|lendo)\b",
    re.I,
)


def shortfall_of(pieces: Sequence[Piece], roles: Sequence[Role], *, free: bool | None = None) -> str | None:
    """Say that a text is only the beginning of an article, and how much of it there is; else None.

    `free` is what a page's markup says about whether everybody may read all of it.
    """
    cited = [index for index, role in enumerate(roles) if role in CITABLE and not _SELLS.search(pieces[index].text)]
    count = sum(len(pieces[index].text) for index in cited)
    if not cited or count > _TEASER:
        return None
    below = range(cited[-1] + 1, min(len(pieces), cited[-1] + 1 + _REACH))
    after = [pieces[index].text[:_JUDGED] for index in below if roles[index] is not Role.COMMENT]
    sold = any(_SELLS.search(text) for text in after) or (free is False and count <= _SOLD)
    abrupt = bool(_ABRUPT.search(pieces[cited[-1]].text[-8:])) and any(_GOES_ON.match(text) for text in after[:3])
    return f"teaser only: {count:,} characters" if sold or abrupt else None
