"""Units and currencies: how they are written, and the one canonical name of each."""

from __future__ import annotations

import re

from briefing.values.quantities.model import QuantityKind

_DURATIONS = {
    "second": "seconds second secs sec",
    "minute": "minutes minute mins min",
    "hour": "hours hour hrs hr",
    "day": "days day",
    "night": "nights night",
    "week": "weeks week wks wk",
    "fortnight": "fortnights fortnight",
    "month": "months month",
    "year": "years year yrs yr",
    "decade": "decades decade",
    "century": "centuries century",
}
_MEASURES = {
    "km": "kilometres kilometre kilometers kilometer kms km",
    "m": "metres metre meters meter m",
    "cm": "centimetres centimetre centimeters centimeter cm",
    "mm": "millimetres millimetre millimeters millimeter mm",
    "mile": "miles mile",
    "nautical mile": "nautical\\smiles nautical\\smile",
    "foot": "feet foot ft",
    "inch": "inches inch",
    "yard": "yards yard",
    "km/h": "km/h kph kmh kilometres\\sper\\shour kilometers\\sper\\shour "
    "kilometres\\san\\shour kilometers\\san\\shour",
    "mph": "mph miles\\sper\\shour miles\\san\\shour",
    "knot": "knots knot",
    "km²": "km² km2 sq\\skm square\\skilometres square\\skilometers square\\skilometre square\\skilometer",
    "m²": "m² m2 sq\\sm square\\smetres square\\smeters square\\smetre square\\smeter",
    "square mile": "square\\smiles square\\smile sq\\smi",
    "square foot": "square\\sfeet square\\sfoot sq\\sft",
    "hectare": "hectares hectare ha",
    "acre": "acres acre",
    "kg": "kilograms kilogram kilogrammes kilogramme kilos kilo kgs kg",
    "g": "grams gram grammes gramme",
    "mg": "milligrams milligram mg",
    "tonne": "tonnes tonne metric\\stons metric\\ston",
    "ton": "tons ton",
    "ounce": "ounces ounce oz",
    "lb": "lbs lb",
    "litre": "litres litre liters liter",
    "ml": "millilitres millilitre milliliters milliliter ml",
    "gallon": "gallons gallon",
    "barrel": "barrels barrel bpd",
    "degree": "degrees degree °",
    "degree Celsius": "°C °\\sC degrees\\sCelsius degrees\\scentigrade degree\\sCelsius degrees\\sC",
    "degree Fahrenheit": "°F °\\sF degrees\\sFahrenheit degree\\sFahrenheit degrees\\sF",
    "W": "watts watt",
    "kW": "kilowatts kilowatt kW",
    "MW": "megawatts megawatt MW",
    "GW": "gigawatts gigawatt GW",
    "kWh": "kilowatt-hours kilowatt-hour kWh",
    "MWh": "MWh",
    "GWh": "GWh",
    "TWh": "TWh",
    "MB": "megabytes megabyte MB",
    "GB": "gigabytes gigabyte GB",
    "TB": "terabytes terabyte TB",
    "Hz": "Hz hertz",
    "MHz": "MHz",
    "GHz": "GHz",
    "magnitude": "magnitude",
    "calorie": "calories calorie kcal",
}
_PERCENTS = {
    "percentage point": "percentage\\spoints percentage\\spoint percent\\spoints pp",
    "basis point": "basis\\spoints basis\\spoint",
    "%": "% ٪ per\\scent percent pct",
}
_CURRENCY_WORDS = {
    "USD": "US\\sdollars US\\sdollar U\\.S\\.\\sdollars American\\sdollars dollars dollar bucks USD US$ $",
    "EUR": "euros euro EUR €",
    "GBP": "pounds\\ssterling British\\spounds GBP £",
    "JPY": "yen JPY ¥",
    "CNY": "yuan renminbi RMB CNY",
    "INR": "Indian\\srupees INR ₹",
    "RUB": "roubles rouble rubles ruble RUB ₽",
    "ILS": "shekels shekel NIS ILS ₪",
    "CHF": "Swiss\\sfrancs francs CHF",
    "TRY": "Turkish\\slira liras lira TRY ₺",
    "KRW": "South\\sKorean\\swon Korean\\swon KRW ₩",
    "UAH": "hryvnias hryvnia UAH ₴",
    "PLN": "zlotys zloty PLN zł",
    "SEK": "Swedish\\skronor kronor krona SEK",
    "NOK": "Norwegian\\skroner NOK",
    "DKK": "Danish\\skroner DKK",
    "AUD": "Australian\\sdollars AUD A$",
    "CAD": "Canadian\\sdollars CAD C$",
    "NZD": "New\\sZealand\\sdollars NZD NZ$",
    "HKD": "Hong\\sKong\\sdollars HKD HK$",
    "SGD": "Singapore\\sdollars SGD S$",
    "BRL": "reais BRL R$",
    "ZAR": "rand ZAR",
    "MXN": "pesos peso MXN",
    "NGN": "naira NGN ₦",
    "KES": "Kenyan\\sshillings KES",
    "PKR": "Pakistani\\srupees PKR",
    "rupee": "rupees rupee Rs\\.? Rs",
    "crown": "crowns crown",
    "pound": "pounds pound",
    "cent": "cents cent",
    "pence": "pence",
    "SAR": "riyals SAR",
    "AED": "dirhams AED",
    "BTC": "bitcoins bitcoin BTC",
    "THB": "baht THB ฿",
    "PHP": "PHP ₱",
    "VND": "dong VND ₫",
}
# Signs and codes that may stand before the number.
_PREFIX = re.compile(r"\W$|^[A-Z]{3}$|\$$|^Rs|^NIS$|^RMB$")


def _spellings(table: dict[str, str]) -> dict[str, str]:
    return {spelling: unit for unit, spellings in table.items() for spelling in spellings.split(" ")}


def _either(spellings: dict[str, str]) -> str:
    def escaped(spelling: str) -> str:
        body = spelling if "\\" in spelling else re.escape(spelling)
        if spelling[-1].isalpha():
            body += r"(?![\w’'])" if spelling[:1].isupper() else r"(?!\w)"
        else:
            body += r"(?!\d)"
        return body if not spelling.islower() or len(spelling) < 3 else f"(?i:{body})"

    return "|".join(escaped(s) for s in sorted(spellings, key=len, reverse=True))


_AFTER = {
    **{s: (u, QuantityKind.DURATION) for s, u in _spellings(_DURATIONS).items()},
    **{s: (u, QuantityKind.MEASURE) for s, u in _spellings(_MEASURES).items()},
    **{s: (u, QuantityKind.PERCENT) for s, u in _spellings(_PERCENTS).items()},
    **{s: (u, QuantityKind.MONEY) for s, u in _spellings(_CURRENCY_WORDS).items()},
}
_BEFORE = {s: u for s, u in _spellings(_CURRENCY_WORDS).items() if _PREFIX.search(s)}
_FOLDED = {re.sub(r"\\s", " ", s).replace("\\", "").casefold().replace("ı", "i"): v for s, v in _AFTER.items()}
_MORE = r"(?:\s(?:more|additional|further|extra|consecutive|straight|full)(?=\s))?"
# "£" as old character sets have it: apart from its number, as in text cut into words, and before more than one digit,
# for "# 1" may be a rank.
_HASH = re.compile(r"(?<![\w#])#\s$")
_TWO_DIGITS = re.compile(r"\d[\d,.]*\d")
_ANY_UNIT = _either({spelling: unit for spelling, (unit, _) in _AFTER.items()})
_AFTER_PATTERN = re.compile(rf"{_MORE}(?:\s|-)?(?P<unit>{_ANY_UNIT})")
_BEFORE_PATTERN = re.compile(rf"(?<!\w)(?P<unit>{_either(_BEFORE)})\s?$")


def unit_after(text: str, at: int) -> tuple[str, QuantityKind, int] | None:
    """Return the unit that stands at `at`, its kind, and where it ends.

    >>> unit_after("5 km away", 1)
    ('km', <QuantityKind.MEASURE: 'measure'>, 4)
    """
    match = _AFTER_PATTERN.match(text, at)
    if match is None:
        return None
    unit, kind = _FOLDED[re.sub(r"\s", " ", match["unit"]).casefold().replace("ı", "i")]
    return unit, kind, match.end()


def currency_before(text: str, at: int) -> tuple[str, int] | None:
    """Return the currency whose sign or code ends at `at`, and where it begins.

    >>> currency_before("for US$20", 7)
    ('USD', 4)
    >>> currency_before("for # 20", 6)
    ('pound', 4)
    """
    match = _BEFORE_PATTERN.search(text[max(0, at - 6) : at])
    if match is None:
        return ("pound", at - 2) if _HASH.search(text[max(0, at - 6) : at]) and _TWO_DIGITS.match(text, at) else None
    spelling = match["unit"].casefold().replace("ı", "i")
    return _FOLDED.get(spelling, _FOLDED.get(spelling.removesuffix("."), ("rupee", None)))[0], at - len(match[0])
