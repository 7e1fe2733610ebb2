"""Values as text, as they are kept."""

from __future__ import annotations

import json
from typing import Any


def as_json(values: Any) -> str:
    """Write JSON in one way only, in ASCII, so that lone surrogates from outside survive too.

    Properties keep their order: a model that is held to a schema answers in the order of the schema.

    >>> as_json({"b": "ž", "a": [1, 2.5, None]})
    '{"b":"\\\\u017e","a":[1,2.5,null]}'
    """
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
