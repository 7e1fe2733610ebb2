"""Closed lists behind the reading of titles: what offices are called, and which of them exclude one another.

Facts about English usage only. Everything is folded: ASCII, lower case, hyphens read as spaces.
"""

from __future__ import annotations

from briefing.values.gazetteer import word_set

#: How a head may be written, and the one head it stands for. Longest first when they are looked up.
_HEADS = """
prime minister: pm|premier|taoiseach|prime minister
deputy: deputy
minister: minister|foreign secretary|home secretary|defence secretary|health secretary|secretary of state
president: president
chancellor: chancellor
director general: director general|dg
secretary general: secretary general
attorney general: attorney general
governor general: governor general
ambassador: ambassador|high commissioner
consul: consul|consul general
envoy: envoy
charge d'affaires: charge d'affaires
spokesperson: spokesperson|spokesman|spokeswoman|press secretary|spokespersons|spokesmen|spokespeople
chief executive: chief executive|chief executive officer|ceo
chief financial officer: chief financial officer|cfo
chief operating officer: chief operating officer|coo
chief technology officer: chief technology officer|cto
chief of staff: chief of staff
chief: chief
chair: chair|chairman|chairwoman|chairperson
director: director|managing director|executive director
secretary: secretary
governor: governor|gov
mayor: mayor|lord mayor
senator: senator|sen
representative: representative|congressman|congresswoman|rep
lawmaker: lawmaker|mp|mk|mep|deputy speaker|legislator|member of parliament|parliamentarian
speaker: speaker
commander: commander|commander in chief
commissioner: commissioner
field marshal: field marshal
general: general|gen|lieutenant general|lt gen|major general|maj gen|brigadier general|brig gen
brigadier: brigadier
colonel: colonel|col|lieutenant colonel|lt col
major: major|maj
captain: captain|capt
lieutenant: lieutenant|lt
sergeant: sergeant|sgt|staff sergeant|sergeant major|sgt maj
corporal: corporal|cpl
admiral: admiral|adm|rear admiral|vice admiral
inspector: inspector|chief inspector|det insp
superintendent: superintendent|supt
detective: detective|det
constable: constable
sheriff: sheriff
officer: officer
judge: judge|magistrate
justice: justice|chief justice
prosecutor: prosecutor|district attorney
lawyer: lawyer|attorney|barrister|solicitor
king: king
queen: queen
prince: prince|crown prince
princess: princess
emperor: emperor
emir: emir
sultan: sultan
pope: pope
cardinal: cardinal
archbishop: archbishop
bishop: bishop
patriarch: patriarch
rabbi: rabbi
imam: imam
ayatollah: ayatollah
sheikh: sheikh
reverend: reverend|rev
professor: professor|prof
doctor: doctor|physician|surgeon
leader: leader
head: head
official: official
diplomat: diplomat
politician: politician
founder: founder|co founder|cofounder
owner: owner
editor: editor|editor in chief
reporter: reporter|journalist|correspondent
analyst: analyst
expert: expert
economist: economist
scientist: scientist|researcher
author: author|writer|novelist
actor: actor|actress
singer: singer|rapper|musician
coach: coach|head coach
manager: manager|general manager
president elect: president elect
aide: aide
adviser: adviser|advisor
candidate: candidate|nominee
activist: activist
agent: agent
coordinator: coordinator
curator: curator
engineer: engineer
nurse: nurse
teacher: teacher
biologist: biologist
geologist: geologist
chemist: chemist
physicist: physicist
astronomer: astronomer
meteorologist: meteorologist
archaeologist: archaeologist|archeologist
historian: historian
accountant: accountant
banker: banker
poet: poet
developer: developer
treasurer: treasurer
auditor: auditor
ombudsman: ombudsman|ombudswoman
councillor: councillor|councilor|councilman|councilwoman
sheriff: sheriff
detective: detective
inspector: inspector|detective inspector|chief inspector
constable: constable|chief constable
pilot: pilot
co pilot: co pilot|copilot
umpire: umpire
referee: referee
goalkeeper: goalkeeper
defender: defender
midfielder: midfielder
striker: striker
student: student
architect: architect
firefighter: firefighter
victim: victim
suspect: suspect
harbourmaster: harbourmaster|harbormaster|harbour master|harbor master
"""

DEPUTIES = word_set("deputy vice assistant associate")
FORMER = word_set("former once ex then late outgoing retired previous ousted deposed")
ACTING = word_set("acting interim caretaker designate incoming")
RANKS = word_set("""
    official senior chief first second top lead veteran new current newly longtime long-time permanent
""")
MODIFIERS = DEPUTIES | FORMER | ACTING | RANKS
#: What an office is for. Two different ones tell two offices apart.
PORTFOLIOS = {
    word: line.split()[0]
    for line in (
        "foreign external",
        "defence defense",
        "interior home internal",
        "finance treasury",
        "labour labor",
        "transport transportation",
        "economy economic",
        "culture cultural",
        "health",
        "justice",
        "education",
        "energy",
        "agriculture",
        "trade",
        "environment",
        "housing",
        "immigration",
        "intelligence",
        "science",
        "technology",
        "sports",
        "tourism",
        "commerce",
        "industry",
        "information",
        "communications",
        "aviation",
        "oil",
        "water",
        "welfare",
    )
    for word in line.split()
}
#: Words that may stand between an article and the head of a title.
FIELDS = frozenset(PORTFOLIOS) | word_set("""
    national security press police fire development planning communication religious social petroleum
    maritime port harbour harbor federal state city regional provincial district county town village vice
    public political medical military army navy naval legal technical commercial campaign company club
    union party opposition government presidential parliamentary supreme general executive ministry
    rebel department office hospital school university bank museum airport railway council
""")
#: Heads that say too little to be at odds with any other.
GENERIC = word_set("""
    deputy leader head official diplomat politician chief officer lawmaker representative doctor professor
    lawyer founder owner editor reporter analyst expert economist scientist author actor singer coach
    manager aide adviser candidate activist agent coordinator curator engineer victim suspect reverend
    sheikh speaker nurse teacher biologist geologist chemist physicist astronomer meteorologist archaeologist
    historian accountant banker poet developer councillor sheriff detective inspector constable pilot umpire referee
    goalkeeper defender midfielder striker student architect
""")
#: Heads that nobody holds two of at one time: two of a line for one person are at odds.
_EXCLUSIVE = """
prime minister|minister|president|director general|ambassador|spokesperson|attorney general|consul|king|mayor|governor
prime minister|minister|ambassador|director|mayor|governor
prime minister|minister|ambassador|chief executive|mayor|governor
prime minister|minister|ambassador|commissioner|mayor|governor
prime minister|president|chancellor|mayor
prime minister|senator|ambassador|mayor|governor
spokesperson|chief executive
corporal|sergeant|lieutenant|captain|major|colonel|brigadier|general|admiral|field marshal
judge|prosecutor
"""
HIERARCHIES = tuple(frozenset(line.split("|")) for line in _EXCLUSIVE.strip().splitlines())


def _heads() -> dict[tuple[str, ...], str]:
    known: dict[tuple[str, ...], str] = {}
    for line in _HEADS.strip().splitlines():
        head, _, forms = line.partition(":")
        for form in forms.split("|"):
            known[tuple(form.split())] = head
    return known


HEADS = _heads()
LONGEST_HEAD = max(len(form) for form in HEADS)
#: The words that heads begin with.
OPENINGS = frozenset(form[0] for form in HEADS)


def head_at(words: tuple[str, ...] | list[str], at: int) -> tuple[str, int] | None:
    """Return the head that begins at `words[at]` and how many words it takes, or None.

    >>> head_at(["foreign", "ministry", "director", "general"], 2)
    ('director general', 2)
    """
    if words[at] not in OPENINGS:
        return None
    for length in range(min(LONGEST_HEAD, len(words) - at), 0, -1):
        head = HEADS.get(tuple(words[at : at + length]))
        if head is not None:
            return head, length
    return None
