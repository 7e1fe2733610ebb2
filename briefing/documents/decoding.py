"""From bytes to the one text that every offset points into. Knows nothing of articles.

The text is the file as it stands: no newline is translated, no byte order mark dropped, nothing normalised, so
`data.decode(encoding)` gives it again. Where that cannot hold, because bytes are broken, a warning says so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from briefing.errors import SourceEmpty, SourceNotText

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
    (b"RIFF", "a sound or video file"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
)
# Their files may hold no byte that text would not.
_PRINTABLE_FORMATS = frozenset({b"%PDF-", b"{\\rtf"})
# C0 controls that no text editor writes; tab, newlines, form feed and escape are left out.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.01
_SAMPLED_BYTES = 65_536
# A page saved in UTF-8 with a few bytes damaged is still UTF-8; one letter in twenty wrong is another encoding.
_STRAY_SHARE = 0.002
_STRAY_MINIMUM = 3
_SOUND_PER_BROKEN = 4
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_DECLARED_WITHIN = 4_096
# Only codecs from bytes to text: Python also registers "zip", "rot13" and the like.
_CODEC_FAMILIES = (
    "cp",
    "iso8859",
    "koi8",
    "mac",
    "gb",
    "big5",
    "euc",
    "shift_jis",
    "iso2022",
    "windows",
    "johab",
    "tis",
)
_TEXT_CODECS = frozenset({"utf-8", "hz"})
# What people save articles in. Left to choose among all, the guesser takes German in Windows-1252 for Baltic DOS.
_GUESSED = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("koi8_r", "iso8859_2", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp874"),
]
_SAVE_AS_TEXT = "save its words as a .txt file, or copy and paste them into one"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """The text of some bytes, the codec that gives it, and what was unusual."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, location: str, charset: str | None = None) -> Decoded:
    r"""Decode the bytes as they stand; `charset` is what their server says, and better than a guess.

    Raises SourceNotText for pictures, archives and programs, SourceEmpty for nothing but white space.

    >>> decode(b"caf\xc3\xa9\r\n", "a.txt")
    Decoded(text='café\r\n', encoding='utf-8', warnings=())
    """
    _refuse_known_formats(data, location)
    decoded = _by_mark(data) or _as_utf8(data, location, charset) or _guess(data, location)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\x85\xa0\u2028\u2029") or decoded.text.isspace():
        raise SourceEmpty(location, "nothing but white space", hint="leave it out, or save the article again")
    return decoded


def decode_markup(data: bytes, location: str, charset: str | None = None) -> Decoded:
    r"""Decode a page: by its byte order mark, the server's `charset`, the one it declares, or as plain text is decoded.

    >>> decode_markup(b'<meta charset="windows-1252"><p>caf\xe9', "a.html").text
    '<meta charset="windows-1252"><p>café'
    """
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    if not _has_mark(data) and b"\x00" not in data:
        # The order of the HTML standard.
        for name in (charset, declared and declared[1].decode("ascii")):
            decoded = _declared(data, name) if name else None
            if decoded is not None:
                return decoded
    return decode(data, location)


def _has_mark(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in _BOMS)


def _declared(data: bytes, name: str) -> Decoded | None:
    try:
        # Browsers read the declared ISO 8859-1 and ASCII as its superset; so do the people who declare it.
        codec = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(codecs.lookup(name).name, codecs.lookup(name).name)
    except (LookupError, ValueError):
        return None
    # Most pages that say otherwise and are valid UTF-8 are UTF-8: templates outlive conversions.
    return _strict(data, "utf-8") or (
        _strict(data, codec) if codec in _TEXT_CODECS or codec.startswith(_CODEC_FAMILIES) else None
    )


def _refuse_known_formats(data: bytes, location: str) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic) and (magic in _PRINTABLE_FORMATS or _is_binary(data)):
            raise SourceNotText(location, f"looks like {name}, not text", hint=_SAVE_AS_TEXT)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding) or _replacing(data, encoding)
    return None


def _as_utf8(data: bytes, location: str, charset: str | None) -> Decoded | None:
    if _is_binary(data):
        raise SourceNotText(
            location,
            "holds control bytes that no text has, perhaps a program or a picture",
            hint=_SAVE_AS_TEXT,
        )
    named = _declared(data, charset) if charset else None
    return named or _strict(data, "utf-8") or _with_stray_bytes(data)


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLED_BYTES]
    return b"\x00" in data or len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except UnicodeDecodeError:
        return None


def _with_stray_bytes(data: bytes) -> Decoded | None:
    """Take bytes for UTF-8 when far more of its sequences are sound than broken."""
    broken = _broken(data, "utf-8")
    sound = sum(ch > "\x7f" for ch in data.decode("utf-8", errors="ignore"))
    few = broken <= max(_STRAY_MINIMUM, _STRAY_SHARE * len(data))
    return _replacing(data, "utf-8") if few and sound >= _SOUND_PER_BROKEN * broken else None


def _replacing(data: bytes, encoding: str) -> Decoded:
    warning = (
        f"{_broken(data, encoding)} broken {encoding.upper()} sequence(s), the first at byte "
        f"{_first_broken(data, encoding)}, stand as U+FFFD."
    )
    return Decoded(text=data.decode(encoding, errors="replace"), encoding=encoding, warnings=(warning,))


def _broken(data: bytes, encoding: str) -> int:
    marked = data.decode(encoding, errors="replace").count("\ufffd")
    return marked - data.decode(encoding, errors="ignore").count("\ufffd")


def _first_broken(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _guess(data: bytes, location: str) -> Decoded:
    from charset_normalizer import from_bytes

    # The sample is enough to tell encodings apart; the whole file is then decoded strictly.
    for match in from_bytes(_sample(data), cp_isolation=_GUESSED):
        decoded = _strict(data, match.encoding)
        if decoded is not None:
            return _guessed(decoded)
    decoded = _strict(data, "cp1252")
    if decoded is None:
        raise SourceNotText(location, "no encoding gives text", hint="save it again as UTF-8")
    return _guessed(decoded)


def _sample(data: bytes) -> bytes:
    """Cut at a line's end: half a character would rule its own encoding out."""
    sample = data[:_SAMPLED_BYTES]
    return sample if len(data) == len(sample) else sample[: sample.rfind(b"\n") + 1] or sample


def _guessed(decoded: Decoded) -> Decoded:
    warning = f"Not UTF-8; the encoding was guessed to be {decoded.encoding}."
    return Decoded(text=decoded.text, encoding=decoded.encoding, warnings=(warning,))
