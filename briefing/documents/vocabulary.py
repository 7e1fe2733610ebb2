"""Words and phrases by which the parts of a news page are known, in the languages most read here.

Generic furniture of web pages only: nothing here names an outlet, a person or a story. Whole sentences are looked up
by one of their words first, so that a long text costs one look into a table per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _opening(*phrases: str) -> re.Pattern[str]:
    """Compile alternatives to be matched at the start of a line, in any case; white space is one space."""
    return re.compile(r"\W*(?:" + "|".join(phrases) + ")", re.I)


#: Words that hold sentences together; a line without them is a label, a list of names or a menu.
FUNCTION_WORDS_OF = {
    "en": _words(
        "the a an of to in and that is was for on with as by at from it its be has have had are were will would could "
        "not but they their he she his her who which this these we our you i after before about into than when there "
        "said"
    ),
    "de": _words(
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
        "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis "
        "mehr durch"
    ),
    "fr": _words(
        "le la les de des du et en un une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son "
        "mais aux elle cette été"
    ),
    "es": _words(
        "el la los las de del que y en un una es por con para su al lo como más pero sus fue este ha si porque esta "
        "entre cuando muy sin"
    ),
    "it": _words(
        "il lo la i gli le di che e della del per non sono da una un con più si al nel come anche dei alla ha"
    ),
    "nl": _words("de het een van en in is op te dat die zijn met voor niet aan er om ook door naar bij"),
    "pt": _words("o os a as de da do das dos no na um uma que e é se com não mais por para ao"),
    "pl": _words("i w z na do się nie to że jest od po o przez jak dla"),
    "sv": _words("och det att som på är av för med till inte ett en i den har om"),
    "ru": _words("и в на не что с по как это из у за к от о для а но так же"),
}
FUNCTION_WORDS = frozenset().union(*FUNCTION_WORDS_OF.values())

#: Single words of menus, forms, share bars and footers, over which a line's share is counted.
WEB_WORDS = _words(
    "facebook twitter whatsapp linkedin pinterest instagram youtube telegram tumblr reddit viber tiktok flipboard "
    "email e-mail mail rss print share tweet pin copy link shares follow followers like likes subscribe subscription "
    "subscriptions newsletter newsletters login log-in logout register registration account password username sign "
    "signup cookie cookies consent privacy policy terms conditions copyright imprint impressum disclaimer sitemap "
    "advertisement advertise advertising sponsored promoted adblock javascript browser menu navigation search home "
    "homepage archive archives category categories tag tags topics related popular trending recommended previous next "
    "loading click tap download app apps podcast podcasts video videos gallery galleries comments comment reply "
    "replies contact about faq careers unsubscribe notifications inbox permalink bookmark datenschutz anmelden "
    "abmelden registrieren abonnieren abo abos teilen drucken suche startseite kontakt werbung anzeige kommentare "
    "kommentar kategorien schlagwörter merkzettel warenkorb agb nutzungsbedingungen partager imprimer connexion "
    "abonnez abonnement commentaires compartir imprimir suscribirse suscríbete comentarios publicidad condividi stampa "
    "commenti iscriviti pubblicità inloggen delen reacties"
)

#: A short line that opens a list of links to other articles.
RELATED = _opening(
    r"(?:read|see|view|discover|explore|find out|go|dig|learn)\s+(?:more|also|next|deeper|on)\b",
    r"also (?:read|see|on|in|from)\b",
    r"(?:more|latest|related|recommended|popular|trending|similar|top|other|recent|suggested|further)\s+"
    r"(?:on|from|in|about|like|news|stories|story|articles?|posts?|content|links?|topics?|videos?|reading|coverage|now"
    r"|for|read)\b",
    r"(?:related|recommended|trending|popular|up next|meistgelesen|weiterlesen)\b",
    r"most (?:read|popular|viewed|shared|commented|recent)\b",
    r"you (?:may|might) (?:also|like)\b",
    r"(?:don['’]t miss|what to read next|in case you missed|must[ -]reads?|editors?['’]?s? picks?)\b",
    r"to the full (?:article|story)\b",
    r"(?:read (?:the )?(?:full|original|rest|this|our)|continue reading)\b",
    r"(?:previous|next) (?:article|post|story)\b",
    r"mehr (?:zum|zu|aus|von|über|lesen|auf|artikel|news|infos|kolumnen|themen|beiträge)\b",
    r"(?:lesen sie (?:auch|mehr|hier|dazu)|auch interessant|das könnte (?:sie|dich))\b",
    r"(?:weitere|ähnliche|verwandte) (?:artikel|themen|beiträge|nachrichten|meldungen)\b",
    r"(?:vorheriger|nächster) (?:beitrag|artikel)\b",
    r"[àa] lire (?:aussi|également)\b",
    r"lire (?:aussi|la suite|également)\b",
    r"sur le même (?:sujet|thème)\b",
    r"(?:articles? (?:liés|similaires|recommandés)|plus d['’]articles)\b",
    r"(?:lea|lee|ver|leer|vea) (?:también|más)\b",
    r"(?:te puede interesar|noticias relacionadas|más (?:noticias|sobre))\b",
    r"(?:leggi anche|ti potrebbe|lees (?:ook|meer|verder)|leia (?:também|mais)|czytaj (?:też|także|więcej))\b",
    r"(?:läs (?:även|mer|också)|читайте также|по теме)\b",
)

#: A line that opens, or belongs to, the readers' comments.
COMMENTS = _opening(
    r"\d[\d.,]*\s+(?:comments?|replies|responses?|thoughts?|kommentare?|commentaires?|comentarios?"
    r"|commenti|reacties)\b[^.]{0,80}$",
    r"only (?:registered|logged-in|signed-in) (?:users|readers|members)\b",
    r"(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties)\s*(?:[(:\[]\s*\d+|\d+\s*$)",
    r"(?:leave|post|write|add|submit)\s+(?:an?\s+|your\s+|us\s+a\s+)?(?:reply|comment)",
    r"(?:join|start|continue)\s+the\s+(?:discussion|conversation)",
    r"(?:what do you think|have your say|be the first to comment)\b",
    r"no (?:comments|responses)(?: yet)?\W*$",
    r"(?:reader|user)s?['’]?s? comments\b",
    r"(?:view (?:all )?|show )comments\b",
    r"comments? (?:policy|guidelines|are closed|section)",
    r"cancel reply\b",
    r"(?:[^.!?]{0,60}\b)?(?:log|sign)(?:ged)?[ -]?in to (?:post|leave|write|add|make|reply|comment)",
    r"(?:[^.!?]{0,60}\b)?to (?:leave|post|write|add) (?:a )?comments?\b",
    r"you must be (?:logged|signed) in",
    r"(?:schreiben sie|schreibe|hinterlasse?n?|verfassen|kommentar)\b.{0,30}\b"
    r"(?:kommentar|antwort|schreiben|verfassen|abgeben|hinterlassen)\b",
    r"diskutieren sie mit\b",
    r"(?:laisser|laissez|ajouter|poster|publier|écrire) (?:un|votre) commentaire",
    r"(?:deja (?:un comentario|una respuesta)|lascia un commento|laat een (?:reactie|bericht))",
)

#: A way to answer a comment, or who says it: nothing but comments has several of them.
COMMENT_ANSWER = re.compile(
    r"^\W*(?:reply|report|flag|upvote|like reply|antworten|répondre|responder|rispondi)\W*$"
    r"|\b(?:says|schreibt|sagt|wrote|dit|dice)\s*:\s*$|\bsays\b.{0,40}\d{1,2}:\s?\d{2}",
    re.I,
)

#: When a comment was written, and whether its writer is there.
COMMENT_STAMP = re.compile(
    r"\b\d+\s+(?:second|minute|hour|day|week|month|year)s? ago\b|\b(?:offline|online)\b"
    r"|^\W*\S.{0,60}\b\d{4}\b.{0,12}\b\d{1,2}:\s?\d{2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|uhr)?\W*$",
    re.I,
)

#: A mark where an advertisement or a picture stood in the middle of an article.
INTERJECTION = _opening(
    r"(?:advertisement|advertising|ad|ads|sponsored|anzeige|werbung|publicidad|publicité|pubblicità|reklama)\W*",
    r"(?:story continues below|article continues below|continues below)?(?: advertisement)?\W*",
    r"(?:image|photo|video|media|gallery|embed|bild|foto)(?: (?:source|caption|credit|gallery))?\W*",
)

#: A short line that is a button, a menu entry or the heading of a box. Never matched against whole sentences.
LABEL = _opening(
    r"(?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|search|menu|home|loading|skip to|jump to)",
    r"(?:advertisement|advertising|sponsored|sponsor|anzeige|werbung|publicidad|publicité)",
    r"(?:sign ?up|sign ?in|log ?in|subscribe|register|follow|like us|download|donate|newsletter)",
    r"get (?:the|our|notifications|news|breaking|daily|updates)",
    r"(?:click|tap here|tags?\b|topics?\b|filed under|posted in|categor(?:y|ies)|trending|archives?\b)",
    r"(?:copyright|©|\(c\) \d|all rights reserved|terms\b|privacy|cookie|contact|feedback)",
    r"(?:back to top|top$|show (?:more|less|all)|load more|view (?:more|all)|see all|next page|page \d|\d+ of \d+$)",
    r"(?:photo gallery|gallery|open in|close\b|toggle|image$|video$|listen$|permalink|permanent link)",
    r"edit(?: this)? page",
    r"about (?:the author|us|me)",
    r"(?:teilen|drucken|abonnieren|zur startseite|zum seitenanfang|nach oben|autor\b|über den autor|schlagw|kategorie)",
    r"(?:partager|imprimer|abonnez|inscrivez|mots-clés|suscríb|compartir|etiquetas|condividi|iscriviti)",
)


# Whole sentences in which the page speaks of itself or asks something of its reader
# -----------------------------------------------------------------------------------

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
