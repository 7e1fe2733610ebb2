"""Closed lists behind the reading of names: countries with their adjectives, given names, particles.

Facts about English usage only, no data of any kind of article. Everything is folded: ASCII, lower case.
"""

from __future__ import annotations


def word_set(listing: str) -> frozenset[str]:
    """Return the words of a listing.

    >>> sorted(word_set("one  two"))
    ['one', 'two']
    """
    return frozenset(listing.split())


# One country a line: the usual name, other names for it after "=", adjectives and peoples after ":".
_COUNTRIES = """
afghanistan: afghan afghans
albania: albanian albanians
algeria: algerian algerians
andorra: andorran
angola: angolan angolans
argentina: argentine argentinian argentines argentinians
armenia: armenian armenians
australia: australian australians
austria: austrian austrians
azerbaijan: azerbaijani azeri azerbaijanis
bahamas: bahamian
bahrain: bahraini bahrainis
bangladesh: bangladeshi bangladeshis
barbados: barbadian
belarus = byelorussia: belarusian belarusians belarussian
belgium: belgian belgians
belize: belizean
benin: beninese
bhutan: bhutanese
bolivia: bolivian bolivians
bosnia = bosnia and herzegovina: bosnian bosnians
botswana: batswana
brazil = brasil: brazilian brazilians
brunei: bruneian
bulgaria: bulgarian bulgarians
burkina faso: burkinabe
burundi: burundian
cambodia: cambodian cambodians
cameroon: cameroonian cameroonians
canada: canadian canadians
chad: chadian
chile: chilean chileans
china = people's republic of china | prc: chinese
colombia: colombian colombians
congo = democratic republic of congo | democratic republic of the congo | drc | dr congo: congolese
costa rica: costa_rican
croatia: croatian croatians croat croats
cuba: cuban cubans
cyprus: cypriot cypriots
czech republic = czechia: czech czechs
denmark: danish dane danes
djibouti: djiboutian
dominican republic: dominican dominicans
ecuador: ecuadorian ecuadorean ecuadorians
egypt: egyptian egyptians
el salvador: salvadoran salvadorans
england: english
equatorial guinea: equatoguinean
eritrea: eritrean eritreans
estonia: estonian estonians
eswatini = swaziland: swazi
ethiopia: ethiopian ethiopians
fiji: fijian fijians
finland: finnish finn finns
france = french republic: french
gabon: gabonese
gambia: gambian gambians
georgia: georgian georgians
germany = federal republic of germany: german germans
ghana: ghanaian ghanaians
greece: greek greeks
greenland: greenlandic
grenada: grenadian
guatemala: guatemalan guatemalans
guinea: guinean guineans
guinea-bissau: bissau-guinean
guyana: guyanese
haiti: haitian haitians
honduras: honduran hondurans
hungary: hungarian hungarians
iceland: icelandic icelander icelanders
india: indian indians
indonesia: indonesian indonesians
iran = islamic republic of iran | persia: iranian iranians
iraq: iraqi iraqis
ireland = republic of ireland: irish
israel = state of israel: israeli israelis
italy: italian italians
ivory coast = cote d'ivoire: ivorian ivorians
jamaica: jamaican jamaicans
japan: japanese
jordan: jordanian jordanians
kazakhstan: kazakh kazakhs kazakhstani
kenya: kenyan kenyans
kosovo: kosovar kosovars
kuwait: kuwaiti kuwaitis
kyrgyzstan: kyrgyz
laos: laotian lao
latvia: latvian latvians
lebanon: lebanese
lesotho: basotho
liberia: liberian liberians
libya: libyan libyans
liechtenstein:
lithuania: lithuanian lithuanians
luxembourg: luxembourgish
madagascar: malagasy
malawi: malawian malawians
malaysia: malaysian malaysians
maldives: maldivian
mali: malian malians
malta: maltese
mauritania: mauritanian mauritanians
mauritius: mauritian
mexico: mexican mexicans
moldova: moldovan moldovans
monaco: monegasque
mongolia: mongolian mongolians
montenegro: montenegrin montenegrins
morocco: moroccan moroccans
mozambique: mozambican mozambicans
myanmar = burma: burmese
namibia: namibian namibians
nepal: nepalese nepali
netherlands = holland: dutch
new zealand: new_zealander new_zealanders kiwi kiwis
nicaragua: nicaraguan nicaraguans
niger: nigerien nigeriens
nigeria: nigerian nigerians
north korea = democratic people's republic of korea | dprk: north_korean north_koreans
north macedonia = macedonia: macedonian macedonians
northern ireland: northern_irish
norway: norwegian norwegians
oman: omani omanis
pakistan: pakistani pakistanis
palestine: palestinian palestinians
panama: panamanian panamanians
papua new guinea: papuan
paraguay: paraguayan paraguayans
peru: peruvian peruvians
philippines: filipino filipinos philippine
poland: polish pole poles
portugal: portuguese
puerto rico: puerto_rican
qatar: qatari qataris
romania: romanian romanians
russia = russian federation: russian russians
rwanda: rwandan rwandans
samoa: samoan
saudi arabia = kingdom of saudi arabia: saudi saudis
scotland: scottish scot scots
senegal: senegalese
serbia: serbian serbians serb serbs
sierra leone: sierra_leonean
singapore: singaporean singaporeans
slovakia = slovak republic: slovak slovaks slovakian
slovenia: slovenian slovenians slovene slovenes
somalia: somali somalis
south africa: south_african south_africans
south korea = republic of korea | rok: south_korean south_koreans
south sudan: south_sudanese
spain: spanish spaniard spaniards
sri lanka: sri_lankan sri_lankans
sudan: sudanese
suriname: surinamese
sweden: swedish swede swedes
switzerland: swiss
syria: syrian syrians
taiwan: taiwanese
tajikistan: tajik tajiks
tanzania: tanzanian tanzanians
thailand: thai thais
tibet: tibetan tibetans
togo: togolese
tonga: tongan
trinidad and tobago: trinidadian
tunisia: tunisian tunisians
turkey = turkiye: turkish turk turks
turkmenistan: turkmen
uganda: ugandan ugandans
ukraine: ukrainian ukrainians
united arab emirates = uae | emirates: emirati emiratis
united kingdom = uk | u.k. | britain | great britain: british briton britons brit brits
united states = us | u.s. | usa | u.s.a. | united states of america | america: american americans
uruguay: uruguayan uruguayans
uzbekistan: uzbek uzbeks
vatican = holy see: vatican
venezuela: venezuelan venezuelans
vietnam: vietnamese
wales: welsh
yemen: yemeni yemenis
zambia: zambian zambians
zimbabwe: zimbabwean zimbabweans
"""

_OTHER_PEOPLES = word_set("""
    african africans arab arabs asian asians european europeans latin jewish jew jews muslim
    muslims christian christians catholic catholics kurdish kurd kurds chechen chechens crimean hispanic
    latino latinos islamic islamist islamists sunni shiite shia buddhist hindu protestant orthodox
    scandinavian soviet republican republicans democrat democrats democratic californian texan parisian
    londoner
""")

# Given names that are one name in different languages or in short.
_GIVEN = """
michael mikhail mykhailo mikhailo michel mihail mike
alexander aleksandr alexandr oleksandr aleksander alexandre alex aleksandar
alexandra aleksandra oleksandra
alexei aleksei alexey oleksii oleksiy aleksey
vladimir volodymyr wladimir volodymir
nicholas nikolai nikolay mykola nicolas nick nikolaj
sergei sergey serhiy serhii serge sergiy
dmitry dmitri dmytro dmitriy dimitri
andrew andrei andrey andriy andrii andy andre
peter petro pyotr piotr pete petr
paul pavel pavlo
joseph josef yosef iosif joe jose
catherine katherine kathryn ekaterina yekaterina kateryna kate cathy kathy
helen elena olena yelena helena
eugene yevgeny evgeny yevhen evgeni yevgeniy evgeniy
constantine konstantin kostiantyn kostyantyn
basil vasily vasyl vasiliy vasili
gregory grigory hryhoriy grigoriy greg
stephen steven stefan stepan steve
muhammad mohammed mohamed mohammad muhammed mohamad mehmet
benjamin binyamin ben
isaac yitzhak itzhak yitzchak
jacob yaakov yakov jakob
samuel shmuel sam
abraham avraham
eli eliyahu elijah
anthony antony anton tony antonio
george georgy georgiy heorhiy
lev leo
leonid leonidas
julia yulia yuliya iulia
natalia natalya nataliya natasha
daniel dan danny
david dave davyd
edward eduard ed eddie edouard
christopher chris
christina kristina
matthew matt
jeffrey geoffrey jeff geoff
elizabeth elisabeth liz beth
timothy tim
william bill will billy
robert bob rob bobby
james jim jimmy
thomas tom tomas
richard rick dick rich
ronald ron
donald don
kenneth ken
lawrence laurence larry
gerald jerry
frederick fred frederic
john jon jack johnny
charles charlie chuck
margaret maggie peggy
patricia pat
patrick pat
jennifer jen jenny
susan sue
philip phillip phil filip
raymond ray
ian iain
sean shaun shawn
"""

MONTHS = word_set("""
    january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec
""")
WEEKDAYS = word_set("""
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
""")

HONORIFICS = word_set("mr mrs ms miss mx dr sir dame lord lady madam mme mr. mrs. ms. dr. prof prof.")
PARTICLES = word_set("""
    de la le du del della der den van von bin ibn bint al el da di dos das ben abu y e ter af av
""")
COMPASS = word_set("""
    north south east west northern southern eastern western new equatorial upper lower central great
    southeast southwest northeast northwest
""")
INSTITUTIONS = word_set("""
    ministry department office agency university college institute council committee commission court bank
    board bureau association federation union party army force forces police service services company
    corporation group parliament congress senate house assembly authority center centre hospital school
    church airport museum organization organisation fund foundation embassy league society network
    administration government guard navy command division station stadium city republic kingdom state
""")


def _countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        names = line.partition(":")[0]
        usual, _, others = names.partition("=")
        country = usual.strip()
        for name in (country, *(other.strip() for other in others.split("|") if other.strip())):
            known[name] = country
    return known


def _demonyms() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        names, _, peoples = line.partition(":")
        for word in peoples.split():
            known[word.replace("_", " ")] = names.partition("=")[0].strip()
    return known


def _given() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_GIVEN.strip().splitlines()):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


COUNTRIES = _countries()
DEMONYMS = _demonyms()
PEOPLES = frozenset(DEMONYMS) | _OTHER_PEOPLES
GIVEN = _given()


def country_of(name: str) -> str | None:
    """Return the usual name of the country that a folded name or adjective stands for, else None.

    >>> country_of("israelis"), country_of("u.k."), country_of("moscow")
    ('israel', 'united kingdom', None)
    """
    return COUNTRIES.get(name) or DEMONYMS.get(name)
