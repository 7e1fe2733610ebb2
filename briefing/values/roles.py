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
secretary general: secretary general|general secretary
attorney general: attorney general
governor general: governor general
ambassador: ambassador|high commissioner
consul: consul|consul general
envoy: envoy
charge d'affaires: charge d'affaires
spokesperson: spokesperson|spokesman|spokeswoman|press secretary|spokespersons|spokesmen|spokespeople
chief executive: chief executive|chief executive officer|ceo
chief financial officer: chief financial officer|cfo|finance director|financial director|finance chief
chief operating officer: chief operating officer|coo
chief technology officer: chief technology officer|cto
chief of staff: chief of staff
chief: chief
chair: chair|chairman|chairwoman|chairperson
director: director|managing director|executive director
sporting director: sporting director|director of football|sports director
flight director: flight director
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
captain: captain|capt|skipper
first mate: first mate|first officer|chief mate
second mate: second mate|second officer
chief engineer: chief engineer
lieutenant: lieutenant|lt
sergeant: sergeant|sgt|staff sergeant|sergeant major|sgt maj
corporal: corporal|cpl
admiral: admiral|adm|rear admiral|vice admiral
inspector: inspector|chief inspector|detective inspector|det insp
superintendent: superintendent|supt
detective: detective|det
constable: constable|chief constable
sheriff: sheriff
officer: officer
judge: judge|magistrate
justice: justice|chief justice
prosecutor: prosecutor|district attorney
lawyer: lawyer|attorney|barrister|solicitor
defence lawyer: defence lawyer|defense lawyer|defence attorney|defense attorney|defence counsel|defense counsel
coroner: coroner|medical examiner
bailiff: bailiff
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
paramedic: paramedic
pharmacist: pharmacist
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
winger: winger|forward
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
headteacher: headteacher|head teacher|headmaster|headmistress|school principal
rector: rector
dean: dean
caretaker: caretaker|janitor
biologist: biologist
geologist: geologist
chemist: chemist
physicist: physicist
astronomer: astronomer
meteorologist: meteorologist
archaeologist: archaeologist|archeologist
historian: historian
accountant: accountant
chief accountant: chief accountant|head of accounts
chief scientist: chief scientist|chief scientific officer
general counsel: general counsel|chief legal officer
chief economist: chief economist
banker: banker
poet: poet
developer: developer
treasurer: treasurer
auditor: auditor
ombudsman: ombudsman|ombudswoman
councillor: councillor|councilor|councilman|councilwoman
pilot: pilot
co pilot: co pilot|copilot
flight attendant: flight attendant|steward|stewardess|cabin attendant
air traffic controller: air traffic controller
driver: driver|train driver|engine driver|bus driver
conductor: conductor|train conductor
signaller: signaller|signalman
passenger: passenger
umpire: umpire
referee: referee
arbiter: arbiter|chief arbiter
goalkeeper: goalkeeper
defender: defender
midfielder: midfielder
striker: striker
student: student
architect: architect
firefighter: firefighter
foreman: foreman|forewoman|shift supervisor
warden: warden|prison governor
guard: guard|security guard|prison guard|night guard
negotiator: negotiator
mediator: mediator
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
#: What a post in an organisation is for. Nobody's post is two of them, unless one title names both.
DUTIES = {
    word: line.split()[0]
    for line in (
        "safety",
        "operations operational operating",
        "procurement purchasing",
        "medical clinical",
        "technology it digital computing",
        "sporting",
        "legal",
        "research science scientific",
        "engineering technical maintenance",
        "marketing",
        "security",
        "communications communication press media",
        "personnel hr staffing",
        "training",
        "sales",
        "finance financial accounts",
        "editorial",
        "artistic",
        "production",
        "compliance",
        "risk",
        "audit auditing",
        "strategy strategic",
        "policy",
        "logistics",
        "quality",
        "planning",
        "fundraising",
        "conservation",
        "investigations",
        "investment investments",
        "infrastructure",
        "tournament",
    )
    for word in line.split()
}
#: The same for heads that say it themselves.
HEAD_DUTIES = {
    "chief financial officer": "finance",
    "treasurer": "finance",
    "chief accountant": "finance",
    "chief operating officer": "operations",
    "chief technology officer": "technology",
    "spokesperson": "communications",
    "chief engineer": "engineering",
    "chief economist": "economics",
    "coach": "coaching",
    "sporting director": "sporting",
    "arbiter": "arbitration",
    "general counsel": "legal",
    "chief scientist": "research",
}
#: Heads of posts that have a duty only by the words beside them.
POSTS = word_set("director manager officer chief head coordinator supervisor")
#: Heads, and first words of titles of posts, that answer for everything.
TOPS = frozenset({"chief executive", "director general", "mayor", "governor"})
TOP_WORDS = word_set("managing general executive")
#: Words that may stand between an article and the head of a title.
FIELDS = (frozenset(PORTFOLIOS) | frozenset(DUTIES) - {"it"}) | word_set("""
    site plant mine project programme program shift flight information
    national security press police fire development planning communication religious social petroleum
    maritime port harbour harbor federal state city regional provincial district county town village vice
    public political medical military army navy naval legal technical commercial campaign company club
    union party opposition government presidential parliamentary supreme general executive ministry
    rebel department office hospital school university bank museum airport railway council
""")
#: Heads that nobody holds two of at one time: two of a line for one person are at odds. What says little about an
#: office (leader, official, expert), or is often held beside another (president and commander), is in none.
_EXCLUSIVE = """
prime minister|minister|president|director general|ambassador|spokesperson|attorney general|consul|king|mayor|governor
prime minister|minister|ambassador|director|mayor|governor
prime minister|minister|ambassador|chief executive|mayor|governor
prime minister|minister|ambassador|commissioner|mayor|governor
prime minister|president|chancellor|mayor
prime minister|senator|ambassador|mayor|governor
spokesperson|chief executive
spokesperson|chief|commissioner|mayor|governor|coroner|inspector|superintendent|ambassador
corporal|sergeant|lieutenant|captain|major|colonel|brigadier|general|admiral|field marshal
captain|first mate|second mate|chief engineer|harbourmaster|spokesperson|passenger
mayor|harbourmaster|director|manager|spokesperson|prosecutor|coroner|headteacher
pilot|co pilot|flight attendant|air traffic controller|passenger
captain|co pilot|flight attendant|air traffic controller|passenger
driver|conductor|signaller|passenger|spokesperson
judge|prosecutor|coroner|bailiff|spokesperson
judge|defence lawyer|bailiff|spokesperson
prosecutor|defence lawyer|coroner
doctor|nurse|paramedic|pharmacist
chief executive|chief financial officer|chief operating officer|chief technology officer|sporting director|coach
chief executive|chief accountant|chief engineer|chief economist|sporting director|spokesperson|foreman
chair|chief financial officer|chief operating officer|sporting director|coach|spokesperson
director|chief financial officer|chief accountant|chief engineer|chief economist|foreman|guard
governor|chief economist|treasurer
president|secretary general|treasurer|chief financial officer|chief accountant
goalkeeper|defender|midfielder|striker|coach|referee|sporting director
goalkeeper|defender|winger|coach|referee|sporting director
headteacher|caretaker|nurse|dean|rector
warden|guard|prosecutor|judge
inspector|foreman|chief engineer
curator|guard|treasurer
negotiator|mediator
flight director|astronaut
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
