"""What a single piece looks like, whatever stands around it: a sentence, a caption, a date line, a page's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.documents.addressing import addresses_reader
from briefing.documents.calendars import MONTHS
from briefing.documents.dates import is_date_line
from briefing.documents.lazily import lazily
from briefing.documents.pieces import Piece, ends_sentence
from briefing.documents.vocabulary import (
    COMMENT_ANSWER,
    COMMENT_CUES,
    COMMENT_STAMP,
    COMMENTS,
    FUNCTION_WORDS,
    INTERJECTION,
    LABEL,
    RELATED,
    RELATED_STARTS,
    WEB_WORDS,
)

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_INNER_END = re.compile(r"[a-zß-ÿ\d)\]\"”’][.!?]['\"”’)]*\s+['\"“‘(]*[A-ZÀ-ÞА-Я]")
# The look of one piece is judged on its first characters: a book in one line costs no more than a page.
_JUDGED = 1_500

_CAPTION_START = re.compile(
    r"\W{0,2}(?:"
    r"(?:file|photo|image|picture|illustration|graphic|credit|foto|bild|symbolbild|video|watch|pictured|archive)s?"
    r"(?:\s+(?:photo|image|picture|by|credit|courtesy|caption|source))?\s*[:©]"
    r"|file\s[-–—]\s|(?:photo|image|picture|foto|bild)\s+(?:by|credit|courtesy|von)\b|file (?:photo|picture|image)\b"
    r"|(?:photograph|image|picture|photo)s? courtesy\b|courtesy (?:of )?[A-Z]|©\s*[A-Z][\w.]*(?:/|\s*$)"
    r"|in (?:the|this) (?:video|photo|picture|image|clip)\s*:"
    r"|in this (?:[\w.]+ \d{1,2},? (?:\d{4},? )?)?(?:undated |recent )?(?:file |handout )?"
    r"(?:photo|image|picture|frame grab)"
    r"(?: (?:taken|released|provided|made|from|by|posted)\b|,)"
    r")",
    re.I,
)
_AGENCY = (
    r"(?:AP|AFP|Getty(?: Images)?|Reuters|EPA|dpa|Shutterstock|Bloomberg|GPO|Flickr|Unsplash|Wikimedia(?: Commons)?"
    r"|Imago|Alamy|Pixabay|iStock|Pool)"
)
_CREDIT_WORD = (
    r"(?i:\bphoto|\bimages?\b|\bpicture|\bcourtesy|\bcredit|\bscreen ?(?:shot|grab|capture)|\bfoto|\bhandout"
    r"|\bsymbolbild|\barchiv|\brepresentational|©)"
)
_PICTURE_WORD = r"(?i:photo|photograph|photography|image|picture|foto|bild|credit|illustration)s?"
_CREDIT = re.compile(
    rf"(?:\((?=[^()]{{0,90}}(?:{_CREDIT_WORD}|[A-Za-z.]\s?/\s?[A-Z]))[^()]{{2,90}}\)\W*"
    rf"|(?:(?:^|[.!?;,”\"’)–—|-]\s*){_PICTURE_WORD}|\s(?=[A-Z]){_PICTURE_WORD})"
    r"(?i:\s+(?:by|credit|courtesy(?: of)?|von))?\s?[:/©]\s*[^.!?]{2,80}\W*"
    r"|©(?!\s*(?:\d{4}|(?i:copyright)))\s*(?:[^.!?]|\.(?=\w)){2,80}\W*"
    r"|[.!?]\s+(?i:photos?|foto|bild|image)\s[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){1,2}"
    rf"|\b[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){{0,3}}\s?/\s?{_AGENCY}(?:\s(?:files?|via\s[\w ]+|photo))?\W*"
    r"|[.!?]\s+By\s[A-Z][A-Z.&' ]{4,60})$"
)
# An agency alone in brackets signs reports as well as pictures.
_SIGNED = re.compile(rf"\((?:via )?(?:{_AGENCY}|file|via [A-Z]\w+)\)\W*$")
_CREDITED = 160
_PLACED = re.compile(
    r"\((?:(?:far |second |third |2nd |3rd )?(?:from )?(?:left|right|centre|center|l|r|c|links|rechts)\.?)\)",
    re.I,
)
_SPOKEN = re.compile(r"\b(?:said|says|told|according to|reported)\b", re.I)

_BY = re.compile(
    r"(?:(?:written|words|story|reporting|edited|posted|published) by|by|authors?|written|von|autor|par|por|di|door"
    r"|auteur|redaktion)\b[:\s]\s*(?P<name>\S.*)$",
    re.I,
)
_CREDITS = re.compile(
    r"\W*(?:(?:additional |with )?(?:reporting|writing|editing) by\b"
    r"|[A-Z][^.!?]{2,120}\bcontributed (?:reporting\b|to this (?:report|story|article)\b))",
    re.I,
)
_CREDITS_WORDS = 40
_SOURCE_LINE = re.compile(
    r"(?:source|sources|quelle|quellen|fuente|fonte|via|originally published(?: (?:in|on|by|at))?)\s*:\s*\S",
    re.I,
)
_WRITER = (
    r"(?:reporter|correspondent|editor|writer|journalist|columnist|author|contributor|blogger|photographer|producer"
    r"|freelancer?|professor|lecturer|fellow|director|co-?founder|founder|expert|researcher|consultant|analyst)s?\b"
)
_BIO = re.compile(
    r"^[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|bin|al)){1,4}\s+(?:"
    rf"is\s+(?:an?|the|our|[A-Z][\w.’' ]{{1,40}}['’]s?)\s+(?:[\w’'-]+,?\s+){{0,6}}?{_WRITER}"
    r"|(?:covers|writes|reports|has (?:covered|reported|written)|joined)\s+(?:[\w’'-]+\s+){0,4}?"
    r"(?:for|about|on|as|at|from)\b"
    rf"|(?:covers|has (?:covered|reported|written))\b[^.!?]{{0,140}}\b(?:{_WRITER}|newsroom))"
)
# Share of a line's words that are a page's own; a sentence about the press has some, a share bar is made of them.
_WEB_LINE, _WEB_SENTENCE = 0.34, 0.6
_COUNTED = re.compile(r"(?:^|\s)\d+\s+comments?\W*$", re.I)
_TO_READER = frozenset("you your us our now here today more".split())
_IMPERATIVE = re.compile(r"\W*(?:read|see|view|discover|explore|find|continue|lesen|lire|lea|leggi|lees)\b", re.I)
_NAME_WORD = re.compile(r"[A-ZÀ-ÞА-Я][\w.'’-]*$")


# What must be there for a pattern to match: one look into a set spares most lines the pattern.
_DIGIT = re.compile(r"\d")
_DATED = re.compile(r"\d[./-]\d|\d:\d\d|(?:19|20)\d\d|\d\s?min")
_STAMPED = frozenset("ago offline online".split())
_ANSWERED = frozenset(
    "reply report flag upvote antworten répondre responder rispondi says schreibt sagt wrote dit dice".split()
)
_DATE_WORDS = frozenset("ago min mins minute minutes".split()) | frozenset(MONTHS)
_CREDIT_SIGNS = ("(", "/", "©", ":", " By ")
_PICTURE_WORDS = frozenset(
    "photo photos photograph photographs photography image images picture pictures foto fotos bild".split()
)
_CAPTION_STARTS = frozenset("fil pho ima pic ill gra cre fot bil sym vid wat arc cou in".split())
_BY_CUES = frozenset(
    "by aut wri von par por di doo aut red add rep edi wit con sou que fue fon via ori wor sto pos pub".split()
)
_BIO_CUES = frozenset("is covers writes reports has joined".split())


@dataclass(frozen=True)
class Shape:
    """The features of one piece. Counting is done once, over at most its first 1,500 characters."""

    piece: Piece

    @lazily
    def text(self) -> str:
        """The judged part of the text."""
        return self.piece.text[:_JUDGED]

    @lazily
    def words(self) -> tuple[str, ...]:
        """Its words, folded."""
        return tuple(_WORD.findall(self.text.lower()))

    @lazily
    def terminated(self) -> bool:
        """Whether it ends like a sentence."""
        return ends_sentence(self.piece.text)

    @lazily
    def function_share(self) -> float:
        """Share of its words that hold sentences together."""
        return len([word for word in self.words if word in FUNCTION_WORDS]) / max(1, len(self.words))

    @lazily
    def web_share(self) -> float:
        """Share of its words that belong to menus, forms and share bars."""
        if WEB_WORDS.isdisjoint(self.words):
            return 0.0
        return len([word for word in self.words if word in WEB_WORDS]) / max(1, len(self.words))

    @lazily
    def is_prose(self) -> bool:
        """Whether it reads as running text: a whole sentence, or several."""
        if self.terminated:
            return len(self.words) >= 4 or self.piece.text[-1:] in '”"’»'
        return (bool(_INNER_END.search(self.text)) and len(self.words) >= 12) or len(self.words) >= 30

    @lazily
    def is_long_line(self) -> bool:
        """Whether it is fluent and longer than titles are, but ends like none: its full stop was lost."""
        return not self.piece.bulleted and len(self.words) >= 18 and self.function_share >= 0.2

    @lazily
    def is_interjection(self) -> bool:
        """Whether it only marks where an advertisement or a picture stood: articles go on after it."""
        return len(self.words) <= 3 and bool(INTERJECTION.fullmatch(self.text))

    @lazily
    def is_furniture(self) -> bool:
        """Whether its words are the page's, not the article's."""
        count = len(self.words)
        if self.web_share >= (_WEB_SENTENCE if self._is_sentence else _WEB_LINE):
            return True
        if count <= 10 and not self._is_sentence and LABEL.match(self.text):
            return True
        return count <= 90 and addresses_reader(self.text, self.words)

    @lazily
    def opens_related(self) -> bool:
        """Whether it announces links to other articles."""
        if len(self.words) > 12 or not (self._opens_with(RELATED_STARTS) and RELATED.match(self.text)):
            return False
        return not self._is_sentence or bool(_IMPERATIVE.match(self.text))

    def _opens_with(self, starts: frozenset[str]) -> bool:
        """Tell whether a pattern whose matches start with these letters can match: three letters, one look-up."""
        return bool(self.words) and (self.words[0][:3] in starts or self.words[0] > "~")

    def _mentions(self, cues: frozenset[str]) -> bool:
        """Tell whether one of its words starts with one of these three letters."""
        return not cues.isdisjoint([word[:3] for word in self.words])

    @lazily
    def _is_sentence(self) -> bool:
        """Whether it ends like a statement and is long enough for one: "Contact was lost." """
        count = len(self.words)
        return self.terminated and count >= 3 and (count >= 5 or _TO_READER.isdisjoint(self.words))

    @lazily
    def opens_comments(self) -> bool:
        """Whether it announces the readers' comments."""
        if len(self.words) > 30 or not self._mentions(COMMENT_CUES):
            return False
        counted = len(self.words) <= 20 and _COUNTED.search(self.text[-30:])
        return bool(counted or COMMENTS.match(self.text))

    @lazily
    def is_comment_stamp(self) -> bool:
        """Whether it is a reader's name and time, or a way to answer."""
        if len(self.words) > 16:
            return False
        stamped = self.has_digit or not _STAMPED.isdisjoint(self.words)
        return self.answers_comment or (stamped and bool(COMMENT_STAMP.search(self.text)))

    @lazily
    def answers_comment(self) -> bool:
        """Whether it is a button to answer a comment, or says that somebody says something."""
        return len(self.words) <= 16 and not _ANSWERED.isdisjoint(self.words) and bool(COMMENT_ANSWER.search(self.text))

    @lazily
    def is_caption(self) -> bool:
        """Whether it describes a picture or a film."""
        if len(self.words) > 90:
            return False
        if self._opens_with(_CAPTION_STARTS) and _CAPTION_START.match(self.text):
            return True
        tail = self.text[-_CREDITED:]
        credited = any(sign in tail for sign in _CREDIT_SIGNS) or not _PICTURE_WORDS.isdisjoint(self.words)
        if credited and _CREDIT.search(tail):
            return True
        return "(" in self.text and len(self.words) <= 40 and self._describes_picture

    @property
    def _describes_picture(self) -> bool:
        placed = _PLACED.search(self.text) or _SIGNED.search(self.text[-_CREDITED:])
        return bool(placed) and not _SPOKEN.search(self.text)

    @lazily
    def is_date_line(self) -> bool:
        """Whether it holds a date or a time and hardly anything else."""
        if len(self.words) > 16:
            return False
        dated = (self.has_digit and _DATED.search(self.text)) or not _DATE_WORDS.isdisjoint(self.words)
        return bool(dated) and is_date_line(self.text)

    @lazily
    def has_digit(self) -> bool:
        """Whether a digit stands in it."""
        return bool(_DIGIT.search(self.text))

    @lazily
    def is_by_line(self) -> bool:
        """Whether it names who wrote it, or where it was taken from."""
        if not self._mentions(_BY_CUES):
            return False
        if len(self.words) <= _CREDITS_WORDS and _CREDITS.match(self.text):
            return True
        if len(self.words) > 14 or (self.terminated and len(self.words) > 6):
            return False
        by = _BY.match(self.text)
        return bool(by and by["name"][:1].isupper()) or bool(_SOURCE_LINE.match(self.text))

    @lazily
    def is_biography(self) -> bool:
        """Whether it presents the reporter."""
        return len(self.words) <= 70 and not _BIO_CUES.isdisjoint(self.words) and bool(_BIO.match(self.text))

    @lazily
    def is_name(self) -> bool:
        """Whether it is nothing but two to four capitalised words."""
        parts = self.text.split()
        return 2 <= len(parts) <= 4 and all(_NAME_WORD.match(part) for part in parts)

    @lazily
    def folded(self) -> str:
        """Its letters and digits only, in small letters, for finding repetitions."""
        return " ".join(self.words)
