"""A small English verb list: enough to find the act that governs a number. Not a tagger."""

from __future__ import annotations

import re

# Base forms that news puts beside numbers; regular forms are derived.
_REGULAR = """
abandon abduct accept accompany account accuse ache acquire act add admit affect agree aim airdrop airlift
allege allocate allow amass amount announce answer apologise appeal appear apply appoint approach approve
argue arrest arrive ask assassinate assault attack attend attract award back ban bar bargain batter behead
belong betray blame block board boast bomb borrow boycott burn call cancel capture carry cast cause cease
celebrate challenge change charge check cite claim clash clear climb close collapse collect comment commit
complain complete comprise confirm consider consist contact contain continue contribute control convict cost
count cover crash create criticise cross crush damage decide declare decline defeat deliver demand demolish
denounce deny depart deploy deport describe destroy detain detect determine die direct disappear discharge
discover dismiss displace distribute donate double drop drown earn ease elect eliminate emerge employ
encounter end endorse enrol enter erupt escape establish estimate evacuate examine exceed execute exit expand expect
expel explain explode export express extend face fail fear feature fill film finance find finish fire
flatten float flood follow force free fund gain gather gauge generate grant guarantee gun hail handle happen
harm head help hire hospitalise host house hurt identify import include increase infect inform inject injure
inspect install interview invest investigate invite involve issue jail join jump kidnap kill land last
launch lead leak learn lift limit list live lock log lower maim manage mark massacre match measure migrate
miss mobilise monitor mount move murder name need note number obtain occupy occur offer open operate order
organise overrule overturn owe own pardon pass patrol pay perish permit persuade plan plant pledge plummet plunge
post pour praise predict prepare present prevent process produce project promise propose protest provide publish
purchase pursue push quarantine question raid raise range rank reach realise receive recommend record recover recruit
reduce refer refuse register rehouse relate release relocate remain remove rent repatriate replace reply
report represent request rescue resettle reside resign respond rest restore result retain retire retrieve
return reveal risk rob ruin rush sack save schedule score screen search secure seek seize sell sentence
separate serve settle share shed shell shelter ship shut sign sink slash soar speak spend spill split spread
stab stage stand start starve stay steal stop strand stretch strike study submit succumb sue suffer supply
support surge surpass surrender surround survive suspect suspend sustain target test threaten topple torture
total trade train trap travel treat trigger triple try tumble turn undergo unload urge use vaccinate value
vanish view visit volunteer vote vow wait walk want warn watch weigh welcome withdraw witness work worth
wound spin leave lose hold keep
""".split()
_IRREGULAR = {
    "be": "is are was were been being am",
    "bear": "bore borne born",
    "beat": "beaten beating",
    "begin": "began begun beginning",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "catch": "caught",
    "come": "came coming",
    "cost": "cost",
    "cut": "cut cutting",
    "do": "did done does",
    "drive": "drove driven driving",
    "eat": "ate eaten",
    "fall": "fell fallen",
    "feel": "felt",
    "fight": "fought",
    "find": "found",
    "flee": "fled fleeing",
    "fly": "flew flown flies",
    "get": "got gotten getting",
    "give": "gave given giving",
    "go": "went gone goes",
    "grow": "grew grown",
    "have": "has had having",
    "hit": "hit hitting",
    "hold": "held",
    "hurt": "hurt",
    "keep": "kept",
    "know": "knew known",
    "lead": "led",
    "leave": "left leaving",
    "lose": "lost losing",
    "make": "made making",
    "meet": "met",
    "pay": "paid",
    "put": "put putting",
    "ride": "rode ridden",
    "rise": "rose risen rising",
    "run": "ran running",
    "say": "said says",
    "see": "saw seen",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "set": "set setting",
    "shoot": "shot",
    "show": "shown showed",
    "shrink": "shrank shrunk",
    "sink": "sank sunk",
    "sleep": "slept",
    "speak": "spoke spoken",
    "spend": "spent",
    "spread": "spread",
    "stand": "stood",
    "steal": "stole stolen",
    "strike": "struck stricken striking",
    "swim": "swam",
    "take": "took taken taking",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "undergo": "underwent undergone",
    "win": "won winning",
    "withdraw": "withdrew withdrawn",
    "write": "wrote written writing",
    "die": "dying",
    "jump": "jumped",
    "airdrop": "airdropped airdropping",
}
#: Verbs that only bring in what somebody says; the act is another verb of the clause.
REPORTING = frozenset(
    "say tell report believe estimate announce claim state think note add confirm reveal warn suggest "
    "show expect allege argue predict explain know understand fear see hear learn indicate put be do have "
    "get according".split()
)
AUXILIARIES = frozenset(
    "is are was were be been being am has have had do does did will would can could may might must shall "
    "should having isn't aren't wasn't weren't hasn't haven't hadn't didn't don't doesn't won't wouldn't "
    "can't couldn't get gets got getting 've 're ’ve ’re".split()
)
# Forms that are nouns far more often than verbs beside a number.
_NOUNS = frozenset(
    "attacks reports votes shots tests cases guns deaths injuries arrests trades trains shares ships "
    "shells plants records strikes houses boards works visits views uses turns values targets talks "
    "supplies studies stages signs searches schedules returns results requests risks reviews projects "
    "points plans orders offers notes names moves marks lists links lines limits lands issues hosts heads "
    "hands guards grants funds forces fires films files fights features faces doubts directs demands "
    "damages covers costs controls contacts clashes claims charges changes challenges calls bombs blocks "
    "bids bans backs awards appeals aims acts accounts raids ranks rents rests measures matches members "
    "volunteers witnesses suspects wounds starts stops seconds trips posts process present house share "
    "work study vote trade train ship shell plant record report strike attack test view use turn value "
    "target talk supply stage fire film force fund grant guard hand head host issue land limit line link "
    "list mark move name note offer order plan point project rank request result return review risk "
    "schedule search sign shot gun bomb block board call case challenge change charge claim clash contact "
    "control cover damage demand account act aim appeal award back ban bid building meeting wedding "
    "evening morning training housing clothing hearing killing shooting funding".split()
)


def _forms(base: str) -> list[str]:
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    plural = base + ("es" if re.search(r"(?:s|x|z|ch|sh)$", base) else "s")
    forms = [base, plural, base + "ed", base + "ing"]
    if re.search(r"[^aeiou][aeiou][bdglmnprt]$", base):
        forms += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return forms


_LEMMAS = {form: base for base in _REGULAR for form in _forms(base)}
_LEMMAS |= {form: base for base in _IRREGULAR for form in [base, *_forms(base)[1:2]]}
_LEMMAS |= {form: base for base, forms in _IRREGULAR.items() for form in forms.split()}
_LEMMAS |= {
    form.replace("is", "iz"): base
    for form, base in _LEMMAS.items()
    if re.search(r"is(?:e|es|ed|ing)$", form) and len(base) > 6
}
_PARTICIPLE = re.compile(r"[a-z]{2,}(?:ed|ing)\Z")
_NOT_PARTICIPLES = frozenset(
    "hundred wed bed red need seed speed feed united limited hundreds during nothing something anything "
    "everything including following regarding according alleged armed masked aged retired unidentified "
    "suspected".split()
)


def lemma(word: str) -> str | None:
    """Return the base form of a word that can be a verb, or None.

    >>> lemma("evacuated"), lemma("risen"), lemma("bundles"), lemma("overpainted")
    ('evacuate', 'rise', None, 'overpaint')
    """
    folded = word.casefold()
    known = _LEMMAS.get(folded)
    if known is not None:
        return known
    if _PARTICIPLE.match(folded) and folded not in _NOT_PARTICIPLES and folded not in _NOUNS:
        return _base(re.sub(r"(?:ed|ing)\Z", "", folded))
    return None


def _base(stem: str) -> str:
    if re.search(r"([bdgkmnprtv])\1\Z", stem):
        return stem[:-1]
    return stem + "e" if _LOST_E.search(stem) else stem


# Stems that ended in a silent e before "ed" or "ing": locat-, engag-, disclos-, ensu-.
_LOST_E = re.compile(r"(?:at|iz|is|us|os|as|iv|av|ov|lv|rv|uc|ic|ac|nc|rc|ag|eg|dg|rg|ur|ir|[bcdgkpt]l|u)\Z")


def is_noun_rather(word: str) -> bool:
    """Say whether a word that can be a verb is a noun as a rule: "attacks", "reports", "building"."""
    return word.casefold() in _NOUNS


_PARTICIPLES = {
    base: (forms.split()[-1] if not forms.split()[-1].endswith("ing") else "") for base, forms in _IRREGULAR.items()
}
_PARTICIPLES |= {
    base: form
    for form, base in {
        "been": "be",
        "begun": "begin",
        "come": "come",
        "cut": "cut",
        "done": "do",
        "driven": "drive",
        "fled": "flee",
        "flown": "fly",
        "got": "get",
        "given": "give",
        "gone": "go",
        "hit": "hit",
        "left": "leave",
        "lost": "lose",
        "made": "make",
        "put": "put",
        "run": "run",
        "risen": "rise",
        "said": "say",
        "set": "set",
        "shown": "show",
        "struck": "strike",
        "taken": "take",
        "written": "write",
        "won": "win",
        "died": "die",
        "had": "have",
    }.items()
}
# "10 guards remaining" reads as a name of a question, "10 guards remained" as an assertion.
_LASTING = {"remain": "remaining", "stay": "staying", "live": "living", "work": "working", "lie": "lying"}


def past_participle(base: str) -> str:
    """Return the form of a verb that can follow a noun: "guards evacuated", "guards remaining".

    >>> past_participle("evacuate"), past_participle("leave"), past_participle("remain")
    ('evacuated', 'left', 'remaining')
    """
    known = _LASTING.get(base) or _PARTICIPLES.get(base)
    if known:
        return known
    regular = [form for form in _forms(base) if form.endswith("ed")] or [base]
    return regular[-1] if _ONE_SYLLABLE.fullmatch(base) or base in _STRESSED_LAST else regular[0]


_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou]+[^aeiou]*")
_STRESSED_LAST = frozenset("admit commit permit refer submit compel control expel propel transfer".split())
