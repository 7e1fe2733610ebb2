"""Which kinds of answers are worth reading: decided from the header, before the body is read. Pure."""

from __future__ import annotations

_READ = frozenset(
    {
        "",
        "application/atom+xml",
        "application/octet-stream",
        "application/json",
        "application/ndjson",
        "application/pdf",
        "application/rss",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-download",
        "application/x-mimearchive",
        "application/x-ndjson",
        "application/x-pdf",
        "application/xml",
        "application/jsonl",
        "application/x-jsonlines",
        "application/force-download",
        "binary/octet-stream",
        "message/rfc822",
        "multipart/related",
    }
)
_NOT_READ = frozenset({"text/css", "text/javascript", "text/calendar", "text/vcard"})
_NAMES = {"image": "a picture", "video": "a video", "audio": "a sound", "font": "a font", "model": "a model"}


def refused_kind(content_type: str) -> str | None:
    """Say what an answer is instead of something to read; None for what may be read, or is found out from its bytes.

    >>> refused_kind("image/svg+xml")
    'a picture (image/svg+xml)'
    >>> refused_kind("application/xhtml+xml; charset=utf-8")
    """
    kind = content_type.partition(";")[0].strip().lower()
    group = kind.partition("/")[0]
    if group in _NAMES:
        return f"{_NAMES[group]} ({kind[:60]})"
    readable = kind in _READ or (group == "text" and kind not in _NOT_READ) or kind.endswith(("+xml", "+json"))
    return None if readable or "/" not in kind else f"{kind[:60]}, which holds no article"
