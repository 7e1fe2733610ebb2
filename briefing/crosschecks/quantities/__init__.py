"""Find the questions of amount that the sources of one story answer differently.

A number alone never makes a dispute: years, ages, scores and counts of different things would drown the real
ones. Two numbers are compared only when they answer the same question, which takes the same unit, the same
counted noun, an agreeing verb and enough shared context. What is left out on purpose: refinements and roundings,
other days, conditions, and numbers that the other source gives as well.

Deterministic, without a model. A mention meets only mentions with the same unit and a term in common, and no more
than a fixed number of them per term, so that cost stays linear in the story.
"""

from briefing.crosschecks.quantities.agreement import ALIGNED, QuantityPolicy
from briefing.crosschecks.quantities.disputes import VouchedQuantities, quantity_disputes

__all__ = ["ALIGNED", "QuantityPolicy", "VouchedQuantities", "quantity_disputes"]
