"""What tokens cost: known from the providers' own lists, or said to be unknown, and never made up.

The lists come with `genai-prices`; nothing is looked up over the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.types import Usage

if TYPE_CHECKING:
    import genai_prices.types


@dataclass(frozen=True, kw_only=True, slots=True)
class Tariff:
    """What the tokens of one model cost at one server."""

    model: str
    server: str
    price: genai_prices.types.ModelPrice

    def cost(self, usage: Usage) -> float:
        """Return the dollars that these tokens cost; cached ones at their own price.

        >>> gpt_4o = find_tariff("gpt-4o", "https://api.openai.com/v1")
        >>> gpt_4o.cost(Usage(prompt_tokens=1_000_000, cached_tokens=400_000, completion_tokens=100_000))
        3.0
        """
        import genai_prices

        counted = genai_prices.Usage(
            input_tokens=usage.prompt_tokens,
            cache_read_tokens=min(usage.cached_tokens, usage.prompt_tokens),
            output_tokens=usage.completion_tokens,
        )
        return float(self.price.calc_price(counted)["total_price"])


def find_tariff(model: str, server: str) -> Tariff | None:
    """Return what the model costs at the server with that base URL, or None when nobody knows.

    Prices come with `genai-prices` and are looked up without the network. They belong to a provider, so a model
    of the same name at a server of one's own has none.

    >>> find_tariff("gpt-4o", "http://127.0.0.1:8080/v1") is None
    True
    """
    import genai_prices

    nothing = genai_prices.Usage(input_tokens=0, output_tokens=0)
    try:
        known = genai_prices.calc_price(nothing, model, provider_api_url=server)
    except LookupError:
        return None
    # A model that is listed without prices would cost 0, whatever it is asked.
    complete = known.model_price.input_mtok is not None and known.model_price.output_mtok is not None
    if not complete or not _is_at(known.provider.api_pattern, server):
        return None
    return Tariff(model=model, server=server, price=known.model_price)


def _is_at(pattern: str, server: str) -> bool:
    """Say whether the provider's pattern reaches the end of the host, as for `api.provider.com.example` it does not."""
    match = re.match(pattern, server)
    return match is not None and "." not in server[match.end() :].partition("/")[0]


def dollars(amount: float) -> str:
    """Write an amount so that its first digits are seen.

    >>> dollars(1.5), dollars(0.01234), dollars(0.0000004), dollars(0)
    ('$1.50', '$0.0123', 'less than $0.0001', '$0.00')
    """
    if 0 < amount < 0.0001:
        return "less than $0.0001"
    return f"${amount:.4f}" if 0 < amount < 1 else f"${amount:,.2f}"
