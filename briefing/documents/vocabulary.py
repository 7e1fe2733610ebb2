"""Words and shapes by which the parts of a news page are known, in the languages most read here.

Generic furniture of web pages only: nothing names an outlet, a person or a story.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that hold sentences together; a line without them is a label, a list of names or a menu.
FUNCTION_WORDS = _words(
    "the a an of to in and that is was for on with as by at from it its be has have had are were will would could "
    "not but they their he she his her who which this these we our you i after before about into than when there said "
    "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass "
    "sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch "
    "le la les de des du et en un une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son mais aux "
    "el los las del y una es por con para su al lo como más pero sus fue este ha si porque esta entre cuando muy sin "
    "il di che e della per non sono da una con più si al nel come anche dei alla ha gli "
    "het een van en op te dat zijn met voor niet aan er om ook door naar o os das no na um uma se com não mais dos "
    "i w z na do się nie to że jest od po och att det som på är av för med till inte ett och om "
    "и в на не что с по как это из у за к от о для его а но так же"
)

#: Single words of menus, forms, share bars and footers, over which a line's share is counted.
WEB_WORDS = _words(
    "facebook twitter whatsapp linkedin pinterest instagram youtube telegram tumblr reddit viber tiktok flipboard "
    "email e-mail mail rss print share tweet pin copy link shares follow followers like likes subscribe subscription "
    "subscriptions newsletter newsletters login log-in logout register registration account password username sign "
    "signup cookie cookies consent privacy policy terms conditions copyright imprint impressum disclaimer sitemap "
    "advertisement advertise advertising sponsored promoted adblock javascript browser menu navigation search home "
    "homepage archive archives category categories tag tags topics related popular trending recommended previous next "
    "loading click tap download app apps podcast podcasts video videos gallery galleries comments comment reply replies "
    "contact about faq careers unsubscribe notifications inbox permalink bookmark datenschutz anmelden abmelden "
    "registrieren abonnieren abo abos teilen drucken suche startseite kontakt werbung anzeige kommentare kommentar "
    "kategorien schlagwörter merkzettel warenkorb agb nutzungsbedingungen partager imprimer connexion abonnez "
    "abonnement commentaires compartir imprimir suscribirse suscríbete comentarios publicidad condividi stampa "
    "commenti iscriviti pubblicità inloggen delen reacties"
)

#: A short line that opens a list of links to other articles.
RELATED = re.compile(
    r"(?:(?:mehr (?:lesen|auf|artikel|news|infos|kolumnen|themen|beiträge)\b)|(?:read|see|view|discover|explore|find out|go|dig|learn)\s+(?:more|also|next|deeper|on)\b|also (?:read|see|on|in|from)\b"
    r"|(?:more|latest|related|recommended|popular|trending|similar|top|other|recent|suggested|further)\s+"
    r"(?:on|from|in|about|like|news|stories|story|articles?|posts?|content|links?|topics?|videos?|reading|coverage|now|for|read)\b"
    r"|related\b|recommended\b|trending\b|popular\b|most (?:read|popular|viewed|shared|commented|recent)\b|you (?:may|might) (?:also|like)\b"
    r"|don['’]t miss\b|up next\b|what to read next\b|in case you missed\b|must.reads?\b|editors?['’]?s? picks?\b|to the full (?:article|story)\b"
    r"|read (?:the )?(?:full|original|rest|this|our)\b|continue reading\b|(?:previous|next) (?:article|post|story)\b"
    r"|mehr (?:zum|zu|aus|von|über)\b|lesen sie (?:auch|mehr|hier)\b|lesen sie dazu\b|auch interessant\b|das könnte (?:sie|dich)\b|weitere (?:artikel|themen|beiträge|nachrichten|meldungen)\b"
    r"|ähnliche (?:artikel|beiträge|themen)\b|meistgelesen\b|verwandte (?:artikel|themen|beiträge)\b|vorheriger (?:beitrag|artikel)\b|nächster (?:beitrag|artikel)\b|weiterlesen\b"
    r"|(?:à|a) lire (?:aussi|également)\b|lire (?:aussi|la suite|également)\b|sur le même (?:sujet|thème)\b|articles? (?:liés|similaires|recommandés)\b|plus d['’]articles\b"
    r"|(?:lea|lee|ver|leer|vea) (?:también|más)\b|te puede interesar\b|noticias relacionadas\b|más (?:noticias|sobre)\b"
    r"|leggi anche\b|ti potrebbe\b|lees (?:ook|meer|verder)\b|leia (?:também|mais)\b|czytaj (?:też|także|więcej)\b|läs (?:även|mer|också)\b|читайте также\b|по теме\b)",
    re.I,
)

#: A line that opens, or belongs to, the readers' comments.
COMMENTS = re.compile(
    r"(?:\W*\d[\d.,]*\s+(?:comments?|replies|responses?|thoughts?|kommentare?|commentaires?|comentarios?|commenti|reacties)\b"
    r"|\W*(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties)\s*(?:[(:\[]\s*\d+|\d+\s*$)"
    r"|(?:leave|post|write|add|submit)\s+(?:an?\s+|your\s+|us\s+a\s+)?(?:reply|comment)"
    r"|(?:join|start|continue)\s+the\s+(?:discussion|conversation)|what do you think\b|have your say\b|be the first to comment"
    r"|no (?:comments|responses)(?: yet)?\W*$|(?:reader|user)s?['’]?s? comments\b|view (?:all )?comments|show comments|comments? (?:policy|guidelines|are closed|section)"
    r"|cancel reply|(?:[^.!?]{0,60}\b)?(?:log|sign)(?:ged)?[ -]?in to (?:post|leave|write|add|make|reply|comment)|to (?:leave|post|write|add) (?:a )?comments?\b"
    r"|(?:[^.!?]{0,60}\b)to leave comments\b|you must be (?:logged|signed) in"
    r"|(?:schreiben sie|schreibe|hinterlasse?n?|verfassen|kommentar)\b.{0,30}\b(?:kommentar|antwort|schreiben|verfassen|abgeben|hinterlassen)\b|diskutieren sie mit"
    r"|(?:laisser|laissez|ajouter|poster|publier|écrire) (?:un|votre) commentaire|réagir à|deja (?:un comentario|una respuesta)|lascia un commento|laat een (?:reactie|bericht))",
    re.I,
)

#: What a comment carries beside its words: a way to answer it, or when and by whom it was written.
COMMENT_STAMP = re.compile(
    r"(?:^\W*(?:reply|report|flag|upvote|antworten|répondre|responder|rispondi)\W*$|\b(?:says|schreibt|sagt|wrote|dit|dice)\s*:\s*$"
    r"|\b\d+\s+(?:second|minute|hour|day|week|month|year)s? ago\b|\bsays\b.{0,40}\d{1,2}:\s?\d{2}"
    r"|^\W*\S.{0,60}\b\d{4}\b.{0,12}\b\d{1,2}:\s?\d{2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|uhr)?\W*$|\b(?:offline|online)\b)",
    re.I,
)

#: A short line that is a button, a menu entry or the heading of a box. Never matched against whole sentences.
LABEL = re.compile(
    r"\W*(?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|search|menu|home|advertisement|anzeige|werbung|publicidad|publicité|loading|skip to|jump to"
    r"|sign ?up|sign ?in|log ?in|subscribe|register|follow|like us|download|get (?:the|our|notifications|news|breaking|daily|updates)|click|tap here|tags?\b|topics?\b|filed under|posted in|categor(?:y|ies)"
    r"|copyright|©|\(c\) \d|all rights reserved|terms\b|privacy|cookie|donate|newsletter|back to top|top$|show (?:more|less|all)|load more|view (?:more|all)|see all|photo gallery|gallery|open in|close\b|toggle|image$|video$|listen$"
    r"|about (?:the author|us|me)|advertising|sponsored|sponsor|trending|archives?\b|contact|feedback|permalink|permanent link|edit(?: this)? page|page \d|next page|\d+ of \d+$"
    r"|teilen|drucken|abonnieren|zur startseite|zum seitenanfang|nach oben|autor\b|über den autor|schlagw|kategorie|partager|imprimer|abonnez|inscrivez|suscríb|compartir|condividi|iscriviti|etiquetas|mots-clés)",
    re.I,
)

#: Whole sentences in which the page speaks of itself or asks something of its reader.
ADDRESS = re.compile(
    r"\b(?:subscrib\w+|sign(?:ing)? up|register(?:ing)?|log(?:ged|ging)? in|sign(?:ing)? in)\b.{0,80}\b(?:newsletter|e-?mails?|inbox(?:es)?|updates|alerts|account|comment\w*|read(?:ing)?|access|continue|experience|terms|free|here|subscription|now|agree|notifications)\b"
    r"|\b(?:our|free|daily|weekly|this) newsletters?\b|\byour (?:e-?mail|inbox|password|account|browser|subscription|ad blocker)\b|\be-?mail (?:address )?(?:below|will not be)|\b(?:to|in) (?:your|their) inbox(?:es)?\b"
    r"|^\W*(?:thank you|thanks) for (?:reading|subscribing|signing|registering|supporting|visiting|your (?:feedback|comment|interest))|^\W*by (?:registering|signing|subscribing|clicking|continuing|submitting|using|entering|checking)\b"
    r"|^\W*(?:click|tap|scroll) (?:here|below|on|through|to|down)\b|^\W*(?:follow|like|find|join|contact|email|support) (?:us|me|our)\b|^\W*follow .{2,60}\bon (?:twitter|facebook|instagram|x|linkedin|telegram|youtube)\b"
    r"|^\W*(?:already (?:registered|a (?:member|subscriber)|have an account)|check your (?:e-?mail|inbox|spam)|never miss|don['’]t miss|stay (?:up to date|informed|connected|tuned)|enter your|sign up\b|missing out on|want (?:more|to (?:read|get|receive|see|stay))|do you want to be|want to hear)"
    r"|^\W*please (?:use the following|enter|enable|select|check|try again|log|sign|note that your|consider|support|share|subscribe|reload|disable|turn)|^\W*you(?:['’]re| are| have been| must be) (?:subscribed|signed|logged|successfully)"
    r"|\bwe(?:['’]ve| have)? sent (?:an?|you)\b|\bwe(?:['’]d| would)? (?:love|want|like) to hear\b|\bletters? to the editor\b|\bsubmit (?:your|a|an) (?:letter|comment|story|tip|question)|\bsend (?:us|your)\b.{0,50}\b(?:tips?|e-?mail|feedback|story|stories|letters?|comments?)\b|\bgot a (?:tip|story)\b"
    r"|\bdownload\b.{0,60}\bapps?\b|\b(?:enable|disable) (?:javascript|cookies)\b|\bthis (?:site|website|page|form) (?:uses|is protected|requires)\b|\bwe use cookies\b|\b(?:accept|use of|our) cookies\b|\bakismet\b|\breduce spam\b|\brecaptcha\b|\b(?:email|e-mail)[\s\xa0]protected\b"
    r"|\bour (?:privacy|cookie|advertising|comment|community) (?:policy|policies|notice|guidelines|standards)\b|\b(?:privacy (?:policy|notice|statement)|terms (?:and conditions|of (?:use|service)))\b.{0,40}\b(?:apply|agree|accept|here)\b|\b(?:agree|accept)\w*\b.{0,60}\b(?:privacy policy|terms)\b"
    r"|\ball rights reserved\b|\balle rechte vorbehalten\b|\btous droits réservés\b|\btodos los derechos reservados\b|©\s*(?:\d{4}|copyright)|\bcopyright (?:©|\(c\)|\d{4})|\bmay not be (?:reproduced|published, broadcast|copied)\b|\breproduction\b.{0,40}\b(?:prohibited|permission)\b"
    r"|\b(?:we|site|page|post|article) (?:may )?(?:receive|earn|contains?)\b.{0,40}\b(?:compensation|commission|affiliate|advertisers?|sponsored)\b|\baffiliate links?\b|^\W*(?:disclaimer|advertis\w+ (?:disclosure|disclaimer))\b|\badvertiser disclosure\b"
    r"|\b(?:reader )?comments (?:are|is|may|will)\b.{0,60}\b(?:moderated|closed|published|removed|civil|edited|representative)\b|\bwe (?:welcome|ask|encourage|reserve)\b.{0,50}\bcomments?\b|\bbefore (?:they are|being) (?:published|posted)\b|\bpowered by\b|\bthis entry was (?:posted|published|written|filed)\b|\bbookmark the permalink\b"
    r"|^\W*get (?:the|our|all)\b.{0,80}\b(?:by e-?mail|newsletters?|inbox|app|phone|delivered|edition)\b|\bsubscribers\b.{0,40}\breceive\b|^\W*our standards\b|(?:\.\.\.|…|\[…\])\s*(?:read more|continue reading|more|weiterlesen|mehr|lire la suite|leer más)\W*$|\bread the (?:rest|full (?:story|article|report))\b|\badvertising disclaimer\b"
    r"|\b(?:from|by) our\b.{0,40}\b(?:newsroom|bureau|bureaus|editors|reporters|correspondents|experts)\b|\blearn more about (?:us|our)\b|\b(?:in our|see our|visit our|read our|view our|our latest)\b.{0,40}\b(?:app|store|shop|page|policy|faq|guide|website|valuations|channel|podcast)\b|\bto (?:view|read|see|continue reading) (?:the|this) (?:full|rest|whole|entire|story|article)\b"
    r"|\blink (?:that|to) (?:will )?(?:sign|log) you in\b|\byou can (?:unsubscribe|opt out|cancel)\b|\bcancel (?:any ?time|whenever)\b|\b(?:buy|order|get) (?:your|it|them|yours)\b.{0,30}\b(?:here|now|today)\b"
    r"|\bdatenschutz(?:erklärung|bestimmungen|hinweise)\b|\b(?:unseren?|kostenlose\w*) newsletter\b|\bnewsletter\b.{0,60}\b(?:anmeld\w*|abonn\w*|bestell\w*|eintrag\w*)\b|\bverwende[nt]\b.{0,30}\bcookies\b|\bdieser (?:beitrag|eintrag|artikel) wurde\b.{0,60}\b(?:veröffentlicht|erstellt|abgelegt|verschlagwortet|geschrieben)\b|\bnichts mehr verpassen\b|\bpermanentlink\b|\bwerbeblocker\b|\bhier (?:abonnieren|anmelden|bestellen)\b"
    r"|\b(?:notre|la) (?:newsletter|lettre d['’]information)\b|\bvous devez être (?:connecté|abonné)|\bnuestr[ao]s? (?:newsletter|boletín|canal|política)\b|\bpara comentar\b|\bsuscríbete\b|\bcancela cuando\b|\butilizamos cookies\b|\bz cookies\b|\bcookies\b.{0,60}\b(?:akkoord|accetti|aceptas|zgod\w+)\b",
    re.I,
)
