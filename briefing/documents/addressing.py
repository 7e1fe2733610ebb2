"""Whole sentences in which a page speaks of itself, or asks something of its reader.

They are looked up by one of their words first, so that a long text costs one look into a table per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PURPOSE = (
    r"(?:newsletters?|e-?mails?|inbox(?:es)?|updates|alerts|account|comment\w*|read(?:ing)?|access|continue|experience"
    r"|terms|free|here|subscription|now|agree|notifications|channel)"
)

#: (words of which one must be there, pattern that must then be found)
_ADDRESSES: tuple[tuple[str, str], ...] = (
    (
        "subscribe subscribing register registering",
        rf"\b(?:subscribing|subscribe|register|registering)\b.{{0,80}}\b{_PURPOSE}\b",
    ),
    (
        "sign signing log logging logged",
        rf"\b(?:sign(?:ing)? (?:up|in)|log(?:ged|ging)? in)\b.{{0,80}}\b{_PURPOSE}\b",
    ),
    (
        "newsletter newsletters",
        r"\b(?:our|free|daily|weekly|this|unseren?|kostenlose\w*|notre|la|nuestr[ao]s?) newsletters?\b",
    ),
    (
        "newsletter",
        r"\bnewsletter\b.{0,60}\b(?:anmeld\w*|abonn\w*|bestell\w*|eintrag\w*|subscri\w+|sign\w*)\b",
    ),
    ("your", r"\byour (?:e-?mail|inbox|password|account|browser|subscription|ad blocker)\b"),
    ("inbox inboxes", r"\b(?:to|in) (?:your|their) inbox(?:es)?\b"),
    ("email e-mail", r"\be-?mail (?:address )?(?:below|will not be)|\be-?mail[\s\xa0]protected\b"),
    (
        "thank thanks",
        r"^\W*(?:thank you|thanks) for (?:reading|subscribing|signing|registering|supporting|visiting|your)\b",
    ),
    (
        "by",
        r"^\W*by (?:registering|signing|subscribing|clicking|continuing|submitting|using|entering|checking)\b"
        r".{0,80}\b(?:you|your|agree|accept)\b",
    ),
    ("click tap scroll", r"^\W*(?:click|tap|scroll) (?:here|below|on|through|to|down)\b"),
    ("us me our", r"^\W*(?:follow|like|find|join|contact|email|support) (?:us|me|our)\b"),
    ("follow", r"^\W*follow .{2,60}\bon (?:twitter|facebook|instagram|x|linkedin|telegram|youtube)\b"),
    ("already", r"^\W*already (?:registered|a (?:member|subscriber)|have an account)\b"),
    ("check", r"^\W*check your (?:e-?mail|inbox|spam)\b"),
    ("never don't don’t missing", r"^\W*(?:never miss|don['’]t miss|missing out on)\b"),
    ("stay", r"^\W*stay (?:up to date|informed|connected|tuned)\b"),
    ("enter sign", r"^\W*(?:enter your|sign up)\b"),
    (
        "want",
        r"^\W*(?:do you )?want (?:more\b|to (?:read|get|receive|see|stay|be|hear)\b).{0,80}(?:\?|here|sign|below)",
    ),
    (
        "please",
        r"^\W*please (?:use the following|enter|enable|select|check|try again|log|sign|note that your|consider|support"
        r"|share|subscribe|reload|disable|turn)\b",
    ),
    (
        "you're you’re you",
        r"^\W*you(?:['’]re| are| have been| must be) (?:subscribed|signed|logged|successfully)\b",
    ),
    ("sent", r"^\W*we(?:['’]ve| have)? sent (?:an?|you)\b"),
    ("hear", r"\bwe(?:['’]d| would)? (?:love|want|like) to hear\b"),
    ("letter letters", r"\bletters? to the editor\b"),
    ("submit", r"\bsubmit (?:your|a|an) (?:letter|comment|story|tip|question)\b"),
    (
        "send got",
        r"\bsend (?:us|your)\b.{0,50}\b(?:tips?|e-?mail|feedback|story|stories|letters?|comments?)\b"
        r"|\bgot a (?:tip|story)\b",
    ),
    ("download", r"^\W*(?:.{0,60}\b)?download (?:the|our|now)\b.{0,60}\bapps?\b"),
    ("javascript", r"\b(?:enable|disable) javascript\b"),
    ("site website page form", r"\bthis (?:site|website|page|form) (?:uses|is protected|requires)\b"),
    (
        "cookies",
        r"\b(?:we use|accept|use of|our|enable|disable|verwende[nt]|nutzen|utilizamos|z) (?:\w+ )?cookies\b"
        r"|\bcookies\b.{0,60}\b(?:policy|consent|agree|akkoord|accetti|aceptas|zgod\w+)\b",
    ),
    ("akismet recaptcha spam", r"\bakismet\b|\brecaptcha\b|\breduce spam\b"),
    (
        "our",
        r"\bour (?:privacy|cookie|advertising|comment|community) (?:policy|policies|notice|guidelines|standards)\b",
    ),
    (
        "agree agrees accept accepts accepting agreeing apply",
        r"\b(?:agree|accept)\w*\b.{0,60}\b(?:privacy policy|terms)\b|\bterms (?:and conditions|of (?:use"
        r"|service))\b.{0,40}\bapply\b",
    ),
    (
        "rights rechte droits derechos",
        r"\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|los derechos reservados)\b",
    ),
    ("copyright", r"\bcopyright\s+(?:©|\(c\)|\d{4})|©\s*copyright\b"),
    (
        "may reproduction",
        r"\bmay not be (?:reproduced|published, broadcast|copied)\b|\breproduction\b.{0,40}\b(?:prohibited"
        r"|permission)\b",
    ),
    (
        "receive earn contains contain",
        r"\b(?:we|site|page|post|article) (?:may )?(?:receive|earn|contains?)\b.{0,60}\b(?:compensation"
        r"|commission|affiliate|advertisers?|sponsored)\b",
    ),
    ("subscribers", r"\bsubscribers\b.{0,40}\breceive\b"),
    (
        "affiliate disclaimer disclosure",
        r"\baffiliate links?\b|^\W*disclaimer\b|\badvertis\w+ (?:disclosure|disclaimer)\b",
    ),
    (
        "comments",
        r"\b(?:reader )?comments (?:are|is|may|will)\b.{0,60}\b(?:moderated|closed|published|removed|civil"
        r"|edited|representative)\b",
    ),
    ("comments", r"\bwe (?:welcome|ask|encourage|reserve)\b.{0,50}\bcomments\b|\bview the comments\b"),
    ("powered permalink entry", r"\bpowered by\b.{0,30}$|\bthis entry was\b|\bbookmark the permalink\b"),
    ("link", r"\blink (?:that|to) (?:will )?(?:sign|log) you in\b"),
    (
        "unsubscribe cancel opt",
        r"\byou can (?:unsubscribe|opt out|cancel)\b|\bcancel (?:any ?time|whenever|cuando)\b",
    ),
    (
        "get",
        r"^\W*get (?:the|our|all)\b.{0,80}\b(?:by e-?mail|newsletters?|inbox|app|phone|delivered|edition)\b",
    ),
    ("standards", r"^\W*our standards\b"),
    ("account", r"\b(?:a|your) free account\b|\b(?:create|open|have) an account\b"),
    ("registered logged-in signed-in", r"\b(?:users|readers|members)\b.{0,30}\b(?:comment|discussion|discuss|reply)\b"),
    ("report", r"\breport (?:an? |any )?(?:errors?|corrections?|typos?|inaccurac(?:y|ies)|mistakes?)\b"),
    (
        "if",
        r"\bif you (?:are aware of|notice|spot|see|find|have) (?:an?|any) (?:errors?|mistakes?|inaccuracy|typos?)\b",
    ),
    (
        "read more continue weiterlesen mehr suite",
        r"(?:\.\.\.|…|\[…\])\s*(?:read more|continue reading|more|weiterlesen|mehr|lire la suite|leer más)\W*$",
    ),
    ("read", r"\bread the (?:rest|full (?:story|article|report))\b"),
    (
        "our",
        r"\b(?:from|by) our\b.{0,40}\b(?:newsroom|bureau|bureaus|editors|reporters|correspondents|experts)\b",
    ),
    (
        "our",
        r"\blearn more about our\b|\b(?:see|visit|read|view) our\b.{0,40}\b(?:app|store|shop|page|policy|faq"
        r"|guide|website|channel|podcast)\b",
    ),
    (
        "full rest whole entire",
        r"\bto (?:view|read|see|continue reading) (?:the|this) (?:full|rest|whole|entire) (?:story|article"
        r"|post|report)\b",
    ),
    ("datenschutzerklärung datenschutzbestimmungen datenschutzhinweise", r"\bdatenschutz\w+\b"),
    (
        "dieser",
        r"\bdieser (?:beitrag|eintrag|artikel) wurde\b.{0,60}\b(?:veröffentlicht|erstellt|abgelegt"
        r"|verschlagwortet|geschrieben)\b",
    ),
    ("verpassen permanentlink werbeblocker", r"\bnichts mehr verpassen\b|\bpermanentlink\b|\bwerbeblocker\b"),
    ("hier", r"\bhier (?:abonnieren|anmelden|bestellen)\b"),
    (
        "permission consent reprint reprinted",
        r"\b(?:without|by|prior|written|express) (?:\w+ )?(?:permission|consent)\b.{0,80}\b(?:reprint\w*|obtained"
        r"|reproduc\w+|owner|publisher|copyright)\b|\breprinted (?:by|with) permission\b",
    ),
    ("copyrighted licensed license", r"\bcopyrighted (?:property|material)\b|\blicensed under an? (?:creative|cc)\b"),
    (
        "participates associate",
        r"\b(?:site|we|page)\b.{0,40}\bparticipates?\b.{0,60}\b(?:associates?|affiliate|program(?:me)?)\b",
    ),
    ("favour favor", r"\b(?:a|one) (?:small|quick) favou?r to ask\b"),
    (
        "partners vendors device daten données datos",
        r"\b(?:partners|vendors|we)\b.{0,80}\b(?:store|process|access)\b.{0,80}\b(?:device|personal data|information)\b"
        r"|\bpersonenbezogene\w* daten\b.{0,80}\bverarbeit\w+|\bdonnées personnelles\b.{0,80}\b(?:nos|vos|votre)\b"
        r"|\bdatos personales\b.{0,80}\b(?:nuestr\w+|sus)\b",
    ),
    ("copyright", r"\b(?:is|are) (?:subject to|protected by) copyright\b"),
    ("unsubscribe", r"^\W*to unsubscribe\b"),
    ("because", r"^\W*you(?:['’]re| are)? (?:receiv\w+|got|getting) this\b"),
    ("editors", r"^\W*notes? (?:to|for) editors?\b(?!.*\bsaid\b)"),
    (
        "contact",
        r"^\W*(?:for|media|press)\b.{0,60}\b(?:information|interviews?|enquir\w+|inquir\w+|pictures|contacts?)\b.{0,60}"
        r"(?:\bcontact\b|@|\d{4})|^\W*(?:media|press) contacts?\b",
    ),
    ("advertise", r"^\W*advertise (?:with|here|on)\b"),
    ("join", r"^\W*join (?:us|our|the \w+ (?:list|newsletter)|\w+ mailing list)\b"),
    (
        "independent journalism readers donation",
        r"\b(?:support|rely on|fund\w*|donat\w+)\b.{0,60}\b(?:our|us|independent) "
        r"(?:journalism|work|reporting|newsroom|readers)\b",
    ),
    (
        "support donate donation contribution",
        r"^\W*(?:support|donate to|help (?:us|support)) (?:us|our|independent|local|quality)\b",
    ),
    (
        "unterstütze unterstützen unterstützung bezahlschranke",
        r"\b(?:unterstütze?n?|brauchen)\b.{0,60}\b(?:uns(?:er\w*)?|deine unterstützung|ihre unterstützung|magazin)\b"
        r"|\bbezahlschranke\b",
    ),
    ("folgt folge folgen", r"^\W*folg(?:t|e|en sie) (?:mir|uns)\b"),
    ("bahnhofskiosk kiosk abo", r"\b(?:im|am|jetzt|beim) (?:\w*kiosk|abo)\b"),
    ("cookies", r"\bcookies?\b.{0,80}\b(?:uns|nous|nos|nuestr\w+|nostr\w+|wir|vos|votre)\b"),
    ("wesprzyj", r"\bwesprzyj (?:nas|redakcj\w+)\b"),
    ("zapisz", r"^\W*zapisz się\b"),
    (
        "apóyanos membresía membresia suscripción cancela",
        r"\bapóyanos\b|\bmembresía\b|^\W*cancela cuando\b|\bcancela cuando quieras\b",
    ),
    ("soutenez soutenez-nous don", r"^\W*soutenez[ -](?:nous|notre|un)\b|\bfaire un don\b"),
    ("inscrivez-vous abonnez-vous inscrivez abonnez", r"\b(?:inscrivez|abonnez)[ -]vous\b"),
    (
        "iscriviti abbonati sostieni",
        r"\b(?:iscriviti|abbonati)\b.{0,40}\b(?:newsletter|ora|qui|per)\b|^\W*sostieni(?:ci)?\b",
    ),
    ("подпишитесь подписывайтесь", r"\bподпи(?:шитесь|сывайтесь)\b"),
    ("оформите поддержите", r"^\W*(?:оформите|поддержите)\b"),
    ("vous", r"\bvous devez être (?:connecté|abonné)"),
    (
        "nuestro nuestra nuestros comentar suscríbete",
        r"\bnuestr[ao]s? (?:boletín|canal|política)\b|\bpara comentar\b|\bsuscríbete\b",
    ),
)


def _index(rules: Iterable[tuple[str, str]]) -> dict[str, tuple[re.Pattern[str], ...]]:
    table: dict[str, tuple[re.Pattern[str], ...]] = {}
    for triggers, pattern in rules:
        compiled = re.compile(pattern, re.I)
        for word in triggers.split():
            table[word] = (*table.get(word, ()), compiled)
    return table


_ADDRESS_INDEX = _index(_ADDRESSES)


def addresses_reader(text: str, words: Iterable[str]) -> bool:
    """Tell whether the page speaks of itself here, or asks something of its reader.

    `words` are those of `text`, in small letters.

    >>> addresses_reader("Sign up for our free newsletter.", "sign up for our free newsletter".split())
    True
    >>> addresses_reader("Register offices will close in May.", "register offices will close in may".split())
    False
    """
    return any(pattern.search(text) for word in words if word in _ADDRESS_INDEX for pattern in _ADDRESS_INDEX[word])
