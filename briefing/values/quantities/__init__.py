"""Read the numbers of a text as values: how much, in which unit, of what, under which verb.

`50` is never found in `1500`, `3` is never `3,000`, `1,57 %` is not `57 %`, and years, scores, ages and the
numbers in names are told apart from amounts. English grammar decides what a number counts; numerals, separators,
currency signs and percent signs are read in any language.

Pure. Offsets are code points into the text as given.
"""

from briefing.values.quantities.comparing import canonical, same_amount, scale_slip, supports
from briefing.values.quantities.model import Bound, Quantity, QuantityKind
from briefing.values.quantities.reading import read_quantities

__all__ = [
    "Bound",
    "Quantity",
    "QuantityKind",
    "canonical",
    "read_quantities",
    "same_amount",
    "scale_slip",
    "supports",
]
