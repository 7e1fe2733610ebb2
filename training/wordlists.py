"""Closed lists of English: words that may stand for each other in news, opposites, titles, hedges, units.

Facts about English usage only. Verbs are rows of five forms: base, third person, past, participle, -ing.
"""

from __future__ import annotations

_VERB_TAGS = ("VB VBP", "VBZ", "VBD", "VBN", "VBG")

# Each line: two verbs whose sentences follow from each other, in five forms each.
_SAME_VERBS = """
say says said said saying = state states stated stated stating
buy buys bought bought buying = purchase purchases purchased purchased purchasing
start starts started started starting = begin begins began begun beginning
help helps helped helped helping = assist assists assisted assisted assisting
show shows showed shown showing = demonstrate demonstrates demonstrated demonstrated demonstrating
need needs needed needed needing = require requires required required requiring
build builds built built building = construct constructs constructed constructed constructing
injure injures injured injured injuring = hurt hurts hurt hurt hurting
rise rises rose risen rising = climb climbs climbed climbed climbing
increase increases increased increased increasing = grow grows grew grown growing
fall falls fell fallen falling = drop drops dropped dropped dropping
end ends ended ended ending = finish finishes finished finished finishing
choose chooses chose chosen choosing = select selects selected selected selecting
happen happens happened happened happening = occur occurs occurred occurred occurring
try tries tried tried trying = attempt attempts attempted attempted attempting
leave leaves left left leaving = depart departs departed departed departing
reveal reveals revealed revealed revealing = disclose discloses disclosed disclosed disclosing
announce announces announced announced announcing = declare declares declared declared declaring
quit quits quit quit quitting = resign resigns resigned resigned resigning
fix fixes fixed fixed fixing = repair repairs repaired repaired repairing
arrest arrests arrested arrested arresting = detain detains detained detained detaining
allow allows allowed allowed allowing = permit permits permitted permitted permitting
ban bans banned banned banning = prohibit prohibits prohibited prohibited prohibiting
attack attacks attacked attacked attacking = assault assaults assaulted assaulted assaulting
cancel cancels cancelled cancelled cancelling = call_off calls_off called_off called_off calling_off
postpone postpones postponed postponed postponing = put_off puts_off put_off put_off putting_off
believe believes believed believed believing = think thinks thought thought thinking
gather gathers gathered gathered gathering = assemble assembles assembled assembled assembling
reject rejects rejected rejected rejecting = turn_down turns_down turned_down turned_down turning_down
save saves saved saved saving = rescue rescues rescued rescued rescuing
visit visits visited visited visiting = tour tours toured toured touring
employ employs employed employed employing = hire hires hired hired hiring
warn warns warned warned warning = caution cautions cautioned cautioned cautioning
praise praises praised praised praising = commend commends commended commended commending
examine examines examined examined examining = inspect inspects inspected inspected inspecting
gain gains gained gained gaining = obtain obtains obtained obtained obtaining
flee flees fled fled fleeing = escape escapes escaped escaped escaping
wound wounds wounded wounded wounding = injure injures injured injured injuring
"""
# Each line: two verbs that cannot both be true of the same things.
_OPPOSED_VERBS = """
rise rises rose risen rising / fall falls fell fallen falling
increase increases increased increased increasing / decrease decreases decreased decreased decreasing
increase increases increased increased increasing / reduce reduces reduced reduced reducing
grow grows grew grown growing / shrink shrinks shrank shrunk shrinking
climb climbs climbed climbed climbing / drop drops dropped dropped dropping
gain gains gained gained gaining / lose loses lost lost losing
win wins won won winning / lose loses lost lost losing
open opens opened opened opening / close closes closed closed closing
support supports supported supported supporting / oppose opposes opposed opposed opposing
back backs backed backed backing / oppose opposes opposed opposed opposing
approve approves approved approved approving / reject rejects rejected rejected rejecting
accept accepts accepted accepted accepting / reject rejects rejected rejected rejecting
arrest arrests arrested arrested arresting / release releases released released releasing
convict convicts convicted convicted convicting / acquit acquits acquitted acquitted acquitting
start starts started started starting / stop stops stopped stopped stopping
begin begins began begun beginning / end ends ended ended ending
arrive arrives arrived arrived arriving / leave leaves left left leaving
join joins joined joined joining / leave leaves left left leaving
allow allows allowed allowed allowing / ban bans banned banned banning
buy buys bought bought buying / sell sells sold sold selling
confirm confirms confirmed confirmed confirming / deny denies denied denied denying
admit admits admitted admitted admitting / deny denies denied denied denying
improve improves improved improved improving / worsen worsens worsened worsened worsening
succeed succeeds succeeded succeeded succeeding / fail fails failed failed failing
hire hires hired hired hiring / sack sacks sacked sacked sacking
appoint appoints appointed appointed appointing / dismiss dismisses dismissed dismissed dismissing
praise praises praised praised praising / criticise criticises criticised criticised criticising
agree agrees agreed agreed agreeing / refuse refuses refused refused refusing
remember remembers remembered remembered remembering / forget forgets forgot forgotten forgetting
find finds found found finding / lose loses lost lost losing
save saves saved saved saving / lose loses lost lost losing
build builds built built building / demolish demolishes demolished demolished demolishing
push pushes pushed pushed pushing / pull pulls pulled pulled pulling
send sends sent sent sending / receive receives received received receiving
raise raises raised raised raising / lower lowers lowered lowered lowering
strengthen strengthens strengthened strengthened strengthening / weaken weakens weakened weakened weakening
love loves loved loved loving / hate hates hated hated hating
survive survives survived survived surviving / die dies died died dying
enter enters entered entered entering / leave leaves left left leaving
launch launches launched launched launching / cancel cancels cancelled cancelled cancelling
expand expands expanded expanded expanding / cut cuts cut cut cutting
add adds added added adding / remove removes removed removed removing
borrow borrows borrowed borrowed borrowing / lend lends lent lent lending
teach teaches taught taught teaching / learn learns learned learned learning
defend defends defended defended defending / attack attacks attacked attacked attacking
protect protects protected protected protecting / endanger endangers endangered endangered endangering
"""
_SAME_WORDS = """
about=approximately about=around approximately=roughly almost=nearly over=more_than big=large
large=big huge=enormous quickly=rapidly currently=presently earlier=previously shortly=soon
automobile=car cars=vehicles home=house homes=houses firm=company company=firm companies=firms
film=movie movie=film movies=films kids=children doctors=physicians doctor=physician
attorney=lawyer lawyer=attorney lawyers=attorneys attorneys=lawyers officers=police_officers
job=post jobs=posts contest=competition competition=contest match=game game=match matches=games
several=a_number_of many=a_large_number_of numerous=many often=frequently frequently=often
important=significant significant=important difficult=hard ill=sick sick=ill
injured=hurt deadly=fatal fatal=deadly major=big famous=renowned whole=entire entire=whole
because=since  although=though though=although  following=after
percent=per_cent youngsters=young_people teenagers=teens teens=teenagers
pupils=students purchase=acquisition error=mistake errors=mistakes mistake=error blaze=fire
storm=tempest quake=earthquake earthquake=quake gun=firearm guns=firearms
probe=investigation investigation=inquiry inquiry=investigation talks=negotiations negotiations=talks
aid=assistance assistance=help accord=agreement agreement=deal
vessel=ship ship=vessel aircraft=plane plane=aircraft airplane=plane mom=mother mum=mother dad=father
cop=police_officer cops=police_officers infant=baby baby=infant spouse=partner residents=inhabitants
primarily=mainly mainly=chiefly immediately=at_once eventually=in_the_end finally=eventually
annual=yearly initially=at_first additional=further
"""
_OPPOSED_WORDS = """
more=fewer more=less fewer=more less=more before=after after=before first=last last=first early=late late=early
earlier=later later=earlier above=below below=above over=under under=over inside=outside outside=inside
higher=lower lower=higher high=low low=high large=small small=large big=small larger=smaller smaller=larger
biggest=smallest largest=smallest smallest=largest highest=lowest lowest=highest best=worst worst=best better=worse
worse=better good=bad bad=good increase=decrease decrease=increase rise=fall increases=decreases growth=decline
decline=growth gains=losses losses=gains profit=loss victory=defeat defeat=victory win=loss winner=loser
north=south south=north east=west west=east northern=southern southern=northern eastern=western western=eastern
old=young young=old older=younger younger=older oldest=youngest youngest=oldest new=old strong=weak weak=strong
stronger=weaker weaker=stronger alive=dead dead=alive guilty=innocent innocent=guilty legal=illegal illegal=legal
public=private private=public male=female female=male men=women women=men man=woman woman=man boy=girl girl=boy
boys=girls girls=boys son=daughter daughter=son brother=sister sister=brother mother=father father=mother
husband=wife wife=husband uncle=aunt sons=daughters daughters=sons brothers=sisters sisters=brothers
positive=negative negative=positive success=failure failure=success successful=unsuccessful possible=impossible
likely=unlikely unlikely=likely able=unable open=closed closed=open full=empty safe=dangerous dangerous=safe
support=opposition opposition=support arrival=departure start=end beginning=end left=right right=left
top=bottom bottom=top morning=evening evening=morning day=night night=day summer=winter winter=summer spring=autumn
domestic=foreign foreign=domestic increasing=decreasing rising=falling falling=rising always=never
often=rarely rarely=often longer=shorter shorter=longer faster=slower slower=faster majority=minority
minority=majority maximum=minimum minimum=maximum most=least with=without up=down down=up rich=poor poor=rich
urban=rural rural=urban happy=unhappy common=rare rare=common easy=difficult difficult=easy hot=cold cold=hot
permanent=temporary temporary=permanent voluntary=compulsory innocent=guilty sunny=rainy heavy=light
buyer=seller seller=buyer employer=employee teacher=student ally=enemy friend=enemy
cheaper=dearer upper=lower outer=inner inner=outer senior=junior junior=senior future=past
"""
TITLES = (
    "president|prime minister|chancellor|vice president|governor|mayor|minister|senator|king|ambassador",
    "chief executive|chairman|chief financial officer|founder|director|managing director|spokesman|owner|manager",
    "spokesman|spokeswoman|adviser|lawyer|analyst|deputy|director",
    "captain|goalkeeper|striker|midfielder|defender|coach|manager|winger",
    "sergeant|captain|lieutenant|colonel|general|officer|detective|constable|inspector",
    "professor|student|lecturer|teacher|researcher|headteacher|pupil",
    "singer|drummer|guitarist|actor|actress|director|producer|writer|author|composer|bassist",
    "doctor|nurse|surgeon|paramedic|patient",
    "judge|prosecutor|lawyer|defendant|juror|witness",
    "brother|father|son|uncle|cousin|grandfather|nephew",
    "sister|mother|daughter|aunt|cousin|grandmother|niece",
    "police|army|navy|firefighters|prosecutors|hospital officials|soldiers",
    "country|city|village|county|region|province",
    "hospital|school|hotel|prison|church|airport|university|museum",
    "knife|gun|bomb|hammer|rifle",
    "gold|silver|bronze",
    "murder|fraud|theft|robbery|arson|assault|manslaughter|kidnapping",
    "football|cricket|rugby|tennis|hockey|basketball|baseball|golf",
    "oil|gas|coal|steel|gold|copper",
    "car|bus|train|lorry|plane|helicopter|boat|motorcycle",
)
UNITS = (
    "million|billion|trillion|thousand",
    "miles|kilometres|metres|feet|yards",
    "mile|kilometre|metre|foot",
    "km|m|cm|mm",
    "minutes|hours|days|weeks|months|years",
    "minute|hour|day|week|month|year",
    "kilograms|pounds|tonnes|grams",
    "dollars|euros|pounds|yen",
    "$|£|€",
    "percent|percentage points",
    "per cent|percentage points",
    "degrees|per cent",
)
STRONGER = (
    ("could", "will"),
    ("may", "will"),
    ("might", "will"),
    ("should", "will"),
    ("some", "all"),
    ("many", "all"),
    ("most", "all"),
    ("several", "all"),
    ("half", "all"),
    ("often", "always"),
    ("sometimes", "always"),
    ("usually", "always"),
    ("partly", "entirely"),
    ("nearly", "exactly"),
    ("almost", "exactly"),
    ("probably", "certainly"),
    ("possibly", "certainly"),
    ("likely", "certain"),
    ("possible", "certain"),
    ("alleged", "proven"),
    ("suspected", "convicted"),
    ("can", "must"),
    ("suggested", "proved"),
    ("suggests", "proves"),
    ("suggest", "prove"),
    ("appeared", "was seen"),
    ("claimed", "proved"),
    ("believed", "known"),
    ("believes", "knows"),
    ("planned", "completed"),
    ("plans", "has begun"),
    ("hopes", "is certain"),
    ("considering", "announcing"),
    ("accused", "convicted"),
    ("charged", "convicted"),
)
#: What may be said instead and still follows.
WEAKER = (
    ("will", "is to"),
    ("could", "may"),
    ("may", "could"),
    ("might", "could"),
    ("could", "might"),
    ("many", "some"),
    ("most", "many"),
    ("all", "all of"),
    ("several", "some"),
    ("always", "usually"),
    ("definitely", "probably"),
    ("certainly", "probably"),
    ("nearly", "almost"),
    ("almost", "nearly"),
    ("probably", "likely"),
    ("alleged", "suspected"),
    ("reportedly", "according to reports"),
    ("allegedly", "reportedly"),
    ("suggests", "indicates"),
    ("suggested", "indicated"),
    ("believed", "thought"),
    ("thought", "believed"),
    ("plans", "intends"),
    ("planned", "intended"),
    ("hopes", "wants"),
    ("charged", "accused"),
)
HEDGE_ADVERBS = frozenset(
    "reportedly allegedly apparently possibly probably perhaps supposedly seemingly potentially".split()
)
REPORTING = frozenset(
    "say tell state announce report add claim argue explain insist believe suggest warn admit confirm note".split()
)
#: Verbs whose object clause is true when they are.
FACTIVE = frozenset("confirm reveal discover learn realise realize know prove show find acknowledge admit".split())
#: Verbs that mean the same with subject and object exchanged, or nearly.
SYMMETRIC = frozenset(
    "meet marry face join match resemble equal play fight divorce date border accompany include have be become see "
    "contain involve represent mean share".split()
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SHORT_MONTHS = {
    "Jan.": "January", "Feb.": "February", "Aug.": "August", "Sept.": "September", "Oct.": "October",
    "Nov.": "November", "Dec.": "December",
}  # fmt: skip
NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _forms(listing: str, sign: str, *, both: bool) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for line in filter(None, listing.splitlines()):
        left, right = (side.split() for side in line.split(sign))
        for tags, one, other in zip(_VERB_TAGS, left, right, strict=True):
            for tag in tags.split():
                found.setdefault((one, tag), []).append(other.replace("_", " "))
                if both:
                    found.setdefault((other, tag), []).append(one)
    return {key: tuple(values) for key, values in found.items()}


def _pairs(listing: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for pair in listing.split():
        one, other = pair.split("=")
        if not other.endswith("?") and one != other:
            found.setdefault(one.replace("_", " "), []).append(other.replace("_", " "))
    return {key: tuple(values) for key, values in found.items()}


#: (form, tag) → what may stand there instead.
SAME_VERBS = _forms(_SAME_VERBS, " = ", both=False)
OPPOSED_VERBS = _forms(_OPPOSED_VERBS, " / ", both=True)
SAME_WORDS = _pairs(_SAME_WORDS)
OPPOSED_WORDS = _pairs(_OPPOSED_WORDS)
