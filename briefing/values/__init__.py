"""Numbers, dates, names and speech read as values with spans; pure. Checks and crosschecks share it."""

from briefing.values.addresses import Address, read_addresses
from briefing.values.hedges import Hedge, read_hedges
from briefing.values.moments import Moment, compatible, read_moments
from briefing.values.names import Name, read_names
from briefing.values.polarity import Direction, Negation, is_negated, read_directions, read_negations
from briefing.values.prospects import Prospect, read_prospects
from briefing.values.quantifiers import Extent, Quantifier, read_quantifiers
from briefing.values.quantities import (
    Bound,
    Quantity,
    QuantityKind,
    canonical,
    read_quantities,
    same_amount,
    scale_slip,
    supports,
)
from briefing.values.quotations import Quotation, read_quotations
from briefing.values.sorts import sort_of
from briefing.values.speech import Attribution, read_attributions
from briefing.values.titles import Title, read_titles, titles_conflict
from briefing.values.variants import same_name

__all__ = [
    "Address",
    "Attribution",
    "Bound",
    "Direction",
    "Extent",
    "Hedge",
    "Moment",
    "Name",
    "Negation",
    "Prospect",
    "Quantifier",
    "Quantity",
    "QuantityKind",
    "Quotation",
    "Title",
    "canonical",
    "compatible",
    "is_negated",
    "read_addresses",
    "read_attributions",
    "read_directions",
    "read_hedges",
    "read_moments",
    "read_names",
    "read_negations",
    "read_prospects",
    "read_quantifiers",
    "read_quantities",
    "read_quotations",
    "read_titles",
    "same_amount",
    "same_name",
    "scale_slip",
    "sort_of",
    "supports",
    "titles_conflict",
]
