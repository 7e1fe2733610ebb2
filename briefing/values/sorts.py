"""What sort of thing a counted noun names, where that is beyond doubt: people are no pumps.

Two nouns of one sort may mean the same ("boats", "vessels"); so may any two of which one is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefing.values.gazetteer import word_set

_SORTS: Mapping[str, frozenset[str]] = {
    "person": word_set("""
        people person man woman child boy girl kid adult teenager toddler baby infant resident villager
        citizen civilian student pupil schoolboy schoolgirl teacher professor employee worker labourer
        laborer officer policeman soldier troop fighter militant rebel gunman attacker suspect prisoner
        inmate detainee hostage patient doctor nurse surgeon midwife passenger tourist visitor traveller
        traveler driver pilot sailor fisherman miner fan supporter spectator protester demonstrator activist
        migrant refugee survivor volunteer farmer firefighter rescuer journalist reporter lawyer judge juror
        councillor lawmaker senator minister diplomat player athlete cyclist runner climber hiker father
        mother parent son daughter brother sister cousin grandchild friend relative neighbour neighbor guest
        customer shopper voter scientist researcher engineer actor actress singer musician dancer artist
        guard detective paramedic pensioner orphan widow swimmer diver astronaut
    """),
    "vehicle": word_set("""
        car truck lorry bus van taxi tractor motorcycle motorbike bicycle bike boat ship vessel ferry
        trawler yacht warship submarine tanker barge train tram locomotive carriage wagon plane airplane
        aeroplane aircraft jet airliner helicopter ambulance vehicle
    """),
    "building": word_set("""
        house home building flat apartment bungalow cottage villa school kindergarten hospital clinic church
        mosque temple synagogue shop store supermarket factory mill warehouse hotel hostel tower skyscraper
        bridge tunnel museum library theatre theater stadium prison barn stable shed hangar
    """),
    "animal": word_set("""
        animal cow bull calf pig sheep lamb goat horse foal donkey dog puppy cat kitten bird chicken hen
        duck goose fish shark whale dolphin seal wolf bear lion tiger elephant rhino giraffe monkey ape
        chimpanzee deer fox rabbit rat mouse snake lizard crocodile turtle tortoise frog bee bat
    """),
    "plant": word_set("tree oak pine shrub bush seedling sapling flower rose vine"),
    "device": word_set("""
        pump engine turbine motor machine computer laptop phone telephone smartphone camera drone robot
        rifle pistol gun shotgun weapon grenade bomb missile rocket shell bullet knife generator battery
        lamp clock watch bell
    """),
    "text": word_set("book novel poem page letter document manuscript newspaper magazine article email postcard"),
}
_OF_HEAD = {head: sort for sort, heads in _SORTS.items() for head in heads}


def sort_of(counted: str) -> str:
    """Return the sort of what is counted, by its last word; empty where it is not known.

    >>> sort_of("elderly resident"), sort_of("pump"), sort_of("household")
    ('person', 'device', '')
    """
    return _OF_HEAD.get(counted.rpartition(" ")[2], "")
