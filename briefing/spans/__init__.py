"""Find a quotation in a text: where it stands, and how exactly.

Pure: two strings in, spans out. A span says only that these characters stand there. It does not say that they
mean what the quotation means: "15,000" against "150,000" is alike by 97 of 100 and a dropped "not" by 88, so
whoever takes a fuzzy span must compare the numbers, dates, names and negations inside it exactly. The checks
do that; this package knows nothing of them.

All offsets are half-open ranges of code points into the text as it was given, never into its folded form.
"""

from briefing.spans.finding import Located, NotLocated, Reason, Tolerance, evidence, find
from briefing.spans.folding import Folded, fold

__all__ = ["Folded", "Located", "NotLocated", "Reason", "Tolerance", "evidence", "find", "fold"]
